//! A file on its way out that is either the one that was read before, whole, or does not arrive whole.

use std::io::{self, Read};

use sha2::{Digest, Sha256};

use crate::{
    domain::{
        failure::{FileFailure, SealFailure},
        submission::{ContentHash, Copy, Wish},
    },
    ports::file_failure,
    worker::{
        courier::{Outfit, duplicate::Beginning, steps::Parcel},
        hashing::HashSink,
    },
};

/// Bytes read at once.
const CHUNK_BYTES: usize = 256 * 1024;

/// How the reading before the delivery ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Rehearsal {
    Same,
    Cancelled,
}

/// What is wrong with what is to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Flaw {
    /// The file on this computer.
    File(FileFailure),
    /// The sealed copy.
    Copy(SealFailure),
}

impl Flaw {
    /// The same, where only files are spoken of.
    pub(super) fn file(self) -> FileFailure {
        match self {
            Self::File(failure) => failure,
            Self::Copy(_) => FileFailure::Changed,
        }
    }

    fn of(error: &io::Error) -> Self {
        match error.get_ref().and_then(|inner| inner.downcast_ref::<SealFailure>()) {
            Some(failure) => Self::Copy(failure.clone()),
            None => Self::File(file_failure(error)),
        }
    }
}

impl Outfit {
    /// The sealed copy; without one, the chosen file.
    pub(super) fn whole_file(&self, parcel: &Parcel<'_>) -> Result<WholeFile, Flaw> {
        let shipment = parcel.shipment;
        let source: Box<dyn Read + Send> = match parcel.record.entered.copy {
            Copy::Sealed => {
                let sealed = &self.shelf.of(shipment.destination).sealed;
                sealed.open(shipment.submission).map_err(Flaw::Copy)?
            }
            Copy::OriginalOnly | Copy::Removed(_) => {
                let path = shipment
                    .original
                    .as_ref()
                    .ok_or(Flaw::File(FileFailure::PlaceUnknown))?;
                let file = self.files.open(path).map_err(Flaw::File)?;
                if file.snapshot().map_err(Flaw::File)?.size_bytes != shipment.size_bytes {
                    return Err(Flaw::File(FileFailure::Changed));
                }
                file
            }
        };
        Ok(WholeFile::new(source, shipment.size_bytes, shipment.sha256))
    }
}

/// Whether the file begins like this. `None` where it cannot be read any more.
pub(super) fn begins_with(outfit: &Outfit, parcel: &Parcel<'_>, beginning: Beginning) -> Option<bool> {
    let file = outfit.whole_file(parcel).ok()?;
    let mut sink = HashSink::default();
    let read = io::copy(&mut file.take(beginning.size_bytes), &mut sink).ok()?;
    Some(read == beginning.size_bytes && sink.finish() == beginning.sha256)
}

/// Makes sure that every byte is the one that was looked at, before anything is sent. `tell` hears how many were, about a hundred
/// times.
pub(super) fn rehearse(outfit: &Outfit, parcel: &Parcel<'_>, tell: impl Fn(u64)) -> Result<Rehearsal, Flaw> {
    let mut file = outfit.whole_file(parcel)?;
    let mut buffer = vec![0; CHUNK_BYTES];
    let step = parcel.shipment.size_bytes / 100;
    let (mut checked, mut told) = (0, 0);
    tell(0);
    loop {
        if parcel.wish() == Wish::Cancel {
            return Ok(Rehearsal::Cancelled);
        }
        match file.read(&mut buffer) {
            Ok(0) => return Ok(Rehearsal::Same),
            Ok(read) => checked += read as u64,
            Err(error) => return Err(Flaw::of(&error)),
        }
        if checked - told > step {
            told = checked;
            tell(checked);
        }
    }
}

/// Hands out the bytes one chunk late, and the last chunk only when length and hash of all of them are right.
///
/// So a file that changed after it was read can arrive in part, which is seen and removed, but never whole.
pub(super) struct WholeFile {
    source: Box<dyn Read + Send>,
    expected: ContentHash,
    left_bytes: u64,
    hash: Sha256,
    held: Vec<u8>,
    ready: Vec<u8>,
    given: usize,
    end: End,
}

/// How far the reading is. After a failure every further reading fails too, so that no end is taken for the end of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
enum End {
    Ahead,
    Right,
    Failed(Flaw),
}

