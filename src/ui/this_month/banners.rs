//! What matters now and stands in the way: the password, the Demo, the last look at the registry.

use egui::{Align, Key, Layout, Ui, Vec2};

use crate::{
    app::{
        message::Command,
        model::{Model, PasswordState, Place},
        wording::{Explanation, card::Mark, failure, screen, setup, waiting},
    },
    domain::failure::{RegistryFailure, Trouble},
    ui::{
        drafts::Drafts,
        explain::{explanation_banner_ui, explanation_notice_ui, shape},
        widgets::{Field, link_ui, notice_ui, password_ui, secondary_ui},
    },
};

pub(super) fn banners_ui(ui: &mut Ui, model: &Model, drafts: &mut Drafts) -> Option<Command> {
    let placed = place_ui(ui, model);
    let entered = password_trouble_ui(ui, model, drafts);
    let tried = waiting_ui(ui, model);
    placed.or(entered).or(tried)
}

fn place_ui(ui: &mut Ui, model: &Model) -> Option<Command> {
    match &model.place {
        Place::Registry | Place::Demo(_) => None,
        Place::DemoStarting => {
            notice_ui(ui, shape(Mark::Working), Mark::Working.spoken(), screen::DEMO_STARTING);
            None
        }
        Place::DemoFailed(reason) => {
            let explanation = Explanation {
                title: screen::DEMO_FAILED.to_owned(),
                file: String::new(),
                next: String::new(),
                details: vec![reason.clone()],
            };
            explanation_banner_ui(ui, Mark::Stopped, "demo-failed", &explanation, |ui| {
                link_ui(ui, screen::LEAVE_DEMO).clicked()
            })
            .then_some(Command::LeaveDemo)
        }
    }
}

fn password_trouble_ui(ui: &mut Ui, model: &Model, drafts: &mut Drafts) -> Option<Command> {
    // Without an account there is nothing that a password would open.
    model.account()?;
    let explanation = screen::password_trouble(&model.password)?;
    let mark = if model.password == PasswordState::Refused {
        Mark::Stopped
    } else {
        Mark::Careful
    };
    if matches!(model.password, PasswordState::ThisRun(_)) {
        explanation_notice_ui(ui, mark, "password", &explanation);
        return None;
    }
    explanation_banner_ui(ui, mark, "password", &explanation, |ui| {
        ui.vertical(|ui| enter_ui(ui, drafts)).inner
    })
}

fn enter_ui(ui: &mut Ui, drafts: &mut Drafts) -> Option<Command> {
    let field = Field {
        label: setup::PASSWORD,
        hint: "",
        wrong: "",
        width: 260.0,
    };
    let layout = Layout::left_to_right(Align::Max);
    let (typed, is_pressed) = ui
        .allocate_ui_with_layout(Vec2::new(ui.available_width(), 64.0), layout, |ui| {
            let typed = password_ui(ui, field, drafts.password.text_mut());
            (typed, secondary_ui(ui, screen::KEEP_PASSWORD).clicked())
        })
        .inner;
    let is_entered = typed.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
    if is_entered || is_pressed {
        drafts.password.take().map(Command::EnterPassword)
    } else {
        None
    }
}

/// While nothing gets through: what waits is safe, and can be tried now. Else why the last look failed, if it did.
fn waiting_ui(ui: &mut Ui, model: &Model) -> Option<Command> {
    if let Some(outage) = waiting::outage(model) {
        let pressed = explanation_banner_ui(ui, Mark::Working, "outage", &outage, |ui| {
            model.has_password() && secondary_ui(ui, waiting::TRY_NOW).clicked()
        });
        return pressed.then_some(Command::TryNow);
    }
    // A refused password has its own banner.
    let is_said = |failed: &&RegistryFailure| {
        failed.trouble != Trouble::PasswordRefused || model.password != PasswordState::Refused
    };
    if let Some(failed) = model.look.failure.as_ref().filter(is_said) {
        let explanation = failure::registry(failed, failure::FileFate::None, &model.profile);
        explanation_notice_ui(ui, Mark::Careful, "look", &explanation);
    }
    None
}
