//! How records reach the registry, through which account, and where its password is.

use egui::{Key, Ui};

use super::change;
use crate::{
    app::{
        message::Command,
        model::{Model, Place},
        wording::{screen, settings, setup},
    },
    domain::settings::{Role, Stage},
    ui::{
        drafts::{Asks, Errand, SettingsDraft},
        widgets::{
            Chosen, Field, body_ui, card_ui, choice_ui, heading_ui, link_ui, password_ui, secondary_ui, segments_ui,
            small_ui, strong_ui,
        },
    },
};

const STAGES: [Stage; 2] = [Stage::Testing, Stage::Live];

pub(super) fn account_ui(
    ui: &mut Ui,
    model: &Model,
    draft: &mut SettingsDraft,
    asks: &mut Asks,
    errand: Errand,
) -> Option<Command> {
    let how = card_ui(ui, |ui| {
        heading_ui(ui, settings::HOW_WE_SEND);
        match model.place {
            Place::Registry => how_ui(ui, model),
            Place::DemoStarting | Place::Demo(_) | Place::DemoFailed(_) => demo_ui(ui),
        }
    });
    let account = card_ui(ui, |ui| {
        heading_ui(ui, settings::ACCOUNT);
        match (&model.place, model.account()) {
            (Place::Registry, Some(account)) => {
                strong_ui(ui, &account.user);
                small_ui(ui, &format!("{}:{}", account.endpoint.host, account.endpoint.port));
                body_ui(ui, settings::password_state(&model.password));
                password_of_ui(ui, draft, asks, errand)
            }
            (Place::Registry, None) => {
                body_ui(ui, settings::NO_ACCOUNT);
                None
            }
            (Place::DemoStarting | Place::Demo(_) | Place::DemoFailed(_), _) => {
                body_ui(ui, settings::DEMO_ACCOUNT);
                None
            }
        }
    });
    how.or(account)
}

fn demo_ui(ui: &mut Ui) -> Option<Command> {
    body_ui(ui, setup::role(Role::JustLooking));
    small_ui(ui, setup::role_meaning(Role::JustLooking));
    link_ui(ui, screen::LEAVE_DEMO).clicked().then_some(Command::LeaveDemo)
}

fn how_ui(ui: &mut Ui, model: &Model) -> Option<Command> {
    let mut asked = None;
    for role in settings::ROLES {
        let chosen = Chosen::when(model.settings.role == Some(role));
        if choice_ui(ui, chosen, setup::role(role), setup::role_meaning(role)).clicked() && chosen == Chosen::No {
            asked = match role {
                Role::JustLooking => Some(Command::ChooseRole(role)),
                Role::WeSend | Role::EhrSends => change(model, |settings| settings.role = Some(role)),
            };
        }
    }
    let names = STAGES.map(settings::stage);
    let chosen = STAGES.iter().position(|stage| model.settings.stage == Some(*stage));
    let staged = segments_ui(ui, settings::STAGE, settings::STAGE_HINT, &names, chosen)
        .and_then(|index| STAGES.get(index))
        .and_then(|stage| change(model, |settings| settings.stage = Some(*stage)));
    asked.or(staged)
}

fn password_of_ui(ui: &mut Ui, draft: &mut SettingsDraft, asks: &mut Asks, errand: Errand) -> Option<Command> {
    let field = Field {
        label: screen::ENTER_PASSWORD,
        hint: setup::PASSWORD_HINT,
        wrong: "",
        width: 420.0,
    };
    let typed = password_ui(ui, field, draft.password.text_mut());
    match errand {
        Errand::None => {}
        Errand::NewPassword => typed.request_focus(),
    }
    let is_entered = typed.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
    ui.horizontal_wrapped(|ui| {
        let is_kept = secondary_ui(ui, screen::KEEP_PASSWORD).clicked();
        let is_forgotten = secondary_ui(ui, settings::FORGET_PASSWORD).clicked();
        if is_forgotten {
            *asks = Asks::ForgetPassword;
        }
        if is_kept || is_entered {
            return draft.password.take().map(Command::EnterPassword);
        }
        None
    })
    .inner
}
