//! Consent and reminders.

use super::*;
use crate::domain::check::tests::{live, report_by, without};

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
    check_field("PD1-13", "20190401", ConsentBeforeBirth, "20190401", &[]);
    check(&[("PD1-13", "20190402")], &[]);
    check(&[("PD1-13", "20261120")], &[]);
}

#[test]
fn reminders_are_a_code_of_the_table() {
    check_field("PD1-11", "99^Any^L", RemindersUnknown, "99^Any^L", &[]);
    check(&[("PD1-11", "")], &[]);
}
