//! The two threads: they survive a fault inside, refuse what is too much, and end when they should.

use std::sync::mpsc::sync_channel;
use std::time::Duration;

use dropoff::{
    app::message::{CardId, CourierJob, DeskJob, Event, Job},
    domain::{
        cancel::Cancel,
        failure::{FileFailure, Trouble, VaultFailure},
        receipt::Destination,
        secret::Secret,
        submission::{Outcome, State},
    },
};

use super::{big, small};
use crate::support::{
    clinic::occasion,
    fake_computer::{Body, VaultWord},
    fake_registry::{Fault, Moment},
    fake_sealed::SealedWord,
    office::{BETWEEN_LOOKS, Office},
};

const LIMIT: Duration = Duration::from_mins(1);
const QUEUED: u32 = 200;

#[test]
fn a_fault_inside_is_said_and_the_next_file_goes() {
    for moment in [Moment::Open, Moment::List, Moment::Fetch, Moment::Put, Moment::Close] {
        let mut office = Office::open();
        office
            .registry
            .seed(dropoff::domain::remote::Folder::Accepted, "OTHER.hl7", &small(9));
        office.registry.plan(Fault::Panics(moment));
        let first = office.card(&small(1));
        let outcome = office.send(&first);
        match moment {
            Moment::Close => assert!(matches!(outcome, Outcome::Delivered(_)), "{outcome:?}"),
            // A put that broke off may have offered everything.
            Moment::Put => {
                assert!(matches!(outcome, Outcome::Unknown { .. }), "{outcome:?}");
                office.clock.pass(chrono::TimeDelta::from_std(BETWEEN_LOOKS).unwrap());
                office.deliver(&first);
            }
            _ => assert!(
                matches!(&outcome, Outcome::NotSent(failure) if failure.trouble == Trouble::Unexpected),
                "{moment:?}: {outcome:?}"
            ),
        }
        let second = office.card(&small(2));
        office.deliver(&second);
    }
}

#[test]
fn a_fault_in_the_middle_of_a_file_is_settled_like_a_lost_connection() {
    let mut office = Office::open();
    office.registry.plan(Fault::PanicsInPut(300_000));
    let shipment = office.card(&big(1));
    // The part is removed at once; what panicked once is not tried again by itself.
    assert!(matches!(office.send(&shipment), Outcome::NotSent(_)));
    assert!(office.registry.state().ours().is_empty());
    office.deliver(&shipment);
    office.registry.plan(Fault::PanicsInPut(10_000_000));
    let shipment = office.card(&big(2));
    office.deliver(&shipment);
}

#[test]
fn a_fault_in_the_vault_the_files_or_the_wake_ends_no_thread() {
    let mut office = Office::open();
    office.vault.set(VaultWord::Panics);
    let shipment = office.card(&small(1));
    assert!(matches!(office.send(&shipment), Outcome::NotSent(_)));
    let mut office = Office::open();
    office.sealed.set(SealedWord::NoKey);
    let shipment = office.card(&small(1));
    let original = shipment.original.clone().unwrap();
    office.files.set(original.to_str().unwrap(), Body::Panics);
    assert!(matches!(office.send(&shipment), Outcome::NotSent(_)));
    let next = office.card(&small(2));
    office.deliver(&next);
    let mut office = Office::with_a_wake_that_panics();
    let shipment = office.card(&small(1));
    office.deliver(&shipment);
}

#[test]
fn a_fault_inside_the_desk_is_said_and_the_next_job_done() {
    let mut office = Office::open();
    office.files.set("/bad.hl7", Body::Panics);
    office.vault.set(VaultWord::Panics);
    office.desk(DeskJob::Expand(vec!["/bad.hl7".into()]));
    office.desk(DeskJob::Read {
        card: CardId(1),
        path: "/bad.hl7".into(),
        occasion: occasion(),
        cancel: Cancel::default(),
    });
    office.desk(DeskJob::LookForPassword(office.account.id()));
    office.desk(DeskJob::StartDemo);
    let said: Vec<Event> = (0..4).map(|_| office.wait(|event| Some(event.clone()))).collect();
    assert!(matches!(&said[0], Event::FilesFound { files, .. } if files.len() == 1));
    assert!(matches!(
        &said[1],
        Event::FileRead {
            result: Err(FileFailure::Other(_)),
            ..
        }
    ));
    assert!(matches!(
        &said[2],
        Event::PasswordLookedFor(_, Err(VaultFailure::Other(_)))
    ));
    assert!(matches!(&said[3], Event::DemoStarted(Err(_))));
}

