//! Address, phone and guardian.

use super::*;
use crate::domain::check::tests::{live, report_by, without};

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
    for city in ["", "UNKNOWN", "n/a", ".", "12345"] {
        let address = format!("118 Tumbleweed Lane^^{city}^TX^79401^USA");
        at_component(&address, CityMissing, city, 3);
    }
    check(&[("PID-11", "118 Tumbleweed Lane^^Unknown Creek^TX^79401^USA")], &[]);
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
