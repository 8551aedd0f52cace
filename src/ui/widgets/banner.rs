//! Banners: something across the column that matters now.

use egui::{Align, Layout, Margin, Response, Ui};

use super::{
    card::framed_ui,
    mark::{Mark, mark_ui},
    text::{announce, body_ui},
};
use crate::ui::theme::space;

/// A banner with its mark; `word` says the mark to a screen reader.
pub fn banner_ui<R>(ui: &mut Ui, mark: Mark, word: &str, content: impl FnOnce(&mut Ui) -> R) -> R {
    framed_ui(ui, mark.tone(), Margin::symmetric(16, 12), |ui| {
        beside_mark_ui(ui, mark, word, content)
    })
    .inner
}

/// A banner that says one thing.
pub fn notice_ui(ui: &mut Ui, mark: Mark, word: &str, text: &str) -> Response {
    banner_ui(ui, mark, word, |ui| {
        let line = body_ui(ui, text);
        announce(ui, &line);
        line
    })
}

/// A mark at the left, and everything else in a column beside it.
pub fn beside_mark_ui<R>(ui: &mut Ui, mark: Mark, word: &str, content: impl FnOnce(&mut Ui) -> R) -> R {
    ui.with_layout(Layout::left_to_right(Align::Min), |ui| {
        ui.spacing_mut().item_spacing.x = space::L;
        mark_ui(ui, mark, word);
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing = egui::vec2(space::S, 5.0);
            content(ui)
        })
        .inner
    })
    .inner
}
