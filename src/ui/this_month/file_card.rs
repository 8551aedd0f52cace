//! A chosen file: its verdict, what it will be called, how far it is, and what can be done with it.

use egui::Ui;

use crate::{
    app::{
        message::{Command, FindingsCommand, RepairStep},
        model::{Again, Card, CardState, Model},
        wording::{
            asking,
            card::{self, Verdict},
            findings, repair, screen, waiting,
        },
    },
    domain::submission::{Outcome, Question},
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
    if let Some(Outcome::Asked(question)) = card.outcome() {
        return card_ui(ui, |ui| {
            beside_mark_ui(ui, shape(verdict.mark), verdict.mark.spoken(), |ui| {
                words_ui(ui, model, card, &verdict);
                ui.horizontal_wrapped(|ui| answers_ui(ui, model, card, question)).inner
            })
        });
    }
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

/// The two answers below the question, the one that sends nothing first, and the way to what was found.
fn answers_ui(ui: &mut Ui, model: &Model, card: &Card, question: &Question) -> Option<Command> {
    let words = asking::question(question, model);
    let stays = button_ui(ui, card, words.stays, Command::RemoveCard(card.id));
    // There is nothing to send it with; the banner above asks for the password.
    let goes = model
        .has_password()
        .then(|| button_ui(ui, card, words.goes, Command::ThisIsRight(card.id)));
    let seen = see_them_ui(ui, card);
    stays.or(goes.flatten()).or(seen)
}

fn words_ui(ui: &mut Ui, model: &Model, card: &Card, verdict: &Verdict) {
    strong_ui(ui, &card.shown_name());
    if let Some(counts) = card::counts(card) {
        small_ui(ui, &counts);
    }
    if let Some(taken) = card.taken_repair() {
        small_ui(ui, &repair::on_card(&taken.made));
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
            ..
        } => {
            #[expect(clippy::cast_precision_loss, reason = "a bar is no more precise than that")]
            let fraction = (*total_bytes > 0).then(|| *read_bytes as f32 / *total_bytes as f32);
            progress_ui(ui, &verdict.words.title, fraction, "");
        }
        CardState::Sending(phase) => {
            let bytes = card.size_bytes().unwrap_or_default();
            let (fraction, words) =
                card::progress(*phase, bytes).map_or((None, String::new()), |(share, words)| (Some(share), words));
            progress_ui(ui, &verdict.words.title, fraction, &words);
        }
        CardState::Unreadable(_) | CardState::Held(_) | CardState::Ready | CardState::Done(_) => {}
    }
}

fn buttons_ui(ui: &mut Ui, model: &Model, card: &Card) -> Option<Command> {
    let id = card.id;
    let button = |ui: &mut Ui, text: &str, command: Command| button_ui(ui, card, text, command);
    let remove = Command::RemoveCard(id);
    match &card.state {
        CardState::Reading { .. } | CardState::Sending(_) => button(ui, screen::CANCEL, Command::CancelCard(id)),
        CardState::Unreadable(_) | CardState::Held(_) | CardState::Ready => {
            let seen = see_them_ui(ui, card);
            let show = Command::Repair(id, RepairStep::Show);
            let repair = card.repairable().and_then(|_| button(ui, repair::SHOW, show));
            seen.or(repair).or(button(ui, screen::REMOVE, remove))
        }
        CardState::Done(outcome) => {
            let again = again_words(card, outcome)
                .filter(|(_, command)| model.has_password() || needs_no_password(card, command))
                .and_then(|(words, command)| button(ui, words, command));
            let away = match outcome {
                // A question has its answers below it.
                Outcome::Unknown { .. } | Outcome::Asked(_) => None,
                Outcome::Waiting { .. } => button(ui, screen::CANCEL, Command::CancelCard(id)),
                Outcome::Delivered(_)
                | Outcome::Duplicate(_)
                | Outcome::NotSent(_)
                | Outcome::FileTrouble(_)
                | Outcome::CopyTrouble(_)
                | Outcome::PartLeft { .. }
                | Outcome::Cancelled => button(ui, screen::REMOVE, remove),
            };
            let seen = see_them_ui(ui, card);
            again.or(seen).or(away)
        }
    }
}

/// The way to what was found in it.
fn see_them_ui(ui: &mut Ui, card: &Card) -> Option<Command> {
    let open = Command::Findings(FindingsCommand::Open(card.id));
    card.has_findings()
        .then(|| button_ui(ui, card, findings::SEE_THEM, open))
        .flatten()
}

fn button_ui(ui: &mut Ui, card: &Card, text: &str, command: Command) -> Option<Command> {
    // Each by its own name: a second Enter never hits what has taken a button's place.
    section_ui(ui, text, |ui| {
        let button = secondary_ui(ui, text);
        about_ui(ui, &button, &card.shown_name());
        button.clicked().then_some(command)
    })
}

/// The button that goes on with a card, by how its last attempt ended.
fn again_words(card: &Card, outcome: &Outcome) -> Option<(&'static str, Command)> {
    let id = card.id;
    if matches!(outcome, Outcome::Duplicate(_)) {
        let can = card.is_in_the_outbox() || card.source.is_some();
        return can.then_some((screen::SEND_ANYWAY, Command::SendAnyway(id)));
    }
    card.again()?;
    let words = match outcome {
        Outcome::Unknown { .. } => screen::CHECK_NOW,
        Outcome::Waiting { .. } => waiting::TRY_NOW,
        Outcome::Delivered(_)
        | Outcome::Duplicate(_)
        | Outcome::Asked(_)
        | Outcome::NotSent(_)
        | Outcome::FileTrouble(_)
        | Outcome::CopyTrouble(_)
        | Outcome::PartLeft { .. }
        | Outcome::Cancelled => screen::TRY_AGAIN,
    };
    Some((words, Command::TryAgain(id)))
}

/// Without a password there is nothing to try with, and the banner above asks for it; a file can still be read anew.
fn needs_no_password(card: &Card, command: &Command) -> bool {
    matches!(command, Command::TryAgain(_)) && card.again() == Some(Again::Read)
}
