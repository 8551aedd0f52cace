//! A folded section: what only IT or the curious need.

use egui::{
    Color32, CursorIcon, Id, Pos2, Response, Sense, Shape, Stroke, Ui, Vec2, WidgetInfo, accesskit::Role, pos2,
};

use super::{focus::ring_ui, section::section_ui};
use crate::ui::theme::{Weight, corners, font, palette, size, space};

/// A header that unfolds its content. `id` tells apart sections of one name.
pub fn details_ui<R>(ui: &mut Ui, id: &str, name: &str, content: impl FnOnce(&mut Ui) -> R) -> Option<R> {
    section_ui(ui, ("details", id), |ui| fold_ui(ui, id, name, content))
}

/// Unfolds a section, as a click on its header does: what is wrong in it has to be seen.
pub fn open_details(ui: &Ui, id: &str) {
    ui.data_mut(|data| data.insert_temp(key(id), true));
}

/// Unfolds a section that nobody has folded or unfolded yet.
pub fn open_details_once(ui: &Ui, id: &str) {
    ui.data_mut(|data| {
        data.get_temp_mut_or(key(id), true);
    });
}

fn key(id: &str) -> Id {
    Id::unique(("details", id))
}

/// Whether a section is unfolded once this click on its header, if it is one, has counted; a screen reader says it too.
pub(super) fn unfolded_by(ui: &Ui, id: &str, header: &Response) -> bool {
    let key = key(id);
    let mut is_open = ui.data(|data| data.get_temp(key)).unwrap_or(false);
    if header.clicked() {
        is_open = !is_open;
        ui.data_mut(|data| data.insert_temp(key, is_open));
    }
    ui.ctx()
        .accesskit_node_builder(header.id, |node| node.set_expanded(is_open));
    is_open
}

/// Points down where a section is unfolded, else to the right.
pub(super) fn paint_arrow(ui: &Ui, center: Pos2, is_open: bool, color: Color32) {
    let points = if is_open {
        [(-4.0, -2.0), (0.0, 2.5), (4.0, -2.0)]
    } else {
        [(-2.0, -4.0), (2.5, 0.0), (-2.0, 4.0)]
    };
    let points = points.map(|(x, y)| center + Vec2::new(x, y));
    ui.painter().add(Shape::line(points.to_vec(), Stroke::new(2.0, color)));
}

fn fold_ui<R>(ui: &mut Ui, id: &str, name: &str, content: impl FnOnce(&mut Ui) -> R) -> Option<R> {
    let color = palette(ui).accent;
    let galley = ui
        .painter()
        .layout_no_wrap(name.to_owned(), font(Weight::Regular, size::BODY), color);
    let arrow = 12.0;
    let wanted = Vec2::new(galley.size().x + arrow + space::S, 32.0);
    let (rect, response) = ui.allocate_exact_size(wanted, Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, ui.is_enabled(), name));
    let is_open = unfolded_by(ui, id, &response);
    paint_arrow(ui, pos2(rect.left() + arrow / 2.0, rect.center().y), is_open, color);
    let text_at = pos2(rect.left() + arrow + space::S, rect.center().y - galley.size().y / 2.0);
    ui.painter().galley(text_at, galley, color);
    ring_ui(ui, &response, corners());
    response.on_hover_cursor(CursorIcon::PointingHand);
    is_open.then(|| content(ui))
}
