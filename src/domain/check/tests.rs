//! What holds for every room, and what the rooms' tests need.

use std::sync::LazyLock;

use super::*;
use crate::domain::profile::{Consent, ConsentAges};

/// The message of an invented patient, with which no rule finds anything. Its control id is A1.
const MESSAGE: &str = include_str!("../../../tests/fixtures/check/no-envelope.hl7");

/// A message of an invented patient with this control id, which is the patient's id, too, where it is not A1.
pub(super) fn message(control_id: &str) -> String {
    let message = MESSAGE.replace("|A1|", &format!("|{control_id}|"));
    match control_id {
        "A1" | "" => message,
        // Somebody else: what is given to one patient twice is a finding.
        other => message.replace("|40077", &format!("|{other}")),
    }
}

/// These messages in a whole envelope.
pub(super) fn envelope(messages: &[String]) -> String {
    let count = messages.len();
    let messages = messages.concat();
    format!("FHS|^~\\&|EHR\rBHS|^~\\&|EHR\r{messages}BTS|{count}\rFTS|1\r")
}

/// A whole file of one message.
pub(super) fn whole() -> String {
    envelope(&[message("A1")])
}

/// A whole file of one message in which fields say something else: `&[("PID-7", "20270101")]`. Each is a field of the first
/// segment of its name; fields that the segment lacks are put in.
pub(super) fn with(changes: &[(&str, &str)]) -> String {
    let mut segments: Vec<String> = MESSAGE.trim_end().split('\r').map(str::to_owned).collect();
    for (path, value) in changes {
        let (name, number) = path.split_once('-').unwrap();
        let segment = segments.iter_mut().find(|segment| segment.starts_with(name)).unwrap();
        let mut fields: Vec<&str> = segment.split('|').collect();
        // MSH-1 is the separator itself.
        let place = number.parse::<usize>().unwrap() - usize::from(name == "MSH");
        fields.resize(fields.len().max(place + 1), "");
        fields[place] = value;
        *segment = fields.join("|");
    }
    envelope(&[segments.join("\r") + "\r"])
}

/// A whole file of one message, without its segments of these names.
pub(super) fn without(names: &[&str]) -> String {
    let is_kept = |segment: &&str| !names.iter().any(|name| segment.starts_with(name));
    envelope(&[MESSAGE.split_inclusive('\r').filter(is_kept).collect()])
}

/// Read once: a test asks often.
static STANDARD: LazyLock<Arc<Standard>> = LazyLock::new(|| Arc::new(Standard::built_in().unwrap()));

/// The rules of November 20, 2026, for a clinic that is live.
pub(super) fn live() -> Rules {
    let occasion = Occasion {
        today: NaiveDate::from_ymd_opt(2026, 11, 20).unwrap(),
        stage: Stage::Live,
    };
    Rules::on(occasion, texas(), Arc::clone(&STANDARD))
}

/// What Texas expects, as the built-in profile says it.
fn texas() -> Expected {
    let consent = |code: &str, ages| Consent {
        code: code.to_owned(),
        ages,
    };
    Expected {
        sender_digits: Some(10),
        receiving_application: "TxImmTrac".to_owned(),
        receiving_facility: "TxDSHS".to_owned(),
        state: "TX".to_owned(),
        zip_areas: vec![(733, 733), (750, 799), (885, 885)],
        adult_from_years: 18,
        consents: vec![
            consent("TXY", ConsentAges::Child),
            consent("TXA", ConsentAges::Adult),
            consent("TXF", ConsentAges::Any),
            consent("TXM", ConsentAges::Any),
            consent("TXD", ConsentAges::Any),
        ],
    }
}

/// The report on these bytes, the same in whatever chunks they come.
#[track_caller]
pub(super) fn report(bytes: impl AsRef<[u8]>) -> Report {
    report_by(&live(), bytes)
}

/// The report on these bytes by other rules.
#[track_caller]
pub(super) fn report_by(rules: &Rules, bytes: impl AsRef<[u8]>) -> Report {
    let bytes = bytes.as_ref();
    let in_chunks = |chunk_bytes| {
        let mut checker = Checker::new(rules);
        bytes.chunks(chunk_bytes).for_each(|chunk| checker.feed(chunk));
        checker.finish()
    };
    let report = in_chunks(bytes.len().max(1));
    assert_eq!(in_chunks(1), report, "byte by byte");
    assert_eq!(in_chunks(7), report, "in chunks of 7");
    report
}

