//! What a submission of the ledger looks like on a card while nobody is sending it.

use crate::domain::{
    failure::{RegistryFailure, Step, Trouble},
    submission::{Delivery, Outcome, Record, State, Why},
};

/// How its last attempt ended, by what stands in the ledger.
pub fn outcome(record: &Record) -> Outcome {
    match record.state {
        State::Queued | State::NameClaimed | State::Waiting => Outcome::Waiting {
            until: record.until.unwrap_or(record.since),
            why: Box::new(record.why.clone().unwrap_or(Why::Interrupted)),
        },
        // Whoever sent it has ended in the middle, or sends it right now.
        State::Sending => unknown(record, true),
        State::Unknown => unknown(record, record.until.is_some()),
        State::Held | State::Failed => held(record),
        State::Cancelled => match &record.why {
            Some(Why::PartStays { name }) => Outcome::PartLeft { sent_as: name.clone() },
            Some(_) | None => Outcome::Cancelled,
        },
        State::Delivered | State::AtRegistry | State::PickedUp | State::Reported | State::Closed => {
            Outcome::Delivered(delivery(record))
        }
    }
}

fn unknown(record: &Record, is_looked_at_again: bool) -> Outcome {
    Outcome::Unknown {
        sent_as: record.sent_as.clone().unwrap_or_default(),
        failure: failure_of(record, Trouble::ConnectionLost),
        until: is_looked_at_again.then(|| record.until.unwrap_or(record.since)),
    }
}

fn held(record: &Record) -> Outcome {
    match &record.why {
        Some(Why::Duplicate(duplicate)) => Outcome::Duplicate(duplicate.clone()),
        Some(Why::File(failure)) => Outcome::FileTrouble(failure.clone()),
        Some(Why::Copy(failure)) => Outcome::CopyTrouble(failure.clone()),
        Some(Why::PartStays { name }) => Outcome::PartLeft { sent_as: name.clone() },
        Some(
            Why::Registry(_)
            | Why::Interrupted
            | Why::NotSeen
            | Why::NotThere
            | Why::PartRemoved
            | Why::TakenUnfinished { .. }
            | Why::NameLost { .. }
            | Why::SendAgain
            | Why::TryNow,
        )
        | None => Outcome::NotSent(failure_of(record, Trouble::Unexpected)),
    }
}

fn failure_of(record: &Record, otherwise: Trouble) -> RegistryFailure {
    if let Some(Why::Registry(failure)) = &record.why {
        failure.clone()
    } else {
        RegistryFailure::new(otherwise, Step::Transfer, "")
    }
}

fn delivery(record: &Record) -> Delivery {
    record.delivery.clone().unwrap_or_else(|| Delivery {
        sent_as: record.sent_as.clone().unwrap_or_default(),
        began: record.since,
        verified: record.road.delivered.unwrap_or(record.since),
        verified_bytes: record.entered.size_bytes,
        reply: String::new(),
    })
}
