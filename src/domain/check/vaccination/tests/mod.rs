//! Each rule on vaccinations, where it fires and where it does not.

mod dose;
mod given;
mod observation;

use crate::domain::{
    check::{
        Rule, Severity,
        tests::{check as check_rooms, envelope, message, with},
        vaccination::{ObservationRule, VaccinationRule},
    },
    settings::Stage,
};

const ROOMS: [&str; 3] = ["vaccination", "dose", "observation"];

/// A dose of the past, of which little is known.
const HISTORICAL: [(&str, &str); 9] = [
    ("RXA-6", "999"),
    ("RXA-7", ""),
    ("RXA-9", "01^Historical information - source unspecified^NIP001"),
    ("RXA-10", ""),
    ("RXA-11", ""),
    ("RXA-15", ""),
    ("RXA-16", ""),
    ("RXA-17", ""),
    ("ORC-12", ""),
];

/// A refusal.
const REFUSED: [(&str, &str); 10] = [
    ("ORC-3", "9999^MADEUP"),
    ("RXA-6", "999"),
    ("RXA-7", ""),
    ("RXA-9", ""),
    ("RXA-10", ""),
    ("RXA-15", ""),
    ("RXA-16", ""),
    ("RXA-17", ""),
    ("RXA-18", "00^Parental decision^NIP002"),
    ("RXA-20", "RE"),
];

/// Checks which rules the good message breaks once these fields say something else.
#[track_caller]
fn check(changes: &[(&str, &str)], expected: &[&str]) {
    check_rooms(&ROOMS, with(changes), expected);
}

/// Checks a dose of the past: these fields say something else, and neither route nor observations are told.
#[track_caller]
fn check_historical(changes: &[(&str, &str)], expected: &[&str]) {
    check_bare(&HISTORICAL, changes, expected);
}

/// Checks a message without `RXR` and `OBX` after these changes, and then those.
#[track_caller]
fn check_bare(first: &[(&str, &str)], then: &[(&str, &str)], expected: &[&str]) {
    let text = with(&[first, then].concat());
    let is_kept = |segment: &&str| !segment.starts_with("RXR") && !segment.starts_with("OBX");
    check_rooms(
        &ROOMS,
        text.split_inclusive('\r').filter(is_kept).collect::<String>(),
        expected,
    );
}

/// Checks the good message with another text in the place of one that it has.
#[track_caller]
fn check_text(from: &str, to: &str, expected: &[&str]) {
    let good = message("A1");
    assert!(good.contains(from), "{from} is not there");
    check_rooms(&ROOMS, envelope(&[good.replace(from, to)]), expected);
}

#[test]
fn a_dose_of_the_past_and_a_refusal_need_little() {
    check(&[], &[]);
    check_historical(&[], &[]);
    check_bare(&REFUSED, &[], &[]);
}

#[test]
fn the_sample_of_twelve_patients_has_good_vaccinations() {
    let sample = include_str!("../../../../../assets/samples/good-12-patients.hl7");
    check_rooms(&ROOMS, sample, &[]);
}

#[test]
fn what_the_guide_asks_weighs_more_in_a_test_file() {
    for rule in [
        Rule::from(ObservationRule::EligibilityMissing),
        VaccinationRule::ActionMissing.into(),
    ] {
        assert_eq!(rule.severity(Stage::Live), Severity::Warning, "{}", rule.id());
        assert_eq!(rule.severity(Stage::Testing), Severity::Error, "{}", rule.id());
    }
}
