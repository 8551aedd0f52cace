//! The spot of a finding stands where it is, or where something should be; nothing of a message can steer the screen.

use std::{collections::BTreeMap, sync::Arc};

use super::*;
use crate::domain::{
    check::{Checker, ExcerptReader, Occasion, Rules, Standard},
    guide::Guide,
    profile::{Consent, ConsentAges, Expected},
    settings::Stage,
};

const MESSAGE: &str = include_str!("../../../tests/fixtures/check/no-envelope.hl7");
const WHOLE: &str = include_str!("../../../tests/fixtures/check/whole.hl7");

fn rules() -> Rules {
    let consent = Consent {
        code: "TXY".to_owned(),
        ages: ConsentAges::Child,
    };
    let expected = Expected {
        sender_digits: Some(10),
        receiving_application: "TxImmTrac".to_owned(),
        receiving_facility: "TxDSHS".to_owned(),
        state: "TX".to_owned(),
        zip_areas: vec![(733, 799)],
        adult_from_years: 18,
        consents: vec![consent],
    };
    let occasion = Occasion {
        today: "2026-11-20".parse().unwrap(),
        stage: Stage::Live,
    };
    Rules::on(occasion, expected, Arc::new(Standard::built_in().unwrap()))
}

/// The lines around each finding, the spot in angle quotes, by the finding's rule.
fn shown(bytes: &[u8]) -> BTreeMap<&'static str, Vec<String>> {
    with_names(bytes, Names::Shown)
}

fn with_names(bytes: &[u8], names: Names) -> BTreeMap<&'static str, Vec<String>> {
    let rules = rules();
    let mut checker = Checker::new(&rules);
    checker.feed(bytes);
    let report = checker.finish();
    let mut reader = ExcerptReader::new(&report);
    reader.feed(bytes);
    let excerpts = reader.finish();
    let legend = Legend::of(&Guide::z22().unwrap());
    let mut shown = BTreeMap::new();
    for finding in &report.findings {
        if let Some(excerpt) = excerpts.of(finding) {
            let lines = marked(excerpt, finding, &excerpts.spot(finding), &legend, names);
            assert!(
                lines.iter().any(MarkedLine::is_marked),
                "{}: no spot",
                finding.rule.id()
            );
            shown.insert(finding.rule.id(), lines.iter().map(plain).collect());
        }
    }
    shown
}

fn plain(line: &MarkedLine) -> String {
    let text = line.pieces.iter().map(|piece| match piece.spot {
        Spot::Here => format!("«{}»", piece.text),
        Spot::Elsewhere => piece.text.clone(),
    });
    text.collect()
}

/// The marked line of this rule has this in it.
#[track_caller]
fn check(text: impl AsRef<[u8]>, rule: &str, expected: &str) {
    let shown = shown(text.as_ref());
    let lines = shown
        .get(rule)
        .unwrap_or_else(|| panic!("{rule} is not among {:?}", shown.keys()));
    let marked: Vec<&String> = lines.iter().filter(|line| line.contains('«')).collect();
    assert_eq!(marked.len(), 1, "{lines:?}");
    assert!(marked[0].contains(expected), "{expected} is not in {marked:?}");
}

#[test]
fn a_value_is_marked_where_it_stands() {
    check(
        MESSAGE.replace("|20190402|", "|20261121|"),
        "patient.birth-date-future",
        "||«20261121»|F|",
    );
}

#[test]
fn what_is_empty_or_lacks_is_marked_where_it_should_be() {
    check(
        MESSAGE.replace("|F|", "||"),
        "patient.sex-missing",
        "|20190402|«[PID-8 is empty]»||",
    );
    let short = MESSAGE.replace("|CP|A", "");
    let lines = &shown(short.as_bytes())["vaccination.status-missing"];
    let at = lines.iter().find(|line| line.contains('«')).unwrap();
    assert!(at.starts_with("RXA|") && at.ends_with("«[RXA-20 is empty]»"), "{at}");
}

#[test]
fn a_missing_segment_is_marked_in_its_place() {
    let order = |name: &str, rule: &str| {
        let text: String = MESSAGE
            .split_inclusive('\r')
            .filter(|line| !line.starts_with(name))
            .collect();
        let lines = &shown(text.as_bytes())[rule];
        let at = lines.iter().position(|line| line.contains('«')).unwrap();
        assert_eq!(lines[at], format!("«[{name} is missing]»"));
        let name_of = |line: &String| line.chars().take(3).collect::<String>();
        (
            lines.get(at - 1).map(name_of).unwrap(),
            lines.get(at + 1).map(name_of).unwrap(),
        )
    };
    assert_eq!(
        order("NK1", "patient.guardian-missing"),
        ("PD1".to_owned(), "ORC".to_owned())
    );
    assert_eq!(
        order("PID", "message.patient-missing"),
        ("MSH".to_owned(), "PD1".to_owned())
    );
    assert_eq!(order("RXR", "dose.route-missing"), ("RXA".to_owned(), "OBX".to_owned()));
}

#[test]
fn the_envelope_is_marked_beside_its_messages() {
    check(WHOLE.replace("BTS|2", "BTS|7"), "envelope.message-count", "BTS|«7»");
    let lines = &shown(MESSAGE.repeat(2).as_bytes())["envelope.missing"];
    assert!(lines[0].starts_with("«[FHS is missing]»"), "{lines:?}");
}

