//! Time, and waking who waits.

use chrono::{DateTime, Utc};

/// The clock. The only place where now comes from.
pub trait Clock: Send + Sync {
    /// Now.
    fn now(&self) -> DateTime<Utc>;
}

/// Wakes the window, or whoever waits for events.
pub trait Wake: Send + Sync {
    /// There is an event to fetch.
    fn wake(&self);
}
