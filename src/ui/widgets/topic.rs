//! A card with a name that unfolds what it is about.

use egui::{Align, CursorIcon, Rect, Response, Sense, Ui, Vec2, WidgetInfo, accesskit::Role, pos2};

use super::{
    card::card_ui,
    details::{paint_arrow, unfolded_by},
    focus::ring_ui,
    mark::{Mark, SIDE, paint_mark},
    section::section_ui,
};
use crate::ui::theme::{Weight, corners, font, palette, size, space};

/// Room for the arrow, in points.
const ARROW: f32 = 24.0;

/// What a topic says while it is folded.
#[derive(Debug, Clone, Copy)]
pub struct Topic<'a> {
    /// Tells apart topics.
    pub id: &'a str,
    /// What it is about.
    pub name: &'a str,
    /// More on it. It says in words what the mark says.
    pub note: &'a str,
    /// How bad it is.
    pub mark: Option<Mark>,
}

/// A card whose header, a name and a note across it, unfolds the content. `id` tells apart topics.
pub fn topic_ui<R>(ui: &mut Ui, id: &str, name: &str, note: &str, content: impl FnOnce(&mut Ui) -> R) -> Option<R> {
    let mark = None;
    marked_topic_ui(ui, Topic { id, name, note, mark }, content)
}

/// The same with a mark before the name.
pub fn marked_topic_ui<R>(ui: &mut Ui, topic: Topic<'_>, content: impl FnOnce(&mut Ui) -> R) -> Option<R> {
    let id = topic.id;
    section_ui(ui, ("topic", id), |ui| {
        card_ui(ui, |ui| {
            let header = header_ui(ui, topic);
            let is_open = unfolded_by(ui, id, &header);
            let arrow = pos2(header.rect.right() - ARROW / 2.0, header.rect.center().y);
            paint_arrow(ui, arrow, is_open, palette(ui).accent);
            if is_open && header.clicked() {
                // Nobody has to scroll for what was opened just now.
                ui.scroll_to_rect(header.rect.expand(space::XL), Some(Align::Min));
            }
            is_open.then(|| {
                ui.add_space(space::S);
                content(ui)
            })
        })
    })
}

fn header_ui(ui: &mut Ui, topic: Topic<'_>) -> Response {
    let Topic { name, note, mark, .. } = topic;
    let palette = palette(ui);
    let width = ui.available_width();
    let indent = mark.map_or(0.0, |_| SIDE + space::M);
    let lay = |text: &str, weight, points, color| {
        ui.painter().layout(
            text.to_owned(),
            font(weight, points),
            color,
            width - indent - ARROW - space::S,
        )
    };
    let name_galley = lay(name, Weight::Semibold, size::BODY, palette.ink);
    let note_galley = lay(note, Weight::Regular, size::SMALL, palette.soft);
    let height = name_galley.size().y + 3.0 + note_galley.size().y;
    let (rect, response) = ui.allocate_exact_size(Vec2::new(width, height), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, ui.is_enabled(), name));
    ui.ctx()
        .accesskit_node_builder(response.id, |node| node.set_description(note));
    let name_at = rect.min + Vec2::new(indent, 0.0);
    let note_at = name_at + Vec2::new(0.0, name_galley.size().y + 3.0);
    if let Some(mark) = mark {
        paint_mark(ui, Rect::from_min_size(rect.min, Vec2::splat(SIDE)), mark);
    }
    ui.painter().galley(name_at, name_galley, palette.ink);
    ui.painter().galley(note_at, note_galley, palette.soft);
    // The ring stands around the header, not around what it unfolds.
    ring_ui(ui, &response.clone().with_new_rect(roomy(rect)), corners());
    response.on_hover_cursor(CursorIcon::PointingHand)
}

fn roomy(rect: Rect) -> Rect {
    rect.expand2(Vec2::new(space::S, space::XS))
}
