//! Names.

use super::*;
use crate::domain::{
    check::{
        Rules,
        tests::{live, report_by},
    },
    settings::Stage,
};

#[track_caller]
fn check_name(name: &str, expected: &[PatientRule]) {
    check(&[("PID-5", name)], expected);
}

#[test]
fn a_patient_has_a_last_and_a_first_name() {
    let part = |part| [Argument::Word(part)];
    check_field("PID-5", "", NameMissing, "", &part("name"));
    check_field("PID-5", "\"\"", NameMissing, "\"\"", &part("name"));
    check_field("PID-5", "^^Moon^^^^L", NameMissing, "^^Moon^^^^L", &part("name"));
    check_field("PID-5", "^Juniper", NameMissing, "", &part("last name"));
    check_field("PID-5", "Quillfeather", NameMissing, "", &part("first name"));
    check_name("^^^^^^A~Quillfeather^Juniper^^^^^L", &[]);
    check_name("O'Neill-Núñez&O'&Neill^María José", &[]);
}

#[test]
fn a_name_of_one_letter_is_an_error() {
    check_field(
        "PID-5",
        "Quillfeather^J.",
        NameShort,
        "J.",
        &[Argument::Word("first name")],
    );
    check_field("PID-5", "É^Juniper", NameShort, "É", &[Argument::Word("last name")]);
    check_name("Oo^Al", &[]);
}

#[test]
fn a_newborn_without_a_name_holds_the_file() {
    for name in [
        "Quillfeather^Baby",
        "Quillfeather^BABY BOY",
        "Quillfeather^Baby Girl 2",
        "Quillfeather^BabyBoy",
        "Quillfeather^Boy",
        "Quillfeather^Girl B",
        "Quillfeather^Twin A",
        "Quillfeather^Baby Quillfeather",
        "Quillfeather^Infant Male",
        "Baby Girl^Saffron",
        "Newborn^Quillfeather",
        "Quillfeather^Recien Nacido",
        "Quillfeather^RECIÉN NACIDA",
    ] {
        check_name(name, &[NotNamedYet]);
    }
    for name in [
        "Boy^Hendrik",
        "Quillfeather^Baby Rose",
        "Babylon^Girlanda",
        "Quillfeather^Boyd",
        "Child^Julian",
        "Recinos^Nacido",
        "Quillfeather^Recinda Rose",
    ] {
        check_name(name, &[]);
    }
    assert!(!report_by(&live(), with(&[("PID-5", "Quillfeather^Baby")])).can_be_sent());
}

#[test]
fn a_word_instead_of_a_name_is_an_error() {
    for (name, word) in [
        ("Unknown^Juniper", "last name"),
        ("Baby^Juniper", "last name"),
        ("Quillfeather^N/A", "first name"),
        ("Quillfeather^XX", "first name"),
        ("Quillfeather^aaaa", "first name"),
        ("Quillfeather^--", "first name"),
        ("Quillfeather^Redacted", "first name"),
        ("Quillfeather^BB", "first name"),
        ("Quillfeather^Bg", "first name"),
    ] {
        let at = name.split('^').nth(usize::from(word == "first name")).unwrap();
        check_field("PID-5", name, NamePlaceholder, at, &[Argument::Word(word)]);
    }
    check_name("Null^Nona", &[]);
    check_name("Bb^Bgrid", &[]);
    check_field(
        "PID-5",
        "Quillfeather2^Juniper",
        NameDigits,
        "Quillfeather2",
        &[Argument::Word("last name")],
    );
}

#[test]
fn a_patient_who_looks_invented_holds_the_file_while_live() {
    for name in [
        "Test^Juniper",
        "Quillfeather^TEST",
        "ZZZ^Quillfeather",
        "ZZTest^Patient",
        "Zz Quillfeather^Juniper",
        "Zzpatient^Juniper",
        "Patient^Test 2",
        "Testing^Amy",
        "Mouse^Mickey",
        "Fake^Patient",
        "Sample^Patient",
    ] {
        check_name(name, &[Invented]);
        let text = with(&[("PID-5", name), ("MSH-11", "T")]);
        assert!(!report_by(&live(), &text).can_be_sent(), "{name}");
        let testing = Rules {
            stage: Stage::Testing,
            ..live()
        };
        assert!(report_by(&testing, &text).can_be_sent(), "{name}");
    }
    for name in [
        "Tester^Juniper",
        "Testa^Zoe",
        "Sample^Juniper",
        "Mouse^Juniper",
        "Zuzak^Zz",
        "Patience^Contest",
        "Zzyzx^Juniper",
    ] {
        let expected: &[_] = if name == "Zuzak^Zz" { &[Invented] } else { &[] };
        check_name(name, expected);
    }
}

#[test]
fn a_name_that_somebody_may_have_does_not_hold_the_file() {
    for name in ["Doe^John", "DOE^JANE", "Demo^Juniper", "Quillfeather^Dummy"] {
        check_name(name, &[PerhapsInvented]);
        assert!(report_by(&live(), with(&[("PID-5", name)])).can_be_sent(), "{name}");
    }
    check_name("Doe^Juniper", &[]);
}

#[test]
fn the_type_of_a_name_is_one_of_the_table() {
    check_field("PID-5", "Quillfeather^Juniper^^^^^Z", NameType, "Z", &[]);
    check_name("Quillfeather^Juniper", &[]);
}
