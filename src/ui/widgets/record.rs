//! A row about one file of the past: its name, what came of it, three lines, and perhaps a button. All rows are equally high.

use egui::{Align, Label, Layout, Rect, RichText, Sense, StrokeKind, Ui, UiBuilder, Vec2, WidgetInfo, accesskit::Role};

use super::{
    focus::ring_ui,
    mark::{Mark, mark_ui},
};
use crate::ui::theme::{NARROW, TARGET, Weight, corners, font, hairline, palette, size, space};

/// What a row says.
#[derive(Debug, Clone, Copy)]
pub struct Record<'a> {
    /// The shape of what came of it.
    pub mark: Mark,
    /// What the file is called.
    pub name: &'a str,
    /// What came of it.
    pub state: &'a str,
    /// Circumstances; each may be empty.
    pub lines: [&'a str; 3],
    /// All of it, for a screen reader.
    pub spoken: &'a str,
}

/// Height of the name, and of each line, in points.
const NAME: f32 = 22.0;
const LINE: f32 = 19.0;

/// How high a row is, in points: where the window is narrow, the button stands below the lines.
pub fn record_height(ui: &Ui) -> f32 {
    let lines = NAME + 3.0 * LINE + 2.0 * space::M;
    if is_narrow(ui) {
        lines + NAME + TARGET + space::S
    } else {
        lines
    }
}

fn is_narrow(ui: &Ui) -> bool {
    ui.available_width() < NARROW - 2.0 * space::XXL
}

/// A row; `side` draws its button. The row itself takes the keyboard, so that nobody who goes through the list misses it.
pub fn record_ui<R>(ui: &mut Ui, record: Record<'_>, side: impl FnOnce(&mut Ui) -> R) -> R {
    let is_narrow = is_narrow(ui);
    let wanted = Vec2::new(ui.available_width(), record_height(ui));
    let (rect, response) = ui.allocate_exact_size(wanted, Sense::focusable_noninteractive());
    response.widget_info(|| WidgetInfo::labeled(Role::ListItem, true, record.spoken));
    ui.painter()
        .rect(rect, corners(), palette(ui).card, hairline(ui), StrokeKind::Inside);
    ring_ui(ui, &response, corners());
    let inner = rect.shrink2(Vec2::new(space::L, space::M));
    if is_narrow {
        let mut column = ui.new_child(UiBuilder::new().max_rect(inner).layout(Layout::top_down(Align::Min)));
        column.spacing_mut().item_spacing.y = 0.0;
        words_ui(&mut column, record);
        state_ui(&mut column, record);
        column.add_space(space::XS);
        return side(&mut column);
    }
    let middle = inner.right() - SIDE;
    let mut left = ui.new_child(
        UiBuilder::new()
            .max_rect(inner.with_max_x(middle - space::L))
            .layout(Layout::top_down(Align::Min)),
    );
    left.spacing_mut().item_spacing.y = 0.0;
    words_ui(&mut left, record);
    let mut right = ui.new_child(
        UiBuilder::new()
            .max_rect(Rect::from_min_max(egui::pos2(middle, inner.top()), inner.max))
            .layout(Layout::top_down(Align::Min)),
    );
    state_ui(&mut right, record);
    side(&mut right)
}

/// Width of the side with what came of it and the button, in points.
const SIDE: f32 = 190.0;

fn words_ui(ui: &mut Ui, record: Record<'_>) {
    let palette = palette(ui);
    let name = RichText::new(record.name).font(font(Weight::Semibold, size::BODY));
    line_ui(ui, NAME, name);
    for line in record.lines {
        let line = RichText::new(line)
            .font(font(Weight::Regular, size::SMALL))
            .color(palette.soft);
        line_ui(ui, LINE, line);
    }
}

/// One line that is cut with dots where it is too long; the row says all of it.
fn line_ui(ui: &mut Ui, height: f32, text: RichText) {
    let wanted = Vec2::new(ui.available_width(), height);
    ui.allocate_ui_with_layout(wanted, Layout::left_to_right(Align::Center), |ui| {
        ui.set_min_size(wanted);
        ui.add(Label::new(text).truncate());
    });
}

fn state_ui(ui: &mut Ui, record: Record<'_>) {
    ui.horizontal(|ui| {
        ui.spacing_mut().interact_size.y = NAME;
        mark_ui(ui, record.mark, record.state);
        ui.add(Label::new(record.state).truncate());
    });
}
