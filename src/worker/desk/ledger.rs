//! Questions to the ledger, and what a person wants with a submission that nobody is sending.

use chrono::{DateTime, Utc};

use crate::{
    app::message::{BeforeRetiring, Event, History, InLedger, Tracked},
    domain::{
        account::AccountId,
        failure::LedgerFailure,
        outage::{self, Outage},
        receipt::Destination,
        submission::{By, Copy, Record, State, Step, SubmissionId, Wish, part_left},
    },
    ports::Books,
    worker::{copies, desk::Desk},
};

/// Submissions on one page of the history.
const PAGE: u32 = 200;
/// Files of the registry that the history shows.
const SEEN: u32 = 1_000;

pub(super) fn outbox(desk: &Desk, account: Option<AccountId>, destination: Destination, since: DateTime<Utc>) -> Event {
    let read = in_ledger(desk.shelf.of(destination), account.as_ref(), since);
    Event::OutboxRead(account, read)
}

fn in_ledger(books: &Books, account: Option<&AccountId>, since: DateTime<Utc>) -> Result<InLedger, LedgerFailure> {
    let here = account.map(|account| books.ledger.since(account, since)).transpose()?;
    let mut elsewhere = books.ledger.outbox_of_all()?;
    elsewhere.retain(|record| Some(&record.entered.account) != account);
    let here = here.unwrap_or_default();
    let outage = present_outage(books, &here)?;
    let tracked = |records: Vec<Record>| records.into_iter().map(|record| track(books, record)).collect();
    Ok(InLedger {
        here: tracked(here),
        elsewhere: tracked(elsewhere),
        outage: outage.map(Box::new),
    })
}

/// Told as the proof tells it, by the steps of all files: one that got through ends it for those that wait.
fn present_outage(books: &Books, records: &[Record]) -> Result<Option<Outage>, LedgerFailure> {
    let was_put_off = |record: &Record| record.state.is_undelivered() && record.tries > 0;
    if !records.iter().any(was_put_off) {
        return Ok(None);
    }
    let mut steps = Vec::new();
    for record in records {
        steps.extend(books.ledger.steps(record.entered.id)?);
    }
    Ok(outage::present(&steps))
}

pub(super) fn history(desk: &Desk, account: AccountId, destination: Destination, leave_out: u32) -> Event {
    let page = page(desk.shelf.of(destination), &account, leave_out);
    Event::HistoryRead(account, page.map(Box::new))
}

fn page(books: &Books, account: &AccountId, leave_out: u32) -> Result<History, LedgerFailure> {
    let mut records = books.ledger.history(account, leave_out, PAGE + 1)?;
    let has_more = records.len() > PAGE as usize;
    records.truncate(PAGE as usize);
    Ok(History {
        leave_out,
        submissions: records.into_iter().map(|record| track(books, record)).collect(),
        has_more,
        seen: books.ledger.seen_files(account, SEEN)?,
    })
}

/// In the clinic's books alone, also while the Demo is shown.
pub(super) fn before_retiring(desk: &Desk) -> Event {
    let books = &desk.shelf.clinic;
    let found = books.ledger.outbox_of_all().map(|undelivered| BeforeRetiring {
        undelivered: undelivered.into_iter().map(|record| track(books, record)).collect(),
        unknown_copies: copies::unknown(books).len(),
    });
    Event::LookedBeforeRetiring(found.map(Box::new))
}

/// A name that cannot be opened is left out: the submission is known by its day and its name at the registry.
pub(super) fn track(books: &Books, record: Record) -> Tracked {
    let sealed_name = record.entered.sealed_name.as_deref();
    let file_name = sealed_name.and_then(|name| books.sealed.open_text(record.entered.id, name).ok());
    Tracked { record, file_name }
}

/// Writes down that it goes although the registry has its content, so that whoever tries it next knows, after a restart, too. Where
/// somebody has it already, the courier writes it down.
pub(super) fn note_answer(desk: &Desk, books: &Books, id: SubmissionId, initials: String) {
    let noted = books.ledger.record(id).and_then(|record| {
        let record = record.ok_or(LedgerFailure::NoSuchSubmission)?;
        let by = By {
            person: desk.person.clone(),
            initials,
        };
        let mut step = record.step_to(record.state, desk.clock.now(), by);
        step.why.clone_from(&record.why);
        step.wish = Wish::SendAgain;
        books.ledger.note_answer(id, &step)
    });
    if let Err(failure) = noted {
        tracing::info!(submission = %id, %failure, "an answer was not noted");
    }
}

/// Only what is surely not at the registry can be cancelled here; the ledger itself refuses the rest.
pub(super) fn withdraw(desk: &Desk, id: SubmissionId, destination: Destination, initials: String) -> Event {
    let result = try_to_withdraw(desk, id, destination, initials);
    if let Err(failure) = &result {
        tracing::info!(submission = %id, %failure, "not cancelled");
    }
    Event::Moved(id, Box::new(result))
}

fn try_to_withdraw(
    desk: &Desk,
    id: SubmissionId,
    destination: Destination,
    initials: String,
) -> Result<Record, LedgerFailure> {
    let books = desk.shelf.of(destination);
    let ledger = &books.ledger;
    let mut record = ledger.record(id)?.ok_or(LedgerFailure::NoSuchSubmission)?;
    let step = Step {
        state: State::Cancelled,
        at: desk.clock.now(),
        by: By {
            person: desk.person.clone(),
            initials,
        },
        sent_as: record.sent_as.clone(),
        until: None,
        why: part_left(&ledger.steps(id)?),
        delivery: None,
        wish: Wish::Cancel,
    };
    ledger.advance(id, &step)?;
    record.take(&step);
    if record.entered.copy == Copy::Sealed {
        copies::remove(books, id, step.at);
    }
    Ok(record)
}
