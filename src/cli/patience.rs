//! Waiting for what ends soon: a transfer, a second look, another Dropoff that has the connection.

use std::time::{Duration, Instant};

use chrono::{DateTime, Utc};

use crate::{
    app::{
        message::{CardId, Command},
        model::{Card, CardState, Model},
        wording::card,
    },
    build::Session,
    cli::print::Printer,
    domain::submission::Outcome,
};

/// How long a command waits for another Dropoff on this computer.
const FOR_ANOTHER: Duration = Duration::from_mins(1);
/// How much longer than the pause between two looks a second look may take.
const FOR_A_LOOK: Duration = Duration::from_secs(30);

/// Does it, and works until nothing is on its way.
pub(super) fn deliver(session: &mut Session, printer: &Printer, command: Command) {
    session.command(command);
    session.run_until(|model| !model.is_sending(), |model| show_progress(model, printer));
}

/// Waits for those of these cards whose fate is known soon, and asks again when their time has come.
pub(super) fn wait(session: &mut Session, printer: &Printer, is_meant: impl Fn(&Card) -> bool) {
    let for_a_look = session.model.profile.between_looks + FOR_A_LOOK;
    let began = Instant::now();
    while let Some((at, id)) = next(&session.model, &is_meant) {
        let is_behind_another = session.model.card(id).is_some_and(Card::waits_for_another_dropoff);
        let limit = if is_behind_another { FOR_ANOTHER } else { for_a_look };
        let Some(left) = limit.checked_sub(began.elapsed()) else {
            return;
        };
        let pause = (at - session.now()).to_std().unwrap_or_default();
        if pause > left {
            return;
        }
        let is_over = |model: &Model| model.card(id).is_none_or(|card| ends_soon(card) != Some(at));
        // The ledger may say in the meantime what became of it.
        if !session.run_for(pause, is_over, |_| {}) {
            deliver(session, printer, Command::TryAgain(id));
        }
    }
}

fn next(model: &Model, is_meant: impl Fn(&Card) -> bool) -> Option<(DateTime<Utc>, CardId)> {
    let meant = model.cards.iter().filter(|card| is_meant(card));
    meant.filter_map(|card| Some((ends_soon(card)?, card.id))).min()
}

/// When a card is asked about again, where the answer comes soon.
fn ends_soon(card: &Card) -> Option<DateTime<Utc>> {
    match card.outcome()? {
        Outcome::Unknown { until, .. } => *until,
        Outcome::Waiting { until, .. } if card.waits_for_another_dropoff() => Some(*until),
        Outcome::Waiting { .. }
        | Outcome::Delivered(_)
        | Outcome::Duplicate(_)
        | Outcome::Asked(_)
        | Outcome::NotSent(_)
        | Outcome::FileTrouble(_)
        | Outcome::CopyTrouble(_)
        | Outcome::PartLeft { .. }
        | Outcome::Cancelled => None,
    }
}

fn show_progress(model: &Model, printer: &Printer) {
    let sending = model.cards.iter().find_map(|card| match &card.state {
        CardState::Sending(phase) => Some((
            card.shown_name(),
            card::progress(*phase, card.size_bytes().unwrap_or_default())?.1,
        )),
        CardState::Reading { .. }
        | CardState::Unreadable(_)
        | CardState::Held(_)
        | CardState::Ready
        | CardState::Done(_) => None,
    });
    if let Some((name, progress)) = sending {
        printer.progress(&format!("{name}: {progress}"));
    }
}
