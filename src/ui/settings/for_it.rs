//! What only IT needs: the way to the registry, trust, names, folders, log.

use egui::Ui;

use super::change;
use crate::{
    app::{
        message::Command,
        model::{Model, Place},
        wording::{settings, setup},
    },
    domain::{naming::SameDayTemplate, remote::Folder},
    ui::{
        account_fields,
        drafts::SettingsDraft,
        theme::space,
        widgets::{
            Field, body_ui, card_ui, details_ui, field_ui, secondary_ui, section_ui, small_ui, strong_ui, technical_ui,
        },
    },
};

pub(super) fn for_it_ui(ui: &mut Ui, model: &Model, draft: &mut SettingsDraft, data_folder: &str) -> Option<Command> {
    card_ui(ui, |ui| {
        details_ui(ui, "settings-for-it", settings::FOR_IT, |ui| {
            ui.add_space(space::S);
            let way = match model.place {
                Place::Registry => way_ui(ui, model, draft),
                Place::DemoStarting | Place::Demo(_) | Place::DemoFailed(_) => {
                    body_ui(ui, settings::DEMO_ACCOUNT);
                    None
                }
            };
            let template = template_ui(ui, model, draft);
            folders_ui(ui, model, data_folder);
            way.or(template)
        })
        .flatten()
    })
}

fn way_ui(ui: &mut Ui, model: &Model, draft: &mut SettingsDraft) -> Option<Command> {
    account_fields::account_ui(ui, &mut draft.account);
    let chosen = account_fields::for_it_ui(ui, model, &mut draft.account);
    section_ui(ui, "test", |ui| account_fields::test_ui(ui, model));
    let [save, test] = ui
        .horizontal_wrapped(|ui| {
            let save = secondary_ui(ui, settings::SAVE_ACCOUNT).clicked();
            [save, secondary_ui(ui, setup::TEST).clicked()]
        })
        .inner;
    let account = &mut draft.account;
    if (save || test) && account.holds(model) {
        let form = Box::new(account.form.clone());
        return Some(if save {
            Command::SetAccount(form, account.password.take())
        } else {
            Command::TestConnection(form, account.password.lend())
        });
    }
    chosen
}

fn template_ui(ui: &mut Ui, model: &Model, draft: &mut SettingsDraft) -> Option<Command> {
    let parsed = SameDayTemplate::parse(&draft.template);
    let wrong = parsed.as_ref().err().map(settings::template).unwrap_or_default();
    let field = Field {
        label: settings::TEMPLATE,
        hint: settings::TEMPLATE_HINT,
        wrong: &wrong,
        width: 420.0,
    };
    let left = field_ui(ui, field, &mut draft.template).lost_focus();
    match parsed {
        Ok(template) if left => change(model, |settings| settings.same_day_template = template),
        Ok(_) | Err(_) => None,
    }
}

fn folders_ui(ui: &mut Ui, model: &Model, data_folder: &str) {
    strong_ui(ui, settings::FOLDERS);
    let names: Vec<&str> = Folder::ALL
        .into_iter()
        .map(|folder| model.profile.folder_names.name(folder))
        .collect();
    technical_ui(ui, &names.join("   "));
    if !data_folder.is_empty() {
        small_ui(ui, settings::DATA_FOLDER);
        technical_ui(ui, data_folder);
    }
}
