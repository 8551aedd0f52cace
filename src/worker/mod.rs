//! Two threads that do everything that can block: the courier owns the registry's connection, the desk does the rest.

mod copies;
mod courier;
mod desk;
mod guard;
mod hashing;
mod reading;
mod repairing;
pub mod retire;

pub use self::{
    copies::unknown as unknown_copies,
    reading::{Progress, read_whole},
    repairing::save_repaired,
};

use std::{
    io,
    sync::{
        Arc,
        mpsc::{Receiver, SyncSender, TrySendError, sync_channel},
    },
    thread::JoinHandle,
    time::Duration,
};

use chrono::TimeDelta;

use crate::{
    app::message::{CourierJob, DeskJob, Event, Job},
    domain::{cancel::Cancel, check::Standard, person::Person, profile::Expected},
    ports::{Clock, DemoStarter, Dialogs, Files, RegistryDoor, SettingsStore, Shelf, SignIn, Turns, Vault, Wake},
};

/// A thousand files in a folder fit; a thousand more are refused, and said so.
const QUEUE_JOBS: usize = 1_100;
/// Progress of many files between two frames.
const QUEUE_EVENTS: usize = 4_096;

/// Everything outside that the worker may use.
pub struct Outside {
    /// Chosen files.
    pub files: Arc<dyn Files>,
    /// The ledger and the sealed copies.
    pub shelf: Shelf,
    /// Who is signed in where.
    pub person: Person,
    /// The pause between two looks before a file that no folder shows counts as not there.
    pub between_looks: Duration,
    /// The pause before a file that was put is looked at once more: in it, whoever asked for the same name has begun to write.
    pub settling: Duration,
    /// Passwords.
    pub vault: Arc<dyn Vault>,
    /// Settings.
    pub settings: Arc<dyn SettingsStore>,
    /// What the registry expects of records.
    pub expected: Expected,
    /// What files are held against.
    pub standard: Arc<Standard>,
    /// The system's dialogs.
    pub dialogs: Box<dyn Dialogs>,
    /// The pretend registry, where this build has one.
    pub demo: Option<Box<dyn DemoStarter>>,
    /// The way into the registry.
    pub door: Box<dyn RegistryDoor>,
    /// What the system starts at sign-in.
    pub sign_in: Box<dyn SignIn>,
    /// One connection at a time.
    pub turns: Box<dyn Turns>,
    /// Now.
    pub clock: Arc<dyn Clock>,
    /// Whoever waits for events.
    pub wake: Arc<dyn Wake>,
}

/// The two threads.
///
/// Dropping it joins them. A delivery or a save in hand is finished first, and what a person wanted kept (settings, passwords)
/// is still kept; a file that waits in the queue is not begun.
pub struct Worker {
    events: Option<Receiver<Event>>,
    desk: Option<SyncSender<DeskJob>>,
    courier: Option<SyncSender<CourierJob>>,
    stop: Cancel,
    threads: Vec<JoinHandle<()>>,
}

impl Worker {
    /// Starts both threads.
    pub fn start(outside: Outside) -> io::Result<Self> {
        let (send_event, events) = sync_channel(QUEUE_EVENTS);
        let (send_desk, desk_jobs) = sync_channel(QUEUE_JOBS);
        let (send_courier, courier_jobs) = sync_channel(QUEUE_JOBS);
        let stop = Cancel::default();
        let reporter = Reporter {
            events: send_event,
            wake: outside.wake,
        };
        let desk = desk::Desk {
            files: Arc::clone(&outside.files),
            vault: Arc::clone(&outside.vault),
            settings: outside.settings,
            shelf: outside.shelf.clone(),
            person: outside.person.clone(),
            expected: outside.expected,
            standard: outside.standard,
            clock: Arc::clone(&outside.clock),
            dialogs: outside.dialogs,
            demo: outside.demo,
            sign_in: outside.sign_in,
            stop: stop.clone(),
            reporter: reporter.clone(),
        };
        let outfit = courier::Outfit {
            files: outside.files,
            vault: outside.vault,
            shelf: outside.shelf,
            person: outside.person,
            settling: outside.settling,
            between_looks: TimeDelta::from_std(outside.between_looks).unwrap_or(TimeDelta::MAX),
            door: outside.door,
            turns: outside.turns,
            clock: outside.clock,
            stop: stop.clone(),
        };
        // An open connection stays in the thread that opened it: the courier is made there.
        let courier = move || courier::Courier::new(outfit, reporter).run(&courier_jobs);
        Ok(Self {
            events: Some(events),
            desk: Some(send_desk),
            courier: Some(send_courier),
            stop,
            threads: vec![spawn("desk", move || desk.run(desk_jobs))?, spawn("courier", courier)?],
        })
    }

    /// Hands a job over without waiting. What the queue refuses comes back as an event to apply.
    ///
    /// What is for the window comes back as `Ok(Some(job))`.
    pub fn submit(&self, job: Job) -> Result<Option<Job>, Event> {
        match job {
            Job::Desk(job) => submit_to(self.desk.as_ref(), job, Job::Desk),
            Job::Courier(job) => submit_to(self.courier.as_ref(), job, Job::Courier),
            job @ (Job::WakeAt(_)
            | Job::StartBackground
            | Job::RemoveEverything
            | Job::RemoveDataFolder
            | Job::CloseWindow) => Ok(Some(job)),
        }
    }

    /// The next event, if one is there.
    pub fn try_event(&self) -> Option<Event> {
        self.events.as_ref()?.try_recv().ok()
    }

    /// The next event, waiting for it as long as this.
    pub fn wait_event(&self, at_most: Duration) -> Option<Event> {
        self.events.as_ref()?.recv_timeout(at_most).ok()
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        self.stop.request();
        // Without a receiver a thread that waits to report goes on, and without senders both end.
        self.events = None;
        self.desk = None;
        self.courier = None;
        for thread in self.threads.drain(..) {
            if thread.join().is_err() {
                tracing::error!("a worker thread ended by a panic");
            }
        }
    }
}

fn spawn(name: &str, run: impl FnOnce() + Send + 'static) -> io::Result<JoinHandle<()>> {
    std::thread::Builder::new().name(name.to_owned()).spawn(run)
}

fn submit_to<J>(queue: Option<&SyncSender<J>>, job: J, wrap: impl Fn(J) -> Job) -> Result<Option<Job>, Event> {
    match queue.map(|queue| queue.try_send(job)) {
        Some(Ok(())) | None => Ok(None),
        Some(Err(TrySendError::Full(job) | TrySendError::Disconnected(job))) => {
            Err(Event::Refused(Box::new(wrap(job))))
        }
    }
}

/// Sends an event, then wakes whoever waits: in this order, or the event would lie until the next wake.
#[derive(Clone)]
struct Reporter {
    events: SyncSender<Event>,
    wake: Arc<dyn Wake>,
}

impl Reporter {
    fn report(&self, event: Event) {
        if self.events.send(event).is_ok() {
            // The event is out: a fault in waking must not make the job look failed.
            guard::guarded("wake", || self.wake.wake());
        }
    }
}
