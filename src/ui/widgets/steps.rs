//! Short steps with a number, and points of a list.

use egui::{Align, Align2, Layout, Sense, Stroke, Ui, Vec2};

use super::text::body_ui;
use crate::ui::theme::{Weight, font, palette, size, space};

/// Side of the room for a number, in points.
const NUMBER: f32 = 24.0;
/// Side of the room for a point.
const POINT: f32 = 12.0;

/// A step: its number, what to do, and below that what helps with it.
pub fn step_ui<R>(ui: &mut Ui, number: usize, text: &str, help: impl FnOnce(&mut Ui) -> R) -> R {
    beside_ui(
        ui,
        NUMBER,
        |ui| number_ui(ui, number),
        |ui| {
            // On one line with its number.
            ui.add_space(2.0);
            let line = body_ui(ui, text);
            ui.ctx()
                .accesskit_node_builder(line.id, |node| node.set_value(format!("{number}. {text}")));
            help(ui)
        },
    )
}

fn number_ui(ui: &mut Ui, number: usize) {
    let palette = palette(ui);
    let (rect, _) = ui.allocate_exact_size(Vec2::splat(NUMBER), Sense::hover());
    let radius = NUMBER / 2.0 - 0.5;
    ui.painter()
        .circle_stroke(rect.center(), radius, Stroke::new(1.0, palette.edge));
    ui.painter().text(
        rect.center(),
        Align2::CENTER_CENTER,
        number,
        font(Weight::Semibold, size::SMALL),
        palette.ink,
    );
}

/// Things that are listed without an order.
pub fn points_ui<'a>(ui: &mut Ui, points: impl IntoIterator<Item = &'a str>) {
    ui.vertical(|ui| {
        ui.spacing_mut().item_spacing.y = space::XS;
        for point in points {
            beside_ui(ui, POINT, point_ui, |ui| body_ui(ui, point));
        }
    });
}

fn point_ui(ui: &mut Ui) {
    let line = ui.text_style_height(&egui::TextStyle::Body);
    let (rect, _) = ui.allocate_exact_size(Vec2::new(POINT, line), Sense::hover());
    ui.painter().circle_filled(rect.center(), 2.0, palette(ui).soft);
}

fn beside_ui<R>(ui: &mut Ui, width: f32, left: impl FnOnce(&mut Ui), right: impl FnOnce(&mut Ui) -> R) -> R {
    ui.with_layout(Layout::left_to_right(Align::Min), |ui| {
        ui.spacing_mut().item_spacing.x = if width < NUMBER { space::S } else { space::M };
        left(ui);
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing = Vec2::new(space::S, space::S);
            right(ui)
        })
        .inner
    })
    .inner
}
