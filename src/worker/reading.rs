//! One reading of a file: length, hash, and what the check says.

use std::{
    io::{self, ErrorKind, Read},
    sync::Arc,
};

use sha2::{Digest, Sha256};

use crate::{
    domain::{
        cancel::Cancel,
        check::{Checker, Rules},
        failure::FileFailure,
        submission::{ContentHash, Reading},
    },
    ports::OpenFile,
};

/// Bytes read at once.
pub(super) const CHUNK_BYTES: usize = 1 << 20;
/// Bytes between two reports of progress.
pub(super) const REPORT_BYTES: u64 = 16 << 20;

/// Reads a file from its beginning to its end, and tells progress as bytes read and bytes in all.
///
/// `None` when one of `cancels` was requested. A file that changes meanwhile is a failure: it may be open in the EHR and growing.
pub fn read_whole(
    mut file: Box<dyn OpenFile>,
    rules: &Rules,
    cancels: &[&Cancel],
    mut progress: impl FnMut(u64, u64),
) -> Result<Option<Reading>, FileFailure> {
    let before = file.snapshot()?;
    let mut buffer = vec![0; CHUNK_BYTES];
    let mut taken = Taken::under(rules);
    let mut reported_bytes = 0;
    loop {
        if cancels.iter().any(|cancel| cancel.is_requested()) {
            return Ok(None);
        }
        let chunk =
            next_chunk(&mut *file, &mut buffer).map_err(|error| FileFailure::Other(error.kind().to_string()))?;
        if chunk.is_empty() {
            break;
        }
        taken.take(chunk);
        let read_bytes = taken.size_bytes;
        if read_bytes > before.size_bytes {
            return Err(FileFailure::Changed);
        }
        if read_bytes - reported_bytes >= REPORT_BYTES {
            reported_bytes = read_bytes;
            progress(read_bytes, before.size_bytes);
        }
    }
    if file.snapshot()? != before || taken.size_bytes != before.size_bytes {
        return Err(FileFailure::Changed);
    }
    Ok(Some(taken.finish()))
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
