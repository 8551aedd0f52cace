//! The files of this computer: what staff chose, and what they save.

use std::{
    io::{self, Read, Write},
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
    /// A folder.
    Folder(Inside),
}

/// What stands in a folder. What is hidden does not count.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Inside {
    /// The first 1,000 files, sorted.
    pub files: Vec<PathBuf>,
    /// How many more there are.
    pub more_files: usize,
    /// How many folders, which are not looked into.
    pub folders: usize,
}

/// Reads chosen files and writes receipts. It never changes, moves or deletes a chosen file.
pub trait Files: Send + Sync {
    /// What is at this path.
    fn entry(&self, path: &Path) -> Result<Entry, FileFailure>;

    /// Opens a file for reading.
    fn open(&self, path: &Path) -> Result<Box<dyn OpenFile>, FileFailure>;

    /// Writes a text that staff asked to save, whole or not at all. What is there already is replaced.
    fn save(&self, path: &Path, text: &str) -> Result<(), FileFailure>;

    /// The same where nothing is yet: `AlreadyThere` where something is, and that is left alone.
    fn save_new(&self, path: &Path, text: &str) -> Result<(), FileFailure>;

    /// The same for the copy of a chosen file, which holds patients: only its owner may read it. `fill` writes it, at most once;
    /// when it fails, nothing is left of the copy.
    fn save_copy(&self, path: &Path, fill: &mut FillCopy<'_>) -> Result<(), FileFailure>;
}

/// Writes a copy into the place that is ready for it.
pub type FillCopy<'a> = dyn FnMut(&mut dyn Write) -> io::Result<()> + 'a;

/// What went wrong with a file of this computer. A `FileFailure` that travels inside is taken out as it is.
#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "the system's kinds are many, and only a few mean something to a person"
)]
pub fn file_failure(error: &io::Error) -> FileFailure {
    // The kind goes further and the text does not: a text may carry a path.
    let kind = error.kind();
    if let Some(inner) = error.get_ref().and_then(|inner| inner.downcast_ref::<FileFailure>()) {
        return inner.clone();
    }
    match kind {
        io::ErrorKind::NotFound => FileFailure::NotFound,
        io::ErrorKind::IsADirectory => FileFailure::NotAFile,
        io::ErrorKind::PermissionDenied => FileFailure::NotReadable,
        io::ErrorKind::ResourceBusy => FileFailure::Locked,
        io::ErrorKind::UnexpectedEof => FileFailure::Changed,
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge => {
            FileFailure::DiskFull
        }
        _ => FileFailure::Other(kind.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_failure_inside_an_error_is_taken_out_as_it_is() {
        assert_eq!(
            file_failure(&io::Error::other(FileFailure::Changed)),
            FileFailure::Changed
        );
        assert_eq!(
            file_failure(&io::Error::from(io::ErrorKind::PermissionDenied)),
            FileFailure::NotReadable
        );
        let with_a_path = io::Error::new(io::ErrorKind::BrokenPipe, "/home/somebody/patients.hl7");
        assert_eq!(file_failure(&with_a_path), FileFailure::Other("broken pipe".to_owned()));
    }
}
