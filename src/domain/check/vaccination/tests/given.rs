//! What was given to whom and when.

use crate::domain::check::{
    Argument, Code,
    tests::{check as check_rooms, check_one, envelope, message, with},
    vaccination::VaccinationRule,
};

use super::{REFUSED, check, check_bare, check_historical, check_text};

#[test]
fn a_date_is_a_day_of_the_calendar() {
    check(&[("RXA-3", "")], &["vaccination.date-missing"]);
    check(&[("RXA-3", "\"\"")], &["vaccination.date-missing"]);
    check(&[("RXA-3", "20261131")], &["vaccination.date-unreal"]);
    check(&[("RXA-3", "20261119 ")], &["vaccination.date-spaces"]);
    check(&[("RXA-3", "11/19/2026")], &["vaccination.date-unreal"]);
    check_historical(&[("RXA-3", "202503")], &["vaccination.date-incomplete"]);
    check_historical(&[("RXA-3", "2025")], &["vaccination.date-incomplete"]);
    check(&[("RXA-3", "20261119083000-0600")], &[]);
}

#[test]
fn a_date_fits_the_other_days_of_the_message() {
    check(&[("RXA-3", "20261121")], &["vaccination.date-in-future"]);
    check(&[("RXA-3", "20261120")], &[]);
    check_historical(&[("RXA-3", "20190401")], &["vaccination.before-birth"]);
    check_historical(&[("RXA-3", "20190402")], &[]);
    check(&[("RXA-3", "20190401")], &["vaccination.before-birth"]);
    check(&[("PID-29", "20261118")], &["vaccination.after-death"]);
    check(&[("PID-29", "20261119")], &[]);
    // The birth date is the one that is wrong, and is not this room's.
    check(&[("PID-7", "20270101")], &[]);
    check(&[("MSH-7", "20261118235900-0600")], &["vaccination.after-message"]);
    check(&[("MSH-7", "20261119000100-0600")], &[]);
}

#[test]
fn a_vaccination_takes_no_time() {
    check(&[("RXA-4", "20261120")], &["vaccination.end-differs"]);
    check(&[("RXA-4", "soon")], &["vaccination.end-differs"]);
    check(&[("RXA-4", "20261119")], &[]);
}

#[test]
fn a_dose_is_entered_when_it_was_given_or_later() {
    check(&[("RXA-22", "20261118170000")], &["vaccination.entered-before"]);
    check(&[("RXA-22", "20261201")], &["vaccination.entry-unreal"]);
    check(&[("RXA-22", "today")], &["vaccination.entry-unreal"]);
    check(&[("RXA-22", "20261119170000")], &[]);
}

#[test]
fn a_vaccine_has_a_code_of_a_known_table() {
    check(&[("RXA-5", "")], &["vaccination.vaccine-missing"]);
    check(&[("RXA-5", "^Influenza^CVX")], &["vaccination.vaccine-missing"]);
    check(&[("RXA-5", "140^Influenza")], &["vaccination.vaccine-system-missing"]);
    check(&[("RXA-5", "90656^Influenza^CPT")], &["vaccination.vaccine-system"]);
    check(
        &[("RXA-5", "49281-0426-50^Fluzone^NDC")],
        &["vaccination.vaccine-by-ndc"],
    );
    check(&[("RXA-5", "49281-0426-50^Fluzone^NDC^140^Influenza^CVX")], &[]);
    check(&[("RXA-5", "90656^Influenza^C4^140^Influenza^CVX")], &[]);
    check(&[("RXA-5", "9876^Influenza^CVX")], &["vaccination.vaccine-unknown"]);
    check(&[("RXA-5", "FLU^Influenza^CVX")], &["vaccination.vaccine-unknown"]);
    check(&[("RXA-5", "0140^Influenza^CVX")], &["vaccination.vaccine-spelling"]);
    check(&[("RXA-5", " 140 ^Influenza^CVX")], &["vaccination.vaccine-spaces"]);
}

