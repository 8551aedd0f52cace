//! What is written about submissions: their entry, their steps, their names, their copies; and refused passwords.

use chrono::{DateTime, Utc};
use rusqlite::{OptionalExtension, Transaction, params};

use super::{
    column::{Columns, count, day, destination_text, state_text, time, wish_text},
    saved, seen,
};
use crate::{
    domain::{
        account::AccountId,
        failure::LedgerFailure,
        submission::{By, Copy, NewSubmission, State, Step, SubmissionId, Wish},
    },
    ports::ledger::Claim,
};

/// What a step is decided by.
struct Standing {
    key: i64,
    account: i64,
    state: State,
}

pub(super) fn enter(transaction: &Transaction<'_>, new: &NewSubmission) -> Result<(), LedgerFailure> {
    if let Some(there) = standing(transaction, new.id)? {
        return Err(LedgerFailure::IllegalMove {
            from: there.state,
            to: State::Queued,
        });
    }
    let account = enter_account(transaction, &new.account)?;
    let (copy, copy_removed_at) = copy_columns(new.copy);
    let mut statement = transaction.prepare_cached(
        "INSERT INTO submissions (id, account, destination, entered_at, user, computer, initials, size_bytes, sha256,
            messages, patients, vaccinations, first_vaccination, last_vaccination, sending_facility,
            copy, copy_removed_at, sealed_name, state, since, tries, wish)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?4, 0, ?20)",
    )?;
    statement.execute(params![
        new.id.0.as_bytes(),
        account,
        destination_text(new.destination),
        time(new.at),
        new.by.person.user,
        new.by.person.computer,
        new.by.initials,
        count(new.size_bytes)?,
        new.sha256.0,
        count(new.counts.messages)?,
        count(new.counts.patients)?,
        count(new.counts.vaccinations)?,
        new.counts.first_vaccination.map(day),
        new.counts.last_vaccination.map(day),
        new.counts.sending_facility,
        copy,
        copy_removed_at,
        new.sealed_name,
        state_text(State::Queued),
        wish_text(Wish::Send),
    ])?;
    let key = transaction.last_insert_rowid();
    let mut statement =
        transaction.prepare_cached("INSERT INTO repairs (submission, repair, times) VALUES (?1, ?2, ?3)")?;
    for (repair, times) in new.repairs.iter() {
        statement.execute(params![key, repair.id(), count(times)?])?;
    }
    write_step(transaction, key, &first_step(new.at, &new.by))
}

fn first_step(at: DateTime<Utc>, by: &By) -> Step {
    Step {
        state: State::Queued,
        at,
        by: by.clone(),
        sent_as: None,
        until: None,
        why: None,
        delivery: None,
        wish: Wish::Send,
    }
}

pub(super) fn advance(transaction: &Transaction<'_>, id: SubmissionId, step: &Step) -> Result<(), LedgerFailure> {
    let standing = may_become(transaction, id, step.state)?;
    take_step(transaction, &standing, step)
}

/// Whoever has the turn moves a submission. What a person has said of one that stands still is written down without it.
pub(super) fn note_answer(transaction: &Transaction<'_>, id: SubmissionId, step: &Step) -> Result<(), LedgerFailure> {
    let standing = standing(transaction, id)?.ok_or(LedgerFailure::NoSuchSubmission)?;
    let stands_still = matches!(standing.state, State::Queued | State::Held) && standing.state == step.state;
    if !stands_still {
        return Err(LedgerFailure::IllegalMove {
            from: standing.state,
            to: step.state,
        });
    }
    take_step(transaction, &standing, step)
}

pub(super) fn claim(
    transaction: &Transaction<'_>,
    id: SubmissionId,
    name: &str,
    step: &Step,
) -> Result<Claim, LedgerFailure> {
    if step.state != State::NameClaimed || step.sent_as.as_deref() != Some(name) {
        return Err(LedgerFailure::Other("the step is not about this name".to_owned()));
    }
    let standing = may_become(transaction, id, step.state)?;
    match owner(transaction, standing.account, name)? {
        Some(owner) if owner == standing.key => {}
        Some(_) => return Ok(Claim::Used),
        None if seen::is_seen(transaction, standing.account, name)? => return Ok(Claim::Used),
        None => {
            let mut statement = transaction
                .prepare_cached("INSERT INTO names (account, lower_name, name, submission) VALUES (?1, ?2, ?3, ?4)")?;
            statement.execute(params![standing.account, name.to_lowercase(), name, standing.key])?;
        }
    }
    take_step(transaction, &standing, step)?;
    Ok(Claim::Ours)
}

/// The submission that has this name, by its key.
pub(super) fn owner(transaction: &Transaction<'_>, account: i64, name: &str) -> Result<Option<i64>, LedgerFailure> {
    let mut statement =
        transaction.prepare_cached("SELECT submission FROM names WHERE account = ?1 AND lower_name = ?2")?;
    let owner = statement.query_row(params![account, name.to_lowercase()], |row| row.get(0));
    Ok(owner.optional()?)
}

fn standing(transaction: &Transaction<'_>, id: SubmissionId) -> Result<Option<Standing>, LedgerFailure> {
    let mut statement = transaction.prepare_cached("SELECT key, account, state FROM submissions WHERE id = ?1")?;
    let mut rows = statement.query(params![id.0.as_bytes()])?;
    let Some(row) = rows.next()? else {
        return Ok(None);
    };
    let mut columns = Columns::of(row);
    Ok(Some(Standing {
        key: columns.value()?,
        account: columns.value()?,
        state: columns.state()?,
    }))
}

