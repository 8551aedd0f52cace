//! A delivery of which nobody knows how much arrived.

use chrono::TimeDelta;
use dropoff::domain::{failure::Trouble, remote::Folder, submission::Outcome};

use super::{big, small};
use crate::support::{
    fake_registry::{Fault, Moment, Rest},
    office::Office,
};

/// After every byte of any file here.
const AT_THE_END: usize = 10_000_000;
const NAME: &str = "CLINIC0126324.hl7";

fn is_unknown(outcome: &Outcome) -> bool {
    matches!(outcome, Outcome::Unknown { sent_as, .. } if sent_as == NAME)
}

#[test]
fn a_part_that_arrived_is_removed_and_the_next_try_delivers() {
    let mut office = Office::open();
    office.registry.plan(Fault::Cut(400_000, Rest::Kept));
    let shipment = office.card(&big(1));
    assert!(matches!(office.send(&shipment), Outcome::PartRemoved(_)));
    // The name was used, and a name is never used again.
    assert_eq!(office.deliver(&shipment), "CLINIC0126324.1.hl7");
}

#[test]
fn a_part_that_the_server_threw_away_is_not_sent_and_the_next_try_delivers() {
    let mut office = Office::open();
    office.registry.plan(Fault::Cut(400_000, Rest::ThrownAway));
    let shipment = office.card(&big(1));
    assert!(matches!(office.send(&shipment), Outcome::NotSent(_)));
    office.deliver(&shipment);
}

#[test]
fn a_lost_reply_to_a_whole_file_is_found_out() {
    for rest in [Rest::Kept, Rest::Taken] {
        for bytes in [small(1), big(1)] {
            let mut office = Office::open();
            office.registry.plan(Fault::Cut(AT_THE_END, rest));
            let shipment = office.card(&bytes);
            assert_eq!(office.deliver(&shipment), NAME);
        }
    }
}

#[test]
fn a_whole_file_between_two_folders_is_unknown_until_it_shows() {
    let mut office = Office::open();
    office.registry.plan(Fault::Cut(AT_THE_END, Rest::BetweenFolders));
    let shipment = office.card(&big(1));
    assert!(is_unknown(&office.send(&shipment)));
    office.clock.pass(TimeDelta::minutes(3));
    assert!(is_unknown(&office.send(&shipment)));
    office.registry.state().arrive();
    assert_eq!(office.deliver(&shipment), NAME);
}

#[test]
fn a_whole_file_that_never_shows_is_said_to_be_not_sent_after_a_while() {
    let mut office = Office::open();
    office.registry.plan(Fault::Cut(AT_THE_END, Rest::ThrownAway));
    let shipment = office.card(&big(1));
    assert!(is_unknown(&office.send(&shipment)));
    office.clock.pass(TimeDelta::minutes(9));
    assert!(is_unknown(&office.send(&shipment)));
    office.clock.pass(TimeDelta::minutes(2));
    // Who asks what became of it does not send by asking.
    assert!(matches!(office.send(&shipment), Outcome::NotSent(_)));
    assert_eq!(office.deliver(&shipment), "CLINIC0126324.1.hl7");
}

#[test]
fn while_the_registry_cannot_be_asked_nobody_says_not_sent() {
    let mut office = Office::open();
    office.registry.plan(Fault::Cut(AT_THE_END, Rest::Kept));
    office
        .registry
        .plan_after(1, Fault::Refuses(Moment::Open, Trouble::Offline));
    let shipment = office.card(&big(1));
    assert!(is_unknown(&office.send(&shipment)));
    office.registry.plan(Fault::Refuses(Moment::Open, Trouble::Offline));
    assert!(is_unknown(&office.send(&shipment)));
    shipment.cancel.request();
    assert!(is_unknown(&office.send(&shipment)));
    let again = dropoff::app::message::Shipment {
        cancel: dropoff::domain::cancel::Cancel::default(),
        ..shipment
    };
    // It is found also where the file on this computer is gone.
    office.files.remove(again.path.to_str().unwrap());
    assert_eq!(office.deliver(&again), NAME);
}

#[test]
fn a_file_that_may_have_arrived_and_cannot_be_compared_is_never_sent_twice() {
    let mut office = Office::open();
    office.registry.plan(Fault::Cut(AT_THE_END, Rest::Kept));
    let shipment = office.card(&big(1));
    for _ in 0..3 {
        // Also Accepted is asked.
        office
            .registry
            .plan(Fault::Refuses(Moment::Fetch, Trouble::PermissionDenied));
        office
            .registry
            .plan(Fault::Refuses(Moment::Fetch, Trouble::PermissionDenied));
        assert!(is_unknown(&office.send(&shipment)));
        office.clock.pass(TimeDelta::hours(1));
    }
    assert_eq!(office.deliver(&shipment), NAME);
}

#[test]
fn the_same_file_on_a_new_card_does_not_go_around_the_doubt() {
    let mut office = Office::open();
    office.registry.plan(Fault::Cut(AT_THE_END, Rest::BetweenFolders));
    let first = office.card(&big(1));
    assert!(is_unknown(&office.send(&first)));
    let second = office.card(&big(1));
    assert!(is_unknown(&office.send(&second)));
    office.registry.state().arrive();
    assert!(matches!(office.send(&second), Outcome::Duplicate(found) if found.name == NAME));
}

