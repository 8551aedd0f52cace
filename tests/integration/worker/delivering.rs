//! The main road, and what stands in the way before anything has arrived.

use chrono::TimeDelta;
use dropoff::{
    app::message::{CourierJob, Event, Shipment},
    domain::{
        failure::{FileFailure, SealFailure, Trouble},
        receipt::Destination,
        remote::Folder,
        submission::{Outcome, Phase, State, Why},
    },
    ports::Ledger,
};

use super::{big, small};
use crate::support::{
    fake_computer::Body,
    fake_registry::{Fault, Moment, Rest},
    fake_sealed::SealedWord,
    office::Office,
};

/// Why it waits.
fn trouble(outcome: &Outcome) -> &Trouble {
    match outcome {
        Outcome::Waiting { why, .. } => match &**why {
            Why::Registry(failure) => &failure.trouble,
            other => panic!("{other:?}"),
        },
        other => panic!("{other:?}"),
    }
}

/// Where the chosen file is.
fn original(shipment: &Shipment) -> String {
    shipment.original.as_ref().unwrap().to_str().unwrap().to_owned()
}

#[test]
fn three_files_of_the_same_size_get_three_names_over_one_connection() {
    let mut office = Office::open();
    let shipments = [1, 2, 3].map(|seed| office.card(&big(seed)));
    office.hand_over_together(&shipments);
    let names = shipments.each_ref().map(|shipment| match office.outcome(shipment) {
        Outcome::Delivered(delivery) => delivery.sent_as,
        other => panic!("{other:?}"),
    });
    assert_eq!(
        names,
        ["CLINIC0126324.hl7", "CLINIC0126324.1.hl7", "CLINIC0126324.2.hl7"]
    );
    office.check();
    let state = office.registry.state();
    // Each is read back once, and then known: none is fetched to be compared.
    assert_eq!((state.logins.len(), state.fetches), (1, 3));
}

#[test]
fn the_phases_end_with_asking_the_registry() {
    let mut office = Office::open();
    let shipment = office.card(&big(1));
    let clock = office.clock.clone();
    office.registry.on_each(move |_, _| clock.pass(TimeDelta::seconds(1)));
    office.deliver(&shipment);
    let phases: Vec<Phase> = office
        .events
        .iter()
        .filter_map(|event| match event {
            Event::PhaseChanged(submission, phase) if *submission == shipment.submission => Some(*phase),
            _ => None,
        })
        .collect();
    assert_eq!(phases.first(), Some(&Phase::Connecting));
    assert_eq!(phases.last(), Some(&Phase::Verifying));
    let sent: Vec<u64> = phases
        .iter()
        .filter_map(|phase| match phase {
            Phase::Uploading { sent_bytes, .. } => Some(*sent_bytes),
            _ => None,
        })
        .collect();
    assert!(sent.len() > 5 && sent.is_sorted(), "{sent:?}");
    assert_eq!(phases.iter().filter(|phase| **phase == Phase::Verifying).count(), 1);
}

#[test]
fn the_connection_is_closed_politely_when_nothing_is_left_to_do() {
    let mut office = Office::open();
    let shipment = office.card(&small(1));
    office.deliver(&shipment);
    drop(office.take_worker());
    assert_eq!(office.registry.state().good_byes, 1);
}

#[test]
fn a_name_that_is_in_accepted_in_another_case_is_not_used() {
    let mut office = Office::open();
    office
        .registry
        .seed(Folder::Accepted, "clinic0126324.HL7", b"of another computer");
    let shipment = office.card(&small(1));
    assert_eq!(office.deliver(&shipment), "CLINIC0126324.1.hl7");
}

#[test]
fn a_name_that_somebody_takes_in_between_is_left_to_them() {
    let mut office = Office::open();
    office.registry.plan(Fault::SomebodyIsFaster(b"theirs".to_vec()));
    let shipment = office.card(&small(1));
    assert_eq!(office.deliver(&shipment), "CLINIC0126324.1.hl7");
    let theirs = &office.registry.state().folder(Folder::Dropoff)[0].bytes.clone();
    assert_eq!(theirs, b"theirs");
}

