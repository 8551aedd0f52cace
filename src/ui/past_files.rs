//! Past files: what lies in the registry's folders.

use egui::{OpenUrl, Ui};

use super::{
    frame::notice_ui,
    this_month::look_ui,
    widgets::{body_ui, card_ui, column_ui, heading_ui, secondary_ui, small_ui, split_ui, title_ui},
};
use crate::{
    app::{
        message::Command,
        model::{Model, Screen},
        wording::{room, screen},
    },
    domain::remote::RemoteFile,
};

/// A list is cut here; the rest is on the website.
const SHOWN: usize = 60;

pub(super) fn past_files_ui(ui: &mut Ui, model: &Model) -> Option<Command> {
    column_ui(ui, "past-files", |ui| {
        let noticed = notice_ui(ui, model);
        let (_, looked) = split_ui(
            ui,
            |ui| title_ui(ui, screen::name(Screen::PastFiles)),
            |ui| look_ui(ui, model),
        );
        small_ui(ui, room::PAST_FILES_NOTE);
        match &model.look.seen {
            Some(seen) => {
                if let Some(looked) = room::looked(model) {
                    small_ui(ui, &looked);
                }
                files_ui(ui, room::WAITING, &seen.dropoff);
                files_ui(ui, room::ACCEPTED, &seen.accepted);
            }
            None => {
                card_ui(ui, |ui| body_ui(ui, room::NOT_LOOKED));
            }
        }
        website_ui(ui, model);
        noticed.or(looked)
    })
}

/// One folder's files, newest first.
pub(super) fn files_ui(ui: &mut Ui, heading: &str, files: &[RemoteFile]) {
    let mut files: Vec<&RemoteFile> = files.iter().collect();
    files.sort_by(|a, b| (b.modified, &b.name).cmp(&(a.modified, &a.name)));
    card_ui(ui, |ui| {
        heading_ui(ui, heading);
        if files.is_empty() {
            small_ui(ui, room::NONE);
        }
        for file in files.iter().take(SHOWN) {
            split_ui(
                ui,
                |ui| body_ui(ui, &file.name),
                |ui| small_ui(ui, &room::remote_file(file)),
            );
        }
        if files.len() > SHOWN {
            small_ui(ui, &room::more(files.len() - SHOWN));
        }
    });
}

/// The registry's website: always a way out.
pub(super) fn website_ui(ui: &mut Ui, model: &Model) {
    if secondary_ui(ui, room::OPEN_WEBSITE).clicked() {
        ui.ctx().open_url(OpenUrl::new_tab(&model.profile.website));
    }
}
