//! A box to tick, with what is said by it.

use egui::{CursorIcon, Rect, Response, Sense, Shape, Stroke, StrokeKind, Ui, Vec2, WidgetInfo, accesskit::Role, pos2};

use super::focus::ring_ui;
use crate::ui::theme::{TARGET, Weight, corners, font, palette, size, space};

/// Whether a box is ticked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Ticked {
    /// It is not.
    #[default]
    No,
    /// It is.
    Yes,
}

const BOX: f32 = 20.0;

/// A box with its words; a click, or the space bar, changes it.
pub fn tick_ui(ui: &mut Ui, ticked: &mut Ticked, words: &str) -> Response {
    let palette = palette(ui);
    let width = ui.available_width();
    let text_width = width - BOX - space::M;
    let galley = ui.painter().layout(
        words.to_owned(),
        font(Weight::Regular, size::BODY),
        palette.ink,
        text_width,
    );
    let wanted = Vec2::new(BOX + space::M + galley.size().x, galley.size().y.max(TARGET));
    let (rect, response) = ui.allocate_exact_size(wanted, Sense::click());
    if response.clicked() {
        *ticked = match ticked {
            Ticked::No => Ticked::Yes,
            Ticked::Yes => Ticked::No,
        };
    }
    let is_ticked = *ticked == Ticked::Yes;
    response.widget_info(|| WidgetInfo::selected(Role::CheckBox, ui.is_enabled(), is_ticked, words));
    let square = Rect::from_center_size(pos2(rect.left() + BOX / 2.0, rect.center().y), Vec2::splat(BOX));
    let (fill, border) = match ticked {
        Ticked::Yes => (palette.accent, palette.accent),
        Ticked::No if response.hovered() => (palette.hover, palette.edge),
        Ticked::No => (palette.card, palette.edge),
    };
    ui.painter()
        .rect(square, 4.0, fill, Stroke::new(1.5, border), StrokeKind::Inside);
    if is_ticked {
        let points = [(-5.0, 0.0), (-1.5, 3.5), (5.0, -4.0)].map(|(x, y)| square.center() + Vec2::new(x, y));
        ui.painter()
            .add(Shape::line(points.to_vec(), Stroke::new(2.0, palette.on_accent)));
    }
    let text_at = pos2(square.right() + space::M, rect.center().y - galley.size().y / 2.0);
    ui.painter().galley(text_at, galley, palette.ink);
    ring_ui(ui, &response, corners());
    response.on_hover_cursor(CursorIcon::PointingHand)
}
