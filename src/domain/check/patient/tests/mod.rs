//! Each rule of the patient, where it fires and where it does not.

mod consent;
mod name;
mod reach;

use crate::domain::check::{
    Argument,
    patient::PatientRule::{self, *},
    tests::{self, check_one, with},
};

/// Checks which rules of the patient are broken by a message in which fields say this.
#[track_caller]
fn check(changes: &[(&str, &str)], expected: &[PatientRule]) {
    let ids: Vec<_> = expected.iter().map(|rule| rule.sheet().id).collect();
    tests::check(&["patient"], with(changes), &ids);
}

/// Checks the one thing that is said of a patient where one field says this, and its bytes.
#[track_caller]
fn check_field(path: &str, value: &str, rule: PatientRule, at: &str, arguments: &[Argument]) {
    let text = with(&[(path, value)]);
    tests::check(&["patient"], &text, &[rule.sheet().id]);
    let finding = check_one(&text, rule, at, arguments);
    let field = format!("{}-{}", finding.segment.unwrap(), finding.field.unwrap());
    assert_eq!(field, path);
}

#[test]
fn a_patient_has_an_id_with_its_type() {
    check_field("PID-3", "", IdMissing, "", &[]);
    check_field("PID-3", "^^^MADEUP^MR", IdMissing, "^^^MADEUP^MR", &[]);
    check_field("PID-3", "40077^^^MADEUP", IdTypeMissing, "40077^^^MADEUP", &[]);
    check(&[("PID-3", "40077~881^^^MADEUP^PI")], &[]);
}

#[test]
fn a_birth_date_is_a_day_that_can_be() {
    for (value, rule) in [
        ("", BirthDateMissing),
        ("\"\"", BirthDateMissing),
        ("04/02/2019", BirthDateUnreadable),
        ("20190231", BirthDateUnreadable),
        ("201904", BirthDateInexact),
        ("2019", BirthDateInexact),
        ("20261121", BirthDateFuture),
        ("2027", BirthDateFuture),
        ("19051119", BirthDateLongAgo),
    ] {
        check_field("PID-7", value, rule, value, &[]);
    }
    check(&[("PID-7", "20261120"), ("PD1-13", "20261120")], &[]);
    for padded in [" 20190402", "20190402 "] {
        check_field("PID-7", padded, BirthDateSpaces, padded, &[]);
    }
    check(&[("PID-7", "201904021730-0600")], &[]);
    check(&[("PID-7", "19061120"), ("PD1-12", "TXA")], &[]);
}

#[test]
fn sex_is_one_of_the_guides_codes() {
    check_field("PID-8", "", SexMissing, "", &[]);
    for code in ["A", "f", "Female"] {
        check_field("PID-8", code, SexUnknown, code, &[]);
    }
    for code in ["M", "U"] {
        check(&[("PID-8", code)], &[]);
    }
}

#[test]
fn race_and_ethnicity_are_codes_of_their_tables() {
    check_field("PID-10", "", RaceMissing, "", &[]);
    check_field("PID-10", "W^White^HL70005", RaceUnknown, "W^White^HL70005", &[]);
    let two = "2106-3^White^CDCREC~2028-9^Asian^CDCREC";
    check_field("PID-10", two, SeveralRaces, two, &[Argument::Count(2)]);
    check_field("PID-22", "", EthnicityMissing, "", &[]);
    check_field(
        "PID-22",
        "H^Hispanic^HL70189",
        EthnicityUnknown,
        "H^Hispanic^HL70189",
        &[],
    );
    let two = "2135-2^^CDCREC~2186-5^^CDCREC";
    check_field("PID-22", two, SeveralEthnicities, two, &[Argument::Count(2)]);
    check(
        &[
            ("PID-10", "UNK^Unknown^NULLFL"),
            ("PID-22", "7^Local^L^2135-2^Hispanic^CDCREC"),
        ],
        &[],
    );
}

#[test]
fn twins_have_an_order_of_birth() {
    check_field("PID-24", "X", MultipleBirthUnknown, "X", &[]);
    check(&[("PID-24", "Y")], &[BirthOrderMissing]);
    check_field("PID-25", "first", BirthOrderUnreadable, "first", &[]);
    check_field("PID-25", "0", BirthOrderUnreadable, "0", &[]);
    check_field("PID-25", "2", BirthOrderAlone, "2", &[]);
    check(&[("PID-24", "Y"), ("PID-25", "2")], &[]);
    check(&[("PID-25", "1")], &[]);
    check(&[("PID-24", "")], &[]);
}

#[test]
fn a_date_of_death_and_its_mark_go_together() {
    let died = |date, mark| [("PID-29", date), ("PID-30", mark)];
    check(&died("", "D"), &[DeathUnknown]);
    check(&died("", "Y"), &[DeathDateMissing]);
    check(&died("soon", "Y"), &[DeathDateUnreadable]);
    check(&died("20261121", "Y"), &[DeathDateFuture]);
    check(&died("20190401", "Y"), &[DeathBeforeBirth]);
    check(&died("20261101", "N"), &[DeathNotSaid]);
    check(&died("20261101", ""), &[DeathNotSaid]);
    check(&died("20190402", "Y"), &[]);
    check(&died("2019", "Y"), &[]);
    check(&died("", ""), &[]);
}

#[test]
fn one_cause_is_one_finding() {
    check(
        &[
            ("PID-7", "20301111"),
            ("PID-29", "20261101"),
            ("PID-30", "Y"),
            ("PD1-12", "TXA"),
        ],
        &[BirthDateFuture],
    );
}
