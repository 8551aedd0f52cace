//! Move or retire this computer: the way to a new one, and removing everything from this one.

use egui::{Align, Ui};

use crate::{
    app::{
        message::{Command, SaveTo, Tracked},
        model::{Model, Notice, Screen},
        retire::Readiness,
        wording::{books, card::Mark, notice, proof, retire as words, screen},
    },
    domain::proof::Period,
    ui::{
        drafts::{Drafts, RemovalDraft},
        explain::{explanation_notice_ui, shape},
        theme::space,
        widgets::{
            Ticked, announce, banner_ui, body_ui, heading_ui, link_ui, notice_ui, points_ui, primary_ui, secondary_ui,
            section_ui, small_ui, step_ui, strong_ui, tick_ui, topic_ui,
        },
    },
};

pub(super) fn retire_ui(ui: &mut Ui, model: &Model, drafts: &mut Drafts) -> Option<Command> {
    topic_ui(ui, "retire", words::TITLE, words::NOTE, |ui| {
        step_ui(ui, 1, &words::install(model), |_| {});
        step_ui(ui, 2, words::TRY, |_| {});
        let exported = step_ui(ui, 3, &words::export(model), |ui| {
            section_ui(ui, "export", |ui| export_ui(ui, model))
        });
        let removed = step_ui(ui, 4, words::THEN_REMOVE, |ui| {
            section_ui(ui, "removal", |ui| removal_ui(ui, model, drafts))
        });
        exported.or(removed)
    })
    .flatten()
}

fn export_ui(ui: &mut Ui, model: &Model) -> Option<Command> {
    model.account()?;
    if model.proof_to.is_some() {
        let line = small_ui(ui, proof::READING);
        announce(ui, &line);
        return None;
    }
    let pressed = secondary_ui(ui, words::EXPORT_HISTORY).clicked();
    if model.notice == Some(Notice::Saved) {
        // The notice on top may be out of sight.
        small_ui(ui, &notice::explanation(&Notice::Saved).title);
    }
    pressed.then_some(Command::SaveProof(Period::Everything, SaveTo::Asked))
}

fn removal_ui(ui: &mut Ui, model: &Model, drafts: &mut Drafts) -> Option<Command> {
    match model.readiness_to_retire() {
        Readiness::NotKnown => {
            small_ui(ui, words::LOOKING);
            None
        }
        Readiness::InTheDemo => {
            body_ui(ui, words::IN_THE_DEMO);
            link_ui(ui, screen::LEAVE_DEMO).clicked().then_some(Command::LeaveDemo)
        }
        Readiness::Trouble(failure) => {
            explanation_notice_ui(ui, Mark::Stopped, "retire-ledger", &books::ledger(failure));
            None
        }
        Readiness::NotAcknowledged(set_aside) => {
            explanation_notice_ui(
                ui,
                Mark::Stopped,
                "retire-set-aside",
                &words::not_acknowledged(set_aside),
            );
            None
        }
        Readiness::Undelivered(files) => undelivered_ui(ui, model, files),
        Readiness::Ready { unknown_copies } => {
            notice_ui(ui, shape(Mark::Good), Mark::Good.spoken(), words::NOTHING_WAITS);
            if let Some(line) = words::unknown_copies(unknown_copies) {
                notice_ui(ui, shape(Mark::Careful), Mark::Careful.spoken(), &line);
            }
            section_ui(ui, "question", |ui| question_ui(ui, drafts))
        }
    }
}

fn undelivered_ui(ui: &mut Ui, model: &Model, files: &[Tracked]) -> Option<Command> {
    banner_ui(ui, shape(Mark::Stopped), Mark::Stopped.spoken(), |ui| {
        strong_ui(ui, &words::undelivered_title(files.len()));
        let lines: Vec<String> = files.iter().map(|file| words::undelivered(file, model)).collect();
        points_ui(ui, lines.iter().map(String::as_str));
        body_ui(ui, &words::undelivered_next(files, model));
        let goes = secondary_ui(ui, words::TO_THE_FILES).clicked();
        goes.then_some(Command::OpenScreen(Screen::ThisMonth))
    })
}

fn question_ui(ui: &mut Ui, drafts: &mut Drafts) -> Option<Command> {
    match &mut drafts.help.removal {
        removal @ RemovalDraft::NotAsked => {
            let asks = secondary_ui(ui, words::REMOVE);
            if asks.clicked() {
                // The question begins where the button was.
                ui.scroll_to_rect(asks.rect.expand(space::XL), Some(Align::Min));
                *removal = RemovalDraft::Asked(Ticked::No);
            }
            None
        }
        RemovalDraft::Asked(ticked) => {
            let answer = answer_ui(ui, ticked, &drafts.data_folder);
            if answer == Answer::Keep {
                drafts.help.removal = RemovalDraft::NotAsked;
            }
            (answer == Answer::Remove).then_some(Command::RemoveEverything)
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Answer {
    None,
    Keep,
    Remove,
}

fn answer_ui(ui: &mut Ui, ticked: &mut Ticked, data_folder: &str) -> Answer {
    heading_ui(ui, words::QUESTION);
    strong_ui(ui, words::GOES);
    points_ui(ui, words::GOES_LIST);
    strong_ui(ui, words::STAYS);
    points_ui(ui, words::STAYS_LIST);
    if !data_folder.is_empty() {
        small_ui(ui, &words::data_folder(data_folder));
    }
    ui.add_space(space::XS);
    tick_ui(ui, ticked, words::I_AM_SURE);
    ui.horizontal_wrapped(|ui| {
        let keeps = primary_ui(ui, words::KEEP).clicked();
        let is_sure = *ticked == Ticked::Yes;
        let removes = ui.add_enabled_ui(is_sure, |ui| secondary_ui(ui, words::REMOVE_NOW).clicked());
        match (keeps, removes.inner) {
            (true, _) => Answer::Keep,
            (false, true) => Answer::Remove,
            (false, false) => Answer::None,
        }
    })
    .inner
}
