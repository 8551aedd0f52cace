//! Where the keyboard is: a ring that nobody can miss, scrolled into view.

use egui::{CornerRadius, Response, Stroke, StrokeKind, Ui};

use crate::ui::theme::palette;

/// Draws the ring around a widget that has the keyboard, and scrolls to it when it got there.
pub(super) fn ring_ui(ui: &Ui, response: &Response, corners: CornerRadius) {
    if response.gained_focus() {
        response.scroll_to_me(None);
    }
    if response.has_focus() {
        ui.painter().rect_stroke(
            response.rect.expand(2.0),
            corners + CornerRadius::same(2),
            Stroke::new(2.0, palette(ui).accent),
            StrokeKind::Outside,
        );
    }
}

/// Gives the keyboard to a widget once: when `key` (a screen, a dialog, a step) was not shown in the last frame.
pub fn focus_first(ui: &Ui, key: &str, response: &Response) {
    let id = egui::Id::unique("first-focus");
    let here = egui::Id::unique(key);
    let shown: Option<egui::Id> = ui.data(|data| data.get_temp(id));
    if shown == Some(here) {
        return;
    }
    if response.has_focus() {
        ui.data_mut(|data| data.insert_temp(id, here));
    } else {
        response.request_focus();
    }
}
