//! What is read about submissions.

use chrono::{DateTime, NaiveDate, Utc};
use rusqlite::{Params, Row, Transaction, params};
use uuid::Uuid;

use super::{
    column::{Columns, states_where, time},
    failure::damaged,
    saved,
};
use crate::domain::{
    account::AccountId,
    check::repair::{Made, Repair},
    failure::LedgerFailure,
    person::Person,
    proof::{Course, Moments},
    submission::{By, ContentHash, Copy, Counts, NewSubmission, Record, Road, State, Step, SubmissionId},
};

/// In the order in which [`read_record`] takes them.
const COLUMNS: &str = "id, (SELECT a.id FROM accounts AS a WHERE a.key = account), destination, entered_at, user, \
    computer, initials, size_bytes, sha256, messages, patients, vaccinations, first_vaccination, last_vaccination, \
    sending_facility, copy, copy_removed_at, sealed_name, \
    (SELECT group_concat(r.repair || ' ' || r.times) FROM repairs AS r WHERE r.submission = submissions.key), state, since, sent_as, until, why, wish, tries, delivery, \
    delivered_at, at_registry_at, picked_up_at, reported_at";

/// In the order in which [`read_step`] takes them.
const STEP_COLUMNS: &str = "state, at, user, computer, initials, sent_as, until, why, delivery, wish";

// Each question names its index: the planner knows nothing of how few are ever queued, and would walk through the history.
const OF_ACCOUNT: &str = "account = (SELECT key FROM accounts WHERE id = ?1)";

pub(super) fn one(transaction: &Transaction<'_>, id: SubmissionId) -> Result<Option<Record>, LedgerFailure> {
    let found = records(transaction, "WHERE id = ?1", params![id.0.as_bytes()])?;
    Ok(found.into_iter().next())
}

pub(super) fn in_states(
    transaction: &Transaction<'_>,
    account: &AccountId,
    is_meant: impl Fn(State) -> bool,
) -> Result<Vec<Record>, LedgerFailure> {
    let states = states_where(is_meant);
    let which = format!("INDEXED BY submissions_by_state WHERE {OF_ACCOUNT} AND state IN ({states}) ORDER BY key");
    records(transaction, &which, params![account.as_str()])
}

pub(super) fn undelivered_of_all(transaction: &Transaction<'_>) -> Result<Vec<Record>, LedgerFailure> {
    let states = states_where(State::is_undelivered);
    let which = format!(
        "INDEXED BY submissions_by_state
         WHERE account IN (SELECT key FROM accounts) AND state IN ({states}) ORDER BY key"
    );
    records(transaction, &which, ())
}

pub(super) fn since(
    transaction: &Transaction<'_>,
    account: &AccountId,
    then: DateTime<Utc>,
) -> Result<Vec<Record>, LedgerFailure> {
    let states = states_where(State::is_undelivered);
    let which = format!(
        "WHERE key IN (
            SELECT key FROM submissions INDEXED BY submissions_by_time WHERE {OF_ACCOUNT} AND entered_at >= ?2
            UNION SELECT key FROM submissions INDEXED BY submissions_by_state
                WHERE {OF_ACCOUNT} AND state IN ({states})
         ) ORDER BY key"
    );
    records(transaction, &which, params![account.as_str(), time(then)])
}

pub(super) fn last_vaccination(
    transaction: &Transaction<'_>,
    account: &AccountId,
) -> Result<Option<NaiveDate>, LedgerFailure> {
    let mut statement = transaction.prepare_cached(&format!(
        "SELECT MAX(last_vaccination) FROM submissions INDEXED BY submissions_in_order
         WHERE {OF_ACCOUNT} AND delivery IS NOT NULL"
    ))?;
    let mut rows = statement.query(params![account.as_str()])?;
    match rows.next()? {
        Some(row) => Columns::of(row).optional(),
        None => Ok(None),
    }
}

