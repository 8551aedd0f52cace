//! Putting a file: never over another, whole or known to be in doubt, and asked about afterwards.

use std::io::{self, Read, Write};

use suppaftp::TlsStream;

use crate::{
    adapters::ftps::{
        connection::Connection,
        listing::is_plain_name,
        reply::{Reply, failure},
        session::{Fault, secure},
        tls::SecureStream,
    },
    domain::{
        failure::{Arrival, FileFailure, PutFailure, RegistryFailure, Step, Trouble},
        remote::Folder,
    },
    ports::{Flow, PutProof, Registry, file_failure},
};

/// How much is read and sent at once.
const CHUNK_BYTES: usize = 128 * 1024;

/// Whether a folder has a file of a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Presence {
    Absent,
    /// It has, of this length where the server says so.
    There(Option<u64>),
}

/// Why a transfer ended before the server confirmed it.
enum Halt {
    /// The server may refuse the data connection because it did not resume. Not a byte of the file was read or sent.
    Reuse,
    Failed(PutFailure),
}

/// Why the bytes stopped.
enum Cut {
    /// The file, or the person.
    Here(Trouble),
    /// The connection.
    Wire(io::Error),
}

impl Connection {
    pub(super) fn deliver(
        &mut self,
        name: &str,
        size_bytes: u64,
        source: &mut dyn Read,
        progress: &mut dyn FnMut(u64) -> Flow,
    ) -> Result<PutProof, PutFailure> {
        if !is_plain_name(name) {
            return Err(untouched(failure(
                Trouble::Unexpected,
                Step::Transfer,
                "not a plain file name",
            )));
        }
        self.rehearse().map_err(untouched)?;
        match self.presence(Folder::Dropoff, name).map_err(untouched)? {
            Presence::Absent => {}
            Presence::There(_) => return Err(untouched(name_exists())),
        }
        let path = self.path(Folder::Dropoff, name).map_err(untouched)?;
        let reply = match self.store(&path, size_bytes, source, progress) {
            Ok(reply) => reply,
            Err(Halt::Failed(failed)) => return Err(failed),
            Err(Halt::Reuse) => self.store_with_tls12(name, &path, size_bytes, source, progress)?,
        };
        self.prove(name, size_bytes, reply).map_err(doubtful)
    }

    /// Finds out with a listing whether the server accepts a data connection that does not resume, when the next one cannot:
    /// a refused upload could leave an empty file behind.
    fn rehearse(&mut self) -> Result<(), RegistryFailure> {
        if self.session()?.may_be_refused_next() {
            self.list(Folder::Dropoff)?;
        }
        Ok(())
    }

    fn presence(&mut self, folder: Folder, name: &str) -> Result<Presence, RegistryFailure> {
        let path = self.path(folder, name)?;
        let reply = self.attempt(Step::Transfer, |session| session.ask(&format!("SIZE {path}")))?;
        match reply.code {
            213 => Ok(Presence::There(reply.number())),
            550 => Ok(Presence::Absent),
            // This server does not know SIZE, or not for every file.
            500..=529 | 551..=599 => {
                let files = self.list(folder)?;
                // Without case, because a Windows server would overwrite a name that differs in nothing else.
                let file = files.iter().find(|file| file.name.eq_ignore_ascii_case(name));
                Ok(file.map_or(Presence::Absent, |file| Presence::There(file.size_bytes)))
            }
            _ => Err(self.give_up(Fault::Refused(reply), Step::Transfer)),
        }
    }

    fn store(
        &mut self,
        path: &str,
        size_bytes: u64,
        source: &mut dyn Read,
        progress: &mut dyn FnMut(u64) -> Flow,
    ) -> Result<Reply, Halt> {
        let session = self.session().map_err(|failed| Halt::Failed(untouched(failed)))?;
        let mut transfer = match session.open_data(&format!("STOR {path}")) {
            Ok(transfer) => transfer,
            Err(fault) if fault.may_be_about_reuse() && session.is_tls13() => return Err(Halt::Reuse),
            Err(fault) => {
                let arrival = match &fault {
                    Fault::DataTls(_) | Fault::Endless(_) | Fault::Local(_) => Arrival::Doubtful,
                    Fault::Lost(_) | Fault::Garbled if session.command_was_sent() => Arrival::Doubtful,
                    // Some servers make the file before they find that they have no room for it, or no data connection.
                    Fault::Refused(reply) if !is_refused_outright(reply.code) => Arrival::Doubtful,
                    Fault::Refused(_) | Fault::DataBlocked(_) | Fault::Lost(_) | Fault::Garbled => Arrival::Nothing,
                };
                let failure = self.give_up(fault, Step::Transfer);
                return Err(Halt::Failed(PutFailure { failure, arrival }));
            }
        };
        let sent = match secure(&mut transfer) {
            Ok(stream) if session.may_refuse(stream) => {
                session.cut(transfer);
                self.drop_session();
                return Err(Halt::Reuse);
            }
            Ok(stream) => send(stream, size_bytes, source, progress),
            Err(fault) => return Err(Halt::Failed(doubtful(self.give_up(fault, Step::Transfer)))),
        };
        match sent {
            Ok(()) => match session.finish(transfer) {
                Ok(reply) => Ok(reply),
                Err(fault) => Err(Halt::Failed(self.refused_late(fault))),
            },
            Err(Cut::Here(trouble)) => {
                session.cut(transfer);
                self.drop_session();
                let detail = trouble.to_string();
                Err(Halt::Failed(doubtful(failure(trouble, Step::Transfer, detail))))
            }
            Err(Cut::Wire(error)) => {
                // A server that ends the data connection says why on the other one.
                let fault = match session.finish(transfer) {
                    Err(fault @ Fault::Refused(_)) => fault,
                    Ok(_) | Err(_) => Fault::Lost(error),
                };
                Err(Halt::Failed(self.refused_late(fault)))
            }
        }
    }

