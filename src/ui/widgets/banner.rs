//! Banners: one sentence across the column that matters now.

use egui::{Align, Layout, Margin, Response, Ui, accesskit::Live};

use super::{
    card::framed_ui,
    mark::{Mark, mark_ui},
    text::body_ui,
};
use crate::ui::theme::space;

/// A sentence with its mark, and what can be done about it at its end.
pub fn banner_ui<R>(ui: &mut Ui, mark: Mark, word: &str, text: &str, actions: impl FnOnce(&mut Ui) -> R) -> R {
    let framed = framed_ui(ui, mark.tone(), Margin::symmetric(16, 12), |ui| {
        ui.with_layout(Layout::left_to_right(Align::Min), |ui| {
            ui.spacing_mut().item_spacing.x = space::M;
            mark_ui(ui, mark, word);
            ui.vertical(|ui| {
                ui.add_space(1.0);
                let line = body_ui(ui, text);
                (line, ui.horizontal_wrapped(actions).inner)
            })
            .inner
        })
        .inner
    });
    let (line, result) = framed.inner;
    announce(ui, &line);
    result
}

/// A banner that only says something.
pub fn notice_ui(ui: &mut Ui, mark: Mark, word: &str, text: &str) -> Response {
    let framed = framed_ui(ui, mark.tone(), Margin::symmetric(16, 12), |ui| {
        ui.with_layout(Layout::left_to_right(Align::Min), |ui| {
            ui.spacing_mut().item_spacing.x = space::M;
            mark_ui(ui, mark, word);
            ui.vertical(|ui| {
                ui.add_space(1.0);
                body_ui(ui, text)
            })
            .inner
        })
        .inner
    });
    announce(ui, &framed.inner);
    framed.inner
}

fn announce(ui: &Ui, line: &Response) {
    ui.ctx().accesskit_node_builder(line.id, |node| node.set_live(Live::Polite));
}
