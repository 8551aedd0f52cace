//! One reading of a chosen file: length, hash, kind and counts.

use std::{io::ErrorKind, path::Path};

use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::{
    app::message::{CardId, Event},
    domain::{
        cancel::Cancel,
        failure::FileFailure,
        hl7::summary::Summarizer,
        submission::{ContentHash, Reading, SubmissionId},
    },
    ports::OpenFile,
    worker::desk::Desk,
};

/// Bytes read at once.
const CHUNK_BYTES: usize = 1 << 20;
/// Bytes between two reports of progress.
pub(super) const REPORT_BYTES: u64 = 16 << 20;

/// The reading as an event, or nothing when it was cancelled.
pub(super) fn read(desk: &Desk, card: CardId, path: &Path, cancel: &Cancel) -> Option<Event> {
    let submission = SubmissionId(Uuid::new_v4());
    let result = desk.files.open(path).and_then(|file| {
        read_open(file, [cancel, &desk.stop], |read_bytes, total_bytes| {
            desk.reporter.report(Event::ReadProgress {
                card,
                read_bytes,
                total_bytes,
            });
        })
    });
    let result = match result {
        Ok(Some(reading)) => Ok(Box::new(reading)),
        Ok(None) => return None,
        Err(failure) => Err(failure),
    };
    match &result {
        Ok(reading) => tracing::info!(
            %submission,
            bytes = reading.size_bytes,
            messages = reading.summary.messages,
            kind = ?reading.kind,
            "read a file"
        ),
        Err(failure) => tracing::warn!(%submission, %failure, "a file could not be read"),
    }
    Some(Event::FileRead {
        card,
        submission,
        result,
    })
}

fn read_open(
    mut file: Box<dyn OpenFile>,
    cancels: [&Cancel; 2],
    mut progress: impl FnMut(u64, u64),
) -> Result<Option<Reading>, FileFailure> {
    let before = file.snapshot()?;
    let mut buffer = vec![0; CHUNK_BYTES];
    let (mut hash, mut summarizer) = (Sha256::new(), Summarizer::new());
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
        summarizer.feed(chunk);
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
        kind: summarizer.kind(),
        summary: summarizer.finish(),
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
