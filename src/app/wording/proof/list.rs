//! The lists of a proof: files, files of others, outages, fingerprints, and what the words mean.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;

use super::day;
use crate::{
    app::{
        model::Model,
        road::{self, Station},
        wording::{failure, past, quantity, screen, waiting},
    },
    domain::{
        outage::Outage,
        proof::{Proof, ProvenFile, Stranger},
        receipt::Destination,
        submission::Why,
    },
};

/// Heading.
pub const FILES: &str = "Files";
/// Below the heading: what the list holds.
pub const FILES_NOTE: &str = "Every file that was entered in this period, or that moved on in it. Results are those known when this page was made.";
/// An empty list.
pub const NO_FILES: &str = "None. In this period nobody entered a file at this computer, and none moved on.";
/// Headings of the files.
pub const FILE_HEADINGS: [&str; 6] = ["No.", "Sent as", "In it", "Entered", "Delivered", "Result"];

/// The mark of a file that was a test.
const TESTING: &str = "TESTING";
/// Where there is nothing to say.
const NOTHING: &str = "–";

/// A file in the order of the headings, without its number.
pub fn file(file: &ProvenFile, proof: &Proof, model: &Model) -> Vec<Vec<String>> {
    let (record, zone) = (&file.record, proof.zone);
    let entered = &record.entered;
    let moment = |at| quantity::paper_moment(at, zone);
    let mut sent_as = vec![record.sent_as.clone().unwrap_or_else(|| NOTHING.to_owned())];
    sent_as.extend((entered.destination == Destination::Testing).then(|| TESTING.to_owned()));
    let counts = &entered.counts;
    let inside = vec![
        quantity::count(counts.patients, "patient", "patients"),
        quantity::count(counts.vaccinations, "vaccination", "vaccinations"),
        quantity::count(counts.messages, "message", "messages"),
    ];
    let delivered = record.delivery.as_ref().map_or_else(
        || vec!["Not delivered".to_owned()],
        |delivery| {
            let by = file.settled_by.as_ref().map(past::who);
            [moment(delivery.verified)].into_iter().chain(by).collect()
        },
    );
    vec![
        sent_as,
        inside,
        vec![moment(entered.at), past::who(&entered.by)],
        delivered,
        result(file, zone, model),
    ]
}

fn result(file: &ProvenFile, zone: Tz, model: &Model) -> Vec<String> {
    let record = &file.record;
    let moment = |at: DateTime<Utc>| quantity::paper_moment(at, zone);
    let mut lines = vec![past::state(record).1];
    let stations = [Station::Waiting, Station::PickedUp, Station::Report];
    lines.extend(stations.into_iter().filter_map(|station| {
        let at = road::noted_at(record, station)?;
        Some(format!("{}: {}", screen::station(station), moment(at)))
    }));
    if !record.state.is_delivered() {
        lines.push(format!("Since {}", moment(record.since)));
        let is_over = !record.state.is_undelivered();
        lines.extend(
            file.settled_by
                .as_ref()
                .filter(|_| is_over)
                .map(|by| format!("By {}", past::who(by))),
        );
        lines.extend(record.why.as_ref().and_then(|why| reason(why, model)));
    }
    lines.extend(
        file.part
            .as_ref()
            .map(|part| format!("A part of it stands at the registry as {part}.")),
    );
    lines
}

/// Why a file is not delivered. A duplicate's name is whatever somebody else called it.
fn reason(why: &Why, model: &Model) -> Option<String> {
    match why {
        Why::Duplicate(_) => Some("The same content was at the registry already.".to_owned()),
        Why::PartStays { .. } | Why::TakenUnfinished { .. } => None,
        Why::Registry(_)
        | Why::File(_)
        | Why::Copy(_)
        | Why::Interrupted
        | Why::NotSeen
        | Why::Gone
        | Why::NotThere
        | Why::PartRemoved
        | Why::NameLost { .. }
        | Why::TryNow => Some(waiting::reason(why, model).title),
    }
}

/// Heading.
pub const STRANGERS: &str = "In the registry's folder Accepted, not sent by this computer";
/// Below the heading.
pub const STRANGERS_NOTE: &str = "What this computer saw when it looked into the folder. Another computer of the clinic, its EHR or somebody \
    on the registry's website sent these. A name that holds more than the account, a day and numbers is not shown: it could be a patient's.";
