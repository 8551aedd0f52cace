//! Cards: one thing each, with a hair line and no shadow.

use egui::{Align, Frame, InnerResponse, Layout, Margin, Ui};

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
    let row = ui.available_rect_before_wrap();
    let mut right_ui = ui.new_child(
        egui::UiBuilder::new()
            .max_rect(row)
            .layout(Layout::right_to_left(Align::Min)),
    );
    let right = right(&mut right_ui);
    let used = right_ui.min_rect();
    let left_edge = row.with_max_x(used.left() - space::L);
    let mut left_ui = ui.new_child(
        egui::UiBuilder::new()
            .max_rect(left_edge)
            .layout(Layout::top_down(Align::Min)),
    );
    let left = left(&mut left_ui);
    ui.advance_cursor_after_rect(left_ui.min_rect() | used);
    (left, right)
}
