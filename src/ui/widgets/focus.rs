//! Where the keyboard is: a ring that nobody can miss, scrolled into view.

use egui::{CornerRadius, Response, Stroke, StrokeKind, Ui};

use crate::ui::theme::palette;

/// Draws the ring around a widget that has the keyboard, and scrolls to it when it got there.
pub fn ring_ui(ui: &Ui, response: &Response, corners: CornerRadius) {
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

/// When something was last shown that wants the keyboard, and whether it has had it since it appeared.
#[derive(Debug, Clone, Copy)]
struct Appearance {
    pass: u64,
    had_it: bool,
}

/// Gives the keyboard to a widget once: when `key` (a screen, a dialog, a step) was not shown in the last frame.
pub fn focus_first(ui: &Ui, key: &str, response: &Response) {
    let id = egui::Id::unique(("first-focus", key));
    let pass = ui.ctx().cumulative_pass_nr();
    let last: Option<Appearance> = ui.data(|data| data.get_temp(id));
    let had_it = response.has_focus() || last.is_some_and(|last| last.had_it && last.pass + 1 >= pass);
    if !had_it {
        response.request_focus();
    }
    ui.data_mut(|data| data.insert_temp(id, Appearance { pass, had_it }));
}
