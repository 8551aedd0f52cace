//! A short word on the ground of its tone: "2 to do", "Nothing to do".

use egui::{Response, Sense, Ui, Vec2, WidgetInfo, accesskit::Role};

use crate::ui::theme::{Tone, Weight, font, palette, size};

/// A pill; its word says what its colour says.
pub fn pill_ui(ui: &mut Ui, tone: Tone, word: &str) -> Response {
    let palette = palette(ui);
    let color = palette.tone(tone);
    let galley = ui
        .painter()
        .layout_no_wrap(word.to_owned(), font(Weight::Semibold, size::SMALL), color);
    let (rect, response) = ui.allocate_exact_size(galley.size() + Vec2::new(16.0, 6.0), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, word));
    ui.painter().rect_filled(rect, 4.0, palette.tone_ground(tone));
    ui.painter().galley(rect.center() - galley.size() / 2.0, galley, color);
    response
}