#[test]
fn dropping_the_worker_in_the_middle_finishes_the_file_in_hand_and_begins_no_other() {
    let mut office = Office::open();
    let (reached, is_reached) = sync_channel(1);
    let (go, may_go) = sync_channel(1);
    let mut has_waited = false;
    office.registry.on_each(move |moment, bytes| {
        if moment == Moment::Put && bytes > 0 && !has_waited {
            has_waited = true;
            reached.send(()).unwrap();
            may_go.recv_timeout(LIMIT).unwrap();
        }
    });
    let shipments: Vec<_> = (0..QUEUED).map(|seed| office.card(&big(seed))).collect();
    for shipment in &shipments {
        office.hand_over(shipment);
    }
    is_reached.recv_timeout(LIMIT).unwrap();
    let worker = office.take_worker();
    let (ended, has_ended) = sync_channel(1);
    std::thread::Builder::new()
        .name("closing".to_owned())
        .spawn(move || {
            drop(worker);
            ended.send(()).unwrap();
        })
        .unwrap();
    go.send(()).unwrap();
    has_ended.recv_timeout(LIMIT).unwrap();
    let ours = office.registry.state().ours();
    assert!(ours.iter().zip(0..).all(|(file, seed)| file.bytes == big(seed)));
    // A few may go before the wish to end is heard.
    assert!((1..50).contains(&ours.len()), "{} files were sent", ours.len());
    assert_eq!(office.registry.state().good_byes, 1);
}

#[test]
fn dropping_the_worker_still_keeps_what_was_to_be_kept_and_cancels_what_was_to_be_cancelled() {
    let mut office = Office::open();
    let removed = office.card(&small(1));
    office.files.set("/long.hl7", Body::Made(64 << 20));
    for card in 1..=50 {
        office.desk(DeskJob::Read {
            card: CardId(card),
            path: "/long.hl7".into(),
            occasion: occasion(),
            cancel: Cancel::default(),
        });
    }
    let account = office.account.id();
    office.desk(DeskJob::KeepPassword(account, Secret::new("new".to_owned())));
    office.desk(DeskJob::Withdraw {
        submission: removed.submission,
        destination: removed.destination,
        initials: String::new(),
    });
    drop(office.take_worker());
    assert!(matches!(&*office.vault.0.lock().unwrap(), VaultWord::Has(password) if password == "new"));
    assert_eq!(
        office.record(&removed).state,
        State::Cancelled,
        "or it would go after all"
    );
}

#[test]
fn a_full_queue_gives_the_job_back() {
    let mut office = Office::open();
    let (reached, is_reached) = sync_channel(1);
    let (go, may_go) = sync_channel::<()>(1);
    let mut has_waited = false;
    office.registry.on_each(move |_, _| {
        if !has_waited {
            has_waited = true;
            reached.send(()).unwrap();
            may_go.recv_timeout(LIMIT).unwrap();
        }
    });
    let look = || Job::Courier(CourierJob::Look(Box::new(office.account.clone()), Destination::Testing));
    office.submit(look());
    is_reached.recv_timeout(LIMIT).unwrap();
    let mut accepted = 0;
    let refused = loop {
        match office.worker().submit(look()) {
            Ok(_) => accepted += 1,
            Err(refused) => break refused,
        }
    };
    assert_eq!(accepted, 1_100);
    assert!(matches!(refused, Event::Refused(job) if *job == look()));
    go.send(()).unwrap();
    for _ in 0..=accepted {
        office.wait(|event| matches!(event, Event::Looked(Ok(_))).then_some(()));
    }
}
