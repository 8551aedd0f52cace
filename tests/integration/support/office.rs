//! An office with everything that the worker may use, in memory, and a check of what it was told.

use std::{
    collections::HashMap,
    io::{self, Read},
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
        mpsc::sync_channel,
    },
    time::{Duration, SystemTime},
};

use chrono::{DateTime, TimeDelta, Utc};
use dropoff::{
    app::message::{CardId, CourierJob, DeskJob, Event, Job, Shipment},
    domain::{
        account::{Account, AccountId, Protocol, Trust},
        cancel::Cancel,
        failure::{FileFailure, SettingsFailure, VaultFailure},
        naming::SameDayTemplate,
        secret::Secret,
        settings::Settings,
        submission::{ContentHash, IfDuplicate, Outcome, SubmissionId},
    },
    ports::{Clock, Dialogs, Entry, Files, Kept, OpenFile, SettingsStore, Snapshot, Turn, Turns, Vault, Wake},
    worker::{Outside, Worker},
};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::support::{
    clinic::{PASSWORD, account},
    fake_registry::FakeRegistry,
};

/// The longest wait for one event: never reached by a test that passes.
const LIMIT: Duration = Duration::from_secs(60);

/// What is behind a path.
#[derive(Debug, Clone)]
pub(crate) enum Body {
    Bytes(Vec<u8>),
    /// So many bytes of HL7, made while they are read.
    Made(u64),
    /// Each snapshot shows it one byte longer.
    Growing(Vec<u8>),
    Folder(Vec<PathBuf>),
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
struct NoDialogs;

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

#[derive(Clone, Default)]
pub(crate) struct FakeTurns {
    pub(crate) word: Arc<Mutex<TurnWord>>,
    held: Arc<AtomicUsize>,
}

struct FakeTurn(Arc<AtomicUsize>);

impl Turn for FakeTurn {}

impl Drop for FakeTurn {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}

impl Turns for FakeTurns {
    fn take(&self) -> Result<Option<Box<dyn Turn>>, String> {
        match *self.word.lock().unwrap() {
            TurnWord::Free => {
                assert_eq!(self.held.fetch_add(1, Ordering::SeqCst), 0, "two turns at once");
                Ok(Some(Box::new(FakeTurn(Arc::clone(&self.held)))))
            }
            TurnWord::Taken => Ok(None),
            TurnWord::Fails => Err("no such folder".to_owned()),
        }
    }
}

#[derive(Clone)]
pub(crate) struct FakeClock(pub(crate) Arc<Mutex<DateTime<Utc>>>);

impl FakeClock {
    pub(crate) fn set(&self, now: &str) {
        *self.0.lock().unwrap() = now.parse().unwrap();
    }

    pub(crate) fn pass(&self, time: TimeDelta) {
        *self.0.lock().unwrap() += time;
    }
}

impl Clock for FakeClock {
    fn now(&self) -> DateTime<Utc> {
        *self.0.lock().unwrap()
    }
}

struct NoWake;

impl Wake for NoWake {
    fn wake(&self) {}
}

struct PanickyWake;

impl Wake for PanickyWake {
    fn wake(&self) {
        panic!("scripted");
    }
}

/// The worker among fakes, and what was sent through it.
pub(crate) struct Office {
    pub(crate) registry: FakeRegistry,
    pub(crate) files: FakeFiles,
    pub(crate) vault: FakeVault,
    pub(crate) settings: FakeSettings,
    pub(crate) turns: FakeTurns,
    pub(crate) clock: FakeClock,
    pub(crate) account: Account,
    pub(crate) events: Vec<Event>,
    worker: Option<Worker>,
    next_card: u64,
    contents: HashMap<CardId, Vec<u8>>,
    outcomes: HashMap<CardId, Outcome>,
}

impl Office {
    pub(crate) fn open() -> Self {
        Self::with_wake(Arc::new(NoWake))
    }

    pub(crate) fn with_a_wake_that_panics() -> Self {
        Self::with_wake(Arc::new(PanickyWake))
    }

    fn with_wake(wake: Arc<dyn Wake>) -> Self {
        let registry = FakeRegistry::default();
        registry.state().password = PASSWORD.to_owned();
        let files = FakeFiles::default();
        let vault = FakeVault(Arc::new(Mutex::new(VaultWord::Has(PASSWORD.to_owned()))));
        let (settings, turns) = (FakeSettings::default(), FakeTurns::default());
        let clock = FakeClock(Arc::new(Mutex::new("2026-11-20T15:12:00Z".parse().unwrap())));
        let worker = Worker::start(Outside {
            files: Arc::new(files.clone()),
            vault: Arc::new(vault.clone()),
            settings: Arc::new(settings.clone()),
            dialogs: Box::new(NoDialogs),
            demo: None,
            door: Box::new(registry.clone()),
            turns: Box::new(turns.clone()),
            clock: Arc::new(clock.clone()),
            wake,
        });
        Self {
            registry,
            files,
            vault,
            settings,
            turns,
            clock,
            account: account(
                "CLINIC01",
                "registry.example",
                990,
                Protocol::FtpsImplicit,
                Trust::System,
            ),
            events: Vec::new(),
            worker: Some(worker.unwrap()),
            next_card: 1,
            contents: HashMap::new(),
            outcomes: HashMap::new(),
        }
    }

