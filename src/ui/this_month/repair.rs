//! The panel that shows what would be put right on a copy, before it is.

use egui::Ui;

use crate::{
    app::{
        message::{Command, RepairStep},
        model::{Card, Model},
        repair::RepairState,
        wording::repair as words,
    },
    ui::widgets::{Answer, DialogWords, dialog_ui},
};

/// Over everything else, where a copy is looked at.
pub(super) fn repair_ui(ui: &Ui, model: &Model) -> Option<Command> {
    let (card, repair) = model.cards.iter().find_map(|card| Some((card, card.shown_repair()?)))?;
    match &repair.state {
        RepairState::Taken(_) => None,
        RepairState::Trying => ask_ui(ui, card, (words::TRYING, &[]), words::CANCEL, &[]),
        RepairState::Shown(Err(failure)) => {
            let told = words::failed(failure);
            ask_ui(ui, card, (&told.title, &[told.file, told.next]), words::LEAVE, &[])
        }
        RepairState::Shown(Ok(tried)) => {
            let steps: &[_] = if tried.can_keep.is_ok() {
                &[(words::TAKE, RepairStep::Take), (words::SAVE, RepairStep::Save)]
            } else {
                &[(words::SAVE, RepairStep::Save)]
            };
            ask_ui(ui, card, (words::TITLE, &words::panel(tried)), words::LEAVE, steps)
        }
    }
}

fn ask_ui(
    ui: &Ui,
    card: &Card,
    (title, lines): (&str, &[String]),
    safe: &str,
    steps: &[(&str, RepairStep)],
) -> Option<Command> {
    let others: Vec<&str> = steps.iter().map(|(words, _)| *words).collect();
    let words = DialogWords {
        title,
        text: &lines.join("\n"),
        safe,
        others: &others,
    };
    let answer = dialog_ui(ui.ctx(), "repair", words)?;
    let step = match answer {
        Answer::Safe => RepairStep::Leave,
        Answer::Other(index) => steps.get(index).map_or(RepairStep::Leave, |(_, step)| *step),
    };
    Some(Command::Repair(card.id, step))
}
