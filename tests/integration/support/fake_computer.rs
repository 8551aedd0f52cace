//! This computer in memory: files, vault, settings, turns, clock.

use std::{
    collections::HashMap,
    io::{self, Read},
    path::{Path, PathBuf},
    sync::{
        Arc, Condvar, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant, SystemTime},
};

use chrono::{DateTime, TimeDelta, Utc};
use dropoff::{
    domain::{
        account::AccountId,
        failure::{FileFailure, SettingsFailure, VaultFailure},
        secret::Secret,
        settings::Settings,
    },
    ports::{
        Clock, Dialogs, Entry, Files, FillCopy, Inside, Kept, OpenFile, SettingsStore, SignIn, Snapshot, Turn, Turns,
        Vault, Wake, file_failure,
    },
};

use crate::support::baton::Baton;

/// What is behind a path.
#[derive(Debug, Clone)]
pub(crate) enum Body {
    Bytes(Vec<u8>),
    /// So many bytes of HL7, made while they are read.
    Made(u64),
    /// Each snapshot shows it one byte longer.
    Growing(Vec<u8>),
    Folder(Inside),
    Unreadable(FileFailure),
    Panics,
}

/// The files of this computer.
#[derive(Debug, Clone, Default)]
pub(crate) struct FakeFiles {
    bodies: Arc<Mutex<HashMap<PathBuf, Body>>>,
    /// The most bytes that were asked for at once.
    pub(crate) longest_read: Arc<AtomicUsize>,
}

impl FakeFiles {
    pub(crate) fn set(&self, path: &str, body: Body) {
        self.bodies.lock().unwrap().insert(PathBuf::from(path), body);
    }

    pub(crate) fn remove(&self, path: &str) {
        self.bodies.lock().unwrap().remove(Path::new(path));
    }

    fn body(&self, path: &Path) -> Result<Body, FileFailure> {
        let body = self.bodies.lock().unwrap().get(path).cloned();
        assert!(!matches!(body, Some(Body::Panics)), "scripted");
        body.ok_or(FileFailure::NotFound)
    }
}

impl Files for FakeFiles {
    fn entry(&self, path: &Path) -> Result<Entry, FileFailure> {
        match self.body(path)? {
            Body::Folder(inside) => Ok(Entry::Folder(inside)),
            _ => Ok(Entry::File),
        }
    }

    fn open(&self, path: &Path) -> Result<Box<dyn OpenFile>, FileFailure> {
        match self.body(path)? {
            Body::Folder(_) => Err(FileFailure::NotAFile),
            Body::Unreadable(failure) => Err(failure),
            _ => Ok(Box::new(FakeFile {
                files: self.clone(),
                path: path.to_owned(),
                at: 0,
                snapshots: AtomicUsize::new(0),
            })),
        }
    }

    fn save(&self, path: &Path, text: &str) -> Result<(), FileFailure> {
        if let Ok(Body::Unreadable(failure)) = self.body(path) {
            return Err(failure);
        }
        let body = Body::Bytes(text.as_bytes().to_vec());
        self.bodies.lock().unwrap().insert(path.to_owned(), body);
        Ok(())
    }

    fn save_new(&self, path: &Path, text: &str) -> Result<(), FileFailure> {
        match self.body(path) {
            Ok(_) => Err(FileFailure::AlreadyThere),
            Err(_) => self.save(path, text),
        }
    }

    fn save_copy(&self, path: &Path, fill: &mut FillCopy<'_>) -> Result<(), FileFailure> {
        if self.body(path).is_ok() {
            return Err(FileFailure::AlreadyThere);
        }
        let mut bytes = Vec::new();
        fill(&mut bytes).map_err(|error| file_failure(&error))?;
        self.bodies.lock().unwrap().insert(path.to_owned(), Body::Bytes(bytes));
        Ok(())
    }
}

/// Reads what is at the path at that moment, as a system does.
struct FakeFile {
    files: FakeFiles,
    path: PathBuf,
    at: u64,
    snapshots: AtomicUsize,
}

