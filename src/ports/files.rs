//! The files of this computer: what staff chose, and what they save.

use std::{
    io::Read,
    path::{Path, PathBuf},
    time::SystemTime,
};

use crate::domain::failure::FileFailure;

/// Length and time of a file at one moment: when either differs later, the file changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Snapshot {
    /// Bytes.
    pub size_bytes: u64,
    /// Last written, where the file system says so.
    pub modified: Option<SystemTime>,
}

/// A file open for reading.
pub trait OpenFile: Read + Send {
    /// Its length and time now.
    fn snapshot(&self) -> Result<Snapshot, FileFailure>;
}

/// What stands at a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Entry {
    /// A file.
    File,
    /// A folder with these files in it, sorted, without sub-folders and hidden files; at most 1,000.
    Folder(Vec<PathBuf>),
}

/// Reads chosen files and writes receipts. It never changes, moves or deletes a chosen file.
pub trait Files: Send + Sync {
    /// What is at this path.
    fn entry(&self, path: &Path) -> Result<Entry, FileFailure>;

    /// Opens a file for reading.
    fn open(&self, path: &Path) -> Result<Box<dyn OpenFile>, FileFailure>;

    /// Writes a text that staff asked to save, whole or not at all.
    fn save(&self, path: &Path, text: &str) -> Result<(), FileFailure>;
}
