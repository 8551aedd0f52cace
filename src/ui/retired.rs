//! The last screen: everything is being removed from this computer, or what came of it.

use egui::Ui;

use super::{
    drafts::Drafts,
    explain::{explanation_notice_ui, shape},
    theme::space,
    widgets::{
        announce, body_ui, card_ui, column_ui, focus_first, heading_ui, mark_ui, primary_ui, small_ui, title_ui,
    },
};
use crate::{
    app::{
        message::Command,
        retire::{Retire, RetireStep},
        wording::{card::Mark, retire as words},
    },
    domain::retire::{Removal, RetireRefusal},
};

pub(super) fn retired_ui(ui: &mut Ui, retire: &Retire, drafts: &Drafts) -> Option<Command> {
    column_ui(ui, "retired", |ui| match &retire.step {
        RetireStep::Over(done) => over_ui(ui, done, &drafts.data_folder),
        RetireStep::Idle | RetireStep::Looking | RetireStep::Confirmed | RetireStep::Removing => {
            let title = title_ui(ui, words::REMOVING);
            announce(ui, &title);
            body_ui(ui, words::REMOVING_NOTE);
            None
        }
    })
}

fn over_ui(ui: &mut Ui, done: &Result<Removal, RetireRefusal>, data_folder: &str) -> Option<Command> {
    let title = title_ui(ui, words::over(done));
    announce(ui, &title);
    ui.add_space(space::XS);
    match done {
        Ok(removal) => removal_ui(ui, removal, data_folder),
        Err(refusal) => explanation_notice_ui(ui, Mark::Stopped, "not-retired", &words::refusal(refusal)),
    }
    ui.add_space(space::S);
    let close = primary_ui(ui, words::CLOSE);
    focus_first(ui, "retired", &close);
    close.clicked().then_some(Command::RequestClose)
}

fn removal_ui(ui: &mut Ui, removal: &Removal, data_folder: &str) {
    for (what, why) in &removal.left {
        let words = words::left(*what, why, data_folder);
        explanation_notice_ui(ui, Mark::Careful, words::trace(*what), &words);
    }
    card_ui(ui, |ui| {
        ui.spacing_mut().item_spacing.y = space::XS;
        heading_ui(ui, words::REMOVED);
        for what in &removal.removed {
            ui.horizontal(|ui| {
                mark_ui(ui, shape(Mark::Good), Mark::Good.spoken());
                body_ui(ui, words::trace(*what));
            });
        }
        if let Some(line) = words::strangers(removal.strangers, data_folder) {
            small_ui(ui, &line);
        }
    });
    body_ui(ui, words::AT_THE_END);
}
