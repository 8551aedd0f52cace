//! Sealed copies as files of a folder: one for each submission, under one key.

mod chunks;
mod header;
mod subkeys;
mod text;

use std::{
    ffi::OsStr,
    fs::{self, File},
    io::{self, Read},
    path::PathBuf,
    sync::Arc,
    time::Duration,
};

use chrono::{DateTime, Utc};
use uuid::Uuid;

use self::{
    chunks::OpenCopy,
    header::{Form, HEADER_BYTES, Header},
    subkeys::Subkeys,
};
use crate::{
    adapters::{
        system,
        whole_file::{self, Readers},
    },
    domain::{failure::SealFailure, fingerprint::VaccinationPrint, submission::SubmissionId},
    ports::{SealKeys, Sealed, file_failure},
};

/// What the copies' names end with, after the submission's id.
const SUFFIX: &str = ".sealed";

/// A file that is not whole and was not written to for so long was left behind by a crash.
const LEFT_BEHIND: Duration = Duration::from_hours(24);

/// Keeps sealed copies in a folder. Clear bytes are in memory only, one chunk at a time.
///
/// A copy is a header and a row of chunks of 1 MiB, sealed with XChaCha20-Poly1305 in the STREAM construction. Header and submission
/// id are authenticated with each chunk. The keys are made from the one that `SealKeys` keeps.
pub struct SealedFolder {
    folder: PathBuf,
    keys: Arc<dyn SealKeys>,
}

impl SealedFolder {
    /// The copies in this folder, which is made when the first one is kept.
    pub fn new(folder: PathBuf, keys: Arc<dyn SealKeys>) -> Self {
        Self { folder, keys }
    }

    fn subkeys(&self) -> Result<Subkeys, SealFailure> {
        let key = self.keys.key().map_err(SealFailure::NoKey)?;
        Ok(Subkeys::of(&key))
    }

    fn path(&self, id: SubmissionId) -> PathBuf {
        self.folder.join(format!("{id}{SUFFIX}"))
    }

    /// Removes what a crash left behind. What cannot be removed is tried again next time.
    fn clear_away(file: &fs::DirEntry) -> io::Result<()> {
        let age = file.metadata()?.modified()?.elapsed();
        if age.is_ok_and(|age| age > LEFT_BEHIND) {
            fs::remove_file(file.path())?;
        }
        Ok(())
    }
}

impl Sealed for SealedFolder {
    fn is_ready(&self) -> Result<(), SealFailure> {
        self.keys.key().map(|_key| ()).map_err(SealFailure::NoKey)
    }

    fn keep(&self, id: SubmissionId, source: &mut dyn Read) -> Result<(), SealFailure> {
        let subkeys = self.subkeys()?;
        let header = Header::new(Form::Copy, subkeys.id)?;
        system::create_own_folder(&self.folder).map_err(|error| disk(&error))?;
        whole_file::write_with(
            &self.path(id),
            Readers::OwnerOnly,
            |file| chunks::seal(&subkeys.copies, &header, id, source, file),
            |error| disk(&error),
        )
    }

    fn open(&self, id: SubmissionId) -> Result<Box<dyn Read + Send>, SealFailure> {
        let mut file = match File::open(self.path(id)) {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Err(SealFailure::Missing),
            Err(error) => return Err(disk(&error)),
        };
        let mut header = [0; HEADER_BYTES];
        match file.read_exact(&mut header) {
            Ok(()) => {}
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Err(SealFailure::Damaged),
            Err(error) => return Err(disk(&error)),
        }
        let subkeys = self.subkeys()?;
        let header = Header::parse(Form::Copy, subkeys.id, &header)?;
        Ok(Box::new(OpenCopy::new(&subkeys.copies, &header, id, file)))
    }

    fn remove(&self, id: SubmissionId) -> Result<(), SealFailure> {
        whole_file::remove(&self.path(id)).map_err(|error| disk(&error))
    }

    fn kept(&self) -> Result<Vec<SubmissionId>, SealFailure> {
        let files = match fs::read_dir(&self.folder) {
            Ok(files) => files,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(disk(&error)),
        };
        let mut kept = Vec::new();
        for file in files {
            let file = file.map_err(|error| disk(&error))?;
            let name = file.file_name();
            kept.extend(id_of(&name));
            if name.to_str().is_some_and(whole_file::is_unfinished)
                && let Err(error) = Self::clear_away(&file)
            {
                tracing::warn!(error = %error.kind(), "a file left behind by a crash stays");
            }
        }
        kept.sort_unstable();
        Ok(kept)
    }

    fn sealed_at(&self, id: SubmissionId) -> Result<Option<DateTime<Utc>>, SealFailure> {
        match fs::metadata(self.path(id)).and_then(|found| found.modified()) {
            Ok(at) => Ok(Some(at.into())),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(disk(&error)),
        }
    }

    fn seal_text(&self, id: SubmissionId, text: &str) -> Result<Vec<u8>, SealFailure> {
        text::seal(&self.subkeys()?, id, text)
    }

    fn open_text(&self, id: SubmissionId, sealed: &[u8]) -> Result<String, SealFailure> {
        text::open(&self.subkeys()?, id, sealed)
    }

    fn prints(&self, facts: &[Vec<u8>]) -> Result<Vec<VaccinationPrint>, SealFailure> {
        Ok(self.subkeys()?.prints(facts))
    }
}

/// Whether a file of this name in the copies' folder is a copy, whole or not.
pub(super) fn is_copy(name: &str) -> bool {
    whole_file::is_unfinished(name) || id_of(OsStr::new(name)).is_some()
}

/// The submission of a copy, by the file's name.
pub(super) fn id_of(name: &OsStr) -> Option<SubmissionId> {
    let name = name.to_str()?;
    let id = SubmissionId(Uuid::try_parse(name.strip_suffix(SUFFIX)?).ok()?);
    // The library reads other spellings too, and `open` would not find them.
    (format!("{id}{SUFFIX}") == name).then_some(id)
}

fn disk(error: &io::Error) -> SealFailure {
    SealFailure::Disk(file_failure(error))
}
