//! Writes a file whole or not at all.

use std::{
    fs::File,
    io::{self, Write},
    path::Path,
};

use tempfile::{NamedTempFile, PersistError};

/// How the name of a file begins that is not whole yet.
pub(super) const PREFIX: &str = ".dropoff-";

/// How it ends.
pub(super) const SUFFIX: &str = ".part";

/// What SQLite may have left beside a new ledger that was not whole.
const OF_A_LEDGER: [&str; 3] = ["-wal", "-shm", "-journal"];

/// Who may read a file that is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Readers {
    /// On Unix only its owner. On Windows the folder decides: the data folder lies in the person's own profile.
    OwnerOnly,
    /// Whoever the system lets by default.
    AsUsual,
}

/// Writes beside the target first, so that an older file stays as it was until the new one is on the disk.
pub(super) fn write(path: &Path, text: &str, readers: Readers) -> io::Result<()> {
    write_with(path, readers, |beside| beside.write_all(text.as_bytes()), |error| error)
}

/// The same for content that comes in parts. When `fill` fails, nothing is left of it.
pub(super) fn write_with<E>(
    path: &Path,
    readers: Readers,
    fill: impl FnOnce(&mut File) -> Result<(), E>,
    failure: impl Fn(io::Error) -> E,
) -> Result<(), E> {
    place(path, readers, fill, failure, |beside, path| beside.persist(path))
}

/// The same where nothing is yet: what is there already is left alone, and that is `AlreadyExists`.
pub(super) fn write_new(path: &Path, text: &str, readers: Readers) -> io::Result<()> {
    write_new_with(path, readers, |beside| beside.write_all(text.as_bytes()))
}

/// The same for content that comes in parts. When `fill` fails, nothing is left of it.
pub(super) fn write_new_with(
    path: &Path,
    readers: Readers,
    fill: impl FnOnce(&mut File) -> io::Result<()>,
) -> io::Result<()> {
    let persist = |beside: NamedTempFile, path: &Path| beside.persist_noclobber(path);
    place(path, readers, fill, |error| error, persist)
}

fn place<E>(
    path: &Path,
    readers: Readers,
    fill: impl FnOnce(&mut File) -> Result<(), E>,
    failure: impl Fn(io::Error) -> E,
    persist: impl FnOnce(NamedTempFile, &Path) -> Result<File, PersistError>,
) -> Result<(), E> {
    let folder = folder_of(path);
    let mut beside = builder(readers).tempfile_in(folder).map_err(&failure)?;
    fill(beside.as_file_mut())?;
    beside.as_file().sync_all().map_err(&failure)?;
    persist(beside, path).map_err(|error| failure(error.error))?;
    sync_folder(folder).map_err(failure)
}

/// Removes a file for good; one that is not there is removed already.
pub(super) fn remove(path: &Path) -> io::Result<()> {
    match std::fs::remove_file(path) {
        Ok(()) => sync_folder(folder_of(path)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(error),
    }
}

/// Removes the files of a folder whose names are meant, and no folder. It goes on where one refuses; the error is the first
/// one's. A folder that is not there holds nothing.
pub(super) fn remove_each(folder: &Path, is_meant: impl Fn(&str) -> bool) -> io::Result<()> {
    let entries: Vec<_> = match std::fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        entries => entries?.collect(),
    };
    let mut first = Ok(());
    for entry in entries {
        let removed = entry.and_then(|entry| {
            let is_it = entry.file_name().to_str().is_some_and(&is_meant) && !entry.file_type()?.is_dir();
            if is_it { remove(&entry.path()) } else { Ok(()) }
        });
        first = first.and(removed);
    }
    first
}

/// Whether a file of this name was being written and is not whole.
pub(super) fn is_unfinished(name: &str) -> bool {
    let beside = OF_A_LEDGER.iter().find_map(|ending| name.strip_suffix(ending));
    name.starts_with(PREFIX) && beside.unwrap_or(name).ends_with(SUFFIX)
}

fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        Some(_) | None => Path::new("."),
    }
}

fn builder(readers: Readers) -> tempfile::Builder<'static, 'static> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(PREFIX).suffix(SUFFIX);
    match readers {
        Readers::OwnerOnly => {}
        Readers::AsUsual => as_usual(&mut builder),
    }
    builder
}

/// The library's own default is the owner only; with this the person's file mask decides.
#[cfg(unix)]
fn as_usual(builder: &mut tempfile::Builder<'_, '_>) {
    use std::os::unix::fs::PermissionsExt;
    builder.permissions(std::fs::Permissions::from_mode(0o666));
}

#[cfg(not(unix))]
fn as_usual(_builder: &mut tempfile::Builder<'_, '_>) {}

/// A rename survives a power cut only when the folder is on the disk too. A folder that cannot be opened or synced is no reason
/// to call the writing failed: the file itself is there.
#[cfg(unix)]
pub(super) fn sync_folder(folder: &Path) -> io::Result<()> {
    let Ok(folder) = std::fs::File::open(folder) else {
        return Ok(());
    };
    match folder.sync_all() {
        Err(error) if matches!(error.kind(), io::ErrorKind::InvalidInput | io::ErrorKind::Unsupported) => Ok(()),
        done => done,
    }
}

#[cfg(not(unix))]
pub(super) fn sync_folder(_folder: &Path) -> io::Result<()> {
    Ok(())
}
