//! *Move or retire this computer*: whether everything may be removed from it, and what came of it.

use crate::{
    app::{
        message::Tracked,
        model::{Model, Place},
    },
    domain::{
        failure::{LedgerFailure, SetAside},
        retire::{Removal, RetireRefusal},
    },
};

/// What the clinic's books say before everything is removed.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct BeforeRetiring {
    /// What waits, is held or in doubt, of every account, oldest first.
    pub undelivered: Vec<Tracked>,
    /// Sealed copies that the ledger does not know: they are from before one that was set aside.
    pub unknown_copies: usize,
}

/// How far the removal is.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum RetireStep {
    /// Nobody asks.
    #[default]
    Idle,
    /// Somebody looks what waits.
    Looking,
    /// Somebody has said that everything is to go. What waits is looked at once more.
    Confirmed,
    /// The worker has ended, and everything is being removed.
    Removing,
    /// It is over: there is no worker any more.
    Over(Box<Result<Removal, RetireRefusal>>),
}

/// *Move or retire this computer*.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Retire {
    /// How far it is.
    pub step: RetireStep,
    /// What the last look found, if somebody has looked.
    pub found: Option<Result<BeforeRetiring, LedgerFailure>>,
}

impl Retire {
    /// Whether nothing else can be done any more: the worker has ended, or is to end.
    pub fn is_under_way(&self) -> bool {
        match self.step {
            RetireStep::Idle | RetireStep::Looking | RetireStep::Confirmed => false,
            RetireStep::Removing | RetireStep::Over(_) => true,
        }
    }
}

/// Whether everything may be removed now.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Readiness<'a> {
    /// Nobody knows yet.
    NotKnown,
    /// The Demo is shown on the computer of a clinic: whoever tries it out means no harm to the real list.
    InTheDemo,
    /// The ledger cannot be read.
    Trouble(&'a LedgerFailure),
    /// An earlier ledger was set aside, and nobody has acknowledged it.
    NotAcknowledged(&'a SetAside),
    /// These wait, are held or in doubt.
    Undelivered(&'a [Tracked]),
    /// Nothing waits.
    Ready {
        /// Sealed copies that the ledger does not know.
        unknown_copies: usize,
    },
}

impl Model {
    /// Whether everything may be removed from this computer, as far as is known.
    pub fn readiness_to_retire(&self) -> Readiness<'_> {
        if self.place != Place::Registry && self.settings.account.is_some() {
            return Readiness::InTheDemo;
        }
        if let Some(set_aside) = self.unread.ledgers.first() {
            return Readiness::NotAcknowledged(set_aside);
        }
        match &self.retire.found {
            None => Readiness::NotKnown,
            Some(Err(failure)) => Readiness::Trouble(failure),
            Some(Ok(found)) if !found.undelivered.is_empty() => Readiness::Undelivered(&found.undelivered),
            Some(Ok(found)) => Readiness::Ready {
                unknown_copies: found.unknown_copies,
            },
        }
    }
}
