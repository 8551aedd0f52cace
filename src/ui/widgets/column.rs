//! The one column in which a screen stands: left-aligned, at most 880 points wide, scrolling.

use egui::{Frame, Margin, ScrollArea, Ui};

use crate::ui::theme::{COLUMN, NARROW, space};

/// What stands free beside the column, in points.
pub fn column_margin(ui: &Ui) -> i8 {
    if ui.available_width() < NARROW { 16 } else { 32 }
}

/// A screen's content in its column.
pub fn column_ui<R>(ui: &mut Ui, id: &str, content: impl FnOnce(&mut Ui) -> R) -> R {
    column_of_width_ui(ui, id, COLUMN, content)
}

/// A column of at most this width, in points.
pub fn column_of_width_ui<R>(ui: &mut Ui, id: &str, widest: f32, content: impl FnOnce(&mut Ui) -> R) -> R {
    let margin = Margin::symmetric(column_margin(ui), 24);
    ScrollArea::vertical()
        .id_salt(id)
        .auto_shrink(false)
        .show(ui, |ui| {
            Frame::new()
                .inner_margin(margin)
                .show(ui, |ui| {
                    ui.set_width(ui.available_width().min(widest));
                    ui.spacing_mut().item_spacing.y = space::M;
                    content(ui)
                })
                .inner
        })
        .inner
}
