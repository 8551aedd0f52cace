//! How far a transfer is: a bar, and words that a screen reader says.

use egui::{Response, Sense, Ui, Vec2, WidgetInfo, accesskit::Role};

use super::text::{announce, small_ui};
use crate::ui::theme::palette;

/// A bar with its words below. `fraction` goes from 0 to 1; `None` where nobody knows.
pub fn progress_ui(ui: &mut Ui, name: &str, fraction: Option<f32>, words: &str) -> Response {
    let palette = palette(ui);
    let (rect, response) = ui.allocate_exact_size(Vec2::new(ui.available_width(), 8.0), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::ProgressIndicator, true, name));
    ui.painter().rect_filled(rect, 4.0, palette.line);
    if let Some(fraction) = fraction.map(|fraction| fraction.clamp(0.0, 1.0)) {
        let mut done = rect;
        done.set_width((rect.width() * fraction).max(8.0));
        ui.painter().rect_filled(done, 4.0, palette.accent);
        ui.ctx().accesskit_node_builder(response.id, |node| {
            node.set_numeric_value(f64::from((fraction * 100.0).round()));
            node.set_min_numeric_value(0.0);
            node.set_max_numeric_value(100.0);
        });
    }
    ui.ctx()
        .accesskit_node_builder(response.id, |node| node.set_value(words));
    if !words.is_empty() {
        let line = small_ui(ui, words);
        announce(ui, &line);
    }
    response
}
