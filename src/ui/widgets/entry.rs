//! An entry of a list within a card: what it is about, a line on it, and what can be done with it. All entries are equally high.

use egui::{Align, Label, Layout, RichText, Sense, Ui, UiBuilder, Vec2, WidgetInfo, accesskit::Role};

use super::focus::ring_ui;
use crate::ui::theme::{NARROW, Weight, corners, font, hairline, palette, size, space};

/// What an entry says.
#[derive(Debug, Clone, Copy)]
pub struct Entry<'a> {
    /// What it is about; empty where it is about the same as the one above.
    pub name: &'a str,
    /// More on it.
    pub line: &'a str,
    /// All of it, for a screen reader.
    pub spoken: &'a str,
}

const NAME: f32 = 22.0;
const LINE: f32 = 19.0;
/// Width and height of what can be done with it, in points.
const SIDE: Vec2 = Vec2::new(150.0, 32.0);

/// How high an entry is, in points: where the window is narrow, its line may be twice as high, and the side stands below.
pub fn entry_height(ui: &Ui) -> f32 {
    let text = if is_narrow(ui) {
        NAME + 2.0 * LINE + SIDE.y
    } else {
        NAME + LINE
    };
    text + 2.0 * space::S
}

fn is_narrow(ui: &Ui) -> bool {
    ui.available_width() < NARROW - 2.0 * space::XXL
}

/// An entry; `side` draws what can be done with it. The entry itself takes the keyboard, so that a screen reader reads all of it.
pub fn entry_ui<R>(ui: &mut Ui, entry: Entry<'_>, side: impl FnOnce(&mut Ui) -> R) -> R {
    let is_narrow = is_narrow(ui);
    let wanted = Vec2::new(ui.available_width(), entry_height(ui));
    let (rect, response) = ui.allocate_exact_size(wanted, Sense::focusable_noninteractive());
    response.widget_info(|| WidgetInfo::labeled(Role::ListItem, true, entry.spoken));
    ui.painter().hline(rect.x_range(), rect.top() + 0.5, hairline(ui));
    ring_ui(ui, &response, corners());
    let inner = rect.shrink2(Vec2::new(0.0, space::S));
    let text_rect = if is_narrow {
        inner.with_max_y(inner.bottom() - SIDE.y)
    } else {
        inner.with_max_x(inner.right() - SIDE.x - space::M)
    };
    let mut text = ui.new_child(
        UiBuilder::new()
            .max_rect(text_rect)
            .layout(Layout::top_down(Align::Min)),
    );
    text.spacing_mut().item_spacing.y = 0.0;
    if !entry.name.is_empty() {
        let name = RichText::new(entry.name).font(font(Weight::Semibold, size::BODY));
        text.add(Label::new(name).truncate());
    }
    let line = RichText::new(entry.line)
        .font(font(Weight::Regular, size::SMALL))
        .color(palette(ui).soft);
    let line = Label::new(line);
    text.add(if is_narrow { line.wrap() } else { line.truncate() });
    let side_rect = if is_narrow {
        inner.with_min_y(inner.bottom() - SIDE.y)
    } else {
        inner.with_min_x(inner.right() - SIDE.x)
    };
    let layout = if is_narrow {
        Layout::left_to_right(Align::Center)
    } else {
        Layout::right_to_left(Align::Center)
    };
    let mut beside = ui.new_child(UiBuilder::new().max_rect(side_rect).layout(layout));
    side(&mut beside)
}
