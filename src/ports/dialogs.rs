//! The system's own dialogs. They wait for a person: never on the window's thread.

use std::path::PathBuf;

/// Asks the person for files and places.
pub trait Dialogs: Send {
    /// Files to send; empty when the person changed their mind.
    fn choose_files(&self, title: &str) -> Vec<PathBuf>;

    /// A certificate authority's file (PEM); `None` when the person changed their mind.
    fn choose_authority(&self, title: &str) -> Option<PathBuf>;

    /// Where to save a text; `None` when the person changed their mind.
    fn choose_save_place(&self, title: &str, suggested_name: &str) -> Option<PathBuf>;
}
