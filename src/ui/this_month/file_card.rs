//! A chosen file: its verdict, what it will be called, how far it is, and what can be done with it.

use egui::Ui;

use crate::{
    app::{
        message::Command,
        model::{Card, CardState, Model},
        wording::{
            card::{self, Verdict},
            screen,
        },
    },
    domain::submission::Outcome,
    ui::{
        explain::{explanation_below_name_ui, shape},
        theme::size,
        widgets::{
            Emphasis, about_ui, beside_mark_ui, card_ui, mixed_ui, progress_ui, secondary_ui, section_ui, small_ui,
            split_ui, strong_ui,
        },
    },
};

pub(super) fn file_card_ui(ui: &mut Ui, model: &Model, card: &Card) -> Option<Command> {
    let verdict = card::verdict(card, model);
    card_ui(ui, |ui| {
        let ((), asked) = split_ui(
            ui,
            |ui| {
                beside_mark_ui(ui, shape(verdict.mark), verdict.mark.spoken(), |ui| {
                    words_ui(ui, model, card, &verdict);
                });
            },
            |ui| buttons_ui(ui, model, card),
        );
        progress_of_ui(ui, card, &verdict);
        asked
    })
}

fn words_ui(ui: &mut Ui, model: &Model, card: &Card, verdict: &Verdict) {
    strong_ui(ui, &card.shown_name());
    if let Some(reading) = &card.reading
        && reading.summary.messages > 0
    {
        small_ui(ui, &card::counts(reading));
    }
    explanation_below_name_ui(ui, &format!("card {}", card.id.0), &verdict.words);
    if card.state == CardState::Ready
        && let Some((name, why)) = card::name_to_be(model)
    {
        let goes_as = format!("{} ", screen::GOES_AS);
        let rest = if model.ready_cards().count() > 1 || model.cards.iter().any(Card::is_delivered) {
            format!(" {} ({why})", screen::OR_NEXT)
        } else {
            format!(" ({why})")
        };
        mixed_ui(
            ui,
            size::SMALL,
            &[
                (Emphasis::Plain, &goes_as),
                (Emphasis::Strong, &name),
                (Emphasis::Plain, &rest),
            ],
        );
    }
}

/// The bar, across the card: while reading a long file, and while sending.
fn progress_of_ui(ui: &mut Ui, card: &Card, verdict: &Verdict) {
    match &card.state {
        CardState::Reading {
            read_bytes,
            total_bytes,
        } => {
            #[expect(clippy::cast_precision_loss, reason = "a bar is no more precise than that")]
            let fraction = (*total_bytes > 0).then(|| *read_bytes as f32 / *total_bytes as f32);
            progress_ui(ui, &verdict.words.title, fraction, "");
        }
        CardState::Sending(phase) => {
            let bytes = card.reading.as_ref().map_or(0, |reading| reading.size_bytes);
            let (fraction, words) =
                card::progress(*phase, bytes).map_or((None, String::new()), |(share, words)| (Some(share), words));
            progress_ui(ui, &verdict.words.title, fraction, &words);
        }
        CardState::Unreadable(_) | CardState::Held(_) | CardState::Ready | CardState::Done(_) => {}
    }
}

fn buttons_ui(ui: &mut Ui, model: &Model, card: &Card) -> Option<Command> {
    let id = card.id;
    let button = |ui: &mut Ui, text: &str, command: Command| {
        // Each by its own name: a second Enter never hits what has taken a button's place.
        section_ui(ui, text, |ui| {
            let button = secondary_ui(ui, text);
            about_ui(ui, &button, &card.shown_name());
            button.clicked().then_some(command)
        })
    };
    let remove = Command::RemoveCard(id);
    match &card.state {
        CardState::Reading { .. } | CardState::Sending(_) => button(ui, screen::CANCEL, Command::CancelCard(id)),
        CardState::Unreadable(_) | CardState::Held(_) | CardState::Ready => button(ui, screen::REMOVE, remove),
        CardState::Done(outcome) => {
            let again = if model.has_password() {
                match outcome {
                    Outcome::NotSent(_) | Outcome::PartRemoved(_) | Outcome::Cancelled => {
                        button(ui, screen::TRY_AGAIN, Command::TryAgain(id))
                    }
                    Outcome::Unknown { .. } => button(ui, screen::CHECK_NOW, Command::TryAgain(id)),
                    Outcome::Duplicate(_) => button(ui, screen::SEND_ANYWAY, Command::SendAnyway(id)),
                    Outcome::Delivered(_) | Outcome::FileTrouble(_) => None,
                }
            } else {
                // There is nothing to try with; the banner above asks for it.
                None
            };
            let removed = match outcome {
                Outcome::Unknown { .. } => None,
                Outcome::Delivered(_)
                | Outcome::Duplicate(_)
                | Outcome::NotSent(_)
                | Outcome::PartRemoved(_)
                | Outcome::FileTrouble(_)
                | Outcome::Cancelled => button(ui, screen::REMOVE, remove),
            };
            again.or(removed)
        }
    }
}
