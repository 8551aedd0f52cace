//! Cards: one thing each, with a hair line and no shadow.

use egui::{Align, Frame, InnerResponse, Layout, Margin, Rect, Ui, UiBuilder};

use crate::ui::theme::{NARROW, Tone, corners, hairline, palette, space};

/// Of a row's width, the most that the right side takes.
const MOST: f32 = 0.4;

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

/// Two sides of a row: text on the left, what can be done with it on the right; below it where the window is narrow, or where
/// the right side would take most of the row.
pub fn split_ui<L, R>(ui: &mut Ui, left: impl FnOnce(&mut Ui) -> L, right: impl FnOnce(&mut Ui) -> R) -> (L, R) {
    if ui.available_width() < NARROW - 2.0 * space::XXL {
        let left = ui.vertical(left).inner;
        return (left, ui.horizontal_wrapped(right).inner);
    }
    let key = ui.next_auto_id().with("right-side-width");
    let known: Option<f32> = ui.data(|data| data.get_temp(key));
    let row = ui.available_rect_before_wrap();
    if known.is_some_and(|width| width > row.width() * MOST) {
        let left = ui.vertical(left).inner;
        let right = ui.horizontal(right);
        // Of fewer buttons later, there may be room beside the text again.
        ui.data_mut(|data| data.insert_temp(key, right.response.rect.width()));
        return (left, right.inner);
    }
    let (left, right, used, width) = match known {
        Some(width) => left_first_ui(ui, row, width, left, right),
        None => right_first_ui(ui, row, left, right),
    };
    if known.is_none_or(|known| (known - width).abs() > 0.5) {
        ui.data_mut(|data| data.insert_temp(key, width));
        ui.ctx().request_repaint();
    }
    ui.advance_cursor_after_rect(used);
    (left, right)
}

/// The order for the keyboard and for screen readers; the right side has the width of the last frame.
fn left_first_ui<L, R>(
    ui: &mut Ui,
    row: Rect,
    width: f32,
    left: impl FnOnce(&mut Ui) -> L,
    right: impl FnOnce(&mut Ui) -> R,
) -> (L, R, Rect, f32) {
    let middle = row.right() - width;
    let mut left_ui = side(ui, row.with_max_x(middle - space::L), Layout::top_down(Align::Min));
    let left = left(&mut left_ui);
    let mut right_ui = side(ui, row.with_min_x(middle), Layout::left_to_right(Align::Min));
    let right = right(&mut right_ui);
    let used = right_ui.min_rect();
    (left, right, left_ui.min_rect() | used, used.width())
}

/// The first frame, when nobody knows yet how wide the right side is.
fn right_first_ui<L, R>(
    ui: &mut Ui,
    row: Rect,
    left: impl FnOnce(&mut Ui) -> L,
    right: impl FnOnce(&mut Ui) -> R,
) -> (L, R, Rect, f32) {
    let mut right_ui = side(ui, row, Layout::right_to_left(Align::Min));
    let right = right(&mut right_ui);
    let used = right_ui.min_rect();
    let left_rect = row.with_max_x(used.left() - space::L);
    let mut left_ui = side(ui, left_rect, Layout::top_down(Align::Min));
    let left = left(&mut left_ui);
    (left, right, left_ui.min_rect() | used, used.width())
}

fn side(ui: &mut Ui, rect: Rect, layout: Layout) -> Ui {
    ui.new_child(UiBuilder::new().max_rect(rect).layout(layout))
}
