//! A data folder's ledger for one process alone: it is looked at for the last time, and removed.

use std::{
    fs::File,
    io,
    path::{Path, PathBuf},
};

use chrono::NaiveDateTime;

use super::{SqliteLedger, opening, unread};
use crate::{
    adapters::whole_file,
    domain::{failure::LedgerFailure, retire::LastLook, submission::SubmissionId},
    ports::ledger::Ledger,
};

/// What SQLite or a note may keep beside a file, in the order in which it is removed: a rest without its file is no ledger.
const ENDINGS: [&str; 5] = ["", "-wal", "-shm", "-journal", unread::NOTE];

/// Nobody else has the ledger open, or opens it, until this is dropped. It is not open here either.
#[derive(Debug)]
pub struct LedgerAlone {
    data: PathBuf,
    _lock: File,
}

impl LedgerAlone {
    /// `None` while another process, or this one, has the ledger of this folder open.
    pub fn take(data: &Path) -> Result<Option<Self>, LedgerFailure> {
        let data = std::path::absolute(data).map_err(|error| opening::refused(&error))?;
        let lock = opening::lock_file(&data)?;
        Ok(opening::is_alone(&lock)?.then_some(Self { data, _lock: lock }))
    }

    /// Opens the ledger, asks, and closes it again, with everything in its one file. One that cannot be used stays as it is.
    /// `copies` are the sealed ones of this folder.
    pub fn last_look(&self, copies: &[SubmissionId]) -> Result<LastLook, LedgerFailure> {
        let path = self.data.join(opening::FILE);
        let set_aside = unread::all(&self.data).map_err(|error| opening::refused(&error))?;
        if !path.try_exists().map_err(|error| opening::refused(&error))? {
            return Ok(LastLook {
                unknown_copies: copies.len(),
                set_aside,
                ..LastLook::default()
            });
        }
        let connection = opening::connect(&path, &self.data, opening::PATIENCE)?;
        let ledger = SqliteLedger::of(connection, None);
        Ok(LastLook {
            undelivered: ledger.outbox_of_all()?,
            accounts: ledger.accounts()?,
            unknown_copies: unknown(&ledger, copies)?,
            set_aside,
        })
    }

    /// Removes the ledger, then those that were set aside.
    pub fn remove(&self) -> io::Result<()> {
        let own = ENDINGS.map(|ending| self.data.join(format!("{}{ending}", opening::FILE)));
        let own = own.iter().try_for_each(|path| whole_file::remove(path));
        own.and(whole_file::remove_each(&self.data, is_part_of_a_ledger))
    }
}

fn unknown(ledger: &SqliteLedger, copies: &[SubmissionId]) -> Result<usize, LedgerFailure> {
    let mut unknown = 0;
    for copy in copies {
        unknown += usize::from(ledger.record(*copy)?.is_none());
    }
    Ok(unknown)
}

/// Whether a file of this name in a data folder is a ledger, one that was set aside, or belongs to one.
pub(in crate::adapters) fn is_part_of_a_ledger(name: &str) -> bool {
    let name = ENDINGS
        .iter()
        .rev()
        .find_map(|ending| name.strip_suffix(ending))
        .unwrap_or(name);
    name == opening::FILE || name == opening::DOUBT_FILE || is_set_aside(name)
}

pub(super) fn is_set_aside(name: &str) -> bool {
    let middle = name
        .strip_prefix(opening::SET_ASIDE_BEGIN)
        .and_then(|rest| rest.strip_suffix(opening::SET_ASIDE_END));
    let is_time = |text: &str| NaiveDateTime::parse_from_str(text, opening::SET_ASIDE_TIME).is_ok();
    middle.is_some_and(|middle| {
        let numbered = middle.rsplit_once('-');
        is_time(middle) || numbered.is_some_and(|(time, number)| is_time(time) && number.parse::<u32>().is_ok())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ledger_is_known_by_its_name_and_nothing_else_is_taken_for_one() {
        for own in [
            "ledger.db",
            "ledger.db-wal",
            "ledger.db-shm",
            "ledger.db-journal",
            "ledger.doubt",
            "ledger-2026-11-20-151200.db.set-aside",
            "ledger-2026-11-20-151200.db.set-aside-wal",
            "ledger-2026-11-20-151200.db.set-aside-unread",
            "ledger-2026-11-20-151200-2.db.set-aside",
            "ledger-2026-11-20-151200-12.db.set-aside-shm",
        ] {
            assert!(is_part_of_a_ledger(own), "{own}");
        }
        for stranger in [
            "ledger.lock",
            "ledger.db.bak",
            "ledger.xlsx",
            "my ledger.db",
            "ledger-2026.db.set-aside",
            "ledger-2026-11-20-151200-copy.db.set-aside",
            "ledger-of-the-clinic.db.set-aside",
            "profile.toml",
        ] {
            assert!(!is_part_of_a_ledger(stranger), "{stranger}");
        }
    }
}
