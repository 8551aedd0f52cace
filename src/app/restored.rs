//! What a submission of the ledger looks like on a card while this process is not sending it.

use crate::domain::submission::{Outcome, Record, State, Why};

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
