//! What is told once of a whole file: how often it is there, and where first.

use crate::domain::check::{finding::Argument, findings::Findings, place::Place, rule::Rule};

/// How many there are, and where the first of them is.
#[derive(Debug, Default)]
pub(super) struct Seen {
    count: u64,
    first: Option<Place<'static>>,
}

impl Seen {
    /// One more. `place` is asked for the first only.
    pub(super) fn add(&mut self, place: impl FnOnce() -> Place<'static>) {
        self.count += 1;
        self.first.get_or_insert_with(place);
    }

    /// How many there are.
    pub(super) fn count(&self) -> u64 {
        self.count
    }

    /// Takes the other's for its own, and leaves nothing there.
    pub(super) fn absorb(&mut self, other: &mut Self) {
        self.count += std::mem::take(&mut other.count);
        let first = self.first.take().into_iter().chain(other.first.take());
        self.first = first.min_by_key(|place| place.range.start);
    }

    /// Says where the first is and how many there are, where there are any.
    pub(super) fn tell(&self, rule: impl Into<Rule>, findings: &mut Findings) {
        if let Some(first) = &self.first {
            findings.add(rule, first, &[Argument::Count(self.count)]);
        }
    }
}
