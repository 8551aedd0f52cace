//! *I sent the wrong file*: the delivered files that somebody may mean, and where each was last seen.

use std::collections::HashSet;

use chrono::{DateTime, Utc};

use crate::{
    app::{
        model::{Card, Model},
        road::{self, Station},
    },
    domain::submission::{Delivery, Record, SubmissionId},
};

/// A delivered file.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Delivered<'a> {
    /// As it stands in the ledger.
    pub record: &'a Record,
    /// What proves the delivery.
    pub delivery: &'a Delivery,
    /// What it is called on this computer. Shown, never logged, copied or printed.
    pub file_name: Option<&'a str>,
}

impl Delivered<'_> {
    /// Which one.
    pub fn id(&self) -> SubmissionId {
        self.record.entered.id
    }
}

/// What this model knows of the account in use, the latest first: files of this month, and of *Past files* what was read.
pub fn delivered(model: &Model) -> Vec<Delivered<'_>> {
    let cards = model.cards.iter().filter_map(of_card);
    let past = model.past.tracked().iter().filter_map(|tracked| {
        Some(Delivered {
            record: &tracked.record,
            delivery: tracked.record.delivery.as_ref()?,
            file_name: tracked.file_name.as_deref(),
        })
    });
    let mut known = HashSet::new();
    let mut all: Vec<_> = cards.chain(past).filter(|one| known.insert(one.id())).collect();
    all.sort_by_key(|one| std::cmp::Reverse(one.delivery.verified));
    all
}

fn of_card(card: &Card) -> Option<Delivered<'_>> {
    Some(Delivered {
        record: card.record.as_ref()?,
        delivery: card.delivery()?,
        file_name: Some(&card.file_name),
    })
}

/// Where a delivered file was last seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whereabouts {
    /// In HL7-Dropoff: the registry has not taken it.
    NotPickedUp {
        /// When somebody last looked.
        seen: DateTime<Utc>,
    },
    /// In Accepted: the registry has taken it.
    PickedUp {
        /// Since when that is known.
        since: DateTime<Utc>,
    },
    /// A report on it is there.
    Reported {
        /// Since when that is known.
        since: DateTime<Utc>,
    },
    /// It was delivered, and in none of the folders when somebody looked after that.
    NotSeen {
        /// When.
        looked: DateTime<Utc>,
    },
    /// Nobody has looked since it was delivered.
    NotLooked,
}

/// As far as the ledger and the last look know.
pub fn whereabouts(model: &Model, file: &Delivered<'_>) -> Whereabouts {
    let delivered = file.delivery.verified;
    let look = model
        .look
        .seen
        .as_ref()
        .map(|seen| seen.at)
        .filter(|at| *at >= delivered);
    let noted = |station| road::noted_at(file.record, station).or(look).unwrap_or(delivered);
    let station = road::station(model, &file.delivery.sent_as).max(road::of_record(file.record));
    match (station, look) {
        (Station::Report, _) => Whereabouts::Reported {
            since: noted(Station::Report),
        },
        (Station::PickedUp, _) => Whereabouts::PickedUp {
            since: noted(Station::PickedUp),
        },
        (Station::Waiting, Some(looked)) if road::is_in_dropoff(model, &file.delivery.sent_as) => {
            Whereabouts::NotPickedUp { seen: looked }
        }
        (Station::Waiting | Station::Sent, Some(looked)) => Whereabouts::NotSeen { looked },
        (Station::Waiting, None) => Whereabouts::NotPickedUp {
            seen: noted(Station::Waiting),
        },
        (Station::Sent, None) => Whereabouts::NotLooked,
    }
}
