//! Each rule of the file, where it fires and where it does not.

use crate::domain::{
    check::{
        Argument, Checker, Finding, Rule, Severity,
        file::FileRule,
        tests::{check_one, envelope, live, message, report, whole},
    },
    hl7::{ContentKind, MAX_SEGMENT_BYTES, SegmentName},
    settings::Stage,
};

#[track_caller]
fn check_all(bytes: &str, expected: &[&str]) {
    let found = report(bytes).findings;
    let ids: Vec<_> = found.iter().map(|finding| finding.rule.id()).collect();
    assert_eq!(ids, expected);
}

#[track_caller]
fn check(bytes: impl AsRef<[u8]>, expected: &[&str]) {
    crate::domain::check::tests::check(&["file", "envelope"], bytes, expected);
}

/// Checks the one finding of this rule, which has a count.
#[track_caller]
fn check_count(bytes: impl AsRef<[u8]>, rule: FileRule, at: &str, count: u64) -> Finding {
    check_one(bytes, rule, at, &[Argument::Count(count)])
}

#[test]
fn a_file_without_a_message_is_a_blocker_and_nothing_else() {
    check("", &["file.empty"]);
    check("\r\n  \r\n", &["file.empty"]);
    check("FHS|^~\\&\rBHS|^~\\&\rBTS|0\rFTS|1\r", &["file.no-message"]);
    check("%PDF-1.7\n", &["file.not-hl7"]);
    let page = "<!DOCTYPE html><html>";
    let finding = check_one(page, FileRule::OtherFormat, page, &[Argument::Kind(ContentKind::Html)]);
    assert_eq!((finding.line, finding.message, finding.segment), (None, None, None));
}

#[test]
fn what_a_file_is_shows_behind_any_amount_of_junk() {
    let after = |junk: &[u8], text: &str| report([junk, text.as_bytes()].concat()).kind;
    assert_eq!(after(&[b' '; 10_000], &whole()), ContentKind::Hl7);
    assert_eq!(after(&[0; 10_000], &whole()), ContentKind::Hl7);
    assert_eq!(after(&[b'\n'; 10_000], "Dear clinic"), ContentKind::Text);
    assert_eq!(after(&[b'\n'; 10_000], ""), ContentKind::Empty);
    assert_eq!(after(&[0; 10_000], ""), ContentKind::Binary);
}

#[test]
fn of_another_format_nothing_is_said_but_what_it_is() {
    check(format!("Dear clinic, {}", whole()), &["file.not-hl7"]);
    check(
        [&[0; 5000][..], b"\x01\x02 MSH|^~\\&|\rPID|1"].concat(),
        &["file.not-hl7"],
    );
}

#[test]
fn a_file_that_ends_within_a_segment_is_cut_off() {
    let text = message("A1");
    let (header, _) = text.split_once("PID").unwrap();
    for last in ["P", "PI", "PID", "PID|1||40077", "RXA|0|1|2026", "OBX|1|CE|64994"] {
        check_one(format!("{header}{last}"), FileRule::CutOff, last, &[]);
    }
    check_one("MSH|^~\\&|EHR|110010", FileRule::CutOff, "MSH|^~\\&|EHR|110010", &[]);
}

#[test]
fn a_last_segment_that_is_as_short_as_the_others_is_whole() {
    let short = "MSH|^~\\&|EHR|||||||||2.5.1\rOBX|1|CE|30956-7||140\rOBX|2|CE|30956-7||140";
    check(short, &["envelope.missing", "file.no-final-line-end"]);
    check_one(format!("{short}\rOBX|3|CE"), FileRule::CutOff, "OBX|3|CE", &[]);
}

