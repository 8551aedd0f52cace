//! The files of this computer, as staff chose them. They are only ever read.

use std::{
    ffi::OsStr,
    fs::{self, File, Metadata, OpenOptions},
    io::{self, Read},
    path::{Path, PathBuf},
};

use crate::{
    adapters::{
        os_error,
        whole_file::{self, Readers},
    },
    domain::failure::FileFailure,
    ports::{Entry, Files, FillCopy, Inside, OpenFile, Snapshot},
};

/// The file system of this computer.
#[derive(Debug, Clone, Copy, Default)]
pub struct LocalFiles;

/// More files of one folder are not offered: nobody could look through them.
const MAX_FOLDER_FILES: usize = 1_000;

impl Files for LocalFiles {
    fn entry(&self, path: &Path) -> Result<Entry, FileFailure> {
        let metadata = fs::metadata(path).map_err(|error| failure(&error))?;
        if metadata.is_dir() {
            return folder_files(path).map(Entry::Folder);
        }
        only_a_file(&metadata)?;
        Ok(Entry::File)
    }

    fn open(&self, path: &Path) -> Result<Box<dyn OpenFile>, FileFailure> {
        // Asked before opening: opening a pipe waits for its other end, and opening a device can set it off.
        only_a_file(&fs::metadata(path).map_err(|error| failure(&error))?)?;
        let file = reading().open(path).map_err(|error| failure(&error))?;
        only_a_file(&file.metadata().map_err(|error| failure(&error))?)?;
        Ok(Box::new(LocalFile(file)))
    }

    fn save(&self, path: &Path, text: &str) -> Result<(), FileFailure> {
        if path.is_dir() {
            return Err(FileFailure::NotAFile);
        }
        whole_file::write(path, text, Readers::AsUsual).map_err(|error| failure(&error))
    }

    fn save_new(&self, path: &Path, text: &str) -> Result<(), FileFailure> {
        whole_file::write_new(path, text, Readers::AsUsual).map_err(|error| failure(&error))
    }

    fn save_copy(&self, path: &Path, fill: &mut FillCopy<'_>) -> Result<(), FileFailure> {
        whole_file::write_new_with(path, Readers::OwnerOnly, |file| fill(file)).map_err(|error| failure(&error))
    }
}

struct LocalFile(File);

impl Read for LocalFile {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.0.read(buffer)
    }
}

impl OpenFile for LocalFile {
    fn snapshot(&self) -> Result<Snapshot, FileFailure> {
        let metadata = self.0.metadata().map_err(|error| failure(&error))?;
        Ok(Snapshot {
            size_bytes: metadata.len(),
            modified: metadata.modified().ok(),
        })
    }
}

fn only_a_file(metadata: &Metadata) -> Result<(), FileFailure> {
    if metadata.is_file() {
        Ok(())
    } else {
        Err(FileFailure::NotAFile)
    }
}

#[cfg(not(windows))]
fn reading() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.read(true);
    options
}

/// Others may read the file and rename it meanwhile, but not write: a file that an EHR still writes gives a sharing violation
/// instead of its first half. Source: Windows, "Creating and Opening Files".
#[cfg(windows)]
fn reading() -> OpenOptions {
    use std::os::windows::fs::OpenOptionsExt;
    const FILE_SHARE_READ: u32 = 1;
    const FILE_SHARE_DELETE: u32 = 4;
    let mut options = OpenOptions::new();
    options.read(true).share_mode(FILE_SHARE_READ | FILE_SHARE_DELETE);
    options
}

fn folder_files(folder: &Path) -> Result<Inside, FileFailure> {
    let mut names = fs::read_dir(folder)
        .and_then(|entries| {
            entries
                .map(|entry| entry.and_then(|entry| Ok((entry.file_name(), entry.file_type()?))))
                .collect::<io::Result<Vec<_>>>()
        })
        .map_err(|error| failure(&error))?;
    names.sort_by(|(one, _), (other, _)| one.cmp(other));
    let mut inside = Inside::default();
    for (name, kind) in names {
        if has_hidden_name(&name) {
            continue;
        }
        if kind.is_dir() {
            inside.folders += 1;
        } else if inside.files.len() == MAX_FOLDER_FILES {
            inside.more_files += 1;
        } else {
            take_in(&mut inside, folder.join(name));
        }
    }
    Ok(inside)
}

