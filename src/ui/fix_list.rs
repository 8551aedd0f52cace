//! Fix list: until reports are read here, the way to where they can be read.

use egui::Ui;

use super::{
    frame::notice_ui,
    past_files::website_ui,
    theme::space,
    widgets::{body_ui, card_ui, column_ui, heading_ui, small_ui, split_ui, title_ui},
};
use crate::{
    app::{
        message::Command,
        model::{Model, Screen},
        wording::{name::harmless, room, screen},
    },
    domain::remote::RemoteFile,
};

/// A list is cut here; the rest is on the website.
const SHOWN: usize = 60;

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

/// One folder's files, newest first.
fn files_ui(ui: &mut Ui, heading: &str, files: &[RemoteFile]) {
    let mut files: Vec<&RemoteFile> = files.iter().collect();
    files.sort_by(|a, b| (b.modified, &b.name).cmp(&(a.modified, &a.name)));
    card_ui(ui, |ui| {
        heading_ui(ui, heading);
        for file in files.iter().take(SHOWN) {
            split_ui(
                ui,
                |ui| body_ui(ui, &harmless(&file.name)),
                |ui| small_ui(ui, &room::remote_file(file)),
            );
        }
        if files.len() > SHOWN {
            small_ui(ui, &room::more(files.len() - SHOWN));
        }
    });
}
