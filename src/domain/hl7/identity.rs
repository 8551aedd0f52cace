//! Which values of a segment can tell who somebody is: what a screen covers while others may look at it.
//!
//! A segment that is not in the table is covered wholly, since nobody knows what stands in it.

use std::ops::Range;

use super::{Field, Repetition, Segment, SegmentName};

/// Which fields of a segment may be seen by anybody.
#[derive(Debug, Clone, Copy)]
enum Open {
    /// These, where a code stands in them: a value of a field nearby may have slipped into its place.
    Codes(&'static [usize]),
    /// All but these.
    AllBut(&'static [usize]),
}

/// What may be seen. Sources: HL7 2.5.1, chapters 2 (envelope, comments), 3 (patient), 4 (orders), 6 (who pays) and 7
/// (observations), for what the fields hold; 45 CFR 164.514(b)(2), for what of that identifies a patient or the family. Clinics,
/// providers, control ids and what was given stay: whoever looks for the fault needs them, and they name no patient.
const OPEN: &[([u8; 3], Open)] = &[
    // The name of a file, and a comment on it, can hold a patient's name.
    (*b"FHS", Open::AllBut(&[9, 10])),
    (*b"BHS", Open::AllBut(&[9, 10])),
    (*b"BTS", Open::AllBut(&[2])),
    (*b"FTS", Open::AllBut(&[2])),
    (*b"MSH", Open::AllBut(&[])),
    (*b"SFT", Open::AllBut(&[])),
    // Number, sex, race, language, ethnic group, twin or not, which twin, dead or not.
    (*b"PID", Open::Codes(&[1, 8, 10, 15, 22, 24, 25, 30])),
    // The number of a duplicate of this patient, and a place of worship.
    (*b"PD1", Open::AllBut(&[10, 14])),
    // Number, and how they are related.
    (*b"NK1", Open::Codes(&[1, 3, 7])),
    // Numbers of the visit, and what is owed.
    (*b"PV1", Open::AllBut(&[5, 19, 46, 47, 48, 49, 50])),
    (*b"PV2", Open::Codes(&[])),
    (*b"GT1", Open::Codes(&[1])),
    (*b"IN1", Open::Codes(&[1])),
    (*b"IN2", Open::Codes(&[])),
    (*b"IN3", Open::Codes(&[1])),
    (*b"ORC", Open::AllBut(&[])),
    (*b"TQ1", Open::Codes(&[1])),
    (*b"TQ2", Open::Codes(&[1])),
    (*b"RXA", Open::AllBut(&[])),
    (*b"RXR", Open::AllBut(&[])),
    // OBX-5 by its type.
    (*b"OBX", Open::AllBut(&[])),
    // The comment itself is free text.
    (*b"NTE", Open::Codes(&[1, 2, 4])),
];

/// Types of OBX-5 that are no free text and name nobody. Source: HL7 2.5.1, table 0125.
const PLAIN_TYPES: &[&[u8]] = &[
    b"CE", b"CWE", b"CNE", b"CF", b"DT", b"ID", b"IS", b"NM", b"SI", b"SN", b"TM", b"TS", b"DTM",
];

/// The longest code of letters alone, such as `MTH`, in bytes.
const LETTERS: usize = 3;
/// The longest code with digits, such as `2106-3`, in bytes.
const DIGITS: usize = 6;

/// The places of the values in a segment that can tell who somebody is, from left to right: each without what separates it from
/// the next.
pub fn identifying(segment: &Segment<'_>) -> Vec<Range<u64>> {
    let open = is_segment(segment).then(|| open(segment));
    let mut found = Vec::new();
    if open.is_none() {
        let start = segment.range().start;
        let end = segment
            .fields()
            .next()
            .map_or(segment.range().end, |first| first.range().start - 1);
        found.extend((start < end).then_some(start..end));
    }
    let mut is_joined = false;
    for field in segment.fields() {
        is_joined |= ends_with_a_name(&field);
        let is_open = !is_joined && open.flatten().is_some_and(|open| is_open(open, segment, &field));
        if !is_open {
            found.extend(values(&field));
        }
    }
    found
}

/// Whether the name of a segment may be seen; else it may be a word of a text that broke off in another line.
pub fn shown_name(segment: &Segment<'_>) -> Option<SegmentName> {
    segment.standard_name().filter(|_| is_segment(segment))
}

/// Whether it can be told from text that broke off in another line: its name is known, or is one of the sender's own.
fn is_segment(segment: &Segment<'_>) -> bool {
    let is_of_the_sender = segment.name().first() == Some(&b'Z') && is_capital(segment.name());
    segment.standard_name().is_some() && (open(segment).is_some() || is_of_the_sender)
}

fn is_capital(name: &[u8]) -> bool {
    name.iter()
        .all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
}

fn open(segment: &Segment<'_>) -> Option<Open> {
    let name = segment.standard_name()?;
    let found = OPEN.iter().find(|(of, _)| of == name.bytes());
    found.map(|(_, open)| *open)
}

fn is_open(open: Open, segment: &Segment<'_>, field: &Field<'_>) -> bool {
    if segment.is_named(*b"OBX") && field.number() == 5 {
        let kind = segment.field(2);
        return kind.is_some_and(|kind| PLAIN_TYPES.contains(&kind.value()));
    }
    match open {
        Open::Codes(codes) => codes.contains(&field.number()) && field.repetitions().all(|value| is_code(&value)),
        Open::AllBut(covered) => !covered.contains(&field.number()),
    }
}

fn is_code(value: &Repetition<'_>) -> bool {
    let first = value.first();
    let code = first.value();
    let is_plain = code.iter().all(|byte| byte.is_ascii_alphanumeric() || *byte == b'-');
    let longest = if code.iter().any(u8::is_ascii_digit) {
        DIGITS
    } else {
        LETTERS
    };
    is_plain && !code.is_empty() && code.len() <= longest
}

/// Whether the next segment begins in it: the line end between them was lost, so that the fields after it are of another segment.
fn ends_with_a_name(field: &Field<'_>) -> bool {
    OPEN.iter().any(|(name, _)| field.bytes().ends_with(name))
}

/// The values of a field. An HL7 null tells nothing.
fn values(field: &Field<'_>) -> Vec<Range<u64>> {
    let components = field.repetitions().flat_map(|value| value.components());
    let parts = components.flat_map(|component| component.subcomponents());
    parts
        .filter(|part| !part.is_empty() && !part.is_null())
        .map(|part| part.range())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::hl7::Tokenizer;

    /// The last line of this text, with every covered value as a dot.
    fn covered(text: &str) -> String {
        let mut shown = String::new();
        let mut tokenizer = Tokenizer::new();
        let mut read = |segment: Segment<'_>| {
            let mut at = segment.range().start;
            let text = |from: u64, to: u64| {
                let place = |at: u64| usize::try_from(at - segment.range().start).unwrap();
                String::from_utf8_lossy(&segment.bytes()[place(from)..place(to)]).into_owned()
            };
            shown.clear();
            for range in identifying(&segment) {
                shown += &text(at, range.start);
                shown.push('.');
                at = range.end;
            }
            shown += &text(at, segment.range().end);
        };
        tokenizer.feed(format!("MSH|^~\\&|EHR\r{text}").as_bytes(), &mut read);
        tokenizer.finish(&mut read);
        shown
    }

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(covered(text), expected, "{text}");
    }

