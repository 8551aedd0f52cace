//! Compares each message with those before it.

use crate::domain::check::{
    envelope::{
        EnvelopeRule,
        doses::Doses,
        duplicates::{Duplicates, Newness},
        firsts::MAX_REMEMBERED,
        shared_ids::SharedIds,
    },
    finding::Argument,
    findings::Findings,
    place::Place,
    view::MessageView,
};

/// What was in the messages so far.
#[derive(Debug, Default)]
pub(in crate::domain::check) struct Compared {
    duplicates: Duplicates,
    doses: Doses,
    ids: SharedIds,
}

impl Compared {
    /// Compares a message as a whole.
    pub(in crate::domain::check) fn check_whole(
        &mut self,
        message: &MessageView<'_>,
        findings: &mut Findings,
    ) -> Newness {
        self.duplicates.check(message, findings)
    }

    /// Compares what a message says, where it can be judged and is not one that was there before.
    pub(in crate::domain::check) fn check_content(&mut self, message: &MessageView<'_>, findings: &mut Findings) {
        self.doses.check(message, findings);
        self.ids.check(message, findings);
    }

    /// Says so where not all messages, or not all vaccinations, could be compared.
    pub(in crate::domain::check) fn finish(&self, messages: u64, findings: &mut Findings) {
        let is_full = self.duplicates.is_full() || self.ids.is_full();
        if (is_full && messages > MAX_REMEMBERED as u64) || self.doses.is_full() {
            let compared = Argument::Count(MAX_REMEMBERED as u64);
            findings.add(EnvelopeRule::TooManyToCompare, &Place::whole_file(), &[compared]);
        }
    }
}
