//! What is kept of patients on this computer, and for how long.

use crate::{
    app::{
        message::{DeskJob, Job},
        model::Model,
    },
    domain::{settings::Retention, submission::Outcome},
};

/// Sealed copies that have been kept long enough go: at the start, every day, and when the choice was changed.
pub(super) fn tidy(model: &Model) -> Job {
    Job::Desk(DeskJob::TidyCopies {
        destination: model.destination(),
        retention: model.settings.retention,
    })
}

/// A copy that is not to be kept at all goes as soon as its file is delivered.
pub(super) fn after(model: &Model, outcome: &Outcome) -> Option<Job> {
    let is_over = matches!(outcome, Outcome::Delivered(_)) && model.settings.retention == Retention::None;
    is_over.then(|| tidy(model))
}
