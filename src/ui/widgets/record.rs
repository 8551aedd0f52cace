//! A row about one file of the past: its name, what came of it, three lines, and perhaps a link. All rows are equally high.

use egui::{Align, Label, Layout, RichText, Sense, StrokeKind, Ui, UiBuilder, Vec2, WidgetInfo, accesskit::Role};

use super::{
    focus::ring_ui,
    mark::{Mark, mark_ui},
};
use crate::ui::theme::{NARROW, Weight, corners, font, hairline, palette, size, space};

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

/// Height of the name with what came of it, and of each line, in points.
const NAME: f32 = 32.0;
const LINE: f32 = 19.0;
/// Width of what came of it and the link, in points.
const SIDE: f32 = 270.0;

/// How high a row is, in points: where the window is narrow, lines may be twice as high, and what came of it stands below.
pub fn record_height(ui: &Ui) -> f32 {
    let lines = if is_narrow(ui) {
        2.0 * NAME + 6.0 * LINE
    } else {
        3.0 * LINE
    };
    NAME + lines + 2.0 * space::S
}

fn is_narrow(ui: &Ui) -> bool {
    ui.available_width() < NARROW - 2.0 * space::XXL
}

/// A row; `side` draws what can be done with it. The row itself takes the keyboard, so that nobody who goes through the list
/// misses it.
pub fn record_ui<R>(ui: &mut Ui, record: Record<'_>, side: impl FnOnce(&mut Ui) -> R) -> R {
    let is_narrow = is_narrow(ui);
    let wanted = Vec2::new(ui.available_width(), record_height(ui));
    let (rect, response) = ui.allocate_exact_size(wanted, Sense::focusable_noninteractive());
    response.widget_info(|| WidgetInfo::labeled(Role::ListItem, true, record.spoken));
    ui.painter()
        .rect(rect, corners(), palette(ui).card, hairline(ui), StrokeKind::Inside);
    ring_ui(ui, &response, corners());
    let inner = rect.shrink2(Vec2::new(space::L, space::S));
    let mut column = ui.new_child(UiBuilder::new().max_rect(inner).layout(Layout::top_down(Align::Min)));
    column.spacing_mut().item_spacing.y = 0.0;
    let name = RichText::new(record.name).font(font(Weight::Semibold, size::BODY));
    if is_narrow {
        line_ui(&mut column, inner.width(), |ui| ui.add(Label::new(name).truncate()));
        line_ui(&mut column, inner.width(), |ui| state_ui(ui, record));
        lines_ui(&mut column, record, 2.0 * LINE);
        return line_ui(&mut column, inner.width(), side);
    }
    let done = column
        .horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = space::L;
            line_ui(ui, inner.width() - SIDE - space::L, |ui| {
                ui.add(Label::new(name).truncate())
            });
            line_ui(ui, SIDE, |ui| {
                state_ui(ui, record);
                side(ui)
            })
        })
        .inner;
    lines_ui(&mut column, record, LINE);
    done
}

fn line_ui<R>(ui: &mut Ui, width: f32, content: impl FnOnce(&mut Ui) -> R) -> R {
    let wanted = Vec2::new(width, NAME);
    let layout = Layout::left_to_right(Align::Center);
    ui.allocate_ui_with_layout(wanted, layout, |ui| {
        ui.set_min_size(wanted);
        ui.spacing_mut().item_spacing.x = space::S;
        content(ui)
    })
    .inner
}

/// A line that is too long is cut with dots; the row says all of it.
fn lines_ui(ui: &mut Ui, record: Record<'_>, height: f32) {
    let soft = palette(ui).soft;
    for line in record.lines {
        let wanted = Vec2::new(ui.available_width(), height);
        ui.allocate_ui_with_layout(wanted, Layout::top_down(Align::Min), |ui| {
            ui.set_min_size(wanted);
            let line = RichText::new(line).font(font(Weight::Regular, size::SMALL)).color(soft);
            let line = Label::new(line);
            ui.add(if height > LINE { line.wrap() } else { line.truncate() });
        });
    }
}

fn state_ui(ui: &mut Ui, record: Record<'_>) {
    mark_ui(ui, record.mark, record.state);
    ui.add(Label::new(record.state));
}