/// Checks which rules of these rooms the bytes break, in the order in which they stand in the file.
#[track_caller]
pub(super) fn check(rooms: &[&str], bytes: impl AsRef<[u8]>, expected: &[&str]) {
    let report = report(bytes);
    let ids = report.findings.iter().map(|finding| finding.rule.id());
    let is_asked = |id: &&str| {
        rooms
            .iter()
            .any(|room| id.split_once('.').is_some_and(|(of, _)| of == *room))
    };
    assert_eq!(ids.filter(is_asked).collect::<Vec<_>>(), expected);
}

/// Checks the one finding of this rule: the bytes at its place, and its arguments.
#[track_caller]
pub(super) fn check_one(bytes: impl AsRef<[u8]>, rule: impl Into<Rule>, at: &str, arguments: &[Argument]) -> Finding {
    let (bytes, rule) = (bytes.as_ref(), rule.into());
    let report = report(bytes);
    let mut findings = report.findings.into_iter().filter(|finding| finding.rule == rule);
    let (Some(finding), None) = (findings.next(), findings.next()) else {
        panic!("{} is not there once: {:?}", rule.id(), report.counts);
    };
    let place = |offset: u64| usize::try_from(offset).unwrap();
    let shown = &bytes[place(finding.range.start)..place(finding.range.end)];
    assert_eq!(String::from_utf8_lossy(shown), at, "{}", rule.id());
    assert_eq!(finding.arguments, arguments, "{}", rule.id());
    finding
}

#[test]
fn a_whole_file_has_no_finding() {
    assert_eq!(report(whole()).findings, []);
    assert_eq!(report(envelope(&[message("A1"), message("A2")])).findings, []);
}

#[test]
fn the_sample_is_changed_where_it_is_asked() {
    assert_eq!(with(&[]), whole());
    let text = with(&[("MSH-10", "B7"), ("PID-3", "4"), ("RXR-4", "X")]);
    assert!(text.contains("||VXU^V04^VXU_V04|B7|P|2.5.1|"), "{text}");
    assert!(text.contains("\rPID|1||4||Quillfeather"), "{text}");
    assert!(text.contains("^HL70163||X\r"), "{text}");
    assert!(!without(&["PID", "NK1"]).contains("Quillfeather"));
}

#[test]
fn a_finding_names_the_message_the_segment_and_the_field() {
    let second = message("A2").replace("Juniper", "Jun\u{7}iper");
    let text = envelope(&[message("A1"), second]);
    let finding = check_one(&text, FileRule::ControlCharacters, "\u{7}", &[Argument::Count(1)]);
    assert_eq!(finding.message, Some(2));
    assert_eq!(finding.control_id.as_ref().map(ControlId::as_str), Some("A2"));
    assert_eq!(finding.segment.unwrap().as_str(), "PID");
    assert_eq!(finding.segment_index, Some(1));
    assert_eq!(finding.line, Some(15));
}

#[test]
fn of_each_rule_the_first_are_kept_and_all_are_counted() {
    let rules = Rules { limit: 2, ..live() };
    let mut checker = Checker::new(&rules);
    let twice: Vec<_> = (0..5).map(|_| message("A1")).collect();
    checker.feed(envelope(&twice).as_bytes());
    let report = checker.finish();
    assert_eq!((report.findings.len(), report.count(Severity::Warning)), (2, 4));
}

