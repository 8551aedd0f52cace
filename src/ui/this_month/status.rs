//! The three questions: Sent? Arrived? To fix?

use egui::Ui;

use crate::{
    app::{
        model::Model,
        month::{self, Arrived, Sent},
        wording::{
            card,
            screen::{self, Answer},
        },
    },
    ui::{
        explain::shape,
        widgets::{Mark, Stat, stats_ui},
    },
};

pub(super) fn status_ui(ui: &mut Ui, model: &Model) {
    let sent = month::sent(model);
    let arrived = month::arrived(model);
    let good = Some((Mark::Check, card::Mark::Good.spoken()));
    let working = Some((Mark::Clock, card::Mark::Working.spoken()));
    let sent_mark = match sent {
        Sent::NotLooked | Sent::NotYet { .. } => None,
        Sent::NeedsYou { .. } => Some((shape(card::Mark::Careful), card::Mark::Careful.spoken())),
        Sent::ToGo { .. } | Sent::SomeToGo { .. } | Sent::Checking { .. } => working,
        Sent::Here { .. } | Sent::Seen { .. } => good,
    };
    let arrived_mark = match arrived {
        Arrived::Nothing => None,
        Arrived::Part { .. } => working,
        Arrived::Waiting { .. } | Arrived::PickedUp => good,
    };
    let cells = [
        cell(screen::sent(&sent, model), sent_mark),
        cell(screen::arrived(arrived, model), arrived_mark),
        cell(screen::to_fix(model), None),
    ];
    stats_ui(ui, &cells);
}

fn cell(answer: Answer, mark: Option<(Mark, &str)>) -> Stat<'_> {
    Stat {
        question: answer.question,
        mark,
        answer: answer.answer,
        note: answer.note,
        link: "",
    }
}
