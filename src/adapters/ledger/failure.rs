//! What the database said, sorted by what can be done about it, without a path or a value.

use rusqlite::{ErrorCode, ffi};

use crate::domain::failure::LedgerFailure;

impl From<rusqlite::Error> for LedgerFailure {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error() {
            Some(said) => of_the_database(*said),
            None => of_a_value(&error),
        }
    }
}

fn of_the_database(said: ffi::Error) -> LedgerFailure {
    // The database's own long text can hold a path or a value; this one is a fixed text for each code.
    let line = ffi::code_to_str(said.extended_code).to_owned();
    // A file of shared memory that cannot grow is the one sign of a full disk that has a code of its own.
    let is_full = said.code == ErrorCode::DiskFull || said.extended_code == ffi::SQLITE_IOERR_SHMSIZE;
    if is_full {
        LedgerFailure::DiskFull
    } else if matches!(said.code, ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) {
        LedgerFailure::Busy
    } else if matches!(said.code, ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) {
        LedgerFailure::Damaged(line)
    } else {
        LedgerFailure::Other(line)
    }
}

/// A value of the wrong kind in a column was written by nobody's program.
fn of_a_value(error: &rusqlite::Error) -> LedgerFailure {
    if let rusqlite::Error::FromSqlConversionFailure(column, ..)
    | rusqlite::Error::IntegralValueOutOfRange(column, _)
    | rusqlite::Error::Utf8Error(column, _)
    | rusqlite::Error::InvalidColumnType(column, ..) = error
    {
        damaged(&format!("column {column} holds a value of another kind"))
    } else {
        LedgerFailure::Other("the database was asked in a way that it does not understand".to_owned())
    }
}

pub(super) fn damaged(reason: &str) -> LedgerFailure {
    LedgerFailure::Damaged(reason.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(code: std::ffi::c_int, is_expected: fn(&LedgerFailure) -> bool) {
        let long_text = Some("/home/jane.doe/ledger.db: Jane Doe".to_owned());
        let failure = LedgerFailure::from(rusqlite::Error::SqliteFailure(ffi::Error::new(code), long_text));
        assert!(is_expected(&failure), "{failure:?}");
        assert!(!failure.to_string().to_lowercase().contains("jane"), "{failure}");
    }

    #[test]
    fn what_the_database_says_is_sorted_and_names_no_path() {
        let is_busy: fn(&LedgerFailure) -> bool = |failure| *failure == LedgerFailure::Busy;
        let is_full: fn(&LedgerFailure) -> bool = |failure| *failure == LedgerFailure::DiskFull;
        let is_damaged: fn(&LedgerFailure) -> bool = |failure| matches!(failure, LedgerFailure::Damaged(_));
        let is_other: fn(&LedgerFailure) -> bool = |failure| matches!(failure, LedgerFailure::Other(_));
        for (code, is_expected) in [
            (ffi::SQLITE_BUSY, is_busy),
            (ffi::SQLITE_BUSY_SNAPSHOT, is_busy),
            (ffi::SQLITE_BUSY_RECOVERY, is_busy),
            (ffi::SQLITE_LOCKED, is_busy),
            (ffi::SQLITE_FULL, is_full),
            (ffi::SQLITE_IOERR_SHMSIZE, is_full),
            (ffi::SQLITE_CORRUPT, is_damaged),
            (ffi::SQLITE_CORRUPT_INDEX, is_damaged),
            (ffi::SQLITE_NOTADB, is_damaged),
            (ffi::SQLITE_IOERR_FSYNC, is_other),
            (ffi::SQLITE_READONLY, is_other),
            (ffi::SQLITE_CANTOPEN, is_other),
            (ffi::SQLITE_CONSTRAINT_CHECK, is_other),
        ] {
            check(code, is_expected);
        }
    }
}