pub(super) fn history(
    transaction: &Transaction<'_>,
    account: &AccountId,
    leave_out: u32,
    at_most: u32,
) -> Result<Vec<Record>, LedgerFailure> {
    let which = format!("INDEXED BY submissions_in_order WHERE {OF_ACCOUNT} ORDER BY key DESC LIMIT ?2 OFFSET ?3");
    records(transaction, &which, params![account.as_str(), at_most, leave_out])
}

/// Steps have no index by time: every step would take longer to write, for a question that somebody asks once a month and that
/// takes a fifth of a second over 700,000 steps.
pub(super) fn courses(
    transaction: &Transaction<'_>,
    account: &AccountId,
    moments: &Moments,
) -> Result<Vec<Course>, LedgerFailure> {
    let records = if let Some(moments) = moments {
        let which = format!(
            "WHERE {OF_ACCOUNT} AND key IN (SELECT submission FROM steps WHERE at >= ?2 AND at < ?3) ORDER BY key"
        );
        let values = params![account.as_str(), time(moments.start), time(moments.end)];
        records(transaction, &which, values)?
    } else {
        let which = format!("INDEXED BY submissions_in_order WHERE {OF_ACCOUNT} ORDER BY key");
        records(transaction, &which, params![account.as_str()])?
    };
    let with_steps = |record: Record| {
        let steps = steps(transaction, record.entered.id)?;
        Ok(Course { record, steps })
    };
    records.into_iter().map(with_steps).collect()
}

pub(super) fn with_content(
    transaction: &Transaction<'_>,
    account: &AccountId,
    sha256: ContentHash,
) -> Result<Vec<Record>, LedgerFailure> {
    let which = format!("INDEXED BY submissions_by_content WHERE {OF_ACCOUNT} AND sha256 = ?2 ORDER BY key");
    records(transaction, &which, params![account.as_str(), sha256.0])
}

pub(super) fn copies_older_than(
    transaction: &Transaction<'_>,
    then: DateTime<Utc>,
) -> Result<Vec<SubmissionId>, LedgerFailure> {
    let sql = "SELECT id FROM submissions INDEXED BY submissions_with_copy
        WHERE copy = 'sealed' AND delivered_at < ?1 ORDER BY key";
    collect(transaction, sql, params![time(then)], |row| {
        Columns::of(row).value().map(Uuid::from_bytes).map(SubmissionId)
    })
}

pub(super) fn steps(transaction: &Transaction<'_>, id: SubmissionId) -> Result<Vec<Step>, LedgerFailure> {
    let sql = format!(
        "SELECT {STEP_COLUMNS} FROM steps INDEXED BY steps_of_submission
         WHERE submission = (SELECT key FROM submissions WHERE id = ?1) ORDER BY key"
    );
    collect(transaction, &sql, params![id.0.as_bytes()], read_step)
}

pub(super) fn refused_since(
    transaction: &Transaction<'_>,
    account: &AccountId,
) -> Result<Option<DateTime<Utc>>, LedgerFailure> {
    let sql = format!("SELECT since FROM refusals WHERE {OF_ACCOUNT}");
    let found = collect(transaction, &sql, params![account.as_str()], |row| {
        Columns::of(row).time()
    })?;
    Ok(found.into_iter().next())
}

pub(super) fn accounts(transaction: &Transaction<'_>) -> Result<Vec<AccountId>, LedgerFailure> {
    collect(transaction, "SELECT id FROM accounts ORDER BY key", (), |row| {
        Columns::of(row).account()
    })
}

/// Whether everything can be understood.
pub(super) fn check_all(transaction: &Transaction<'_>) -> Result<(), LedgerFailure> {
    check_each(transaction, &format!("SELECT {COLUMNS} FROM submissions"), read_record)?;
    check_each(transaction, &format!("SELECT {STEP_COLUMNS} FROM steps"), read_step)
}

