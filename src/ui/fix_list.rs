//! Fix list: until reports are read here, the way to where they can be read.

use egui::Ui;

use super::{
    frame::notice_ui,
    past_files::{files_ui, website_ui},
    theme::space,
    widgets::{body_ui, card_ui, column_ui, heading_ui, title_ui},
};
use crate::app::{
    message::Command,
    model::{Model, Screen},
    wording::{room, screen},
};

pub(super) fn fix_list_ui(ui: &mut Ui, model: &Model) -> Option<Command> {
    column_ui(ui, "fix-list", |ui| {
        let noticed = notice_ui(ui, model);
        title_ui(ui, screen::name(Screen::FixList));
        ui.add_space(space::XS);
        let reports = model.look.seen.as_ref().map_or(&[][..], |seen| &seen.reports);
        card_ui(ui, |ui| {
            heading_ui(ui, &room::fix_list_title(reports.len()));
            body_ui(ui, &room::fix_list_text(model));
            website_ui(ui, model);
        });
        if !reports.is_empty() {
            files_ui(ui, room::REPORTS, reports);
        }
        noticed
    })
}
