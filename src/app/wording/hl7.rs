//! What segments and fields are called by people who give vaccinations. Where there is no such name, the national guide's is said.

use crate::domain::{check::Finding, guide::Legend, hl7::SegmentName};

/// What a segment is about: `Patient` for PID.
pub fn segment(name: SegmentName) -> &'static str {
    match name.bytes() {
        b"FHS" => "Beginning of the file",
        b"FTS" => "End of the file",
        b"BHS" => "Beginning of the batch",
        b"BTS" => "End of the batch",
        b"MSH" => "Beginning of a message",
        b"SFT" => "Program that wrote it",
        b"PID" => "Patient",
        b"PD1" => "Patient, consent",
        b"NK1" => "Parent or guardian",
        b"PV1" => "Visit",
        b"GT1" => "Who pays",
        b"IN1" | b"IN2" | b"IN3" => "Insurance",
        b"ORC" => "Order",
        b"RXA" => "Vaccination",
        b"RXR" => "Where in the body",
        b"OBX" => "About the vaccination",
        b"NTE" => "Comment",
        _ => "Segment",
    }
}

/// `PID-7 · Date of birth`; of a field without a name `ZIM-3`.
pub fn field(segment: SegmentName, number: usize, legend: &Legend) -> String {
    let name = plain(segment, number).or_else(|| legend.field(segment, number));
    match name {
        Some(name) => format!("{segment}-{number} · {name}"),
        None => format!("{segment}-{number}"),
    }
}

/// The same for the place of a finding: of a whole segment `PID · Patient`. `None` where it is in no segment.
pub fn place(finding: &Finding, legend: &Legend) -> Option<String> {
    let name = finding.segment?;
    Some(match finding.field {
        Some(number) => field(name, number, legend),
        None => format!("{name} · {}", segment(name)),
    })
}

/// What people call a field.
fn plain(segment: SegmentName, number: usize) -> Option<&'static str> {
    let names: &[&str] = match segment.bytes() {
        b"FHS" | b"BHS" => return header(number),
        b"FTS" => &["Number of batches"],
        b"BTS" => &["Number of messages"],
        b"MSH" => return message(number),
        b"PID" => return patient(number),
        b"PD1" => match number {
            11 => return Some("May the clinic send reminders"),
            12 => return Some("Consent to the registry"),
            13 => return Some("Date of the consent"),
            16 => return Some("Does the patient still come here"),
            17 => return Some("Since when they do, or not"),
            _ => &[],
        },
        b"NK1" => &[
            "Number",
            "Name of the parent or guardian",
            "Related how",
            "Their address",
            "Their phone or e-mail",
        ],
        b"ORC" => match number {
            2 => return Some("Order number of who asked for it"),
            3 => return Some("Order number of who gave it"),
            10 => return Some("Who entered it"),
            12 => return Some("Who ordered it"),
            _ => &[],
        },
        b"RXA" => return vaccination(number),
        b"RXR" => &["How it was given", "Where in the body"],
        b"OBX" => match number {
            1 => return Some("Number"),
            2 => return Some("Kind of answer"),
            3 => return Some("Question"),
            4 => return Some("Which of the answers belong together"),
            5 => return Some("Answer"),
            6 => return Some("Unit of the answer"),
            11 => return Some("Is the answer final"),
            14 => return Some("Date of the answer"),
            _ => &[],
        },
        _ => &[],
    };
    names.get(number.checked_sub(1)?).copied()
}

fn header(number: usize) -> Option<&'static str> {
    Some(match number {
        1 => "Character that splits fields",
        2 => "Characters that split parts",
        3 => "Program that sends",
        4 => "Clinic that sends",
        5 => "Program that receives",
        6 => "Registry that receives",
        7 => "Date and time",
        9 => "Name",
        11 => "Control id",
        _ => return None,
    })
}

fn message(number: usize) -> Option<&'static str> {
    Some(match number {
        1..=6 => return header(number),
        7 => "Date and time of the message",
        9 => "Kind of message",
        10 => "Control id of the message",
        11 => "Test or real (P is real)",
        12 => "HL7 version",
        18 => "Character set",
        21 => "Profile of the guide",
        22 => "Organization that is responsible",
        _ => return None,
    })
}

fn patient(number: usize) -> Option<&'static str> {
    Some(match number {
        1 => "Number",
        3 => "Patient\u{2019}s record number",
        5 => "Patient\u{2019}s name",
        6 => "Mother\u{2019}s maiden name",
        7 => "Date of birth",
        8 => "Sex",
        10 => "Race",
        11 => "Address",
        13 => "Phone or e-mail",
        15 => "Language",
        22 => "Hispanic or not",
        24 => "One of twins or more",
        25 => "Which of them, in order of birth",
        29 => "Date of death",
        30 => "Has died",
        _ => return None,
    })
}

fn vaccination(number: usize) -> Option<&'static str> {
    Some(match number {
        1 => "Number",
        2 => "Number of the dose",
        3 => "Date it was given",
        4 => "Date it ended",
        5 => "Vaccine",
        6 => "Amount",
        7 => "Unit of the amount",
        9 => "Given here, or told by somebody",
        10 => "Who gave it",
        11 => "Clinic where it was given",
        15 => "Lot number",
        16 => "Expiration date",
        17 => "Manufacturer",
        18 => "Why it was refused",
        20 => "Was it completed",
        21 => "Added, corrected or deleted",
        22 => "When it was entered",
        _ => return None,
    })
}