    pub(crate) fn worker(&self) -> &Worker {
        self.worker.as_ref().unwrap()
    }

    /// Takes the worker away, to drop it somewhere.
    pub(crate) fn take_worker(&mut self) -> Worker {
        self.worker.take().unwrap()
    }

    /// A file on a card, as it was when it was read.
    pub(crate) fn card(&mut self, content: &[u8]) -> Shipment {
        let card = CardId(self.next_card);
        self.next_card += 1;
        let path = format!("/export/{}.hl7", card.0);
        self.files.set(&path, Body::Bytes(content.to_vec()));
        self.contents.insert(card, content.to_vec());
        Shipment {
            card,
            submission: SubmissionId(Uuid::new_v4()),
            account: self.account.clone(),
            path: PathBuf::from(path),
            size_bytes: content.len() as u64,
            sha256: ContentHash(Sha256::digest(content).into()),
            template: SameDayTemplate::parse("{code}{yy}{ddd}.{n}.hl7").unwrap(),
            zone: chrono_tz::America::Chicago,
            if_duplicate: IfDuplicate::Hold,
            cancel: Cancel::default(),
        }
    }

    pub(crate) fn submit(&self, job: Job) {
        assert_eq!(self.worker().submit(job), Ok(None));
    }

    pub(crate) fn desk(&self, job: DeskJob) {
        self.submit(Job::Desk(job));
    }

    pub(crate) fn courier(&self, job: CourierJob) {
        self.submit(Job::Courier(job));
    }

    pub(crate) fn hand_over(&self, shipment: &Shipment) {
        self.courier(CourierJob::Send(Box::new(shipment.clone())));
    }

    /// Hands all of them over before the registry answers the first.
    pub(crate) fn hand_over_together(&self, shipments: &[Shipment]) {
        let (go, may_go) = sync_channel::<()>(1);
        let mut has_waited = false;
        self.registry.on_each(move |_, _| {
            if !has_waited {
                has_waited = true;
                may_go.recv_timeout(LIMIT).unwrap();
            }
        });
        shipments.iter().for_each(|shipment| self.hand_over(shipment));
        go.send(()).unwrap();
    }

    /// Waits for the event that this is about.
    #[track_caller]
    pub(crate) fn wait<T>(&mut self, mut is_it: impl FnMut(&Event) -> Option<T>) -> T {
        loop {
            let Some(event) = self.worker().wait_event(LIMIT) else {
                panic!("the worker said nothing for a minute");
            };
            let found = is_it(&event);
            self.events.push(event);
            if let Some(found) = found {
                return found;
            }
        }
    }

    /// What became of a shipment that was handed over.
    #[track_caller]
    pub(crate) fn outcome(&mut self, shipment: &Shipment) -> Outcome {
        let outcome = self.wait(|event| match event {
            Event::Finished(card, outcome) if *card == shipment.card => Some((**outcome).clone()),
            _ => None,
        });
        self.outcomes.insert(shipment.card, outcome.clone());
        outcome
    }

    /// Hands a shipment over and waits, then checks that what was said is true.
    #[track_caller]
    pub(crate) fn send(&mut self, shipment: &Shipment) -> Outcome {
        self.hand_over(shipment);
        let outcome = self.outcome(shipment);
        self.check();
        outcome
    }

    /// Hands a shipment over, which must be delivered; returns its name.
    #[track_caller]
    pub(crate) fn deliver(&mut self, shipment: &Shipment) -> String {
        match self.send(shipment) {
            Outcome::Delivered(delivery) => delivery.sent_as,
            other => panic!("not delivered: {other:?}"),
        }
    }

    /// Everything that was said to be delivered is there whole, once, under that name; everything else of ours that is there is
    /// said to be unknown; and nothing forbidden happened.
    #[track_caller]
    pub(crate) fn check(&self) {
        let state = self.registry.state();
        assert_eq!(state.violations, Vec::<String>::new());
        let mut ours = state.ours();
        for (card, outcome) in &self.outcomes {
            match outcome {
                Outcome::Delivered(delivery) => {
                    let at = ours.iter().position(|file| file.name == delivery.sent_as);
                    let Some(at) = at else {
                        panic!("{} is said to be delivered, and is not there", delivery.sent_as);
                    };
                    let file = ours.remove(at);
                    assert!(file.bytes == self.contents[card], "{} is not whole", file.name);
                    assert_eq!(delivery.verified_bytes, file.bytes.len() as u64);
                }
                Outcome::Unknown { sent_as, .. } => ours.retain(|file| file.name != *sent_as),
                Outcome::Duplicate(duplicate) => {
                    let everywhere = state.folders.values().flatten().chain(&state.between_folders);
                    let same = everywhere.filter(|file| file.bytes == self.contents[card]);
                    assert!(same.into_iter().any(|file| file.name == duplicate.name));
                }
                Outcome::NotSent(_) | Outcome::PartRemoved(_) | Outcome::FileTrouble(_) | Outcome::Cancelled => {}
            }
        }
        let left: Vec<String> = ours.into_iter().map(|file| file.name).collect();
        assert_eq!(left, Vec::<String>::new(), "at the registry, and nobody said so");
    }
}