#[test]
fn a_missing_last_line_end_is_judged_by_the_envelope() {
    let open = |text: &str| text.strip_suffix('\r').unwrap().to_owned();
    check(open(&whole()), &["file.no-final-line-end"]);
    check(open(&message("A1")), &["envelope.missing", "file.no-final-line-end"]);
    let two = message("A1") + &message("A2");
    check(open(&two), &["envelope.missing", "file.perhaps-cut-off"]);
    check(two.clone(), &["envelope.missing"]);
    // The end of the last line may be missing: it is not blamed for that.
    for cut_bytes in [5, 12] {
        let cut = two.get(..two.len() - cut_bytes).unwrap();
        check_all(cut, &["envelope.missing", "file.perhaps-cut-off"]);
        check_one(cut, FileRule::PerhapsCutOff, "", &[]);
    }
    // The lines before it are judged.
    let sexless = two.replace("|20190402|F|", "|20190402||");
    let errors = |text: &str| report(text).count(Severity::Error);
    assert_eq!((errors(&open(&sexless)), errors(&sexless)), (2, 2));
    // An open envelope says it already.
    let unclosed = whole().replace("BTS|1\rFTS|1\r", "");
    check(open(&unclosed), &["envelope.file-not-closed"]);
}

#[test]
fn a_line_that_was_cut_says_why_the_envelope_is_open() {
    let cut = whole().split("RXA|").next().unwrap().to_owned() + "RXA|0|1";
    check(&cut, &["file.cut-off"]);
    check_one(&cut, FileRule::CutOff, "RXA|0|1", &[]);
}

#[test]
fn line_ends_written_as_two_characters_make_the_file_one_line() {
    for (written, found) in [("\\r", "\\r"), ("\\n", "\\n"), ("\\r\\n", "\\r\\n")] {
        let text = whole().replace('\r', written);
        check_count(&text, FileRule::EscapedLineEnds, found, 14);
        check(&text, &["file.escaped-line-ends"]);
        assert_eq!(
            report(&text).worst_finding().unwrap().rule,
            FileRule::EscapedLineEnds.into()
        );
    }
    check(whole().replace("Juniper", "\\rABC or \\R\\ABC|"), &[]);
}

#[test]
fn a_header_within_a_line_is_two_messages_run_together() {
    let (first, second) = (message("A1"), message("A2"));
    let joined = envelope(&[first.trim_end().to_owned() + &second]);
    let (header, _) = second.split_once('\r').unwrap();
    check_one(&joined, FileRule::RunTogether, header, &[]);
    // Mount Sinai Hospital is no header.
    check(whole().replace("^^^MADEUP^MR", "^^^MSH|^PRN^PH"), &[]);
}

#[test]
fn the_trailer_of_one_file_and_the_header_of_the_next_can_run_together() {
    let joined = whole().trim_end().to_owned() + &envelope(&[message("A2")]);
    let finding = check_one(&joined, FileRule::RunTogether, "FHS|^~\\&|EHR", &[]);
    assert_eq!(
        (finding.segment, finding.segment_index),
        (Some(SegmentName::new(*b"FTS")), Some(1))
    );
}

#[test]
fn what_runs_together_is_neither_judged_nor_counted() {
    let sexless = message("A1").replace("|F|", "||");
    check_all(
        &envelope(&[sexless.trim_end().to_owned() + &message("A2")]),
        &["file.run-together"],
    );
    let two = whole().trim_end().to_owned() + &envelope(&[message("A2")]).replace("BTS|1", "BTS|7");
    check_all(&two, &["file.run-together"]);
    assert!(
        report(envelope(&[sexless])).count(Severity::Error) > 0,
        "by itself it has errors"
    );
}

#[test]
fn line_ends_are_told_once_and_counted() {
    let lines = 15;
    check_count(whole().replace('\r', "\n"), FileRule::LineEnds, "\n", lines);
    check_count(whole().replace('\r', "\r\n"), FileRule::LineEnds, "\r\n", lines);
    check_count(
        whole().replace('\r', "\r\r\n"),
        FileRule::DoubledLineEnds,
        "\r\r\n",
        lines,
    );
    let mixed = whole().replacen("\rPID", "\nPID", 1).replacen("\rNK1", "\r\nNK1", 1);
    let finding = check_count(&mixed, FileRule::MixedLineEnds, "\n", 2);
    assert_eq!((finding.line, finding.message), (Some(3), None));
}

