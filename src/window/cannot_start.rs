//! What is shown instead of the program where it cannot start: the reason, and whom to ask.

use egui::{CentralPanel, Frame, Margin, Ui};

use crate::{
    app::wording::Explanation,
    build::StartFailure,
    ui::{explain::explanation_ui, theme, widgets::title_ui},
};

/// A window with an explanation.
pub struct CannotStart {
    explanation: Explanation,
}

impl CannotStart {
    /// Explains why the program cannot start.
    pub fn new(failure: &StartFailure) -> Self {
        Self::because(failure.explanation())
    }

    /// Shows this reason.
    pub fn because(explanation: Explanation) -> Self {
        Self { explanation }
    }
}

impl eframe::App for CannotStart {
    fn ui(&mut self, ui: &mut Ui, _frame: &mut eframe::Frame) {
        let frame = Frame::new()
            .fill(theme::palette(ui).background)
            .inner_margin(Margin::same(32));
        CentralPanel::default().frame(frame).show(ui, |ui| {
            ui.set_max_width(theme::COLUMN);
            title_ui(ui, crate::app::wording::screen::CANNOT_START);
            explanation_ui(ui, "cannot start", &self.explanation);
        });
    }
}
