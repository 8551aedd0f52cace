//! The month at a glance: sent, arrived.

use chrono::{DateTime, Datelike, NaiveDate, Utc};

use crate::{
    app::{
        model::{Card, Model},
        road::{self, Station},
    },
    domain::naming::{clinic_day, day_of_name},
};

/// Whether something was sent this month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sent {
    /// Nobody has looked at the registry yet, and this computer sent nothing this month.
    NotLooked,
    /// Looked at this moment: no file with this month's days in its name.
    NotYet {
        /// When somebody looked.
        looked_at: DateTime<Utc>,
    },
    /// Nothing yet, but so many files are on their way or wait.
    ToGo {
        /// Files.
        files: usize,
    },
    /// So many files may have arrived; nobody knows yet.
    Checking {
        /// Files.
        files: usize,
    },
    /// This computer delivered it.
    Here {
        /// When it was verified.
        at: DateTime<Utc>,
        /// How many files this month, as far as they were seen.
        files: usize,
        /// Initials of who sent it, where they are known. May be empty.
        initials: String,
    },
    /// A file with this day in its name is at the registry.
    Seen {
        /// The latest day.
        day: NaiveDate,
        /// How many files this month.
        files: usize,
    },
}

/// Whether what was sent this month was picked up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Arrived {
    /// Nothing was sent, as far as it is known.
    Nothing,
    /// The registry has it; not picked up when somebody last looked.
    Waiting {
        /// Files that wait.
        files: usize,
    },
    /// All of it is in Accepted.
    PickedUp,
}

/// Answers *Sent?*.
pub fn sent(model: &Model) -> Sent {
    let names = names_of_this_month(model);
    let here = model.cards.iter().filter(|card| is_of_this_month(model, card));
    let last = here.filter_map(|card| Some((card.delivery()?.verified, card)));
    if let Some((at, card)) = last.max_by_key(|(at, _)| *at) {
        let by = card.record.as_ref().map(|record| &record.entered.by.initials);
        return Sent::Here {
            at,
            files: names.len(),
            initials: by.unwrap_or(&model.settings.initials).clone(),
        };
    }
    let latest = names.iter().map(|(_, day)| *day).max();
    if let (Some(_), Some(day)) = (&model.look.seen, latest) {
        return Sent::Seen {
            day,
            files: names.len(),
        };
    }
    let checking = model.cards.iter().filter(|card| card.is_unknown()).count();
    let to_go = |card: &&Card| !card.is_unknown() && (card.is_sending() || card.is_waiting());
    let to_go = model.cards.iter().filter(to_go).count();
    match (&model.look.seen, checking, to_go) {
        (_, files @ 1.., _) => Sent::Checking { files },
        (_, 0, files @ 1..) => Sent::ToGo { files },
        (None, 0, 0) => Sent::NotLooked,
        (Some(seen), 0, 0) => Sent::NotYet { looked_at: seen.at },
    }
}

/// Answers *Arrived?*.
pub fn arrived(model: &Model) -> Arrived {
    let names = names_of_this_month(model);
    if names.is_empty() {
        return Arrived::Nothing;
    }
    let files = names
        .iter()
        .filter(|(name, _)| road::station(model, name) < Station::PickedUp)
        .count();
    if files == 0 {
        Arrived::PickedUp
    } else {
        Arrived::Waiting { files }
    }
}

/// A window may stay open into the next month.
fn is_of_this_month(model: &Model, card: &Card) -> bool {
    let day = |at| clinic_day(at, model.settings.time_zone);
    card.delivery()
        .is_some_and(|delivery| is_same_month(day(delivery.verified), model.today()))
}

fn is_same_month(a: NaiveDate, b: NaiveDate) -> bool {
    (a.year(), a.month()) == (b.year(), b.month())
}

/// Each name of this month once: of what this computer delivered and of what was seen in the folders.
fn names_of_this_month(model: &Model) -> Vec<(String, NaiveDate)> {
    let Some(account) = model.account() else {
        return Vec::new();
    };
    let today = model.today();
    let seen = model
        .look
        .seen
        .iter()
        .flat_map(|seen| seen.dropoff.iter().chain(&seen.accepted));
    // What stands there of a file that is not delivered may be a part of it.
    let is_in_doubt = |name: &str| {
        let undelivered = model
            .cards
            .iter()
            .filter(|card| card.is_in_the_outbox() && !card.is_delivered());
        let mut names = undelivered.filter_map(|card| card.record.as_ref()?.sent_as.as_deref());
        names.any(|other| other.eq_ignore_ascii_case(name))
    };
    let delivered = model.cards.iter().filter_map(road::sent_as);
    let mut names: Vec<(String, NaiveDate)> = seen
        .map(|file| file.name.as_str())
        .filter(|name| !is_in_doubt(name))
        .chain(delivered)
        .filter_map(|name| Some((name.to_owned(), day_of_name(&account.import_code, name)?)))
        .filter(|(_, day)| is_same_month(*day, today))
        .collect();
    names.sort_by_key(|(name, _)| name.to_ascii_lowercase());
    names.dedup_by(|(a, _), (b, _)| a.eq_ignore_ascii_case(b));
    names
}
