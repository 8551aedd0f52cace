//! What the pretend registry does with a file that arrived: it takes it, keeps a copy, and writes a report.

use std::{sync::Arc, time::Duration};

use chrono::{DateTime, Utc};
use tokio::task;

use crate::demo::{
    report::report,
    store::{Store, Ticket, now},
};

/// Takes a file that came whole into HL7-Dropoff, after this time.
pub(super) async fn take_after(delay: Duration, store: Arc<Store>, ticket: Ticket) {
    tokio::time::sleep(delay).await;
    // A big file takes seconds to judge, and the server has other things to answer meanwhile.
    if task::spawn_blocking(move || process(&store, ticket)).await.is_err() {
        tracing::error!("the pretend registry could not finish a report");
    }
}

fn process(store: &Store, ticket: Ticket) {
    if let Some((name, content)) = store.take(ticket) {
        let taken_at = DateTime::<Utc>::from(now());
        store.add_report(&report_name(&name), report(content.as_ref(), taken_at));
    }
}

/// `DEMO0126324.1.hl7` has its report in `DEMO0126324.1.ack.hl7`.
fn report_name(name: &str) -> String {
    let stem = name
        .len()
        .checked_sub(4)
        .and_then(|length| name.split_at_checked(length))
        .filter(|(_, ending)| ending.eq_ignore_ascii_case(".hl7"))
        .map_or(name, |(stem, _)| stem);
    format!("{stem}.ack.hl7")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::remote::Folder;

    #[test]
    fn a_report_is_named_after_its_file() {
        assert_eq!(report_name("DEMO0126324.hl7"), "DEMO0126324.ack.hl7");
        assert_eq!(report_name("DEMO0126324.1.HL7"), "DEMO0126324.1.ack.hl7");
        assert_eq!(report_name("x"), "x.ack.hl7");
        assert_eq!(report_name("né"), "né.ack.hl7");
    }

    #[test]
    fn a_taken_file_leaves_a_copy_and_a_report() {
        let store = Store::new(1_000);
        let ticket = store.begin("a.hl7").unwrap();
        store.grow(ticket, b"MSH|^~\\&|").unwrap();
        store.complete(ticket).unwrap();
        process(&store, ticket);
        assert!(store.list(Folder::Dropoff).is_empty());
        assert_eq!(
            store.content(Folder::Accepted, "a.hl7").unwrap().as_ref(),
            b"MSH|^~\\&|"
        );
        assert!(store.facts(Folder::Reports, "a.ack.hl7").is_some());
    }
}
