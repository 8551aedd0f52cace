//! Whoever does the jobs: the worker, or what a test puts in its place.

use crate::{
    adapters::log::LogGuard,
    app::message::{Event, Job},
    ports::Wake,
    worker::Worker,
};

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
pub(super) struct BuiltHands {
    // Fields are dropped in this order: the worker's last lines still reach the log.
    worker: Worker,
    _log: Option<LogGuard>,
}

impl BuiltHands {
    pub(super) fn new(worker: Worker, log: Option<LogGuard>) -> Self {
        Self { worker, _log: log }
    }
}

impl Hands for BuiltHands {
    fn submit(&self, job: Job) -> Result<Option<Job>, Event> {
        self.worker.submit(job)
    }

    fn try_event(&self) -> Option<Event> {
        self.worker.try_event()
    }
}
