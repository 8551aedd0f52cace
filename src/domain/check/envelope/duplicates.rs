//! Finds a control id that was used before, and a whole message that was there before.

use crate::domain::check::{
    envelope::{EnvelopeRule, firsts::Firsts},
    finding::Argument,
    findings::Findings,
    view::MessageView,
};

/// The messages so far, by their control ids. A message that is there twice has its control id twice, so one table will do.
#[derive(Debug, Default)]
pub(super) struct Duplicates(Firsts);

/// Whether a message was there before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::domain::check) enum Newness {
    /// It was not.
    New,
    /// It was, byte by byte.
    Again,
}

impl Duplicates {
    /// Compares a message with those before it.
    pub(super) fn check(&mut self, message: &MessageView<'_>, findings: &mut Findings) -> Newness {
        let control_id = message.control_id().trim_ascii();
        let earlier = if control_id.is_empty() {
            self.0.meet(message.bytes(), message.bytes(), message.number())
        } else {
            self.0.meet(control_id, message.bytes(), message.number())
        };
        let Some(earlier) = earlier else {
            return Newness::New;
        };
        let (rule, newness) = if earlier.with_the_same {
            (EnvelopeRule::DuplicateMessage, Newness::Again)
        } else {
            (EnvelopeRule::DuplicateControlId, Newness::New)
        };
        let place = message.header().place_of(10);
        findings.add(rule, &place, &[Argument::Count(earlier.message.into())]);
        newness
    }

    /// Whether some may not be remembered.
    pub(super) fn is_full(&self) -> bool {
        self.0.is_full()
    }
}