#[test]
fn places_in_utf16_are_those_of_the_original() {
    for (mark, bytes_of) in [
        ("\u{FEFF}", u16::to_le_bytes as fn(u16) -> [u8; 2]),
        ("", u16::to_be_bytes),
    ] {
        let text = format!(
            "{mark}{}",
            envelope(&[message("É1").replace("Juniper", "Jun\u{7}iper")])
        );
        let bytes: Vec<u8> = text.encode_utf16().flat_map(bytes_of).collect();
        let report = report(&bytes);
        assert_eq!((report.kind, report.summary.messages), (ContentKind::Hl7Utf16, 1));
        let ids: Vec<_> = report.findings.iter().map(|finding| finding.rule.id()).collect();
        assert_eq!(ids, ["file.utf-16", "file.control-characters"]);
        assert_eq!(report.findings[0].range, 0..bytes.len() as u64);
        let at = 2 * text.chars().position(|c| c == '\u{7}').unwrap() as u64;
        assert_eq!(report.findings[1].range, at..at + 2);
        assert_eq!(report.findings[1].control_id.as_ref().unwrap().as_str(), "É1");
    }
}

#[test]
fn what_a_copy_puts_right_nobody_else_has_to() {
    for rule in Rule::all() {
        // Padding can show that something was lost: somebody has to compare first.
        let has_to_compare = rule == FileRule::Padding.into();
        let is_for_a_copy = rule.repair().is_some() && !has_to_compare;
        assert_eq!(rule.who() == Who::Dropoff, is_for_a_copy, "{}", rule.id());
    }
}

#[test]
fn debug_shows_nothing_of_a_patient() {
    let report = report(message("QUILLFEATHER-77").replace("Juniper", "Jun\u{7}iper"));
    let shown = format!("{report:?}");
    assert!(report.findings.iter().any(|finding| finding.control_id.is_some()));
    assert!(!shown.contains("QUILL") && !shown.contains("iper"), "{shown}");
}

#[test]
fn a_message_in_which_the_file_stops_is_not_judged() {
    let in_the_open_envelope = whole().split("RXA|").next().unwrap().to_owned() + "RXA|0|1\r";
    let alone = message("A1").split("RXA|").next().unwrap().to_owned() + "RXA|0|1";
    for text in [in_the_open_envelope, alone] {
        let report = report(&text);
        assert_eq!(report.worst(), Some(Severity::Blocker));
        let ids: Vec<_> = report.findings.iter().map(|finding| finding.rule.id()).collect();
        let is_of_the_file = |id: &&str| id.starts_with("file.") || id.starts_with("envelope.");
        assert!(ids.iter().all(is_of_the_file), "{ids:?}");
    }
}

#[test]
fn what_is_found_so_far_grows_to_what_the_report_says() {
    let good = message("A1");
    let bad = good.replace("|F|", "||").replace("|A1|", "|A2|");
    let text = envelope(&[good, bad.clone(), bad.replace("|A2|", "|A3|")]);
    let rules = live();
    let mut checker = Checker::new(&rules);
    let mut before = checker.so_far();
    assert_eq!(before, SoFar::default());
    for byte in text.as_bytes() {
        checker.feed(&[*byte]);
        let now = checker.so_far();
        assert!(now.messages >= before.messages && now.rules >= before.rules);
        before = now;
    }
    let report = checker.finish();
    assert_eq!(report.messages_with_errors, 2, "{:?}", report.counts);
    assert_eq!(before.messages_with_errors, 2);
    assert_eq!(before.worst, report.worst_finding().map(|worst| worst.rule));
}

#[test]
fn a_person_can_lift_a_blocker_about_names_and_no_other() {
    let patient = |name: &str| {
        let whole = include_str!("../../../tests/fixtures/check/no-envelope.hl7");
        whole.replace("Quillfeather^Juniper^Moon", name)
    };
    let two = [
        patient("Test^Patient"),
        patient("Quillfeather^Baby Boy").replace("|A1|", "|B2|"),
    ]
    .concat();
    let testing = Rules {
        stage: Stage::Testing,
        ..live()
    };
    assert_eq!(report(patient("Quillfeather^Juniper")).hold(), None);
    assert_eq!(report(&two).hold(), Some(Hold::Invented { patients: 2 }));
    assert!(!report(&two).can_be_sent());
    assert_eq!(report(format!("FHS|^~\\&\r{two}")).hold(), Some(Hold::Fault));
    assert_eq!(report_by(&testing, patient("Test^Patient")).hold(), None);
    assert_eq!(
        report_by(&testing, &two).hold(),
        Some(Hold::Fault),
        "a name is missing, and test files must be free of errors"
    );
}
