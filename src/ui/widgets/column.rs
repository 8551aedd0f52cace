//! The one column in which a screen stands: left-aligned, at most 880 points wide, scrolling.

use egui::{Frame, Margin, ScrollArea, Ui};

use crate::ui::theme::{COLUMN, NARROW, space};

/// A screen's content in its column.
pub fn column_ui<R>(ui: &mut Ui, id: &str, content: impl FnOnce(&mut Ui) -> R) -> R {
    column_of_width_ui(ui, id, COLUMN, content)
}

/// A column of at most this width, in points.
pub fn column_of_width_ui<R>(ui: &mut Ui, id: &str, widest: f32, content: impl FnOnce(&mut Ui) -> R) -> R {
    let side = if ui.available_width() < NARROW {
        space::L
    } else {
        space::XXL
    };
    ScrollArea::vertical()
        .id_salt(id)
        .auto_shrink(false)
        .show(ui, |ui| {
            #[expect(clippy::cast_possible_truncation, reason = "the sides are 16 or 32 points")]
            let margin = Margin::symmetric(side as i8, 24);
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
