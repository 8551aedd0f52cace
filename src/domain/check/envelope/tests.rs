//! Each rule of the envelope, where it fires and where it does not.

use crate::domain::check::{
    Argument::Count,
    envelope::EnvelopeRule,
    tests::{check_one, envelope, message, report, whole},
};

#[track_caller]
fn check(bytes: impl AsRef<[u8]>, expected: &[&str]) {
    crate::domain::check::tests::check(&["file", "envelope"], bytes, expected);
}

/// A file of these lines; `1` and `2` are whole messages.
fn file(lines: &[&str]) -> String {
    let line = |line: &&str| match *line {
        "1" | "2" => message(&format!("A{line}")),
        "FHS" | "BHS" => format!("{line}|^~\\&|EHR\r"),
        other => format!("{other}\r"),
    };
    lines.iter().map(line).collect()
}

/// Checks a file of these lines.
#[track_caller]
fn check_lines(lines: &str, expected: &[&str]) {
    let lines: Vec<_> = lines.split(' ').collect();
    check(file(&lines), expected);
}

#[test]
fn an_envelope_or_half_of_one_may_hold_the_messages() {
    check_lines("FHS BHS 1 2 BTS|2 FTS|1", &[]);
    check_lines("BHS 1 2 BTS|2", &["envelope.no-file-header"]);
    check_lines("FHS 1 2 FTS|1", &["envelope.no-batch-header"]);
    check_lines("FHS 1 2 FTS|0", &["envelope.no-batch-header"]);
    check_lines("1 2", &["envelope.missing"]);
}

#[test]
fn a_missing_envelope_is_shown_where_it_should_begin() {
    let finding = check_one(message("A1"), EnvelopeRule::Missing, "", &[]);
    assert_eq!(
        (finding.segment.unwrap().as_str(), finding.segment_index),
        ("FHS", None)
    );
    assert_eq!((finding.line, finding.message, finding.range), (Some(1), None, 0..0));
}

#[test]
fn a_missing_half_is_shown_before_the_half_that_is_there() {
    let finding = check_one(file(&["BHS", "1", "BTS|1"]), EnvelopeRule::NoFile, "", &[]);
    assert_eq!((finding.line, finding.range), (Some(1), 0..0));
}

#[test]
fn what_is_opened_must_be_closed() {
    // The open file says it for the batch within.
    check_lines("FHS BHS 1 2", &["envelope.file-not-closed"]);
    check_lines("FHS BHS 1 BTS|1", &["envelope.file-not-closed"]);
    check_lines("FHS BHS 1 FTS|1", &["envelope.batch-not-closed"]);
    check_lines("FHS 1", &["envelope.file-not-closed", "envelope.no-batch-header"]);
    check_lines("BHS 1", &["envelope.no-file-header", "envelope.batch-not-closed"]);
    check_lines(
        "FHS BHS 1 BHS 2 BTS|1 FTS|2",
        &["envelope.batch-not-closed", "envelope.several-batches"],
    );
    let finding = check_one(
        file(&["FHS", "BHS", "1", "BTS|1"]),
        EnvelopeRule::FileNotClosed,
        "FHS|^~\\&|EHR",
        &[],
    );
    assert_eq!(
        (finding.segment_index, finding.line, finding.message),
        (Some(1), Some(1), None)
    );
}

#[test]
fn what_is_closed_must_have_been_opened() {
    // The end of the file says it for the batch within.
    check_lines("1 2 BTS|2 FTS|1", &["envelope.file-never-opened"]);
    check_lines(
        "FHS 1 BTS|1 FTS|1 2 BTS|1 FTS|2",
        &[
            "envelope.batch-never-opened",
            "envelope.message-outside",
            "envelope.several-batches",
            "envelope.file-never-opened",
        ],
    );
    check_lines("FHS 1 2 BTS|2 FTS|1", &["envelope.batch-never-opened"]);
    check_lines("BHS 1 2 BTS|2 FTS|1", &["envelope.file-never-opened"]);
    check_lines(
        "FHS BHS 1 BTS|1 BTS|0 FTS|2",
        &["envelope.batch-never-opened", "envelope.several-batches"],
    );
}