#[test]
fn the_same_content_that_somebody_puts_in_between_is_not_sent_once_more() {
    let mut office = Office::open();
    office.registry.plan(Fault::SomebodyIsFaster(small(1)));
    let shipment = office.card(&small(1));
    let outcome = office.send(&shipment);
    assert!(matches!(outcome, Outcome::Duplicate(ref found) if found.name == "CLINIC0126324.hl7"));
}

#[test]
fn a_file_that_the_registry_takes_at_once_is_delivered() {
    let mut office = Office::open();
    office.registry.plan(Fault::TakesAtOnce);
    let shipment = office.card(&big(1));
    office.deliver(&shipment);
    let next = office.card(&big(2));
    assert_eq!(office.deliver(&next), "CLINIC0126324.1.hl7");
}

#[test]
fn the_name_has_the_day_on_which_the_file_begins_to_travel() {
    let mut office = Office::open();
    // One second to midnight in Chicago.
    office.clock.set("2026-11-21T05:59:59Z");
    let clock = office.clock.clone();
    office.registry.on_each(move |moment, _| {
        if moment == Moment::List {
            clock.set("2026-11-21T06:00:01Z");
        }
    });
    let shipment = office.card(&small(1));
    let Outcome::Delivered(delivery) = office.send(&shipment) else {
        panic!("not delivered")
    };
    assert_eq!(delivery.sent_as, "CLINIC0126325.hl7");
    assert_eq!(
        delivery.began,
        "2026-11-21T06:00:01Z".parse::<chrono::DateTime<chrono::Utc>>().unwrap()
    );
}

#[test]
fn a_connection_that_ended_between_looking_and_sending_is_opened_once_more() {
    for ended in [Trouble::ConnectionLost, Trouble::Busy] {
        let mut office = Office::open();
        office.registry.plan(Fault::Ends(Moment::Put, ended));
        let shipment = office.card(&big(1));
        // Nothing was offered under the first name, so it is still the day's own.
        assert_eq!(office.deliver(&shipment), "CLINIC0126324.hl7");
        assert_eq!(office.registry.state().logins.len(), 2);
    }
}

#[test]
fn a_connection_that_keeps_ending_is_not_opened_for_ever() {
    let mut office = Office::open();
    for _ in 0..9 {
        office.registry.plan(Fault::Ends(Moment::Put, Trouble::ConnectionLost));
    }
    let shipment = office.card(&small(1));
    assert_eq!(trouble(&office.send(&shipment)), &Trouble::ConnectionLost);
    assert_eq!(office.registry.state().logins.len(), 2);
}

#[test]
fn a_used_connection_that_the_server_closed_is_opened_once_more() {
    for ended in [Trouble::ConnectionLost, Trouble::Silent] {
        let mut office = Office::open();
        office.registry.plan_after(2, Fault::Ends(Moment::List, ended));
        let shipments = [1, 2].map(|seed| office.card(&small(seed)));
        office.hand_over_together(&shipments);
        for shipment in &shipments {
            assert!(matches!(office.outcome(shipment), Outcome::Delivered(_)));
        }
        office.check();
    }
}

#[test]
fn another_port_or_another_trust_is_another_connection() {
    let mut office = Office::open();
    let mut shipments = [1, 2].map(|seed| office.card(&small(seed)));
    shipments[1].account.endpoint.port = 2_121;
    office.hand_over_together(&shipments);
    for shipment in &shipments {
        assert!(matches!(office.outcome(shipment), Outcome::Delivered(_)));
    }
    office.check();
    assert_eq!(office.registry.state().logins.len(), 2);
}

#[test]
fn a_full_disk_leaves_nothing_and_the_connection_open() {
    let mut office = Office::open();
    office.registry.plan(Fault::Refuses(Moment::Put, Trouble::NoRoom));
    let shipments = [1, 2].map(|seed| office.card(&small(seed)));
    office.hand_over_together(&shipments);
    assert_eq!(trouble(&office.outcome(&shipments[0])), &Trouble::NoRoom);
    assert!(matches!(office.outcome(&shipments[1]), Outcome::Delivered(_)));
    office.check();
    assert_eq!(office.registry.state().logins.len(), 1);
}

