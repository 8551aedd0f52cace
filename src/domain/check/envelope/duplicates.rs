//! Finds a control id that was used before, and a whole message that was there before.

use std::{
    collections::{HashMap, hash_map::Entry},
    hash::{BuildHasher, RandomState},
};

use crate::domain::check::{
    envelope::{Doses, EnvelopeRule},
    finding::Argument,
    findings::Findings,
    place::Place,
    view::MessageView,
};

/// How many messages are remembered: some 18 MB, and more than a clinic gives vaccinations in years.
const MAX_MESSAGES: usize = 900_000;

/// The messages so far, by their control ids. A message that is there twice has its control id twice, so one table will do.
#[derive(Debug, Default)]
pub(in crate::domain::check) struct Duplicates {
    seen: HashMap<u64, First>,
    hasher: RandomState,
}

/// Whether a message was there before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::domain::check) enum Newness {
    /// It was not.
    New,
    /// It was, byte by byte.
    Again,
}

/// The first message of a control id.
#[derive(Debug)]
struct First {
    number: u32,
    content: u32,
}

impl Duplicates {
    /// Compares a message with those before it.
    pub(in crate::domain::check) fn check(&mut self, message: &MessageView<'_>, findings: &mut Findings) -> Newness {
        let content = self.hasher.hash_one(message.bytes());
        let control_id = message.control_id().trim_ascii();
        let id = if control_id.is_empty() {
            content
        } else {
            self.hasher.hash_one(control_id)
        };
        let this = First {
            number: message.number(),
            content: u32::try_from(content >> 32).unwrap_or_default(),
        };
        let has_room = self.seen.len() < MAX_MESSAGES;
        match self.seen.entry(id) {
            Entry::Occupied(first) => {
                let first = first.get();
                let (rule, newness) = if first.content == this.content {
                    (EnvelopeRule::DuplicateMessage, Newness::Again)
                } else {
                    (EnvelopeRule::DuplicateControlId, Newness::New)
                };
                let place = message.header().place_of(10);
                findings.add(rule, &place, &[Argument::Count(first.number.into())]);
                newness
            }
            Entry::Vacant(place) if has_room => {
                place.insert(this);
                Newness::New
            }
            Entry::Vacant(_) => Newness::New,
        }
    }

    /// Says so where not all messages, or not all vaccinations, could be compared.
    pub(in crate::domain::check) fn finish(&self, messages: u64, doses: &Doses, findings: &mut Findings) {
        if (self.seen.len() >= MAX_MESSAGES && messages > MAX_MESSAGES as u64) || doses.is_full() {
            let compared = Argument::Count(MAX_MESSAGES as u64);
            findings.add(EnvelopeRule::TooManyToCompare, &Place::whole_file(), &[compared]);
        }
    }
}
