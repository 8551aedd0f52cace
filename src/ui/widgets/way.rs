//! A way to go on: a card that is a button, with a name, a line that explains it, and an arrow.

use egui::{CursorIcon, Response, Sense, Shape, Stroke, StrokeKind, Ui, Vec2, WidgetInfo, accesskit::Role, pos2};

use super::focus::ring_ui;
use crate::ui::theme::{Weight, corners, font, palette, size, space};

/// A card to press.
pub fn way_ui(ui: &mut Ui, name: &str, note: &str) -> Response {
    let palette = palette(ui);
    let padding = Vec2::new(20.0, space::L);
    let arrow = 24.0;
    let width = ui.available_width();
    let text_width = width - 2.0 * padding.x - arrow;
    let lay = |text: &str, weight, points, color| {
        ui.painter()
            .layout(text.to_owned(), font(weight, points), color, text_width)
    };
    let name_galley = lay(name, Weight::Semibold, size::BODY, palette.ink);
    let note_galley = lay(note, Weight::Regular, size::SMALL, palette.soft);
    let text_height = if note.is_empty() {
        name_galley.size().y
    } else {
        name_galley.size().y + 3.0 + note_galley.size().y
    };
    let (rect, response) = ui.allocate_exact_size(Vec2::new(width, text_height + 2.0 * padding.y), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, ui.is_enabled(), name));
    ui.ctx().accesskit_node_builder(response.id, |node| {
        if !note.is_empty() {
            node.set_description(note);
        }
    });
    let (fill, border) = if response.hovered() {
        (palette.hover, palette.edge)
    } else {
        (palette.card, palette.line)
    };
    ui.painter()
        .rect(rect, corners(), fill, Stroke::new(1.0, border), StrokeKind::Inside);
    let text_at = rect.min + padding;
    let note_at = text_at + Vec2::new(0.0, name_galley.size().y + 3.0);
    ui.painter().galley(text_at, name_galley, palette.ink);
    ui.painter().galley(note_at, note_galley, palette.soft);
    let tip = pos2(rect.right() - padding.x, rect.center().y);
    let points = [(-6.0, -6.0), (0.0, 0.0), (-6.0, 6.0)].map(|(x, y)| tip + Vec2::new(x, y));
    ui.painter()
        .add(Shape::line(points.to_vec(), Stroke::new(2.0, palette.accent)));
    ring_ui(ui, &response, corners());
    response.on_hover_cursor(CursorIcon::PointingHand)
}
