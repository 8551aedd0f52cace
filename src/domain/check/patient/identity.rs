//! PID-3 and PID-8: the patient's ids and sex.

use crate::domain::check::{Findings, Rules, SegmentView, patient::PatientRule};

pub(super) fn check(pid: &SegmentView<'_>, rules: &Rules, findings: &mut Findings) {
    check_ids(pid, findings);
    let sex = pid.value(8, 1);
    if sex.is_empty() {
        findings.add(PatientRule::SexMissing, &pid.place_of(8), &[]);
    } else if rules.tables().list("HL70001_IZ").is_some_and(|list| !list.has(sex)) {
        findings.add(PatientRule::SexUnknown, &pid.place_of(8), &[]);
    }
}

fn check_ids(pid: &SegmentView<'_>, findings: &mut Findings) {
    let (mut has_id, mut has_type) = (false, false);
    for id in pid.repetitions(3) {
        if !id.first().value().is_empty() {
            has_id = true;
            has_type |= id.component(5).is_some_and(|kind| !kind.value().is_empty());
        }
    }
    if !has_id {
        findings.add(PatientRule::IdMissing, &pid.place_of(3), &[]);
    } else if !has_type {
        findings.add(PatientRule::IdTypeMissing, &pid.place_of(3), &[]);
    }
}
