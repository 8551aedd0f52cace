//! The ledger in an SQLite file that window, background and command line may have open at once.

mod alone;
mod book;
mod column;
mod facilities;
mod failure;
mod opening;
mod prints;
mod record;
mod saved;
mod schema;
mod seen;
#[cfg(test)]
mod tests;
mod unread;

use std::{
    fs::File,
    path::{Path, PathBuf},
    sync::{Mutex, MutexGuard, PoisonError},
};

use chrono::{DateTime, NaiveDate, Utc};
use rusqlite::{Connection, Transaction, TransactionBehavior};

use crate::{
    domain::{
        account::AccountId,
        failure::{LedgerFailure, SetAside},
        fingerprint::VaccinationPrint,
        proof::{Course, Moments},
        remote::{FoldersSeen, SeenFile},
        submission::{ContentHash, NewSubmission, Record, State, Step, SubmissionId},
    },
    ports::ledger::{Claim, Ledger},
};

pub use self::alone::LedgerAlone;
pub(super) use self::{
    alone::is_part_of_a_ledger,
    opening::{FILE, LOCK_FILE},
};

/// What stood in the data folder when the ledger was opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// A ledger, which is used.
    AsItWas,
    /// None. A new one begins.
    New,
    /// One that cannot be used. It was renamed and a new one begins.
    SetAside(SetAside),
}

/// An open ledger, and what was found.
#[derive(Debug)]
pub struct Opened {
    /// Ready for use.
    pub ledger: SqliteLedger,
    /// What stood there before.
    pub found: Found,
    /// Those that were set aside, now or before, and that nobody has acknowledged. The oldest first.
    pub unread: Vec<SetAside>,
}

/// The ledger, in a file or in memory.
#[derive(Debug)]
pub struct SqliteLedger {
    connection: Mutex<Connection>,
    in_use: Option<InUse>,
}

/// What a ledger in a file has beside its connection.
#[derive(Debug)]
struct InUse {
    _lock: File,
    data: PathBuf,
}

impl SqliteLedger {
    /// Opens `ledger.db` in this folder, which has to be there; makes it where it is missing, brings one of an older version
    /// to this one's, and sets aside one that cannot be used. `now` becomes part of the name of what is set aside.
    ///
    /// A ledger that cannot be used but is open in another process stays where it is: that is `Damaged` or `FromNewerVersion`.
    pub fn open(data: &Path, now: DateTime<Utc>) -> Result<Opened, LedgerFailure> {
        opening::open(data, now, opening::PATIENCE)
    }

    /// A ledger that is gone when it is dropped, for the Demo and for tests.
    pub fn in_memory() -> Result<Self, LedgerFailure> {
        let mut connection = Connection::open_in_memory()?;
        opening::set_up(&connection, opening::PATIENCE)?;
        schema::migrate(&mut connection)?;
        Ok(Self::of(connection, None))
    }

    fn of(connection: Connection, in_use: Option<InUse>) -> Self {
        Self {
            connection: Mutex::new(connection),
            in_use,
        }
    }

