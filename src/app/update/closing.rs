//! Closing the window, also in the middle of a transfer.

use crate::app::{
    message::{CloseAnswer, Job},
    model::Model,
    update::cards,
};

pub(super) fn request(model: &mut Model) -> Vec<Job> {
    if model.is_sending() {
        model.asks_before_closing = true;
        return Vec::new();
    }
    vec![Job::CloseWindow]
}

pub(super) fn answer(model: &mut Model, answer: CloseAnswer) -> Vec<Job> {
    model.asks_before_closing = false;
    match answer {
        CloseAnswer::Stay => Vec::new(),
        CloseAnswer::StopAndClose => {
            cards::cancel_all(model);
            vec![Job::CloseWindow]
        }
    }
}