#[test]
fn a_part_that_cannot_be_removed_is_unknown_and_keeps_the_file_back() {
    let mut office = Office::open();
    office.registry.plan(Fault::Cut(400_000, Rest::Kept));
    let shipment = office.card(&big(1));
    for _ in 0..2 {
        office
            .registry
            .plan(Fault::Refuses(Moment::Remove, Trouble::PermissionDenied));
        assert!(is_unknown(&office.send(&shipment)));
    }
    assert!(matches!(office.send(&shipment), Outcome::PartRemoved(_)));
    assert_eq!(office.deliver(&shipment), "CLINIC0126324.1.hl7");
}

#[test]
fn a_part_that_the_registry_took_is_unknown() {
    let mut office = Office::open();
    office.registry.plan(Fault::Cut(400_000, Rest::Taken));
    let shipment = office.card(&big(1));
    assert!(is_unknown(&office.send(&shipment)));
    assert!(is_unknown(&office.send(&shipment)));
}

#[test]
fn a_part_that_is_taken_in_the_moment_of_its_removal_is_unknown() {
    let mut office = Office::open();
    office.registry.plan(Fault::Cut(400_000, Rest::Kept));
    let registry = office.registry.clone();
    office.registry.on_each(move |moment, _| {
        if moment == Moment::Remove {
            registry.state().take_up(NAME, Rest::Taken);
        }
    });
    let shipment = office.card(&big(1));
    assert!(is_unknown(&office.send(&shipment)));
}

#[test]
fn a_whole_file_that_is_taken_while_it_is_compared_is_found() {
    let mut office = Office::open();
    office.registry.plan(Fault::Cut(AT_THE_END, Rest::Kept));
    let registry = office.registry.clone();
    office.registry.on_each(move |moment, _| {
        if moment == Moment::Fetch {
            registry.state().take_up(NAME, Rest::Taken);
        }
    });
    let shipment = office.card(&big(1));
    assert_eq!(office.deliver(&shipment), NAME);
}

#[test]
fn a_listing_without_sizes_does_not_make_a_whole_file_a_part() {
    let mut office = Office::open();
    office.registry.state().hides_sizes = true;
    office.registry.plan(Fault::Cut(AT_THE_END, Rest::Kept));
    let whole = office.card(&big(1));
    assert_eq!(office.deliver(&whole), NAME);
    office.registry.plan(Fault::Cut(400_000, Rest::Kept));
    let part = office.card(&big(2));
    assert!(matches!(office.send(&part), Outcome::PartRemoved(_)));
    office.deliver(&part);
}

#[test]
fn a_short_file_that_the_server_calls_whole_is_removed() {
    for fault in [Fault::Forgets(1_999), Fault::ForgetsUnnoticed(1_999)] {
        let mut office = Office::open();
        office.registry.plan(fault);
        let shipment = office.card(&small(1));
        let outcome = office.send(&shipment);
        let Outcome::PartRemoved(failure) = outcome else {
            panic!("{outcome:?}")
        };
        assert_eq!(
            failure.trouble,
            Trouble::WrongSize {
                expected_bytes: 2_000,
                actual_bytes: Some(1_999)
            }
        );
        office.deliver(&shipment);
    }
}

#[test]
fn a_longer_file_under_the_name_is_no_part_and_is_left_alone() {
    let mut office = Office::open();
    office.registry.plan(Fault::Cut(400_000, Rest::ThrownAway));
    let registry = office.registry.clone();
    let mut logins = 0;
    office.registry.on_each(move |moment, _| {
        logins += usize::from(moment == Moment::Open);
        if moment == Moment::Open && logins == 2 {
            registry.seed(Folder::Dropoff, NAME, &[big(1), big(3)].concat());
        }
    });
    let shipment = office.card(&big(1));
    assert!(is_unknown(&office.send(&shipment)));
    let theirs = office.registry.state().folder(Folder::Dropoff)[0].bytes.len();
    assert_eq!(theirs, 1_400_000);
}

#[test]
fn a_part_that_leaves_the_folder_in_the_moment_of_its_removal_is_not_said_to_be_removed() {
    let mut office = Office::open();
    office.registry.plan(Fault::Cut(400_000, Rest::Kept));
    let registry = office.registry.clone();
    office.registry.on_each(move |moment, _| {
        if moment == Moment::Remove {
            registry.state().take_up(NAME, Rest::BetweenFolders);
        }
    });
    let shipment = office.card(&big(1));
    assert!(is_unknown(&office.send(&shipment)));
}

#[test]
fn a_part_that_is_still_there_after_its_removal_is_unknown() {
    let mut office = Office::open();
    office.registry.plan(Fault::Cut(400_000, Rest::Kept));
    let registry = office.registry.clone();
    let mut was_removed = false;
    office.registry.on_each(move |moment, _| {
        if moment == Moment::List && was_removed {
            was_removed = false;
            registry.seed(Folder::Dropoff, NAME, &big(1)[..400_000]);
        }
        was_removed |= moment == Moment::Remove;
    });
    let shipment = office.card(&big(1));
    assert!(is_unknown(&office.send(&shipment)));
}