#[test]
fn the_number_of_messages_must_be_right() {
    for wrong in ["BTS|3", "BTS|0"] {
        check_lines(&format!("FHS BHS 1 2 {wrong} FTS|1"), &["envelope.message-count"]);
    }
    for right in ["BTS|2", "BTS|002", "BTS|2|comment"] {
        check_lines(&format!("FHS BHS 1 2 {right} FTS|1"), &[]);
    }
    for no_number in [
        "BTS|two",
        "BTS|-2",
        "BTS|2.0",
        "BTS|+2",
        "BTS|2x",
        "BTS|99999999999999999999999",
    ] {
        check_lines(
            &format!("FHS BHS 1 2 {no_number} FTS|1"),
            &["envelope.message-count-not-a-number"],
        );
    }
    for nothing in ["BTS", "BTS|", "BTS||comment", "BTS|\"\""] {
        check_lines(
            &format!("FHS BHS 1 2 {nothing} FTS|1"),
            &["envelope.message-count-missing"],
        );
    }
    let finding = check_one(
        whole().replace("BTS|1", "BTS"),
        EnvelopeRule::MessageCountMissing,
        "",
        &[],
    );
    assert_eq!((finding.segment_index, finding.field), (Some(1), Some(1)));
    let text = whole().replace("BTS|1", "BTS|40");
    let finding = check_one(text, EnvelopeRule::MessageCount, "40", &[Count(40), Count(1)]);
    assert_eq!((finding.segment.unwrap().as_str(), finding.field), ("BTS", Some(1)));
    check(whole().replace("BTS|1", "BTS| 1 "), &[]);
}

#[test]
fn each_batch_has_its_own_number_of_messages() {
    check_lines("FHS BHS 1 BTS|1 BHS 2 BTS|1 FTS|2", &["envelope.several-batches"]);
    check_lines(
        "FHS BHS 1 BTS|1 BHS 2 BTS|2 FTS|2",
        &["envelope.several-batches", "envelope.message-count"],
    );
}

#[test]
fn the_number_of_batches_must_be_right() {
    check_lines("FHS BHS 1 BTS|1 FTS|2", &["envelope.batch-count"]);
    check_lines("FHS BHS 1 BTS|1 FTS|one", &["envelope.batch-count-not-a-number"]);
    check_lines("FHS BHS 1 BTS|1 FTS", &["envelope.batch-count-missing"]);
    let text = whole().replace("FTS|1", "FTS|7");
    check_one(text, EnvelopeRule::BatchCount, "7", &[Count(7), Count(1)]);
}

#[test]
fn batches_are_counted_and_the_second_is_shown() {
    let text = file(&["FHS", "BHS", "1", "BTS|1", "BHS", "2", "BTS|1", "FTS|2"]);
    let finding = check_one(text, EnvelopeRule::MoreBatches, "BHS|^~\\&|EHR", &[Count(1)]);
    assert_eq!(finding.segment_index, Some(2));
}

#[test]
fn joined_files_show_at_the_second_header() {
    let joined = whole() + &envelope(&[message("A2")]);
    check(&joined, &["envelope.joined-files", "envelope.several-batches"]);
    let finding = check_one(&joined, EnvelopeRule::JoinedFiles, "FHS|^~\\&|EHR", &[]);
    assert_eq!(finding.segment_index, Some(2));
    check_lines("1 FHS BHS 2 BTS|1 FTS|1", &["envelope.joined-files"]);
    // The end of the first file is missing.
    check_lines(
        "FHS BHS 1 FHS BHS 2 BTS|1 FTS|1",
        &[
            "envelope.file-not-closed",
            "envelope.joined-files",
            "envelope.several-batches",
        ],
    );
}

#[test]
fn a_batch_across_the_end_of_the_file_is_wrongly_nested_and_closed_all_the_same() {
    check_lines("FHS BHS 1 2 FTS|1 BTS|2", &["envelope.wrongly-nested"]);
    check_lines(
        "FHS BHS 1 BTS|1 FTS|1 BHS 2 BTS|1",
        &[
            "envelope.wrongly-nested",
            "envelope.several-batches",
            "envelope.wrongly-nested",
        ],
    );
}

#[test]
fn messages_outside_of_the_batches_are_counted() {
    check_lines("FHS BHS 1 BTS|1 2 FTS|1", &["envelope.message-outside"]);
    check_lines("FHS BHS 1 BTS|1 FTS|1 2", &["envelope.message-outside"]);
    check_lines("FHS 1 BHS 2 BTS|1 FTS|1", &["envelope.message-outside"]);
    let text = file(&["FHS", "BHS", "1", "BTS|1", "2", "2", "FTS|1"]);
    let second = message("A2");
    let (header, _) = second.split_once('\r').unwrap();
    let finding = check_one(text, EnvelopeRule::MessageOutside, header, &[Count(2)]);
    assert_eq!(finding.message, Some(2), "whose it is can be looked up");
}

