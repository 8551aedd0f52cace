//! One reading of a file: length, hash, and what the check says.

use std::{io::ErrorKind, sync::Arc};

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
const CHUNK_BYTES: usize = 1 << 20;
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
    let (mut checker, mut next_bytes) = (Checker::new(rules), CHUNK_BYTES as u64);
    let read = read_through(file, cancels, |chunk, read_bytes, total_bytes| {
        checker.feed(chunk);
        if read_bytes >= next_bytes && read_bytes < total_bytes {
            next_bytes = read_bytes + read_bytes.min(REPORT_BYTES);
            progress(Progress {
                read_bytes,
                total_bytes,
                so_far: checker.so_far(),
            });
        }
    })?;
    Ok(read.map(|(size_bytes, sha256)| Reading {
        size_bytes,
        sha256,
        report: Arc::new(checker.finish()),
    }))
}

/// Hands on a file in chunks, each with the bytes read up to its end and the bytes in all, and tells its length and hash.
///
/// `None` when one of `cancels` was requested. A file that changes meanwhile is a failure.
pub(super) fn read_through(
    mut file: Box<dyn OpenFile>,
    cancels: &[&Cancel],
    mut take: impl FnMut(&[u8], u64, u64),
) -> Result<Option<(u64, ContentHash)>, FileFailure> {
    let before = file.snapshot()?;
    let mut buffer = vec![0; CHUNK_BYTES];
    let (mut hash, mut read_bytes) = (Sha256::new(), 0_u64);
    loop {
        if cancels.iter().any(|cancel| cancel.is_requested()) {
            return Ok(None);
        }
        let chunk = next_chunk(&mut *file, &mut buffer)?;
        if chunk.is_empty() {
            break;
        }
        hash.update(chunk);
        read_bytes += chunk.len() as u64;
        if read_bytes > before.size_bytes {
            return Err(FileFailure::Changed);
        }
        take(chunk, read_bytes, before.size_bytes);
    }
    if file.snapshot()? != before || read_bytes != before.size_bytes {
        return Err(FileFailure::Changed);
    }
    Ok(Some((read_bytes, ContentHash(hash.finalize().into()))))
}

/// What the disk hands out next; empty at the end.
fn next_chunk<'a>(file: &mut dyn OpenFile, buffer: &'a mut [u8]) -> Result<&'a [u8], FileFailure> {
    loop {
        match file.read(buffer) {
            Ok(read) => return Ok(buffer.get(..read).unwrap_or_default()),
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(FileFailure::Other(error.kind().to_string())),
        }
    }
}
