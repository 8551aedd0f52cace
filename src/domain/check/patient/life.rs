//! PID-24, PID-25, PID-29 and PID-30: born with others, and died.

use crate::domain::{
    check::{Findings, Rules, SegmentView, patient::PatientRule},
    hl7::Reading,
};

/// More are not born at once.
const MAX_BORN: u32 = 10;

pub(super) fn check(pid: &SegmentView<'_>, rules: &Rules, findings: &mut Findings) {
    check_birth(pid, findings);
    check_death(pid, rules, findings);
}

fn check_birth(pid: &SegmentView<'_>, findings: &mut Findings) {
    let multiple = pid.value(24, 1);
    if !matches!(multiple, b"" | b"Y" | b"N") {
        findings.add(PatientRule::MultipleBirthUnknown, &pid.place_of(24), &[]);
    }
    let order = pid.value(25, 1);
    let number = std::str::from_utf8(order)
        .ok()
        .and_then(|order| order.parse::<u32>().ok());
    let rule = match (multiple, order, number) {
        (b"Y", b"", _) => PatientRule::BirthOrderMissing,
        (_, b"", _) => return,
        (_, _, None) => PatientRule::BirthOrderUnreadable,
        (_, _, Some(number)) if !(1..=MAX_BORN).contains(&number) => PatientRule::BirthOrderUnreadable,
        (b"N", _, Some(2..)) => PatientRule::BirthOrderAlone,
        (_, _, Some(_)) => return,
    };
    findings.add(rule, &pid.place_of(25), &[]);
}

fn check_death(pid: &SegmentView<'_>, rules: &Rules, findings: &mut Findings) {
    let said = pid.value(30, 1);
    if !matches!(said, b"" | b"Y" | b"N") {
        findings.add(PatientRule::DeathUnknown, &pid.place_of(30), &[]);
    }
    let born = pid.timestamp(7).value();
    let rule = match pid.timestamp(29) {
        Reading::Empty | Reading::Null if said == b"Y" => PatientRule::DeathDateMissing,
        Reading::Other => PatientRule::DeathDateUnreadable,
        Reading::Is(died) if rules.is_future(&died) => PatientRule::DeathDateFuture,
        Reading::Is(died) if born.is_some_and(|born| died.is_before(&born) && !rules.is_future(&born)) => {
            PatientRule::DeathBeforeBirth
        }
        Reading::Is(_) if matches!(said, b"" | b"N") => PatientRule::DeathNotSaid,
        Reading::Empty | Reading::Null | Reading::Is(_) => return,
    };
    findings.add(rule, &pid.place_of(29), &[]);
}