    #[test]
    fn of_a_patient_only_codes_are_seen() {
        check(
            "PID|1||40077^^^CLINIC&1.2&ISO^MR~5^^^X^MR|old|Quill^Juniper^^^^^L|Marsh^^^^^^M|20190402|F|Junie\
             |2106-3^White^CDCREC~2054-5^Black^CDCREC|118 Lane^^Austin^TX^78701^USA^H|Travis|^PRN^PH^^^512^5550100\
             |^WPN|eng^English^ISO|M|LUT|77|123-45-6789|DL1|88^^^X^MR|2186-5^not Hispanic^CDCREC|Austin|Y|2||||20260101|Y",
            "PID|1||.^^^.&.&.^.~.^^^.^.|.|.^.^^^^^.|.^^^^^^.|.|F|.\
             |2106-3^White^CDCREC~2054-5^Black^CDCREC|.^^.^.^.^.^.|.|^.^.^^^.^.\
             |^.|eng^English^ISO|.|.|.|.|.|.^^^.^.|2186-5^not Hispanic^CDCREC|.|Y|2||||.|Y",
        );
    }

    #[test]
    fn what_slipped_into_the_place_of_a_code_is_covered() {
        check("PID|1|||||||20190402", "PID|1|||||||.");
        check("PID|1|||||||F|Junie|12 Oak^^Austin", "PID|1|||||||F|.|.^^.");
        check("PID|1||||||||||^White", "PID|1||||||||||^.");
        check("NK1|1|Quill^Ada|Quill^Mother", "NK1|1|.^.|.^.");
    }