fn check_each<T>(
    transaction: &Transaction<'_>,
    sql: &str,
    read: impl Fn(&Row<'_>) -> Result<T, LedgerFailure>,
) -> Result<(), LedgerFailure> {
    collect(transaction, sql, (), |row| read(row).map(drop)).map(drop)
}

fn records(transaction: &Transaction<'_>, which: &str, values: impl Params) -> Result<Vec<Record>, LedgerFailure> {
    let sql = format!("SELECT {COLUMNS} FROM submissions {which}");
    collect(transaction, &sql, values, read_record)
}

pub(super) fn collect<T>(
    transaction: &Transaction<'_>,
    sql: &str,
    values: impl Params,
    read: impl Fn(&Row<'_>) -> Result<T, LedgerFailure>,
) -> Result<Vec<T>, LedgerFailure> {
    let mut statement = transaction.prepare_cached(sql)?;
    let mut rows = statement.query(values)?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(read(row)?);
    }
    Ok(found)
}

fn read_record(row: &Row<'_>) -> Result<Record, LedgerFailure> {
    let mut columns = Columns::of(row);
    Ok(Record {
        entered: read_entered(&mut columns)?,
        state: columns.state()?,
        since: columns.time()?,
        sent_as: columns.value()?,
        until: columns.optional()?,
        why: saved::read_why(columns.value()?)?,
        wish: columns.wish()?,
        tries: columns.value()?,
        delivery: saved::read_delivery(columns.value()?)?,
        road: Road {
            delivered: columns.optional()?,
            at_registry: columns.optional()?,
            picked_up: columns.optional()?,
            reported: columns.optional()?,
        },
    })
}

fn read_entered(columns: &mut Columns<'_>) -> Result<NewSubmission, LedgerFailure> {
    Ok(NewSubmission {
        id: SubmissionId(Uuid::from_bytes(columns.value()?)),
        account: columns.account()?,
        destination: columns.destination()?,
        at: columns.time()?,
        by: read_by(columns)?,
        size_bytes: columns.count()?,
        sha256: ContentHash(columns.value()?),
        counts: Counts {
            messages: columns.count()?,
            patients: columns.count()?,
            vaccinations: columns.count()?,
            first_vaccination: columns.optional()?,
            last_vaccination: columns.optional()?,
            sending_facility: columns.value()?,
        },
        copy: read_copy(columns)?,
        sealed_name: columns.value()?,
        repairs: read_repairs(columns)?,
    })
}

fn read_by(columns: &mut Columns<'_>) -> Result<By, LedgerFailure> {
    Ok(By {
        person: Person {
            user: columns.value()?,
            computer: columns.value()?,
        },
        initials: columns.value()?,
    })
}

fn read_copy(columns: &mut Columns<'_>) -> Result<Copy, LedgerFailure> {
    let text: String = columns.value()?;
    let removed: Option<DateTime<Utc>> = columns.optional()?;
    match (text.as_str(), removed) {
        ("sealed", None) => Ok(Copy::Sealed),
        ("original-only", None) => Ok(Copy::OriginalOnly),
        ("removed", Some(at)) => Ok(Copy::Removed(at)),
        _ => Err(damaged("there is no such kind of copy")),
    }
}

/// `byte-order-mark 1,line-ends 412`
fn read_repairs(columns: &mut Columns<'_>) -> Result<Made, LedgerFailure> {
    let text: Option<String> = columns.value()?;
    let read = |pair: &str| {
        let (id, times) = pair.split_once(' ')?;
        Some((Repair::of_id(id)?, times.parse().ok()?))
    };
    let repairs = text.iter().flat_map(|text| text.split(','));
    repairs
        .map(|pair| read(pair).ok_or_else(|| damaged("there is no such repair")))
        .collect()
}

fn read_step(row: &Row<'_>) -> Result<Step, LedgerFailure> {
    let mut columns = Columns::of(row);
    Ok(Step {
        state: columns.state()?,
        at: columns.time()?,
        by: read_by(&mut columns)?,
        sent_as: columns.value()?,
        until: columns.optional()?,
        why: saved::read_why(columns.value()?)?,
        delivery: saved::read_delivery(columns.value()?)?,
        wish: columns.wish()?,
    })
}
