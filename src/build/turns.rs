//! The one turn of a data folder, as a lock on a file in it.

use std::path::{Path, PathBuf};

use crate::{
    adapters::system::CourierLock,
    ports::{Turn, Turns},
};

pub(super) struct DataFolderTurns {
    data: PathBuf,
}

impl DataFolderTurns {
    pub(super) fn new(data: PathBuf) -> Self {
        Self { data }
    }
}

struct Locked(#[expect(dead_code, reason = "dropping it gives the lock back")] CourierLock);

impl Turn for Locked {}

impl Turns for DataFolderTurns {
    fn take(&self) -> Result<Option<Box<dyn Turn>>, String> {
        match CourierLock::take(&self.data) {
            Ok(Some(lock)) => Ok(Some(Box::new(Locked(lock)))),
            Ok(None) => Ok(None),
            Err(failure) => Err(failure.to_string()),
        }
    }
}

/// Whether another process has the turn. Where nobody can say, nobody is said to have it.
pub(super) fn is_taken(data: &Path) -> bool {
    matches!(CourierLock::take(data), Ok(None))
}