    /// A thread that panicked in the middle left no half transaction: it was rolled back when it was dropped.
    fn connection(&self) -> MutexGuard<'_, Connection> {
        self.connection.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn read<T>(&self, work: impl FnOnce(&Transaction<'_>) -> Result<T, LedgerFailure>) -> Result<T, LedgerFailure> {
        self.transact(TransactionBehavior::Deferred, work)
    }

    fn write<T>(&self, work: impl FnOnce(&Transaction<'_>) -> Result<T, LedgerFailure>) -> Result<T, LedgerFailure> {
        self.transact(TransactionBehavior::Immediate, work)
    }

    fn transact<T>(
        &self,
        behavior: TransactionBehavior,
        work: impl FnOnce(&Transaction<'_>) -> Result<T, LedgerFailure>,
    ) -> Result<T, LedgerFailure> {
        let done = transact(&mut self.connection(), behavior, work);
        if let (Err(LedgerFailure::Damaged(_)), Some(in_use)) = (&done, &self.in_use) {
            opening::note_doubt(&in_use.data);
        }
        done
    }
}

fn transact<T>(
    connection: &mut Connection,
    behavior: TransactionBehavior,
    work: impl FnOnce(&Transaction<'_>) -> Result<T, LedgerFailure>,
) -> Result<T, LedgerFailure> {
    let transaction = connection.transaction_with_behavior(behavior)?;
    let done = work(&transaction)?;
    transaction.commit()?;
    Ok(done)
}

impl Ledger for SqliteLedger {
    fn acknowledge(&self, set_aside: &str) -> Result<(), LedgerFailure> {
        let Some(in_use) = &self.in_use else {
            return Ok(());
        };
        unread::acknowledge(&in_use.data, set_aside).map_err(|error| opening::refused(&error))
    }

    fn enter(&self, new: &NewSubmission) -> Result<(), LedgerFailure> {
        self.write(|transaction| book::enter(transaction, new))
    }

    fn advance(&self, id: SubmissionId, step: &Step) -> Result<(), LedgerFailure> {
        self.write(|transaction| book::advance(transaction, id, step))
    }

    fn note_answer(&self, id: SubmissionId, step: &Step) -> Result<(), LedgerFailure> {
        self.write(|transaction| book::note_answer(transaction, id, step))
    }

    fn claim(&self, id: SubmissionId, name: &str, step: &Step) -> Result<Claim, LedgerFailure> {
        self.write(|transaction| book::claim(transaction, id, name, step))
    }

    fn is_name_used(&self, account: &AccountId, name: &str) -> Result<bool, LedgerFailure> {
        self.read(|transaction| seen::is_name_used(transaction, account, name))
    }

    fn record(&self, id: SubmissionId) -> Result<Option<Record>, LedgerFailure> {
        self.read(|transaction| record::one(transaction, id))
    }

    fn steps(&self, id: SubmissionId) -> Result<Vec<Step>, LedgerFailure> {
        self.read(|transaction| record::steps(transaction, id))
    }

    fn outbox(&self, account: &AccountId) -> Result<Vec<Record>, LedgerFailure> {
        self.read(|transaction| record::in_states(transaction, account, State::is_undelivered))
    }

    fn outbox_of_all(&self) -> Result<Vec<Record>, LedgerFailure> {
        self.read(record::undelivered_of_all)
    }

    fn since(&self, account: &AccountId, then: DateTime<Utc>) -> Result<Vec<Record>, LedgerFailure> {
        self.read(|transaction| record::since(transaction, account, then))
    }

    fn on_the_road(&self, account: &AccountId) -> Result<Vec<Record>, LedgerFailure> {
        self.read(|transaction| record::in_states(transaction, account, is_on_the_road))
    }

    fn history(&self, account: &AccountId, leave_out: u32, at_most: u32) -> Result<Vec<Record>, LedgerFailure> {
        self.read(|transaction| record::history(transaction, account, leave_out, at_most))
    }

    fn with_content(&self, account: &AccountId, sha256: ContentHash) -> Result<Vec<Record>, LedgerFailure> {
        self.read(|transaction| record::with_content(transaction, account, sha256))
    }

    fn courses(&self, account: &AccountId, moments: &Moments) -> Result<Vec<Course>, LedgerFailure> {
        self.read(|transaction| record::courses(transaction, account, moments))
    }

    fn unexplained(&self, account: &AccountId) -> Result<Vec<(SeenFile, Option<SubmissionId>)>, LedgerFailure> {
        self.read(|transaction| seen::unexplained(transaction, account))
    }

    fn copy_removed(&self, id: SubmissionId, at: DateTime<Utc>) -> Result<(), LedgerFailure> {
        self.write(|transaction| book::copy_removed(transaction, id, at))
    }

    fn copy_sealed(&self, id: SubmissionId, sealed_name: &[u8]) -> Result<(), LedgerFailure> {
        self.write(|transaction| book::copy_sealed(transaction, id, sealed_name))
    }

    fn copies_older_than(&self, then: DateTime<Utc>) -> Result<Vec<SubmissionId>, LedgerFailure> {
        self.read(|transaction| record::copies_older_than(transaction, then))
    }

    /// A look that brought nothing new writes nothing.
    fn note_seen(&self, seen: &FoldersSeen) -> Result<(), LedgerFailure> {
        if self.read(|transaction| seen::is_all_known(transaction, seen))? {
            return Ok(());
        }
        self.write(|transaction| seen::note(transaction, seen))
    }

    fn seen_files(&self, account: &AccountId, at_most: u32) -> Result<Vec<SeenFile>, LedgerFailure> {
        self.read(|transaction| seen::newest(transaction, account, at_most))
    }

    fn keep_prints(&self, id: SubmissionId, prints: &[VaccinationPrint]) -> Result<(), LedgerFailure> {
        self.write(|transaction| prints::keep(transaction, id, prints))
    }

    fn known_prints(
        &self,
        account: &AccountId,
        prints: &[VaccinationPrint],
    ) -> Result<Vec<(VaccinationPrint, SubmissionId)>, LedgerFailure> {
        self.read(|transaction| prints::known(transaction, account, prints))
    }

    fn keep_facilities(&self, id: SubmissionId, names: &[String]) -> Result<(), LedgerFailure> {
        self.write(|transaction| facilities::keep(transaction, id, names))
    }

    fn known_facilities(&self, account: &AccountId) -> Result<Vec<String>, LedgerFailure> {
        self.read(|transaction| facilities::known(transaction, account))
    }

    fn last_vaccination(&self, account: &AccountId) -> Result<Option<NaiveDate>, LedgerFailure> {
        self.read(|transaction| record::last_vaccination(transaction, account))
    }

    fn note_refusal(&self, account: &AccountId, at: DateTime<Utc>) -> Result<(), LedgerFailure> {
        self.write(|transaction| book::note_refusal(transaction, account, at))
    }

    fn allow_login(&self, account: &AccountId) -> Result<(), LedgerFailure> {
        self.write(|transaction| book::allow_login(transaction, account))
    }

    fn refused_since(&self, account: &AccountId) -> Result<Option<DateTime<Utc>>, LedgerFailure> {
        self.read(|transaction| record::refused_since(transaction, account))
    }

    fn accounts(&self) -> Result<Vec<AccountId>, LedgerFailure> {
        self.read(record::accounts)
    }

    fn changes(&self) -> Result<u64, LedgerFailure> {
        let version: i64 = self
            .connection()
            .pragma_query_value(None, "data_version", |row| row.get(0))?;
        Ok(u64::from_ne_bytes(version.to_ne_bytes()))
    }
}

const fn is_on_the_road(state: State) -> bool {
    matches!(state, State::Delivered | State::AtRegistry | State::PickedUp)
}