#[test]
fn line_ends_and_what_stands_between_lines_are_marked() {
    check(WHOLE.replace('\r', "\n"), "file.line-ends", "«[line end: LF]»");
    check(format!("{WHOLE}\x1a"), "file.ctrl-z", "FTS|1«[here]»");
    check(format!("\u{feff}{WHOLE}"), "file.byte-order-mark", "«[here]»FHS|");
}

#[test]
fn nothing_in_a_message_steers_the_screen_or_hides() {
    let name = "Quill\u{1b}[31m\u{202e}feather\u{200b}\u{feff}^🦋 Juniper";
    let text = MESSAGE.replace("Quillfeather^Juniper", name).replace("|F|", "||");
    let lines = &shown(text.as_bytes())["patient.sex-missing"];
    let line = lines.iter().find(|line| line.starts_with("PID")).unwrap();
    assert!(
        line.contains("Quill[invisible][31m[invisible]feather[invisible][invisible]^🦋 Juniper"),
        "{line}"
    );
    let latin = text
        .replace('🦋', "x")
        .replace("Tumbleweed", "T\u{e9}")
        .chars()
        .map(|c| u8::try_from(c).unwrap_or(b'?'))
        .collect::<Vec<u8>>();
    assert!(
        shown(&latin)["patient.sex-missing"]
            .iter()
            .any(|line| line.contains("118 Té Lane"))
    );
}

#[test]
fn a_spot_in_the_part_of_a_long_segment_that_is_left_out_is_marked_there() {
    let long = "y".repeat(5_000);
    let text = MESSAGE.replace("Tumbleweed", &long);
    let bad = text.replace("||N||||||N", "||Q||||||N");
    let shown = shown(bad.as_bytes());
    let lines = shown.iter().find(|(rule, lines)| {
        rule.starts_with("patient.") && lines.iter().any(|line| line.starts_with("PID") && line.contains('«'))
    });
    let (rule, lines) = lines.unwrap_or_else(|| panic!("{:?}", shown.keys()));
    let line = lines.iter().find(|line| line.starts_with("PID")).unwrap();
    assert!(
        line.len() < 2_300 && line.contains("more characters]»"),
        "{rule}: {line}"
    );
}

#[test]
fn a_letter_of_several_bytes_is_marked_whole_and_stays_what_it_is() {
    check(
        include_bytes!("../../../tests/fixtures/check/utf-8-undeclared.hl7"),
        "file.letters-undeclared",
        "Pe«ñ»ablanca^José",
    );
    check(
        include_bytes!("../../../tests/fixtures/check/letters-lost.hl7"),
        "file.letters-lost",
        "«[lost letter]»",
    );
}

/// The marked line of this rule, with everybody covered, has this in it.
#[track_caller]
fn check_covered(text: impl AsRef<[u8]>, rule: &str, expected: &str) {
    let shown = with_names(text.as_ref(), Names::Covered);
    let lines = &shown[rule];
    let marked: Vec<String> = lines
        .iter()
        .filter(|line| line.contains('«'))
        .map(|line| line.replace(COVER, "_"))
        .collect();
    assert_eq!(marked.len(), 1, "{lines:?}");
    assert!(marked[0].contains(expected), "{expected} is not in {marked:?}");
}

#[test]
fn a_covered_spot_is_marked_and_its_message_tells_of_nobody() {
    let text = MESSAGE.replace("|20190402|", "|20261121|");
    check_covered(&text, "patient.birth-date-future", "|_^_^_^^^^_||«_»|F|");
    for (rule, lines) in with_names(text.as_bytes(), Names::Covered) {
        for secret in ["Quillfeather", "Juniper", "20261121", "40077^", "Tumbleweed", "555"] {
            let telling: Vec<_> = lines.iter().filter(|line| line.contains(secret)).collect();
            assert!(telling.is_empty(), "{rule}: {secret} is in {telling:?}");
        }
    }
}

#[test]
fn what_is_covered_has_the_same_length_whoever_it_is() {
    let of = |name: &str| {
        let text = MESSAGE.replace("Quillfeather^Juniper", name).replace("|F|", "||");
        let mut shown = with_names(text.as_bytes(), Names::Covered);
        shown.remove("patient.sex-missing").unwrap()
    };
    assert_eq!(of("Li^An"), of("Featherstonehaugh^Maximiliana Constance"));
}

#[test]
fn what_is_empty_or_lacks_in_a_covered_field_is_marked_once() {
    check_covered(
        MESSAGE.replace("|20190402|", "||"),
        "patient.birth-date-missing",
        "||«[PID-7 is empty]»|F|",
    );
    let marks = |text: &str| text.matches('«').count();
    for (rule, lines) in with_names(MESSAGE.replace("118 Tumbleweed Lane", "").as_bytes(), Names::Covered) {
        assert_eq!(
            lines.iter().map(|line| marks(line)).sum::<usize>(),
            1,
            "{rule}: {lines:?}"
        );
    }
}

#[test]
fn a_lost_letter_is_pointed_at_in_a_covered_name() {
    check_covered(
        include_bytes!("../../../tests/fixtures/check/letters-lost.hl7"),
        "file.letters-lost",
        "^_«[lost letter]»^",
    );
}

#[test]
fn the_same_character_that_nobody_sees_is_counted() {
    let text = MESSAGE
        .replace("Quillfeather", "Quill\u{7}\u{7}\u{7}\tfeather")
        .replace("|F|", "||");
    let lines = &shown(text.as_bytes())["patient.sex-missing"];
    let line = lines.iter().find(|line| line.starts_with("PID")).unwrap();
    assert!(line.contains("Quill[3 invisible characters][tab]feather"), "{line}");
}
