//! How far a delivered file has come, by the ledger and by what was last seen in the folders.

use chrono::{DateTime, Utc};

use crate::{
    app::model::{Card, Model},
    domain::{
        calendar::working_days_between,
        naming::clinic_day,
        submission::{Record, State, road},
    },
};

/// A station on the road of a delivered file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Station {
    /// The registry has it, whole.
    Sent,
    /// It lies in HL7-Dropoff.
    Waiting,
    /// It is in Accepted: taken, which is not yet a result.
    PickedUp,
    /// A file with its name is in DQA-Reports.
    Report,
}

impl Station {
    /// In the order of the road.
    pub const ALL: [Self; 4] = [Self::Sent, Self::Waiting, Self::PickedUp, Self::Report];
}

/// After so many whole working days without a report the registry is asked.
pub const ASK_AFTER_WORKING_DAYS: usize = 3;

/// The last station where a file of this name was. `Sent` also stands for: not seen in any folder.
pub fn station(model: &Model, sent_as: &str) -> Station {
    let seen = model.look.seen.as_ref();
    let seen = seen.and_then(|seen| road::station(sent_as, seen)).map(of_state);
    let noted = record_of(model, sent_as).map(of_record);
    seen.max(noted).unwrap_or(Station::Sent)
}

/// The last station that the ledger knows.
pub fn of_record(record: &Record) -> Station {
    let reached = Station::ALL
        .into_iter()
        .filter(|station| noted_at(record, *station).is_some());
    reached.max().unwrap_or(Station::Sent).max(of_state(record.state))
}

fn of_state(state: State) -> Station {
    match state {
        State::AtRegistry => Station::Waiting,
        State::PickedUp => Station::PickedUp,
        State::Reported | State::Closed => Station::Report,
        State::Delivered
        | State::Queued
        | State::NameClaimed
        | State::Sending
        | State::Waiting
        | State::Held
        | State::Unknown
        | State::Cancelled
        | State::Failed => Station::Sent,
    }
}

/// When the ledger says that a file came to a station. What was ever seen in HL7-Dropoff lay there from its delivery on, whenever
/// somebody first looked: that depends on when a window is open.
pub fn noted_at(record: &Record, station: Station) -> Option<DateTime<Utc>> {
    let verified = record.delivery.as_ref().map(|delivery| delivery.verified);
    match station {
        Station::Sent => verified,
        Station::Waiting => record.road.at_registry.and(verified),
        Station::PickedUp => record.road.picked_up,
        Station::Report => record.road.reported,
    }
}

/// When a delivered card came to a station; where the ledger does not know, when it was last seen there.
pub fn reached_at(model: &Model, card: &Card, at: Station) -> Option<DateTime<Utc>> {
    let delivery = card.delivery()?;
    let noted = card.record.as_ref().and_then(|record| noted_at(record, at));
    let is_here = || station(model, &delivery.sent_as) == at;
    noted.or_else(|| match at {
        Station::Sent => Some(delivery.verified),
        Station::Waiting => is_here().then_some(delivery.verified),
        Station::PickedUp | Station::Report => {
            let seen = model.look.seen.as_ref().filter(|_| is_here());
            // The delivery itself was a look, too, and the later one where it came after the last.
            seen.map(|seen| seen.at.max(delivery.verified))
        }
    })
}

/// Whether a file of this name stood in HL7-Dropoff at the last look.
pub fn is_in_dropoff(model: &Model, sent_as: &str) -> bool {
    let seen = model.look.seen.as_ref();
    seen.is_some_and(|seen| seen.dropoff.iter().any(|file| file.name.eq_ignore_ascii_case(sent_as)))
}

fn record_of<'a>(model: &'a Model, sent_as: &str) -> Option<&'a Record> {
    let is_it = |card: &&Card| self::sent_as(card).is_some_and(|name| name.eq_ignore_ascii_case(sent_as));
    model.cards.iter().find(is_it)?.record.as_ref()
}

/// Whether the registry should be asked about a delivered card: somebody has looked, and after three whole working days
/// there is no report.
pub fn is_overdue(model: &Model, card: &Card) -> bool {
    let (Some(delivery), Some(seen)) = (card.delivery(), &model.look.seen) else {
        return false;
    };
    let zone = model.settings.time_zone;
    let delivered = clinic_day(delivery.verified, zone);
    let is_late = working_days_between(delivered, clinic_day(seen.at, zone)) >= ASK_AFTER_WORKING_DAYS;
    is_late
        && match station(model, &delivery.sent_as) {
            Station::Sent | Station::Waiting => true,
            // How reports are named is not published: one that was written since may be about it.
            Station::PickedUp => !seen
                .reports
                .iter()
                .any(|report| report.modified.is_some_and(|at| at.date() >= delivered)),
            Station::Report => false,
        }
}

/// Whether a delivered card has not reached its report.
pub(crate) fn awaits_news(model: &Model) -> bool {
    model
        .cards
        .iter()
        .any(|card| sent_as(card).is_some_and(|name| station(model, name) < Station::Report))
}

/// The name under which a card was delivered.
pub fn sent_as(card: &Card) -> Option<&str> {
    card.delivery().map(|delivery| delivery.sent_as.as_str())
}
