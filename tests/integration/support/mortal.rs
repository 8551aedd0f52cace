//! A process that can be killed at any ledger write or word to the registry, and a disk that can be full for a while.

use std::{
    ops::Range,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use chrono::{DateTime, NaiveDate, Utc};
use dropoff::{
    domain::{
        account::AccountId,
        failure::LedgerFailure,
        fingerprint::VaccinationPrint,
        proof::{Course, Moments},
        remote::{FoldersSeen, SeenFile},
        submission::{ContentHash, NewSubmission, Record, Step, SubmissionId},
    },
    ports::{Claim, Ledger},
};

/// When the process is killed. Writes and words are counted from the beginning of the schedule, over all its lives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kill {
    BeforeWrite(usize),
    AfterWrite(usize),
    /// The registry never hears the word.
    BeforeWord(usize),
    /// The registry hears it; nobody hears the answer.
    AfterWord(usize),
}

#[derive(Default)]
struct Fate {
    is_dead: bool,
    deaths: usize,
    writes: usize,
    words: usize,
    kills: Vec<Kill>,
    full: Vec<Range<usize>>,
}

impl Fate {
    fn meet(&mut self, kill: Kill) -> bool {
        if self.kills.contains(&kill) {
            self.die();
        }
        self.is_dead
    }

    fn die(&mut self) {
        if !self.is_dead {
            self.is_dead = true;
            self.deaths += 1;
        }
    }
}

/// The life of one process. Once it is dead nothing that it does has an effect, until it is started again.
#[derive(Clone, Default)]
pub(crate) struct Life(Arc<Mutex<Fate>>);

impl Life {
    fn fate(&self) -> MutexGuard<'_, Fate> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn plan(&self, kills: &[Kill], full: &[Range<usize>]) {
        let mut fate = self.fate();
        fate.kills = kills.to_vec();
        fate.full = full.to_vec();
    }

    pub(crate) fn is_dead(&self) -> bool {
        self.fate().is_dead
    }

    pub(crate) fn die(&self) {
        self.fate().die();
    }

    pub(crate) fn begin_again(&self) {
        self.fate().is_dead = false;
    }

    /// How often it died, how much it wrote and how much it said.
    pub(crate) fn counts(&self) -> (usize, usize, usize) {
        let fate = self.fate();
        (fate.deaths, fate.writes, fate.words)
    }

    /// Something is written: not at all, or also when nobody learns of it.
    pub(crate) fn write<T, E>(
        &self,
        dead: impl Fn() -> E,
        full: impl Fn() -> E,
        work: impl FnOnce() -> Result<T, E>,
    ) -> Result<T, E> {
        let write = {
            let mut fate = self.fate();
            if fate.is_dead {
                return Err(dead());
            }
            let write = fate.writes;
            fate.writes += 1;
            if fate.full.iter().any(|range| range.contains(&write)) {
                return Err(full());
            }
            if fate.meet(Kill::BeforeWrite(write)) {
                return Err(dead());
            }
            write
        };
        let done = work();
        if self.fate().meet(Kill::AfterWrite(write)) {
            return Err(dead());
        }
        done
    }

    /// A word to the registry begins; `None` when it is not heard any more.
    pub(crate) fn begin_word(&self) -> Option<usize> {
        let mut fate = self.fate();
        if fate.is_dead {
            return None;
        }
        let word = fate.words;
        fate.words += 1;
        (!fate.meet(Kill::BeforeWord(word))).then_some(word)
    }

    /// The registry has done what it was asked. Whether its answer is heard.
    pub(crate) fn end_word(&self, word: usize) -> bool {
        !self.fate().meet(Kill::AfterWord(word))
    }
}

/// The real ledger of a process that can die.
#[derive(Clone)]
pub(crate) struct MortalLedger<L> {
    pub(crate) life: Life,
    pub(crate) ledger: Arc<L>,
}

fn dead() -> LedgerFailure {
    LedgerFailure::Other("killed".to_owned())
}

impl<L: Ledger> MortalLedger<L> {
    fn write<T>(&self, work: impl FnOnce(&L) -> Result<T, LedgerFailure>) -> Result<T, LedgerFailure> {
        self.life.write(dead, || LedgerFailure::DiskFull, || work(&self.ledger))
    }

    fn read<T>(&self, work: impl FnOnce(&L) -> Result<T, LedgerFailure>) -> Result<T, LedgerFailure> {
        if self.life.is_dead() {
            return Err(dead());
        }
        work(&self.ledger)
    }
}

impl<L: Ledger> Ledger for MortalLedger<L> {
    fn enter(&self, new: &NewSubmission) -> Result<(), LedgerFailure> {
        self.write(|ledger| ledger.enter(new))
    }

    fn advance(&self, id: SubmissionId, step: &Step) -> Result<(), LedgerFailure> {
        self.write(|ledger| ledger.advance(id, step))
    }

    fn note_answer(&self, id: SubmissionId, step: &Step) -> Result<(), LedgerFailure> {
        self.write(|ledger| ledger.note_answer(id, step))
    }

