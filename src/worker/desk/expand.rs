//! Dropped folders become the HL7 files in them, known by content.

use std::{
    io::Read,
    path::{Path, PathBuf},
};

use crate::{
    app::message::{Event, LeftOut},
    domain::hl7::content::{ContentKind, detect},
    ports::{Entry, Files, Inside},
    worker::desk::Desk,
};

/// What is needed to tell a file's kind.
const HEAD_BYTES: u64 = 4_096;

/// A dropped file stands as it is: if it is not what it should be, its card says so. A folder offers only its HL7 files, and
/// what cannot be read: nobody knows that it is none, and its card says why. What it does not offer is counted.
pub(super) fn expand(desk: &Desk, paths: Vec<PathBuf>) -> Event {
    let mut found = Vec::new();
    let mut left_out = LeftOut::default();
    for path in paths {
        match desk.files.entry(&path) {
            Ok(Entry::Folder(inside)) if inside != Inside::default() => {
                let before = inside.files.len();
                let hl7: Vec<PathBuf> = inside
                    .files
                    .into_iter()
                    .take_while(|_| !desk.stop.is_requested())
                    .filter(|path| may_be_hl7(&*desk.files, path))
                    .collect();
                left_out.not_hl7 += before - hl7.len();
                left_out.more_files += inside.more_files;
                left_out.folders += inside.folders;
                found.extend(hl7);
            }
            // An empty folder gets a card too: a drop that nothing answers looks like a fault.
            Ok(Entry::Folder(_) | Entry::File) | Err(_) => found.push(path),
        }
    }
    Event::FilesFound { files: found, left_out }
}

fn may_be_hl7(files: &dyn Files, path: &Path) -> bool {
    let mut head = Vec::new();
    let was_read = files
        .open(path)
        .is_ok_and(|file| file.take(HEAD_BYTES).read_to_end(&mut head).is_ok());
    !was_read || matches!(detect(&head), ContentKind::Hl7 | ContentKind::Hl7Utf16)
}
