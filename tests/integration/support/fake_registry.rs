//! A registry in memory, behind the port: folders, a script of faults, and a memory of what nobody may do.

use std::{
    collections::BTreeMap,
    io::{Read, Write},
    sync::{Arc, Mutex, MutexGuard},
};

use chrono::NaiveDateTime;
use dropoff::{
    domain::{
        account::Account,
        cancel::Cancel,
        failure::{Arrival, FileFailure, PutFailure, RegistryFailure, Step, Trouble},
        remote::{ConnectionFacts, Folder, RemoteFile},
        secret::Secret,
    },
    ports::{Flow, Listing, PutProof, Registry, RegistryDoor},
};

const CHUNK_BYTES: usize = 64 * 1024;

/// Whose file it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Owner {
    Dropoff,
    SomebodyElse,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Stored {
    pub(crate) name: String,
    pub(crate) bytes: Vec<u8>,
    pub(crate) owner: Owner,
}

/// What the registry is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Moment {
    Open,
    List,
    Put,
    Fetch,
    Remove,
    Close,
}

/// What becomes of the bytes that arrived before a fault.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Rest {
    Kept,
    ThrownAway,
    /// In HL7-Dropoff no more, in Accepted not yet.
    BetweenFolders,
    Taken,
}

/// What goes wrong once, at the next such moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Fault {
    /// It fails like this, and the connection stays.
    Refuses(Moment, Trouble),
    /// The connection ends before anything happens.
    Ends(Moment, Trouble),
    /// Somebody puts a file of the same name first.
    SomebodyIsFaster(Vec<u8>),
    /// The connection ends when this many bytes of a put have arrived; with more than the file has, after all of it.
    Cut(usize, Rest),
    /// The server says so in the middle of a put, after this many bytes, which it keeps.
    StopsPut(usize, Trouble),
    /// It keeps so many bytes only, says that all is well, and tells the size when it is asked.
    Forgets(usize),
    /// As `Forgets`, and the adapter hands the small size on as a proof.
    ForgetsUnnoticed(usize),
    /// It takes the file into Accepted at once.
    TakesAtOnce,
    /// A fault in the adapter itself.
    Panics(Moment),
    /// A fault in the adapter itself, in the middle of a put: this many bytes arrived.
    PanicsInPut(usize),
}

impl Fault {
    fn moment(&self) -> Moment {
        match self {
            Self::Refuses(moment, _) | Self::Ends(moment, _) | Self::Panics(moment) => *moment,
            Self::SomebodyIsFaster(_)
            | Self::Cut(..)
            | Self::StopsPut(..)
            | Self::Forgets(_)
            | Self::ForgetsUnnoticed(_)
            | Self::TakesAtOnce
            | Self::PanicsInPut(_) => Moment::Put,
        }
    }
}

#[derive(Default)]
pub(crate) struct State {
    pub(crate) folders: BTreeMap<Folder, Vec<Stored>>,
    /// Files that no listing shows.
    pub(crate) between_folders: Vec<Stored>,
    /// Each with the number of such moments that pass before it.
    pub(crate) faults: Vec<(usize, Fault)>,
    pub(crate) password: String,
    /// Every password that was tried.
    pub(crate) logins: Vec<String>,
    pub(crate) good_byes: usize,
    pub(crate) fetches: usize,
    pub(crate) hides_sizes: bool,
    /// What must never happen.
    pub(crate) violations: Vec<String>,
    open_connections: usize,
}

impl State {
    fn take(&mut self, moment: Moment) -> Option<Fault> {
        let at = self.faults.iter().position(|(_, fault)| fault.moment() == moment)?;
        if self.faults[at].0 > 0 {
            self.faults[at].0 -= 1;
            return None;
        }
        Some(self.faults.remove(at).1)
    }

    pub(crate) fn folder(&mut self, folder: Folder) -> &mut Vec<Stored> {
        self.folders.entry(folder).or_default()
    }

