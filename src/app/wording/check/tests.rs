//! Every rule can be told, and every id is its own.

use std::collections::HashSet;

use super::*;
use crate::domain::{
    check::{Code, guide::GuideRule},
    guide::{Guide, Usage, UsageRule},
    hl7::SegmentName,
};

#[test]
fn every_rule_has_words_and_a_source() {
    for rule in Rule::all() {
        let Words { title, meaning, fix } = words(rule, &[]);
        for sentence in [&title, meaning, &fix] {
            assert!(sentence.ends_with('.'), "{}: {sentence:?} is no sentence", rule.id());
        }
        assert!(title.len() <= 90, "{}: {title:?} is long for a title", rule.id());
        assert!(rule.source().len() > 10, "{} has no source", rule.id());
    }
}

#[test]
fn every_rule_has_an_id_of_its_own_which_begins_with_its_room() {
    let mut ids = HashSet::new();
    for rule in Rule::all() {
        let id = rule.id();
        assert!(ids.insert(id), "{id} is there twice");
        // `File(Empty)` is a rule of the room `file`.
        let variant = format!("{rule:?}").to_lowercase();
        let (room, _) = variant.split_once('(').unwrap();
        let name = id.strip_prefix(room).and_then(|rest| rest.strip_prefix('.'));
        let is_plain = |name: &str| {
            name.bytes()
                .all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-'))
        };
        assert!(name.is_some_and(is_plain), "{id}");
        assert_eq!(Rule::of(id), Some(rule));
    }
    assert_eq!(Rule::of("file.nothing"), None);
}

#[test]
fn what_staff_read_has_no_word_that_blames_or_frightens() {
    for rule in Rule::all() {
        let Words { title, meaning, fix } = words(rule, &[]);
        let text = format!("{title} {meaning} {fix}").to_lowercase();
        for word in ["please", "sorry", "invalid", "oops", "illegal", "failed", "taken"] {
            assert!(!text.contains(word), "{}: {word}", rule.id());
        }
    }
}

#[test]
fn the_first_thing_to_do_is_for_whoever_fixes_it() {
    for rule in Rule::all() {
        let fix = words(rule, &[]).fix;
        let first = fix.split_inclusive(". ").next().unwrap_or_default();
        let is_in_the_chart = first.contains("chart") && !first.contains("vendor");
        let is_for_the_vendor = first.starts_with("Ask your EHR vendor");
        let is_told_wrong = match rule.who() {
            Who::Vendor => is_in_the_chart,
            Who::FrontDesk | Who::Nurse => is_for_the_vendor,
            Who::Dropoff | Who::Nobody => is_in_the_chart || is_for_the_vendor,
        };
        assert!(!is_told_wrong, "{} is for {:?}: {fix}", rule.id(), rule.who());
    }
}

#[test]
fn a_finding_of_the_guide_names_the_field_by_what_it_is() {
    let check = |rule: GuideRule, name: [u8; 3], field, component, arguments: &[Argument], title: &str| {
        let finding = Finding {
            rule: rule.into(),
            severity: Severity::Warning,
            arguments: arguments.to_vec(),
            message: Some(1),
            control_id: None,
            segment: Some(SegmentName::new(name)),
            segment_index: Some(1),
            field: Some(field),
            repetition: None,
            component,
            line: Some(3),
            range: 0..0,
        };
        assert_eq!(of(&finding).title, title);
    };
    let maiden = "Mother's maiden name: the type of name is missing.";
    check(GuideRule::PartMissing, *b"PID", 6, Some(7), &[], maiden);
    let lot = "Lot number: it is longer than 20 characters.";
    check(GuideRule::TooLong, *b"RXA", 15, None, &[Argument::Count(20)], lot);
    let twice = "Mother's maiden name: there is more than one.";
    check(GuideRule::TooMany, *b"PID", 6, None, &[Argument::Count(1)], twice);
    let number = "Social security number: it should not be sent.";
    check(GuideRule::FieldUnwanted, *b"PID", 19, None, &[], number);
    let code = [Argument::Code(Code::of(b"QQ").unwrap())];
    let kind = "Patient's id: the type of number is not one of the guide's codes, QQ.";
    check(GuideRule::CodeUnknown, *b"PID", 3, Some(5), &code, kind);
    // A field without a name is told as HL7 writes it.
    check(
        GuideRule::NotANumber,
        *b"IN2",
        71,
        None,
        &[],
        "IN2-71: it is not a number.",
    );
}

#[test]
fn every_field_of_which_the_guide_speaks_has_a_plain_name() {
    let guide = Guide::z22().unwrap();
    let mut names = 0;
    for segment in guide.segments() {
        for (number, field) in (1..).zip(&segment.fields) {
            let is_left = matches!(field.usage, UsageRule::Always(Usage::Optional) | UsageRule::Unstated);
            if let Some(name) = fields::name(segment.name, number) {
                assert!(name.starts_with(char::is_uppercase) && !name.ends_with('.'), "{name}");
                names += 1;
            } else {
                assert!(is_left, "{}-{number} {}", segment.name, field.name);
            }
        }
    }
    assert!(names > 100);
}
