//! What is repaired, what is refused, and what stays as it is.

use super::*;
use crate::domain::{
    check::{
        Checker,
        tests::{envelope, live, message, whole},
    },
    hl7::MAX_SEGMENT_BYTES as MAX,
};

/// What becomes of a file: the copy and what was changed, or why there is none.
fn repair(bytes: &[u8]) -> Option<Result<(Vec<u8>, Made), Refusal>> {
    let rules = live();
    let mut checker = Checker::new(&rules);
    checker.feed(bytes);
    let plan = match Plan::of(&checker.finish())? {
        Ok(plan) => plan,
        Err(refusal) => return Some(Err(refusal)),
    };
    let mut copy = Vec::new();
    let mut repairer = Repairer::new(plan);
    repairer.feed(bytes, &mut |bytes| copy.extend_from_slice(bytes));
    let made = repairer.finish(&mut |bytes| copy.extend_from_slice(bytes));
    Some(made.map(|made| (copy, made)))
}

/// Checks the copy and what was changed for it.
#[track_caller]
fn check(file: impl AsRef<[u8]>, copy: impl AsRef<[u8]>, made: &[(Repair, u64)]) {
    let (repaired, what) = repair(file.as_ref()).expect("something to repair").expect("a copy");
    let shown = |bytes: &[u8]| bytes.escape_ascii().to_string();
    assert_eq!(shown(&repaired), shown(copy.as_ref()));
    assert_eq!(what.iter().collect::<Vec<_>>(), made);
}

#[track_caller]
fn check_refused(file: impl AsRef<[u8]>, refusal: Refusal) {
    assert_eq!(repair(file.as_ref()), Some(Err(refusal)));
}

