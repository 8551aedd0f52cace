//! Each rule of the patient, where it fires and where it does not.

use crate::domain::{
    check::{
        Argument, Rules,
        patient::PatientRule::{self, *},
        tests::{self, check_one, live, report_by, with, without},
    },
    settings::Stage,
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

#[track_caller]
fn check_name(name: &str, expected: &[PatientRule]) {
    check(&[("PID-5", name)], expected);
}

#[test]
fn a_patient_has_an_id_with_its_type() {
    check_field("PID-3", "", IdMissing, "", &[]);
    check_field("PID-3", "^^^MADEUP^MR", IdMissing, "^^^MADEUP^MR", &[]);
    check_field("PID-3", "40077^^^MADEUP", IdTypeMissing, "40077^^^MADEUP", &[]);
    check(&[("PID-3", "40077~881^^^MADEUP^PI")], &[]);
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
    ] {
        check_name(name, &[NotNamedYet]);
    }
    for name in [
        "Boy^Hendrik",
        "Quillfeather^Baby Rose",
        "Babylon^Girlanda",
        "Quillfeather^Boyd",
        "Child^Julian",
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
    ] {
        let at = name.split('^').nth(usize::from(word == "first name")).unwrap();
        check_field("PID-5", name, NamePlaceholder, at, &[Argument::Word(word)]);
    }
    check_name("Null^Nona", &[]);
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
    check(&[("PID-7", "20261120")], &[]);
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
fn an_address_is_complete() {
    let at_component = |address: &str, rule: PatientRule, at: &str, component: usize| {
        check_field("PID-11", address, rule, at, &[]);
        let finding = check_one(with(&[("PID-11", address)]), rule, at, &[]);
        assert_eq!(finding.component, Some(component), "{address}");
    };
    check_field("PID-11", "", AddressMissing, "", &[]);
    check_field("PID-11", "\"\"", AddressMissing, "\"\"", &[]);
    check_field("PID-11", "^^^^^~^^", AddressMissing, "^^^^^~^^", &[]);
    at_component("^^Lubbock^TX^79401^USA", StreetMissing, "", 1);
    at_component("Unknown^^Lubbock^TX^79401^USA", StreetMissing, "Unknown", 1);
    at_component("118 Tumbleweed Lane^^^TX^79401^USA", CityMissing, "", 3);
    at_component("118 Tumbleweed Lane^^Lubbock^^79401^USA", StateMissing, "", 4);
    at_component("118 Tumbleweed Lane^^Lubbock^Texas^79401", StateUnknown, "Texas", 4);
    at_component("118 Tumbleweed Lane^^Lubbock^TX", ZipMissing, "", 5);
    for zip in ["7940", "79401-77", "7940A", "794010000000", "00000", "99999"] {
        at_component(&format!("118 Tumbleweed Lane^^Lubbock^TX^{zip}"), ZipUnreadable, zip, 5);
    }
    for (state, zip) in [("TX", "10118"), ("NM", "79401")] {
        at_component(
            &format!("118 Tumbleweed Lane^^Lubbock^{state}^{zip}"),
            ZipElsewhere,
            zip,
            5,
        );
    }
    for address in [
        "&118&Tumbleweed Lane^^Lubbock^TX^79401-1234",
        "^PO Box 12^Lubbock^tx^794011234",
        "118 Cactus^^Santa Fe^NM^87501^USA^P",
        "12 Calle Sol^^Reynosa^TAM^88500^MEX",
        "^^^^^^BA~118 Tumbleweed Lane^^Lubbock^TX^79401^USA^P",
        "~118 Tumbleweed Lane^^Lubbock^TX^79401^USA^P",
    ] {
        check(&[("PID-11", address)], &[]);
    }
}

#[test]
fn a_phone_number_can_be_dialled() {
    check_field("PID-13", "", PhoneMissing, "", &[]);
    check_field(
        "PID-13",
        "^NET^Internet^j@example.org",
        PhoneMissing,
        "^NET^Internet^j@example.org",
        &[],
    );
    for phone in [
        "^PRN^PH^^^806^555014",
        "^PRN^PH^^^^5550142",
        "^PRN^PH^^^106^5550142",
        "^PRN^PH^^^806^0550142",
        "unknown",
        "2(806)555-0142",
    ] {
        check_field("PID-13", phone, PhoneUnreadable, phone, &[]);
    }
    for phone in [
        "^PRN^PH^^^555^5555555",
        "^PRN^PH^^^999^9999999",
        "^PRN^PH^^^000^0000000",
        "^PRN^PH^^^806^5555555",
        "^PRN^PH^^^555^1234567",
        "(123)456-7890",
    ] {
        check_field("PID-13", phone, PhonePlaceholder, phone, &[]);
    }
    for phone in [
        "(806)555-0142",
        "1-806-555-0142 x12",
        "^PRN^PH^^1^806^555-0142",
        "^PRN^PH^^52^899^12345678",
        "^PRN^PH^^^^^^^^^8065550142",
        "^NET^Internet^j@example.org~^PRN^CP^^^806^5550142",
    ] {
        check(&[("PID-13", phone)], &[]);
    }
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

#[test]
fn a_child_has_a_guardian() {
    let text = without(&["NK1"]);
    tests::check(&["patient"], &text, &["patient.guardian-missing"]);
    let finding = report_by(&live(), &text).findings.remove(0);
    assert_eq!(
        (finding.segment.unwrap().as_str(), finding.segment_index),
        ("NK1", None)
    );
    let adult = with(&[("PID-7", "20081120"), ("PD1-12", "TXA")]).replace("NK1|", "GT1|");
    tests::check(&["patient"], adult, &[]);
}

#[test]
fn a_guardian_can_be_reached() {
    let nobody = [("NK1-2", "^^^^^^L"), ("NK1-4", ""), ("NK1-5", "\"\"")];
    check(&nobody, &[GuardianEmpty]);
    check_field("NK1-2", "^Saffron", GuardianNameMissing, "^Saffron", &[]);
    check_field("NK1-3", "", RelationMissing, "", &[]);
    check_field("NK1-3", "MUM^Mother^L", RelationUnknown, "MUM^Mother^L", &[]);
    check_field(
        "NK1-5",
        "^PRN^PH^^^555^5555555",
        GuardianPhone,
        "^PRN^PH^^^555^5555555",
        &[],
    );
    check(&[("NK1-3", "SEL")], &[GuardianNotSelf]);
    check(&[("NK1-3", "SEL"), ("NK1-2", "QUILLFEATHER^Juniper")], &[]);
    check(&[("NK1-4", ""), ("NK1-5", "")], &[]);
}

#[test]
fn a_consent_is_one_of_the_registrys_and_fits_the_age() {
    let years = [Argument::Count(18)];
    for code in ["Y", "N", "txy"] {
        check_field("PD1-12", code, ConsentUnknown, code, &[]);
    }
    check_field("PD1-12", "TXA", ConsentOfAdult, "TXA", &years);
    check(&[("PID-7", "20081120")], &[ConsentOfChild]);
    check(&[("PID-7", "20081121")], &[]);
    for code in ["TXF", "TXM", "TXD"] {
        check(&[("PD1-12", code)], &[]);
        check(&[("PD1-12", code), ("PID-7", "19800101")], &[]);
    }
    check_field("PD1-12", "", ConsentMissing, "", &[]);
    tests::check(&["patient"], without(&["PD1"]), &["patient.consent-missing"]);
}

#[test]
fn where_a_registry_has_no_codes_of_its_own_the_national_ones_hold() {
    let mut rules = live();
    rules.expected.consents.clear();
    let ids = |code: &str| -> Vec<_> {
        let report = report_by(&rules, with(&[("PD1-12", code)]));
        report.findings.iter().map(|finding| finding.rule.id()).collect()
    };
    assert_eq!(ids("N"), [""; 0]);
    assert_eq!(ids("TXY"), ["patient.consent-code"]);
}

#[test]
fn a_consent_has_a_date() {
    check_field("PD1-13", "", ConsentDateMissing, "", &[]);
    for date in ["202611", "2026-11-19", "20261131"] {
        check_field("PD1-13", date, ConsentDateUnreadable, date, &[]);
    }
    check_field("PD1-13", "20261121", ConsentDateFuture, "20261121", &[]);
    check(&[("PD1-13", "20261120")], &[]);
}

#[test]
fn reminders_are_a_code_of_the_table() {
    check_field("PD1-11", "99^Any^L", RemindersUnknown, "99^Any^L", &[]);
    check(&[("PD1-11", "")], &[]);
}
