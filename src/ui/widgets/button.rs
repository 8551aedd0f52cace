//! Buttons: one primary action a screen, secondary ones beside it, links in the text.

use std::sync::Arc;

use egui::{Color32, CursorIcon, Galley, Response, Sense, Stroke, StrokeKind, Ui, Vec2, WidgetInfo, accesskit::Role};

use super::focus::ring_ui;
use crate::ui::theme::{TARGET, Weight, corners, font, palette, size, space};

/// Says what a button is about where several have one name: a screen reader reads it after the name.
pub fn about_ui(ui: &Ui, button: &Response, what: &str) {
    ui.ctx()
        .accesskit_node_builder(button.id, |node| node.set_description(what));
}

struct Look {
    fill: Color32,
    text: Color32,
    border: Stroke,
}

/// The one thing to do on this screen.
pub fn primary_ui(ui: &mut Ui, text: &str) -> Response {
    let palette = palette(ui);
    let padding = Vec2::new(space::XL, 13.0);
    button_ui(ui, text, Weight::Semibold, padding, |hovered| Look {
        fill: if hovered { palette.accent_hover } else { palette.accent },
        text: palette.on_accent,
        border: Stroke::NONE,
    })
}

/// Anything else that can be done.
pub fn secondary_ui(ui: &mut Ui, text: &str) -> Response {
    let palette = palette(ui);
    let padding = Vec2::new(space::L, 10.0);
    button_ui(ui, text, Weight::Regular, padding, |hovered| Look {
        fill: if hovered { palette.hover } else { palette.card },
        text: palette.ink,
        border: Stroke::new(1.0, if hovered { palette.edge } else { palette.line }),
    })
}

/// How wide a secondary button with this text is, in points.
pub(super) fn secondary_width(ui: &Ui, text: &str) -> f32 {
    let text_width = one_line(ui, text, Weight::Regular, palette(ui).ink).size().x;
    (text_width + 2.0 * space::L).max(TARGET)
}

/// A way to another place, as text.
pub fn link_ui(ui: &mut Ui, text: &str) -> Response {
    let color = palette(ui).accent;
    let galley = one_line(ui, text, Weight::Regular, color);
    let target = Vec2::new(galley.size().x, galley.size().y.max(32.0));
    let (rect, response) = ui.allocate_exact_size(target, Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Link, ui.is_enabled(), text));
    let place = rect.center() - galley.size() / 2.0;
    let line = place.y + galley.size().y;
    ui.painter().galley(place, galley, color);
    ui.painter().hline(
        rect.x_range(),
        line,
        Stroke::new(if response.hovered() { 2.0 } else { 1.0 }, color),
    );
    ring_ui(ui, &response, corners());
    response.on_hover_cursor(CursorIcon::PointingHand)
}

fn button_ui(ui: &mut Ui, text: &str, weight: Weight, padding: Vec2, look: impl Fn(bool) -> Look) -> Response {
    let resting = look(false);
    let galley = one_line(ui, text, weight, resting.text);
    let wanted = (galley.size() + 2.0 * padding).max(Vec2::splat(TARGET));
    let (rect, response) = ui.allocate_exact_size(wanted, Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, ui.is_enabled(), text));
    let look = if response.hovered() { look(true) } else { resting };
    ui.painter()
        .rect(rect, corners(), look.fill, look.border, StrokeKind::Inside);
    ui.painter()
        .galley(rect.center() - galley.size() / 2.0, galley, look.text);
    ring_ui(ui, &response, corners());
    response
}

fn one_line(ui: &Ui, text: &str, weight: Weight, color: Color32) -> Arc<Galley> {
    ui.painter()
        .layout_no_wrap(text.to_owned(), font(weight, size::BODY), color)
}
