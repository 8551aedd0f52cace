//! Settings: the clinic, the account, privacy, appearance; and, folded, what only IT needs.

mod account;
mod clinic;
mod for_it;

use egui::Ui;

use super::{
    drafts::{Drafts, SettingsDraft},
    frame::notice_ui,
    theme::space,
    widgets::{body_ui, card_ui, column_ui, heading_ui, section_ui, segments_ui, title_ui},
};
use crate::{
    app::{
        message::Command,
        model::{Model, Screen},
        wording::{screen, settings},
    },
    domain::settings::{Appearance, Retention, Settings},
};

const PERCENTS: [(u16, &str); 5] = [
    (100, "100 %"),
    (125, "125 %"),
    (150, "150 %"),
    (175, "175 %"),
    (200, "200 %"),
];
const APPEARANCES: [Appearance; 3] = [Appearance::System, Appearance::Light, Appearance::Dark];

pub(super) fn settings_ui(ui: &mut Ui, model: &Model, drafts: &mut Drafts) -> Option<Command> {
    let data_folder = drafts.data_folder.clone();
    let errand = std::mem::take(&mut drafts.errand);
    let asks = &mut drafts.asks;
    let draft = drafts.settings.get_or_insert_with(|| SettingsDraft::of(model));
    column_ui(ui, "settings", |ui| {
        let noticed = notice_ui(ui, model);
        title_ui(ui, screen::name(Screen::Settings));
        ui.add_space(space::XS);
        let clinic = section_ui(ui, "clinic", |ui| clinic::clinic_ui(ui, model, draft));
        let account = section_ui(ui, "account", |ui| account::account_ui(ui, model, draft, asks, errand));
        let looks = section_ui(ui, "appearance", |ui| appearance_ui(ui, model));
        let privacy = section_ui(ui, "privacy", |ui| privacy_ui(ui, model));
        let for_it = section_ui(ui, "for-it", |ui| for_it::for_it_ui(ui, model, draft, &data_folder));
        noticed.or(clinic).or(account).or(looks).or(privacy).or(for_it)
    })
}

/// The settings with one thing changed, as a command.
fn change(model: &Model, edit: impl FnOnce(&mut Settings)) -> Option<Command> {
    let mut settings = model.settings.clone();
    edit(&mut settings);
    (settings != model.settings).then(|| Command::ChangeSettings(Box::new(settings)))
}

fn privacy_ui(ui: &mut Ui, model: &Model) -> Option<Command> {
    card_ui(ui, |ui| {
        heading_ui(ui, settings::PRIVACY);
        body_ui(ui, settings::PRIVACY_TEXT);
        let names = Retention::ALL.map(settings::retention);
        let chosen = Retention::ALL.iter().position(|kept| *kept == model.settings.retention);
        segments_ui(ui, settings::RETENTION, settings::RETENTION_HINT, &names, chosen)
            .and_then(|index| Retention::ALL.get(index))
            .and_then(|retention| change(model, |settings| settings.retention = *retention))
    })
}

fn appearance_ui(ui: &mut Ui, model: &Model) -> Option<Command> {
    card_ui(ui, |ui| {
        heading_ui(ui, settings::APPEARANCE);
        let names = APPEARANCES.map(settings::appearance);
        let chosen = APPEARANCES.iter().position(|a| *a == model.settings.appearance);
        let colors = segments_ui(ui, settings::COLORS, "", &names, chosen)
            .and_then(|index| APPEARANCES.get(index))
            .and_then(|appearance| change(model, |settings| settings.appearance = *appearance));
        let names = PERCENTS.map(|(_, name)| name);
        let chosen = PERCENTS
            .iter()
            .position(|(percent, _)| *percent == model.settings.text_percent);
        let text_size = segments_ui(ui, settings::TEXT_SIZE, "", &names, chosen)
            .and_then(|index| PERCENTS.get(index))
            .and_then(|(percent, _)| change(model, |settings| settings.text_percent = *percent));
        segments_ui(ui, settings::LANGUAGE, "", &[settings::ENGLISH], Some(0));
        colors.or(text_size)
    })
}