#[test]
fn where_there_is_no_copy_a_file_that_changed_grew_or_went_away_is_not_sent() {
    let mut office = Office::open();
    office.sealed.set(SealedWord::NoKey);
    let bytes = big(1);
    let shipment = office.card(&bytes);
    let path = original(&shipment);
    let mut longer = bytes.clone();
    longer.push(b'x');
    for (body, expected) in [
        (Body::Bytes(big(2)), FileFailure::Changed),
        (Body::Bytes(longer), FileFailure::Changed),
        (Body::Bytes(bytes[1..].to_vec()), FileFailure::Changed),
        (Body::Unreadable(FileFailure::Locked), FileFailure::Locked),
    ] {
        office.files.set(&path, body);
        assert_eq!(office.send(&shipment), Outcome::FileTrouble(expected));
    }
    office.files.remove(&path);
    assert_eq!(office.send(&shipment), Outcome::FileTrouble(FileFailure::NotFound));
    let before = office.record(&shipment);
    let after_a_restart = Shipment {
        original: None,
        ..shipment.clone()
    };
    assert_eq!(
        office.send(&after_a_restart),
        Outcome::FileTrouble(FileFailure::PlaceUnknown)
    );
    assert_eq!(
        office.record(&shipment),
        before,
        "whoever knows the file goes on from there"
    );
    assert!(office.registry.state().logins.is_empty());
    office.files.set(&path, Body::Bytes(bytes));
    office.deliver(&shipment);
}

#[test]
fn with_a_sealed_copy_the_original_may_change_or_go_away() {
    let mut office = Office::open();
    let shipments = [1, 2].map(|seed| office.card(&big(seed)));
    office.files.set(&original(&shipments[0]), Body::Bytes(big(3)));
    office.files.remove(&original(&shipments[1]));
    for shipment in &shipments {
        office.deliver(shipment);
    }
}

#[test]
fn a_copy_that_is_not_right_is_never_sent_and_made_again_from_the_file() {
    type Spoil = fn(&Office, &Shipment);
    let spoilt: [(Spoil, SealFailure); 3] = [
        (
            |office, shipment| assert!(office.sealed.copies().damaged.insert(shipment.submission)),
            SealFailure::Damaged,
        ),
        (
            |office, shipment| drop(office.sealed.copies().bytes.remove(&shipment.submission)),
            SealFailure::Missing,
        ),
        (
            |office, _| office.sealed.set(SealedWord::AnotherKey),
            SealFailure::AnotherKey,
        ),
    ];
    for (spoil, failure) in spoilt {
        let mut office = Office::open();
        let shipment = office.card(&big(1));
        spoil(&office, &shipment);
        assert_eq!(office.send(&shipment), Outcome::CopyTrouble(failure));
        assert_eq!(office.record(&shipment).state, State::Held);
        assert!(office.registry.state().logins.is_empty());
        // Somebody chooses the same file once more.
        let again = office.card(&big(1));
        assert_eq!(again.submission, shipment.submission);
        office.deliver(&again);
    }
}

#[test]
fn a_copy_of_another_content_is_never_sent() {
    let mut office = Office::open();
    let shipment = office.card(&big(1));
    office.sealed.copies().bytes.insert(shipment.submission, big(2));
    assert!(matches!(
        office.send(&shipment),
        Outcome::FileTrouble(FileFailure::Changed) | Outcome::CopyTrouble(SealFailure::Damaged)
    ));
    assert!(office.registry.state().logins.is_empty());
}

#[test]
fn a_file_that_changes_while_it_travels_never_arrives() {
    for size in [2_000, 300_000, 700_000] {
        let before = crate::support::clinic::content(1, size);
        let mut after = before.clone();
        *after.last_mut().unwrap() ^= 1;
        let mut longer = before.clone();
        longer.extend_from_slice(b"more");
        for changed in [after, longer, before[..size - 1].to_vec()] {
            let mut office = Office::open();
            office.sealed.set(SealedWord::NoKey);
            let shipment = office.card(&before);
            let path = original(&shipment);
            let files = office.files.clone();
            office.registry.on_each(move |moment, _| {
                if moment == Moment::Put {
                    files.set(&path, Body::Bytes(changed.clone()));
                }
            });
            assert_eq!(office.send(&shipment), Outcome::FileTrouble(FileFailure::Changed));
        }
    }
}

