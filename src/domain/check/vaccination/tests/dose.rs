//! What was in the syringe, and how it got where.

use crate::domain::check::tests::{check as check_rooms, without};

use super::{ROOMS, check, check_bare, check_historical};

#[test]
fn an_amount_is_a_number_with_a_unit() {
    check(&[("RXA-6", "")], &["dose.amount-missing"]);
    check(&[("RXA-6", "0.5 mL")], &["dose.amount-not-a-number"]);
    check(&[("RXA-6", "half")], &["dose.amount-not-a-number"]);
    check(&[("RXA-6", ".5")], &[]);
    check(&[("RXA-6", "999"), ("RXA-7", "")], &["dose.amount-unknown"]);
    check(&[("RXA-6", "0.0")], &["dose.amount-zero"]);
    check_historical(&[("RXA-6", "0")], &[]);
    check(&[("RXA-7", "")], &["dose.units-missing"]);
    check(&[("RXA-7", "mL")], &["dose.units-unknown"]);
    check(&[("RXA-7", "ML^mL^UCUM")], &["dose.units-unknown"]);
    check(&[("RXA-7", "{dose}^dose^UCUM")], &[]);
}

#[test]
fn a_dose_given_here_has_a_lot_that_was_good() {
    check(&[("RXA-15", "")], &["dose.lot-missing"]);
    check(&[("RXA-15", "Unknown")], &["dose.lot-placeholder"]);
    check(&[("RXA-15", "000")], &["dose.lot-placeholder"]);
    check(&[("RXA-16", "")], &["dose.expiry-missing"]);
    check(&[("RXA-15", ""), ("RXA-16", "")], &["dose.lot-missing"]);
    check(&[("RXA-16", "06/30/2027")], &["dose.expiry-unreal"]);
    check(&[("RXA-16", "20261118")], &["dose.given-after-expiry"]);
    check(&[("RXA-16", "20261119")], &[]);
    check(&[("RXA-16", "202611")], &[]);
    check(&[("RXA-16", "202610")], &["dose.given-after-expiry"]);
}

#[test]
fn a_dose_given_here_has_a_maker_who_makes_it() {
    check(&[("RXA-17", "")], &["dose.maker-missing"]);
    check(&[("RXA-17", "UNK^Unknown^MVX")], &["dose.maker-unnamed"]);
    check(&[("RXA-17", "PMC^Sanofi Pasteur")], &["dose.maker-system"]);
    check(&[("RXA-17", "QQQ^Invented^MVX")], &["dose.maker-unknown"]);
    check(&[("RXA-17", "pmc^Sanofi Pasteur^MVX")], &["dose.maker-spelling"]);
    check(&[("RXA-17", "MSD^Merck^MVX")], &["dose.maker-other"]);
    check_historical(&[("RXA-17", "UNK^Unknown^MVX")], &[]);
}

#[test]
fn a_maker_of_the_past_made_doses_of_the_past() {
    // Novartis made the vaccine, and makes none any more.
    let novartis = ("RXA-17", "NOV^Novartis^MVX");
    check(&[novartis], &["dose.maker-inactive"]);
    check_historical(&[novartis], &[]);
}

#[test]
fn a_dose_given_here_has_a_giver_and_a_place() {
    check(&[("RXA-10", "")], &["dose.provider-missing"]);
    check(&[("RXA-11", "")], &["dose.facility-missing"]);
    check(&[("RXA-11", "^^^\"\"")], &["dose.facility-missing"]);
    check(&[("RXA-11", "1100100033")], &[]);
}

#[test]
fn route_and_site_are_of_their_tables_and_fit() {
    check_rooms(&ROOMS, without(&["RXR"]), &["dose.route-missing"]);
    check(&[("RXR-1", "")], &["dose.route-empty"]);
    check(&[("RXR-1", "IM^Intramuscular^HL70162")], &["dose.route-unknown"]);
    check(&[("RXR-1", "C28161^Intramuscular")], &["dose.route-system"]);
    check(&[("RXR-2", "")], &["dose.site-missing"]);
    check(&[("RXR-2", "ARM^Arm^HL70163")], &["dose.site-unknown"]);
    check(&[("RXR-1", "C38284^Nasal^NCIT")], &["dose.site-disagrees"]);
    check(
        &[("RXR-1", "C38284^Nasal^NCIT"), ("RXR-2", "BN^Bilateral nares^HL70163")],
        &[],
    );
    check(&[("RXR-1", "C38288^Oral^NCIT"), ("RXR-2", "")], &[]);
}

#[test]
fn a_dose_of_the_past_may_lack_all_of_that() {
    check_historical(&[], &[]);
    check_bare(
        &[],
        &[],
        &[
            "dose.route-missing",
            "observation.eligibility-missing",
            "observation.statement-missing",
        ],
    );
}