pub(super) fn key_of(transaction: &Transaction<'_>, id: SubmissionId) -> Result<i64, LedgerFailure> {
    let standing = standing(transaction, id)?.ok_or(LedgerFailure::NoSuchSubmission)?;
    Ok(standing.key)
}

fn may_become(transaction: &Transaction<'_>, id: SubmissionId, to: State) -> Result<Standing, LedgerFailure> {
    let standing = standing(transaction, id)?.ok_or(LedgerFailure::NoSuchSubmission)?;
    if standing.state.may_become(to) {
        Ok(standing)
    } else {
        Err(LedgerFailure::IllegalMove {
            from: standing.state,
            to,
        })
    }
}

/// A proof of delivery and the first time at each station stay; everything else is as the step says.
fn take_step(transaction: &Transaction<'_>, standing: &Standing, step: &Step) -> Result<(), LedgerFailure> {
    let is_put_off = matches!(step.state, State::Waiting | State::Unknown);
    let mut statement = transaction.prepare_cached(
        "UPDATE submissions SET state = ?2, since = ?3, sent_as = ?4, until = ?5, why = ?6, tries = tries + ?7,
            delivery = COALESCE(?8, delivery), wish = ?9,
            delivered_at = COALESCE(delivered_at, iif(?2 = 'delivered', ?3, NULL)),
            at_registry_at = COALESCE(at_registry_at, iif(?2 = 'at-registry', ?3, NULL)),
            picked_up_at = COALESCE(picked_up_at, iif(?2 = 'picked-up', ?3, NULL)),
            reported_at = COALESCE(reported_at, iif(?2 = 'reported', ?3, NULL))
         WHERE key = ?1",
    )?;
    statement.execute(params![
        standing.key,
        state_text(step.state),
        time(step.at),
        step.sent_as,
        step.until.map(time),
        saved::write_why(step.why.as_ref())?,
        i64::from(is_put_off),
        saved::write_delivery(step.delivery.as_ref())?,
        wish_text(step.wish),
    ])?;
    write_step(transaction, standing.key, step)
}

fn write_step(transaction: &Transaction<'_>, submission: i64, step: &Step) -> Result<(), LedgerFailure> {
    let mut statement = transaction.prepare_cached(
        "INSERT INTO steps (submission, state, at, user, computer, initials, sent_as, until, why, delivery, wish)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
    )?;
    statement.execute(params![
        submission,
        state_text(step.state),
        time(step.at),
        step.by.person.user,
        step.by.person.computer,
        step.by.initials,
        step.sent_as,
        step.until.map(time),
        saved::write_why(step.why.as_ref())?,
        saved::write_delivery(step.delivery.as_ref())?,
        wish_text(step.wish),
    ])?;
    Ok(())
}

pub(super) fn copy_removed(
    transaction: &Transaction<'_>,
    id: SubmissionId,
    at: DateTime<Utc>,
) -> Result<(), LedgerFailure> {
    set_copy(transaction, id, Copy::Removed(at), None)
}

pub(super) fn copy_sealed(
    transaction: &Transaction<'_>,
    id: SubmissionId,
    sealed_name: &[u8],
) -> Result<(), LedgerFailure> {
    set_copy(transaction, id, Copy::Sealed, Some(sealed_name))
}

fn set_copy(
    transaction: &Transaction<'_>,
    id: SubmissionId,
    copy: Copy,
    sealed_name: Option<&[u8]>,
) -> Result<(), LedgerFailure> {
    let (copy, removed_at) = copy_columns(copy);
    let mut statement = transaction.prepare_cached(
        "UPDATE submissions SET copy = ?2, copy_removed_at = ?3, sealed_name = COALESCE(?4, sealed_name) WHERE id = ?1",
    )?;
    match statement.execute(params![id.0.as_bytes(), copy, removed_at, sealed_name])? {
        0 => Err(LedgerFailure::NoSuchSubmission),
        _ => Ok(()),
    }
}

fn copy_columns(copy: Copy) -> (&'static str, Option<String>) {
    match copy {
        Copy::Sealed => ("sealed", None),
        Copy::OriginalOnly => ("original-only", None),
        Copy::Removed(at) => ("removed", Some(time(at))),
    }
}

pub(super) fn find_account(transaction: &Transaction<'_>, account: &AccountId) -> Result<Option<i64>, LedgerFailure> {
    let mut statement = transaction.prepare_cached("SELECT key FROM accounts WHERE id = ?1")?;
    Ok(statement.query_row([account.as_str()], |row| row.get(0)).optional()?)
}

pub(super) fn enter_account(transaction: &Transaction<'_>, account: &AccountId) -> Result<i64, LedgerFailure> {
    if let Some(key) = find_account(transaction, account)? {
        return Ok(key);
    }
    let mut statement = transaction.prepare_cached("INSERT INTO accounts (id) VALUES (?1)")?;
    Ok(statement.insert([account.as_str()])?)
}

/// A second refusal does not change since when nobody logs in.
pub(super) fn note_refusal(
    transaction: &Transaction<'_>,
    account: &AccountId,
    at: DateTime<Utc>,
) -> Result<(), LedgerFailure> {
    let account = enter_account(transaction, account)?;
    let mut statement =
        transaction.prepare_cached("INSERT INTO refusals (account, since) VALUES (?1, ?2) ON CONFLICT DO NOTHING")?;
    statement.execute(params![account, time(at)])?;
    Ok(())
}

pub(super) fn allow_login(transaction: &Transaction<'_>, account: &AccountId) -> Result<(), LedgerFailure> {
    let mut statement =
        transaction.prepare_cached("DELETE FROM refusals WHERE account IN (SELECT key FROM accounts WHERE id = ?1)")?;
    statement.execute([account.as_str()])?;
    Ok(())
}
