//! Closing the window, also while files wait or travel.

use crate::app::{
    message::{AtSignIn, CloseAnswer, DeskJob, Job},
    model::{Card, Leaving, Model, Notice, Place},
};

pub(super) fn request(model: &mut Model) -> Vec<Job> {
    if model.files_left_behind() > 0 {
        model.asks_before_closing = true;
        return Vec::new();
    }
    let mut jobs = Vec::new();
    if knows_that_nothing_waits(model) {
        jobs.push(Job::Desk(DeskJob::SetAtSignIn(AtSignIn::StartNothing)));
    }
    jobs.push(Job::CloseWindow);
    jobs
}

/// In the Demo, or before the ledger was read, nobody knows what waits for the registry.
fn knows_that_nothing_waits(model: &Model) -> bool {
    let is_read = !model.outbox.running && !matches!(model.notice, Some(Notice::Ledger(_)));
    model.place == Place::Registry && model.account().is_some() && is_read
}

pub(super) fn answer(model: &mut Model, answer: CloseAnswer) -> Vec<Job> {
    model.asks_before_closing = false;
    // Nobody wants the files cancelled: they stay in the ledger.
    model.leaving = match answer {
        CloseAnswer::Stay => None,
        CloseAnswer::KeepTrying => Some(Leaving::ToTheBackground),
        CloseAnswer::TryLater if model.goes_on_alone() => Some(Leaving::UntilSignIn),
        CloseAnswer::TryLater => Some(Leaving::UntilOpened),
    };
    if_all_entered(model)
}

/// What is not in the ledger yet would be lost: the window stays until it is there.
pub(super) fn if_all_entered(model: &Model) -> Vec<Job> {
    if model.cards.iter().any(Card::is_entering) {
        return Vec::new();
    }
    match model.leaving {
        None => Vec::new(),
        Some(Leaving::UntilOpened) => vec![Job::CloseWindow],
        // The window closes when that has worked: it was promised.
        Some(Leaving::UntilSignIn) => vec![Job::Desk(DeskJob::SetAtSignIn(AtSignIn::StartBackground))],
        Some(Leaving::ToTheBackground) => vec![Job::StartBackground, Job::CloseWindow],
    }
}

pub(super) fn at_sign_in_set(model: &mut Model, what: AtSignIn, result: Result<(), String>) -> Vec<Job> {
    let waits_for_it = what == AtSignIn::StartBackground && model.leaving == Some(Leaving::UntilSignIn);
    match result {
        Ok(()) if waits_for_it => vec![Job::CloseWindow],
        Ok(()) => Vec::new(),
        Err(reason) => {
            model.leaving = None;
            model.notice = Some(Notice::NotAtSignIn(reason));
            Vec::new()
        }
    }
}

/// The desk's queue was full: nothing was promised.
pub(super) fn not_taken(model: &mut Model) {
    model.leaving = None;
}
