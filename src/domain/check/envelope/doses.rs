//! Finds a vaccination that was in an earlier message.

use std::{
    collections::{HashMap, hash_map::Entry},
    hash::{BuildHasher, RandomState},
};

use crate::domain::{
    check::{
        envelope::EnvelopeRule,
        finding::Argument,
        findings::Findings,
        vaccination,
        view::{MessageView, SegmentView},
    },
    hl7::Field,
};

/// How many vaccinations are remembered: some 18 MB, and more than a clinic gives in years.
const MAX_DOSES: usize = 900_000;

/// The vaccinations so far: a hash of patient, vaccine and day, and in which message it was first. Nothing of a patient is kept.
#[derive(Debug, Default)]
pub(in crate::domain::check) struct Doses {
    seen: HashMap<u64, u32>,
    hasher: RandomState,
}

impl Doses {
    /// Compares the vaccinations of a message with those of the messages before it. What is twice in one message is said there.
    pub(in crate::domain::check) fn check(&mut self, message: &MessageView<'_>, findings: &mut Findings) {
        let Some(patient) = message.first(*b"PID").and_then(|patient| self.patient(&patient)) else {
            return;
        };
        for segment in message.all(*b"RXA") {
            let Some(dose) = vaccination::given(&segment) else {
                continue;
            };
            let has_room = self.seen.len() < MAX_DOSES;
            match self.seen.entry(self.hasher.hash_one((patient, dose))) {
                Entry::Occupied(first) if *first.get() != message.number() => {
                    let first = Argument::Count((*first.get()).into());
                    findings.add(EnvelopeRule::DuplicateDose, &segment.place_of(5), &[first]);
                }
                Entry::Vacant(place) if has_room => {
                    place.insert(message.number());
                }
                Entry::Occupied(_) | Entry::Vacant(_) => {}
            }
        }
    }

    /// Whether some were not remembered.
    pub(in crate::domain::check) fn is_full(&self) -> bool {
        self.seen.len() >= MAX_DOSES
    }

    /// Who it is: the first id of PID-3 with who gave it, and the birth date. `None` where there is no id.
    fn patient(&self, patient: &SegmentView<'_>) -> Option<u64> {
        let ids = patient.field(3)?.first();
        let (number, issuer) = (ids.first().value(), ids.component(4).map(|issuer| issuer.value()));
        let born = patient.field(7).as_ref().map(Field::value);
        (!number.is_empty()).then(|| self.hasher.hash_one((number, issuer, born)))
    }
}
