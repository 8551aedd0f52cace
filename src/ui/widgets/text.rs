//! Lines of text by what they are: title, heading, body, small.

use egui::{Align, Label, Response, RichText, TextFormat, Ui, accesskit::Role, text::LayoutJob};

use crate::ui::theme::{Weight, font, palette, size};

/// How a part of a line stands out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Emphasis {
    /// As the line.
    Plain,
    /// What is looked for.
    Strong,
}

/// The name of the screen.
pub fn title_ui(ui: &mut Ui, text: &str) -> Response {
    heading_of_level_ui(ui, text, size::TITLE, 1)
}

/// What a card or a group is about.
pub fn heading_ui(ui: &mut Ui, text: &str) -> Response {
    heading_of_level_ui(ui, text, size::HEADING, 2)
}

fn heading_of_level_ui(ui: &mut Ui, text: &str, points: f32, level: usize) -> Response {
    let response = ui.add(Label::new(RichText::new(text).font(font(Weight::Semibold, points))).wrap());
    ui.ctx().accesskit_node_builder(response.id, |node| {
        node.set_role(Role::Heading);
        node.set_level(level);
        node.set_label(text);
    });
    response
}

/// Text that is read.
pub fn body_ui(ui: &mut Ui, text: &str) -> Response {
    ui.add(Label::new(text).wrap())
}

/// The name of a thing: body size, heavier.
pub fn strong_ui(ui: &mut Ui, text: &str) -> Response {
    ui.add(Label::new(RichText::new(text).font(font(Weight::Semibold, size::BODY))).wrap())
}

/// Text that stands back: notes, captions, circumstances.
pub fn small_ui(ui: &mut Ui, text: &str) -> Response {
    let text = small(ui, text);
    ui.add(Label::new(text).wrap())
}

/// The same on one line, whatever room there is: at the right of a row, which is as wide as what stands there.
pub fn small_line_ui(ui: &mut Ui, text: &str) -> Response {
    let text = small(ui, text);
    ui.add(Label::new(text).extend())
}

fn small(ui: &Ui, text: &str) -> RichText {
    RichText::new(text)
        .font(font(Weight::Regular, size::SMALL))
        .color(palette(ui).soft)
}

/// A technical line that IT copies: monospace, can be marked with the pointer.
pub fn technical_ui(ui: &mut Ui, text: &str) -> Response {
    ui.add(Label::new(RichText::new(text).monospace()).wrap().selectable(true))
}

/// One line of parts that stand out differently, small or body.
pub fn mixed_ui(ui: &mut Ui, points: f32, parts: &[(Emphasis, &str)]) -> Response {
    let palette = palette(ui);
    let mut job = LayoutJob::default();
    for (emphasis, text) in parts {
        let (weight, color) = match emphasis {
            Emphasis::Plain if points < size::BODY => (Weight::Regular, palette.soft),
            Emphasis::Plain => (Weight::Regular, palette.ink),
            Emphasis::Strong => (Weight::Semibold, palette.ink),
        };
        let format = TextFormat {
            font_id: font(weight, points),
            color,
            valign: Align::Center,
            ..TextFormat::default()
        };
        job.append(text, 0.0, format);
    }
    ui.add(Label::new(job).wrap())
}

/// Tells screen readers that this text changes by itself and is worth saying.
pub fn announce(ui: &Ui, response: &Response) {
    ui.ctx().accesskit_node_builder(response.id, |node| {
        node.set_live(egui::accesskit::Live::Polite);
    });
}
