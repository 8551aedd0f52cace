//! From which lot it was: RXA-15, RXA-16.

use crate::domain::{check::Findings, hl7::Reading};

use super::{
    DoseRule, VaccinationRule,
    dose::{Dose, Outcome},
};

/// What stands in the place of a lot that nobody entered.
const PLACEHOLDERS: [&[u8]; 8] = [
    b"UNK",
    b"UNKNOWN",
    b"NA",
    b"N/A",
    b"NONE",
    b"TEST",
    b"LOT",
    b"SEE CHART",
];

pub(super) fn check(dose: &Dose<'_>, findings: &mut Findings) {
    let lot = dose.segment.value(15, 1);
    match dose.outcome {
        Outcome::Deleted => {}
        Outcome::Refused | Outcome::NotGiven => {
            if !lot.is_empty() {
                findings.add(VaccinationRule::NothingGivenYetLot, &dose.place(15), &[]);
            }
        }
        Outcome::Given => {
            if dose.is_new() && !lot.is_empty() && is_placeholder(lot) {
                findings.add(DoseRule::LotPlaceholder, &dose.place(15), &[]);
            }
            check_expiry(dose, findings);
        }
    }
}

/// Whether it is a word that stands for nothing, or has neither letter nor a digit but zeros.
fn is_placeholder(lot: &[u8]) -> bool {
    let says_something = |byte: &u8| byte.is_ascii_alphabetic() || matches!(byte, b'1'..=b'9');
    !lot.iter().any(says_something) || PLACEHOLDERS.iter().any(|word| lot.eq_ignore_ascii_case(word))
}

fn check_expiry(dose: &Dose<'_>, findings: &mut Findings) {
    match dose.segment.timestamp(16) {
        Reading::Empty | Reading::Null => {}
        Reading::Other => findings.add(DoseRule::ExpiryUnreal, &dose.place(16), &[]),
        Reading::Is(expiry) => {
            // Of an expiry that is told by its month, the last day counts.
            if dose.time().is_some_and(|given| expiry.is_before(&given)) {
                findings.add(DoseRule::GivenAfterExpiry, &dose.place(16), &[]);
            }
        }
    }
}
