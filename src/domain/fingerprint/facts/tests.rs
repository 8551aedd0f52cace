//! Facts of invented patients.

use proptest::prelude::*;

use super::*;

fn facts_of(bytes: &[u8]) -> FileFacts {
    let mut facts = Facts::new();
    for chunk in bytes.chunks(11) {
        facts.feed(chunk);
    }
    facts.finish()
}

/// The facts, patient by patient, with `/` for what separates the parts of a fact and `.` for what separates the parts of a patient.
fn shown(bytes: &[u8]) -> Vec<Vec<String>> {
    let text = |fact: &Vec<u8>| {
        String::from_utf8(fact.clone())
            .unwrap()
            .replace('\0', "/")
            .replace('\x1F', ".")
    };
    let patients = facts_of(bytes).patients;
    patients
        .iter()
        .map(|patient| patient.facts.iter().map(text).collect())
        .collect()
}

#[track_caller]
fn check(segments: &[&str], expected: &[&[&str]]) {
    let file = segments.join("\r");
    assert_eq!(shown(file.as_bytes()), expected, "{file}");
}

const HEADER: &str = r"MSH|^~\&|EHR|CLINIC|||20261120||VXU^V04^VXU_V04|1|P|2.5.1";
const PATIENT: &str = "PID|1||A1^^^CLINIC&1.2.3&ISO^MR~999^^^SSA^SS||Invented^Ann^Q||20200102|F";
const HEP_B: &str = "RXA|0|1|20261119101500-0600||08^HepB^CVX|0.5|mL|||||||||||||CP|A";

/// A vaccination with these values of RXA-3, RXA-5, RXA-20 and RXA-21.
fn rxa(date: &str, vaccine: &str, status: &str, action: &str) -> String {
    format!("RXA|0|1|{date}||{vaccine}|999||||||||||||||{status}|{action}")
}

#[test]
fn a_fact_is_patient_vaccine_and_day() {
    check(
        &[HEADER, PATIENT, HEP_B, &rxa("20261120", "140^Flu^CVX", "CP", "A")],
        &[&[
            "A1.CLINIC&1.2.3&ISO.INVENTED.ANN.20200102./08/20261119",
            "A1.CLINIC&1.2.3&ISO.INVENTED.ANN.20200102./140/20261120",
        ]],
    );
}

#[test]
fn times_control_ids_spelling_and_order_make_no_difference() {
    let other_header = r"MSH|^~\&|EHR|CLINIC|||20261121235959||VXU^V04^VXU_V04|77|P|2.5.1";
    let other_patient = "PID|9||A1 ^^^CLINIC&1.2.3&ISO^MR||  invented ^ann||20200102000000|F|||1 Elm St";
    let other_vaccination = "rxa|0|1|20261119||08^Hepatitis B^CVX|0.5|mL||||||||X99|20270101||||CP|U";
    let first = shown([HEADER, PATIENT, HEP_B].join("\r").as_bytes());
    let second = shown([other_header, other_patient, other_vaccination].join("\r\n").as_bytes());
    assert_eq!(first, second);
    assert_eq!(first[0].len(), 1);
}

#[test]
fn another_id_clinic_name_birth_date_vaccine_or_day_is_another_fact() {
    let file = [HEADER, PATIENT, HEP_B].join("\r");
    let first = shown(file.as_bytes());
    for (from, to) in [
        ("A1^", "A2^"),
        ("CLINIC&1.2.3", "OTHER&1.2.4"),
        ("Invented^", "Imagined^"),
        ("^Ann", "^Anna"),
        ("20200102", "20200103"),
        ("08^HepB", "110^DTaP"),
        ("20261119", "20261118"),
    ] {
        let other = shown(file.replace(from, to).as_bytes());
        assert!(other[0].len() == 1 && other != first, "{from}");
    }
}

#[test]
fn somebody_in_several_messages_is_one_patient() {
    let (flu, other) = (rxa("20261120", "140", "", ""), PATIENT.replace("A1^", "A2^"));
    let file = [
        HEADER, PATIENT, HEP_B, HEADER, &other, HEP_B, HEADER, PATIENT, &flu, HEP_B,
    ]
    .join("\r");
    let facts = facts_of(file.as_bytes());
    let counts: Vec<usize> = facts.patients.iter().map(|patient| patient.facts.len()).collect();
    assert_eq!(counts, [2, 1], "what stands there twice is one fact");
    assert_eq!(facts.reach, Reach::WholeFile);
}

