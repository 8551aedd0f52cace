//! PID-7: when the patient was born, and how old they are.

use crate::domain::{
    check::{Findings, Rules, SegmentView, patient::PatientRule},
    hl7::{Precision, Reading},
};

/// Nobody who is vaccinated today is older.
const MAX_YEARS: u32 = 120;

/// Checks the birth date. Returns the age in years, where it is known to the day.
pub(super) fn check(pid: &SegmentView<'_>, rules: &Rules, findings: &mut Findings) -> Option<u32> {
    let rule = match pid.timestamp(7) {
        Reading::Empty | Reading::Null => PatientRule::BirthDateMissing,
        Reading::Other => PatientRule::BirthDateUnreadable,
        Reading::Is(born) if rules.is_future(&born) => PatientRule::BirthDateFuture,
        Reading::Is(born) if born.years_until(rules.today) > MAX_YEARS => PatientRule::BirthDateLongAgo,
        Reading::Is(born) if born.precision() < Precision::Day => PatientRule::BirthDateInexact,
        Reading::Is(born) => {
            if pid.component(7, 1).is_some_and(|day| day.is_padded()) {
                findings.add(PatientRule::BirthDateSpaces, &pid.place_of(7), &[]);
            }
            return Some(born.years_until(rules.today));
        }
    };
    findings.add(rule, &pid.place_of(7), &[]);
    None
}