#[test]
fn a_blank_line_of_another_kind_is_no_doubled_line_end() {
    let text = whole().replace("\rMSH", "\r\r\nMSH");
    check(text, &["file.mixed-line-ends"]);
}

#[test]
fn marks_framing_and_padding_are_found_where_they_stand() {
    check_count(format!("\u{FEFF}{}", whole()), FileRule::ByteOrderMark, "\u{FEFF}", 1);
    let framed = format!("\u{B}{}\u{1C}\r", whole());
    check_count(&framed, FileRule::Framing, "\u{B}", 2);
    let unended = format!("\u{B}{}\u{1C}", whole().trim_end());
    check_count(unended, FileRule::Framing, "\u{B}", 2);
    check_count(format!("{}\0\0\0", whole()), FileRule::Padding, "\0\0\0", 1);
    let finding = check_count(format!("{}\u{1A}", whole()), FileRule::CtrlZ, "\u{1A}", 1);
    assert_eq!(finding.line, Some(16));
}

#[test]
fn blank_lines_and_white_space_at_the_end_are_noted() {
    check_count(whole().replace("\rPID", "\r\r\rPID"), FileRule::BlankLines, "\r\r", 1);
    check_count(format!("{}   ", whole()), FileRule::BlankLines, "   ", 1);
    check_count(format!("{}\r \r ", whole()), FileRule::BlankLines, "\r \r ", 1);
}

#[test]
fn indented_segments_are_told_from_blank_lines_with_spaces() {
    check_count(whole().replace("\rPID", "\r \tPID"), FileRule::Indented, " \t", 1);
    check(whole().replace("\rPID", "\r \t\rPID"), &["file.blank-lines"]);
    let both = whole().replace("\rPID", "\r\r  PID");
    check(both, &["file.blank-lines", "file.indented"]);
}

#[test]
fn a_line_that_is_no_segment_belongs_to_its_message() {
    let text = whole().replace("^Lubbock", "\r^Lubbock");
    let report = report(&text);
    let finding = report
        .findings
        .iter()
        .find(|finding| finding.rule == Rule::from(FileRule::BrokenLine));
    let finding = finding.unwrap();
    assert_eq!(
        (finding.message, finding.segment, finding.line),
        (Some(1), None, Some(5))
    );
    // What the line before it lacks stands on it, for all that is known.
    assert_eq!(report.counts.len(), 1, "{:?}", report.counts);
    check(whole().replace("\rNK1", "\rZX1|1\rNK1"), &[]);
}

#[test]
fn what_loses_a_patient_or_a_value_holds_a_test_file() {
    for rule in [FileRule::Stray, FileRule::BrokenLine] {
        assert_eq!(Rule::from(rule).severity(Stage::Live), Severity::Error);
        assert_eq!(Rule::from(rule).severity(Stage::Testing), Severity::Error);
    }
}

#[test]
fn segments_before_the_first_message_are_stray() {
    let text = message("A1");
    let (_, body) = text.split_once('\r').unwrap();
    let segments = body.matches('\r').count() as u64;
    let text = envelope(&[body.to_owned(), message("A2")]).replace("BTS|2", "BTS|1");
    let finding = check_one(
        &text,
        FileRule::Stray,
        first_line(&text, "PID"),
        &[Argument::Count(segments)],
    );
    assert_eq!((finding.line, finding.segment_index), (Some(3), Some(1)));
}

#[test]
fn the_last_line_says_which_of_its_name_it_is() {
    let index = |text: &str, rule: FileRule| {
        let report = report(text);
        let finding = report.findings.into_iter().find(|finding| finding.rule == rule.into());
        finding.and_then(|finding| finding.segment_index)
    };
    let open = |text: String| text.strip_suffix('\r').unwrap().to_owned();
    assert_eq!(index(&open(whole()), FileRule::OpenEnd), Some(1));
    assert_eq!(index(&open(message("A1")), FileRule::OpenEnd), Some(4));
    let two = message("A1") + &message("A2");
    assert_eq!(index(&open(two), FileRule::PerhapsCutOff), Some(4));
    let cut = message("A1").split("OBX|2|").next().unwrap().to_owned() + "OBX|2";
    assert_eq!(index(&cut, FileRule::CutOff), Some(2));
}