#[test]
fn without_an_id_name_and_birth_date_do() {
    let named = "PID|1||\"\"||Invented^Ann||20200102";
    check(&[HEADER, named, HEP_B], &[&["..INVENTED.ANN.20200102./08/20261119"]]);
}

#[test]
fn who_cannot_be_told_from_others_is_counted_and_has_no_facts() {
    let nameless = "PID|1||||Invented^||20200102";
    check(&[HEADER, nameless, HEP_B, HEP_B, HEADER, HEP_B], &[&[], &[]]);
    check(&[HEADER, PATIENT, HEADER, HEP_B], &[&[]]);
}

#[test]
fn what_was_not_given_is_no_fact_and_a_deletion_is_one_of_its_own() {
    for (vaccine, status) in [("08", "RE"), ("08", "na"), ("998", "CP"), ("998^No vaccine^CVX", "")] {
        check(&[HEADER, PATIENT, &rxa("20261119", vaccine, status, "A")], &[]);
    }
    let ann = "A1.CLINIC&1.2.3&ISO.INVENTED.ANN.20200102.";
    check(
        &[HEADER, PATIENT, &rxa("20261119", "^^^08^HepB^CVX", "PA", "D")],
        &[&[&format!("{ann}/08/20261119/D")]],
    );
    check(&[HEADER, PATIENT, "OBX|1"], &[]);
}

#[test]
fn letters_are_the_same_in_either_encoding() {
    let utf8 = [HEADER, &PATIENT.replace("Invented", "Niño"), HEP_B].join("\r");
    let latin: Vec<u8> = utf8.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
    assert_eq!(shown(utf8.as_bytes()), shown(&latin));
    assert!(shown(&latin)[0][0].contains("NIÑO"));
}

#[test]
fn no_value_reaches_into_the_next_part() {
    let tricky = [
        HEADER,
        r"PID|1||A\X00\1\X1F\^^^B||C^D||20200102",
        r"RXA|0|1|2026||0\X00\8",
    ]
    .join("\r");
    assert_eq!(shown(tricky.as_bytes()), [["A1.B.C.D.20200102./08/2026"]]);
}

#[test]
fn an_endless_value_is_cut() {
    let file = [HEADER, &PATIENT.replace("Invented", &"ß".repeat(50_000)), HEP_B].join("\r");
    let facts = facts_of(file.as_bytes());
    assert!(facts.patients[0].facts[0].len() < 300);
}

#[test]
fn after_the_last_vaccination_that_is_looked_at_it_says_so() {
    let reach = |vaccinations: usize| {
        let mut facts = Facts::new();
        facts.feed(format!("{HEADER}\r{PATIENT}\r").as_bytes());
        let hundred = "RXA|0|1|20261119||08\r".repeat(100);
        for _ in 0..vaccinations / 100 {
            facts.feed(hundred.as_bytes());
        }
        facts.feed("RXA|0|1|20261120||08\r".repeat(vaccinations % 100).as_bytes());
        let found = facts.finish();
        (found.reach, found.patients[0].facts.len())
    };
    assert_eq!(reach(MAX_VACCINATIONS), (Reach::WholeFile, 1));
    assert_eq!(reach(MAX_VACCINATIONS + 1), (Reach::Beginning, 1));
}

#[test]
fn debug_shows_no_value() {
    let facts = facts_of([HEADER, PATIENT, HEP_B].join("\r").as_bytes());
    assert_eq!(
        format!("{facts:?}"),
        "FileFacts { patients: [PatientFacts(1)], reach: WholeFile }"
    );
}

proptest! {
    #[test]
    fn any_bytes_in_any_chunks_give_the_same_facts(
        noise in proptest::collection::vec(any::<u8>(), 0..200),
        at in 0_usize..200,
        size in 1_usize..50,
    ) {
        let mut file = [HEADER, PATIENT, HEP_B].join("\r").into_bytes();
        file.splice(at.min(file.len())..at.min(file.len()), noise);
        let mut facts = Facts::new();
        for chunk in file.chunks(size) {
            facts.feed(chunk);
        }
        let chunked: Vec<_> = facts.finish().patients.iter().map(|patient| patient.facts.clone()).collect();
        let whole: Vec<_> = facts_of(&file).patients.iter().map(|patient| patient.facts.clone()).collect();
        prop_assert_eq!(chunked, whole);
    }
}
