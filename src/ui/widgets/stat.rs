//! Cells that answer one question each: Sent? Arrived? To fix?

use egui::{Frame, Margin, Ui, Vec2};

use super::{
    button::link_ui,
    mark::{Mark, mark_ui},
    text::{heading_ui, small_ui},
};
use crate::ui::theme::{NARROW, Weight, corners, font, hairline, palette, size, space};

/// One question and its answer.
#[derive(Debug, Clone)]
pub struct Stat<'a> {
    /// The question.
    pub question: &'a str,
    /// The answer's mark with its word, where there is a verdict.
    pub mark: Option<(Mark, &'a str)>,
    /// The answer.
    pub answer: String,
    /// The circumstances; may be empty.
    pub note: String,
    /// A way on; may be empty.
    pub link: &'a str,
}

/// Margins and borders on both sides, in points.
const FRAME: f32 = 42.0;
/// Question and answer, in points.
const REST: f32 = 60.0;

/// Cells side by side, below one another where the window is narrow. Returns the index of the cell whose link was pressed.
pub fn stats_ui(ui: &mut Ui, stats: &[Stat<'_>]) -> Option<usize> {
    let mut pressed = None;
    if ui.available_width() < NARROW - 2.0 * space::XXL {
        for (index, stat) in stats.iter().enumerate() {
            if cell_ui(ui, stat, ui.available_width(), 0.0) {
                pressed = Some(index);
            }
        }
        return pressed;
    }
    let count = f32::from(u16::try_from(stats.len()).unwrap_or(u16::MAX).max(1));
    let width = (ui.available_width() - space::M * (count - 1.0)) / count;
    let note = |stat: &Stat<'_>| {
        let style = font(Weight::Regular, size::SMALL);
        let galley = ui
            .painter()
            .layout(stat.note.clone(), style, palette(ui).soft, width - FRAME);
        galley.size().y
    };
    // All are as tall as the one with the longest note.
    let height = REST + stats.iter().map(note).fold(0.0, f32::max);
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = space::M;
        for (index, stat) in stats.iter().enumerate() {
            if cell_ui(ui, stat, width, height) {
                pressed = Some(index);
            }
        }
    });
    pressed
}

fn cell_ui(ui: &mut Ui, stat: &Stat<'_>, width: f32, height: f32) -> bool {
    let margin = Margin::symmetric(20, 15);
    let frame = Frame::new()
        .fill(palette(ui).card)
        .stroke(hairline(ui))
        .corner_radius(corners())
        .inner_margin(margin);
    let inner = Vec2::new(width - FRAME, height);
    frame
        .show(ui, |ui| {
            ui.set_width(inner.x);
            ui.set_min_height(inner.y);
            ui.vertical(|ui| {
                ui.spacing_mut().item_spacing.y = 3.0;
                small_ui(ui, stat.question);
                ui.horizontal(|ui| {
                    if let Some((mark, word)) = stat.mark {
                        mark_ui(ui, mark, word);
                    }
                    heading_ui(ui, &stat.answer);
                });
                if !stat.note.is_empty() {
                    small_ui(ui, &stat.note);
                }
                !stat.link.is_empty() && link_ui(ui, stat.link).clicked()
            })
            .inner
        })
        .inner
}
