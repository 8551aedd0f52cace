//! What the room can decide by itself, and that others decide the rest.

use std::collections::BTreeSet;

use super::super::{
    compile::simple,
    plan::{Kind, Look, Plan, Silence},
};
use crate::domain::{
    check::{Aspect, Standard, message, patient, vaccination},
    codes::Tables,
    guide::{Constraint, Datatype, Element, Guide, Length, Path, UsageRule},
    hl7::SegmentName,
};

const OWNED: [&[crate::domain::check::Owned]; 3] = [message::OWNED, patient::OWNED, vaccination::OWNED];

fn is_owned(segment: SegmentName, field: u8, aspect: Aspect) -> bool {
    Silence::of(segment, field, &OWNED).has(aspect, 0)
}

#[test]
fn every_constraint_is_asked_here_or_in_another_room() {
    let guide = Guide::z22().unwrap();
    let is_here = |constraint: &Constraint| simple(constraint, |path: &Path| path.component <= 1).is_some();
    let order = guide.order_constraints().iter();
    let all = guide
        .segments()
        .iter()
        .flat_map(|segment| &segment.constraints)
        .chain(order);
    for constraint in all.filter(|constraint| !is_here(constraint)) {
        let Path { segment, field, .. } = constraint.target;
        let is_owned = is_owned(segment.unwrap(), field, Aspect::Codes);
        assert!(is_owned, "{} on {}-{field}", constraint.id, segment.unwrap());
    }
}

#[test]
fn every_condition_that_is_not_owned_asks_its_own_segment_only() {
    let guide = Guide::z22().unwrap();
    for segment in guide.segments() {
        for (number, field) in (1..).zip(&segment.fields) {
            if let UsageRule::When { predicate, .. } = &field.usage {
                let is_within = predicate.is_within(segment.name);
                assert!(
                    is_within || is_owned(segment.name, number, Aspect::Missing),
                    "{}-{number}",
                    segment.name
                );
            }
        }
    }
}

#[test]
fn what_has_a_least_length_has_a_table_or_another_room() {
    let guide = Guide::z22().unwrap();
    let is_open = |element: &&Element| matches!(element.length, Length { min: 2.., .. }) && element.table.is_none();
    for segment in guide.segments() {
        for (number, field) in (1..).zip(&segment.fields).filter(|(_, field)| is_open(field)) {
            assert!(
                is_owned(segment.name, number, Aspect::Form),
                "{}-{number} {}",
                segment.name,
                field.name
            );
        }
    }
    let components = guide.datatypes().iter().flat_map(Datatype::components);
    assert_eq!(components.filter(is_open).count(), 0);
}

#[test]
fn the_sets_that_are_asked_are_there_but_for_those_that_clinics_make_themselves() {
    let guide = Guide::z22().unwrap();
    let tables = Tables::built_in().unwrap();
    let mut absent = BTreeSet::new();
    for segment in guide.segments() {
        for (number, field) in (1..).zip(&segment.fields) {
            let is_asked = !matches!(field.usage, UsageRule::Always(crate::domain::guide::Usage::Optional));
            if let Some(table) = field.table.as_deref().filter(|_| is_asked)
                && tables.value_set(table).is_none()
                && !is_owned(segment.name, number, Aspect::Codes)
            {
                absent.insert(format!("{}-{number} {table}", segment.name));
            }
        }
    }
    let expected = [
        "IN1-2 HL70072",
        "MSH-3 HL70361_IZ",
        "ORC-17 HL70362_IZ",
        "PV1-2 HL70004",
        "PV1-40 HL70116",
        "PV1-52 HL70010",
        "PV1-9 HL70010",
        "TQ1-12 HL70427",
        "TQ2-10 HL70506",
        "TQ2-6 HL70504",
        "TQ2-7 HL70505",
    ];
    let expected: BTreeSet<_> = expected.into_iter().map(str::to_owned).collect();
    assert_eq!(absent, expected);
}

#[test]
fn no_value_lies_deeper_than_the_room_looks() {
    let plan = Standard::built_in().unwrap().guide;
    let inner = |plan: &Plan, kind: Kind| match kind {
        Kind::Parts(place) => plan.types[usize::from(place)].parts.clone(),
        Kind::Text | Kind::Of(_) => Box::default(),
    };
    for segment in &plan.segments {
        for field in segment.fields.iter().filter(|field| field.look != Look::Past) {
            for component in inner(&plan, field.value.kind)
                .iter()
                .filter(|part| part.look != Look::Past)
            {
                for below in inner(&plan, component.value.kind)
                    .iter()
                    .filter(|part| part.look != Look::Past)
                {
                    assert!(!matches!(below.value.kind, Kind::Parts(_)), "{}", segment.name);
                }
            }
        }
    }
}