const LINE: &[u8] = b"MSH|^~\\&|A|B|C|D|20261120||VXU^V04^VXU_V04|1|P|2.5.1\r";

impl Read for FakeFile {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        self.files.longest_read.fetch_max(out.len(), Ordering::Relaxed);
        let n = match self.files.body(&self.path).map_err(io::Error::other)? {
            Body::Bytes(bytes) | Body::Growing(bytes) => {
                let at = usize::try_from(self.at).unwrap().min(bytes.len());
                let n = out.len().min(bytes.len() - at);
                out[..n].copy_from_slice(&bytes[at..at + n]);
                n
            }
            Body::Made(size) => {
                let n = out.len().min(usize::try_from(size - self.at).unwrap());
                for (byte, at) in out[..n].iter_mut().zip(self.at..) {
                    *byte = LINE[usize::try_from(at).unwrap() % LINE.len()];
                }
                n
            }
            _ => 0,
        };
        self.at += n as u64;
        Ok(n)
    }
}

impl OpenFile for FakeFile {
    fn snapshot(&self) -> Result<Snapshot, FileFailure> {
        let snapshots = self.snapshots.fetch_add(1, Ordering::Relaxed) as u64;
        let size_bytes = match self.files.body(&self.path)? {
            Body::Bytes(bytes) => bytes.len() as u64,
            Body::Growing(bytes) => bytes.len() as u64 + snapshots,
            Body::Made(size) => size,
            _ => 0,
        };
        Ok(Snapshot {
            size_bytes,
            modified: Some(SystemTime::UNIX_EPOCH),
        })
    }
}

/// What the vault says.
#[derive(Debug, Clone)]
pub(crate) enum VaultWord {
    Has(String),
    HasNone,
    Fails(VaultFailure),
    Panics,
}

#[derive(Clone)]
pub(crate) struct FakeVault(pub(crate) Arc<Mutex<VaultWord>>);

impl FakeVault {
    pub(crate) fn set(&self, word: VaultWord) {
        *self.0.lock().unwrap() = word;
    }
}

impl Vault for FakeVault {
    fn password(&self, _: &AccountId) -> Result<Option<Secret>, VaultFailure> {
        let word = self.0.lock().unwrap().clone();
        match word {
            VaultWord::Has(password) => Ok(Some(Secret::new(password))),
            VaultWord::HasNone => Ok(None),
            VaultWord::Fails(failure) => Err(failure),
            VaultWord::Panics => panic!("scripted"),
        }
    }

    fn keep(&self, _: &AccountId, password: Secret) -> Kept {
        self.set(VaultWord::Has(password.expose().to_owned()));
        Kept::Keychain
    }

    fn keep_for_this_run(&self, _: &AccountId, password: Secret) {
        self.set(VaultWord::Has(password.expose().to_owned()));
    }

    fn forget(&self, _: &AccountId) -> Result<(), VaultFailure> {
        self.set(VaultWord::HasNone);
        Ok(())
    }
}

#[derive(Clone, Default)]
pub(crate) struct FakeSettings {
    pub(crate) failure: Arc<Mutex<Option<SettingsFailure>>>,
    pub(crate) saved: Arc<Mutex<Vec<Settings>>>,
}

impl SettingsStore for FakeSettings {
    fn load(&self) -> Result<Settings, SettingsFailure> {
        Err(SettingsFailure::Folder("nobody loads here".to_owned()))
    }

    fn save(&self, settings: &Settings) -> Result<(), SettingsFailure> {
        if let Some(failure) = self.failure.lock().unwrap().clone() {
            return Err(failure);
        }
        self.saved.lock().unwrap().push(settings.clone());
        Ok(())
    }
}

/// A person who changed their mind about every dialog.
pub(crate) struct NoDialogs;

impl Dialogs for NoDialogs {
    fn choose_files(&self, _: &str) -> Vec<PathBuf> {
        Vec::new()
    }

    fn choose_authority(&self, _: &str) -> Option<PathBuf> {
        None
    }

    fn choose_save_place(&self, _: &str, _: &str) -> Option<PathBuf> {
        None
    }
}

