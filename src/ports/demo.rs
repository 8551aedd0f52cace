//! The built-in pretend registry, as the worker sees it.

use crate::domain::{account::Account, secret::Secret};

/// How to get into the pretend registry.
#[derive(Debug, Clone)]
pub struct DemoAccess {
    /// Its account: an invented import code at 127.0.0.1, with its certificate pinned.
    pub account: Account,
    /// Its password, made for this run.
    pub password: Secret,
}

/// Starts the pretend registry. It ends when this is dropped.
pub trait DemoStarter: Send {
    /// Starts it with empty folders, or returns the one that runs; the error is a technical line.
    fn start(&mut self) -> Result<DemoAccess, String>;

    /// Writes the invented sample files where they can be chosen like any other, and returns their paths.
    fn sample_files(&mut self) -> Result<Vec<std::path::PathBuf>, String>;

    /// Ends it, and removes the files that it wrote, known by their names. The error is a technical line.
    fn clear_away(&mut self) -> Result<(), String>;
}