    fn is_taken(&mut self, name: &str) -> bool {
        let is_same = |file: &Stored| file.name.eq_ignore_ascii_case(name);
        self.folder(Folder::Dropoff).iter().any(is_same)
    }

    fn store(&mut self, stored: Stored) {
        let taken = [Folder::Dropoff, Folder::Accepted].map(|folder| self.folder(folder).clone());
        let everywhere = taken.iter().flatten().chain(&self.between_folders);
        if everywhere
            .into_iter()
            .any(|file| file.name.eq_ignore_ascii_case(&stored.name))
        {
            self.violations.push(format!("the name {} was used twice", stored.name));
        }
        self.folder(Folder::Dropoff).push(stored);
    }

    /// Moves a file out of HL7-Dropoff.
    pub(crate) fn take_up(&mut self, name: &str, rest: Rest) {
        let dropoff = self.folder(Folder::Dropoff);
        let Some(at) = dropoff.iter().position(|file| file.name == name) else {
            return;
        };
        match rest {
            Rest::Kept => {}
            Rest::ThrownAway => drop(dropoff.remove(at)),
            Rest::BetweenFolders => {
                let file = dropoff.remove(at);
                self.between_folders.push(file);
            }
            Rest::Taken => {
                let file = dropoff.remove(at);
                self.folder(Folder::Accepted).push(file);
            }
        }
    }

    /// What was between two folders arrives.
    pub(crate) fn arrive(&mut self) {
        let arrived = std::mem::take(&mut self.between_folders);
        self.folder(Folder::Accepted).extend(arrived);
    }

    /// Every file of this program, wherever it is.
    pub(crate) fn ours(&self) -> Vec<Stored> {
        let files = self.folders.values().flatten().chain(&self.between_folders);
        files.filter(|file| file.owner == Owner::Dropoff).cloned().collect()
    }
}

type Hook = Box<dyn FnMut(Moment, u64) + Send>;

/// The registry itself. Clones share it.
#[derive(Clone, Default)]
pub(crate) struct FakeRegistry {
    state: Arc<Mutex<State>>,
    hook: Arc<Mutex<Option<Hook>>>,
}

impl FakeRegistry {
    pub(crate) fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    /// Goes wrong at the next such moment.
    pub(crate) fn plan(&self, fault: Fault) {
        self.plan_after(0, fault);
    }

    /// Goes wrong when so many such moments have passed.
    pub(crate) fn plan_after(&self, passing: usize, fault: Fault) {
        self.state().faults.push((passing, fault));
    }

    /// Somebody else's file.
    pub(crate) fn seed(&self, folder: Folder, name: &str, bytes: &[u8]) {
        self.state().folder(folder).push(Stored {
            name: name.to_owned(),
            bytes: bytes.to_vec(),
            owner: Owner::SomebodyElse,
        });
    }

    /// Calls this at every moment, and in a put after every chunk with the bytes that arrived.
    pub(crate) fn on_each(&self, hook: impl FnMut(Moment, u64) + Send + 'static) {
        *self.hook.lock().unwrap() = Some(Box::new(hook));
    }

    fn tell(&self, moment: Moment, bytes: u64) {
        if let Ok(mut hook) = self.hook.lock()
            && let Some(hook) = &mut *hook
        {
            hook(moment, bytes);
        }
    }
}

impl RegistryDoor for FakeRegistry {
    fn open(&self, _: &Account, password: &Secret, cancel: &Cancel) -> Result<Box<dyn Registry>, RegistryFailure> {
        self.tell(Moment::Open, 0);
        let failure = |trouble| RegistryFailure::new(trouble, Step::Login, "scripted");
        if cancel.is_requested() {
            return Err(failure(Trouble::Cancelled));
        }
        let mut state = self.state();
        match state.take(Moment::Open) {
            Some(Fault::Panics(_)) => panic!("scripted"),
            Some(Fault::Refuses(_, trouble) | Fault::Ends(_, trouble)) => return Err(failure(trouble)),
            _ => {}
        }
        state.logins.push(password.expose().to_owned());
        if state.password != password.expose() {
            return Err(failure(Trouble::PasswordRefused));
        }
        state.open_connections += 1;
        if state.open_connections > 1 {
            state.violations.push("two connections at once".to_owned());
        }
        Ok(Box::new(Connection {
            registry: self.clone(),
            facts: ConnectionFacts::default(),
            is_alive: true,
        }))
    }
}

