//! When what waits is tried again, and the passing of time.

use chrono::{DateTime, Utc};

use crate::{
    app::{
        message::{CardId, Job},
        model::{Card, Model, Tries},
        update::{look, outbox, privacy, sending},
    },
    domain::{
        account::Account,
        failure::Trouble,
        naming::next_midnight,
        outage::Way,
        submission::{Outcome, Why, retry::is_due},
    },
};

pub(super) fn tick(model: &mut Model, now: DateTime<Utc>) -> Vec<Job> {
    let yesterday = model.today();
    model.now = now;
    let mut jobs = look::if_due(model);
    if model.today() != yesterday {
        jobs.push(privacy::tidy(model));
    }
    jobs.extend(outbox::if_due(model));
    jobs.extend(due(model));
    jobs.push(next_wake(model));
    jobs
}

/// Asks for an earlier wake-up where what has just happened needs one: a password that has come, for example, lets go what
/// waits.
pub(super) fn keep_awake(model: &mut Model, mut jobs: Vec<Job>) -> Vec<Job> {
    for job in &jobs {
        if let Job::WakeAt(at) = job {
            model.wakes_at = Some(*at);
        }
    }
    let next = next_moment(model);
    if model.wakes_at.is_some_and(|told| next < told) {
        model.wakes_at = Some(next);
        jobs.push(Job::WakeAt(next));
    }
    jobs
}

pub(super) fn next_wake(model: &Model) -> Job {
    Job::WakeAt(next_moment(model))
}

/// The day in the names changes at midnight; a look, a reading of the ledger or a try may be due before.
fn next_moment(model: &Model) -> DateTime<Utc> {
    let midnight = next_midnight(model.now, model.settings.time_zone);
    let tries = model.cards.iter().filter_map(until).filter(|_| tries(model));
    let first = [model.look.next, model.outbox.next]
        .into_iter()
        .flatten()
        .chain(tries)
        .filter(|at| *at > model.now)
        .min();
    first.map_or(midnight, |at| at.min(midnight))
}

/// Whether files go by themselves just now. A refused password stops it: accounts get locked.
fn tries(model: &Model) -> bool {
    model.tries == Tries::ByThemselves && model.has_password()
}

/// When a card is tried or looked at again by itself.
fn until(card: &Card) -> Option<DateTime<Utc>> {
    match card.outcome() {
        Some(Outcome::Waiting { until, .. }) => Some(*until),
        Some(Outcome::Unknown { until, .. }) => *until,
        Some(_) | None => None,
    }
}

/// Hands over what is due.
pub(super) fn due(model: &mut Model) -> Vec<Job> {
    let now = model.now;
    if !tries(model) {
        return Vec::new();
    }
    hand_over(model, |card| card.is_waiting() && is_due(now, until(card)))
}

/// Hands over everything that waits because nothing got through: it has just been seen that something does.
pub(super) fn network_is_back(model: &mut Model) -> Vec<Job> {
    if !tries(model) {
        return Vec::new();
    }
    hand_over(model, |card| {
        card.waits_for(|trouble| matches!(trouble.way(), Way::Broken(_)))
    })
}

/// Hands over everything that waits, and what was held for want of a password.
pub(super) fn password_is_there(model: &mut Model) -> Vec<Job> {
    if !tries(model) {
        return Vec::new();
    }
    hand_over(model, |card| card.is_waiting() || wants_a_password(card))
}

fn wants_a_password(card: &Card) -> bool {
    let is_about_it = |trouble: &Trouble| {
        matches!(
            trouble,
            Trouble::PasswordRefused | Trouble::NoPassword | Trouble::Keychain(_)
        )
    };
    card.is_in_the_outbox()
        && matches!(card.outcome(), Some(Outcome::NotSent(failure)) if is_about_it(&failure.trouble))
}

/// Somebody wants everything that waits to be tried now.
pub(super) fn try_now(model: &mut Model) -> Vec<Job> {
    if !model.has_password() {
        return Vec::new();
    }
    hand_over(model, |card| {
        card.is_waiting() || card.is_unknown() || wants_a_password(card)
    })
}

/// Somebody wants to know: the courier finds out what became of the files of which nobody knows.
pub(super) fn find_out(model: &mut Model) -> Vec<Job> {
    if !model.has_password() {
        return Vec::new();
    }
    hand_over(model, Card::is_unknown)
}

/// In the order in which they were entered. What belongs to another account than the one in use stays.
fn hand_over(model: &mut Model, which: impl Fn(&Card) -> bool) -> Vec<Job> {
    let account = model.account().map(Account::id);
    let is_here = |card: &&Card| card.sent_to.as_ref().map(|to| to.account.id()) == account;
    let mut cards: Vec<(Option<DateTime<Utc>>, CardId)> = model
        .cards
        .iter()
        .filter(|card| which(card))
        .filter(is_here)
        .map(|card| (card.record.as_ref().map(|record| record.entered.at), card.id))
        .collect();
    cards.sort();
    cards
        .into_iter()
        .filter_map(|(_, id)| sending::hand_over(model, id))
        .collect()
}

/// What an attempt says about the way to the registry.
pub(super) fn trouble_of(outcome: &Outcome) -> Option<&Trouble> {
    match outcome {
        Outcome::NotSent(failure) | Outcome::Unknown { failure, .. } => Some(&failure.trouble),
        Outcome::Waiting { why, .. } => match &**why {
            Why::Registry(failure) => Some(&failure.trouble),
            Why::File(_)
            | Why::Copy(_)
            | Why::Duplicate(_)
            | Why::Interrupted
            | Why::NotSeen
            | Why::Gone
            | Why::NotThere
            | Why::PartRemoved
            | Why::PartStays { .. }
            | Why::TakenUnfinished { .. }
            | Why::NameLost { .. }
            | Why::TryNow => None,
        },
        Outcome::Delivered(_)
        | Outcome::Duplicate(_)
        | Outcome::Asked(_)
        | Outcome::FileTrouble(_)
        | Outcome::CopyTrouble(_)
        | Outcome::PartLeft { .. }
        | Outcome::Cancelled => None,
    }
}
