//! What the check keeps for any bytes, in any chunks.

use dropoff::domain::hl7::ContentKind;
use proptest::prelude::*;

use super::{RULES, report};
use crate::holds::checker as holds;

/// Lines and pieces of lines that mean something to a rule.
const WORDS: &[&[u8]] = &[
    b"FHS|^~\\&|EHR\r",
    b"BHS|^~\\&|EHR\r",
    b"BTS|1\r",
    b"BTS|one\r",
    b"FTS|1\r",
    b"FTS",
    b"MSH|^~\\&|EHR|1||||A1||VXU^V04^VXU_V04|A1|P|2.5.1\r",
    b"MSH|^~\\&|EHR|1||||||VXU^V04^VXU_V04|A2|P|2.5.1||||||8859/1\n",
    b"MSH*!%$+*EHR*\r\n",
    b"msh|^~&|EHR",
    b"PID|1||x^y~z&q||Invented^Jos\xC3\xA9\r",
    b"PID|1||||Jos\xE9\r\r\n",
    b"RXA|0|1|20260228||140^Flu^CVX\r",
    b"OBX|1|CE",
    b"  ZX1|\\T\\|\\rPID|1",
    b"\xEF\xBB\xBF",
    b"\xEF\xBF\xBD",
    b"\x0B",
    b"\x1C\r",
    b"\r\r\n",
];

/// Mostly HL7 of some sort; any other bytes sometimes.
pub(super) fn bytes() -> impl Strategy<Value = Vec<u8>> {
    let marks = b"\r\n\r\n\x0B\x1C\x1A\0 \t|^~&\\AX09*".as_slice();
    let piece = prop_oneof![
        6 => prop::sample::select(WORDS).prop_map(<[u8]>::to_vec),
        2 => prop::sample::select(marks).prop_map(|byte| vec![byte]),
        1 => prop::collection::vec(any::<u8>(), 1..4),
    ];
    let first = prop::sample::select(vec![
        &b""[..],
        b"MSH|^~\\&|EHR\r",
        b"FHS|^~\\&|EHR\r",
        b"\xEF\xBB\xBFBHS|^~\\&|\r",
    ]);
    (first, prop::collection::vec(piece, 0..40)).prop_map(|(first, pieces)| [first, &pieces.concat()].concat())
}

/// The same text in two bytes a letter, with a mark or without.
pub(super) fn wide(text: &[u8]) -> impl Strategy<Value = Vec<u8>> + use<> {
    let text = String::from_utf8_lossy(text).into_owned();
    (any::<bool>(), any::<bool>()).prop_map(move |(mark, little)| {
        let bytes_of = if little { u16::to_le_bytes } else { u16::to_be_bytes };
        let mark = if mark { "\u{FEFF}" } else { "" };
        format!("{mark}{text}").encode_utf16().flat_map(bytes_of).collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn any_bytes_in_any_chunks_give_the_same_report(input in bytes(), chunk_bytes in 1_usize..40) {
        prop_assert_eq!(holds::in_chunks(&input, chunk_bytes, &RULES), report(&[&input]));
    }

    #[test]
    fn utf16_in_any_chunks_gives_the_same_report(
        input in bytes().prop_flat_map(|text| wide(&text)),
        chunk_bytes in 1_usize..40,
    ) {
        prop_assert_eq!(holds::in_chunks(&input, chunk_bytes, &RULES), report(&[&input]));
    }

    #[test]
    fn every_finding_lies_in_the_file_and_in_what_it_names(input in bytes()) {
        holds::places(&input, &report(&[&input]));
    }

    #[test]
    fn findings_in_utf16_lie_on_whole_letters_of_the_file(input in bytes().prop_flat_map(|text| wide(&text))) {
        let report = report(&[&input]);
        holds::places(&input, &report);
        holds::whole_letters(&report);
    }

    #[test]
    fn every_rule_that_was_broken_is_counted_and_kept_up_to_the_limit(input in bytes()) {
        holds::counts(&report(&[&input]), &RULES);
    }

    #[test]
    fn what_is_empty_or_not_hl7_has_one_finding(input in prop::collection::vec(any::<u8>(), 0..200)) {
        let report = report(&[&input]);
        if !matches!(report.kind, ContentKind::Hl7 | ContentKind::Hl7Utf16) {
            prop_assert_eq!(report.findings.len(), 1);
            prop_assert!(!report.can_be_sent());
        }
    }
}