#[test]
fn a_control_id_that_was_used_before_is_found() {
    let other = message("A1").replace("Juniper", "Percival");
    let text = envelope(&[message("A1"), message("A2"), other]);
    let finding = check_one(text, EnvelopeRule::DuplicateControlId, "A1", &[Count(1)]);
    assert_eq!((finding.message, finding.field), (Some(3), Some(10)));
    check(envelope(&[message("A1"), message("A10"), message("a1")]), &[]);
}

#[test]
fn a_message_that_is_there_twice_is_found_whatever_its_line_ends() {
    let again = message("A1").replace('\r', "\n");
    let text = envelope(&[message("A1"), message("A2"), again]);
    check_one(text, EnvelopeRule::DuplicateMessage, "A1", &[Count(1)]);
}

#[test]
fn messages_without_a_control_id_are_compared_as_a_whole() {
    let other = message("").replace("|40077", "|40078");
    check(envelope(&[message(""), other]), &[]);
    check(envelope(&[message(""), message("")]), &["envelope.duplicate-message"]);
}

#[test]
fn a_vaccination_of_an_earlier_message_is_found() {
    let again = |text: &str| text.replace("|A1|", "|A2|");
    let text = envelope(&[message("A1"), again(&message("A1"))]);
    let finding = check_one(
        &text,
        EnvelopeRule::DuplicateDose,
        "140^Influenza, split virus, trivalent, PF^CVX",
        &[Count(1)],
    );
    assert_eq!((finding.message, finding.field), (Some(2), Some(5)));
    // Another patient, another day, another vaccine, or not given at all.
    for (from, to) in [
        ("|40077", "|40078"),
        ("^^^MADEUP^MR", "^^^ELSEWHERE^MR"),
        ("|20190402|", "|20190403|"),
        ("|0|1|20261119|", "|0|1|20261118|"),
        ("140^Influenza", "141^Influenza"),
        ("|||CP|A", "|||NA|A"),
        ("|||CP|A", "|||CP|D"),
    ] {
        let other = again(&message("A1").replace(from, to));
        assert_ne!(other, again(&message("A1")));
        let report = report(envelope(&[message("A1"), other]));
        let rule = EnvelopeRule::DuplicateDose.into();
        assert!(report.findings.iter().all(|finding| finding.rule != rule), "{to}");
    }
}

#[test]
fn a_patients_id_with_two_birth_dates_is_found() {
    let other = |birth: &str| {
        let later = message("A1")
            .replace("|A1|", "|A2|")
            .replace("|20261119|", "|20261118|");
        envelope(&[message("A1"), later.replace("|20190402|", birth)])
    };
    let finding = check_one(
        other("|20190403|"),
        EnvelopeRule::SharedPatientId,
        "40077^^^MADEUP^MR",
        &[Count(1)],
    );
    assert_eq!((finding.message, finding.field), (Some(2), Some(3)));
    // The same day, written otherwise or not told.
    for birth in ["|20190402|", "|201904021130|", "|201904|", "||"] {
        check(other(birth), &[]);
    }
    // The same number from somebody else.
    check(
        other("|20190403|")
            .replacen("^^^MADEUP^MR", "^^^ELSEWHERE^MR", 1)
            .replacen("|40077-1^", "|1^", 1),
        &[],
    );
}

#[test]
fn a_vaccinations_id_with_two_patients_is_found() {
    let two = |order: &str, later: &str| {
        let second = message("A2").replace("|A2-1^MADEUP|", later);
        envelope(&[message("A1").replace("|40077-1^MADEUP|", order), second])
    };
    let finding = check_one(
        two("|7^MADEUP|", "|7^MADEUP|"),
        EnvelopeRule::SharedOrder,
        "7^MADEUP",
        &[Count(1)],
    );
    assert_eq!((finding.message, finding.field), (Some(2), Some(3)));
    for (order, later) in [("|7^MADEUP|", "|7^ELSEWHERE|"), ("|9999|", "|9999|"), ("||", "||")] {
        check(two(order, later), &[]);
    }
    // The same patient: an update.
    let later = message("A1")
        .replace("|A1|", "|A2|")
        .replace("|20261119|", "|20261118|");
    check(envelope(&[message("A1"), later]), &[]);
}

#[test]
fn a_message_that_is_there_twice_is_not_told_again_for_its_vaccinations() {
    check(
        envelope(&[message("A1"), message("A1")]),
        &["envelope.duplicate-message"],
    );
    check(
        envelope(&[message("A1"), message("A1").replace("|CP|A", "|CP|U")]),
        &["envelope.duplicate-control-id", "envelope.duplicate-dose"],
    );
}