fn first_line<'t>(text: &'t str, name: &str) -> &'t str {
    text.split('\r').find(|line| line.starts_with(name)).unwrap()
}

#[test]
fn control_characters_within_a_segment_are_counted() {
    let text = whole().replace("Juniper", "Ju\u{1}ni\0per");
    let finding = check_count(&text, FileRule::ControlCharacters, "\u{1}", 2);
    assert_eq!(finding.field, Some(5));
    let broken = whole().replace("\rNK1", "\rno\u{1}segment|\rNK1");
    let finding = check_count(broken, FileRule::ControlCharacters, "\u{1}", 1);
    assert_eq!((finding.segment, finding.field), (None, None));
    check(whole().replace("Juniper", "Juni\tper"), &[]);
}

#[test]
fn letters_are_held_against_what_the_header_declares() {
    let utf8 = whole().replace("Juniper", "José");
    let latin = |text: &str| text.chars().map(|c| u8::try_from(c).unwrap()).collect::<Vec<u8>>();
    let declaring = |set: &str| utf8.replace("|ER|AL|||||", &format!("|ER|AL||{set}|||"));
    check(&utf8, &["file.letters-undeclared"]);
    check(latin(&utf8), &["file.windows-1252"]);
    check(declaring("UNICODE UTF-8"), &[]);
    check(latin(&declaring("UNICODE UTF-8")), &["file.windows-1252"]);
    check(latin(&declaring("8859/1")), &[]);
    check(declaring("8859/1"), &["file.letters-not-as-declared"]);
    check(declaring("GB 18030-2000"), &["file.letters-unknown"]);
    check(whole().replace("|ER|AL|||||", "|ER|AL||GB 18030-2000|||"), &[]);
}

#[test]
fn the_first_letter_is_shown_in_its_field() {
    let finding = check_one(
        whole().replace("Juniper", "José"),
        FileRule::LettersUndeclared,
        "\u{FFFD}",
        &[],
    );
    assert_eq!((finding.segment.unwrap().as_str(), finding.field), ("PID", Some(5)));
}

#[test]
fn a_lost_letter_is_found_also_where_utf8_is_declared() {
    let text = whole()
        .replace("Juniper", "Jos\u{FFFD}")
        .replace("|ER|AL|||||", "|ER|AL||UNICODE UTF-8|||");
    check(text, &["file.letters-lost"]);
}

#[test]
fn a_message_with_an_overlong_segment_is_not_judged_by_its_half() {
    let long = format!("PID|1|{}|", "x".repeat(MAX_SEGMENT_BYTES));
    let nobody = message("A2").replacen("Quillfeather", "", 1);
    let rules = live();
    let mut checker = Checker::new(&rules);
    checker.feed(envelope(&[message("A1").replacen("PID|1||", &long, 1), nobody]).as_bytes());
    let report = checker.finish();
    assert_eq!(report.counts.get(&FileRule::Overlong.into()), Some(&1));
    assert_eq!((report.summary.vaccinations, report.count(Severity::Blocker)), (2, 0));
    // The message after it is judged.
    let judged: Vec<_> = report
        .findings
        .iter()
        .filter_map(|finding| Some((finding.rule.id(), finding.message?)))
        .collect();
    assert_eq!(judged, [("file.overlong-segment", 1), ("patient.name-missing", 2)]);
}

#[test]
fn a_message_without_end_is_named_and_not_judged() {
    let rules = live();
    let mut checker = Checker::new(&rules);
    checker.feed(message("A1").as_bytes());
    for _ in 0..20_000 {
        checker.feed(b"NTE|1\r");
    }
    let report = checker.finish();
    let finding = report
        .findings
        .iter()
        .find(|finding| finding.rule == Rule::from(FileRule::HugeMessage));
    assert_eq!(finding.unwrap().arguments, [Argument::Count(20_000 + 11 - (1 << 14))]);
}
