//! The courier: the only one who is connected to the registry. One connection, one transfer at a time, and good-bye when done.

mod connection;
mod duplicate;
mod look;
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
        failure::{RegistryFailure, Step, Trouble},
        secret::Secret,
        submission::{ContentHash, SubmissionId},
    },
    ports::{Clock, Files, RegistryDoor, Turns, Vault},
    worker::{Reporter, courier::connection::Connection},
};

pub(super) struct Outfit {
    pub(super) files: Arc<dyn Files>,
    pub(super) vault: Arc<dyn Vault>,
    pub(super) door: Box<dyn RegistryDoor>,
    pub(super) turns: Box<dyn Turns>,
    pub(super) clock: Arc<dyn Clock>,
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
    /// The name under which a submission may have arrived.
    tried_as: HashMap<SubmissionId, String>,
    /// Contents at the registry, by name in lower case and size: each is fetched once at most.
    contents: HashMap<(AccountId, String, u64), ContentHash>,
    /// What was refused: accounts get locked, so the same password is not tried twice.
    refused: Option<(AccountId, Secret)>,
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
            CourierJob::Test { account, password } => Event::Tested(self.test(&account, password)),
            CourierJob::Send(shipment) => Event::Finished(shipment.card, Box::new(self.send(&shipment))),
            CourierJob::Look(account) => Event::Looked(self.look(&account)),
            CourierJob::AllowLogin(account) => {
                self.memory.refused.take_if(|(refused, _)| *refused == account);
                return;
            }
        };
        self.reporter.report(event);
    }
}

/// Cannot happen: every path to here has just connected. It fails like a lost connection, rather than panic.
fn no_connection() -> RegistryFailure {
    RegistryFailure::new(Trouble::ConnectionLost, Step::Transfer, "no open connection")
}
