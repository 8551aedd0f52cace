//! What the background tells on the desktop, and when it has nothing left to do.

use std::collections::HashSet;

use chrono::{DateTime, TimeDelta, Utc};

use crate::{
    app::model::{Card, Model, Notice, PasswordState, Place},
    domain::submission::SubmissionId,
};

/// After this time a file that still waits is told of, and again each time that it has passed.
const LONG: TimeDelta = TimeDelta::days(1);

/// Something worth a message. Holds no name of a file and nothing of a patient.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum News {
    /// So many files are delivered.
    Delivered(usize),
    /// The registry refused the password: nothing is tried any more.
    PasswordRefused,
    /// So many files wait, and there is no password to send them with.
    NoPassword(usize),
    /// So many files cannot go before somebody does something.
    NeedPerson(usize),
    /// So many files are still not sent after a day.
    StillWaiting(usize),
    /// The ledger or the settings cannot be used.
    CannotWork,
    /// The background could not be started.
    NotStarted,
}

/// Whether the background goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rest {
    /// There is something to do, or it is not known yet.
    Works,
    /// Nothing waits any more.
    NothingWaits,
    /// What waits cannot go before somebody does something.
    NeedsPerson,
    /// Nobody knows what waits.
    CannotWork,
}

/// Whether the background goes on with this model.
pub fn rest(model: &Model) -> Rest {
    let cannot_be_used = matches!(model.notice, Some(Notice::Ledger(_) | Notice::SettingsNotLoaded(_)));
    if cannot_be_used || !model.unread.ledgers.is_empty() {
        return Rest::CannotWork;
    }
    if model.place != Place::Registry || model.account().is_none() {
        return Rest::NothingWaits;
    }
    if !is_known(model) || model.is_sending() {
        return Rest::Works;
    }
    match (model.files_left_behind(), model.has_password()) {
        (0, _) => Rest::NothingWaits,
        (_, true) => Rest::Works,
        (_, false) => Rest::NeedsPerson,
    }
}

fn is_known(model: &Model) -> bool {
    model.password.is_settled() && !model.outbox.running
}

/// Remembers what was told already.
#[derive(Debug, Default)]
pub struct Away {
    has_begun: bool,
    delivered: HashSet<SubmissionId>,
    need_person: HashSet<SubmissionId>,
    told_of_password: bool,
    told_of_waiting: Option<DateTime<Utc>>,
}

impl Away {
    /// What is new since the last call. Several deliveries in a row are told together, when nothing is on its way any more.
    pub fn news(&mut self, model: &Model) -> Vec<News> {
        if rest(model) == Rest::CannotWork {
            return vec![News::CannotWork];
        }
        if !is_known(model) || model.is_sending() {
            return Vec::new();
        }
        let delivered = self.newly_delivered(model);
        self.has_begun = true;
        [
            delivered,
            self.password(model),
            self.newly_held(model),
            self.still_waiting(model),
        ]
        .into_iter()
        .flatten()
        .collect()
    }

    fn newly_delivered(&mut self, model: &Model) -> Option<News> {
        let count = add(
            &mut self.delivered,
            model.cards.iter().filter(|card| card.is_delivered()),
        );
        // What was delivered before is no news.
        (self.has_begun && count > 0).then_some(News::Delivered(count))
    }

    fn password(&mut self, model: &Model) -> Option<News> {
        let waiting = model.files_left_behind();
        let news = match model.password {
            PasswordState::Refused => News::PasswordRefused,
            PasswordState::Missing | PasswordState::Trouble(_) if waiting > 0 => News::NoPassword(waiting),
            PasswordState::Missing
            | PasswordState::Trouble(_)
            | PasswordState::NotLooked
            | PasswordState::BeingKept
            | PasswordState::InKeychain
            | PasswordState::ThisRun(_)
            | PasswordState::GivenOnce => return None,
        };
        (!std::mem::replace(&mut self.told_of_password, true)).then_some(news)
    }

    fn newly_held(&mut self, model: &Model) -> Option<News> {
        let held = model.cards.iter().filter(|card| needs_person(card));
        let count = add(&mut self.need_person, held);
        // The refused password is what they need, and it was told.
        (count > 0 && model.password != PasswordState::Refused).then_some(News::NeedPerson(count))
    }

    fn still_waiting(&mut self, model: &Model) -> Option<News> {
        let long = model.waiting_cards().filter(|card| {
            card.record
                .as_ref()
                .is_some_and(|record| model.now - record.entered.at >= LONG)
        });
        let count = long.count();
        let is_time = self.told_of_waiting.is_none_or(|told| model.now - told >= LONG);
        if count == 0 || !is_time || !model.has_password() {
            return None;
        }
        self.told_of_waiting = Some(model.now);
        Some(News::StillWaiting(count))
    }
}

fn needs_person(card: &Card) -> bool {
    card.is_in_the_outbox() && !card.is_waiting() && !card.is_sending() && !card.is_delivered()
}

/// How many of these were not in the set.
fn add<'a>(known: &mut HashSet<SubmissionId>, cards: impl Iterator<Item = &'a Card>) -> usize {
    cards
        .filter_map(|card| card.submission)
        .filter(|submission| known.insert(*submission))
        .count()
}
