//! Somebody left, or the password changed: on the website, here, on the other computers.

use egui::Ui;

use crate::{
    app::{
        message::Command,
        model::{Model, Screen},
        wording::somebody_left as words,
    },
    ui::{
        drafts::{Asks, Drafts, Errand},
        past_files::website_ui,
        widgets::{body_ui, secondary_ui, step_ui, topic_ui},
    },
};

pub(super) fn somebody_left_ui(ui: &mut Ui, model: &Model, drafts: &mut Drafts) -> Option<Command> {
    topic_ui(ui, "somebody-left", words::TITLE, words::NOTE, |ui| {
        let demo = words::demo(model);
        // Buttons that would do nothing are not there.
        let has_own = demo.is_none() && model.account().is_some();
        if let Some(demo) = demo {
            body_ui(ui, demo);
        }
        step_ui(ui, 1, &words::change(model), |ui| website_ui(ui, model));
        let enters = step_ui(ui, 2, &words::enter_here(model), |ui| {
            has_own && secondary_ui(ui, words::ENTER).clicked()
        });
        step_ui(ui, 3, words::OTHERS, |_| {});
        step_ui(ui, 4, &words::tell(model), |_| {});
        let forgets = step_ui(ui, 5, words::NOT_HERE, |ui| {
            has_own && secondary_ui(ui, words::FORGET_HERE).clicked()
        });
        if forgets {
            drafts.asks = Asks::ForgetPassword;
        }
        if enters {
            drafts.errand = Errand::NewPassword;
        }
        enters.then_some(Command::OpenScreen(Screen::Settings))
    })
    .flatten()
}
