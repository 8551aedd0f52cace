//! One reading of a file: length, hash, and what the check says.

use std::{io::ErrorKind, sync::Arc};

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
const CHUNK_BYTES: usize = 1 << 20;
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
    let (mut hash, mut checker) = (Sha256::new(), Checker::new(rules));
    let (mut read_bytes, mut reported_bytes) = (0_u64, 0_u64);
    loop {
        if cancels.iter().any(|cancel| cancel.is_requested()) {
            return Ok(None);
        }
        let chunk = next_chunk(&mut *file, &mut buffer)?;
        if chunk.is_empty() {
            break;
        }
        hash.update(chunk);
        checker.feed(chunk);
        read_bytes += chunk.len() as u64;
        if read_bytes > before.size_bytes {
            return Err(FileFailure::Changed);
        }
        if read_bytes - reported_bytes >= REPORT_BYTES {
            reported_bytes = read_bytes;
            progress(read_bytes, before.size_bytes);
        }
    }
    if file.snapshot()? != before || read_bytes != before.size_bytes {
        return Err(FileFailure::Changed);
    }
    Ok(Some(Reading {
        size_bytes: read_bytes,
        sha256: ContentHash(hash.finalize().into()),
        report: Arc::new(checker.finish()),
    }))
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
