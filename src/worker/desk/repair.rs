//! Putting a chosen file right on a copy: to see what it comes to, or onto the disk.

use std::sync::Arc;

use crate::{
    app::message::{CopyToSave, Event, Trial, Tried},
    domain::{
        check::{Occasion, Rules},
        failure::{FileFailure, RepairFailure, SealFailure},
    },
    worker::{
        desk::Desk,
        repairing::{save_repaired, try_repair},
    },
};

/// What the copy comes to, or nothing when it was cancelled.
pub(super) fn try_it(desk: &Desk, trial: &Trial) -> Option<Event> {
    let rules = rules(desk, trial.occasion);
    let cancels = [&trial.cancel, &desk.stop];
    let tried = try_repair(&*desk.files, &trial.path, trial.order, &rules, &cancels).transpose()?;
    let tried = tried.map(|repaired| {
        let ready = desk.shelf.of(trial.destination).sealed.is_ready();
        let can_keep = match ready {
            Err(SealFailure::NoKey(reason)) => Err(reason),
            // Anything else may be over when the file is sent, and is said then.
            Ok(()) | Err(_) => Ok(()),
        };
        Box::new(Tried { repaired, can_keep })
    });
    match &tried {
        Ok(tried) => tracing::info!(repairs = ?tried.repaired.made, "a repair was tried"),
        Err(failure) => tracing::warn!(%failure, "a repair was tried"),
    }
    Some(Event::RepairTried(trial.card, tried))
}

/// Asks where, and writes the copy there.
pub(super) fn save(desk: &Desk, copy: &CopyToSave) -> Event {
    let Some(place) = desk.dialogs.choose_save_place(&copy.title, &copy.suggested_name) else {
        return Event::TextSaved(Ok(false));
    };
    let rules = rules(desk, copy.occasion);
    let saved = save_repaired(&*desk.files, (&copy.path, &place), copy.order, &rules, &[&desk.stop]);
    Event::TextSaved(match saved {
        Ok(copy) => Ok(copy.is_some()),
        Err(RepairFailure::File(failure) | RepairFailure::Place(failure)) => Err(failure),
        // It was made before: these are other bytes.
        Err(RepairFailure::Refused(_)) => Err(FileFailure::Changed),
    })
}

fn rules(desk: &Desk, occasion: Occasion) -> Rules {
    Rules::on(occasion, desk.expected.clone(), Arc::clone(&desk.standard))
}
