//! The fields of an account: for staff, for IT, and the result of *Test the connection*.

use egui::Ui;

use super::{
    drafts::AccountDraft,
    explain::explanation_ui,
    theme::space,
    widgets::{
        Field, Mark, beside_mark_ui, body_ui, card_ui, field_ui, mark_ui, password_ui, secondary_ui, segments_ui,
        small_ui, strong_ui,
    },
};
use crate::{
    app::{
        account_form::AccountFormError,
        message::Command,
        model::{ConnectionTest, Model},
        wording::{
            card,
            connection::{self, StepResult},
            notice, settings, setup,
        },
    },
    domain::account::Protocol,
};

const FIELD: f32 = 420.0;

/// Account name and password.
pub(super) fn account_ui(ui: &mut Ui, draft: &mut AccountDraft) -> egui::Response {
    let wrong = wrong(draft, Part::Name);
    let field = Field {
        label: setup::ACCOUNT_NAME,
        hint: setup::ACCOUNT_NAME_HINT,
        wrong: &wrong,
        width: FIELD,
    };
    let name = field_ui(ui, field, &mut draft.form.user);
    if name.changed() {
        draft.wrong = None;
    }
    let field = Field {
        label: setup::PASSWORD,
        hint: setup::PASSWORD_HINT,
        wrong: "",
        width: FIELD,
    };
    password_ui(ui, field, draft.password.text_mut());
    name
}

/// The fields that only IT needs.
pub(super) fn for_it_ui(ui: &mut Ui, model: &Model, draft: &mut AccountDraft) -> Option<Command> {
    draft.take_authority(model);
    let protocols = Protocol::ALL.map(settings::protocol);
    let chosen = Protocol::ALL.iter().position(|p| *p == draft.form.protocol);
    if let Some(pressed) = segments_ui(ui, settings::PROTOCOL, settings::PROTOCOL_HINT, &protocols, chosen)
        && let Some(protocol) = Protocol::ALL.get(pressed)
    {
        draft.form.protocol = *protocol;
        draft.form.port.clear();
    }
    let host_wrong = wrong(draft, Part::Host);
    let port_wrong = wrong(draft, Part::Port);
    let pin_wrong = wrong(draft, Part::Pin);
    let port_hint = settings::port_hint(draft.form.protocol);
    let form = &mut draft.form;
    let rows = [
        (settings::HOST, "", host_wrong.as_str(), FIELD, &mut form.host),
        (settings::PORT, port_hint.as_str(), &port_wrong, 120.0, &mut form.port),
        (
            settings::IMPORT_CODE,
            settings::IMPORT_CODE_HINT,
            "",
            FIELD,
            &mut form.import_code,
        ),
        (settings::PIN, settings::PIN_HINT, &pin_wrong, 0.0, &mut form.pin),
    ];
    let mut is_changed = false;
    for (label, hint, wrong, width, text) in rows {
        let field = Field {
            label,
            hint,
            wrong,
            width,
        };
        is_changed |= field_ui(ui, field, text).changed();
    }
    if is_changed {
        draft.wrong = None;
    }
    authority_ui(ui, draft)
}

fn authority_ui(ui: &mut Ui, draft: &mut AccountDraft) -> Option<Command> {
    ui.vertical(|ui| {
        ui.spacing_mut().item_spacing.y = space::XS;
        strong_ui(ui, settings::AUTHORITY);
        let is_chosen = !draft.form.authority.is_empty();
        small_ui(
            ui,
            if is_chosen {
                settings::AUTHORITY_CHOSEN
            } else {
                settings::AUTHORITY_NONE
            },
        );
        ui.horizontal_wrapped(|ui| {
            if is_chosen && secondary_ui(ui, settings::REMOVE_AUTHORITY).clicked() {
                draft.form.authority.clear();
            }
            secondary_ui(ui, settings::CHOOSE_AUTHORITY)
                .clicked()
                .then_some(Command::ChooseAuthority)
        })
        .inner
    })
    .inner
}

/// The part of the form that is wrong.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Name,
    Host,
    Port,
    Pin,
}

fn wrong(draft: &AccountDraft, part: Part) -> String {
    let Some(error) = &draft.wrong else {
        return String::new();
    };
    let concerns = match error {
        AccountFormError::NoUser | AccountFormError::UnsafeUser | AccountFormError::ImportCode(_) => Part::Name,
        AccountFormError::Host => Part::Host,
        AccountFormError::Port => Part::Port,
        AccountFormError::Pin(_) | AccountFormError::PinAndAuthority | AccountFormError::Authority => Part::Pin,
    };
    if concerns == part {
        notice::account_form(error)
    } else {
        String::new()
    }
}

/// Whether what is wrong stands among the fields for IT.
pub(super) fn is_wrong_for_it(draft: &AccountDraft) -> bool {
    draft.wrong.is_some() && wrong(draft, Part::Name).is_empty()
}

/// What *Test the connection* found.
pub(super) fn test_ui(ui: &mut Ui, model: &Model) {
    match &model.connection_test {
        None => {}
        Some(ConnectionTest::Running) => card_ui(ui, |ui| {
            beside_mark_ui(ui, Mark::Clock, card::Mark::Working.spoken(), |ui| {
                let line = body_ui(ui, setup::TESTING);
                super::widgets::announce(ui, &line);
            });
        }),
        Some(ConnectionTest::Done(result)) => card_ui(ui, |ui| {
            let (mark, said) = match result {
                Ok(_) => (Mark::Check, card::Mark::Good),
                Err(_) => (Mark::Stop, card::Mark::Stopped),
            };
            beside_mark_ui(ui, mark, said.spoken(), |ui| {
                explanation_ui(ui, "test", &connection::explanation(result, &model.profile));
            });
            ui.spacing_mut().interact_size.y = 24.0;
            ui.spacing_mut().item_spacing.y = 6.0;
            for (step, result) in connection::steps(result) {
                let mark = match result {
                    StepResult::Passed => Mark::Check,
                    StepResult::Failed => Mark::Stop,
                    StepResult::NotTried => Mark::Clock,
                };
                ui.horizontal(|ui| {
                    mark_ui(ui, mark, result.as_str());
                    match result {
                        StepResult::Passed | StepResult::Failed => body_ui(ui, connection::step(step)),
                        StepResult::NotTried => small_ui(ui, connection::step(step)),
                    }
                });
            }
        }),
    }
}