fn utf16(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

/// The same file, whose header declares this set.
fn declaring(file: &str, set: &str) -> String {
    file.replace("|ER|AL|||||", &format!("|ER|AL||{set}|||"))
}

fn latin(text: &str) -> Vec<u8> {
    text.chars().map(|letter| u8::try_from(letter).unwrap()).collect()
}

fn lines(file: &str) -> u64 {
    file.matches('\r').count() as u64
}

#[test]
fn a_file_without_anything_to_repair_has_no_plan() {
    for file in [
        whole(),
        whole().replace("\rPID", "\r  PID"),
        "%PDF-1.7".to_owned(),
        String::new(),
    ] {
        assert_eq!(repair(file.as_bytes()), None);
    }
}

#[test]
fn line_ends_of_every_kind_become_carriage_returns() {
    let count = lines(&whole());
    for line_end in ["\n", "\r\n", "\r\r\n"] {
        check(whole().replace('\r', line_end), whole(), &[(Repair::LineEnds, count)]);
    }
    check(whole().replace("\rPID", "\nPID"), whole(), &[(Repair::LineEnds, 1)]);
}

#[test]
fn what_stands_between_segments_is_left_out() {
    check(format!("\u{FEFF}{}", whole()), whole(), &[(Repair::ByteOrderMark, 1)]);
    check(format!("\u{B}{}\u{1C}\r", whole()), whole(), &[(Repair::Framing, 2)]);
    check(whole().replace("\rPID", "\u{1C}PID"), whole(), &[(Repair::Framing, 1)]);
    check(whole() + "\0\0", whole(), &[(Repair::Padding, 1)]);
    check(whole() + "\u{1A}", whole(), &[(Repair::CtrlZ, 1)]);
    check(
        whole().replace("\rPID", "\r \t\r\rPID"),
        whole(),
        &[(Repair::BlankLines, 1)],
    );
    check(whole() + "  ", whole(), &[(Repair::BlankLines, 1)]);
    check(whole().trim_end(), whole(), &[(Repair::FinalLineEnd, 1)]);
}

#[test]
fn indentation_stays() {
    let file = whole().replace("\rPID", "\n \tPID");
    check(&file, file.replace('\n', "\r"), &[(Repair::LineEnds, 1)]);
}

#[test]
fn an_envelope_that_is_wholly_absent_is_put_around_with_the_count_and_the_sender() {
    let messages = message("A1") + &message("A2");
    let header = messages.split('|').skip(1).take(5).collect::<Vec<_>>().join("|");
    let expected = format!("FHS|{header}\rBHS|{header}\r{messages}BTS|2\rFTS|1\r");
    check(&messages, expected, &[(Repair::Envelope, 1)]);
    let other = message("A1").replace('|', "!");
    let header = header.replace('|', "!");
    let expected = format!("FHS!{header}\rBHS!{header}\r{other}BTS!1\rFTS!1\r");
    check(&other, expected, &[(Repair::Envelope, 1)]);
}

#[test]
fn utf16_becomes_what_the_header_names() {
    let file = whole().replace("Juniper", "José");
    let made = [(Repair::Utf16, 1)];
    check(utf16(&file), &file, &made);
    check(
        utf16(&declaring(&file, "UNICODE UTF-8")),
        declaring(&file, "UNICODE UTF-8"),
        &made,
    );
    check(
        utf16(&declaring(&file, "8859/1")),
        latin(&declaring(&file, "8859/1")),
        &made,
    );
    check(
        utf16(&declaring(&whole(), "8859/15")),
        declaring(&whole(), "8859/15"),
        &made,
    );
    let mark = whole().replace("\rPID", "\r\u{FEFF}PID");
    check(utf16(&mark), whole(), &[(Repair::Utf16, 1), (Repair::ByteOrderMark, 1)]);
}

#[test]
fn utf16_is_refused_where_the_named_set_cannot_hold_it() {
    for (letter, set) in [
        ("é", "8859/15"),
        ("é", "GB 18030-2000"),
        ("Đ", "8859/1"),
        ("’", "8859/1"),
    ] {
        let file = declaring(&whole().replace("Juniper", letter), set);
        check_refused(utf16(&file), Refusal::UnwritableLetters);
    }
    let half = [utf16(&whole()), vec![b'x']].concat();
    check_refused(half, Refusal::UnknownLetters);
}

#[test]
fn windows_1252_becomes_utf8() {
    let file = whole().replace("Juniper", "José Peña");
    check(latin(&file), &file, &[(Repair::Windows1252, 2)]);
    let quoted = latin(&whole().replace("Juniper", "D\u{92}Ana\u{8A}"));
    check(
        quoted,
        whole().replace("Juniper", "D’AnaŠ"),
        &[(Repair::Windows1252, 2)],
    );
}

#[test]
fn letters_that_may_be_of_another_set_are_refused() {
    // In the code pages of DOS, the small letters é, í, ñ and ü.
    for byte in ["\u{82}", "\u{A1}", "\u{A4}", "\u{81}", "\u{88}"] {
        check_refused(latin(&whole().replace("Juniper", byte)), Refusal::UnknownLetters);
    }
    let file = whole().replace("Quillfeather", "Peña");
    let (before, after) = file.split_once("Juniper").unwrap();
    let mixed = [before.as_bytes(), b"Jos\xE9", after.as_bytes()].concat();
    check_refused(mixed, Refusal::MixedLetters);
}

#[test]
fn each_message_has_letters_of_its_own() {
    let second = message("A2").replace("Juniper", "José");
    let file = |second: &[u8]| {
        let first = message("A1").replace("Juniper", "Peña");
        [b"FHS|^~\\&|\rBHS|^~\\&|\r", first.as_bytes(), second, b"BTS|2\rFTS|1\r"].concat()
    };
    check(
        file(&latin(&second)),
        file(second.as_bytes()),
        &[(Repair::Windows1252, 1)],
    );
}

#[test]
fn what_may_have_been_cut_off_is_never_repaired() {
    let file = envelope(&[message("A1"), message("A2")]).replace('\r', "\n");
    let refused = |file: &str, rule: EnvelopeRule| check_refused(file, Refusal::Finding(rule.into()));
    refused(&file.replace("FTS|1\n", ""), EnvelopeRule::FileNotClosed);
    refused(&file.replace("BTS|2\n", ""), EnvelopeRule::BatchNotClosed);
    refused(&file.replace("BTS|2", "BTS|3"), EnvelopeRule::MessageCount);
    refused(&file.replace("FTS|1", "FTS|2"), EnvelopeRule::BatchCount);
    let perhaps = message("A1") + message("A2").trim_end();
    check_refused(perhaps, Refusal::Finding(FileRule::PerhapsCutOff.into()));
}

#[test]
fn what_is_wrong_with_a_patient_stands_in_nobodys_way() {
    let invented = whole().replace("Quillfeather", "TEST");
    check(
        invented.replace('\r', "\n"),
        &invented,
        &[(Repair::LineEnds, lines(&whole()))],
    );
}

#[test]
fn a_line_end_that_may_belong_to_a_value_is_left_to_the_vendor() {
    let refusal = Refusal::Finding(FileRule::BrokenLine.into());
    for text in [
        "first\nsecond",
        "first\nSECOND line",
        "first\nYES\nor no",
        "first\u{1C}second",
        "one\r\rtwo",
    ] {
        check_refused(whole().replace("Juniper", text), refusal);
    }
    let wrapped = whole().replace("Juniper", "first\rsecond");
    check(format!("\u{FEFF}{wrapped}"), wrapped, &[(Repair::ByteOrderMark, 1)]);
    let bare = whole().replace("FTS|1", "FTS").replace('\r', "\n");
    check(&bare, bare.replace('\n', "\r"), &[(Repair::LineEnds, lines(&whole()))]);
}

#[test]
fn a_segment_that_was_not_read_to_its_end_is_not_copied() {
    let long = whole().replace("Juniper", &"x".repeat(MAX)).replace('\r', "\n");
    check_refused(&long, Refusal::Finding(FileRule::Overlong.into()));
    let wide = whole().replace("Juniper", &"é".repeat(MAX / 2 + 1));
    check_refused(utf16(&wide), Refusal::Finding(FileRule::Overlong.into()));
    let indented = whole().replace("\rPID", &format!("\n{}PID", " ".repeat(MAX)));
    check_refused(indented, Refusal::Finding(FileRule::Overlong.into()));
}

#[test]
fn every_repair_is_asked_for_by_a_rule_and_has_a_name_of_its_own() {
    for repair in Repair::ALL {
        assert!(Rule::all().any(|rule| rule.repair() == Some(repair)), "{repair:?}");
        assert_eq!(Repair::of_id(repair.id()), Some(repair));
    }
}
