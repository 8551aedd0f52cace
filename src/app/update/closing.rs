//! Closing the window, also while files wait or travel.

use crate::app::{
    message::{CloseAnswer, Job},
    model::{Card, Model},
};

pub(super) fn request(model: &mut Model) -> Vec<Job> {
    if model.files_to_go() > 0 {
        model.asks_before_closing = true;
        return Vec::new();
    }
    vec![Job::CloseWindow]
}

pub(super) fn answer(model: &mut Model, answer: CloseAnswer) -> Vec<Job> {
    model.asks_before_closing = false;
    // Nobody wants the files cancelled: they stay in the ledger.
    model.closes_when_entered = answer == CloseAnswer::TryLater;
    if_all_entered(model)
}

/// What is not in the ledger yet would be lost: the window stays until it is there.
pub(super) fn if_all_entered(model: &Model) -> Vec<Job> {
    if model.closes_when_entered && !model.cards.iter().any(Card::is_entering) {
        vec![Job::CloseWindow]
    } else {
        Vec::new()
    }
}
