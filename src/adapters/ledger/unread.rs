//! A note beside each ledger that was set aside, until somebody has acknowledged it.

use std::{
    fs::{self, File},
    io::{self, Read},
    path::Path,
};

use super::alone::is_set_aside;
use crate::{
    adapters::whole_file::{self, Readers},
    domain::failure::{LedgerFailure, SetAside},
};

/// What the note's name ends with, after the name of the ledger that it tells of.
pub(super) const NOTE: &str = "-unread";
/// How the note of a newer Dropoff's ledger begins; its version follows. Any other note is the reason itself.
const NEWER: &str = "version ";
/// A note is one line.
const MAX_BYTES: u64 = 1_000;

/// Written before the ledger is renamed: a note without its ledger means nothing, a ledger without its note would be forgotten.
pub(super) fn write(data: &Path, set_aside: &SetAside) -> io::Result<()> {
    let text = match &set_aside.why {
        LedgerFailure::FromNewerVersion(version) => format!("{NEWER}{version}"),
        LedgerFailure::Damaged(reason) => reason.clone(),
        LedgerFailure::Busy
        | LedgerFailure::DiskFull
        | LedgerFailure::IllegalMove { .. }
        | LedgerFailure::NoSuchSubmission
        | LedgerFailure::Other(_) => set_aside.why.to_string(),
    };
    let note = data.join(format!("{}{NOTE}", set_aside.file));
    whole_file::write(&note, &text, Readers::OwnerOnly)
}

/// Every ledger that was set aside and has its note still, the oldest first.
pub(super) fn all(data: &Path) -> io::Result<Vec<SetAside>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(data)? {
        let name = entry?.file_name();
        let of = name.to_str().and_then(|name| name.strip_suffix(NOTE));
        if let Some(file) = of.filter(|file| is_set_aside(file) && super::opening::is_any_there(data, file)) {
            found.push(SetAside {
                why: why(File::open(data.join(&name))?)?,
                file: file.to_owned(),
            });
        }
    }
    found.sort_by(|a, b| a.file.cmp(&b.file));
    Ok(found)
}

fn why(note: File) -> io::Result<LedgerFailure> {
    let mut bytes = Vec::new();
    note.take(MAX_BYTES).read_to_end(&mut bytes)?;
    let text = String::from_utf8_lossy(&bytes);
    let version = text.strip_prefix(NEWER).and_then(|version| version.parse().ok());
    Ok(version.map_or_else(
        || LedgerFailure::Damaged(text.into_owned()),
        LedgerFailure::FromNewerVersion,
    ))
}

/// Somebody has read it. The ledger itself stays.
pub(super) fn acknowledge(data: &Path, file: &str) -> io::Result<()> {
    if is_set_aside(file) {
        whole_file::remove(&data.join(format!("{file}{NOTE}")))
    } else {
        Ok(())
    }
}