/// A link is what it leads to. What is neither a file nor a folder is nothing that staff could have meant.
fn take_in(inside: &mut Inside, path: PathBuf) {
    match fs::metadata(&path) {
        Ok(metadata) if metadata.is_dir() => inside.folders += 1,
        Ok(metadata) if metadata.is_file() && !is_marked_hidden(&metadata) => inside.files.push(path),
        Ok(_) | Err(_) => {}
    }
}

fn has_hidden_name(name: &OsStr) -> bool {
    name.as_encoded_bytes().starts_with(b".")
}

#[cfg(not(windows))]
fn is_marked_hidden(_metadata: &Metadata) -> bool {
    false
}

#[cfg(windows)]
fn is_marked_hidden(metadata: &Metadata) -> bool {
    use std::os::windows::fs::MetadataExt;
    const FILE_ATTRIBUTE_HIDDEN: u32 = 2;
    const FILE_ATTRIBUTE_SYSTEM: u32 = 4;
    metadata.file_attributes() & (FILE_ATTRIBUTE_HIDDEN | FILE_ATTRIBUTE_SYSTEM) != 0
}

/// Sorts the system's errors by what staff can do about them.
#[expect(clippy::wildcard_enum_match_arm, reason = "the system's kinds are many and grow")]
fn failure(error: &io::Error) -> FileFailure {
    if is_sharing_violation(error) {
        return FileFailure::Locked;
    }
    match error.kind() {
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory | io::ErrorKind::InvalidFilename => {
            FileFailure::NotFound
        }
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => FileFailure::NotReadable,
        io::ErrorKind::IsADirectory => FileFailure::NotAFile,
        io::ErrorKind::AlreadyExists => FileFailure::AlreadyThere,
        io::ErrorKind::ResourceBusy => FileFailure::Locked,
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge => {
            FileFailure::DiskFull
        }
        _ => FileFailure::Other(os_error::line(error)),
    }
}