/// An empty list.
pub const NO_STRANGERS: &str = "None was seen.";
/// Headings of the files of others.
pub const STRANGER_HEADINGS: [&str; 4] = [
    "Name",
    "Size",
    "Day, as the registry gives it",
    "First seen in Accepted",
];

/// A file of somebody else in the order of the headings.
pub fn stranger(file: &Stranger, zone: Tz) -> Vec<Vec<String>> {
    let name = file.name.clone().unwrap_or_else(|| "(not shown)".to_owned());
    let size = file.size_bytes.map_or_else(|| NOTHING.to_owned(), bytes);
    let accepted = file
        .accepted
        .map_or_else(|| NOTHING.to_owned(), |at| quantity::paper_moment(at, zone));
    vec![vec![name], vec![size], vec![day(file.day)], vec![accepted]]
}

/// Heading.
pub const OUTAGES: &str = "Outages, seen from this computer";
/// Below the heading.
pub const OUTAGES_NOTE: &str = "Times in which this computer tried to reach the registry for a file and got no answer, whatever the reason: the \
    registry, the line, or the clinic's own network. While Dropoff was closed or had nothing to send it did not try. So an outage may have \
    been shorter than it says here, or may be missing.";
/// An empty list.
pub const NO_OUTAGES: &str = "None was seen.";
/// Headings of the outages.
pub const OUTAGE_HEADINGS: [&str; 5] = [
    "First try without an answer",
    "Last try without an answer",
    "Next answer",
    "Tries",
    "What was seen",
];

/// An outage in the order of the headings.
pub fn outage(outage: &Outage, zone: Tz, model: &Model) -> Vec<Vec<String>> {
    let moment = |at| vec![quantity::paper_moment(at, zone)];
    let ended = outage
        .ended
        .map_or_else(|| vec!["No answer seen until this page was made".to_owned()], moment);
    let seen = outage
        .troubles
        .iter()
        .map(|trouble| failure::title(trouble, &model.profile));
    vec![
        moment(outage.began),
        moment(outage.last_try),
        ended,
        vec![quantity::thousands(outage.tries as u64)],
        seen.collect(),
    ]
}

/// Heading.
pub const MEANINGS: &str = "What the words mean";

/// Each word with its meaning.
pub const MEANING_LIST: [(&str, &str); 6] = [
    (
        "Entered",
        "Somebody pressed Send, and the file stood in this computer's list.",
    ),
    (
        "Delivered",
        "The registry's server had the whole file, and Dropoff had checked that. It does not mean that the file had no errors.",
    ),
    (
        "Picked up",
        "The file was seen in the registry's folder Accepted. It does not mean that there were no errors, or that any record was stored.",
    ),
    (
        "Report",
        "A report with the file's name was seen at the registry. What the report says is in the report, and not on this page.",
    ),
    (
        "Not known yet",
        "The connection ended in the middle. Dropoff was still finding out whether the registry had the file.",
    ),
    (
        "SHA-256",
        "A fingerprint of a file's bytes. Whoever has the file can compute it again: another content has another one.",
    ),
];

/// Heading.
pub const FINGERPRINTS: &str = "To check a file against this page";
/// Below the heading.
pub const FINGERPRINTS_NOTE: &str =
    "Each file above by its number, with what Dropoff wrote down when it read and sent it.";
/// Headings of the fingerprints.
pub const FINGERPRINT_HEADINGS: [&str; 5] = ["No.", "SHA-256", "Size", "The server answered", "Submission"];

/// A file's fingerprint in the order of the headings, without its number.
pub fn fingerprint(file: &ProvenFile) -> Vec<Vec<String>> {
    let entered = &file.record.entered;
    let reply = file.record.delivery.as_ref().map(|delivery| delivery.reply.clone());
    let reply = reply
        .filter(|reply| !reply.is_empty())
        .unwrap_or_else(|| NOTHING.to_owned());
    vec![
        vec![entered.sha256.to_string()],
        vec![bytes(entered.size_bytes)],
        vec![reply],
        vec![entered.id.to_string()],
    ]
}

fn bytes(bytes: u64) -> String {
    quantity::count(bytes, "byte", "bytes")
}
