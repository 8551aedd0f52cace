//! Whether the registry has the same content already.

use chrono::TimeDelta;
use dropoff::{
    app::message::{CourierJob, DeskJob, Entry, EntryRefusal, Event, Shipment},
    domain::{
        failure::Trouble,
        remote::Folder,
        submission::{Answers, IfDuplicate, Outcome, State, SubmissionId, Why, Wish},
    },
    ports::Ledger,
};
use uuid::Uuid;

use super::{big, small};
use crate::support::{
    fake_registry::{Fault, Moment, Rest},
    office::{BETWEEN_LOOKS, Office},
};

/// The name under which this content went before, so that it is not entered again.
fn refused_as(office: &mut Office, content: &[u8]) -> String {
    let entry = office.choose(SubmissionId(Uuid::new_v4()), content);
    match office.enter(&entry) {
        Err(EntryRefusal::Duplicate(found)) => {
            assert_eq!(found.delivered.unwrap().1.person.computer, "FRONT-1");
            found.name
        }
        other => panic!("{other:?}"),
    }
}

fn is_duplicate(outcome: &Outcome, name: &str) -> bool {
    matches!(outcome, Outcome::Duplicate(found) if found.name == name)
}

#[test]
fn two_files_of_the_same_content_are_sent_once() {
    let mut office = Office::open();
    let shipments = [(); 2].map(|()| office.card(&big(1)));
    // What is not delivered yet is the same submission.
    assert_eq!(shipments[0].submission, shipments[1].submission);
    office.hand_over_together(&shipments);
    for shipment in &shipments {
        assert!(matches!(office.outcome(shipment), Outcome::Delivered(_)));
    }
    office.check();
    assert_eq!(office.registry.state().ours().len(), 1);
    assert_eq!(refused_as(&mut office, &big(1)), "CLINIC0126324.hl7");
    office.restart();
    assert_eq!(refused_as(&mut office, &big(1)), "CLINIC0126324.hl7");
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
    office.deliver(&shipment);
    assert_eq!(refused_as(&mut office, &small(1)), "CLINIC0126324.hl7");
    let again = office.card_if(&small(1), IfDuplicate::SendAgain);
    assert_ne!(again.submission, shipment.submission);
    assert_eq!(office.deliver(&again), "CLINIC0126324.1.hl7");
}

#[test]
fn a_duplicate_of_another_computer_is_sent_when_somebody_says_so() {
    let mut office = Office::open();
    office.registry.seed(Folder::Accepted, "CLINIC0126300.hl7", &small(1));
    let shipment = office.card(&small(1));
    assert!(is_duplicate(&office.send(&shipment), "CLINIC0126300.hl7"));
    assert!(matches!(office.record(&shipment).why, Some(Why::Duplicate(_))));
    let again = Shipment {
        if_duplicate: IfDuplicate::SendAgain,
        ..shipment
    };
    assert_eq!(office.deliver(&again), "CLINIC0126324.hl7");
}

#[test]
fn what_is_over_and_goes_once_more_is_another_submission() {
    let mut office = Office::open();
    let first = office.choose(SubmissionId(Uuid::new_v4()), &small(1));
    let over = office.enter(&first).unwrap();
    office.desk(DeskJob::Withdraw {
        submission: over.entered.id,
        destination: over.entered.destination,
        initials: String::new(),
    });
    // The card still has the number of what is over.
    let anyway = Entry {
        answers: Answers {
            duplicate: IfDuplicate::SendAgain,
            ..Answers::default()
        },
        ..first
    };
    let again = office.enter(&anyway).unwrap();
    assert_ne!(again.entered.id, over.entered.id);
    office.hand_over(&Shipment {
        if_duplicate: IfDuplicate::SendAgain,
        ..office.shipment(&again)
    });
    let delivered = office.wait(|event| match event {
        Event::Finished(submission, outcome) if *submission == again.entered.id => Some((**outcome).clone()),
        _ => None,
    });
    assert!(matches!(delivered, Outcome::Delivered(_)), "{delivered:?}");
    assert_eq!(office.registry.state().ours().len(), 1);
}

#[test]
fn a_duplicate_that_is_wanted_and_gets_lost_is_not_mistaken_for_the_first() {
    let mut office = Office::open();
    office.registry.seed(Folder::Dropoff, "CLINIC0126300.hl7", &big(1));
    office.registry.plan(Fault::Cut(10_000_000, Rest::Kept));
    office
        .registry
        .plan_after(1, Fault::Refuses(Moment::Open, Trouble::Offline));
    let again = office.card_if(&big(1), IfDuplicate::SendAgain);
    assert!(matches!(office.send(&again), Outcome::Unknown { .. }));
    assert_eq!(office.deliver(&again), "CLINIC0126324.hl7");
}