/// `ERROR_SHARING_VIOLATION` and `ERROR_LOCK_VIOLATION`. Source: Windows, "System Error Codes".
fn is_sharing_violation(error: &io::Error) -> bool {
    cfg!(windows) && matches!(error.raw_os_error(), Some(32 | 33))
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn open(path: &Path) -> Result<Box<dyn OpenFile>, FileFailure> {
        LocalFiles.open(path)
    }

    #[track_caller]
    fn inside(folder: &Path) -> Inside {
        match LocalFiles.entry(folder) {
            Ok(Entry::Folder(inside)) => inside,
            other => panic!("{other:?}"),
        }
    }

    fn file(folder: &Path, name: &str, text: &str) -> PathBuf {
        let path = folder.join(name);
        File::create(&path).unwrap().write_all(text.as_bytes()).unwrap();
        path
    }

    fn text_of(path: &Path) -> String {
        let mut text = String::new();
        open(path).unwrap().read_to_string(&mut text).unwrap();
        text
    }

    #[test]
    fn a_file_with_any_name_is_read() {
        let folder = tempfile::tempdir().unwrap();
        for name in [
            "plain.hl7",
            "with space .hl7",
            "Müller ☂ 疫苗 🦋",
            "e\u{301}.HL7",
            "-rf",
            "%41$HOME'\"",
        ] {
            let path = file(folder.path(), name, name);
            assert_eq!(LocalFiles.entry(&path), Ok(Entry::File), "{name}");
            assert_eq!(text_of(&path), name);
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_name_that_is_not_unicode_is_read() {
        use std::os::unix::ffi::OsStrExt;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(OsStr::from_bytes(b"caf\xe9.hl7"));
        File::create(&path).unwrap();
        assert_eq!(inside(folder.path()).files, std::slice::from_ref(&path));
        assert_eq!(text_of(&path), "");
    }

    #[test]
    fn nothing_there_is_not_found() {
        let folder = tempfile::tempdir().unwrap();
        let beyond_a_file = file(folder.path(), "a.hl7", "x").join("below.hl7");
        for path in [folder.path().join("gone.hl7"), beyond_a_file] {
            assert_eq!(LocalFiles.entry(&path), Err(FileFailure::NotFound));
            assert_eq!(open(&path).err(), Some(FileFailure::NotFound));
        }
    }

    #[test]
    fn a_folder_is_not_opened() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(open(folder.path()).err(), Some(FileFailure::NotAFile));
    }

    #[cfg(unix)]
    #[test]
    fn a_pipe_and_a_device_are_refused_without_waiting() {
        let folder = tempfile::tempdir().unwrap();
        let pipe = folder.path().join("pipe.hl7");
        let made = std::process::Command::new("mkfifo").arg(&pipe).status().unwrap();
        assert!(made.success());
        for path in [pipe.as_path(), Path::new("/dev/zero")] {
            assert_eq!(LocalFiles.entry(path), Err(FileFailure::NotAFile));
            assert_eq!(open(path).err(), Some(FileFailure::NotAFile));
        }
        assert_eq!(inside(folder.path()), Inside::default());
    }

    #[test]
    fn a_folder_shows_its_visible_files_in_order_and_counts_the_folders_in_it() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["b.hl7", "a.dat", ".hidden.hl7", "c"] {
            file(folder.path(), name, "x");
        }
        for name in ["d", "e", ".hidden"] {
            fs::create_dir(folder.path().join(name)).unwrap();
        }
        file(&folder.path().join("d"), "deeper.hl7", "x");
        let files = ["a.dat", "b.hl7", "c"].map(|name| folder.path().join(name)).to_vec();
        let expected = Inside {
            files,
            more_files: 0,
            folders: 2,
        };
        assert_eq!(inside(folder.path()), expected);
    }

    #[test]
    fn a_crowded_folder_shows_its_first_thousand_and_counts_the_rest() {
        let folder = tempfile::tempdir().unwrap();
        for n in 0..1_003 {
            file(folder.path(), &format!("{n:05}.hl7"), "");
        }
        let found = inside(folder.path());
        assert_eq!((found.files.len(), found.more_files), (MAX_FOLDER_FILES, 3));
        assert_eq!(found.files.last().unwrap(), &folder.path().join("00999.hl7"));
    }

    #[test]
    fn a_file_that_grows_while_it_is_open_shows_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = file(folder.path(), "grows.hl7", "MSH");
        let mut writer = OpenOptions::new().append(true).open(&path).unwrap();
        let reader = File::open(&path).map(LocalFile).unwrap();
        let before = reader.snapshot().unwrap();
        assert_eq!(before.size_bytes, 3);
        assert_eq!(reader.snapshot(), Ok(before));
        writer.write_all(b"|").unwrap();
        assert_ne!(reader.snapshot(), Ok(before));
    }

    #[test]
    fn a_file_rewritten_at_the_same_length_shows_it_by_its_time() {
        let folder = tempfile::tempdir().unwrap();
        let path = file(folder.path(), "same.hl7", "MSH");
        let reader = File::open(&path).map(LocalFile).unwrap();
        let before = reader.snapshot().unwrap();
        let later = before.modified.unwrap() + std::time::Duration::from_secs(2);
        OpenOptions::new()
            .write(true)
            .open(&path)
            .unwrap()
            .set_modified(later)
            .unwrap();
        assert_ne!(reader.snapshot(), Ok(before));
    }

    #[test]
    fn a_save_replaces_the_whole_text_and_leaves_nothing_beside_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = file(folder.path(), "receipt.txt", "an older and longer receipt");
        assert_eq!(LocalFiles.save(&path, "receipt"), Ok(()));
        assert_eq!(text_of(&path), "receipt");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_save_of_something_new_leaves_alone_what_is_there() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("proof.html");
        assert_eq!(LocalFiles.save_new(&path, "proof"), Ok(()));
        assert_eq!(LocalFiles.save_new(&path, "another"), Err(FileFailure::AlreadyThere));
        assert_eq!(text_of(&path), "proof");
        assert_eq!(
            LocalFiles.save_new(folder.path(), "proof"),
            Err(FileFailure::AlreadyThere)
        );
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_save_where_there_is_no_folder_says_so() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("gone").join("receipt.txt");
        assert_eq!(LocalFiles.save(&path, "receipt"), Err(FileFailure::NotFound));
        assert_eq!(LocalFiles.save(folder.path(), "receipt"), Err(FileFailure::NotAFile));
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_full_disk_is_told_apart() {
        let full = OpenOptions::new().write(true).open("/dev/full").unwrap();
        let error = (&full).write_all(b"x").unwrap_err();
        assert_eq!(failure(&error), FileFailure::DiskFull);
    }

    #[test]
    fn permission_denied_is_told_apart() {
        let error = io::Error::from(io::ErrorKind::PermissionDenied);
        assert_eq!(failure(&error), FileFailure::NotReadable);
    }

    #[cfg(windows)]
    #[test]
    fn a_file_that_another_program_writes_is_locked() {
        let folder = tempfile::tempdir().unwrap();
        let path = file(folder.path(), "busy.hl7", "MSH");
        let _writer = OpenOptions::new().append(true).open(&path).unwrap();
        assert_eq!(open(&path).err(), Some(FileFailure::Locked));
    }
}
