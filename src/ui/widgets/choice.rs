//! Cards to choose one of: a round mark, a name, a line that explains it.

use egui::{CursorIcon, Rect, Response, Sense, Stroke, StrokeKind, Ui, Vec2, WidgetInfo, accesskit::Role, pos2};

use super::focus::ring_ui;
use crate::ui::theme::{Weight, corners, font, palette, size, space};

/// Whether a choice is the one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Chosen {
    /// It is.
    Yes,
    /// It is not.
    No,
}

impl Chosen {
    /// From a comparison.
    pub fn when(chosen: bool) -> Self {
        if chosen { Self::Yes } else { Self::No }
    }
}

const DOT: f32 = 20.0;

/// One of several cards; clicked when it was chosen.
pub fn choice_ui(ui: &mut Ui, chosen: Chosen, name: &str, note: &str) -> Response {
    let palette = palette(ui);
    let padding = Vec2::new(space::L, space::M);
    let width = ui.available_width();
    let text_width = width - 2.0 * padding.x - DOT - space::M;
    let name_galley = ui.painter().layout(
        name.to_owned(),
        font(Weight::Semibold, size::BODY),
        palette.ink,
        text_width,
    );
    let note_galley = ui.painter().layout(
        note.to_owned(),
        font(Weight::Regular, size::SMALL),
        palette.soft,
        text_width,
    );
    let gap = if note.is_empty() { 0.0 } else { 2.0 };
    let note_height = if note.is_empty() { 0.0 } else { note_galley.size().y };
    let text_height = name_galley.size().y + gap + note_height;
    let wanted = Vec2::new(width, text_height.max(DOT) + 2.0 * padding.y);
    let (rect, response) = ui.allocate_exact_size(wanted, Sense::click());
    let is_chosen = chosen == Chosen::Yes;
    response.widget_info(|| WidgetInfo::selected(Role::RadioButton, ui.is_enabled(), is_chosen, name));
    ui.ctx().accesskit_node_builder(response.id, |node| {
        if !note.is_empty() {
            node.set_description(note);
        }
    });
    let (fill, border) = match chosen {
        Chosen::Yes => (palette.accent_ground, Stroke::new(2.0, palette.accent)),
        Chosen::No if response.hovered() => (palette.hover, Stroke::new(1.0, palette.edge)),
        Chosen::No => (palette.card, Stroke::new(1.0, palette.line)),
    };
    ui.painter().rect(rect, corners(), fill, border, StrokeKind::Inside);
    paint_dot(ui, rect, padding.x, chosen);
    let text_at = pos2(
        rect.left() + padding.x + DOT + space::M,
        rect.center().y - text_height / 2.0,
    );
    let note_at = text_at + Vec2::new(0.0, name_galley.size().y + gap);
    ui.painter().galley(text_at, name_galley, palette.ink);
    ui.painter().galley(note_at, note_galley, palette.soft);
    ring_ui(ui, &response, corners());
    response.on_hover_cursor(CursorIcon::PointingHand)
}

fn paint_dot(ui: &Ui, card: Rect, inset: f32, chosen: Chosen) {
    let palette = palette(ui);
    let center = pos2(card.left() + inset + DOT / 2.0, card.center().y);
    match chosen {
        Chosen::Yes => {
            ui.painter()
                .circle_stroke(center, DOT / 2.0 - 1.0, Stroke::new(2.0, palette.accent));
            ui.painter().circle_filled(center, DOT / 4.0, palette.accent);
        }
        Chosen::No => {
            ui.painter()
                .circle_stroke(center, DOT / 2.0 - 1.0, Stroke::new(1.5, palette.edge));
        }
    }
}
