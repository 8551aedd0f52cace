//! What a submission of the ledger looks like on a card while this process is not sending it.

use std::path::PathBuf;

use crate::domain::{
    failure::FileFailure,
    submission::{Copy, Outcome, Record, State, Why},
};

/// How its last attempt ended. What somebody began and nobody has ended is due at once: the courier finds out about it.
pub fn outcome(record: &Record) -> Outcome {
    match record.outcome() {
        Some(Outcome::Unknown {
            sent_as,
            failure,
            until,
        }) if record.state == State::Sending => Outcome::Unknown {
            sent_as,
            failure,
            until: until.or(Some(record.since)),
        },
        Some(outcome) => outcome,
        None => Outcome::Waiting {
            until: record.until.unwrap_or(record.since),
            why: Box::new(record.why.clone().unwrap_or(Why::Interrupted)),
        },
    }
}

/// The same on a card, which knows where the chosen file is, or does not: without a copy it cannot go then, whatever it waits for.
pub fn outcome_beside(original: Option<&PathBuf>, record: &Record) -> Outcome {
    let is_lost = record.entered.copy == Copy::OriginalOnly && original.is_none();
    // Whoever is at it just now may know more, and what is at the registry already needs no file.
    let is_asked = matches!(record.why, Some(Why::Duplicate(_))) && !record.is_answered();
    let stays = matches!(record.state, State::Waiting | State::Held) && !is_asked;
    if is_lost && stays {
        Outcome::FileTrouble(FileFailure::PlaceUnknown)
    } else {
        outcome(record)
    }
}
