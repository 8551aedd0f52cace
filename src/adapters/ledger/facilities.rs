//! Which facilities files named.

use rusqlite::{Transaction, params};

use super::{
    book,
    column::{Columns, states_where},
};
use crate::domain::{
    account::AccountId,
    failure::LedgerFailure,
    submission::{State, SubmissionId},
};

pub(super) fn keep(transaction: &Transaction<'_>, id: SubmissionId, names: &[String]) -> Result<(), LedgerFailure> {
    let submission = book::key_of(transaction, id)?;
    let mut statement = transaction
        .prepare_cached("INSERT INTO facilities (submission, name) VALUES (?1, ?2) ON CONFLICT DO NOTHING")?;
    for name in names {
        statement.execute(params![submission, name])?;
    }
    Ok(())
}

/// They count from the moment on in which their file is delivered, whoever delivers it and whoever finds out.
pub(super) fn known(transaction: &Transaction<'_>, account: &AccountId) -> Result<Vec<String>, LedgerFailure> {
    let Some(account) = book::find_account(transaction, account)? else {
        return Ok(Vec::new());
    };
    let delivered = states_where(State::is_delivered);
    let mut statement = transaction.prepare_cached(&format!(
        "SELECT f.name FROM facilities AS f JOIN submissions AS s ON s.key = f.submission
         WHERE s.account = ?1 AND s.state IN ({delivered})
         GROUP BY f.name ORDER BY max(f.submission) DESC, f.name"
    ))?;
    let mut rows = statement.query([account])?;
    let mut names = Vec::new();
    while let Some(row) = rows.next()? {
        names.push(Columns::of(row).value()?);
    }
    Ok(names)
}
