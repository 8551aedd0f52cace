//! Cards: one thing each, with a hair line and no shadow.

use egui::{Align, Frame, InnerResponse, Layout, Margin, Ui, UiBuilder};

use crate::ui::theme::{NARROW, Tone, corners, hairline, palette, space};

/// A card across the column.
pub fn card_ui<R>(ui: &mut Ui, content: impl FnOnce(&mut Ui) -> R) -> R {
    framed_ui(ui, Tone::Neutral, Margin::symmetric(20, 16), content).inner
}

pub(super) fn framed_ui<R>(
    ui: &mut Ui,
    tone: Tone,
    margin: Margin,
    content: impl FnOnce(&mut Ui) -> R,
) -> InnerResponse<R> {
    Frame::new()
        .fill(palette(ui).tone_ground(tone))
        .stroke(hairline(ui))
        .corner_radius(corners())
        .inner_margin(margin)
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            content(ui)
        })
}

/// Two sides of a row: text on the left, what can be done with it on the right; below it where the window is narrow.
pub fn split_ui<L, R>(ui: &mut Ui, left: impl FnOnce(&mut Ui) -> L, right: impl FnOnce(&mut Ui) -> R) -> (L, R) {
    if ui.available_width() < NARROW - 2.0 * space::XXL {
        let left = ui.vertical(left).inner;
        return (left, ui.horizontal_wrapped(right).inner);
    }
    // The right side stands second for the keyboard and for screen readers, so its width is the one of the last frame.
    let key = ui.next_auto_id().with("right-side-width");
    let known: Option<f32> = ui.data(|data| data.get_temp(key));
    let width = known.unwrap_or_default();
    let row = ui.available_rect_before_wrap();
    let middle = row.right() - width;
    let side = |ui: &mut Ui, rect, layout| ui.new_child(UiBuilder::new().max_rect(rect).layout(layout));
    let mut left_ui = side(ui, row.with_max_x(middle - space::L), Layout::top_down(Align::Min));
    let left = left(&mut left_ui);
    let mut right_ui = side(ui, row.with_min_x(middle), Layout::left_to_right(Align::Min));
    let right = right(&mut right_ui);
    let used = right_ui.min_rect().width();
    if known.is_none_or(|known| (known - used).abs() > 0.5) {
        ui.data_mut(|data| data.insert_temp(key, used));
        if known.is_none() {
            ui.ctx().request_discard("right-side-width");
        } else {
            ui.ctx().request_repaint();
        }
    }
    ui.advance_cursor_after_rect(left_ui.min_rect() | right_ui.min_rect());
    (left, right)
}
