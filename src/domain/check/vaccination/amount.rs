//! How much was given: RXA-6, RXA-7.

use crate::domain::{check::Findings, guide::Primitive, hl7::Reading};

use super::{
    DoseRule, VaccinationRule,
    dose::{Dose, Outcome},
};

/// What RXA-6 says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Amount {
    /// 999.
    Unknown,
    /// 0, however it is written.
    Zero,
    /// Any other number.
    Known,
}

impl Amount {
    fn read(value: &[u8]) -> Reading<Self> {
        if value.is_empty() {
            Reading::Empty
        } else if !Primitive::Number.fits(value) || value.starts_with(b"-") {
            Reading::Other
        } else if value == b"999" {
            Reading::Is(Self::Unknown)
        } else if value.iter().all(|byte| matches!(byte, b'+' | b'0' | b'.')) {
            Reading::Is(Self::Zero)
        } else {
            Reading::Is(Self::Known)
        }
    }
}

pub(super) fn check(dose: &Dose<'_>, findings: &mut Findings) {
    let place = || dose.place(6);
    match (dose.outcome, Amount::read(dose.segment.value(6, 1))) {
        (_, Reading::Empty | Reading::Null) => findings.add(DoseRule::AmountMissing, &place(), &[]),
        (_, Reading::Other) => findings.add(DoseRule::AmountNotANumber, &place(), &[]),
        (Outcome::Refused | Outcome::NotGiven, Reading::Is(Amount::Known)) => {
            findings.add(VaccinationRule::NothingGivenYetAmount, &place(), &[]);
        }
        (Outcome::Given, Reading::Is(Amount::Unknown)) if dose.is_new() => {
            findings.add(DoseRule::AmountUnknown, &place(), &[]);
        }
        (Outcome::Given, Reading::Is(Amount::Zero)) if dose.is_new() => {
            findings.add(DoseRule::AmountZero, &place(), &[]);
        }
        (Outcome::Given, Reading::Is(Amount::Known)) => check_units(dose, findings),
        (_, Reading::Is(_)) => {}
    }
}

fn check_units(dose: &Dose<'_>, findings: &mut Findings) {
    let Some(units) = dose.segment.coded(7).filter(|units| !units.is_empty()) else {
        findings.add(DoseRule::UnitsMissing, &dose.place(7), &[]);
        return;
    };
    let code = units.of_system(b"UCUM").map(|(code, _)| code);
    let is_misspelt = |code: &[u8]| code.eq_ignore_ascii_case(b"ml") && code != b"mL" && code != b"ml";
    if code.is_none_or(is_misspelt) {
        findings.add(DoseRule::UnitsUnknown, &dose.place(7), &[]);
    }
}
