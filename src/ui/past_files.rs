//! Past files: everything that this computer sent, and whatever else was seen at the registry, by month.

use egui::{OpenUrl, Ui};

use super::{
    drafts::Drafts,
    explain::{explanation_notice_ui, shape},
    frame::notice_ui,
    monthly_proof::monthly_proof_ui,
    theme::space,
    this_month::look_ui,
    widgets::{
        Record, about_ui, announce, body_ui, card_ui, column_ui, heading_ui, link_ui, record_height, record_ui,
        rows_ui, secondary_ui, section_ui, small_ui, split_ui, title_ui,
    },
};
use crate::app::{
    message::{Command, Tracked},
    model::{Model, Screen},
    past::Row,
    wording::{
        books,
        card::Mark,
        past::{self, PastRow},
        room, screen,
    },
};

/// Height of the name of a month, in points.
const MONTH: f32 = 44.0;

pub(super) fn past_files_ui(ui: &mut Ui, model: &Model, drafts: &mut Drafts) -> Option<Command> {
    column_ui(ui, "past-files", |ui| {
        let noticed = notice_ui(ui, model);
        let (_, looked) = split_ui(
            ui,
            |ui| title_ui(ui, screen::name(Screen::PastFiles)),
            |ui| look_ui(ui, model),
        );
        small_ui(ui, past::NOTE);
        if let Some(looked) = room::looked(model) {
            small_ui(ui, &looked);
        }
        let proof = section_ui(ui, "proof", |ui| monthly_proof_ui(ui, model, &mut drafts.proof_month));
        if let Some(failure) = &model.past.failure {
            explanation_notice_ui(ui, Mark::Stopped, "history", &books::ledger(failure));
        }
        let asked = list_ui(ui, model);
        let more = section_ui(ui, "more", |ui| more_ui(ui, model));
        website_ui(ui, model);
        noticed.or(looked).or(proof).or(asked).or(more)
    })
}

fn list_ui(ui: &mut Ui, model: &Model) -> Option<Command> {
    let rows = &model.past.rows;
    if rows.is_empty() {
        let words = if model.past.is_read {
            past::NOTHING
        } else {
            past::READING
        };
        let is_worth_saying = model.past.is_read || model.past.running;
        if is_worth_saying {
            card_ui(ui, |ui| body_ui(ui, words));
        }
        return None;
    }
    let record = record_height(ui);
    let height = |row: &Row| match row {
        Row::Month(_) => MONTH,
        Row::Submission(_) | Row::Foreign(_) => record + space::S,
    };
    let mut asked = None;
    rows_ui(ui, rows, height, |ui, row| match row {
        Row::Month(first) => {
            ui.add_space(space::S);
            heading_ui(ui, &past::month(*first));
        }
        Row::Submission(tracked) => {
            let words = past::submission(tracked, model);
            if row_ui(ui, &words, tracked.record.state.is_delivered()) == Pressed::Receipt {
                asked = Some(receipt(tracked));
            }
        }
        Row::Foreign(file) => {
            row_ui(ui, &past::foreign(file, model), false);
        }
    });
    asked
}

fn receipt(tracked: &Tracked) -> Command {
    Command::SavePastReceipt(tracked.record.entered.id)
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Pressed {
    Nothing,
    Receipt,
}

fn row_ui(ui: &mut Ui, words: &PastRow, has_receipt: bool) -> Pressed {
    let spoken = words.spoken();
    let record = Record {
        mark: shape(words.mark),
        name: &words.name,
        state: &words.state,
        lines: [&words.what, &words.who, &words.road],
        spoken: &spoken,
    };
    let pressed = record_ui(ui, record, |ui| {
        has_receipt && {
            let save = link_ui(ui, screen::SAVE_RECEIPT);
            about_ui(ui, &save, &words.name);
            save.clicked()
        }
    });
    if pressed { Pressed::Receipt } else { Pressed::Nothing }
}

fn more_ui(ui: &mut Ui, model: &Model) -> Option<Command> {
    if !model.past.has_more {
        return None;
    }
    if model.past.running {
        let line = small_ui(ui, past::READING);
        announce(ui, &line);
        return None;
    }
    secondary_ui(ui, past::SHOW_MORE)
        .clicked()
        .then_some(Command::ShowOlder)
}

/// The registry's website: always a way out.
pub(super) fn website_ui(ui: &mut Ui, model: &Model) {
    if secondary_ui(ui, room::OPEN_WEBSITE).clicked() {
        ui.ctx().open_url(OpenUrl::new_tab(&model.profile.website));
    }
}
