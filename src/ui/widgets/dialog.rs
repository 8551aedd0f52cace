//! A question that has to be answered before anything else. Enter takes the safe answer, Esc goes back.

use egui::{Context, Frame, Id, Margin, Modal, Stroke};

use super::{
    button::{primary_ui, secondary_ui},
    focus::focus_first,
    text::{body_ui, heading_ui},
};
use crate::ui::theme::{Palette, corners, space};

/// What a person answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// The safe way: it has the keyboard first. Esc gives it too.
    Safe,
    /// The other way of this index.
    Other(usize),
}

/// The words of a dialog.
#[derive(Debug, Clone, Copy)]
pub struct DialogWords<'a> {
    /// What it is about.
    pub title: &'a str,
    /// What happens either way, a paragraph a line.
    pub text: &'a str,
    /// The button with the safe answer.
    pub safe: &'a str,
    /// The other buttons.
    pub others: &'a [&'a str],
}

/// Shows a question over everything else and returns its answer.
pub fn dialog_ui(ctx: &Context, id: &str, words: DialogWords<'_>) -> Option<Answer> {
    let palette = Palette::of(ctx.theme());
    let width = 440.0_f32.min(ctx.content_rect().width() - 2.0 * space::XL);
    let modal = Modal::new(Id::unique(id))
        .backdrop_color(palette.scrim)
        .frame(
            Frame::new()
                .fill(palette.card)
                .stroke(Stroke::new(1.0, palette.line))
                .corner_radius(corners())
                .inner_margin(Margin::same(24)),
        )
        .show(ctx, |ui| {
            ui.set_width(width - 2.0 * space::XL);
            ui.ctx().accesskit_node_builder(ui.unique_id(), |node| {
                node.set_role(egui::accesskit::Role::AlertDialog);
                node.set_label(words.title);
            });
            heading_ui(ui, words.title);
            for paragraph in words.text.lines() {
                body_ui(ui, paragraph);
            }
            ui.add_space(space::M);
            ui.horizontal_wrapped(|ui| {
                let safe = primary_ui(ui, words.safe);
                focus_first(ui, id, &safe);
                let mut answer = safe.clicked().then_some(Answer::Safe);
                for (index, other) in words.others.iter().enumerate() {
                    if secondary_ui(ui, other).clicked() {
                        answer = Some(Answer::Other(index));
                    }
                }
                answer
            })
            .inner
        });
    let is_left = modal.should_close();
    modal.inner.or(is_left.then_some(Answer::Safe))
}
