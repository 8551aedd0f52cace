//! Sealed copies that have been kept long enough go.

use chrono::TimeDelta;

use crate::{
    domain::{
        failure::{LedgerFailure, SealFailure},
        receipt::Destination,
        settings::Retention,
        submission::{By, State, Step, SubmissionId},
    },
    ports::Books,
    worker::desk::Desk,
};

/// Removes them. What cannot be removed now is removed another day.
pub(super) fn tidy(desk: &Desk, destination: Destination, retention: Retention) {
    let books = desk.shelf.of(destination);
    let then = desk.clock.now() - TimeDelta::days(i64::from(retention.days()));
    let old = match books.ledger.copies_older_than(then) {
        Ok(old) => old,
        Err(failure) => return tracing::warn!(%failure, "old copies were not looked for"),
    };
    for id in old {
        if let Err(failure) = books.sealed.remove(id) {
            log_copy(id, &failure);
        } else if let Err(failure) = note(desk, books, id) {
            tracing::warn!(submission = %id, %failure, "a removed copy was not noted");
        }
    }
}

/// Nothing more is watched of a submission whose report is there and whose copy is gone.
fn note(desk: &Desk, books: &Books, id: SubmissionId) -> Result<(), LedgerFailure> {
    let now = desk.clock.now();
    books.ledger.copy_removed(id, now)?;
    tracing::info!(submission = %id, "the sealed copy was removed");
    let Some(record) = books
        .ledger
        .record(id)?
        .filter(|record| record.state == State::Reported)
    else {
        return Ok(());
    };
    books.ledger.advance(
        id,
        &Step {
            state: State::Closed,
            at: now,
            by: By {
                person: desk.person.clone(),
                initials: String::new(),
            },
            sent_as: record.sent_as,
            until: None,
            why: None,
            delivery: None,
            wish: record.wish,
        },
    )
}

fn log_copy(id: SubmissionId, failure: &SealFailure) {
    tracing::warn!(submission = %id, %failure, "an old copy was not removed");
}
