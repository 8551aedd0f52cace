//! Files of accounts that are not in use any more, in a banner each.

use egui::Ui;

use crate::{
    app::{
        elsewhere::LeftElsewhere,
        message::{Command, Tracked},
        model::Model,
        wording::{card::Mark, elsewhere, screen},
    },
    ui::{
        explain::{explanation_ui, shape},
        widgets::{about_ui, banner_ui, details_ui, link_ui, section_ui, small_ui, split_ui, strong_ui},
    },
};

pub(super) fn elsewhere_ui(ui: &mut Ui, model: &Model) -> Option<Command> {
    let mut asked = None;
    for left in model.left_elsewhere() {
        asked = section_ui(ui, ("elsewhere", left.account), |ui| left_ui(ui, model, &left)).or(asked);
    }
    asked
}

fn left_ui(ui: &mut Ui, model: &Model, left: &LeftElsewhere<'_>) -> Option<Command> {
    let id = format!("elsewhere {}", left.account);
    banner_ui(ui, shape(Mark::Careful), Mark::Careful.spoken(), |ui| {
        explanation_ui(ui, &id, &elsewhere::left(left, model));
        let asked = details_ui(ui, &id, elsewhere::SHOW, |ui| {
            let mut asked = None;
            for file in &left.files {
                let file_id = file.record.entered.id;
                asked = section_ui(ui, file_id, |ui| file_ui(ui, model, file)).or(asked);
            }
            asked
        });
        asked.flatten()
    })
}

fn file_ui(ui: &mut Ui, model: &Model, file: &Tracked) -> Option<Command> {
    let (name, line) = elsewhere::file(file, model);
    let is_doubtful = file.record.state.is_doubtful();
    let ((), is_removed) = split_ui(
        ui,
        |ui| {
            strong_ui(ui, &name);
            small_ui(ui, &line);
            if is_doubtful {
                small_ui(ui, elsewhere::MAY_HAVE_ARRIVED);
            }
        },
        |ui| {
            !is_doubtful && {
                let remove = link_ui(ui, screen::REMOVE);
                about_ui(ui, &remove, &name);
                remove.clicked()
            }
        },
    );
    is_removed.then(|| Command::Withdraw(file.record.entered.id))
}
