//! A file on its way out that is either the one that was read before, whole, or does not arrive whole.

use std::{
    io::{self, ErrorKind, Read},
    path::Path,
};

use sha2::{Digest, Sha256};

use crate::{
    domain::{cancel::Cancel, failure::FileFailure, submission::ContentHash},
    ports::{Files, OpenFile},
};

/// Bytes read at once.
const CHUNK_BYTES: usize = 256 * 1024;

/// Hands out the bytes one chunk late, and the last chunk only when the hash of all of them is right.
///
/// So a file that changed after it was read can arrive in part, which is seen and removed, but never whole.
pub(super) struct WholeFile {
    file: Box<dyn OpenFile>,
    expected: ContentHash,
    hash: Sha256,
    held: Vec<u8>,
    ready: Vec<u8>,
    given: usize,
    is_at_end: bool,
}

impl WholeFile {
    /// Opens the file and makes sure that it still has this length and this hash, before anything is sent.
    /// `Ok(None)` means cancelled.
    pub(super) fn open(
        files: &dyn Files,
        path: &Path,
        size_bytes: u64,
        expected: ContentHash,
        cancel: &Cancel,
    ) -> Result<Option<Self>, FileFailure> {
        if files.open(path)?.snapshot()?.size_bytes != size_bytes {
            return Err(FileFailure::Changed);
        }
        let mut rehearsal = Self::new(files.open(path)?, expected);
        let mut buffer = vec![0; CHUNK_BYTES];
        loop {
            if cancel.is_requested() {
                return Ok(None);
            }
            match rehearsal.read(&mut buffer) {
                Ok(0) => break,
                Ok(_) => {}
                Err(error) => return Err(file_failure(&error)),
            }
        }
        Ok(Some(Self::new(files.open(path)?, expected)))
    }

    fn new(file: Box<dyn OpenFile>, expected: ContentHash) -> Self {
        Self {
            file,
            expected,
            hash: Sha256::new(),
            held: Vec::new(),
            ready: Vec::new(),
            given: 0,
            is_at_end: false,
        }
    }

    /// Reads one chunk further; what was held becomes ready.
    fn advance(&mut self) -> io::Result<()> {
        let mut chunk = std::mem::take(&mut self.ready);
        chunk.clear();
        let read = (&mut *self.file).take(CHUNK_BYTES as u64).read_to_end(&mut chunk)?;
        self.hash.update(&chunk);
        self.ready = std::mem::replace(&mut self.held, chunk);
        self.given = 0;
        if read == 0 {
            self.is_at_end = true;
            let hash = ContentHash(self.hash.clone().finalize().into());
            if hash != self.expected {
                self.ready.clear();
                return Err(io::Error::other(FileFailure::Changed));
            }
        }
        Ok(())
    }
}

impl Read for WholeFile {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        while self.given == self.ready.len() && !self.is_at_end {
            self.advance()?;
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

fn file_failure(error: &io::Error) -> FileFailure {
    if let Some(failure) = error.get_ref().and_then(|inner| inner.downcast_ref::<FileFailure>()) {
        return failure.clone();
    }
    let kind = error.kind();
    if kind == ErrorKind::NotFound {
        FileFailure::NotFound
    } else if kind == ErrorKind::PermissionDenied {
        FileFailure::NotReadable
    } else {
        FileFailure::Other(kind.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ports::Snapshot;

    struct Bytes(io::Cursor<Vec<u8>>);

    impl Read for Bytes {
        fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
            self.0.read(out)
        }
    }

    impl OpenFile for Bytes {
        fn snapshot(&self) -> Result<Snapshot, FileFailure> {
            Ok(Snapshot {
                size_bytes: self.0.get_ref().len() as u64,
                modified: None,
            })
        }
    }

    fn reader(bytes: &[u8], expected: &[u8]) -> WholeFile {
        let expected = ContentHash(Sha256::digest(expected).into());
        WholeFile::new(Box::new(Bytes(io::Cursor::new(bytes.to_vec()))), expected)
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
}
