//! An open connection to the registry: lists, fetches, removes; `upload` puts.

use std::{
    io::{self, Read, Write},
    sync::Arc,
};

use chrono::NaiveDate;

use crate::{
    adapters::ftps::{
        folders::{Found, Places, join, path_of, quoted},
        listing::Kind,
        login::{Visitor, go_on},
        memory::Memory,
        reply::{failure, without_password},
        session::{Fault, Session, secure},
        tls::Level,
    },
    domain::{
        cancel::Cancel,
        failure::{PutFailure, RegistryFailure, Step, Trouble},
        remote::{ConnectionFacts, Folder, RemoteFile},
    },
    ports::{Flow, Listing, PutProof, Registry, file_failure},
};

/// How much of a file is read from the server at once.
const FETCH_BYTES: usize = 64 * 1024;

/// A login, the folders that were found, and the way to log in again.
pub(super) struct Connection {
    visitor: Visitor,
    memory: Arc<Memory>,
    session: Option<Session>,
    facts: ConnectionFacts,
    found: Found,
}

impl Connection {
    /// Goes all steps from `Step::Name` to `Step::Folders`.
    pub(super) fn open(
        visitor: Visitor,
        places: &Places,
        memory: Arc<Memory>,
        cancel: &Cancel,
    ) -> Result<Self, RegistryFailure> {
        let mut facts = ConnectionFacts::default();
        let level = memory.level(&visitor.account.endpoint);
        let session = visitor.log_in(level, cancel, &mut facts)?;
        let mut this = Self {
            visitor,
            memory,
            session: Some(session),
            facts,
            found: Found::new(),
        };
        go_on(cancel, Step::DataPorts)?;
        let home = this.attempt(Step::DataPorts, |session| session.list(None, today()))?;
        go_on(cancel, Step::Folders)?;
        let base = this.attempt(Step::Folders, |session| session.ask("PWD"))?;
        let base = quoted(&base.body).unwrap_or_default();
        let code = this.visitor.account.import_code.clone();
        this.found = places.find(&base, &home, &code, &mut |path| {
            this.attempt(Step::Folders, |session| match session.list(Some(path), today()) {
                Err(Fault::Refused(reply)) if matches!(reply.code, 501 | 550 | 553) => Ok(None),
                other => other.map(Some),
            })
        })?;
        this.facts.folders.clone_from(&this.found);
        Ok(this)
    }

    /// Does something with the session. When the server refuses a data connection as one does that wants TLS sessions resumed,
    /// logs in again with TLS 1.2, where resuming always works, and tries once more.
    ///
    /// `work` must be something that may be done twice.
    pub(super) fn attempt<T>(
        &mut self,
        step: Step,
        mut work: impl FnMut(&mut Session) -> Result<T, Fault>,
    ) -> Result<T, RegistryFailure> {
        let session = self.session.as_mut().ok_or_else(|| closed(step))?;
        let fault = match work(session) {
            Ok(done) => return Ok(done),
            Err(fault) => fault,
        };
        if !(fault.may_be_about_reuse() && session.is_tls13()) {
            return Err(self.give_up(fault, step));
        }
        let session = self.fall_back()?;
        match work(session) {
            Ok(done) => {
                self.memory.remember(&self.visitor.account.endpoint);
                Ok(done)
            }
            Err(fault) => Err(self.give_up(fault, step)),
        }
    }

    /// Logs in again, with TLS 1.2 only.
    pub(super) fn fall_back(&mut self) -> Result<&mut Session, RegistryFailure> {
        tracing::debug!("TLS 1.2 from now on: this server wants data connections to resume");
        if let Some(session) = self.session.take() {
            session.quit();
        }
        let session = self.visitor.log_in(Level::Tls12, &Cancel::default(), &mut self.facts)?;
        Ok(self.session.insert(session))
    }

    /// Remembers that this server needs TLS 1.2.
    pub(super) fn remember_tls12(&self) {
        self.memory.remember(&self.visitor.account.endpoint);
    }

    /// Turns a fault into a failure, and drops the session where it is of no further use.
    pub(super) fn give_up(&mut self, fault: Fault, step: Step) -> RegistryFailure {
        let Some(session) = self.session.as_ref() else {
            return closed(step);
        };
        let keeps = fault.leaves_a_session();
        let failed = without_password(session.failure(fault, step), &self.visitor.password);
        if !keeps {
            self.session = None;
        }
        failed
    }

