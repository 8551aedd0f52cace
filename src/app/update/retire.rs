//! Removing everything from this computer: nothing may wait, and once it has begun nothing else is done.

use crate::{
    app::{
        message::{BeforeRetiring, Command, DeskJob, Event, Job},
        model::{Model, Screen},
        retire::{Readiness, RetireStep},
    },
    domain::failure::LedgerFailure,
};

/// Looks what waits: when *Help* opens, and when something has changed while it is shown.
pub(super) fn refresh(model: &mut Model) -> Vec<Job> {
    if model.screen != Screen::Help || model.retire.step != RetireStep::Idle {
        return Vec::new();
    }
    model.retire.step = RetireStep::Looking;
    vec![Job::Desk(DeskJob::LookBeforeRetiring)]
}

/// Somebody has said that everything is to go. The last look may be old.
pub(super) fn remove_everything(model: &mut Model) -> Vec<Job> {
    if !matches!(model.readiness_to_retire(), Readiness::Ready { .. }) {
        return Vec::new();
    }
    model.retire.step = RetireStep::Confirmed;
    vec![Job::Desk(DeskJob::LookBeforeRetiring)]
}

pub(super) fn looked(model: &mut Model, found: Result<BeforeRetiring, LedgerFailure>) -> Vec<Job> {
    let is_confirmed = model.retire.step == RetireStep::Confirmed;
    model.retire.step = RetireStep::Idle;
    model.retire.found = Some(found);
    if is_confirmed && matches!(model.readiness_to_retire(), Readiness::Ready { .. }) {
        model.retire.step = RetireStep::Removing;
        return vec![Job::RemoveEverything];
    }
    Vec::new()
}

/// The desk's queue was full.
pub(super) fn not_taken(model: &mut Model) {
    model.retire.step = RetireStep::Idle;
}

/// While everything is being removed nothing is done, and afterwards nothing but to close.
pub(super) fn asked_meanwhile(model: &Model, command: &Command) -> Vec<Job> {
    match &model.retire.step {
        RetireStep::Over(done) if *command == Command::RequestClose => {
            let folder = done.is_ok().then_some(Job::RemoveDataFolder);
            folder.into_iter().chain([Job::CloseWindow]).collect()
        }
        RetireStep::Over(_) | RetireStep::Removing | RetireStep::Idle | RetireStep::Looking | RetireStep::Confirmed => {
            Vec::new()
        }
    }
}

/// What the worker said last is of no account any more.
pub(super) fn happened_meanwhile(model: &mut Model, event: Event) -> Vec<Job> {
    if let Event::Retired(done) = event {
        model.retire.step = RetireStep::Over(done);
    }
    Vec::new()
}
