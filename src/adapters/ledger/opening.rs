//! Finding, making, checking and setting aside the file.

use std::{
    fs::{self, File, TryLockError},
    io,
    path::Path,
    thread,
    time::{Duration, Instant},
};

use chrono::{DateTime, Utc};
use rusqlite::{Connection, OpenFlags, TransactionBehavior, config::DbConfig};

use super::{Found, InUse, Opened, SqliteLedger, failure::damaged, record, schema, unread};
use crate::{
    adapters::{os_error, whole_file},
    domain::failure::{LedgerFailure, SetAside},
};

pub(in crate::adapters) const FILE: &str = "ledger.db";

/// Whoever has the ledger open shares the lock of this file; whoever sets a ledger aside has it alone. So nobody's ledger is
/// renamed while they write into it.
pub(in crate::adapters) const LOCK_FILE: &str = "ledger.lock";

/// Stands in the folder from the moment damage is met until the whole ledger was looked at.
pub(super) const DOUBT_FILE: &str = "ledger.doubt";

/// How long a process waits for another one's writing.
pub(super) const PATIENCE: Duration = Duration::from_secs(5);
/// How long it waits until nobody else has a ledger open that cannot be used.
const SET_ASIDE_PATIENCE: Duration = Duration::from_secs(1);
const PAUSE: Duration = Duration::from_millis(10);

/// What SQLite keeps beside the file.
const BESIDE: [&str; 3] = ["", "-wal", "-shm"];

/// How a ledger is called that was set aside: between these stands when, and a number where there are several.
pub(super) const SET_ASIDE_BEGIN: &str = "ledger-";
/// As the time is written there.
pub(super) const SET_ASIDE_TIME: &str = "%Y-%m-%d-%H%M%S";
pub(super) const SET_ASIDE_END: &str = ".db.set-aside";

pub(super) fn open(data: &Path, now: DateTime<Utc>, patience: Duration) -> Result<Opened, LedgerFailure> {
    // A folder that begins with `file:` would be read as an address otherwise.
    let data = std::path::absolute(data).map_err(|error| refused(&error))?;
    let lock = lock_file(&data)?;
    let began = Instant::now();
    let deadline = began + patience;
    let set_aside_deadline = began + patience.min(SET_ASIDE_PATIENCE);
    loop {
        share(&lock, deadline)?;
        let why = match use_or_begin(&data, patience) {
            Ok((connection, found)) => return opened(&data, connection, lock, found),
            Err(why) if is_unusable(&why) => why,
            Err(failure) => return Err(failure),
        };
        lock.unlock().map_err(|error| refused(&error))?;
        if is_alone(&lock)? {
            let found = set_aside_unless_usable(&data, now, patience);
            lock.unlock().map_err(|error| refused(&error))?;
            share(&lock, deadline)?;
            let found = found?;
            let (connection, after) = use_or_begin(&data, patience)?;
            return opened(&data, connection, lock, found.unwrap_or(after));
        }
        if Instant::now() > set_aside_deadline {
            return Err(why);
        }
        thread::sleep(PAUSE);
    }
}

pub(super) fn lock_file(data: &Path) -> Result<File, LedgerFailure> {
    let mut options = File::options();
    options.read(true).write(true).create(true).truncate(false);
    options.open(data.join(LOCK_FILE)).map_err(|error| refused(&error))
}

fn opened(data: &Path, connection: Connection, lock: File, found: Found) -> Result<Opened, LedgerFailure> {
    let in_use = InUse {
        _lock: lock,
        data: data.to_owned(),
    };
    Ok(Opened {
        ledger: SqliteLedger::of(connection, Some(in_use)),
        found,
        unread: unread::all(data).map_err(|error| refused(&error))?,
    })
}

const fn is_unusable(failure: &LedgerFailure) -> bool {
    matches!(failure, LedgerFailure::Damaged(_) | LedgerFailure::FromNewerVersion(_))
}