#[test]
fn a_code_that_is_named_is_the_one_of_the_table() {
    let text = with(&[("RXA-5", "49281^Fluzone^NDC^9876^Influenza^CVX")]);
    let code = Argument::Code(Code::of(b"9876").unwrap());
    let finding = check_one(text, VaccinationRule::VaccineUnknown, "9876", &[code]);
    assert_eq!((finding.field, finding.component), (Some(5), Some(4)));
}

/// As [`check`], of the dose alone: its information sheet is still the one for influenza.
#[track_caller]
fn check_dose(changes: &[(&str, &str)], expected: &[&str]) {
    check_rooms(&["vaccination", "dose"], with(changes), expected);
}

#[test]
fn a_dose_given_here_is_a_vaccine_of_today() {
    // A group, an unspecified formulation, and an unknown vaccine.
    for code in ["88", "139", "999"] {
        let vaccine = format!("{code}^Invented^CVX");
        let changes = [("RXA-5", &*vaccine), ("RXA-17", "UNK^Unknown^MVX")];
        check_dose(&changes, &["vaccination.vaccine-unspecified", "dose.maker-unnamed"]);
        check_historical(&[("RXA-5", &vaccine)], &[]);
    }
    // MMR is a group and a vaccine.
    check_dose(&[("RXA-5", "03^MMR^CVX"), ("RXA-17", "MSD^Merck^MVX")], &[]);
    // The first vaccines against COVID-19.
    let covid = [("RXA-5", "208^COVID-19^CVX"), ("RXA-17", "PFR^Pfizer^MVX")];
    check_dose(&covid, &["vaccination.vaccine-inactive"]);
    check_historical(&[("RXA-5", "208^COVID-19^CVX"), ("RXA-3", "20211119")], &[]);
}

#[test]
fn a_vaccine_of_abroad_is_one_of_the_past() {
    check_dose(&[("RXA-5", "324^fIPV^CVX")], &["vaccination.vaccine-foreign"]);
    check_historical(&[("RXA-5", "324^fIPV^CVX")], &[]);
}

#[test]
fn a_vaccine_that_was_never_sold_was_never_given() {
    check_historical(&[("RXA-5", "61^HIV^CVX")], &["vaccination.vaccine-never-sold"]);
    check_bare(&REFUSED, &[("RXA-5", "61^HIV^CVX")], &[]);
}

#[test]
fn what_was_not_given_has_neither_lot_nor_amount() {
    let nothing = |changes: &[(&'static str, &'static str)]| {
        let all = [
            ("RXA-5", "998^No vaccine administered^CVX"),
            ("RXA-18", ""),
            ("RXA-20", "NA"),
        ];
        [&all[..], changes].concat()
    };
    let without_reason = "vaccination.nothing-given-without-reason";
    check_bare(&REFUSED, &nothing(&[]), &[without_reason]);
    check_bare(&REFUSED, &nothing(&[("RXA-6", "0")]), &[without_reason]);
    check_bare(
        &REFUSED,
        &nothing(&[("RXA-6", "0.5")]),
        &[without_reason, "vaccination.nothing-given-yet-amount"],
    );
    check_bare(
        &REFUSED,
        &nothing(&[("RXA-20", "CP")]),
        &["vaccination.nothing-given-yet-complete", without_reason],
    );
    check_bare(
        &REFUSED,
        &[("RXA-15", "UT8812KA")],
        &["vaccination.nothing-given-yet-lot"],
    );
    check_bare(
        &REFUSED,
        &[("RXA-9", "00^New^NIP001")],
        &["vaccination.nothing-given-yet-source"],
    );
    check_bare(
        &REFUSED,
        &[("ORC-3", "40077-1^MADEUP")],
        &["vaccination.nothing-given-yet-ordered"],
    );
}

