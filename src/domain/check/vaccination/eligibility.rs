//! By whom it is paid: OBX 64994-7 and 30963-3.

use crate::domain::{
    check::{Findings, Rules},
    codes::Listing,
};

use super::{
    ObservationRule as Rule,
    dose::{Dose, code},
    observation::{Observation, Observations},
    setting::Setting,
};

/// From this age on nobody is a child to the federal program. Source: 42 U.S.C. 1396s.
const ADULT_FROM_YEARS: u32 = 19;

/// What children are eligible by.
const OF_CHILDREN: [&[u8]; 7] = [b"V02", b"V03", b"V04", b"V05", b"V06", b"V07", b"V08"];

/// Medicare.
const OF_ADULTS: &[u8] = b"V24";

/// Codes that HL7 has had and the list has not: not determined, state and local eligibility, underinsured elsewhere.
const ELSEWHERE: [&[u8]; 4] = [b"V00", b"V06", b"V07", b"V08"];

/// Where a dose can come from. Source: CDC, `PHVS_ImmunizationFundingSource_IIS`.
const FUNDING: [&[u8]; 7] = [b"VXC50", b"VXC51", b"VXC52", b"PHC68", b"PHC70", b"OTH", b"UNK"];
const VFC_STOCK: &[u8] = b"VXC51";
const PRIVATE_STOCK: &[u8] = b"PHC70";

/// Whether it is a funding source.
pub(super) fn is_funding(value: &[u8]) -> bool {
    FUNDING.contains(&value)
}

/// Checks whether the code is known, and fits the patient's age on the day of the dose.
pub(super) fn check(observation: &Observation<'_>, dose: &Dose<'_>, setting: &Setting<'_>, findings: &mut Findings) {
    let value = observation.value(5, 1);
    if value.is_empty() {
        return;
    }
    let born = setting.born.filter(|born| born.day().is_some());
    let years = born.zip(dose.day()).map(|(born, day)| born.years_until(day));
    let rule = if !is_known(value, setting.rules) {
        Rule::EligibilityUnknown
    } else if OF_CHILDREN.contains(&value) && years.is_some_and(|years| years >= ADULT_FROM_YEARS) {
        Rule::EligibilityOfChild
    } else if value == OF_ADULTS && years.is_some_and(|years| years < ADULT_FROM_YEARS) {
        Rule::EligibilityOfAdult
    } else {
        return;
    };
    findings.add(rule, &observation.place_of(5), code(value).as_slice());
}

/// A code of the table, or one of the state's own, which begin with its letters.
fn is_known(value: &[u8], rules: &Rules) -> bool {
    let Some(list) = rules.tables.list("HL70064") else {
        return true;
    };
    match list.look_up(value) {
        Listing::Listed(_) => true,
        Listing::Allowed(_) => ELSEWHERE.contains(&value) || value.starts_with(rules.expected.state.as_bytes()),
        Listing::Unlisted => false,
    }
}

/// Checks whether the dose came from the stock of whoever pays for it.
pub(super) fn check_funding(told: &Observations<'_>, findings: &mut Findings) {
    let (Some(eligibility), Some((source, funding))) = (told.eligibility, told.funding) else {
        return;
    };
    let is_of_child = matches!(eligibility, b"V02" | b"V03" | b"V04" | b"V05");
    if (source == VFC_STOCK && eligibility == b"V01") || (source == PRIVATE_STOCK && is_of_child) {
        findings.add(Rule::FundingDisagrees, &funding.place_of_field(5), &[]);
    }
}
