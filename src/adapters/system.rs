//! The clock, the person, the data folder and the lock between processes.

use std::{
    fs::{DirBuilder, File, TryLockError},
    io,
    path::{Path, PathBuf},
    time::Instant,
};

use chrono::{DateTime, Utc};
use thiserror::Error;

use crate::{adapters::os_error, domain::person::Person, ports::Clock};

/// The computer's own clock.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "this is the clock that everything else asks")]
    fn now(&self) -> DateTime<Utc> {
        Utc::now()
    }

    fn steady(&self) -> Instant {
        Instant::now()
    }
}

/// Who is signed in, at which computer. A name that the system does not say stays empty.
pub fn person() -> Person {
    Person {
        user: whoami::username().unwrap_or_default(),
        computer: whoami::hostname().unwrap_or_default(),
    }
}

/// Why the data folder or a file in it cannot be used. Names no path.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum DataFolderFailure {
    /// The system names no folder for this person's data.
    #[error("this person has no home folder")]
    NoHome,
    /// The disk is full.
    #[error("no room on this computer")]
    DiskFull,
    /// The system refused.
    #[error("{0}")]
    Refused(String),
}

impl From<io::Error> for DataFolderFailure {
    fn from(error: io::Error) -> Self {
        if os_error::is_no_room(&error) {
            Self::DiskFull
        } else {
            Self::Refused(os_error::line(&error))
        }
    }
}

/// Where this person's data is kept unless `--data` says otherwise: on this computer, not in a roaming profile.
pub fn data_folder() -> Result<PathBuf, DataFolderFailure> {
    let base = directories::BaseDirs::new().ok_or(DataFolderFailure::NoHome)?;
    Ok(base.data_local_dir().join("Dropoff"))
}

/// Makes the data folder where it is missing, for this person only. A folder that is there keeps its permissions: somebody
/// chose them.
pub fn create_data_folder(path: &Path) -> Result<(), DataFolderFailure> {
    Ok(create_own_folder(path)?)
}

/// The same for a folder within it.
pub(super) fn create_own_folder(path: &Path) -> io::Result<()> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    for_this_person_only(&mut builder);
    builder.create(path)
}

#[cfg(unix)]
fn for_this_person_only(builder: &mut DirBuilder) {
    use std::os::unix::fs::DirBuilderExt;
    builder.mode(0o700);
}

/// On Windows a folder below the person's profile is theirs alone.
#[cfg(not(unix))]
fn for_this_person_only(_builder: &mut DirBuilder) {}

/// The file whose lock it is.
pub(super) const COURIER_LOCK: &str = "courier.lock";

/// The right to talk to the registry: one process at a time has it. The system takes it back when the process ends.
#[derive(Debug)]
pub struct CourierLock(#[expect(dead_code, reason = "dropping the file gives the lock back")] File);

impl CourierLock {
    /// Takes the lock of this data folder, or returns `None` at once when another process has it.
    pub fn take(data: &Path) -> Result<Option<Self>, DataFolderFailure> {
        Ok(lock(&data.join(COURIER_LOCK))?.map(Self))
    }
}

/// Makes the file where it is missing, and locks it; `None` when another process has it. The file itself stays.
pub(super) fn lock(path: &Path) -> io::Result<Option<File>> {
    let file = File::options()
        .read(true)
        .write(true)
        .create(true)
        .truncate(false)
        .open(path)?;
    match file.try_lock() {
        Ok(()) => Ok(Some(file)),
        Err(TryLockError::WouldBlock) => Ok(None),
        Err(TryLockError::Error(error)) => Err(error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_courier_at_a_time() {
        let data = tempfile::tempdir().unwrap();
        let first = CourierLock::take(data.path()).unwrap().unwrap();
        assert!(CourierLock::take(data.path()).unwrap().is_none());
        drop(first);
        assert!(CourierLock::take(data.path()).unwrap().is_some());
    }

    #[test]
    fn a_lock_in_a_missing_folder_fails_without_its_name() {
        let data = tempfile::tempdir().unwrap();
        let failure = CourierLock::take(&data.path().join("gone")).unwrap_err();
        assert!(!failure.to_string().contains("gone"), "{failure}");
    }

    #[cfg(unix)]
    #[test]
    fn a_new_data_folder_belongs_to_its_person_alone() {
        use std::os::unix::fs::PermissionsExt;
        let home = tempfile::tempdir().unwrap();
        let data = home.path().join("share").join("Dropoff");
        create_data_folder(&data).unwrap();
        create_data_folder(&data).unwrap();
        assert_eq!(data.metadata().unwrap().permissions().mode() & 0o777, 0o700);
    }

    #[test]
    fn a_file_in_the_way_of_the_data_folder_is_told() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("Dropoff");
        File::create(&path).unwrap();
        assert!(matches!(create_data_folder(&path), Err(DataFolderFailure::Refused(_))));
    }

    #[test]
    fn somebody_sits_at_some_computer() {
        let person = person();
        assert!(!person.user.is_empty() && !person.computer.is_empty(), "{person:?}");
    }
}
