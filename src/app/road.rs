//! How far a delivered file has come, by what was last seen in the folders.

use crate::{
    app::model::{Card, Model},
    domain::remote::RemoteFile,
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

/// The last station that was seen. `Sent` also stands for: not seen in any folder just now.
pub fn station(model: &Model, sent_as: &str) -> Station {
    let Some(seen) = &model.look.seen else {
        return Station::Sent;
    };
    let is_ours = |file: &RemoteFile| file.name.eq_ignore_ascii_case(sent_as);
    if seen.reports.iter().any(|report| is_report_on(&report.name, sent_as)) {
        Station::Report
    } else if seen.accepted.iter().any(is_ours) {
        Station::PickedUp
    } else if seen.dropoff.iter().any(is_ours) {
        Station::Waiting
    } else {
        Station::Sent
    }
}

/// The registry has not published how reports are named. One that begins with the file's name, with or without `.hl7`, is about it.
fn is_report_on(report: &str, sent_as: &str) -> bool {
    let (report, sent_as) = (report.to_ascii_lowercase(), sent_as.to_ascii_lowercase());
    let stem = sent_as.strip_suffix(".hl7").unwrap_or(&sent_as);
    // `CLINIC0126324.1.hl7` also begins with `CLINIC0126324.`: a number after the stem belongs to another file.
    report.strip_prefix(stem).is_some_and(|rest| {
        let mut rest = rest.chars();
        matches!(rest.next(), Some('.' | '_' | '-')) && !rest.next().is_some_and(|c| c.is_ascii_digit())
    })
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
