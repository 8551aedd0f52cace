//! The program without a window: commands in, events until something has become true.

use std::{
    path::PathBuf,
    sync::Arc,
    time::{Duration, Instant},
};

use chrono::{DateTime, Utc};

use crate::{
    app::{
        apply_command, apply_event, begin, begin_in_the_background,
        message::{Command, Event, Job},
        model::Model,
    },
    build::{Built, Start, StartFailure, build, turns},
    ports::{Clock, Wake},
    worker::Worker,
};

/// The longest wait for one event before the condition is asked again.
const PATIENCE: Duration = Duration::from_secs(1);

/// Drives the same model and worker as the window.
pub struct Session {
    /// What the program knows.
    pub model: Model,
    worker: Worker,
    clock: Arc<dyn Clock>,
    data: PathBuf,
    /// When the model wants to know the time.
    wake_at: Option<DateTime<Utc>>,
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
        Self::start_with(start, Arc::new(NoWake), begin)
    }

    /// The same for the background: whatever is due goes by itself. `wake` is told of every event.
    pub fn start_in_the_background(start: &Start, wake: Arc<dyn Wake>) -> Result<Self, StartFailure> {
        Self::start_with(start, wake, begin_in_the_background)
    }

    fn start_with(start: &Start, wake: Arc<dyn Wake>, begin: fn(&mut Model) -> Vec<Job>) -> Result<Self, StartFailure> {
        let Built {
            model,
            worker,
            clock,
            data,
            log,
        } = build(start, wake)?;
        let mut session = Self {
            model,
            worker,
            clock,
            data,
            wake_at: None,
            _log: log,
        };
        let jobs = begin(&mut session.model);
        session.submit(jobs);
        Ok(session)
    }

    /// Finds out whether another Dropoff is at the registry, for what is said of files that somebody began to send. To ask, the
    /// turn is taken for a moment, so nothing of this session may have it.
    pub fn look_for_another(&mut self) {
        self.model.outbox.is_another_at_work = turns::is_taken(&self.data);
    }

    /// Does what a person asked for.
    pub fn command(&mut self, command: Command) {
        let jobs = apply_command(&mut self.model, command);
        self.submit(jobs);
    }

    /// Works until `done` says so; `watch` sees the model after every event.
    pub fn run_until(&mut self, done: impl Fn(&Model) -> bool, mut watch: impl FnMut(&Model)) {
        while !done(&self.model) {
            self.turn(PATIENCE, &mut watch);
        }
    }

    /// Works until `done` says so, at most this long; whether it did.
    pub fn run_for(&mut self, at_most: Duration, done: impl Fn(&Model) -> bool, mut watch: impl FnMut(&Model)) -> bool {
        let began = Instant::now();
        while !done(&self.model) {
            let Some(left) = at_most.checked_sub(began.elapsed()) else {
                return false;
            };
            self.turn(left.min(PATIENCE), &mut watch);
        }
        true
    }

    /// Applies everything that has happened, and the time; waits for nothing.
    pub fn catch_up(&mut self) {
        self.tell_time();
        while let Some(event) = self.worker.try_event() {
            self.apply(event);
        }
    }

    fn tell_time(&mut self) {
        let now = self.clock.now();
        if self.wake_at.is_some_and(|at| at <= now) {
            self.wake_at = None;
        }
        self.apply(Event::Tick(now));
    }

    /// How long nothing is due; `None` where nothing is.
    pub fn pause(&self) -> Option<Duration> {
        self.wake_at
            .map(|at| (at - self.clock.now()).to_std().unwrap_or_default())
    }

    /// Now, by the program's own clock.
    pub fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    /// Waits for one event, or for the moment when the model wants to know the time.
    fn turn(&mut self, at_most: Duration, watch: &mut impl FnMut(&Model)) {
        let pause = self.pause().unwrap_or(at_most).min(at_most);
        match self.worker.wait_event(pause) {
            Some(event) => self.apply(event),
            None if self.wake_at.is_some_and(|at| at <= self.clock.now()) => self.tell_time(),
            None => {}
        }
        watch(&self.model);
    }

    fn apply(&mut self, event: Event) {
        let jobs = apply_event(&mut self.model, event);
        self.submit(jobs);
    }

    fn submit(&mut self, jobs: Vec<Job>) {
        for job in jobs {
            match self.worker.submit(job) {
                Ok(Some(Job::WakeAt(at))) => self.wake_at = Some(at),
                // What is for a window means nothing without one.
                Ok(
                    Some(
                        Job::StartBackground
                        | Job::RemoveEverything
                        | Job::RemoveDataFolder
                        | Job::CloseWindow
                        | Job::Desk(_)
                        | Job::Courier(_),
                    )
                    | None,
                ) => {}
                Err(refused) => self.apply(refused),
            }
        }
    }
}
