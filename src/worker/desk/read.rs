//! Reading a chosen file for its card.

use std::{path::Path, sync::Arc};

use uuid::Uuid;

use crate::{
    app::message::{CardId, Event},
    domain::{
        cancel::Cancel,
        check::{Occasion, Rules, Severity},
        submission::SubmissionId,
    },
    worker::{desk::Desk, reading::read_whole},
};

/// The reading as an event, or nothing when it was cancelled.
pub(super) fn read(desk: &Desk, card: CardId, path: &Path, occasion: Occasion, cancel: &Cancel) -> Option<Event> {
    let rules = Rules::on(occasion, desk.expected.clone(), Arc::clone(&desk.standard));
    let submission = SubmissionId(Uuid::new_v4());
    let result = desk.files.open(path).and_then(|file| {
        read_whole(file, &rules, &[cancel, &desk.stop], |progress| {
            desk.reporter.report(Event::ReadProgress {
                card,
                read_bytes: progress.read_bytes,
                total_bytes: progress.total_bytes,
                so_far: progress.so_far,
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
            messages = reading.report.summary.messages,
            kind = ?reading.report.kind,
            blockers = reading.report.count(Severity::Blocker),
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