/// The ledger that is there, or a new one.
fn use_or_begin(data: &Path, patience: Duration) -> Result<(Connection, Found), LedgerFailure> {
    let path = data.join(FILE);
    let there = path.try_exists().map_err(|error| refused(&error))?;
    if there {
        return Ok((connect(&path, data, patience)?, Found::AsItWas));
    }
    // What a ledger that is gone left behind would be taken for a part of the new one.
    if is_any_there(data, FILE) {
        return Err(damaged("the ledger is gone and a part of it is left"));
    }
    let found = if begin(data, &path)? {
        Found::New
    } else {
        Found::AsItWas
    };
    Ok((connect(&path, data, patience)?, found))
}

/// Changes nothing of a file before it is known for a ledger of this or an older version.
pub(super) fn connect(path: &Path, data: &Path, patience: Duration) -> Result<Connection, LedgerFailure> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let mut connection = Connection::open_with_flags(path, flags)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
    set_up(&connection, patience)?;
    schema::check_origin(&connection)?;
    if connection.is_readonly("main")? {
        return Err(LedgerFailure::Other("the file may not be written".to_owned()));
    }
    check_length(&connection, data)?;
    write_ahead(&connection)?;
    schema::migrate(&mut connection)?;
    schema::check_tables(&connection)?;
    check_wholly_if_doubtful(&mut connection, &data.join(DOUBT_FILE))?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, false)?;
    Ok(connection)
}

/// SQLite itself notices that whole pages are missing, but not that the last one was cut. While a log has something in it, the
/// last pages may stand only there.
fn check_length(connection: &Connection, data: &Path) -> Result<(), LedgerFailure> {
    let pages: u64 = connection.pragma_query_value(None, "page_count", |row| row.get(0).map(i64::unsigned_abs))?;
    let page_bytes: u64 = connection.pragma_query_value(None, "page_size", |row| row.get(0).map(i64::unsigned_abs))?;
    let length = |name: &str| fs::metadata(data.join(name)).map_or(0, |there| there.len());
    if length(&format!("{FILE}-wal")) == 0 && length(FILE) < pages.saturating_mul(page_bytes) {
        return Err(damaged("it was cut"));
    }
    Ok(())
}

fn check_wholly_if_doubtful(connection: &mut Connection, doubt: &Path) -> Result<(), LedgerFailure> {
    if !doubt.try_exists().map_err(|error| refused(&error))? {
        return Ok(());
    }
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Deferred)?;
    schema::check_wholly(&transaction)?;
    record::check_all(&transaction)?;
    transaction.commit()?;
    forget_doubt(doubt)
}

fn forget_doubt(doubt: &Path) -> Result<(), LedgerFailure> {
    match fs::remove_file(doubt) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(refused(&error)),
        Err(_) | Ok(()) => Ok(()),
    }
}

/// The next opening is to look at the whole ledger, which costs too much to do it each time.
pub(super) fn note_doubt(data: &Path) {
    if let Err(error) = File::create(data.join(DOUBT_FILE)) {
        tracing::warn!("the ledger's damage could not be noted: {}", os_error::line(&error));
    }
}

/// What holds for each connection.
pub(super) fn set_up(connection: &Connection, patience: Duration) -> Result<(), LedgerFailure> {
    connection.busy_timeout(patience)?;
    connection.set_prepared_statement_cache_capacity(64);
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false)?;
    connection.pragma_update(None, "foreign_keys", "ON")?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "cell_size_check", "ON")?;
    Ok(())
}

/// The answer is the mode: a disk that cannot do this keeps the older way, which is as safe.
fn write_ahead(connection: &Connection) -> Result<(), LedgerFailure> {
    Ok(connection.pragma_update_and_check(None, "journal_mode", "WAL", |_| Ok(()))?)
}

