//! The program without a window: commands in, events until something has become true.

use std::{sync::Arc, time::Duration};

use crate::{
    app::{
        apply_command, apply_event, begin,
        message::{Command, Event, Job},
        model::Model,
    },
    build::{Built, Start, StartFailure, build},
    ports::Wake,
    worker::Worker,
};

/// The longest wait for one event before the condition is asked again.
const PATIENCE: Duration = Duration::from_secs(1);

/// Drives the same model and worker as the window.
pub struct Session {
    /// What the program knows.
    pub model: Model,
    worker: Worker,
    _log: Option<crate::adapters::log::LogGuard>,
}

/// Nobody sleeps here: the session waits on the worker's own channel.
struct NoWake;

impl Wake for NoWake {
    fn wake(&self) {}
}

impl Session {
    /// Builds the program and gives it its first jobs.
    pub fn start(start: &Start) -> Result<Self, StartFailure> {
        let Built { model, worker, log, .. } = build(start, Arc::new(NoWake))?;
        let mut session = Self {
            model,
            worker,
            _log: log,
        };
        let jobs = begin(&mut session.model);
        session.submit(jobs);
        Ok(session)
    }

    /// Does what a person asked for.
    pub fn command(&mut self, command: Command) {
        let jobs = apply_command(&mut self.model, command);
        self.submit(jobs);
    }

    /// Works until `done` says so; `watch` sees the model after every event.
    pub fn run_until(&mut self, done: impl Fn(&Model) -> bool, mut watch: impl FnMut(&Model)) {
        while !done(&self.model) {
            if let Some(event) = self.worker.wait_event(PATIENCE) {
                self.apply(event);
                watch(&self.model);
            }
        }
    }

    fn apply(&mut self, event: Event) {
        let jobs = apply_event(&mut self.model, event);
        self.submit(jobs);
    }

    fn submit(&mut self, jobs: Vec<Job>) {
        for job in jobs {
            // The host's own jobs, a wake-up and the closing of a window, mean nothing without a window.
            if let Err(refused) = self.worker.submit(job) {
                self.apply(refused);
            }
        }
    }
}
