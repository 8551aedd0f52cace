//! I sent the wrong file: which one, whom to call, what to say.

use egui::Ui;

use crate::{
    app::{
        message::Command,
        model::Model,
        wording::wrong_file as words,
        wrong_file::{Delivered, delivered},
    },
    ui::{
        drafts::{Advice, HelpDraft},
        this_month::look_ui,
        widgets::{
            Chosen, announce, body_ui, choice_ui, link_ui, paper_ui, secondary_ui, section_ui, small_ui, step_ui,
            topic_ui,
        },
    },
};

/// So many files are listed at first, and so many at the most.
const LATEST: usize = 4;
const MOST: usize = 24;

pub(super) fn wrong_file_ui(ui: &mut Ui, model: &Model, draft: &mut HelpDraft) -> Option<Command> {
    topic_ui(ui, "wrong-file", words::TITLE, words::NOTE, |ui| {
        let files = delivered(model);
        let wanted = files.iter().find(|file| Some(file.id()) == draft.wrong_file);
        let Some(chosen) = wanted.or(files.first()).copied() else {
            body_ui(ui, &words::nothing(model));
            return None;
        };
        body_ui(ui, words::FIRST);
        let looked = step_ui(ui, 1, words::CHOOSE, |ui| {
            choose_ui(ui, model, draft, &files, &chosen);
            let place = body_ui(ui, &words::place(&chosen, model));
            announce(ui, &place);
            look_ui(ui, model)
        });
        step_ui(ui, 2, &words::call(model), |_| {});
        step_ui(ui, 3, words::SAY, |ui| say_ui(ui, model, draft, &chosen));
        step_ui(ui, 4, words::WAIT, |_| {});
        looked
    })
    .flatten()
}

fn choose_ui(ui: &mut Ui, model: &Model, draft: &mut HelpDraft, files: &[Delivered<'_>], chosen: &Delivered<'_>) {
    let shown = match draft.earlier {
        Advice::Hidden => LATEST,
        Advice::Shown => MOST,
    };
    for file in files.iter().take(shown) {
        section_ui(ui, file.id(), |ui| {
            let (name, note) = words::file(file, model);
            if choice_ui(ui, Chosen::when(file.id() == chosen.id()), &name, &note).clicked() {
                draft.wrong_file = Some(file.id());
            }
        });
    }
    let has_more = files.len() > shown && draft.earlier == Advice::Hidden;
    if has_more && link_ui(ui, words::SHOW_MORE).clicked() {
        draft.earlier = Advice::Shown;
    }
    small_ui(ui, words::FROM_ELSEWHERE);
}

fn say_ui(ui: &mut Ui, model: &Model, draft: &mut HelpDraft, chosen: &Delivered<'_>) {
    let text = words::text(chosen, model);
    paper_ui(ui, &text);
    ui.horizontal_wrapped(|ui| {
        if secondary_ui(ui, words::COPY).clicked() {
            ui.ctx().copy_text(text);
            draft.copied = Some(chosen.id());
        }
        if draft.copied == Some(chosen.id()) {
            let done = small_ui(ui, words::COPIED);
            announce(ui, &done);
        }
    });
}
