//! Draws an explanation: what happened, what became of the file, what to do, and the lines for IT behind a fold.

use egui::Ui;

use super::widgets::{Mark, announce, banner_ui, body_ui, details_ui, section_ui, strong_ui, technical_ui};
use crate::app::wording::{Explanation, card, screen};

/// The drawn shape of a verdict.
pub(super) fn shape(mark: card::Mark) -> Mark {
    match mark {
        card::Mark::Working => Mark::Clock,
        card::Mark::Good => Mark::Check,
        card::Mark::Careful => Mark::Caution,
        card::Mark::Stopped => Mark::Stop,
        card::Mark::Refused => Mark::Cross,
        card::Mark::Note => Mark::Note,
    }
}

/// An explanation in a banner. `id` tells its fold from others.
pub(super) fn explanation_banner_ui<R>(
    ui: &mut Ui,
    mark: card::Mark,
    id: &str,
    explanation: &Explanation,
    actions: impl FnOnce(&mut Ui) -> R,
) -> R {
    section_ui(ui, ("banner", id), |ui| {
        banner_ui(ui, shape(mark), mark.spoken(), |ui| {
            explanation_ui(ui, id, explanation);
            ui.horizontal_wrapped(actions).inner
        })
    })
}

/// An explanation in a banner, where nothing can be done about it here.
pub(super) fn explanation_notice_ui(ui: &mut Ui, mark: card::Mark, id: &str, explanation: &Explanation) {
    banner_ui(ui, shape(mark), mark.spoken(), |ui| explanation_ui(ui, id, explanation));
}

/// An explanation in lines.
pub fn explanation_ui(ui: &mut Ui, id: &str, explanation: &Explanation) {
    let title = strong_ui(ui, &explanation.title);
    announce(ui, &title);
    rest_ui(ui, id, explanation);
}

/// The same below a name that stands out already.
pub(super) fn explanation_below_name_ui(ui: &mut Ui, id: &str, explanation: &Explanation) {
    let title = body_ui(ui, &explanation.title);
    announce(ui, &title);
    rest_ui(ui, id, explanation);
}

fn rest_ui(ui: &mut Ui, id: &str, explanation: &Explanation) {
    for line in [&explanation.file, &explanation.next] {
        if !line.is_empty() {
            body_ui(ui, line);
        }
    }
    if !explanation.details.is_empty() {
        details_ui(ui, id, screen::DETAILS, |ui| {
            for line in &explanation.details {
                technical_ui(ui, line);
            }
        });
    }
}