struct Connection {
    registry: FakeRegistry,
    facts: ConnectionFacts,
    is_alive: bool,
}

impl Drop for Connection {
    fn drop(&mut self) {
        self.registry.state().open_connections -= 1;
    }
}

fn failure(trouble: Trouble) -> RegistryFailure {
    RegistryFailure::new(trouble, Step::Transfer, "scripted")
}

fn doubtful(trouble: Trouble) -> PutFailure {
    PutFailure {
        failure: failure(trouble),
        arrival: Arrival::Doubtful,
    }
}

fn untouched(failure: RegistryFailure) -> PutFailure {
    PutFailure {
        failure,
        arrival: Arrival::Nothing,
    }
}

impl Connection {
    /// What every request begins with; the fault that is due, unless it stands in the way at once.
    fn begin(&mut self, moment: Moment) -> Result<Option<Fault>, RegistryFailure> {
        self.registry.tell(moment, 0);
        if !self.is_alive {
            return Err(failure(Trouble::ConnectionLost));
        }
        let fault = self.registry.state().take(moment);
        match fault {
            Some(Fault::Panics(_)) => panic!("scripted"),
            Some(Fault::Refuses(_, trouble)) => Err(failure(trouble)),
            Some(Fault::Ends(_, trouble)) => {
                self.is_alive = false;
                Err(failure(trouble))
            }
            other => Ok(other),
        }
    }

    fn keep(&self, name: &str, bytes: &[u8], rest: Rest) {
        let mut state = self.registry.state();
        state.store(Stored {
            name: name.to_owned(),
            bytes: bytes.to_vec(),
            owner: Owner::Dropoff,
        });
        state.take_up(name, rest);
    }

    fn receive(
        &mut self,
        name: &str,
        size_bytes: u64,
        source: &mut dyn Read,
        progress: &mut dyn FnMut(u64) -> Flow,
        fault: Option<&Fault>,
    ) -> Result<Vec<u8>, PutFailure> {
        let (stop_at, rest, trouble) = match fault {
            Some(Fault::Cut(at, rest)) => (*at, *rest, Trouble::ConnectionLost),
            Some(Fault::StopsPut(at, trouble)) => (*at, Rest::Kept, trouble.clone()),
            Some(Fault::PanicsInPut(at)) => (*at, Rest::Kept, Trouble::Unexpected),
            _ => (usize::MAX, Rest::Kept, Trouble::Unexpected),
        };
        let mut arrived = Vec::new();
        let mut chunk = vec![0; CHUNK_BYTES];
        while (arrived.len() as u64) < size_bytes {
            let left = usize::try_from(size_bytes).unwrap() - arrived.len();
            let wanted = left.min(CHUNK_BYTES);
            if let Err(error) = source.read_exact(&mut chunk[..wanted]) {
                self.is_alive = false;
                self.keep(name, &arrived, Rest::Kept);
                let inner = error.get_ref().and_then(|inner| inner.downcast_ref::<FileFailure>());
                let file = inner.cloned().unwrap_or(FileFailure::Changed);
                return Err(doubtful(Trouble::LocalFile(file)));
            }
            arrived.extend_from_slice(&chunk[..wanted]);
            if arrived.len() > stop_at {
                arrived.truncate(stop_at);
                self.keep(name, &arrived, rest);
                assert!(!matches!(fault, Some(Fault::PanicsInPut(_))), "scripted");
                self.is_alive = !matches!(fault, Some(Fault::Cut(..)));
                return Err(doubtful(trouble));
            }
            self.registry.tell(Moment::Put, arrived.len() as u64);
            if progress(arrived.len() as u64) == Flow::Stop {
                self.is_alive = false;
                self.keep(name, &arrived, Rest::Kept);
                return Err(doubtful(Trouble::Cancelled));
            }
        }
        if stop_at < usize::MAX {
            self.keep(name, &arrived, rest);
            assert!(!matches!(fault, Some(Fault::PanicsInPut(_))), "scripted");
            self.is_alive = false;
            return Err(doubtful(trouble));
        }
        Ok(arrived)
    }
}

