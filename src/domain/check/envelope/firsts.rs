//! Remembers in which message something was first.

use std::{
    collections::{HashMap, hash_map::Entry},
    hash::{BuildHasher, Hash, RandomState},
};

/// How much is remembered: some 9 MB, and more than a clinic gives vaccinations in years.
pub(super) const MAX_REMEMBERED: usize = 450_000;

/// What was in the messages so far. Hashes only: nothing of a patient is kept, and nobody can make two that collide.
#[derive(Debug, Default)]
pub(super) struct Firsts {
    seen: HashMap<u64, First>,
    hasher: RandomState,
}

/// Where something was first.
#[derive(Debug, Clone, Copy)]
struct First {
    message: u32,
    with: u32,
}

/// An earlier message in which it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Earlier {
    /// The number of that message, from 1 on.
    pub(super) message: u32,
    /// Whether the same stood beside it there.
    pub(super) with_the_same: bool,
}

impl Firsts {
    /// Whether `what` was in an earlier message, and with what. Remembers it, if there is room.
    pub(super) fn meet(&mut self, what: impl Hash, with: impl Hash, message: u32) -> Option<Earlier> {
        let has_room = self.seen.len() < MAX_REMEMBERED;
        let with = u32::try_from(self.hasher.hash_one(with) >> 32).unwrap_or_default();
        match self.seen.entry(self.hasher.hash_one(what)) {
            Entry::Occupied(first) => {
                let first = first.get();
                (first.message != message).then_some(Earlier {
                    message: first.message,
                    with_the_same: first.with == with,
                })
            }
            Entry::Vacant(place) => {
                if has_room {
                    place.insert(First { message, with });
                }
                None
            }
        }
    }

    /// Whether some may not be remembered.
    pub(super) fn is_full(&self) -> bool {
        self.seen.len() >= MAX_REMEMBERED
    }
}
