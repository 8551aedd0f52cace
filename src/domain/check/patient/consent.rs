//! PD1-11 to PD1-13: reminders, and the consent to be in the registry.

use crate::domain::{
    check::{Argument, Findings, MessageView, Rules, SegmentView, patient::PatientRule},
    hl7::{Precision, Reading, Timestamp},
    profile::ConsentAges,
};

pub(super) fn check(
    message: &MessageView<'_>,
    pid: &SegmentView<'_>,
    age: Option<u32>,
    rules: &Rules,
    findings: &mut Findings,
) {
    let Some(pd1) = message.first(*b"PD1") else {
        findings.add(PatientRule::ConsentMissing, &message.lacks(*b"PD1"), &[]);
        return;
    };
    if let Some(reminders) = pd1.coded(11)
        && !reminders.is_empty()
    {
        let list = rules.tables().list("HL70215");
        if list.is_some_and(|list| !list.has(reminders.code) && !list.has(reminders.alternate)) {
            findings.add(PatientRule::RemindersUnknown, &pd1.place_of(11), &[]);
        }
    }
    if check_code(&pd1, age, rules, findings) {
        // A birth date that cannot be right has a finding of its own.
        let born = pid.timestamp(7).value().filter(|_| age.is_some());
        check_date(&pd1, born, rules, findings);
    }
}

/// Checks the code. Returns whether there is one.
fn check_code(pd1: &SegmentView<'_>, age: Option<u32>, rules: &Rules, findings: &mut Findings) -> bool {
    let place = pd1.place_of(12);
    let code = pd1.value(12, 1);
    if code.is_empty() {
        findings.add(PatientRule::ConsentMissing, &place, &[]);
        return false;
    }
    let consents = &rules.expected.consents;
    let known = consents.iter().find(|consent| consent.code.as_bytes() == code);
    let is_national = consents.is_empty() && matches!(code, b"Y" | b"N");
    let adult_from = rules.expected.adult_from_years;
    let years = [Argument::Count(adult_from.into())];
    let is_adult = age.map(|age| age >= adult_from.into());
    match (known.map(|consent| consent.ages), is_adult) {
        (None, _) if !is_national => findings.add(PatientRule::ConsentUnknown, &place, &[]),
        (Some(ConsentAges::Child), Some(true)) => findings.add(PatientRule::ConsentOfChild, &place, &years),
        (Some(ConsentAges::Adult), Some(false)) => findings.add(PatientRule::ConsentOfAdult, &place, &years),
        (None | Some(ConsentAges::Child | ConsentAges::Adult | ConsentAges::Any), _) => {}
    }
    true
}

fn check_date(pd1: &SegmentView<'_>, born: Option<Timestamp>, rules: &Rules, findings: &mut Findings) {
    let rule = match pd1.timestamp(13) {
        Reading::Empty | Reading::Null => PatientRule::ConsentDateMissing,
        Reading::Is(given) if rules.is_future(&given) => PatientRule::ConsentDateFuture,
        Reading::Is(given) if given.precision() >= Precision::Day => {
            if !born.is_some_and(|born| given.is_before(&born)) {
                return;
            }
            PatientRule::ConsentBeforeBirth
        }
        Reading::Other | Reading::Is(_) => PatientRule::ConsentDateUnreadable,
    };
    findings.add(rule, &pd1.place_of(13), &[]);
}
