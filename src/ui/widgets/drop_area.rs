//! Where files are dropped: a dashed border that answers when files hover above it.

use egui::{
    Align, CornerRadius, Layout, Painter, Rect, Shape, Stroke, Ui, UiBuilder, Vec2,
    epaint::{CornerRadiusF32, RoundedRect, tessellator::path},
};

use super::{
    button::{secondary_ui, secondary_width},
    text::{heading_ui, small_ui, strong_ui},
};
use crate::ui::theme::{NARROW, RADIUS, palette, space};

/// Whether files hover above the window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DropState {
    /// Nothing hovers.
    Idle,
    /// Files hover and may be let go.
    Hovering,
}

/// How tall a drop area is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DropHeight {
    /// It is what the screen is about.
    Full,
    /// Something else is; it stands by on one line.
    Slim,
}

/// The words of a drop area.
#[derive(Debug, Clone, Copy)]
pub struct DropArea<'a> {
    /// What to drop.
    pub title: &'a str,
    /// What to do first; may be empty.
    pub note: &'a str,
    /// The buttons that do without dropping.
    pub buttons: &'a [&'a str],
    /// How tall it is.
    pub height: DropHeight,
}

/// A drop area; returns the index of the button that was pressed.
pub fn drop_area_ui(ui: &mut Ui, area: DropArea<'_>, state: DropState) -> Option<usize> {
    let is_narrow = ui.available_width() < NARROW - 2.0 * space::XXL;
    let height = match area.height {
        DropHeight::Full => 164.0,
        DropHeight::Slim if is_narrow => 104.0,
        DropHeight::Slim => 68.0,
    };
    let (_, rect) = ui.allocate_space(Vec2::new(ui.available_width(), height));
    let palette = palette(ui);
    let (fill, stroke) = match state {
        DropState::Idle => (palette.accent_ground, Stroke::new(1.5, palette.accent)),
        DropState::Hovering => (palette.ok_ground, Stroke::new(3.0, palette.accent)),
    };
    ui.painter().rect_filled(rect, CornerRadius::same(RADIUS), fill);
    dashed_border(ui.painter(), rect.shrink(1.0), stroke);
    if area.height == DropHeight::Full || is_narrow {
        stacked_ui(ui, rect, area)
    } else {
        slim_ui(ui, rect, area)
    }
}

fn stacked_ui(ui: &mut Ui, rect: Rect, area: DropArea<'_>) -> Option<usize> {
    let inset = match area.height {
        DropHeight::Full => 34.0,
        DropHeight::Slim => 14.0,
    };
    let mut inside = ui.new_child(
        UiBuilder::new()
            .max_rect(rect.shrink2(Vec2::new(space::L, inset)))
            .layout(Layout::top_down(Align::Center)),
    );
    inside.spacing_mut().item_spacing.y = space::XS;
    match area.height {
        DropHeight::Full => heading_ui(&mut inside, area.title),
        DropHeight::Slim => strong_ui(&mut inside, area.title),
    };
    if !area.note.is_empty() && area.height == DropHeight::Full {
        small_ui(&mut inside, area.note);
    }
    inside.add_space(space::S);
    let width = width_of(&inside, area.buttons);
    inside
        .allocate_ui_with_layout(Vec2::new(width, 40.0), Layout::left_to_right(Align::Center), |ui| {
            buttons_ui(ui, area.buttons)
        })
        .inner
}

fn slim_ui(ui: &mut Ui, rect: Rect, area: DropArea<'_>) -> Option<usize> {
    let row = rect.shrink2(Vec2::new(20.0, 0.0));
    let mut left = ui.new_child(
        UiBuilder::new()
            .max_rect(row)
            .layout(Layout::left_to_right(Align::Center)),
    );
    strong_ui(&mut left, area.title);
    let buttons = row.with_min_x(row.right() - width_of(ui, area.buttons));
    let mut right = ui.new_child(
        UiBuilder::new()
            .max_rect(buttons)
            .layout(Layout::left_to_right(Align::Center)),
    );
    buttons_ui(&mut right, area.buttons)
}

/// The buttons in a row, in points.
fn width_of(ui: &Ui, buttons: &[&str]) -> f32 {
    let gaps = space::S * f32::from(u8::try_from(buttons.len().saturating_sub(1)).unwrap_or(0));
    buttons.iter().map(|text| secondary_width(ui, text)).sum::<f32>() + gaps
}

fn buttons_ui(ui: &mut Ui, buttons: &[&str]) -> Option<usize> {
    ui.spacing_mut().item_spacing.x = space::S;
    let mut pressed = None;
    for (index, text) in buttons.iter().enumerate() {
        if secondary_ui(ui, text).clicked() {
            pressed = Some(index);
        }
    }
    pressed
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
