//! Fingerprints of vaccinations.

use std::collections::HashSet;

use rusqlite::{Transaction, params};
use uuid::Uuid;

use super::{
    book,
    column::{Columns, states_where},
};
use crate::domain::{
    account::AccountId, failure::LedgerFailure, fingerprint::VaccinationPrint, submission::SubmissionId,
};

pub(super) fn keep(
    transaction: &Transaction<'_>,
    id: SubmissionId,
    prints: &[VaccinationPrint],
) -> Result<(), LedgerFailure> {
    let submission = book::key_of(transaction, id)?;
    let mut statement =
        transaction.prepare_cached("INSERT INTO prints (print, submission) VALUES (?1, ?2) ON CONFLICT DO NOTHING")?;
    for print in prints {
        statement.execute(params![print.0, submission])?;
    }
    Ok(())
}

/// In the order in which they were asked for, those of one print in the order in which its submissions were entered.
pub(super) fn known(
    transaction: &Transaction<'_>,
    account: &AccountId,
    prints: &[VaccinationPrint],
) -> Result<Vec<(VaccinationPrint, SubmissionId)>, LedgerFailure> {
    let Some(account) = book::find_account(transaction, account)? else {
        return Ok(Vec::new());
    };
    let goes = states_where(|state| state.is_delivered() || state.is_undelivered());
    let mut statement = transaction.prepare_cached(&format!(
        "SELECT s.id FROM prints AS p JOIN submissions AS s ON s.key = p.submission
         WHERE p.print = ?1 AND s.account = ?2 AND s.state IN ({goes}) ORDER BY p.submission"
    ))?;
    let mut asked = HashSet::new();
    let mut found = Vec::new();
    for print in prints.iter().filter(|print| asked.insert(**print)) {
        let mut rows = statement.query(params![print.0, account])?;
        while let Some(row) = rows.next()? {
            found.push((*print, SubmissionId(Uuid::from_bytes(Columns::of(row).value()?))));
        }
    }
    Ok(found)
}
