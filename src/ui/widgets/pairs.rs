//! Short terms with what they mean, in two columns.

use egui::{Align, Layout, Ui, Vec2};

use super::text::{body_ui, strong_ui};
use crate::ui::theme::space;

/// Each term in a column of this width in points, its meaning beside it.
pub fn pairs_ui<'a>(ui: &mut Ui, width: f32, pairs: impl IntoIterator<Item = (&'a str, &'a str)>) {
    ui.vertical(|ui| {
        ui.spacing_mut().item_spacing = Vec2::new(space::M, 6.0);
        for (term, meaning) in pairs {
            ui.with_layout(Layout::left_to_right(Align::Min), |ui| {
                ui.allocate_ui_with_layout(Vec2::new(width, 0.0), Layout::top_down(Align::Min), |ui| {
                    ui.set_width(width);
                    strong_ui(ui, term);
                });
                ui.vertical(|ui| body_ui(ui, meaning));
            });
        }
    });
}
