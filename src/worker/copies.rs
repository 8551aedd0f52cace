//! Sealed copies that nobody needs any more.

use chrono::{DateTime, Utc};

use crate::{domain::submission::SubmissionId, ports::Books};

/// Whether a copy is gone, and the ledger knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Removal {
    Done,
    /// The log says why. It is tried again another day, or nobody misses it.
    NotDone,
}

/// Removes the copy of a submission and notes it.
pub(super) fn remove(books: &Books, id: SubmissionId, at: DateTime<Utc>) -> Removal {
    if let Err(failure) = books.sealed.remove(id) {
        tracing::warn!(submission = %id, %failure, "a copy was not removed");
        return Removal::NotDone;
    }
    if let Err(failure) = books.ledger.copy_removed(id, at) {
        tracing::warn!(submission = %id, %failure, "a removed copy was not noted");
        return Removal::NotDone;
    }
    tracing::info!(submission = %id, "the sealed copy was removed");
    Removal::Done
}
