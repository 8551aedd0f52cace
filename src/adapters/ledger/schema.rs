//! The tables, and the way from each older version of them to the newest.

use std::collections::HashMap;

use rusqlite::{Connection, Transaction, TransactionBehavior};

use super::failure::damaged;
use crate::domain::failure::LedgerFailure;

/// "Drop" in the header of the file: what makes an SQLite file a ledger.
const APPLICATION_ID: i64 = 0x4472_6f70;

/// Each leads from the version before it to its own; the first makes version 1. What was released is never edited.
const MIGRATIONS: &[&str] = &[VERSION_1, VERSION_2, VERSION_3, VERSION_4];

/// Times are RFC 3339 in UTC with nine decimals, which sort as they are. `why` and `delivery` are the texts of `saved`.
/// Steps and names are written once: the file itself refuses to change them.
const VERSION_1: &str = "
PRAGMA application_id = 1148350320;

CREATE TABLE accounts (
    key INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE submissions (
    key INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
    account INTEGER NOT NULL REFERENCES accounts (key),
    destination TEXT NOT NULL,
    entered_at TEXT NOT NULL,
    user TEXT NOT NULL,
    computer TEXT NOT NULL,
    initials TEXT NOT NULL,
    size_bytes INTEGER NOT NULL CHECK (size_bytes >= 0),
    sha256 BLOB NOT NULL CHECK (length(sha256) = 32),
    messages INTEGER NOT NULL CHECK (messages >= 0),
    patients INTEGER NOT NULL CHECK (patients >= 0),
    vaccinations INTEGER NOT NULL CHECK (vaccinations >= 0),
    first_vaccination TEXT,
    last_vaccination TEXT,
    sending_facility TEXT,
    copy TEXT NOT NULL,
    copy_removed_at TEXT,
    sealed_name BLOB,
    state TEXT NOT NULL,
    since TEXT NOT NULL,
    sent_as TEXT,
    until TEXT,
    why TEXT,
    wish TEXT NOT NULL,
    tries INTEGER NOT NULL CHECK (tries >= 0),
    delivery TEXT,
    delivered_at TEXT,
    at_registry_at TEXT,
    picked_up_at TEXT,
    reported_at TEXT
) STRICT;
CREATE INDEX submissions_in_order ON submissions (account);
CREATE INDEX submissions_by_time ON submissions (account, entered_at);
CREATE INDEX submissions_by_state ON submissions (account, state);
CREATE INDEX submissions_by_content ON submissions (account, sha256);
CREATE INDEX submissions_with_copy ON submissions (delivered_at) WHERE copy = 'sealed';
CREATE TRIGGER submissions_stay BEFORE DELETE ON submissions
    BEGIN SELECT RAISE(ABORT, 'a submission is never forgotten'); END;

CREATE TABLE steps (
    key INTEGER PRIMARY KEY,
    submission INTEGER NOT NULL REFERENCES submissions (key),
    state TEXT NOT NULL,
    at TEXT NOT NULL,
    user TEXT NOT NULL,
    computer TEXT NOT NULL,
    initials TEXT NOT NULL,
    sent_as TEXT,
    until TEXT,
    why TEXT,
    delivery TEXT,
    wish TEXT NOT NULL
) STRICT;
CREATE INDEX steps_of_submission ON steps (submission);
CREATE TRIGGER steps_stay BEFORE DELETE ON steps
    BEGIN SELECT RAISE(ABORT, 'a step is never forgotten'); END;
CREATE TRIGGER steps_stay_as_they_are BEFORE UPDATE ON steps
    BEGIN SELECT RAISE(ABORT, 'a step is never changed'); END;

CREATE TABLE names (
    key INTEGER PRIMARY KEY,
    account INTEGER NOT NULL REFERENCES accounts (key),
    lower_name TEXT NOT NULL,
    name TEXT NOT NULL,
    submission INTEGER NOT NULL REFERENCES submissions (key),
    UNIQUE (account, lower_name)
) STRICT;
CREATE TRIGGER names_stay BEFORE DELETE ON names
    BEGIN SELECT RAISE(ABORT, 'a name is never free again'); END;
CREATE TRIGGER names_stay_as_they_are BEFORE UPDATE ON names
    BEGIN SELECT RAISE(ABORT, 'a name stays whose it is'); END;
";

const VERSION_2: &str = "
CREATE TABLE seen_files (
    key INTEGER PRIMARY KEY,
    account INTEGER NOT NULL REFERENCES accounts (key),
    lower_name TEXT NOT NULL,
    name TEXT NOT NULL,
    size_bytes INTEGER CHECK (size_bytes >= 0),
    modified TEXT,
    first_seen TEXT NOT NULL,
    accepted TEXT,
    UNIQUE (account, lower_name)
) STRICT;
CREATE INDEX seen_files_by_time ON seen_files (account, COALESCE(modified, first_seen));
CREATE TRIGGER seen_files_stay BEFORE DELETE ON seen_files
    BEGIN SELECT RAISE(ABORT, 'a name that was seen is never free again'); END;

CREATE TABLE prints (
    print BLOB NOT NULL CHECK (length(print) = 16),
    submission INTEGER NOT NULL REFERENCES submissions (key),
    PRIMARY KEY (print, submission)
) STRICT, WITHOUT ROWID;

CREATE TABLE refusals (
    key INTEGER PRIMARY KEY,
    account INTEGER NOT NULL UNIQUE REFERENCES accounts (key),
    since TEXT NOT NULL
) STRICT;
";

/// Nothing is made of `sending_facility`: it tells of MSH-4 alone, and an account that was half taught would ask about every RXA-11.
const VERSION_3: &str = "
CREATE TABLE facilities (
    submission INTEGER NOT NULL REFERENCES submissions (key),
    name TEXT NOT NULL COLLATE NOCASE,
    PRIMARY KEY (submission, name)
) STRICT, WITHOUT ROWID;
";

/// What was put right on the copy that is sent, by the names of the repairs.
const VERSION_4: &str = "
CREATE TABLE repairs (
    submission INTEGER NOT NULL REFERENCES submissions (key),
    repair TEXT NOT NULL,
    times INTEGER NOT NULL CHECK (times > 0),
    PRIMARY KEY (submission, repair)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER repairs_stay BEFORE DELETE ON repairs
    BEGIN SELECT RAISE(ABORT, 'a repair is never forgotten'); END;
CREATE TRIGGER repairs_stay_as_they_are BEFORE UPDATE ON repairs
    BEGIN SELECT RAISE(ABORT, 'a repair is never changed'); END;
";

/// Whether this is a ledger that this program can use, perhaps after [`migrate`].
pub(super) fn check_origin(connection: &Connection) -> Result<(), LedgerFailure> {
    let id: i64 = connection.pragma_query_value(None, "application_id", |row| row.get(0))?;
    if id != APPLICATION_ID {
        return Err(damaged("it is not a ledger"));
    }
    match version(connection)? {
        0 => Err(damaged("it has no version")),
        newer if newer > newest() => Err(LedgerFailure::FromNewerVersion(newer)),
        _ => Ok(()),
    }
}

/// Whether tables, indexes and triggers are those of the newest version, word for word, and a row of each table can be read.
pub(super) fn check_tables(connection: &Connection) -> Result<(), LedgerFailure> {
    let mut new = Connection::open_in_memory()?;
    migrate(&mut new)?;
    let found = parts(connection)?;
    for (name, part) in parts(&new)? {
        if found.get(&name) != Some(&part) {
            return Err(LedgerFailure::Damaged(format!("{name} is not as it was made")));
        }
        if part.kind == "table" {
            let mut statement = connection.prepare(&format!("SELECT * FROM {name} LIMIT 1"))?;
            statement.query(())?.next()?;
        }
    }
    Ok(())
}

#[derive(PartialEq, Eq)]
struct Part {
    kind: String,
    sql: Option<String>,
}

fn parts(connection: &Connection) -> Result<HashMap<String, Part>, LedgerFailure> {
    let mut statement = connection.prepare("SELECT name, type, sql FROM sqlite_schema")?;
    let parts = statement.query_map((), |row| {
        let part = Part {
            kind: row.get(1)?,
            sql: row.get(2)?,
        };
        Ok((row.get(0)?, part))
    })?;
    Ok(parts.collect::<Result<_, _>>()?)
}

/// Reads every page, which takes seconds where there are 100,000 submissions.
pub(super) fn check_wholly(connection: &Connection) -> Result<(), LedgerFailure> {
    let found: String = connection.query_row("PRAGMA integrity_check(1)", (), |row| row.get(0))?;
    // What it found can quote a value.
    if found == "ok" {
        Ok(())
    } else {
        Err(damaged("its pages do not fit together"))
    }
}

/// Runs what is missing, each in a transaction of its own. Another process may be doing the same.
pub(super) fn migrate(connection: &mut Connection) -> Result<(), LedgerFailure> {
    migrate_to(connection, newest())
}

pub(super) fn migrate_to(connection: &mut Connection, target: u32) -> Result<(), LedgerFailure> {
    for (number, migration) in (1..=target).zip(MIGRATIONS) {
        if version(connection)? < number {
            let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            run(&transaction, number, migration)?;
            transaction.commit()?;
        }
    }
    Ok(())
}

fn run(transaction: &Transaction<'_>, number: u32, migration: &str) -> Result<(), LedgerFailure> {
    if version(transaction)? >= number {
        return Ok(());
    }
    transaction.execute_batch(migration)?;
    Ok(transaction.pragma_update(None, "user_version", number)?)
}

fn version(connection: &Connection) -> Result<u32, LedgerFailure> {
    let version: i64 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    u32::try_from(version)
        .ok()
        .ok_or_else(|| damaged("its version is no number"))
}

pub(super) fn newest() -> u32 {
    u32::try_from(MIGRATIONS.len()).unwrap_or(u32::MAX)
}
