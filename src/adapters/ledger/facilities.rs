//! Which facilities files named.

use rusqlite::{Transaction, params};

use super::{
    book,
    column::{Columns, states_where},
};
use crate::domain::{account::AccountId, failure::LedgerFailure, submission::SubmissionId};

pub(super) fn keep(transaction: &Transaction<'_>, id: SubmissionId, names: &[String]) -> Result<(), LedgerFailure> {
    let submission = book::key_of(transaction, id)?;
    let mut statement = transaction
        .prepare_cached("INSERT INTO facilities (submission, name) VALUES (?1, ?2) ON CONFLICT DO NOTHING")?;
    for name in names {
        statement.execute(params![submission, name])?;
    }
    Ok(())
}

/// Those of every file that was delivered or is still to go: what is entered was asked about, or was the first. Of two files that are
/// sent together, the second is held against the first.
pub(super) fn known(transaction: &Transaction<'_>, account: &AccountId) -> Result<Vec<String>, LedgerFailure> {
    let Some(account) = book::find_account(transaction, account)? else {
        return Ok(Vec::new());
    };
    let goes = states_where(|state| state.is_delivered() || state.is_undelivered());
    let mut statement = transaction.prepare_cached(&format!(
        "SELECT f.name FROM facilities AS f JOIN submissions AS s ON s.key = f.submission
         WHERE s.account = ?1 AND s.state IN ({goes})
         GROUP BY f.name ORDER BY max(f.submission) DESC, f.name"
    ))?;
    let mut rows = statement.query([account])?;
    let mut names = Vec::new();
    while let Some(row) = rows.next()? {
        names.push(Columns::of(row).value()?);
    }
    Ok(names)
}
