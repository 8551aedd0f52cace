//! Keeps a thread alive when a job panics: a card that nobody answers for would stay "sending" for ever.

use std::panic::{AssertUnwindSafe, catch_unwind};

/// What is said where a job ended by a panic. What the panic itself says may quote a file, so it goes no further.
pub(super) const BROKEN: &str = "a fault inside Dropoff";

/// What the work returned, or nothing when it panicked.
pub(super) fn guarded<T>(what: &'static str, work: impl FnOnce() -> T) -> Option<T> {
    // Whoever asks throws away what the work may have left half done.
    if let Ok(done) = catch_unwind(AssertUnwindSafe(work)) {
        return Some(done);
    }
    tracing::error!(what, "a fault inside the program was caught");
    None
}
