//! Sealed copies that have been kept long enough go.

use chrono::{DateTime, TimeDelta, Utc};

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

/// A copy that the ledger does not know stays at least so long. It may be being entered just now, or be all that is left of a
/// file that waited when the ledger was lost.
const UNKNOWN_STAY: TimeDelta = TimeDelta::days(7);

/// Removes them. What cannot be removed now is removed another day.
pub(super) fn tidy(desk: &Desk, destination: Destination, retention: Retention) {
    let books = desk.shelf.of(destination);
    let now = desk.clock.now();
    let stay = TimeDelta::days(i64::from(retention.days()));
    tidy_known(desk, books, now, now - stay);
    tidy_unknown(books, now - stay.max(UNKNOWN_STAY));
}

fn tidy_known(desk: &Desk, books: &Books, now: DateTime<Utc>, then: DateTime<Utc>) {
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

/// Patients' data does not stay for ever because a ledger was lost.
fn tidy_unknown(books: &Books, then: DateTime<Utc>) {
    for id in copies::unknown(books) {
        match books.sealed.sealed_at(id) {
            Ok(Some(at)) if at < then => {
                tracing::info!(submission = %id, "a copy that the ledger does not know is old");
                copies::remove_unnoted(books, id);
            }
            Ok(_) => {}
            Err(failure) => tracing::warn!(submission = %id, %failure, "the age of a copy is not known"),
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