    fn claim(&self, id: SubmissionId, name: &str, step: &Step) -> Result<Claim, LedgerFailure> {
        self.write(|ledger| ledger.claim(id, name, step))
    }

    fn is_name_used(&self, account: &AccountId, name: &str) -> Result<bool, LedgerFailure> {
        self.read(|ledger| ledger.is_name_used(account, name))
    }

    fn last_vaccination(&self, account: &AccountId) -> Result<Option<NaiveDate>, LedgerFailure> {
        self.read(|ledger| ledger.last_vaccination(account))
    }

    fn record(&self, id: SubmissionId) -> Result<Option<Record>, LedgerFailure> {
        self.read(|ledger| ledger.record(id))
    }

    fn steps(&self, id: SubmissionId) -> Result<Vec<Step>, LedgerFailure> {
        self.read(|ledger| ledger.steps(id))
    }

    fn outbox(&self, account: &AccountId) -> Result<Vec<Record>, LedgerFailure> {
        self.read(|ledger| ledger.outbox(account))
    }

    fn outbox_of_all(&self) -> Result<Vec<Record>, LedgerFailure> {
        self.read(Ledger::outbox_of_all)
    }

    fn since(&self, account: &AccountId, then: DateTime<Utc>) -> Result<Vec<Record>, LedgerFailure> {
        self.read(|ledger| ledger.since(account, then))
    }

    fn on_the_road(&self, account: &AccountId) -> Result<Vec<Record>, LedgerFailure> {
        self.read(|ledger| ledger.on_the_road(account))
    }

    fn history(&self, account: &AccountId, leave_out: u32, at_most: u32) -> Result<Vec<Record>, LedgerFailure> {
        self.read(|ledger| ledger.history(account, leave_out, at_most))
    }

    fn with_content(&self, account: &AccountId, sha256: ContentHash) -> Result<Vec<Record>, LedgerFailure> {
        self.read(|ledger| ledger.with_content(account, sha256))
    }

    fn courses(&self, account: &AccountId, moments: &Moments) -> Result<Vec<Course>, LedgerFailure> {
        self.read(|ledger| ledger.courses(account, moments))
    }

    fn unexplained(&self, account: &AccountId) -> Result<Vec<(SeenFile, Option<SubmissionId>)>, LedgerFailure> {
        self.read(|ledger| ledger.unexplained(account))
    }

    fn copy_removed(&self, id: SubmissionId, at: DateTime<Utc>) -> Result<(), LedgerFailure> {
        self.write(|ledger| ledger.copy_removed(id, at))
    }

    fn copy_sealed(&self, id: SubmissionId, sealed_name: &[u8]) -> Result<(), LedgerFailure> {
        self.write(|ledger| ledger.copy_sealed(id, sealed_name))
    }

    fn copies_older_than(&self, then: DateTime<Utc>) -> Result<Vec<SubmissionId>, LedgerFailure> {
        self.read(|ledger| ledger.copies_older_than(then))
    }

    fn note_seen(&self, seen: &FoldersSeen) -> Result<(), LedgerFailure> {
        self.write(|ledger| ledger.note_seen(seen))
    }

    fn seen_files(&self, account: &AccountId, at_most: u32) -> Result<Vec<SeenFile>, LedgerFailure> {
        self.read(|ledger| ledger.seen_files(account, at_most))
    }

    fn keep_prints(&self, id: SubmissionId, prints: &[VaccinationPrint]) -> Result<(), LedgerFailure> {
        self.write(|ledger| ledger.keep_prints(id, prints))
    }

    fn known_prints(
        &self,
        account: &AccountId,
        prints: &[VaccinationPrint],
    ) -> Result<Vec<(VaccinationPrint, SubmissionId)>, LedgerFailure> {
        self.read(|ledger| ledger.known_prints(account, prints))
    }

    fn keep_facilities(&self, id: SubmissionId, names: &[String]) -> Result<(), LedgerFailure> {
        self.write(|ledger| ledger.keep_facilities(id, names))
    }

    fn known_facilities(&self, account: &AccountId) -> Result<Vec<String>, LedgerFailure> {
        self.read(|ledger| ledger.known_facilities(account))
    }

    fn note_refusal(&self, account: &AccountId, at: DateTime<Utc>) -> Result<(), LedgerFailure> {
        self.write(|ledger| ledger.note_refusal(account, at))
    }

    fn allow_login(&self, account: &AccountId) -> Result<(), LedgerFailure> {
        self.write(|ledger| ledger.allow_login(account))
    }

    fn refused_since(&self, account: &AccountId) -> Result<Option<DateTime<Utc>>, LedgerFailure> {
        self.read(|ledger| ledger.refused_since(account))
    }

    fn accounts(&self) -> Result<Vec<AccountId>, LedgerFailure> {
        self.read(Ledger::accounts)
    }

    fn acknowledge(&self, set_aside: &str) -> Result<(), LedgerFailure> {
        self.write(|ledger| ledger.acknowledge(set_aside))
    }

    fn changes(&self) -> Result<u64, LedgerFailure> {
        self.read(Ledger::changes)
    }
}
