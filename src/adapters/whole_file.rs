//! Writes a file whole or not at all.

use std::{
    io::{self, Write},
    path::Path,
};

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
    let folder = match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        Some(_) | None => Path::new("."),
    };
    let mut beside = builder(readers).tempfile_in(folder)?;
    beside.write_all(text.as_bytes())?;
    beside.as_file().sync_all()?;
    beside.persist(path).map_err(|error| error.error)?;
    sync_folder(folder)
}

fn builder(readers: Readers) -> tempfile::Builder<'static, 'static> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".dropoff-").suffix(".part");
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
