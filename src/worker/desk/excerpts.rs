//! Reading a file once more, for whoever looks at what was found in it.

use std::{io::Read, sync::Arc};

use sha2::{Digest, Sha256};

use crate::{
    app::message::{Event, ExcerptRequest, Reread},
    domain::{
        check::{ExcerptReader, Excerpts},
        failure::FileFailure,
        guide::{Guide, Legend},
        submission::ContentHash,
    },
    ports::file_failure,
    worker::{desk::Desk, reading::each_chunk, repairing::Repairing},
};

/// The excerpts as an event, or nothing when it was cancelled.
pub(super) fn read(desk: &Desk, request: &ExcerptRequest) -> Option<Event> {
    let excerpts = match excerpts(desk, request) {
        Ok(excerpts) => Ok(Arc::new(excerpts?)),
        Err(failure) => {
            tracing::warn!(%failure, "a file could not be read once more");
            Err(failure)
        }
    };
    Some(Event::ExcerptsRead(Box::new(reread(request, excerpts))))
}

/// The answer to a request.
pub(super) fn reread(request: &ExcerptRequest, excerpts: Result<Arc<Excerpts>, FileFailure>) -> Reread {
    let guide = Guide::z22();
    Reread {
        card: request.card,
        sha256: request.reading.sha256,
        excerpts,
        // Without the guide fields have no names but those that everybody needs.
        legend: Arc::new(guide.as_ref().map(Legend::of).unwrap_or_default()),
    }
}

/// A file that is not the one that was checked is said to have changed: a finding would point at somebody else.
fn excerpts(desk: &Desk, request: &ExcerptRequest) -> Result<Option<Excerpts>, FileFailure> {
    let reading = &request.reading;
    let source: Box<dyn Read> = match request.repair {
        Some(order) => Box::new(Repairing::open(&*desk.files, &request.path, order)?),
        None => desk.files.open(&request.path)?,
    };
    let (mut reader, mut hash) = (ExcerptReader::new(&reading.report), Sha256::new());
    let mut no_more = source.take(reading.size_bytes.saturating_add(1));
    let is_over = each_chunk(&mut no_more, &[&request.cancel, &desk.stop], |chunk| {
        hash.update(chunk);
        reader.feed(chunk);
        Ok(())
    });
    if !is_over.map_err(|error| file_failure(&error))? {
        return Ok(None);
    }
    if ContentHash(hash.finalize().into()) == reading.sha256 {
        Ok(Some(reader.finish()))
    } else {
        Err(FileFailure::Changed)
    }
}
