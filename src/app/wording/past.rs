//! *Past files*: each row in words.

use chrono::NaiveDate;
use chrono_tz::Tz;

use crate::{
    app::{
        message::Tracked,
        model::Model,
        restored, road,
        road::Station,
        wording::{
            card::{self, Mark},
            name::harmless,
            quantity, screen,
        },
    },
    domain::{
        remote::SeenFile,
        submission::{By, Outcome, State},
    },
};

/// Below the title.
pub const NOTE: &str = "What this computer sent, and whatever else was seen in the registry's folders.";
/// An empty history.
pub const NOTHING: &str = "Nothing was sent from this computer yet, and nothing was seen at the registry.";
/// While the first page is read.
pub const READING: &str = "Reading the list.";
/// Button for the next page.
pub const SHOW_MORE: &str = "Show older files";
/// What a file is that this computer did not send.
pub const FOREIGN: &str = "Sent by another computer or program";

/// A row in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PastRow {
    /// What the file is called.
    pub name: String,
    /// What came of it, with its shape.
    pub mark: Mark,
    /// What came of it.
    pub state: String,
    /// Sent as, counts.
    pub what: String,
    /// When, by whom, from which computer.
    pub who: String,
    /// Its road with times; may be empty.
    pub road: String,
}

impl PastRow {
    /// All of it, for a screen reader.
    pub fn spoken(&self) -> String {
        let parts = [&self.name, &self.state, &self.what, &self.who, &self.road];
        parts
            .into_iter()
            .filter(|part| !part.is_empty())
            .cloned()
            .collect::<Vec<_>>()
            .join(". ")
    }
}

/// `November 2026`
pub fn month(first: NaiveDate) -> String {
    first.format("%B %Y").to_string()
}

/// A submission of this computer's ledger.
pub fn submission(tracked: &Tracked, model: &Model) -> PastRow {
    let (record, zone) = (&tracked.record, model.settings.time_zone);
    let entered = &record.entered;
    let name = tracked
        .file_name
        .as_deref()
        .map_or_else(|| card::nameless(entered.at, zone), harmless);
    let (mark, state) = state(&restored::outcome(record), record.state);
    let delivered = record.delivery.as_ref().map(|delivery| &delivery.sent_as);
    let sent_as = delivered.or(record.sent_as.as_ref());
    let mut what: Vec<String> = sent_as.map(|name| format!("As {name}")).into_iter().collect();
    what.push(card::counts_of(&entered.counts));
    PastRow {
        name,
        mark,
        state,
        what: what.join(" · "),
        who: format!(
            "By {}, {}",
            who(&entered.by),
            quantity::day_and_time_of_any_year(entered.at, model.now, zone)
        ),
        road: road_of(tracked, zone),
    }
}

/// `MG (mgarcia) at FRONTDESK-2`
pub fn who(by: &By) -> String {
    let person = &by.person;
    match by.initials.as_str() {
        "" => format!("{} at {}", person.user, person.computer),
        initials => format!("{initials} ({}) at {}", person.user, person.computer),
    }
}

/// Each station with its time; the day only where it is another one than before.
fn road_of(tracked: &Tracked, zone: Tz) -> String {
    let mut before = None;
    let stops = Station::ALL.into_iter().filter_map(|station| {
        let at = road::noted_at(&tracked.record, station)?;
        let day = at.with_timezone(&zone).date_naive();
        let moment = if before.replace(day) == Some(day) {
            quantity::time(at, zone)
        } else {
            quantity::short_moment(at, zone)
        };
        Some(format!("{} {moment}", screen::station(station)))
    });
    stops.collect::<Vec<_>>().join(" · ")
}

fn state(outcome: &Outcome, state: State) -> (Mark, String) {
    let (mark, words) = match outcome {
        Outcome::Delivered(_) => (
            Mark::Good,
            match state {
                State::Reported | State::Closed => "Report is there",
                State::PickedUp => "Picked up",
                State::Delivered
                | State::AtRegistry
                | State::Queued
                | State::NameClaimed
                | State::Sending
                | State::Waiting
                | State::Held
                | State::Unknown
                | State::Cancelled
                | State::Failed => "Delivered",
            },
        ),
        Outcome::Duplicate(_) => (Mark::Careful, "Held: sent before"),
        Outcome::Asked(_) => (Mark::Careful, "Held: a question is open"),
        Outcome::Unknown { .. } => (Mark::Careful, "Not known yet"),
        Outcome::Waiting { .. } => (Mark::Working, "Not sent yet"),
        Outcome::NotSent(_) | Outcome::FileTrouble(_) | Outcome::CopyTrouble(_) => (Mark::Stopped, "Not sent"),
        Outcome::PartLeft { .. } => (Mark::Careful, "Cancelled, a part stayed"),
        Outcome::Cancelled => (Mark::Careful, "Cancelled"),
    };
    (mark, words.to_owned())
}

/// A file at the registry that this computer did not send.
pub fn foreign(file: &SeenFile, model: &Model) -> PastRow {
    let zone = model.settings.time_zone;
    let size = file.size_bytes.map(quantity::size);
    let written = file.modified.map(quantity::listed);
    let (mark, state) = match file.accepted {
        Some(_) => (Mark::Good, "Picked up"),
        None => (Mark::Working, "At the registry"),
    };
    let seen = format!(
        "First seen {}",
        quantity::day_and_time_of_any_year(file.first_seen, model.now, zone)
    );
    let picked_up = file
        .accepted
        .map(|at| format!("Seen as picked up {}", quantity::short_moment(at, zone)));
    PastRow {
        name: harmless(&file.name),
        mark,
        state: state.to_owned(),
        what: [size, written].into_iter().flatten().collect::<Vec<_>>().join(" · "),
        who: format!("{FOREIGN} · {seen}"),
        road: picked_up.unwrap_or_default(),
    }
}