impl Registry for Connection {
    fn facts(&self) -> &ConnectionFacts {
        &self.facts
    }

    fn list(&mut self, folder: Folder) -> Result<Listing, RegistryFailure> {
        self.begin(Moment::List)?;
        let mut state = self.registry.state();
        let hides_sizes = state.hides_sizes;
        let file = |file: &Stored| RemoteFile {
            name: file.name.clone(),
            size_bytes: (!hides_sizes).then_some(file.bytes.len() as u64),
            modified: Some(NaiveDateTime::default()),
        };
        Ok(state.folder(folder).iter().map(file).collect())
    }

    fn put(
        &mut self,
        name: &str,
        size_bytes: u64,
        source: &mut dyn Read,
        progress: &mut dyn FnMut(u64) -> Flow,
    ) -> Result<PutProof, PutFailure> {
        let fault = self.begin(Moment::Put).map_err(untouched)?;
        if let Some(Fault::SomebodyIsFaster(bytes)) = &fault {
            self.registry.seed(Folder::Dropoff, name, bytes);
        }
        if self.registry.state().is_taken(name) {
            return Err(untouched(failure(Trouble::NameExists)));
        }
        let mut arrived = self.receive(name, size_bytes, source, progress, fault.as_ref())?;
        let rest = if fault == Some(Fault::TakesAtOnce) {
            Rest::Taken
        } else {
            Rest::Kept
        };
        if let Some(Fault::Forgets(keeps) | Fault::ForgetsUnnoticed(keeps)) = fault {
            arrived.truncate(keeps);
        }
        self.keep(name, &arrived, rest);
        if matches!(fault, Some(Fault::Forgets(_))) {
            return Err(doubtful(Trouble::WrongSize {
                expected_bytes: size_bytes,
                actual_bytes: Some(arrived.len() as u64),
            }));
        }
        Ok(PutProof {
            size_bytes: arrived.len() as u64,
            reply: "226 Transfer complete".to_owned(),
        })
    }

    fn fetch(
        &mut self,
        folder: Folder,
        name: &str,
        sink: &mut dyn Write,
        limit_bytes: u64,
    ) -> Result<u64, RegistryFailure> {
        self.begin(Moment::Fetch)?;
        self.registry.state().fetches += 1;
        let files = self.registry.state().folder(folder).clone();
        let Some(file) = files.into_iter().find(|file| file.name == name) else {
            return Err(failure(Trouble::PermissionDenied));
        };
        for chunk in file.bytes.chunks(CHUNK_BYTES) {
            if sink.write_all(chunk).is_err() {
                self.is_alive = false;
                return Err(failure(Trouble::LocalFile(FileFailure::Other("sink".to_owned()))));
            }
        }
        if file.bytes.len() as u64 > limit_bytes {
            self.is_alive = false;
            return Err(failure(Trouble::Unexpected));
        }
        Ok(file.bytes.len() as u64)
    }

    fn remove(&mut self, name: &str) -> Result<(), RegistryFailure> {
        self.begin(Moment::Remove)?;
        let mut state = self.registry.state();
        let dropoff = state.folder(Folder::Dropoff);
        let Some(at) = dropoff.iter().position(|file| file.name == name) else {
            return Err(failure(Trouble::PermissionDenied));
        };
        let removed = dropoff.remove(at);
        if removed.owner == Owner::SomebodyElse {
            state
                .violations
                .push(format!("{name} was somebody else's, and was removed"));
        }
        Ok(())
    }

    fn close(mut self: Box<Self>) {
        if self.begin(Moment::Close).is_ok() {
            self.registry.state().good_byes += 1;
        }
    }
}
