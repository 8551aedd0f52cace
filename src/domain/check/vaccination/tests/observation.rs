//! What stands beside a vaccination.

use crate::domain::check::tests::{check as check_rooms, with, without};

use super::{ROOMS, check, check_text};

/// The good message with one observation more, at its end.
#[track_caller]
fn check_more(observation: &str, expected: &[&str]) {
    let last = "OBX|4|DT|29769-7^Date vaccine information statement presented^LN|2|20261119||||||F|||20261119\r";
    check_text(last, &format!("{last}{observation}\r"), expected);
}

#[test]
fn an_observation_is_whole() {
    // It may be the eligibility.
    check(&[("OBX-3", "")], &["observation.code-missing"]);
    check(&[("OBX-3", "64994-7^Eligibility")], &["observation.code-system"]);
    check(&[("OBX-2", "")], &["observation.type-missing"]);
    check(&[("OBX-2", "NM")], &["observation.type-disagrees"]);
    check(&[("OBX-2", "QQ")], &["observation.type-disagrees"]);
    check(&[("OBX-2", "CWE")], &[]);
    check(&[("OBX-4", "")], &["observation.group-missing"]);
    check(&[("OBX-4", "A")], &["observation.group-not-a-number"]);
    check(&[("OBX-4", "0")], &["observation.group-not-a-number"]);
    check(&[("OBX-5", "")], &["observation.value-missing"]);
    check(&[("OBX-11", "")], &["observation.result-status-missing"]);
    check(&[("OBX-11", "P")], &["observation.result-status"]);
    check(&[("OBX-14", "")], &["observation.date-missing"]);
    check(&[("OBX-14", "202611")], &["observation.date-unreal"]);
    check(&[("OBX-14", "20261131")], &["observation.date-unreal"]);
    check(&[("OBX-14", "20261122")], &["observation.date-in-future"]);
    check(
        &[("PID-7", "20190402"), ("OBX-14", "20190401")],
        &["observation.date-before-birth"],
    );
    check(&[("PID-7", "20190402"), ("OBX-14", "20190402")], &[]);
}

#[test]
fn a_value_is_of_its_type() {
    check_more("OBX|5|NM|30973-2^Dose number^LN|1|1||||||F|||20261119", &[]);
    check_more(
        "OBX|5|NM|30973-2^Dose number^LN|1|first||||||F|||20261119",
        &["observation.type-disagrees"],
    );
    check_text("|2|20250131|", "|2|01/31/2025|", &["observation.type-disagrees"]);
}

#[test]
fn a_dose_given_here_says_who_pays_for_it() {
    check_rooms(
        &ROOMS,
        without(&["OBX"]),
        &["observation.eligibility-missing", "observation.statement-missing"],
    );
    check(
        &[("OBX-5", "VFC^Eligible^HL70064")],
        &["observation.eligibility-unknown"],
    );
    check(&[("OBX-5", "TXA01^State program^HL70064")], &[]);
    check(&[("PID-7", "20071120")], &[]);
    check(&[("PID-7", "20071119")], &["observation.eligibility-of-child"]);
    check(
        &[("OBX-5", "V24^Medicare^HL70064")],
        &["observation.eligibility-of-adult"],
    );
    check(&[("OBX-5", "V24^Medicare^HL70064"), ("PID-7", "19500101")], &[]);
}

#[test]
fn a_dose_is_of_the_stock_of_whoever_pays_for_it() {
    let funding =
        |code: &str| format!("OBX|5|CE|30963-3^Funding source^LN|5|{code}^Invented^CDCPHINVS||||||F|||20261119");
    check_more(&funding("VXC51"), &[]);
    check_more(&funding("VXC50"), &[]);
    check_more(&funding("PHC70"), &["observation.funding-disagrees"]);
    check_more(&funding("GOLD"), &["observation.funding-unknown"]);
}

/// The good message without its observations of these codes, after these changes.
#[track_caller]
fn check_less(codes: &[&str], changes: &[(&str, &str)], expected: &[&str]) {
    let is_kept = |segment: &&str| !codes.iter().any(|code| segment.contains(code));
    let text: String = with(changes).split_inclusive('\r').filter(is_kept).collect();
    check_rooms(&ROOMS, text, expected);
}

#[test]
fn a_dose_given_here_says_which_statement_was_handed_out() {
    let all = ["30956-7", "29768-9", "29769-7"];
    check_less(&all, &[], &["observation.statement-missing"]);
    // Vaccinia has no statement in the guide's list.
    check_less(
        &all,
        &[("RXA-5", "75^Vaccinia^CVX"), ("RXA-17", "")],
        &["dose.maker-missing"],
    );
    for part in ["30956-7", "29768-9"] {
        check_less(&[part], &[], &["observation.statement-unnamed"]);
    }
    check_less(&["29769-7"], &[], &["observation.never-presented"]);
}

#[test]
fn a_statement_is_for_what_was_given() {
    let told = |code: &str, expected: &[&str]| {
        check_text(
            "Vaccine type^LN|2|140^",
            &format!("Vaccine type^LN|2|{code}^"),
            expected,
        );
    };
    // Influenza, unspecified; another vaccine against influenza.
    told("88", &[]);
    told("150", &[]);
    told("20", &["observation.statement-of-other"]);
}

#[test]
fn a_statement_is_named_and_handed_out_in_time() {
    let barcode = |digits: &str| {
        format!(
            "OBX|5|CE|69764-9^Document type^LN|5|{digits}^Invented^cdcgs1vis||||||F|||20261119\r\
             OBX|6|DT|29769-7^Presented^LN|5|20261119||||||F|||20261119"
        )
    };
    check_more(&barcode("253088698300001111250131"), &[]);
    check_more(
        &barcode("253088698300001111261120"),
        &["observation.presented-before-published"],
    );
    check_more(&barcode("12345"), &["observation.barcode-unknown"]);
    check_text(
        "Vaccine type^LN|2|140^",
        "Vaccine type^LN|2|9876^",
        &["observation.vaccine-type-unknown"],
    );
    check_text(
        "|2|20250131|",
        "|2|20261120|",
        &["observation.presented-before-published"],
    );
    check_text(
        "presented^LN|2|20261119|",
        "presented^LN|2|20261120|",
        &["observation.presented-after-given"],
    );
    check_text(
        "presented^LN|2|20261119|",
        "presented^LN|3|20261119|",
        &["observation.never-presented", "observation.statement-unnamed"],
    );
}

#[test]
fn who_is_immune_is_not_given_the_vaccine() {
    let immune =
        "OBX|5|CE|59784-9^Disease with presumed immunity^LN|5|38907003^History of varicella^SCT||||||F|||20261119";
    check_more(immune, &["observation.immune-yet-given"]);
}
