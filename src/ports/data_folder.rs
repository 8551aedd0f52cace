//! The data folder, for whoever removes what Dropoff made in it.

use crate::domain::{failure::LedgerFailure, retire::LastLook};

/// What Dropoff keeps in its data folder, by what it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum OwnFiles {
    /// The sealed copies, also those of the Demo, whole or not.
    Copies,
    /// The settings.
    Settings,
    /// The logs.
    Logs,
    /// The ledger with what belongs to it, and those that were set aside.
    Ledger,
}

/// The data folder of this run.
pub trait DataFolder {
    /// The folder for this process alone, or `None` while another Dropoff works in it. The error is a technical line.
    fn alone(&self) -> Result<Option<Box<dyn AloneInFolder>>, String>;

    /// Whether another data folder of this person may have copies that the key of this one opens.
    fn may_share_its_key(&self) -> bool;

    /// Removes what is left when everything else is gone: locks, notes, empty folders, and the data folder itself if it is
    /// empty then. The error is a technical line.
    fn leave(&self) -> Result<(), String>;
}

/// A data folder in which no other Dropoff works or begins to, until this is dropped. Nothing in it is open.
pub trait AloneInFolder {
    /// What the ledger says; nothing where there is none.
    fn last_look(&self) -> Result<LastLook, LedgerFailure>;

    /// Removes files that Dropoff made, known by their names, and nothing else. What is not there is removed already. It goes
    /// on where one refuses; the error is the first one's technical line.
    fn remove(&self, what: OwnFiles) -> Result<(), String>;

    /// How many files and folders stand here that Dropoff did not make.
    fn strangers(&self) -> usize;
}
