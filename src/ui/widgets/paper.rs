//! A text to read out or to copy, on a sheet of its own.

use egui::{Frame, Label, Margin, Ui};

use crate::ui::theme::{corners, hairline, palette};

/// The text; it can be marked with the pointer.
pub fn paper_ui(ui: &mut Ui, text: &str) {
    Frame::new()
        .fill(palette(ui).background)
        .stroke(hairline(ui))
        .corner_radius(corners())
        .inner_margin(Margin::symmetric(16, 12))
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.add(Label::new(text).wrap().selectable(true));
        });
}
