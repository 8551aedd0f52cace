//! Sealed copies go when they have been kept long enough, also those of which the ledger knows nothing; and what is looked at before
//! a computer is retired.

use chrono::{DateTime, TimeDelta, Utc};
use dropoff::{
    app::message::{DeskJob, Event},
    domain::{
        receipt::Destination,
        settings::Retention,
        submission::{Copy, SubmissionId},
    },
    ports::Clock,
};
use uuid::Uuid;

use crate::support::office::Office;

const FILE: &[u8] = b"MSH|^~\\&|A|B|C|D|20261120||VXU^V04^VXU_V04|1|P|2.5.1\r";

fn tidy(office: &mut Office, retention: Retention) {
    office.desk(DeskJob::TidyCopies {
        destination: Destination::Testing,
        retention,
    });
    office.wait(|event| matches!(event, Event::CopiesTidied).then_some(()));
}

fn days_ago(office: &Office, days: i64) -> DateTime<Utc> {
    office.clock.now() - TimeDelta::days(days)
}

/// A copy that is left of a ledger that is gone.
fn left_over(office: &Office, days: i64) -> SubmissionId {
    let id = SubmissionId(Uuid::new_v4());
    let at = days_ago(office, days);
    let mut copies = office.sealed.copies();
    copies.bytes.insert(id, FILE.to_vec());
    copies.sealed_at.insert(id, at);
    id
}

fn is_kept(office: &Office, id: SubmissionId) -> bool {
    office.sealed.copies().bytes.contains_key(&id)
}

#[test]
fn a_copy_that_the_ledger_does_not_know_goes_when_its_time_is_over() {
    let mut office = Office::open();
    let (young, old) = (left_over(&office, 89), left_over(&office, 91));
    tidy(&mut office, Retention::Days90);
    assert_eq!((is_kept(&office, young), is_kept(&office, old)), (true, false));
}

#[test]
fn a_copy_that_the_ledger_does_not_know_stays_a_week_even_where_copies_are_not_kept() {
    let mut office = Office::open();
    let (young, old) = (left_over(&office, 6), left_over(&office, 8));
    tidy(&mut office, Retention::None);
    assert_eq!((is_kept(&office, young), is_kept(&office, old)), (true, false));
}

#[test]
fn a_copy_of_a_file_that_waits_stays_however_old_it_is() {
    let mut office = Office::open();
    let shipment = office.card(FILE);
    let at = days_ago(&office, 500);
    office.sealed.copies().sealed_at.insert(shipment.submission, at);
    tidy(&mut office, Retention::None);
    assert!(is_kept(&office, shipment.submission));
}

#[test]
fn a_copy_of_a_delivered_file_goes_after_its_time_and_the_ledger_notes_it() {
    let mut office = Office::open();
    let shipment = office.card(FILE);
    office.deliver(&shipment);
    tidy(&mut office, Retention::Days30);
    assert!(is_kept(&office, shipment.submission));
    office.clock.pass(TimeDelta::days(31));
    tidy(&mut office, Retention::Days30);
    assert!(!is_kept(&office, shipment.submission));
    assert!(matches!(office.record(&shipment).entered.copy, Copy::Removed(_)));
}

#[test]
fn before_a_computer_is_retired_what_waits_in_any_account_and_the_unknown_copies_are_told() {
    let mut office = Office::open();
    let delivered = office.card(FILE);
    office.deliver(&delivered);
    let waiting = office.card(b"MSH|^~\\&|B\r");
    left_over(&office, 1);
    office.account.user = "OLD01".to_owned();
    let old = office.card(b"MSH|^~\\&|C\r");
    office.desk(DeskJob::LookBeforeRetiring);
    let found = office.wait(|event| match event {
        Event::LookedBeforeRetiring(found) => Some(found.clone()),
        _ => None,
    });
    let found = found.unwrap();
    let told: Vec<SubmissionId> = found.undelivered.iter().map(|one| one.record.entered.id).collect();
    assert_eq!(told, [waiting.submission, old.submission]);
    assert!(found.undelivered.iter().all(|one| one.file_name.is_some()));
    assert_eq!(found.unknown_copies, 1);
}
