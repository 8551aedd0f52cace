//! What the ledger knows: files that wait, and everything that was ever sent.

use chrono::{DateTime, Utc};

use crate::{
    app::{
        message::{CourierJob, History, Job, Tracked},
        model::{Card, CardState, Model, Notice},
        update::{cards, notice},
    },
    domain::{
        account::AccountId,
        failure::{LedgerFailure, RegistryFailure, Step, Trouble},
        submission::{Outcome, Record, State, SubmissionId, Why, retry::is_due},
    },
};

/// A submission moved in the ledger.
pub(super) fn moved(model: &mut Model, id: SubmissionId, result: Result<Record, LedgerFailure>) -> Vec<Job> {
    match result {
        Ok(record) => {
            if let Some(card) = cards::of(model, id) {
                card.state = state_of(&record);
            }
            Vec::new()
        }
        Err(failure) => notice(model, Notice::Ledger(failure)),
    }
}

/// The courier's queue was full: it waits in the ledger.
pub(super) fn not_taken(model: &mut Model, id: SubmissionId) {
    let until = model.now;
    if let Some(card) = cards::of(model, id) {
        card.state = CardState::Done(Outcome::Waiting {
            until,
            why: Box::new(Why::TryNow),
        });
    }
}

pub(super) fn read(model: &mut Model, account: &AccountId, result: Result<Vec<Tracked>, LedgerFailure>) -> Vec<Job> {
    let _ = (account, result, &model.now);
    Vec::new()
}

pub(super) fn history_read(
    model: &mut Model,
    account: &AccountId,
    result: Result<Box<History>, LedgerFailure>,
) -> Vec<Job> {
    let _ = (account, result, &model.now);
    Vec::new()
}

/// What a card shows of a submission that nobody is sending just now.
fn state_of(record: &Record) -> CardState {
    let _ = record;
    CardState::Ready
}