/// Makes a whole ledger beside its place and moves it there, so that a ledger without tables is never seen. Returns whether it
/// was this process that made it.
fn begin(data: &Path, path: &Path) -> Result<bool, LedgerFailure> {
    // The owner only may read it, and what SQLite puts beside it gets the same permissions.
    let beside = tempfile::Builder::new()
        .prefix(whole_file::PREFIX)
        .suffix(whole_file::SUFFIX)
        .tempfile_in(data)
        .map_err(|error| refused(&error))?
        .into_temp_path();
    let mut connection = Connection::open_with_flags(&beside, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    set_up(&connection, PATIENCE)?;
    write_ahead(&connection)?;
    schema::migrate(&mut connection)?;
    connection.close().map_err(|(_, error)| error)?;
    match beside.persist_noclobber(path) {
        Ok(()) => whole_file::sync_folder(data)
            .map(|()| true)
            .map_err(|error| refused(&error)),
        Err(lost) if lost.error.kind() == io::ErrorKind::AlreadyExists => Ok(false),
        Err(lost) => Err(refused(&lost.error)),
    }
}

/// While nobody else has it open. `None` where another process set it aside before.
fn set_aside_unless_usable(
    data: &Path,
    now: DateTime<Utc>,
    patience: Duration,
) -> Result<Option<Found>, LedgerFailure> {
    match use_or_begin(data, patience) {
        Ok(_) => Ok(None),
        Err(why) if is_unusable(&why) => {
            let set_aside = set_aside(data, now, why).map_err(|error| refused(&error))?;
            forget_doubt(&data.join(DOUBT_FILE))?;
            // Whoever looks next finds a ledger, and the note of the old one.
            drop(use_or_begin(data, patience)?);
            Ok(Some(Found::SetAside(set_aside)))
        }
        Err(failure) => Err(failure),
    }
}

/// Renames the file and what belongs to it, so that they still belong together.
fn set_aside(data: &Path, now: DateTime<Utc>, why: LedgerFailure) -> io::Result<SetAside> {
    let name = free_name(data, now);
    let set_aside = SetAside {
        why,
        file: name.clone(),
    };
    unread::write(data, &set_aside)?;
    for beside in BESIDE {
        let from = data.join(format!("{FILE}{beside}"));
        match fs::rename(from, data.join(format!("{name}{beside}"))) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            done => done?,
        }
    }
    whole_file::sync_folder(data)?;
    Ok(set_aside)
}

fn free_name(data: &Path, now: DateTime<Utc>) -> String {
    let day_and_time = now.format(SET_ASIDE_TIME);
    let mut name = format!("{SET_ASIDE_BEGIN}{day_and_time}{SET_ASIDE_END}");
    let mut number = 2;
    while is_any_there(data, &name) {
        name = format!("{SET_ASIDE_BEGIN}{day_and_time}-{number}{SET_ASIDE_END}");
        number += 1;
    }
    name
}

pub(super) fn is_any_there(data: &Path, name: &str) -> bool {
    BESIDE
        .iter()
        .any(|beside| data.join(format!("{name}{beside}")).symlink_metadata().is_ok())
}

/// Waits while another process sets a ledger aside.
fn share(lock: &File, deadline: Instant) -> Result<(), LedgerFailure> {
    loop {
        match lock.try_lock_shared() {
            Ok(()) => return Ok(()),
            Err(TryLockError::Error(error)) => return Err(refused(&error)),
            Err(TryLockError::WouldBlock) if Instant::now() > deadline => return Err(LedgerFailure::Busy),
            Err(TryLockError::WouldBlock) => thread::sleep(PAUSE),
        }
    }
}

pub(super) fn is_alone(lock: &File) -> Result<bool, LedgerFailure> {
    match lock.try_lock() {
        Ok(()) => Ok(true),
        Err(TryLockError::WouldBlock) => Ok(false),
        Err(TryLockError::Error(error)) => Err(refused(&error)),
    }
}

pub(super) fn refused(error: &io::Error) -> LedgerFailure {
    if matches!(error.kind(), io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded) {
        LedgerFailure::DiskFull
    } else {
        LedgerFailure::Other(os_error::line(error))
    }
}