impl WholeFile {
    fn new(source: Box<dyn Read + Send>, size_bytes: u64, expected: ContentHash) -> Self {
        Self {
            source,
            expected,
            left_bytes: size_bytes,
            hash: Sha256::new(),
            held: Vec::new(),
            ready: Vec::new(),
            given: 0,
            end: End::Ahead,
        }
    }

    /// Reads one chunk further; what was held becomes ready.
    fn advance(&mut self) -> Result<(), Flaw> {
        let mut chunk = std::mem::take(&mut self.ready);
        chunk.clear();
        self.given = 0;
        let read = (&mut *self.source)
            .take(CHUNK_BYTES as u64)
            .read_to_end(&mut chunk)
            .map_err(|error| Flaw::of(&error))?;
        let left_bytes = self.left_bytes.checked_sub(read as u64);
        self.left_bytes = left_bytes.ok_or(Flaw::File(FileFailure::Changed))?;
        self.hash.update(&chunk);
        if read == 0 {
            let hash = ContentHash(self.hash.clone().finalize().into());
            if self.left_bytes > 0 || hash != self.expected {
                return Err(Flaw::File(FileFailure::Changed));
            }
            self.end = End::Right;
        }
        self.ready = std::mem::replace(&mut self.held, chunk);
        Ok(())
    }
}

impl Read for WholeFile {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        while self.given == self.ready.len() && self.end == End::Ahead {
            if let Err(failure) = self.advance() {
                self.end = End::Failed(failure);
            }
        }
        match &self.end {
            End::Failed(Flaw::File(failure)) => return Err(io::Error::other(failure.clone())),
            End::Failed(Flaw::Copy(failure)) => return Err(io::Error::other(failure.clone())),
            End::Ahead | End::Right => {}
        }
        let left = self.ready.get(self.given..).unwrap_or_default();
        let n = left.len().min(out.len());
        if let (Some(to), Some(from)) = (out.get_mut(..n), left.get(..n)) {
            to.copy_from_slice(from);
        }
        self.given += n;
        Ok(n)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reader(bytes: &[u8], expected: &[u8]) -> WholeFile {
        let (size_bytes, sha256) = (expected.len() as u64, ContentHash(Sha256::digest(expected).into()));
        WholeFile::new(Box::new(io::Cursor::new(bytes.to_vec())), size_bytes, sha256)
    }

    #[test]
    fn the_file_that_was_read_comes_out_whole() {
        for size in [0, 1, CHUNK_BYTES - 1, CHUNK_BYTES, CHUNK_BYTES + 1, 3 * CHUNK_BYTES + 7] {
            let bytes: Vec<u8> = (0..size).map(|n| u8::try_from(n % 251).unwrap()).collect();
            let mut out = Vec::new();
            reader(&bytes, &bytes).read_to_end(&mut out).unwrap();
            assert!(out == bytes, "{size} bytes");
        }
    }

    #[test]
    fn a_file_that_changed_never_comes_out_whole() {
        for size in [1, CHUNK_BYTES, 2 * CHUNK_BYTES + 7] {
            let bytes = vec![7; size];
            let mut changed = bytes.clone();
            changed[size / 2] = 8;
            let mut out = Vec::new();
            let error = reader(&changed, &bytes).read_to_end(&mut out).unwrap_err();
            assert_eq!(file_failure(&error), FileFailure::Changed);
            assert!(out.len() < size, "{} of {size} bytes came out", out.len());
        }
    }

    #[test]
    fn a_file_that_grew_or_shrank_never_comes_out_whole() {
        let bytes = vec![7; 2 * CHUNK_BYTES];
        for size in [CHUNK_BYTES, 2 * CHUNK_BYTES - 1, 2 * CHUNK_BYTES + 1, 4 * CHUNK_BYTES] {
            let mut reader = reader(&vec![7; size], &bytes);
            let mut out = Vec::new();
            let error = reader.read_to_end(&mut out).unwrap_err();
            assert_eq!(file_failure(&error), FileFailure::Changed);
            assert!(out.len() < bytes.len(), "{} bytes came out", out.len());
        }
    }

    #[test]
    fn after_a_failure_there_is_no_end_that_could_be_taken_for_the_files_own() {
        let mut reader = reader(b"changed", b"as read");
        for _ in 0..3 {
            assert!(reader.read(&mut [0; 16]).is_err());
        }
    }
}
