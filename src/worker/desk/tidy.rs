//! Sealed copies that have been kept long enough go.

use chrono::TimeDelta;

use crate::{
    domain::{
        failure::LedgerFailure,
        receipt::Destination,
        settings::Retention,
        submission::{By, State, SubmissionId},
    },
    ports::Books,
    worker::{
        copies::{self, Removal},
        desk::Desk,
    },
};

/// Removes them. What cannot be removed now is removed another day.
pub(super) fn tidy(desk: &Desk, destination: Destination, retention: Retention) {
    let books = desk.shelf.of(destination);
    let now = desk.clock.now();
    let then = now - TimeDelta::days(i64::from(retention.days()));
    let old = match books.ledger.copies_older_than(then) {
        Ok(old) => old,
        Err(failure) => return tracing::warn!(%failure, "old copies were not looked for"),
    };
    for id in old {
        if copies::remove(books, id, now) == Removal::Done
            && let Err(failure) = close(desk, books, id)
        {
            tracing::warn!(submission = %id, %failure, "a submission was not closed");
        }
    }
}

/// Nothing more is watched of a submission whose report is there and whose copy is gone.
fn close(desk: &Desk, books: &Books, id: SubmissionId) -> Result<(), LedgerFailure> {
    let reported = books
        .ledger
        .record(id)?
        .filter(|record| record.state == State::Reported);
    let Some(record) = reported else {
        return Ok(());
    };
    let by = By::nobody_in_particular(&desk.person);
    let step = record.step_to(State::Closed, desk.clock.now(), by);
    books.ledger.advance(id, &step)
}
