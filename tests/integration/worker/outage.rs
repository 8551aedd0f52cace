//! Since when the registry cannot be reached, as the desk tells it.

use chrono::TimeDelta;
use dropoff::{
    app::message::{DeskJob, Event},
    domain::{
        failure::Trouble,
        outage::{Outage, OutageKind},
        receipt::Destination,
        submission::Outcome,
    },
    ports::Clock,
};

use crate::support::{
    fake_registry::{Fault, Moment},
    office::Office,
};

fn outage(office: &mut Office) -> Option<Box<Outage>> {
    let account = office.account.id();
    let since = office.clock.now() - TimeDelta::days(20);
    office.desk(DeskJob::ReadOutbox {
        account: Some(account),
        destination: Destination::Live,
        since,
    });
    office.wait(|event| match event {
        Event::OutboxRead(_, read) => Some(read.clone().unwrap().outage),
        _ => None,
    })
}

#[test]
fn an_outage_lasts_since_its_first_try_also_in_a_program_that_was_started_since() {
    let mut office = Office::open();
    let shipment = office.card(b"first");
    let mut began = None;
    for tries in 1..=3 {
        office.registry.plan(Fault::Refuses(Moment::Open, Trouble::Silent));
        let outcome = office.send(&shipment);
        assert!(matches!(outcome, Outcome::Waiting { .. }), "{outcome:?}");
        let found = outage(&mut office).unwrap();
        began.get_or_insert(found.began);
        assert_eq!((Some(found.began), found.tries), (began, tries));
        assert_eq!(found.kind, OutageKind::NoAnswer);
        office.clock.pass(TimeDelta::hours(1));
        office.restart();
    }
    // Another file gets through: the registry is back for the one that waits, too.
    let other = office.card(b"second");
    office.deliver(&other);
    assert_eq!(outage(&mut office), None);
}
