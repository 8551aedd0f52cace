//! Whether the registry has the same content already.

use dropoff::{
    app::message::Shipment,
    domain::{
        failure::Trouble,
        remote::Folder,
        submission::{IfDuplicate, Outcome},
    },
};

use super::{big, small};
use crate::support::{
    fake_registry::{Fault, Moment, Rest},
    office::Office,
};

fn is_duplicate(outcome: &Outcome, name: &str) -> bool {
    matches!(outcome, Outcome::Duplicate(found) if found.name == name)
}

#[test]
fn two_files_of_the_same_content_are_sent_once() {
    let mut office = Office::open();
    let shipments = [(); 2].map(|()| office.card(&big(1)));
    office.hand_over_together(&shipments);
    assert!(matches!(office.outcome(&shipments[0]), Outcome::Delivered(_)));
    assert!(is_duplicate(&office.outcome(&shipments[1]), "CLINIC0126324.hl7"));
    office.check();
}

#[test]
fn what_another_computer_sent_is_found_in_either_folder() {
    for folder in [Folder::Dropoff, Folder::Accepted] {
        let mut office = Office::open();
        office.registry.seed(folder, "CLINIC0126300.hl7", &big(1));
        office.registry.seed(folder, "CLINIC0126301.hl7", &big(2));
        let shipment = office.card(&big(2));
        assert!(is_duplicate(&office.send(&shipment), "CLINIC0126301.hl7"));
    }
}

#[test]
fn a_duplicate_that_is_wanted_is_sent_under_another_name() {
    let mut office = Office::open();
    let shipment = office.card(&small(1));
    let twin = office.card(&small(1));
    office.deliver(&shipment);
    assert!(is_duplicate(&office.send(&twin), "CLINIC0126324.hl7"));
    let again = Shipment {
        if_duplicate: IfDuplicate::SendAgain,
        ..twin
    };
    assert_eq!(office.deliver(&again), "CLINIC0126324.1.hl7");
}

#[test]
fn a_duplicate_that_is_wanted_and_gets_lost_is_not_mistaken_for_the_first() {
    let mut office = Office::open();
    office.registry.seed(Folder::Dropoff, "CLINIC0126300.hl7", &big(1));
    office.registry.plan(Fault::Cut(10_000_000, Rest::Kept));
    office
        .registry
        .plan_after(1, Fault::Refuses(Moment::Open, Trouble::Offline));
    let again = Shipment {
        if_duplicate: IfDuplicate::SendAgain,
        ..office.card(&big(1))
    };
    assert!(matches!(office.send(&again), Outcome::Unknown { .. }));
    assert_eq!(office.deliver(&again), "CLINIC0126324.hl7");
}

#[test]
fn a_file_that_is_between_two_folders_is_not_sent_again() {
    let mut office = Office::open();
    let first = office.card(&big(1));
    let name = office.deliver(&first);
    office.registry.state().take_up(&name, Rest::BetweenFolders);
    let again = office.card(&big(1));
    assert!(is_duplicate(&office.send(&again), &name));
}

#[test]
fn a_file_that_moves_while_it_is_compared_is_still_found() {
    let mut office = Office::open();
    office.registry.seed(Folder::Dropoff, "CLINIC0126300.hl7", &big(1));
    let registry = office.registry.clone();
    office.registry.on_each(move |moment, _| {
        if moment == Moment::Fetch {
            registry.state().take_up("CLINIC0126300.hl7", Rest::Taken);
        }
    });
    let shipment = office.card(&big(1));
    assert!(is_duplicate(&office.send(&shipment), "CLINIC0126300.hl7"));
}

#[test]
fn who_cannot_compare_because_the_connection_ends_does_not_send() {
    for ended in [Trouble::ConnectionLost, Trouble::Silent, Trouble::Busy] {
        let mut office = Office::open();
        office.registry.seed(Folder::Accepted, "CLINIC0126300.hl7", &big(1));
        office.registry.plan(Fault::Ends(Moment::Fetch, ended.clone()));
        office.registry.plan(Fault::Ends(Moment::Fetch, ended.clone()));
        let shipment = office.card(&big(1));
        assert!(matches!(office.send(&shipment), Outcome::NotSent(failure) if failure.trouble == ended));
        office.registry.state().faults.clear();
        assert!(is_duplicate(&office.send(&shipment), "CLINIC0126300.hl7"));
    }
}

#[test]
fn a_file_that_the_registry_does_not_hand_out_keeps_nobody_from_sending() {
    for (moment, trouble) in [
        (
            Fault::Refuses as fn(Moment, Trouble) -> Fault,
            Trouble::PermissionDenied,
        ),
        (Fault::Ends, Trouble::Unexpected),
    ] {
        let mut office = Office::open();
        office.registry.seed(Folder::Accepted, "CLINIC0126300.hl7", &big(2));
        office.registry.plan(moment(Moment::Fetch, trouble));
        let shipment = office.card(&big(1));
        office.deliver(&shipment);
    }
}

#[test]
fn other_content_under_a_known_name_is_looked_at_again() {
    let mut office = Office::open();
    office.registry.seed(Folder::Accepted, "CLINIC0126300.hl7", &big(1));
    let shipment = office.card(&big(2));
    office.deliver(&shipment);
    let good_byes = |office: &Office| office.registry.state().good_byes;
    // The worker says good-bye once its queue is empty; a test of the connection comes after that.
    let before = good_byes(&office);
    office.courier(dropoff::app::message::CourierJob::Test {
        account: Box::new(office.account.clone()),
        password: None,
    });
    office.wait(|event| matches!(event, dropoff::app::message::Event::Tested(_)).then_some(()));
    assert!(good_byes(&office) > before);
    office.registry.state().folder(Folder::Accepted)[0].bytes = big(3);
    let first = office.card(&big(1));
    office.deliver(&first);
    let third = office.card(&big(3));
    assert!(is_duplicate(&office.send(&third), "CLINIC0126300.hl7"));
}