#[test]
fn a_file_that_is_between_two_folders_is_not_sent_again() {
    let mut office = Office::open();
    let first = office.card(&big(1));
    let name = office.deliver(&first);
    office.registry.state().take_up(&name, Rest::BetweenFolders);
    assert_eq!(refused_as(&mut office, &big(1)), name);
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
        assert!(matches!(
            office.send(&shipment),
            Outcome::Waiting { why, .. } if matches!(&*why, Why::Registry(failure) if failure.trouble == ended)
        ));
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
    hang_up(&mut office);
    office.registry.state().folder(Folder::Accepted)[0].bytes = big(3);
    let first = office.card(&big(1));
    office.deliver(&first);
    let third = office.card(&big(3));
    assert!(is_duplicate(&office.send(&third), "CLINIC0126300.hl7"));
}

#[test]
fn a_file_that_shows_after_all_is_delivered_and_no_duplicate_of_itself() {
    let mut office = Office::open();
    office.registry.plan(Fault::Cut(10_000_000, Rest::BetweenFolders));
    let shipment = office.card(&big(1));
    assert!(matches!(office.send(&shipment), Outcome::Unknown { .. }));
    office.clock.pass(TimeDelta::from_std(BETWEEN_LOOKS).unwrap());
    // The second look sees nothing either, and then the way to the registry ends for hours, in which the file shows.
    office
        .registry
        .plan_after(2, Fault::Ends(Moment::List, Trouble::ConnectionLost));
    office.registry.plan(Fault::Refuses(Moment::Open, Trouble::Offline));
    office.registry.state().faults.rotate_right(1);
    office.registry.state().faults[0].0 = 1;
    office.hand_over(&shipment);
    assert!(matches!(office.outcome(&shipment), Outcome::Waiting { .. }));
    office.registry.state().arrive();
    assert_eq!(office.deliver(&shipment), "CLINIC0126324.hl7");
    assert_eq!(office.registry.state().ours().len(), 1);
}

/// Waits until the courier has left: it says good-bye before it tests a connection.
fn hang_up(office: &mut Office) {
    let good_byes = |office: &Office| office.registry.state().good_byes;
    let before = good_byes(office);
    office.courier(CourierJob::Test {
        account: Box::new(office.account.clone()),
        password: None,
    });
    office.wait(|event| matches!(event, Event::Tested(_)).then_some(()));
    assert!(good_byes(office) > before);
}

/// The courier cannot get in any more.
fn cut_off(office: &mut Office) {
    hang_up(office);
    let refused = Fault::Refuses(Moment::Open, Trouble::Silent);
    office.registry.plan(refused);
}

#[test]
fn the_answer_about_a_held_duplicate_stays_with_it_when_it_has_to_wait() {
    let mut office = Office::open();
    office.registry.seed(Folder::Accepted, "CLINIC0126300.hl7", &small(1));
    let shipment = office.card(&small(1));
    assert!(is_duplicate(&office.send(&shipment), "CLINIC0126300.hl7"));
    cut_off(&mut office);
    let again = Shipment {
        if_duplicate: IfDuplicate::SendAgain,
        ..shipment.clone()
    };
    let put_off = office.send(&again);
    assert!(matches!(put_off, Outcome::Waiting { .. }), "{put_off:?}");

    // Whoever tries it next knows nothing of the card on which somebody answered.
    office.restart();
    assert_eq!(office.record(&shipment).wish, Wish::SendAgain);
    assert_eq!(office.deliver(&shipment), "CLINIC0126324.hl7");
}

#[test]
fn the_answer_is_noted_while_another_dropoff_has_the_connection() {
    let mut office = Office::open();
    office.registry.seed(Folder::Accepted, "CLINIC0126300.hl7", &small(1));
    let shipment = office.card(&small(1));
    assert!(is_duplicate(&office.send(&shipment), "CLINIC0126300.hl7"));
    office.desk(DeskJob::NoteAnswer {
        submission: shipment.submission,
        destination: shipment.destination,
        initials: "MG".to_owned(),
    });
    office.wait(|event| matches!(event, Event::AnswerNoted).then_some(()));
    office.restart();
    let record = office.record(&shipment);
    assert_eq!(record.state, State::Held);
    assert!(matches!(record.outcome(), Some(Outcome::Waiting { .. })), "{record:?}");
    let steps = office.ledger.steps(shipment.submission).unwrap();
    assert_eq!(steps.last().unwrap().by.initials, "MG", "who said so is kept");
    assert_eq!(office.deliver(&shipment), "CLINIC0126324.hl7");
}

#[test]
fn a_file_that_was_entered_to_be_sent_again_is_sent_again_after_a_restart() {
    let mut office = Office::open();
    office.registry.seed(Folder::Accepted, "CLINIC0126300.hl7", &small(1));
    let shipment = office.card_if(&small(1), IfDuplicate::SendAgain);
    office.restart();
    let forgetful = Shipment {
        if_duplicate: IfDuplicate::Hold,
        ..shipment
    };
    assert_eq!(office.deliver(&forgetful), "CLINIC0126324.hl7");
}
