//! Names and files that were seen at the registry.

use std::collections::{BTreeMap, btree_map::Entry};

use chrono::{DateTime, NaiveDateTime, Utc};
use rusqlite::{OptionalExtension, Row, Transaction, params};
use uuid::Uuid;

use super::{
    book,
    column::{self, Columns},
    record::collect,
};
use crate::domain::{
    account::AccountId,
    failure::LedgerFailure,
    remote::{FoldersSeen, RemoteFile, SeenFile},
    submission::SubmissionId,
};

/// In the order in which [`read`] takes them.
const COLUMNS: &str = "name, size_bytes, modified, accepted, first_seen";

/// What a look says of one name.
#[derive(Clone, Copy)]
struct Sight<'a> {
    file: &'a RemoteFile,
    accepted: Option<DateTime<Utc>>,
}

/// What is to be written of a name: the row as it is from now on.
struct Change {
    lower_name: String,
    row: SeenFile,
}

pub(super) fn is_name_used(
    transaction: &Transaction<'_>,
    account: &AccountId,
    name: &str,
) -> Result<bool, LedgerFailure> {
    let Some(account) = book::find_account(transaction, account)? else {
        return Ok(false);
    };
    Ok(book::owner(transaction, account, name)?.is_some() || is_seen(transaction, account, name)?)
}

pub(super) fn is_seen(transaction: &Transaction<'_>, account: i64, name: &str) -> Result<bool, LedgerFailure> {
    let mut statement =
        transaction.prepare_cached("SELECT 1 FROM seen_files WHERE account = ?1 AND lower_name = ?2")?;
    Ok(statement.exists(params![account, name.to_lowercase()])?)
}

/// Whether a look brought nothing that is not written already.
pub(super) fn is_all_known(transaction: &Transaction<'_>, seen: &FoldersSeen) -> Result<bool, LedgerFailure> {
    let Some(account) = book::find_account(transaction, &seen.account)? else {
        return Ok(false);
    };
    Ok(changes(transaction, account, seen)?.is_empty())
}

pub(super) fn note(transaction: &Transaction<'_>, seen: &FoldersSeen) -> Result<(), LedgerFailure> {
    let account = book::enter_account(transaction, &seen.account)?;
    let mut statement = transaction.prepare_cached(
        "INSERT INTO seen_files (account, lower_name, name, size_bytes, modified, first_seen, accepted)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
         ON CONFLICT (account, lower_name) DO UPDATE
            SET size_bytes = excluded.size_bytes, modified = excluded.modified, accepted = excluded.accepted",
    )?;
    for Change { lower_name, row } in changes(transaction, account, seen)? {
        statement.execute(params![
            account,
            lower_name,
            row.name,
            row.size_bytes.map(column::count).transpose()?,
            row.modified.map(column::server_time),
            column::time(row.first_seen),
            row.accepted.map(column::time),
        ])?;
    }
    Ok(())
}

/// Newest first: by the server's time where a listing gave one, else by when it was first seen.
pub(super) fn newest(
    transaction: &Transaction<'_>,
    account: &AccountId,
    at_most: u32,
) -> Result<Vec<SeenFile>, LedgerFailure> {
    let sql = format!(
        "SELECT {COLUMNS} FROM seen_files INDEXED BY seen_files_by_time
         WHERE account = (SELECT key FROM accounts WHERE id = ?1)
         ORDER BY COALESCE(modified, first_seen) DESC, key DESC LIMIT ?2"
    );
    collect(transaction, &sql, params![account.as_str(), at_most], read)
}

/// In the order in which they were first seen.
pub(super) fn unexplained(
    transaction: &Transaction<'_>,
    account: &AccountId,
) -> Result<Vec<(SeenFile, Option<SubmissionId>)>, LedgerFailure> {
    let sql = format!(
        "SELECT f.{}, s.id
         FROM seen_files AS f
            LEFT JOIN names AS n ON n.account = f.account AND n.lower_name = f.lower_name
            LEFT JOIN submissions AS s ON s.key = n.submission
         WHERE f.account = (SELECT key FROM accounts WHERE id = ?1) AND f.accepted IS NOT NULL
            AND (s.delivery IS NULL OR s.sent_as IS NOT n.name)
         ORDER BY f.key",
        COLUMNS.replace(", ", ", f.")
    );
    collect(transaction, &sql, params![account.as_str()], |row| {
        let mut columns = Columns::of(row);
        let file = read_file(&mut columns)?;
        let claimed_by: Option<[u8; 16]> = columns.value()?;
        Ok((file, claimed_by.map(Uuid::from_bytes).map(SubmissionId)))
    })
}

fn read(row: &Row<'_>) -> Result<SeenFile, LedgerFailure> {
    read_file(&mut Columns::of(row))
}

fn read_file(columns: &mut Columns<'_>) -> Result<SeenFile, LedgerFailure> {
    Ok(SeenFile {
        name: columns.value()?,
        size_bytes: columns.optional_count()?,
        modified: columns.optional()?,
        accepted: columns.optional()?,
        first_seen: columns.time()?,
    })
}

fn changes(transaction: &Transaction<'_>, account: i64, seen: &FoldersSeen) -> Result<Vec<Change>, LedgerFailure> {
    let sql = format!("SELECT {COLUMNS} FROM seen_files WHERE account = ?1 AND lower_name = ?2");
    let mut statement = transaction.prepare_cached(&sql)?;
    let mut changes = Vec::new();
    for (lower_name, sight) in sights(seen) {
        let known = statement.query_row(params![account, lower_name], |row| Ok(read(row)));
        let known = known.optional()?.transpose()?;
        let row = after(known.as_ref(), sight, seen.at);
        if known.as_ref() != Some(&row) {
            changes.push(Change { lower_name, row });
        }
    }
    Ok(changes)
}

/// A listing that says less than an earlier one takes nothing back.
fn after(known: Option<&SeenFile>, sight: Sight<'_>, at: DateTime<Utc>) -> SeenFile {
    let seen = sight.file;
    // A size that SQLite cannot keep is a listing's nonsense.
    let size_bytes = seen.size_bytes.filter(|bytes| i64::try_from(*bytes).is_ok());
    match known {
        None => SeenFile {
            name: seen.name.clone(),
            size_bytes,
            modified: seen.modified,
            accepted: sight.accepted,
            first_seen: at,
        },
        Some(known) => SeenFile {
            name: known.name.clone(),
            size_bytes: size_bytes.or(known.size_bytes),
            modified: seen.modified.or(known.modified),
            accepted: known.accepted.or(sight.accepted),
            first_seen: known.first_seen,
        },
    }
}

/// One sight for each name, whatever the order of a listing. What stands in Accepted counts more than in HL7-Dropoff.
fn sights(seen: &FoldersSeen) -> BTreeMap<String, Sight<'_>> {
    let mut sights = BTreeMap::new();
    let dropoff = seen.dropoff.iter().map(|file| Sight { file, accepted: None });
    let accepted = seen.accepted.iter().map(|file| Sight {
        file,
        accepted: Some(seen.at),
    });
    for sight in dropoff.chain(accepted) {
        match sights.entry(sight.file.name.to_lowercase()) {
            Entry::Vacant(place) => {
                place.insert(sight);
            }
            Entry::Occupied(mut place) => {
                if rank(&sight) > rank(place.get()) {
                    place.insert(sight);
                }
            }
        }
    }
    sights
}

fn rank<'a>(sight: &Sight<'a>) -> (bool, Option<NaiveDateTime>, Option<u64>, &'a str) {
    let file = sight.file;
    (sight.accepted.is_some(), file.modified, file.size_bytes, &file.name)
}