#[test]
fn cancelling_before_it_travels_sends_nothing() {
    let mut office = Office::open();
    let shipment = office.card(&small(1));
    shipment.cancel.request();
    assert_eq!(office.send(&shipment), Outcome::Cancelled);
    assert!(office.registry.state().logins.is_empty());
}

#[test]
fn cancelling_in_the_middle_removes_the_part() {
    let mut office = Office::open();
    let shipment = office.card(&big(1));
    let cancel = shipment.cancel.clone();
    office.registry.on_each(move |_, bytes| {
        if bytes > 100_000 {
            cancel.request();
        }
    });
    assert_eq!(office.send(&shipment), Outcome::Cancelled);
    assert!(office.registry.state().ours().is_empty());
}

#[test]
fn cancelling_with_the_last_byte_is_too_late_and_said_so() {
    let mut office = Office::open();
    let shipment = office.card(&big(1));
    let cancel = shipment.cancel.clone();
    office.registry.on_each(move |_, bytes| {
        if bytes == 700_000 {
            cancel.request();
        }
    });
    office.deliver(&shipment);
}

#[test]
fn cancelling_while_files_are_compared_sends_nothing() {
    let mut office = Office::open();
    office.registry.seed(Folder::Accepted, "OTHER.hl7", &big(2));
    let shipment = office.card(&big(1));
    let cancel = shipment.cancel.clone();
    office.registry.on_each(move |moment, _| {
        if moment == Moment::Fetch {
            cancel.request();
        }
    });
    assert_eq!(office.send(&shipment), Outcome::Cancelled);
}

#[test]
fn a_look_lists_all_four_folders() {
    let mut office = Office::open();
    office.registry.seed(Folder::Reports, "R.txt", b"report");
    office.courier(CourierJob::Look(Box::new(office.account.clone()), Destination::Testing));
    let seen = office.wait(|event| match event {
        Event::Looked(result) => Some(result.clone().unwrap()),
        _ => None,
    });
    assert_eq!(seen.reports.len(), 1);
    assert!(seen.dropoff.is_empty());
}

#[test]
fn a_disk_that_fills_up_in_the_middle_leaves_nothing() {
    let mut office = Office::open();
    for _ in 0..3 {
        office.registry.plan(Fault::StopsPut(300_000, Trouble::NoRoom));
    }
    let shipment = office.card(&big(1));
    assert_eq!(trouble(&office.send(&shipment)), &Trouble::NoRoom);
    assert!(office.registry.state().ours().is_empty());
    office.registry.plan(Fault::Cut(100_000, Rest::Kept));
    assert_eq!(office.deliver(&shipment), "CLINIC0126324.hl7");
}

#[test]
fn what_cannot_be_written_down_is_not_done() {
    let mut office = Office::open();
    let shipment = office.card(&big(1));
    let (_, written, _) = office.life.counts();
    office.life.plan(&[], std::slice::from_ref(&(written..written + 1_000)));
    assert!(matches!(
        office.send(&shipment),
        Outcome::Waiting { .. } | Outcome::Unknown { .. }
    ));
    assert!(office.registry.state().ours().is_empty());
    office.life.plan(&[], &[]);
    office.deliver(&shipment);
}

#[test]
fn every_step_is_in_the_ledger_in_order() {
    let mut office = Office::open();
    let shipment = office.card(&big(1));
    office.registry.plan(Fault::Cut(300_000, Rest::Kept));
    office.deliver(&shipment);
    let steps = office.ledger.steps(shipment.submission).unwrap();
    let states: Vec<State> = steps.iter().map(|step| step.state).collect();
    assert_eq!(
        states,
        [
            State::Queued,
            State::NameClaimed,
            State::Sending,
            State::Unknown,
            State::Queued,
            State::NameClaimed,
            State::Sending,
            State::Delivered
        ]
    );
    assert_eq!(steps[4].why, Some(Why::PartRemoved));
    assert!(steps.iter().all(|step| step.by.person.computer == "FRONT-1"));
}
