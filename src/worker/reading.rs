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
    mut file: Box<dyn OpenFile>,
    rules: &Rules,
    cancels: &[&Cancel],
    mut progress: impl FnMut(Progress),
) -> Result<Option<Reading>, FileFailure> {
    let before = file.snapshot()?;
    let total_bytes = before.size_bytes;
    let (mut taken, mut next_bytes) = (Taken::under(rules), CHUNK_BYTES as u64);
    let mut no_more = (&mut *file).take(total_bytes.saturating_add(1));
    let is_over = each_chunk(&mut no_more, cancels, |chunk| {
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
        Ok(())
    });
    if !is_over.map_err(|error| FileFailure::Other(error.kind().to_string()))? {
        return Ok(None);
    }
    if file.snapshot()? != before || taken.size_bytes != total_bytes {
        return Err(FileFailure::Changed);
    }
    Ok(Some(taken.finish()))
}

/// Hands on what is read, in chunks: whether to the end, or until one of `cancels` was requested.
pub(super) fn each_chunk<R: Read + ?Sized>(
    source: &mut R,
    cancels: &[&Cancel],
    mut take: impl FnMut(&[u8]) -> io::Result<()>,
) -> io::Result<bool> {
    let mut buffer = vec![0; CHUNK_BYTES];
    loop {
        if cancels.iter().any(|cancel| cancel.is_requested()) {
            return Ok(false);
        }
        let chunk = next_chunk(source, &mut buffer)?;
        if chunk.is_empty() {
            return Ok(true);
        }
        take(chunk)?;
    }
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
