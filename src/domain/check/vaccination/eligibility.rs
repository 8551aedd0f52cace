//! By whom it is paid: OBX 64994-7 and 30963-3.

use crate::domain::{
    check::{Findings, Rules, SegmentView},
    codes::Listing,
    hl7::Coded,
};

use super::{
    ObservationRule as Rule,
    dose::{Dose, code},
    observation::Observations,
    setting::Setting,
};

/// From this age on nobody is a child to the federal program. Source: 42 CFR 441.605.
const ADULT_FROM_YEARS: u32 = 19;

/// What children are eligible by.
const OF_CHILDREN: [&[u8]; 7] = [b"V02", b"V03", b"V04", b"V05", b"V06", b"V07", b"V08"];

/// Medicare.
const OF_ADULTS: &[u8] = b"V24";

/// Codes that HL7 has had and the list has not: not determined, state and local eligibility, underinsured elsewhere.
const ELSEWHERE: [&[u8]; 4] = [b"V00", b"V06", b"V07", b"V08"];

const VFC_STOCK: &[u8] = b"VXC51";
const PRIVATE_STOCK: &[u8] = b"PHC70";

/// Whether it is a funding source of the table, or says that none is known.
pub(super) fn is_funding(source: &Coded<'_>, rules: &Rules) -> bool {
    let list = rules.tables().list("PHVS_ImmunizationFundingSource_IIS");
    list.is_none_or(|list| list.has(source.any())) || source.is_null_flavor()
}

/// Checks whether the code is known, and fits the patient's age on the day of the dose.
pub(super) fn check(observation: &SegmentView<'_>, dose: &Dose<'_>, setting: &Setting<'_>, findings: &mut Findings) {
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
    let Some(list) = rules.tables().list("HL70064") else {
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
        findings.add(Rule::FundingDisagrees, &funding.place_of(5), &[]);
    }
}
