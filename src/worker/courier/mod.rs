//! The courier: the only one who is connected to the registry. One connection, one transfer at a time, and good-bye when done.

mod connection;
mod doubt;
mod duplicate;
mod look;
mod progress;
mod send;
mod settle;
mod whole_file;

use std::{
    collections::{HashMap, HashSet},
    sync::{
        Arc,
        mpsc::{Receiver, TryRecvError},
    },
};

use crate::{
    app::message::{CourierJob, Event},
    domain::{
        account::AccountId,
        cancel::Cancel,
        failure::{RegistryFailure, Step, Trouble},
        secret::Secret,
        submission::ContentHash,
    },
    ports::{Clock, Files, RegistryDoor, Turns, Vault},
    worker::{
        Reporter,
        courier::{connection::Connection, doubt::Doubt},
        guard::{BROKEN, guarded},
    },
};

pub(super) struct Outfit {
    pub(super) files: Arc<dyn Files>,
    pub(super) vault: Arc<dyn Vault>,
    pub(super) door: Box<dyn RegistryDoor>,
    pub(super) turns: Box<dyn Turns>,
    pub(super) clock: Arc<dyn Clock>,
    /// Nobody waits for answers any more.
    pub(super) stop: Cancel,
}

pub(super) struct Courier {
    outfit: Outfit,
    reporter: Reporter,
    connection: Option<Connection>,
    memory: Memory,
}

/// What the courier remembers until the program ends.
#[derive(Default)]
struct Memory {
    /// Names that were used, in lower case: a file may be between two folders just now.
    used_names: HashSet<(AccountId, String)>,
    /// What was delivered, and its name: it may be between two folders when the same content comes again.
    delivered: HashMap<(AccountId, ContentHash), String>,
    /// What may have arrived, until somebody has looked.
    doubts: HashMap<(AccountId, ContentHash), Doubt>,
    /// What was refused: accounts get locked, so the same password is not tried twice.
    refused: Vec<(AccountId, Secret)>,
}

impl Courier {
    pub(super) fn new(outfit: Outfit, reporter: Reporter) -> Self {
        Self {
            outfit,
            reporter,
            connection: None,
            memory: Memory::default(),
        }
    }

    pub(super) fn run(mut self, jobs: &Receiver<CourierJob>) {
        while let Some(job) = self.next_job(jobs) {
            if self.outfit.stop.is_requested() {
                break;
            }
            self.work(job);
        }
        self.hang_up();
    }

    /// The registry asks not to leave connections alive: nothing left to do means good-bye.
    fn next_job(&mut self, jobs: &Receiver<CourierJob>) -> Option<CourierJob> {
        match jobs.try_recv() {
            Ok(job) => Some(job),
            Err(TryRecvError::Empty) => {
                self.hang_up();
                jobs.recv().ok()
            }
            Err(TryRecvError::Disconnected) => None,
        }
    }

    fn work(&mut self, job: CourierJob) {
        let event = match job {
            CourierJob::Test { account, password } => Event::Tested(
                self.guarded(|courier| courier.test(&account, password))
                    .unwrap_or(Err(broken())),
            ),
            CourierJob::Send(shipment) => Event::Finished(shipment.card, Box::new(self.send(&shipment))),
            CourierJob::Look(account) => {
                Event::Looked(self.guarded(|courier| courier.look(&account)).unwrap_or(Err(broken())))
            }
            CourierJob::AllowLogin(account) => {
                self.memory.refused.retain(|(refused, _)| *refused != account);
                return;
            }
        };
        self.reporter.report(event);
    }

    /// Does something that may panic. A connection in whose middle it happened is of no further use.
    fn guarded<T>(&mut self, work: impl FnOnce(&mut Self) -> T) -> Option<T> {
        let done = guarded("courier", || work(self));
        if done.is_none() {
            self.drop_connection();
        }
        done
    }
}

/// How a job ended that panicked.
fn broken() -> RegistryFailure {
    RegistryFailure::new(Trouble::Unexpected, Step::Transfer, BROKEN)
}

/// Cannot happen: every path to here has just connected. It fails like a lost connection, rather than panic.
fn no_connection() -> RegistryFailure {
    RegistryFailure::new(Trouble::ConnectionLost, Step::Transfer, "no open connection")
}
