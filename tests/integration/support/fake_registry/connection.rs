//! An open connection to the registry in memory.

use std::io::{Read, Write};

use chrono::NaiveDateTime;
use dropoff::{
    domain::{
        failure::{Arrival, FileFailure, PutFailure, RegistryFailure, Step, Trouble},
        remote::{ConnectionFacts, Folder, RemoteFile},
    },
    ports::{Flow, Listing, PutProof, Registry},
};

use super::{FakeRegistry, Fault, Moment, Rest, fault_inside};

const CHUNK_BYTES: usize = 64 * 1024;

pub(super) struct Connection {
    registry: FakeRegistry,
    facts: ConnectionFacts,
    pub(super) is_alive: bool,
}

/// A word that the registry heard, and the fault that comes with it.
struct Word {
    number: usize,
    fault: Option<Fault>,
}

impl Drop for Connection {
    fn drop(&mut self) {
        if let Some(open) = self.registry.state().open_connections.get_mut(&self.registry.who) {
            *open -= 1;
        }
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
    pub(super) fn new(registry: FakeRegistry, facts: ConnectionFacts) -> Self {
        Self {
            registry,
            facts,
            is_alive: true,
        }
    }

    /// What every request begins with; the fault that is due, unless it stands in the way at once.
    fn begin(&mut self, moment: Moment) -> Result<Word, RegistryFailure> {
        self.registry.tell(moment, 0);
        self.registry.let_time_pass();
        let Some(number) = self.registry.life.begin_word() else {
            self.is_alive = false;
            return Err(failure(Trouble::ConnectionLost));
        };
        if !self.is_alive {
            return Err(failure(Trouble::ConnectionLost));
        }
        let fault = {
            let mut state = self.registry.state();
            let fault = state.take(moment);
            if let Some(fault) = &fault {
                let who = self.registry.who;
                state.say(format!("{who:?} {moment:?}: {fault:?}"));
            }
            fault
        };
        match fault {
            Some(Fault::Panics(_)) => fault_inside(),
            Some(Fault::Refuses(_, trouble)) => Err(failure(trouble)),
            Some(Fault::Ends(_, trouble)) => {
                self.is_alive = false;
                Err(failure(trouble))
            }
            fault => Ok(Word { number, fault }),
        }
    }

    /// The registry has done it; whether anybody hears so.
    fn end<T>(&mut self, word: &Word, done: T) -> Result<T, RegistryFailure> {
        if !self.registry.life.end_word(word.number) {
            self.is_alive = false;
            return Err(failure(Trouble::ConnectionLost));
        }
        if let Some(Fault::ActsAndEnds(_, trouble)) = &word.fault {
            self.is_alive = false;
            return Err(failure(trouble.clone()));
        }
        Ok(done)
    }

    /// A put that breaks off: what arrived, what was still to come, and how it is said.
    fn break_off(&mut self, serial: u64, word: &Word, arrived: &[u8], to_come: &[u8]) -> PutFailure {
        let fault = word.fault.clone().unwrap_or(Fault::Cut(0, Rest::Kept));
        let (_, rest, trouble) = fault.break_off().unwrap_or((0, Rest::Kept, Trouble::ConnectionLost));
        {
            let mut state = self.registry.state();
            state.set_bytes(serial, arrived);
            state.leave_alone(serial, rest, to_come);
        }
        if matches!(fault, Fault::PanicsInPut(_)) {
            fault_inside();
        }
        if matches!(fault, Fault::Dies(..)) {
            self.registry.life.die();
        }
        self.is_alive = fault.leaves_the_connection();
        doubtful(trouble)
    }

    fn receive(
        &mut self,
        name: &str,
        size: usize,
        source: &mut dyn Read,
        progress: &mut dyn FnMut(u64) -> Flow,
        word: &Word,
        serial: u64,
    ) -> Result<Vec<u8>, PutFailure> {
        let stop_at = word.fault.as_ref().and_then(Fault::break_off).map(|(at, ..)| at);
        let mut arrived = Vec::new();
        let mut chunk = vec![0; CHUNK_BYTES.min(size)];
        while arrived.len() < size {
            let wanted = (size - arrived.len()).min(CHUNK_BYTES);
            if let Err(error) = source.read_exact(&mut chunk[..wanted]) {
                self.is_alive = false;
                self.registry.state().leave_alone(serial, Rest::Kept, &[0]);
                let inner = error.get_ref().and_then(|inner| inner.downcast_ref::<FileFailure>());
                let file = inner.cloned().unwrap_or(FileFailure::Changed);
                return Err(doubtful(Trouble::LocalFile(file)));
            }
            arrived.extend_from_slice(&chunk[..wanted]);
            self.registry.state().note_offered(self.registry.who, name, &arrived);
            if let Some(at) = stop_at.filter(|at| arrived.len() > *at) {
                // Bytes that were sent and did not arrive yet may do so later: all of them, since a part of them is a part.
                let mut to_come = arrived.split_off(at);
                let mut left = Vec::new();
                if matches!(
                    word.fault.as_ref().and_then(Fault::break_off),
                    Some((_, Rest::Grows(_), _))
                ) && source
                    .take((size - at - to_come.len()) as u64)
                    .read_to_end(&mut left)
                    .is_ok()
                {
                    to_come.extend(left);
                    let offered = [arrived.as_slice(), &to_come].concat();
                    self.registry.state().note_offered(self.registry.who, name, &offered);
                }
                return Err(self.break_off(serial, word, &arrived, &to_come));
            }
            self.registry.state().set_bytes(serial, &arrived);
            if arrived.len() < size {
                self.registry.let_time_pass();
            }
            self.registry.tell(Moment::Put, arrived.len() as u64);
            if matches!(word.fault, Some(Fault::Cancels(at)) if arrived.len() >= at) {
                self.registry
                    .cancels
                    .lock()
                    .unwrap()
                    .iter()
                    .for_each(dropoff::domain::cancel::Cancel::request);
            }
            if progress(arrived.len() as u64) == Flow::Stop {
                self.is_alive = false;
                self.registry.state().leave_alone(serial, Rest::Kept, &[0]);
                return Err(doubtful(Trouble::Cancelled));
            }
        }
        if stop_at.is_some() {
            return Err(self.break_off(serial, word, &arrived, &[]));
        }
        Ok(arrived)
    }

    /// Nobody sends what the registry has shown to be there, unless somebody wants it so.
    fn note_if_known(&self, name: &str, content: &[u8]) {
        let mut state = self.registry.state();
        let who = self.registry.who;
        let same = {
            let mut same = state
                .everything()
                .filter(|file| file.content() == content && file.name != name);
            same.find(|file| state.was_shown(who, file))
                .map(|file| file.name.clone())
        };
        if let Some(same) = same {
            state.sent_knowingly.push(format!(
                "{name} was sent although {same} with the same content was listed"
            ));
        }
    }

    fn hand_out(
        &mut self,
        folder: Folder,
        name: &str,
        sink: &mut dyn Write,
        limit_bytes: u64,
    ) -> Result<u64, RegistryFailure> {
        let word = self.begin(Moment::Fetch)?;
        let bytes = {
            let mut state = self.registry.state();
            state.fetches += 1;
            let is_refused = state.manners.never_fetches;
            let file = state.folder(folder).iter().find(|file| file.name == name).cloned();
            match file.filter(|_| !is_refused) {
                Some(file) => file.bytes,
                None => return Err(failure(Trouble::PermissionDenied)),
            }
        };
        for chunk in bytes.chunks(CHUNK_BYTES) {
            if sink.write_all(chunk).is_err() {
                self.is_alive = false;
                return Err(failure(Trouble::LocalFile(FileFailure::Other("sink".to_owned()))));
            }
        }
        if bytes.len() as u64 > limit_bytes {
            self.is_alive = false;
            return Err(failure(Trouble::Unexpected));
        }
        self.end(&word, bytes.len() as u64)
    }
}

impl Registry for Connection {
    fn facts(&self) -> &ConnectionFacts {
        &self.facts
    }

