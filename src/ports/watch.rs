//! Time, and waking who waits.

use std::time::Instant;

use chrono::{DateTime, Utc};

/// The clock. The only place where now comes from.
pub trait Clock: Send + Sync {
    /// Now.
    fn now(&self) -> DateTime<Utc>;

    /// A clock that nobody can set: only differences mean something, and only in one process.
    fn steady(&self) -> Instant;
}

/// Wakes the window, or whoever waits for events.
pub trait Wake: Send + Sync {
    /// There is an event to fetch.
    fn wake(&self);
}