#[test]
fn immunity_is_a_reason_for_giving_nothing() {
    let immune =
        "OBX|1|CE|59784-9^Disease with presumed immunity^LN|1|38907003^History of varicella^SCT||||||F|||20261119\r";
    let nothing = [
        &REFUSED[..],
        &[("RXA-5", "998^No vaccine^CVX"), ("RXA-18", ""), ("RXA-20", "NA")],
    ]
    .concat();
    let text = with(&nothing);
    let kept = text.split_inclusive('\r').filter(|segment| !segment.starts_with("RXR"));
    let kept = kept.map(|segment| match segment.get(..5) {
        Some("OBX|1") => immune,
        Some("OBX|2" | "OBX|3" | "OBX|4") => "",
        _ => segment,
    });
    check_rooms(&super::ROOMS, kept.collect::<String>(), &[]);
}

#[test]
fn a_record_says_whether_the_dose_was_given_here() {
    check_bare(&[("RXA-9", "")], &[], &["vaccination.source-missing"]);
    check_bare(&[("RXA-9", "09^Rumour^NIP001")], &[], &["vaccination.source-unknown"]);
    check_historical(&[("RXA-9", "08^Public agency^NIP001")], &[]);
}

#[test]
fn a_refusal_has_a_reason_and_nothing_else_has() {
    check_bare(&REFUSED, &[("RXA-18", "")], &["vaccination.refusal-unexplained"]);
    check_bare(
        &REFUSED,
        &[("RXA-18", "77^Rain^NIP002")],
        &["vaccination.refusal-unknown"],
    );
    check_bare(
        &REFUSED,
        &[("RXA-18", "02^^NIP002")],
        &["vaccination.refusal-without-text"],
    );
    check_bare(&REFUSED, &[("RXA-18", "02^Fever today^NIP002")], &[]);
    check(
        &[("RXA-18", "00^Parental decision^NIP002")],
        &["vaccination.refused-yet-given"],
    );
    check(&[("RXA-18", "\"\"")], &[]);
}

#[test]
fn status_and_action_are_of_their_tables() {
    check(&[("RXA-20", "")], &["vaccination.status-missing"]);
    check(&[("RXA-20", "OK")], &["vaccination.status-unknown"]);
    check(&[("RXA-20", "PA")], &[]);
    check(&[("RXA-21", "")], &["vaccination.action-missing"]);
    check(&[("RXA-21", "X")], &["vaccination.action-unknown"]);
    check(&[("RXA-21", "U")], &[]);
    check(&[("RXA-21", "D")], &["vaccination.deletion"]);
    check_historical(&[("RXA-21", "D")], &["vaccination.deletion"]);
}

#[test]
fn each_vaccination_has_a_number_of_its_own_and_a_prescriber() {
    check(&[("ORC-3", "")], &["vaccination.order-missing"]);
    check(&[("ORC-12", "")], &["vaccination.orderer-missing"]);
    check(
        &[("ORC-12", "^Thistlewood^Barnaby")],
        &["vaccination.orderer-without-number"],
    );
    check(&[("ORC-12", "K4421^Thistlewood^Barnaby")], &[]);
}

#[test]
fn the_same_dose_is_not_twice_in_a_message() {
    let good = message("A1");
    let (_, order) = good.split_once("ORC|").unwrap();
    let again = |order: &str| envelope(&[format!("{good}ORC|{order}")]);
    check_rooms(
        &super::ROOMS,
        again(order),
        &["vaccination.order-repeated", "vaccination.same-dose"],
    );
    let other = order.replace("40077-1", "40077-2");
    let finding = check_one(
        again(&other),
        VaccinationRule::SameDose,
        "140^Influenza, split virus, trivalent, PF^CVX",
        &[Argument::Count(1)],
    );
    assert_eq!(finding.segment_index, Some(2));
    let yesterday = other
        .replace("|20261119||140", "|20261118||140")
        .replace("|2|20261119|", "|2|20261118|");
    check_rooms(&super::ROOMS, again(&yesterday), &[]);
    check_text("|A1|", "|A2|", &[]);
}