    /// A failure after bytes were sent: this file is in doubt, but the next login may do better.
    fn refused_late(&mut self, fault: Fault) -> PutFailure {
        let is_tls13 = self.session().is_ok_and(|session| session.is_tls13());
        let about_reuse = is_tls13 && fault.may_be_about_reuse();
        let mut failed = self.give_up(fault, Step::Transfer);
        if about_reuse {
            self.remember_tls12();
            failed.trouble = Trouble::Busy;
        }
        doubtful(failed)
    }

    /// Logs in again with TLS 1.2 and stores once more. The refused try may have left an empty file, and only that is removed.
    fn store_with_tls12(
        &mut self,
        name: &str,
        path: &str,
        size_bytes: u64,
        source: &mut dyn Read,
        progress: &mut dyn FnMut(u64) -> Flow,
    ) -> Result<Reply, PutFailure> {
        self.fall_back().map_err(doubtful)?;
        match self.presence(Folder::Dropoff, name).map_err(doubtful)? {
            Presence::Absent => {}
            Presence::There(Some(0)) => self.remove(name).map_err(doubtful)?,
            Presence::There(_) => return Err(doubtful(name_exists())),
        }
        match self.store(path, size_bytes, source, progress) {
            Ok(reply) => {
                self.remember_tls12();
                Ok(reply)
            }
            Err(Halt::Failed(failed)) => Err(failed),
            Err(Halt::Reuse) => Err(doubtful(failure(
                Trouble::Unexpected,
                Step::Transfer,
                "the server refuses data connections with TLS 1.3 and with TLS 1.2",
            ))),
        }
    }

    /// Asks the server what it has. The registry takes files up at once, so a file that is gone is looked for in Accepted.
    fn prove(&mut self, name: &str, size_bytes: u64, reply: Reply) -> Result<PutProof, RegistryFailure> {
        let actual_bytes = match self.presence(Folder::Dropoff, name)? {
            Presence::There(actual) => actual,
            Presence::Absent => match self.presence(Folder::Accepted, name)? {
                Presence::There(actual) => actual,
                Presence::Absent => None,
            },
        };
        if actual_bytes == Some(size_bytes) {
            return Ok(PutProof {
                size_bytes,
                reply: reply.text,
            });
        }
        let trouble = Trouble::WrongSize {
            expected_bytes: size_bytes,
            actual_bytes,
        };
        Err(failure(trouble, Step::Transfer, reply.text))
    }
}

/// Whether a server that answers this to STOR has not even made the file: the command, the name or the right is at fault.
fn is_refused_outright(code: u16) -> bool {
    matches!(code, 500..=504 | 530 | 532 | 550 | 553)
}

/// Sends exactly `size_bytes`. The end of the source is looked for before its last bytes are sent.
fn send(
    stream: &mut SecureStream,
    size_bytes: u64,
    source: &mut dyn Read,
    progress: &mut dyn FnMut(u64) -> Flow,
) -> Result<(), Cut> {
    let wire = stream.mut_ref();
    let mut buffer = vec![0; CHUNK_BYTES];
    let mut sent_bytes = 0;
    while sent_bytes < size_bytes {
        let wanted = usize::try_from(size_bytes - sent_bytes).map_or(CHUNK_BYTES, |left| left.min(CHUNK_BYTES));
        let chunk = buffer.get_mut(..wanted).unwrap_or_default();
        read_whole(source, chunk)?;
        sent_bytes += chunk.len() as u64;
        if sent_bytes == size_bytes {
            expect_end(source)?;
        }
        wire.write_all(chunk).map_err(Cut::Wire)?;
        match progress(sent_bytes) {
            Flow::Continue => {}
            Flow::Stop => return Err(Cut::Here(Trouble::Cancelled)),
        }
    }
    if size_bytes == 0 {
        expect_end(source)?;
    }
    wire.flush().map_err(Cut::Wire)
}

fn read_whole(source: &mut dyn Read, chunk: &mut [u8]) -> Result<(), Cut> {
    source.read_exact(chunk).map_err(local)
}

/// A file that grew since it was checked is another file.
fn expect_end(source: &mut dyn Read) -> Result<(), Cut> {
    match source.take(1).read_to_end(&mut Vec::new()) {
        Ok(0) => Ok(()),
        Ok(_) => Err(Cut::Here(Trouble::LocalFile(FileFailure::Changed))),
        Err(error) => Err(local(error)),
    }
}

fn local(error: io::Error) -> Cut {
    Cut::Here(Trouble::LocalFile(file_failure(&error)))
}

fn name_exists() -> RegistryFailure {
    failure(
        Trouble::NameExists,
        Step::Transfer,
        "a file of this name is there already",
    )
}

fn untouched(failure: RegistryFailure) -> PutFailure {
    PutFailure {
        failure,
        arrival: Arrival::Nothing,
    }
}

fn doubtful(failure: RegistryFailure) -> PutFailure {
    PutFailure {
        failure,
        arrival: Arrival::Doubtful,
    }
}
