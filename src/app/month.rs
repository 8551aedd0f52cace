//! The month at a glance: sent, arrived.

use chrono::{DateTime, Datelike, NaiveDate, Utc};

use crate::{
    app::{
        model::{Card, Model},
        road::{self, Station},
    },
    domain::naming::day_of_name,
};

/// Whether something was sent this month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sent {
    /// Nobody has looked at the registry yet, and nothing was sent in this run.
    NotLooked,
    /// Looked at this moment: no file with this month's days in its name.
    NotYet {
        /// When somebody looked.
        looked_at: DateTime<Utc>,
    },
    /// This computer delivered it since the program started.
    Here {
        /// When it was verified.
        at: DateTime<Utc>,
        /// How many files this month, as far as they were seen.
        files: usize,
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
    let here = model.cards.iter().filter_map(Card::delivery);
    let names = names_of_this_month(model);
    if let Some(at) = here.map(|delivery| delivery.verified).max() {
        return Sent::Here { at, files: names.len() };
    }
    match (&model.look.seen, names.iter().map(|(_, day)| *day).max()) {
        (None, _) => Sent::NotLooked,
        (Some(seen), None) => Sent::NotYet { looked_at: seen.at },
        (Some(_), Some(day)) => Sent::Seen {
            day,
            files: names.len(),
        },
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

/// Each name of this month once: of this run's deliveries and of what was seen in the folders.
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
    let delivered = model.cards.iter().filter_map(road::sent_as);
    let mut names: Vec<(String, NaiveDate)> = seen
        .map(|file| file.name.as_str())
        .chain(delivered)
        .filter_map(|name| Some((name.to_owned(), day_of_name(&account.import_code, name)?)))
        .filter(|(_, day)| (day.year(), day.month()) == (today.year(), today.month()))
        .collect();
    names.sort_by_key(|(name, _)| name.to_ascii_lowercase());
    names.dedup_by(|(a, _), (b, _)| a.eq_ignore_ascii_case(b));
    names
}
