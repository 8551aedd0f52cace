//! Each rule of the guide's room, where it fires and where it does not; and that nothing is said twice.

mod once;
mod plan;

use super::GuideRule::{self, *};
use crate::domain::{
    check::{
        Argument, Code, Rule, Severity,
        tests::{self, check_one, envelope, message, report, with},
    },
    settings::Stage,
};

/// Checks which rules of the guide are broken by a message in which fields say this.
#[track_caller]
fn check(changes: &[(&str, &str)], expected: &[GuideRule]) {
    check_text(&with(changes), expected);
}

#[track_caller]
fn check_text(text: &str, expected: &[GuideRule]) {
    let ids: Vec<_> = expected.iter().map(|rule| rule.sheet().id).collect();
    tests::check(&["guide"], text, &ids);
}

/// Checks the one thing that is said of a message where one field says this: its place, and the bytes there.
#[track_caller]
fn check_field(path: &str, value: &str, rule: GuideRule, component: Option<usize>, at: &str, arguments: &[Argument]) {
    let text = with(&[(path, value)]);
    check_text(&text, &[rule]);
    let finding = check_one(&text, rule, at, arguments);
    let field = format!("{}-{}", finding.segment.unwrap(), finding.field.unwrap());
    assert_eq!((field.as_str(), finding.component), (path, component));
}

/// A whole file of the good message with these segments at its end.
fn followed_by(segments: &str) -> String {
    envelope(&[message("A1") + segments])
}

#[test]
fn the_good_message_and_its_optional_fields_are_silent() {
    check(&[], &[]);
    check(
        &[
            ("PID-6", "Thistlewood^Petunia^^^^^M"),
            ("PD1-16", "I"),
            ("ORC-2", "7^MADEUP"),
        ],
        &[],
    );
    // What is required only where it is known, and is not there.
    check(
        &[
            ("PID-6", ""),
            ("PID-10", ""),
            ("NK1-4", ""),
            ("RXA-20", ""),
            ("ORC-10", ""),
            ("MSH-22", ""),
        ],
        &[],
    );
}

#[test]
fn what_the_guide_leaves_to_the_sender_is_not_looked_into() {
    check(
        &[
            ("PID-14", "x^y"),
            ("PID-18", "^^"),
            ("PID-23", &"x".repeat(300)),
            ("RXA-8", "?"),
            ("OBX-8", "?~?"),
        ],
        &[],
    );
    check(
        &[(
            "PID-11",
            "118 Tumbleweed Lane^^Lubbock^TX^79401^USA^P^^a-county-code-without-end-in-it",
        )],
        &[],
    );
}

#[test]
fn a_field_that_must_be_there_is_there() {
    let numeric = "OBX|5|NM|30973-2^Dose number in the series^LN|3|1|||||F|||20261119\r";
    check_text(&followed_by(numeric), &[FieldMissing]);
    check_text(
        &followed_by(&numeric.replace("|1|||||F", "|1|{dose}^dose^UCUM|||||F")),
        &[CodeUnknown],
    );
    check_text(
        &followed_by(&numeric.replace("|1|||||F", "|1|mL^milliliter^UCUM|||||F")),
        &[],
    );
    let finding = check_one(followed_by(numeric), FieldMissing, "", &[]);
    assert_eq!((finding.field, finding.segment_index), (Some(6), Some(5)));
}

#[test]
fn a_field_of_a_segment_that_need_not_be_there_weighs_less() {
    let insurance = "IN1|1|10^Plan^L|88^^^MADEUP^XX||||||||||||5\r";
    let before_the_order = |segments: &str| envelope(&[message("A1").replace("ORC|", &format!("{segments}ORC|"))]);
    check_text(&before_the_order("PV1|1|R\r"), &[]);
    check_text(&before_the_order("PV1|1|\r"), &[BesideMissing]);
    check_text(&before_the_order(insurance), &[]);
    check_text(&before_the_order(&insurance.replace("|5\r", "|\r")), &[BesideMissing]);
}

#[test]
fn a_field_that_says_nothing_of_the_patient_is_a_note() {
    for path in ["MSH-15", "MSH-16", "PID-1", "NK1-1", "ORC-1", "RXA-1", "RXA-2", "OBX-1"] {
        check_field(path, "", FormalityMissing, None, "", &[]);
        check_field(path, "\"\"", FormalityMissing, None, "\"\"", &[]);
    }
    let rule = Rule::from(FormalityMissing);
    assert_eq!(rule.severity(Stage::Live), Severity::Note);
    assert_eq!(rule.severity(Stage::Testing), Severity::Error);
}

#[test]
fn a_part_that_must_be_there_is_there() {
    check_field("PID-3", "40077^^^^MR", PartMissing, Some(4), "", &[]);
    check_field("PID-5", "Quillfeather^Juniper^Moon", PartMissing, Some(7), "", &[]);
    check_field("PID-6", "Thistlewood", PartMissing, Some(7), "", &[]);
    check_field("PID-10", "2106-3^White", PartMissing, Some(3), "", &[]);
    // One identifier needs to say who gave it: by a name, or by an object identifier with its type.
    check(&[("PID-3", "40077^^^&2.16.840.1.113883.19&ISO^MR")], &[]);
    check_field(
        "PID-3",
        "40077^^^&2.16.840.1.113883.19^MR",
        PartMissing,
        Some(4),
        "&2.16.840.1.113883.19",
        &[],
    );
    // A second code needs its table.
    check_field("PID-10", "2106-3^White^CDCREC^W^White", PartMissing, Some(6), "", &[]);
    // Each repetition, and what is empty is none.
    check(&[("PID-3", "40077^^^MADEUP^MR~~881^^^^PI")], &[PartMissing]);
    check(&[("PID-3", "40077^^^MADEUP^MR~^^^^")], &[]);
}

