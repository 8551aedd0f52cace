//! The courier: the only one who is connected to the registry. One connection, one transfer at a time, and good-bye when done.
//!
//! Whoever holds the turn moves submissions in the ledger, nobody else. So the courier takes the turn, then reads where a
//! submission stands, then acts; and it writes down what it is about to do before it does it.

mod claim;
mod confirm;
mod connection;
mod duplicate;
mod gone;
mod look;
mod mixture;
mod progress;
mod put_off;
mod reconcile;
mod send;
mod steps;
mod whole_file;

use std::{
    collections::HashMap,
    sync::{
        Arc,
        mpsc::{Receiver, RecvTimeoutError, TryRecvError},
    },
    time::{Duration, Instant},
};

use chrono::TimeDelta;

use crate::{
    app::message::{CourierJob, Event},
    domain::{
        cancel::Cancel,
        failure::{RegistryFailure, Step, Trouble},
        person::Person,
        submission::SubmissionId,
    },
    ports::{Clock, Files, RegistryDoor, Shelf, Turn, Turns, Vault},
    worker::{
        Reporter,
        courier::{confirm::Unconfirmed, connection::Connection},
        guard::{BROKEN, guarded},
    },
};

pub(super) struct Outfit {
    pub(super) files: Arc<dyn Files>,
    pub(super) vault: Arc<dyn Vault>,
    pub(super) shelf: Shelf,
    pub(super) door: Box<dyn RegistryDoor>,
    pub(super) turns: Box<dyn Turns>,
    pub(super) clock: Arc<dyn Clock>,
    pub(super) person: Person,
    /// The pause between two looks before a file that no folder shows counts as not there.
    pub(super) between_looks: TimeDelta,
    /// The pause before a file that was put is looked at once more.
    pub(super) settling: Duration,
    /// Nobody waits for answers any more.
    pub(super) stop: Cancel,
}

pub(super) struct Courier {
    outfit: Outfit,
    reporter: Reporter,
    connection: Option<Connection>,
    /// When what is in doubt was first looked at in vain, by a clock that nobody can set.
    first_looks: HashMap<SubmissionId, Instant>,
    /// Held from the first connection to the good-bye, so that nobody else moves a submission in between.
    turn: Option<Box<dyn Turn>>,
    /// Files that were put, and are looked at once more before they count as delivered, oldest first.
    unconfirmed: Vec<Unconfirmed>,
}

impl Courier {
    pub(super) fn new(outfit: Outfit, reporter: Reporter) -> Self {
        Self {
            outfit,
            reporter,
            connection: None,
            first_looks: HashMap::new(),
            turn: None,
            unconfirmed: Vec::new(),
        }
    }

    pub(super) fn run(mut self, jobs: &Receiver<CourierJob>) {
        while let Some(job) = self.next_job(jobs) {
            if self.outfit.stop.is_requested() {
                break;
            }
            self.work(job);
            self.confirm_settled();
        }
        self.hang_up();
    }

    /// The registry asks not to leave connections alive: nothing left to do means good-bye.
    fn next_job(&mut self, jobs: &Receiver<CourierJob>) -> Option<CourierJob> {
        loop {
            match jobs.try_recv() {
                Ok(job) => return Some(job),
                Err(TryRecvError::Disconnected) => return None,
                Err(TryRecvError::Empty) => {}
            }
            let Some(pause) = self.until_confirmed() else {
                self.hang_up();
                return jobs.recv().ok();
            };
            match jobs.recv_timeout(pause) {
                Ok(job) => return Some(job),
                Err(RecvTimeoutError::Timeout) => self.confirm_settled(),
                Err(RecvTimeoutError::Disconnected) => return None,
            }
        }
    }

    fn work(&mut self, job: CourierJob) {
        let event = match job {
            CourierJob::Test { account, password } => Event::Tested(
                self.guarded(|courier| courier.test(&account, password))
                    .unwrap_or(Err(broken())),
            ),
            CourierJob::Send(shipment) => match self.send_on(&shipment) {
                Some(outcome) => Event::Finished(shipment.submission, Box::new(outcome)),
                // It is reported once it is confirmed.
                None => return,
            },
            CourierJob::Look(account, destination) => Event::Looked(
                self.guarded(|courier| courier.look(&account, destination))
                    .unwrap_or(Err(broken())),
            ),
            CourierJob::AllowLogin(account) => {
                self.allow_login(&account);
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
