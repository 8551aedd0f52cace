//! Closing the window, also while files wait or travel.

use crate::app::{
    message::{CloseAnswer, Job},
    model::Model,
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
    match answer {
        CloseAnswer::Stay => Vec::new(),
        // Nobody wants the files cancelled: they stay in the ledger.
        CloseAnswer::TryLater => vec![Job::CloseWindow],
    }
}
