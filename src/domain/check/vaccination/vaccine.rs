//! What was given: RXA-5.

use crate::domain::{
    check::Findings,
    codes::{Cvx, Formulation, Vaccine, VaccineStatus},
    hl7::Coded,
};

use super::{
    VaccinationRule as Rule,
    dose::{Dose, Outcome, code},
    setting::Setting,
};

/// CVX as HL7 names its table, before it had a name: 0292.
const HL7_0292: &[u8] = b"HL70292";

/// The CVX code of RXA-5, and in which component it stands: a code of that system, or one of no system at all.
pub(super) fn cvx_of(coded: &Coded<'_>) -> Option<(Cvx, usize)> {
    let named = coded.of_system(b"CVX").or_else(|| coded.of_system(HL7_0292));
    let unnamed = || (coded.system.is_empty() && !coded.code.is_empty()).then_some((coded.code, 1));
    let (code, component) = named.or_else(unnamed)?;
    Some((Cvx::parse(code)?, component))
}

pub(super) fn check(dose: &Dose<'_>, setting: &Setting<'_>, findings: &mut Findings) {
    let Some(coded) = dose.vaccine else {
        findings.add(Rule::VaccineMissing, &dose.place(5), &[]);
        return;
    };
    let is_cvx = coded.of_system(b"CVX").is_some() || coded.of_system(HL7_0292).is_some();
    if !is_cvx && coded.of_system(b"NDC").is_some() {
        findings.add(Rule::VaccineByNdc, &dose.place(5), &[]);
        return;
    }
    if !is_cvx && !coded.system.is_empty() {
        findings.add(Rule::VaccineSystem, &dose.segment.place_of_component(5, 3), &[]);
        return;
    }
    let Some((cvx, component)) = dose.cvx else {
        findings.add(Rule::VaccineUnknown, &dose.place(5), code(coded.any()).as_slice());
        return;
    };
    let place = dose.segment.place_of_component(5, component);
    let value = dose.segment.component(5, component);
    let value = value.map_or(&[][..], |component| component.bytes());
    let Some(vaccine) = setting.rules.tables().vaccine(cvx) else {
        findings.add(Rule::VaccineUnknown, &place, code(value).as_slice());
        return;
    };
    if !is_cvx {
        findings.add(Rule::VaccineSystemMissing, &dose.place(5), &[]);
    }
    if !cvx.is_written(value) {
        let rule = if cvx.is_written(value.trim_ascii()) {
            Rule::VaccineSpaces
        } else {
            Rule::VaccineSpelling
        };
        findings.add(rule, &place, code(value.trim_ascii()).as_slice());
    }
    if let Some(rule) = standing(dose, vaccine, setting) {
        findings.add(rule, &place, code(value).as_slice());
    }
}

/// What is wrong with a vaccine that is in the table.
fn standing(dose: &Dose<'_>, vaccine: &Vaccine, setting: &Setting<'_>) -> Option<Rule> {
    if dose.is_no_vaccine() {
        return (dose.outcome == Outcome::NotGiven && matches!(dose.segment.value(20, 1), b"CP" | b"PA"))
            .then_some(Rule::NothingGivenYetComplete);
    }
    if dose.outcome != Outcome::Given {
        return None;
    }
    // 999: unknown.
    let is_unknown = Cvx::parse(b"999") == Some(vaccine.cvx);
    let is_open = vaccine.formulation == Formulation::Unspecified
        || is_unknown
        || (setting.rules.tables().is_group(vaccine.cvx) && vaccine.status != VaccineStatus::Active);
    match vaccine.status {
        VaccineStatus::NeverActive | VaccineStatus::Pending => Some(Rule::VaccineNeverSold),
        VaccineStatus::Active | VaccineStatus::Inactive | VaccineStatus::NonUs if !dose.is_new() => None,
        VaccineStatus::Active | VaccineStatus::Inactive | VaccineStatus::NonUs if is_open => {
            Some(Rule::VaccineUnspecified)
        }
        VaccineStatus::NonUs => Some(Rule::VaccineForeign),
        VaccineStatus::Inactive if dose.is_new_and_recent(setting) => Some(Rule::VaccineInactive),
        VaccineStatus::Active | VaccineStatus::Inactive => None,
    }
}