    fn list(&mut self, folder: Folder) -> Result<Listing, RegistryFailure> {
        let word = self.begin(Moment::List)?;
        let age = self.registry.stale_by();
        let listing = {
            let mut state = self.registry.state();
            let shown = state.shown(folder, age);
            let (who, hides_sizes) = (self.registry.who, state.hides_sizes);
            state.say(format!("{who:?} lists {folder:?} of {}s ago: {shown:?}", age.as_secs()));
            // Without sizes every file would have to be fetched.
            if !hides_sizes {
                state.note_shown(who, folder, &shown);
            }
            let file = |(name, size): (String, u64)| RemoteFile {
                name,
                size_bytes: (!hides_sizes).then_some(size),
                modified: Some(NaiveDateTime::default()),
            };
            shown.into_iter().map(file).collect()
        };
        self.end(&word, listing)
    }

    fn put(
        &mut self,
        name: &str,
        size_bytes: u64,
        source: &mut dyn Read,
        progress: &mut dyn FnMut(u64) -> Flow,
    ) -> Result<PutProof, PutFailure> {
        let word = self.begin(Moment::Put).map_err(untouched)?;
        let who = self.registry.who;
        if let Some(Fault::SomebodyIsFaster(bytes)) = &word.fault
            && !self.registry.state().is_taken(name)
        {
            self.registry.seed(Folder::Dropoff, name, bytes);
        }
        let serial = {
            let mut state = self.registry.state();
            if state.is_taken(name) {
                state.say(format!("{who:?} puts {name}: it exists"));
                return Err(untouched(failure(Trouble::NameExists)));
            }
            state.say(format!("{who:?} puts {name}, {size_bytes} bytes"));
            state.store(Folder::Dropoff, name, who)
        };
        let size = usize::try_from(size_bytes).unwrap();
        let mut arrived = self.receive(name, size, source, progress, &word, serial)?;
        if let Some(Fault::Forgets(keeps) | Fault::ForgetsUnnoticed(keeps)) = word.fault {
            arrived.truncate(keeps);
        }
        {
            let mut state = self.registry.state();
            state.set_bytes(serial, &arrived);
            let rest = match word.fault {
                Some(Fault::TakesAtOnce) => Rest::Taken,
                _ => Rest::Kept,
            };
            state.leave_alone(serial, rest, if arrived.len() == size { &[] } else { &[0] });
        }
        let is_gone = self.registry.state().stored(serial).is_none();
        if is_gone || matches!(word.fault, Some(Fault::Forgets(_))) {
            return Err(doubtful(Trouble::WrongSize {
                expected_bytes: size_bytes,
                actual_bytes: (!is_gone).then_some(arrived.len() as u64),
            }));
        }
        let proof = PutProof {
            size_bytes: arrived.len() as u64,
            reply: "226 Transfer complete".to_owned(),
        };
        self.note_if_known(name, &arrived);
        self.end(&word, proof).map_err(|failure| doubtful(failure.trouble))
    }

