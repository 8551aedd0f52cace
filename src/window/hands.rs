//! Whoever does the jobs: the worker, or what a test puts in its place.

use crate::{
    app::message::{Event, Job},
    ports::Wake,
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
