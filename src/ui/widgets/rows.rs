//! A long list of which only the rows in sight are drawn.

use egui::{Align, Layout, Rect, Ui, UiBuilder, Vec2};

/// Draws the rows that are in sight, and one more on each side, so that the keyboard can go on to it. `height` says how high a
/// row is, in points. Each row keeps its identity by its place in the list.
pub fn rows_ui<T>(ui: &mut Ui, rows: &[T], height: impl Fn(&T) -> f32, mut row_ui: impl FnMut(&mut Ui, &T)) {
    let total: f32 = rows.iter().map(&height).sum();
    let (_, all) = ui.allocate_space(Vec2::new(ui.available_width(), total));
    let sight = ui.clip_rect();
    let mut top = all.top();
    let mut was_in_sight = false;
    let mut before: Option<(usize, &T, Rect)> = None;
    for (index, row) in rows.iter().enumerate() {
        let place = Rect::from_min_size(egui::pos2(all.left(), top), Vec2::new(all.width(), height(row)));
        top = place.bottom();
        let is_in_sight = place.bottom() >= sight.top() && place.top() <= sight.bottom();
        if is_in_sight || was_in_sight {
            if let Some((index, row, place)) = before.take() {
                one_ui(ui, index, place, |ui| row_ui(ui, row));
            }
            one_ui(ui, index, place, |ui| row_ui(ui, row));
        } else {
            before = Some((index, row, place));
        }
        if was_in_sight && !is_in_sight {
            break;
        }
        was_in_sight = is_in_sight;
    }
}

fn one_ui(ui: &mut Ui, index: usize, place: Rect, row_ui: impl FnOnce(&mut Ui)) {
    let id = ui.make_persistent_id(("row", index));
    let layout = Layout::top_down(Align::Min);
    let mut inside = ui.new_child(UiBuilder::new().scope_id(id).max_rect(place).layout(layout));
    row_ui(&mut inside);
}
