//! One reading of a file: length, hash, and what the check says.

use std::{
    io::{self, ErrorKind, Read},
    sync::Arc,
};

use sha2::{Digest, Sha256};

use crate::{
    domain::{
        cancel::Cancel,
        check::{Checker, Rules, SoFar},
        failure::FileFailure,
        submission::{ContentHash, Reading},
    },
    ports::OpenFile,
};

/// Bytes read at once.
pub(super) const CHUNK_BYTES: usize = 1 << 20;
/// The most bytes between two reports of progress. The first comes after one chunk, and each next one after twice as many bytes:
/// whoever waits sees at once that something is found.
pub(super) const REPORT_BYTES: u64 = 16 << 20;

/// How far a reading is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Bytes read.
    pub read_bytes: u64,
    /// Bytes in all.
    pub total_bytes: u64,
    /// What was found in them.
    pub so_far: SoFar,
}

/// Reads a file from its beginning to its end, and tells progress.
///
/// `None` when one of `cancels` was requested. A file that changes meanwhile is a failure: it may be open in the EHR and growing.
pub fn read_whole(
    file: Box<dyn OpenFile>,
    rules: &Rules,
    cancels: &[&Cancel],
    mut progress: impl FnMut(Progress),
) -> Result<Option<Reading>, FileFailure> {
    let (mut taken, mut next_bytes) = (Taken::under(rules), CHUNK_BYTES as u64);
    let read = read_through(file, cancels, |chunk, total_bytes| {
        taken.take(chunk);
        let read_bytes = taken.size_bytes;
        if read_bytes >= next_bytes && read_bytes < total_bytes {
            next_bytes = read_bytes + read_bytes.min(REPORT_BYTES);
            progress(Progress {
                read_bytes,
                total_bytes,
                so_far: taken.checker.so_far(),
            });
        }
    })?;
    Ok(read.map(|_size_bytes| taken.finish()))
}

/// Hands on a file in chunks, each with the bytes in all, and tells its length.
///
/// `None` when one of `cancels` was requested. A file that changes meanwhile is a failure.
fn read_through(
    mut file: Box<dyn OpenFile>,
    cancels: &[&Cancel],
    mut take: impl FnMut(&[u8], u64),
) -> Result<Option<u64>, FileFailure> {
    let before = file.snapshot()?;
    let mut buffer = vec![0; CHUNK_BYTES];
    let mut read_bytes = 0;
    loop {
        if cancels.iter().any(|cancel| cancel.is_requested()) {
            return Ok(None);
        }
        let chunk =
            next_chunk(&mut *file, &mut buffer).map_err(|error| FileFailure::Other(error.kind().to_string()))?;
        if chunk.is_empty() {
            break;
        }
        read_bytes += chunk.len() as u64;
        if read_bytes > before.size_bytes {
            return Err(FileFailure::Changed);
        }
        take(chunk, before.size_bytes);
    }
    if file.snapshot()? != before || read_bytes != before.size_bytes {
        return Err(FileFailure::Changed);
    }
    Ok(Some(read_bytes))
}

/// What was read so far.
pub(super) struct Taken<'r> {
    hash: Sha256,
    checker: Checker<'r>,
    size_bytes: u64,
}

impl<'r> Taken<'r> {
    /// Nothing, to be checked by these rules.
    pub(super) fn under(rules: &'r Rules) -> Self {
        Self {
            hash: Sha256::new(),
            checker: Checker::new(rules),
            size_bytes: 0,
        }
    }

    /// The next bytes.
    pub(super) fn take(&mut self, chunk: &[u8]) {
        self.hash.update(chunk);
        self.checker.feed(chunk);
        self.size_bytes += chunk.len() as u64;
    }

    /// What it came to.
    pub(super) fn finish(self) -> Reading {
        Reading {
            size_bytes: self.size_bytes,
            sha256: ContentHash(self.hash.finalize().into()),
            report: Arc::new(self.checker.finish()),
        }
    }
}

/// What comes next; empty at the end.
pub(super) fn next_chunk<'a, R: Read + ?Sized>(source: &mut R, buffer: &'a mut [u8]) -> io::Result<&'a [u8]> {
    loop {
        match source.read(buffer) {
            Ok(read) => return Ok(buffer.get(..read).unwrap_or_default()),
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}
