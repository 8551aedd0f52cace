//! Where files are dropped: a dashed border that answers when files hover above it.

use egui::{
    CornerRadius, Painter, Rect, Response, Shape, Stroke, Ui, UiBuilder, Vec2,
    epaint::{CornerRadiusF32, RoundedRect, tessellator::path},
};

use super::{
    button::secondary_ui,
    text::{heading_ui, small_ui},
};
use crate::ui::theme::{RADIUS, Weight, font, palette, size, space};

/// Whether files hover above the window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DropState {
    /// Nothing hovers.
    Idle,
    /// Files hover and may be let go.
    Hovering,
}

/// The words of a drop area.
#[derive(Debug, Clone, Copy)]
pub struct DropArea<'a> {
    /// What to drop.
    pub title: &'a str,
    /// What to do first; may be empty.
    pub note: &'a str,
    /// The button that opens a dialog instead.
    pub button: &'a str,
    /// How tall it is.
    pub height: DropHeight,
}

/// How tall a drop area is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DropHeight {
    /// It is what the screen is about.
    Full,
    /// Something else is; it stands by on one line.
    Slim,
}

/// A drop area; the response is its button's.
pub fn drop_area_ui(ui: &mut Ui, area: DropArea<'_>, state: DropState) -> Response {
    let height = match area.height {
        DropHeight::Full => 164.0,
        DropHeight::Slim => 64.0,
    };
    let (_, rect) = ui.allocate_space(Vec2::new(ui.available_width(), height));
    let palette = palette(ui);
    let (fill, stroke) = match state {
        DropState::Idle => (palette.accent_ground, Stroke::new(1.5, palette.accent)),
        DropState::Hovering => (palette.ok_ground, Stroke::new(3.0, palette.accent)),
    };
    ui.painter().rect_filled(rect, CornerRadius::same(RADIUS), fill);
    dashed_border(ui.painter(), rect.shrink(1.0), stroke);
    match area.height {
        DropHeight::Full => full_ui(ui, rect, area),
        DropHeight::Slim => slim_ui(ui, rect, area),
    }
}

fn full_ui(ui: &mut Ui, rect: Rect, area: DropArea<'_>) -> Response {
    let layout = egui::Layout::top_down(egui::Align::Center);
    let mut inside = ui.new_child(
        UiBuilder::new()
            .max_rect(rect.shrink2(Vec2::new(space::L, 28.0)))
            .layout(layout),
    );
    inside.spacing_mut().item_spacing.y = space::XS;
    heading_ui(&mut inside, area.title);
    if !area.note.is_empty() {
        small_ui(&mut inside, area.note);
    }
    inside.add_space(space::S);
    secondary_ui(&mut inside, area.button)
}

fn slim_ui(ui: &mut Ui, rect: Rect, area: DropArea<'_>) -> Response {
    let ink = palette(ui).ink;
    let galley = ui
        .painter()
        .layout_no_wrap(area.title.to_owned(), font(Weight::Semibold, size::BODY), ink);
    let row = rect.shrink2(Vec2::new(space::L, 0.0));
    ui.painter().galley(
        egui::pos2(row.left(), row.center().y - galley.size().y / 2.0),
        galley,
        ink,
    );
    let layout = egui::Layout::right_to_left(egui::Align::Center);
    let mut inside = ui.new_child(UiBuilder::new().max_rect(row).layout(layout));
    secondary_ui(&mut inside, area.button)
}

fn dashed_border(painter: &Painter, rect: Rect, stroke: Stroke) {
    let mut points = Vec::new();
    let corners = CornerRadiusF32::from(CornerRadius::same(RADIUS));
    path::rounded_rectangle(&mut points, RoundedRect::new(rect, corners));
    if let Some(first) = points.first().copied() {
        points.push(first);
    }
    painter.extend(Shape::dashed_line(&points, stroke, 6.0, 4.0));
}