/// What becomes of whoever wants a turn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum TurnWord {
    #[default]
    Free,
    Taken,
    Fails,
}

/// The one turn of a computer, and a gate before it.
#[derive(Clone, Default)]
pub(crate) struct FakeTurns {
    pub(crate) word: Arc<Mutex<TurnWord>>,
    held: Arc<(Mutex<usize>, Condvar)>,
    /// Nobody gets the turn while this is locked.
    pub(crate) gate: Arc<Mutex<()>>,
    baton: Option<(Baton, usize)>,
}

impl FakeTurns {
    pub(crate) fn with(baton: Option<(Baton, usize)>) -> Self {
        Self {
            baton,
            ..Self::default()
        }
    }

    /// Waits until the courier has said good-bye.
    pub(crate) fn wait_until_free(&self) {
        let (held, changed) = &*self.held;
        let held = held.lock().unwrap_or_else(PoisonError::into_inner);
        drop(changed.wait_while(held, |held| *held > 0).unwrap());
    }
}

struct FakeTurn(FakeTurns);

impl Turn for FakeTurn {}

impl Drop for FakeTurn {
    fn drop(&mut self) {
        // Whoever waits for the turn may start the next race at once.
        if let Some((baton, who)) = &self.0.baton {
            baton.leave(*who);
        }
        let (held, changed) = &*self.0.held;
        *held.lock().unwrap_or_else(PoisonError::into_inner) -= 1;
        changed.notify_all();
    }
}

impl Turns for FakeTurns {
    fn take(&self) -> Result<Option<Box<dyn Turn>>, String> {
        drop(self.gate.lock());
        if let Some((baton, who)) = &self.baton {
            baton.arrive(*who);
        }
        match *self.word.lock().unwrap() {
            TurnWord::Free => {
                let mut held = self.held.0.lock().unwrap_or_else(PoisonError::into_inner);
                *held += 1;
                assert_eq!(*held, 1, "two turns at once");
                Ok(Some(Box::new(FakeTurn(self.clone()))))
            }
            TurnWord::Taken => Ok(None),
            TurnWord::Fails => Err("no such folder".to_owned()),
        }
    }
}

/// What the computer's clock shows, and the time that really passed.
struct Time {
    shown: DateTime<Utc>,
    began: Instant,
    passed: Duration,
}

#[derive(Clone)]
pub(crate) struct FakeClock(Arc<Mutex<Time>>);

impl Default for FakeClock {
    fn default() -> Self {
        Self(Arc::new(Mutex::new(Time {
            shown: "2026-11-20T15:12:00Z".parse().unwrap(),
            began: Instant::now(),
            passed: Duration::ZERO,
        })))
    }
}

impl FakeClock {
    fn time(&self) -> MutexGuard<'_, Time> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Somebody sets the clock; no time passes.
    pub(crate) fn set(&self, now: &str) {
        self.time().shown = now.parse().unwrap();
    }

    /// Somebody sets the clock forward or back; no time passes.
    pub(crate) fn jump(&self, by: TimeDelta) {
        self.time().shown += by;
    }

    pub(crate) fn pass(&self, time: TimeDelta) {
        let mut now = self.time();
        now.shown += time;
        now.passed += time.to_std().unwrap();
    }

    /// What passed since the beginning, whatever the clock shows.
    pub(crate) fn passed(&self) -> Duration {
        self.time().passed
    }
}

impl Clock for FakeClock {
    fn now(&self) -> DateTime<Utc> {
        self.time().shown
    }

    fn steady(&self) -> Instant {
        let time = self.time();
        time.began + time.passed
    }
}

pub(crate) struct NoWake;

impl Wake for NoWake {
    fn wake(&self) {}
}

pub(crate) struct PanickyWake;

impl Wake for PanickyWake {
    fn wake(&self) {
        panic!("scripted");
    }
}

/// Nothing is ever started at sign-in here.
pub(crate) struct NoSignIn;

impl SignIn for NoSignIn {
    fn add(&self) -> Result<(), String> {
        Err("scripted".to_owned())
    }

    fn remove(&self) -> Result<(), String> {
        Ok(())
    }
}
