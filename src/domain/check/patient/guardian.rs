//! NK1: who answers for the patient.

use crate::domain::{
    check::{
        Findings, MessageView, Rules, SegmentView,
        patient::{
            PatientRule, name,
            phone::{Dialling, dialling},
        },
    },
    codes::Tables,
};

pub(super) fn check(
    message: &MessageView<'_>,
    pid: &SegmentView<'_>,
    age: Option<u32>,
    rules: &Rules,
    findings: &mut Findings,
) {
    let mut has_guardian = false;
    for segment in message.all(*b"NK1") {
        has_guardian = true;
        check_one(&segment, pid, rules.tables(), findings);
    }
    let is_minor = age.is_some_and(|age| age < rules.expected.adult_from_years.into());
    if is_minor && !has_guardian {
        findings.add(PatientRule::GuardianMissing, &message.lacks(*b"NK1"), &[]);
    }
}

fn check_one(guardian: &SegmentView<'_>, pid: &SegmentView<'_>, tables: &Tables, findings: &mut Findings) {
    let names = guardian.field(2).map(|field| name::of(&field.first()));
    let [last, first] = names.unwrap_or_default();
    let has = |field| guardian.filled(field).is_some_and(|field| !field.is_null());
    if last.is_empty() && first.is_empty() && !has(4) && !has(5) {
        findings.add(PatientRule::GuardianEmpty, &guardian.place(), &[]);
        return;
    }
    if last.is_empty() {
        findings.add(PatientRule::GuardianNameMissing, &guardian.place_of(2), &[]);
    }
    check_relation(guardian, [last, first], pid, tables, findings);
    let place = guardian.place_of(5);
    for phone in guardian.repetitions(5) {
        match dialling(&phone) {
            Dialling::Nothing | Dialling::Possible => {}
            Dialling::Unreadable | Dialling::Placeholder => {
                findings.add(PatientRule::GuardianPhone, &place.clone().repetition(&phone), &[]);
            }
        }
    }
}

fn check_relation(
    guardian: &SegmentView<'_>,
    names: [&[u8]; 2],
    pid: &SegmentView<'_>,
    tables: &Tables,
    findings: &mut Findings,
) {
    let relation = guardian.coded(3);
    let Some(relation) = relation.filter(|relation| !relation.is_empty()) else {
        findings.add(PatientRule::RelationMissing, &guardian.place_of(3), &[]);
        return;
    };
    let list = tables.list("HL70063");
    let is_listed = |code| list.is_none_or(|list| list.has(code));
    if !is_listed(relation.code) && !is_listed(relation.alternate) && !relation.is_null_flavor() {
        findings.add(PatientRule::RelationUnknown, &guardian.place_of(3), &[]);
    }
    let patients = pid.field(5).map(|field| name::of(&field.first())).unwrap_or_default();
    let is_same = patients
        .into_iter()
        .zip(names)
        .all(|(patients, own)| own.is_empty() || patients.eq_ignore_ascii_case(own));
    if relation.code == b"SEL" && !is_same {
        findings.add(PatientRule::GuardianNotSelf, &guardian.place_of(2), &[]);
    }
}
