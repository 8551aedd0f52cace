//! What became of it, and how the clinic knows: RXA-9, RXA-18, RXA-20, RXA-21.

use crate::domain::check::{Findings, Rules};

use super::{
    VaccinationRule as Rule,
    dose::{Dose, Origin, Outcome},
};

pub(super) fn check(dose: &Dose<'_>, rules: &Rules, findings: &mut Findings) {
    let is_listed = |list: &str, value: &[u8]| rules.tables().list(list).is_none_or(|list| list.has(value));
    let mut say = |rule: Rule, field: usize| findings.add(rule, &dose.place(field), &[]);

    match dose.segment.value(20, 1) {
        [] => say(Rule::StatusMissing, 20),
        status if !is_listed("HL70322", status) => say(Rule::StatusUnknown, 20),
        _ => {}
    }
    match dose.segment.value(21, 1) {
        [] if !dose.is_no_vaccine() => say(Rule::ActionMissing, 21),
        [] => {}
        b"D" => say(Rule::Deletion, 21),
        action if !is_listed("HL70323", action) => say(Rule::ActionUnknown, 21),
        _ => {}
    }
    match (dose.origin, dose.outcome) {
        (_, Outcome::Deleted) | (Origin::Unknown, Outcome::Refused | Outcome::NotGiven) => {}
        (Origin::Unknown, Outcome::Given) => say(Rule::SourceMissing, 9),
        (Origin::New | Origin::Historical, Outcome::Refused | Outcome::NotGiven) => say(Rule::NothingGivenYetSource, 9),
        (Origin::New | Origin::Historical, Outcome::Given) => {
            if !is_listed("NIP001", dose.segment.value(9, 1)) {
                say(Rule::SourceUnknown, 9);
            }
        }
    }
    let has_reason = dose.segment.filled(18).is_some_and(|field| !field.is_null());
    match (has_reason, dose.outcome) {
        (_, Outcome::Deleted) | (false, Outcome::Given | Outcome::NotGiven) => {}
        (false, Outcome::Refused) => say(Rule::RefusalUnexplained, 18),
        (true, Outcome::Given | Outcome::NotGiven) => say(Rule::RefusedYetGiven, 18),
        (true, Outcome::Refused) => match dose.segment.value(18, 1) {
            b"02" if dose.segment.value(18, 2).is_empty() => say(Rule::RefusalWithoutText, 18),
            reason if !is_listed("NIP002", reason) => say(Rule::RefusalUnknown, 18),
            _ => {}
        },
    }
}