#[test]
fn what_should_not_be_sent_is_not() {
    for path in ["PID-2", "PID-4", "PID-12", "PID-19"] {
        check_field(path, "77", FieldUnwanted, None, "77", &[]);
        check(&[(path, "\"\"")], &[]);
    }
    // A date of something that is not told.
    check(&[("PD1-16", ""), ("PD1-17", "20261119")], &[FieldUnwanted]);
    check_field("PID-6", "Thistlewood^Petunia^^^^MD^M", PartUnwanted, Some(6), "MD", &[]);
    // An area code belongs to no e-mail address.
    check_field(
        "NK1-5",
        "^NET^Internet^saffron@example.org^^806",
        PartUnwanted,
        Some(6),
        "806",
        &[],
    );
    check(&[("NK1-5", "^NET^Internet^saffron@example.org")], &[]);
}

#[test]
fn a_field_does_not_say_more_than_it_may() {
    let twice = "Thistlewood^Petunia^^^^^M~Marigold^Rue^^^^^M";
    let at = "Marigold^Rue^^^^^M";
    check_field("PID-6", twice, TooMany, None, at, &[Argument::Count(1)]);
    check(&[("PID-6", "Thistlewood^Petunia^^^^^M~")], &[]);
    check(&[("PID-3", "40077^^^MADEUP^MR~881^^^MADEUP^PI~9^^^MADEUP^PI")], &[]);
}

#[test]
fn a_value_is_no_longer_than_the_guide_says() {
    let id = "1234567890123456";
    check_field(
        "PID-3",
        &format!("{id}^^^MADEUP^MR"),
        TooLong,
        Some(1),
        id,
        &[Argument::Count(15)],
    );
    check(&[("PID-3", "123456789012345^^^MADEUP^MR")], &[]);
    check_field(
        "RXA-15",
        "UT8812KA-AND-FIFTEEN-MORE",
        TooLong,
        None,
        "UT8812KA-AND-FIFTEEN-MORE",
        &[Argument::Count(20)],
    );
    // 30 letters: in UTF-8 and with an escape sequence they are more bytes.
    let name = "é".repeat(29) + "\\T\\";
    check(&[("PID-5", &format!("Quillfeather^Juniper^{name}^^^^L"))], &[]);
    let longer = format!("{name}x");
    let text = format!("Quillfeather^Juniper^{longer}^^^^L");
    check_field("PID-5", &text, TooLong, Some(3), &longer, &[Argument::Count(30)]);
}

#[test]
fn numbers_and_days_look_as_they_should() {
    check_field("PID-1", "one", NotANumber, None, "one", &[]);
    check_field("RXA-1", "a", NotANumber, None, "a", &[]);
    check_field("PD1-17", "11/19/2026", NotADate, None, "11/19/2026", &[]);
    check_field("PD1-17", "20261301", NotADate, None, "20261301", &[]);
    check_field("PD1-18", "202611", NotADate, None, "202611", &[]);
    check(&[("PD1-18", "20261118")], &[]);
}

#[test]
fn an_object_identifier_is_one() {
    let id = |oid: &str| format!("40077^^^&{oid}&ISO^MR");
    check_field("PID-3", &id("MADEUP"), NotAnOid, Some(4), "&MADEUP&ISO", &[]);
    check(&[("PID-3", &id("2.16.840.1.113883.19"))], &[]);
}

#[test]
fn a_code_is_one_of_the_guides() {
    let code = |code: &str| [Argument::Code(Code::of(code.as_bytes()).unwrap())];
    check_field("PID-3", "40077^^^MADEUP^QQ", CodeUnknown, Some(5), "QQ", &code("QQ"));
    check_field("PD1-16", "X", CodeUnknown, None, "X", &code("X"));
    check_field(
        "PID-6",
        "Thistlewood^Petunia^^^^^Q",
        CodeUnknown,
        Some(7),
        "Q",
        &code("Q"),
    );
    // What is no code is not shown.
    check_field("PID-10", "2106-3^White^Cdcrec", CodeUnknown, Some(3), "Cdcrec", &[]);
    check_field(
        "OBX-17",
        "VXC49^^CDCPHINVS",
        CodeUnknown,
        None,
        "VXC49^^CDCPHINVS",
        &code("VXC49"),
    );
    check(&[("OBX-17", "VXC41^^CDCPHINVS"), ("PD1-16", "M")], &[]);
    check(&[("OBX-17", "1^^99LAB^VXC41^^CDCPHINVS")], &[]);
}

#[test]
fn what_always_says_the_same_does() {
    for (path, value) in [
        ("MSH-15", "AL"),
        ("MSH-16", "NE"),
        ("PID-1", "2"),
        ("RXA-1", "1"),
        ("RXA-2", "0"),
    ] {
        check_field(path, value, OtherValue, None, value, &[]);
    }
    check_field("PID-6", "Thistlewood^Petunia^^^^^L", OtherValue, Some(7), "L", &[]);
    check(&[("ORC-1", "OK")], &[OtherValue]);
}

#[test]
fn the_samples_have_nothing_to_say() {
    let sample = include_str!("../../../../../assets/samples/good-12-patients.hl7");
    check_text(sample, &[]);
    assert_eq!(report(sample).worst(), None);
}
