//! Help: whom to ask, what to do in a bad moment, how files are named, the website, the keys, about.

mod retire;
mod somebody_left;
mod wrong_file;

use egui::Ui;

use super::{
    drafts::Drafts,
    frame::notice_ui,
    past_files::website_ui,
    theme::space,
    widgets::{body_ui, card_ui, column_ui, heading_ui, pairs_ui, small_ui, strong_ui, title_ui},
};
use crate::app::{
    message::Command,
    model::{Model, Screen},
    wording::{room, screen},
};

/// Width of a term beside its meaning, in points.
const TERM: f32 = 130.0;

pub(super) fn help_ui(ui: &mut Ui, model: &Model, drafts: &mut Drafts) -> Option<Command> {
    column_ui(ui, "help", |ui| {
        let noticed = notice_ui(ui, model);
        title_ui(ui, screen::name(Screen::Help));
        ui.add_space(space::XS);
        people_ui(ui, model);
        ui.add_space(space::S);
        heading_ui(ui, room::BAD_MOMENTS);
        let wrong = wrong_file::wrong_file_ui(ui, model, &mut drafts.help);
        let left = somebody_left::somebody_left_ui(ui, model, drafts);
        let retired = retire::retire_ui(ui, model, drafts);
        ui.add_space(space::S);
        names_ui(ui, model);
        card_ui(ui, |ui| {
            heading_ui(ui, room::WEBSITE);
            body_ui(ui, room::WEBSITE_TEXT);
            website_ui(ui, model);
        });
        keys_ui(ui);
        super::code_tables::code_tables_ui(ui, model);
        card_ui(ui, |ui| {
            heading_ui(ui, room::ABOUT);
            body_ui(ui, &room::about(model, env!("CARGO_PKG_VERSION")));
        });
        noticed.or(wrong).or(left).or(retired)
    })
}

fn people_ui(ui: &mut Ui, model: &Model) {
    card_ui(ui, |ui| {
        heading_ui(ui, room::PEOPLE);
        for (who, what_for, reach) in room::people(model) {
            ui.vertical(|ui| {
                ui.spacing_mut().item_spacing.y = 2.0;
                strong_ui(ui, who);
                small_ui(ui, what_for);
                if !reach.is_empty() {
                    ui.add(egui::Label::new(&reach).wrap().selectable(true));
                }
            });
        }
    });
}

fn names_ui(ui: &mut Ui, model: &Model) {
    card_ui(ui, |ui| {
        heading_ui(ui, room::FILE_NAMES);
        body_ui(ui, &room::file_name_today(model));
        let parts = room::file_name_parts(model);
        let pairs = parts.iter().map(|(part, meaning)| (part.as_str(), meaning.as_str()));
        pairs_ui(ui, TERM, pairs);
        small_ui(ui, &room::second_file(model));
    });
}

fn keys_ui(ui: &mut Ui) {
    card_ui(ui, |ui| {
        heading_ui(ui, room::KEYS);
        pairs_ui(ui, TERM, room::KEY_LIST);
    });
}
