//! A short choice of one: buttons in a row, the chosen one marked by weight and border.

use egui::{Response, Sense, Stroke, StrokeKind, Ui, Vec2, WidgetInfo, accesskit::Role};

use super::{
    choice::Chosen,
    focus::ring_ui,
    text::{small_ui, strong_ui},
};
use crate::ui::theme::{TARGET, Weight, corners, font, palette, size, space};

/// A row of choices under its label; returns the index that was chosen now.
pub fn segments_ui(ui: &mut Ui, label: &str, hint: &str, names: &[&str], chosen: Option<usize>) -> Option<usize> {
    ui.vertical(|ui| {
        ui.spacing_mut().item_spacing.y = 6.0;
        strong_ui(ui, label);
        if !hint.is_empty() {
            small_ui(ui, hint);
        }
        let mut pressed = None;
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing = Vec2::splat(space::S);
            for (index, name) in names.iter().enumerate() {
                if segment_ui(ui, label, name, Chosen::when(chosen == Some(index))).clicked() {
                    pressed = Some(index);
                }
            }
        });
        pressed
    })
    .inner
}

fn segment_ui(ui: &mut Ui, label: &str, name: &str, chosen: Chosen) -> Response {
    let palette = palette(ui);
    let (weight, border, fill) = match chosen {
        Chosen::Yes => (
            Weight::Semibold,
            Stroke::new(2.0, palette.accent),
            palette.accent_ground,
        ),
        Chosen::No => (Weight::Regular, Stroke::new(1.0, palette.line), palette.card),
    };
    let galley = ui
        .painter()
        .layout_no_wrap(name.to_owned(), font(weight, size::BODY), palette.ink);
    let wanted = Vec2::new(galley.size().x + 2.0 * space::L, TARGET);
    let (rect, response) = ui.allocate_exact_size(wanted, Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::RadioButton, ui.is_enabled(), chosen == Chosen::Yes, name));
    ui.ctx()
        .accesskit_node_builder(response.id, |node| node.set_description(label));
    let fill = if response.hovered() && chosen == Chosen::No {
        palette.hover
    } else {
        fill
    };
    ui.painter().rect(rect, corners(), fill, border, StrokeKind::Inside);
    ui.painter()
        .galley(rect.center() - galley.size() / 2.0, galley, palette.ink);
    ring_ui(ui, &response, corners());
    response
}