    fn fetch(
        &mut self,
        folder: Folder,
        name: &str,
        sink: &mut dyn Write,
        limit_bytes: u64,
    ) -> Result<u64, RegistryFailure> {
        let fetched = self.hand_out(folder, name, sink, limit_bytes);
        if fetched.is_err() {
            // Who could not compare it does not know what it is.
            let who = self.registry.who;
            self.registry.state().not_compared.insert((who, name.to_owned()));
        }
        fetched
    }

    fn remove(&mut self, name: &str) -> Result<(), RegistryFailure> {
        let word = self.begin(Moment::Remove)?;
        {
            let mut state = self.registry.state();
            let (never, guards) = (state.manners.never_removes, state.manners.guards_growing);
            let who = self.registry.who;
            let dropoff = state.folder(Folder::Dropoff);
            let at = dropoff
                .iter()
                .position(|file| !never && file.name == name && (!guards || file.rest.is_empty()));
            let Some(at) = at else {
                state.say(format!("{who:?} removes {name}: refused"));
                return Err(failure(Trouble::PermissionDenied));
            };
            let removed = dropoff.remove(at);
            state.say(format!("{who:?} removes {name}, {} bytes", removed.bytes.len()));
            // A part that begins as the own file does cannot be told from a part of it. Whoever left it or still writes it
            // finds out.
            if removed.owner != who && state.is_all_that_was_offered(&removed) {
                state
                    .violations
                    .push(format!("{name} was somebody else's, and was removed"));
            }
            state.set_bytes(0, &[]);
        }
        self.end(&word, ())
    }

    fn close(mut self: Box<Self>) {
        if self.begin(Moment::Close).is_ok() {
            self.registry.state().good_byes += 1;
        }
    }
}
