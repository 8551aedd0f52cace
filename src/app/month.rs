//! The month at a glance: sent, arrived.

use chrono::{DateTime, Datelike, NaiveDate, Utc};

use crate::{
    app::{
        model::{Card, Model},
        road::{self, Station},
        standing::Standing,
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
    /// So many files stay here until somebody says or does something, whatever else went.
    NeedsYou {
        /// Files.
        files: usize,
    },
    /// Others went; so many are still on their way or wait.
    SomeToGo {
        /// Files.
        files: usize,
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
    /// Not all of what was to go this month is there yet.
    Part {
        /// Files that are there.
        files: usize,
    },
    /// All of it is in Accepted.
    PickedUp,
}

/// Answers *Sent?*.
pub fn sent(model: &Model) -> Sent {
    let names = names_of_this_month(model);
    let (stay, checking, to_go) = undelivered(model);
    if stay > 0 {
        return Sent::NeedsYou { files: stay };
    }
    if checking > 0 {
        return Sent::Checking { files: checking };
    }
    if to_go > 0 {
        return if names.is_empty() {
            Sent::ToGo { files: to_go }
        } else {
            Sent::SomeToGo { files: to_go }
        };
    }
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
    match &model.look.seen {
        None => Sent::NotLooked,
        Some(seen) => Sent::NotYet { looked_at: seen.at },
    }
}

/// Files that need a person, files of which nobody knows yet, and files that go by themselves.
fn undelivered(model: &Model) -> (usize, usize, usize) {
    let stay = model.standing(Standing::NeedsAPerson).count();
    let on_their_way = model.standing(Standing::OnItsWay).count();
    let checking = model
        .standing(Standing::OnItsWay)
        .filter(|card| card.is_unknown())
        .count();
    (stay, checking, on_their_way - checking)
}

/// Answers *Arrived?*.
pub fn arrived(model: &Model) -> Arrived {
    let names = names_of_this_month(model);
    if names.is_empty() {
        return Arrived::Nothing;
    }
    if undelivered(model) != (0, 0, 0) {
        return Arrived::Part { files: names.len() };
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
