//! Sealed copies that nobody needs any more, and those of which nobody knows.

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
    if remove_unnoted(books, id) == Removal::NotDone {
        return Removal::NotDone;
    }
    if let Err(failure) = books.ledger.copy_removed(id, at) {
        tracing::warn!(submission = %id, %failure, "a removed copy was not noted");
        return Removal::NotDone;
    }
    Removal::Done
}

/// Removes a copy for which the ledger has no row to note it in.
pub(super) fn remove_unnoted(books: &Books, id: SubmissionId) -> Removal {
    match books.sealed.remove(id) {
        Ok(()) => {
            tracing::info!(submission = %id, "the sealed copy was removed");
            Removal::Done
        }
        Err(failure) => {
            tracing::warn!(submission = %id, %failure, "a copy was not removed");
            Removal::NotDone
        }
    }
}

/// Copies for which the ledger has no row: they are from before a ledger that was set aside, or being entered just now. What
/// cannot be looked up is left out.
pub fn unknown(books: &Books) -> Vec<SubmissionId> {
    let kept = books.sealed.kept().unwrap_or_else(|failure| {
        tracing::warn!(%failure, "the sealed copies were not looked through");
        Vec::new()
    });
    let is_unknown = |id: &SubmissionId| books.ledger.record(*id) == Ok(None);
    kept.into_iter().filter(is_unknown).collect()
}
