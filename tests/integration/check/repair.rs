//! What a repaired copy keeps, for any bytes, in any chunks; and which fixtures can be repaired.

use std::fs;

use dropoff::domain::check::{
    Rule,
    repair::{Plan, Refusal, Repair},
};
use proptest::prelude::*;

use super::{
    RULES, fixture,
    fixtures::read,
    properties::{bytes, wide},
    report,
};
use crate::holds::repair as holds;

/// What was changed, or the finding that stands in the way.
type Expected = Result<&'static [(Repair, u64)], &'static str>;

/// What becomes of each fixture with something to repair.
const FIXTURES: &[(&str, Expected)] = &[
    ("line-feeds.hl7", Ok(&[(Repair::LineEnds, 26)])),
    ("cr-lf.hl7", Ok(&[(Repair::LineEnds, 26)])),
    ("cr-cr-lf.hl7", Ok(&[(Repair::LineEnds, 26)])),
    ("mixed-line-ends.hl7", Ok(&[(Repair::LineEnds, 13)])),
    ("no-final-terminator.hl7", Ok(&[(Repair::FinalLineEnd, 1)])),
    ("blank-lines.hl7", Ok(&[(Repair::BlankLines, 2)])),
    ("byte-order-mark.hl7", Ok(&[(Repair::ByteOrderMark, 1)])),
    (
        "mllp-around-messages.hl7",
        Ok(&[(Repair::Framing, 3), (Repair::Envelope, 1)]),
    ),
    ("mllp-around-the-file.hl7", Ok(&[(Repair::Framing, 2)])),
    ("nul-padding.hl7", Ok(&[(Repair::Padding, 1)])),
    ("ctrl-z.hl7", Ok(&[(Repair::CtrlZ, 1)])),
    (
        "utf-16-little-endian.hl7",
        Ok(&[(Repair::Utf16, 1), (Repair::LineEnds, 26)]),
    ),
    ("utf-16-big-endian.hl7", Ok(&[(Repair::Utf16, 1)])),
    ("windows-1252.hl7", Ok(&[(Repair::Windows1252, 3)])),
    ("no-envelope.hl7", Ok(&[(Repair::Envelope, 1)])),
    ("cut-in-a-segment.hl7", Err("file.cut-off")),
    ("perhaps-cut.hl7", Err("file.perhaps-cut-off")),
];

/// A whole file that was damaged in ways that can be repaired.
fn damaged() -> impl Strategy<Value = Vec<u8>> {
    let whole = String::from_utf8(read("no-envelope.hl7")).unwrap();
    let line_end = || prop::sample::select(vec!["\r", "\n", "\r\n", "\r\r\n", "\r\r", "\r\n\r\n", "\u{1C}\r\u{B}"]);
    let name = prop::sample::select(vec!["Juniper", "José", "Ñandú", "D’Ana"]);
    let around = prop::sample::select(vec![
        ("", ""),
        ("\u{FEFF}", "\u{1A}"),
        ("\u{B}", "\u{1C}\r"),
        ("\r\n", "\0\0"),
    ]);
    let lines = whole.matches('\r').count();
    let ends = prop_oneof![
        line_end().prop_map(move |end| vec![end; lines]),
        prop::collection::vec(line_end(), lines),
    ];
    (ends, name, around, any::<bool>(), 0_u8..3).prop_flat_map(
        move |(ends, name, (before, after), enveloped, written)| {
            let message = whole.replace("Juniper", name);
            let lines = message.split_terminator('\r').zip(ends);
            let message = lines.fold(String::new(), |text, (line, end)| text + line + end);
            let text = if enveloped {
                format!("{before}FHS|^~\\&|EHR\rBHS|^~\\&|EHR\r{message}BTS|1\rFTS|1\r{after}")
            } else {
                format!("{before}{message}{after}")
            };
            match written {
                0 => Just(text.into_bytes()).boxed(),
                1 => Just(in_windows_1252(&text)).boxed(),
                _ => wide(text.as_bytes()).boxed(),
            }
        },
    )
}

fn in_windows_1252(text: &str) -> Vec<u8> {
    let byte = |letter: char| match letter {
        '’' => vec![0x92],
        '\u{FEFF}' => b"\xEF\xBB\xBF".to_vec(),
        letter => vec![u8::try_from(letter).unwrap()],
    };
    text.chars().flat_map(byte).collect()
}

#[test]
fn each_fixture_is_repaired_or_there_is_a_reason() {
    let files = fs::read_dir(fixture("")).unwrap();
    let mut table = FIXTURES.to_vec();
    for file in files {
        let name = file.unwrap().file_name().into_string().unwrap();
        let input = read(&name);
        let expected = table
            .iter()
            .position(|(of, _)| *of == name)
            .map(|at| table.remove(at).1);
        match (Plan::of(&report(&[&input])), expected) {
            (None, None) => {}
            (Some(Ok(plan)), Some(Ok(expected))) => {
                let made = holds::repair(plan, &input, 1000).1.unwrap();
                assert_eq!(made.iter().collect::<Vec<_>>(), expected, "{name}");
            }
            (Some(Err(Refusal::Finding(rule))), Some(Err(expected))) => assert_eq!(rule.id(), expected, "{name}"),
            (plan, expected) => panic!("{name}: {plan:?}, not {expected:?}"),
        }
    }
    assert_eq!(table, []);
}

#[test]
fn every_rule_that_names_a_repair_is_repaired_in_a_fixture() {
    let mut repaired = Vec::new();
    for (name, _) in FIXTURES {
        let input = read(name);
        if let Some((copy, _)) = holds::copy_of(&input, &RULES) {
            let after = report(&[&copy]);
            repaired.extend(
                report(&[&input])
                    .counts
                    .into_keys()
                    .filter(|rule| !after.counts.contains_key(rule)),
            );
        }
    }
    for rule in Rule::all().filter(|rule| rule.repair().is_some()) {
        assert!(repaired.contains(&rule), "{}", rule.id());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn a_copy_of_any_bytes_has_nothing_left_to_repair_and_says_the_same(input in bytes(), chunk_bytes in 1_usize..40) {
        holds::everything(&input, chunk_bytes, &RULES);
    }

    #[test]
    fn a_copy_of_any_utf16_has_nothing_left_to_repair_and_says_the_same(
        input in bytes().prop_flat_map(|text| wide(&text)),
        chunk_bytes in 1_usize..40,
    ) {
        holds::everything(&input, chunk_bytes, &RULES);
    }

    #[test]
    fn a_damaged_file_is_repaired_and_says_the_same(input in damaged(), chunk_bytes in 1_usize..200) {
        holds::everything(&input, chunk_bytes, &RULES);
        let report = report(&[&input]);
        if report.counts.keys().any(|rule| rule.repair().is_some()) {
            prop_assert!(holds::copy_of(&input, &RULES).is_some());
        }
    }
}
