//! Whoever does the jobs: the worker, or what a test puts in its place.

use std::{
    cell::RefCell,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{
        Arc,
        mpsc::{Receiver, SyncSender, sync_channel},
    },
    thread::Builder,
};

use crate::{
    adapters::log::LogGuard,
    app::message::{Event, Job},
    build::{RetiredFrom, Retirement, Start},
    domain::retire::{Removal, RetireRefusal, UnknownCopies},
    ports::Wake,
    worker::Worker,
};

/// The technical reason where a removal ended by a panic.
const BROKEN: &str = "a fault inside Dropoff";

/// Takes jobs without waiting and reports what happened.
pub trait Hands {
    /// Hands a job over. What is the window's own comes back as `Ok(Some(job))`, what the queue refuses as an event.
    fn submit(&self, job: Job) -> Result<Option<Job>, Event>;

    /// The next event, if one is there.
    fn try_event(&self) -> Option<Event>;
}

/// Wakes the window.
pub struct EguiWake(pub egui::Context);

impl Wake for EguiWake {
    fn wake(&self) {
        self.0.request_repaint();
    }
}

/// The worker, and the log that outlives it.
struct Working {
    // Fields are dropped in this order: the worker's last lines still reach the log.
    worker: Worker,
    _log: Option<LogGuard>,
}

/// The worker, until everything is removed from this computer.
pub(super) struct BuiltHands {
    working: RefCell<Option<Working>>,
    start: Start,
    wake: Arc<dyn Wake>,
    retired: (SyncSender<Event>, Receiver<Event>),
}

impl BuiltHands {
    pub(super) fn new(worker: Worker, log: Option<LogGuard>, start: Start, wake: Arc<dyn Wake>) -> Self {
        Self {
            working: RefCell::new(Some(Working { worker, _log: log })),
            start,
            wake,
            retired: sync_channel(1),
        }
    }

    /// Ends the worker, which closes the ledger and may take as long as its last job, then removes everything. A thread of its
    /// own waits for both.
    fn retire(&self) {
        let working = self.working.borrow_mut().take();
        let (start, wake, report) = (self.start.clone(), Arc::clone(&self.wake), self.retired.0.clone());
        let begun = Builder::new().name("retire".to_owned()).spawn(move || {
            let done = catch_unwind(AssertUnwindSafe(|| {
                drop(working);
                remove_everything(&start)
            }));
            let done = done.unwrap_or_else(|_| Err(RetireRefusal::Folder(BROKEN.to_owned())));
            tell(&report, done);
            wake.wake();
        });
        if let Err(error) = begun {
            tell(&self.retired.0, Err(RetireRefusal::Folder(error.kind().to_string())));
            self.wake.wake();
        }
    }
}

fn remove_everything(start: &Start) -> Result<Removal, RetireRefusal> {
    // They are told of above the question.
    let retirement = Retirement::of(start, RetiredFrom::Window, UnknownCopies::MayGo);
    retirement
        .map_err(|failure| RetireRefusal::Folder(failure.to_string()))?
        .carry_out()
}

/// There is room for the one event, and the window that reads it closes only afterwards.
fn tell(report: &SyncSender<Event>, done: Result<Removal, RetireRefusal>) {
    report.send(Event::Retired(Box::new(done))).unwrap_or_default();
}

impl Hands for BuiltHands {
    fn submit(&self, job: Job) -> Result<Option<Job>, Event> {
        if job == Job::RemoveEverything {
            self.retire();
            return Ok(None);
        }
        match (&*self.working.borrow(), job) {
            (Some(working), job) => working.worker.submit(job),
            // Nobody is there any more who could do it, and nothing may be written again.
            (None, Job::Desk(_) | Job::Courier(_)) => Ok(None),
            (None, own) => Ok(Some(own)),
        }
    }

    fn try_event(&self) -> Option<Event> {
        match &*self.working.borrow() {
            Some(working) => working.worker.try_event(),
            None => self.retired.1.try_recv().ok(),
        }
    }
}
