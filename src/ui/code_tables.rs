//! The card of Help that says how old the code tables are.

use egui::Ui;

use super::{
    explain::explanation_notice_ui,
    widgets::{body_ui, card_ui, heading_ui, pairs_ui, small_ui},
};
use crate::app::{
    model::Model,
    wording::{card::Mark, codes},
};

/// Width of a table's name beside its date, in points.
const NAME: f32 = 130.0;

/// Nothing where the tables are not known.
pub(super) fn code_tables_ui(ui: &mut Ui, model: &Model) {
    let tables = codes::tables(model);
    if tables.is_empty() {
        return;
    }
    card_ui(ui, |ui| {
        heading_ui(ui, codes::HEADING);
        body_ui(ui, codes::TEXT);
        pairs_ui(ui, NAME, tables.iter().map(|(name, state)| (*name, state.as_str())));
        for refusal in codes::refusals(model) {
            explanation_notice_ui(ui, Mark::Careful, &refusal.title, &refusal);
        }
        small_ui(ui, codes::NEWER);
    });
}