    #[test]
    fn the_family_and_who_pays_are_covered() {
        check(
            "NK1|1|Quill^Ada|MTH^Mother^HL70063|118 Lane^^Austin|^PRN||EMC^x^HL70131",
            "NK1|1|.^.|MTH^Mother^HL70063|.^^.|^.||EMC^x^HL70131",
        );
        check("GT1|1|77|Quill^Ada", "GT1|1|.|.^.");
        check("IN1|2|PLAN^A|88", "IN1|2|.^.|.");
        check("IN2|88|123-45-6789", "IN2|.|.");
    }

    #[test]
    fn what_was_given_by_whom_and_where_is_seen() {
        for text in [
            "ORC|RE|65930^EHR|65929^EHR|||||||7824^Jackson^Lily||654^Moon^Ada^^^^^^NPI&1.2&ISO^L^^^NPI",
            "RXA|0|1|20261119||140^Influenza^CVX|0.5|mL^mL^UCUM||00^New^NIP001|7832^Lemon^Mike|^^^CLINIC||||L1|20270101|PMC^S^MVX",
            "RXR|C28161^IM^NCIT|LD^Left^HL70163",
            "OBX|1|CE|64994-7^Eligibility^LN|1|V03^VFC^HL70064||||||F|||20261119",
            "OBX|3|TS|29768-9^Published^LN|1|20260801||||||F",
            "PV1|1|R||||||||||||||||||V03^20261119",
            "PD1|||||||||||02^Recall^HL70215|N|20261119|||A",
            "FHS|^~\\&|EHR|CLINIC|||20261120||||1",
        ] {
            check(text, text);
        }
    }

    #[test]
    fn free_text_and_names_of_files_are_covered() {
        check(
            "OBX|1|TX|1^Note^LN|1|Told Ada & mother||||||F",
            "OBX|1|TX|1^Note^LN|1|.&.||||||F",
        );
        check("OBX|1||1^Note^LN|1|Told Ada", "OBX|1||1^Note^LN|1|.");
        check("NTE|1|P|Told Ada^x", "NTE|1|P|.^.");
        check("FHS|^~\\&|EHR|||||S|quill.hl7|for Quill|1", "FHS|^~\\&|EHR|||||S|.|.|1");
        check("PV1|1|R|||||||||||||||||77", "PV1|1|R|||||||||||||||||.");
    }

    #[test]
    fn what_nobody_knows_is_covered_wholly() {
        check("ZIM|1|Quill^Ada|\"\"", "ZIM|.|.^.|\"\"");
        check("Ada|Quill^x", ".|.^.");
        check("MRG|77", ".|.");
        check("Lane 118, apartment 5", ".");
        check("pid|1||77", "pid|1||.");
    }

    #[test]
    fn a_segment_whose_line_end_was_lost_is_covered_with_what_stands_before_its_name() {
        check("PD1|||||||||||02\\rNK1|1|Quill^Ada|MTH", "PD1|||||||||||.|.|.^.|.");
        check(
            "MSH|^~\\&|EHR|CLINIC||||Z22^CDCPID|1||77",
            "MSH|^~\\&|EHR|CLINIC||||.^.|.||.",
        );
    }
}