    pub(super) fn session(&mut self) -> Result<&mut Session, RegistryFailure> {
        self.session.as_mut().ok_or_else(|| closed(Step::Transfer))
    }

    pub(super) fn drop_session(&mut self) {
        self.session = None;
    }

    /// The path of a file in one of the folders.
    pub(super) fn path(&self, folder: Folder, name: &str) -> Result<String, RegistryFailure> {
        Ok(join(self.folder_path(folder)?, name))
    }

    fn folder_path(&self, folder: Folder) -> Result<&str, RegistryFailure> {
        path_of(&self.found, folder)
            .ok_or_else(|| failure(Trouble::FolderMissing(folder), Step::Folders, "no such folder"))
    }
}

fn closed(step: Step) -> RegistryFailure {
    failure(Trouble::ConnectionLost, step, "the connection is closed")
}

#[expect(
    clippy::disallowed_methods,
    reason = "LIST leaves the year out of a recent date, and nothing is decided by the date of a listing"
)]
fn today() -> NaiveDate {
    chrono::Utc::now().date_naive()
}

impl Registry for Connection {
    fn facts(&self) -> &ConnectionFacts {
        &self.facts
    }

    fn list(&mut self, folder: Folder) -> Result<Listing, RegistryFailure> {
        let path = self.folder_path(folder)?.to_owned();
        let entries = self.attempt(Step::Transfer, |session| session.list(Some(&path), today()))?;
        // A link counts as a file: its name is taken.
        Ok(entries
            .into_iter()
            .filter(|entry| entry.kind != Kind::Folder)
            .map(|entry| RemoteFile {
                name: entry.name,
                size_bytes: entry.size_bytes,
                modified: entry.modified,
            })
            .collect())
    }

    fn put(
        &mut self,
        name: &str,
        size_bytes: u64,
        source: &mut dyn Read,
        progress: &mut dyn FnMut(u64) -> Flow,
    ) -> Result<PutProof, PutFailure> {
        self.deliver(name, size_bytes, source, progress)
    }

    fn fetch(
        &mut self,
        folder: Folder,
        name: &str,
        sink: &mut dyn Write,
        limit_bytes: u64,
    ) -> Result<u64, RegistryFailure> {
        let path = self.path(folder, name)?;
        self.attempt(Step::Transfer, |session| copy_out(session, &path, sink, limit_bytes))
    }

    fn remove(&mut self, name: &str) -> Result<(), RegistryFailure> {
        let path = self.path(Folder::Dropoff, name)?;
        self.attempt(Step::Transfer, |session| {
            session.demand(&format!("DELE {path}"), &[200, 250]).map(drop)
        })
    }

    fn close(mut self: Box<Self>) {
        if let Some(session) = self.session.take() {
            session.quit();
        }
    }
}

/// Copies a file of the server into `sink`.
fn copy_out(session: &mut Session, path: &str, sink: &mut dyn Write, limit_bytes: u64) -> Result<u64, Fault> {
    let mut transfer = session.open_data(&format!("RETR {path}"))?;
    let mut buffer = vec![0; FETCH_BYTES];
    let mut copied = 0;
    let ended = loop {
        let bytes = match secure(&mut transfer)?.read_some(&mut buffer) {
            Ok([]) => break Ok(()),
            Ok(bytes) => bytes,
            Err(error) => break Err(error),
        };
        copied += bytes.len() as u64;
        let written = if copied > limit_bytes {
            Err(Fault::Endless("the file is longer than what is read"))
        } else {
            sink.write_all(bytes)
                .map_err(|error| Fault::Local(file_failure(&error)))
        };
        if let Err(fault) = written {
            session.cut(transfer);
            return Err(fault);
        }
    };
    match (ended, session.finish(transfer)) {
        (Ok(()), Ok(_)) => Ok(copied),
        // Without TLS's good-bye the end may have been cut off: the length tells.
        (Err(error), Ok(_)) if error.kind() == io::ErrorKind::UnexpectedEof => {
            match session.ask(&format!("SIZE {path}"))?.number() {
                Some(size_bytes) if size_bytes == copied => Ok(copied),
                Some(_) | None => Err(Fault::Lost(error)),
            }
        }
        // Once bytes are in the sink there is no second try.
        (_, Err(Fault::Refused(reply))) if copied > 0 => Err(Fault::Lost(io::Error::other(reply.text))),
        (_, Err(fault @ Fault::Refused(_))) | (Ok(()), Err(fault)) => Err(fault),
        (Err(error), _) => Err(Fault::Lost(error)),
    }
}
