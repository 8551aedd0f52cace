//! A delivery of which nobody knows how much arrived.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use chrono::TimeDelta;
use dropoff::{
    app::message::Shipment,
    domain::{
        cancel::Cancel,
        failure::Trouble,
        remote::Folder,
        submission::{IfDuplicate, Outcome, State, Why, Wish},
    },
    ports::Ledger,
};

use super::{big, small};
use crate::support::{
    fake_registry::{Fault, Manners, Moment, Rest},
    office::Office,
};

/// After every byte of any file here.
const AT_THE_END: usize = 10_000_000;
const NAME: &str = "CLINIC0126324.hl7";
const NEXT_NAME: &str = "CLINIC0126324.1.hl7";

fn is_unknown(outcome: &Outcome) -> bool {
    matches!(outcome, Outcome::Unknown { sent_as, .. } if sent_as == NAME)
}

/// A first look that showed nothing whole: the second comes by itself, after the pause.
fn looks_again(office: &Office, outcome: &Outcome) -> bool {
    let second = dropoff::ports::Clock::now(&office.clock) + pause();
    is_unknown(outcome) && matches!(outcome, Outcome::Unknown { until: Some(until), .. } if *until == second)
}

fn pause() -> TimeDelta {
    TimeDelta::from_std(crate::support::office::BETWEEN_LOOKS).unwrap()
}

fn steps_that_say(office: &Office, shipment: &Shipment, why: &Why) -> usize {
    let steps = office.ledger.steps(shipment.submission).unwrap();
    let said = steps.iter().filter(|step| step.why.as_ref() == Some(why));
    said.filter(|step| step.state == State::Queued).count()
}

#[test]
fn a_part_that_arrived_is_removed_and_the_file_goes_again_at_once() {
    let mut office = Office::open();
    office.registry.plan(Fault::Cut(400_000, Rest::Kept));
    let shipment = office.card(&big(1));
    assert_eq!(office.deliver(&shipment), NAME);
    assert_eq!(steps_that_say(&office, &shipment, &Why::PartRemoved), 1);
}

#[test]
fn a_connection_that_breaks_again_and_again_is_left_for_later() {
    let mut office = Office::open();
    for _ in 0..3 {
        office.registry.plan(Fault::Cut(400_000, Rest::Kept));
    }
    let shipment = office.card(&big(1));
    assert!(matches!(office.send(&shipment), Outcome::Waiting { .. }));
    assert_eq!(steps_that_say(&office, &shipment, &Why::PartRemoved), 3);
    assert!(office.registry.state().ours().is_empty());
    office.deliver(&shipment);
}

#[test]
fn what_the_server_threw_away_goes_again_under_its_name_after_a_second_look() {
    for at in [400_000, AT_THE_END] {
        let mut office = Office::open();
        office.registry.plan(Fault::Cut(at, Rest::ThrownAway));
        let shipment = office.card(&big(1));
        let outcome = office.send(&shipment);
        assert!(looks_again(&office, &outcome), "{outcome:?}");
        // Who looks too soon has not looked a second time.
        office.clock.pass(pause() - TimeDelta::seconds(1));
        assert!(is_unknown(&office.send(&shipment)));
        office.clock.pass(TimeDelta::seconds(1));
        assert_eq!(office.deliver(&shipment), NAME);
        assert_eq!(steps_that_say(&office, &shipment, &Why::NotThere), 1);
    }
}

#[test]
fn the_first_look_counts_after_a_restart() {
    let mut office = Office::open();
    office.registry.plan(Fault::Cut(AT_THE_END, Rest::ThrownAway));
    let shipment = office.card(&big(1));
    assert!(is_unknown(&office.send(&shipment)));
    office.restart();
    office.clock.pass(pause());
    assert_eq!(office.deliver(&shipment), NAME);
}

#[test]
fn a_clock_that_jumps_does_not_shorten_the_pause_between_two_looks() {
    for jump in [
        TimeDelta::seconds(-2),
        TimeDelta::hours(-2),
        TimeDelta::days(-3),
        TimeDelta::hours(2),
        TimeDelta::days(1),
    ] {
        let mut office = Office::open();
        office.registry.plan(Fault::Cut(AT_THE_END, Rest::BetweenFolders));
        let shipment = office.card(&big(1));
        assert!(is_unknown(&office.send(&shipment)));
        office.clock.jump(jump);
        assert!(is_unknown(&office.send(&shipment)), "{jump}");
        office.clock.pass(pause() - TimeDelta::seconds(1));
        assert!(is_unknown(&office.send(&shipment)), "{jump}");
        office.registry.state().arrive();
        assert_eq!(office.deliver(&shipment), NAME, "{jump}");
    }
}

#[test]
fn a_clock_that_was_set_back_before_a_restart_does_not_shorten_the_pause() {
    for back in [TimeDelta::hours(2), TimeDelta::days(3)] {
        let mut office = Office::open();
        office.registry.plan(Fault::Cut(AT_THE_END, Rest::BetweenFolders));
        let shipment = office.card(&big(1));
        assert!(is_unknown(&office.send(&shipment)));
        office.clock.jump(-back);
        office.restart();
        let outcome = office.send(&shipment);
        assert!(looks_again(&office, &outcome), "{outcome:?}");
        office.registry.state().arrive();
        assert_eq!(office.deliver(&shipment), NAME);
    }
}

#[test]
fn a_clock_that_was_set_back_does_not_keep_a_doubt_for_ever() {
    let mut office = Office::open();
    office.registry.plan(Fault::Cut(AT_THE_END, Rest::ThrownAway));
    let shipment = office.card(&big(1));
    assert!(is_unknown(&office.send(&shipment)));
    office.clock.jump(TimeDelta::days(-3));
    assert!(is_unknown(&office.send(&shipment)));
    office.clock.pass(pause());
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
    let outcome = office.send(&shipment);
    assert!(looks_again(&office, &outcome));
    office.clock.pass(TimeDelta::seconds(59));
    office.registry.state().arrive();
    assert_eq!(office.deliver(&shipment), NAME);
}

#[test]
fn while_the_registry_cannot_be_asked_nobody_says_not_sent() {
    let mut office = Office::open();
    office.registry.plan(Fault::Cut(AT_THE_END, Rest::Kept));
    office
        .registry
        .plan_after(1, Fault::Refuses(Moment::Open, Trouble::Offline));
    let shipment = office.card(&big(1));
    let outcome = office.send(&shipment);
    assert!(is_unknown(&outcome) && matches!(outcome, Outcome::Unknown { until: Some(_), .. }));
    office.registry.plan(Fault::Refuses(Moment::Open, Trouble::Offline));
    assert!(is_unknown(&office.send(&shipment)));
    shipment.cancel.request();
    office.registry.plan(Fault::Refuses(Moment::Open, Trouble::Offline));
    assert!(is_unknown(&office.send(&shipment)));
    // It is found also where there is neither a file nor a copy of it any more.
    office
        .files
        .remove(shipment.original.as_ref().unwrap().to_str().unwrap());
    office.sealed.copies().bytes.clear();
    assert_eq!(office.deliver(&shipment), NAME);
}

#[test]
fn a_wish_to_cancel_in_doubt_holds_on_also_after_a_restart() {
    for pass_before in [TimeDelta::zero(), TimeDelta::seconds(10)] {
        let mut office = Office::open();
        office.registry.plan(Fault::Cut(AT_THE_END, Rest::ThrownAway));
        let shipment = office.card(&big(1));
        assert!(is_unknown(&office.send(&shipment)));
        office.clock.pass(pass_before);
        shipment.cancel.request();
        assert!(is_unknown(&office.send(&shipment)));
        assert_eq!(office.record(&shipment).wish, Wish::Cancel);
        office.restart();
        office.clock.pass(pause());
        let again = Shipment {
            cancel: Cancel::default(),
            ..shipment
        };
        assert_eq!(office.send(&again), Outcome::Cancelled);
        assert_eq!(office.send(&again), Outcome::Cancelled);
    }
}

#[test]
fn what_cannot_be_looked_for_is_looked_for_later_by_itself() {
    // Somebody cancels in the middle of a file, and then the registry cannot be reached.
    let mut office = Office::open();
    office.registry.plan(Fault::Cancels(100_000));
    office
        .registry
        .plan_after(1, Fault::Refuses(Moment::Open, Trouble::Offline));
    let shipment = office.card(&big(1));
    office.registry.cancels.lock().unwrap().push(shipment.cancel.clone());
    let outcome = office.send(&shipment);
    assert!(
        is_unknown(&outcome) && matches!(outcome, Outcome::Unknown { until: Some(_), .. }),
        "{outcome:?}"
    );
    assert_eq!(office.send(&shipment), Outcome::Cancelled);
    assert!(office.registry.state().ours().is_empty());
}

#[test]
fn a_file_that_may_have_arrived_and_cannot_be_compared_is_known_by_name_and_size() {
    let mut office = Office::open();
    office.registry.plan(Fault::Cut(AT_THE_END, Rest::Kept));
    office.registry.state().manners = Manners {
        never_fetches: true,
        ..Manners::default()
    };
    let shipment = office.card(&big(1));
    assert_eq!(office.deliver(&shipment), NAME);
}

#[test]
fn where_there_are_neither_sizes_nor_contents_nothing_is_sent_twice() {
    let mut office = Office::open();
    office.registry.plan(Fault::Cut(AT_THE_END, Rest::Kept));
    office.registry.state().hides_sizes = true;
    office.registry.state().manners.never_fetches = true;
    let shipment = office.card(&big(1));
    for _ in 0..3 {
        let outcome = office.send(&shipment);
        assert!(is_unknown(&outcome) && matches!(outcome, Outcome::Unknown { until: None, .. }));
        office.clock.pass(TimeDelta::hours(1));
    }
    office.registry.state().manners.never_fetches = false;
    assert_eq!(office.deliver(&shipment), NAME);
}

#[test]
fn the_same_file_on_a_new_card_does_not_go_around_the_doubt() {
    let mut office = Office::open();
    office.registry.plan(Fault::Cut(AT_THE_END, Rest::BetweenFolders));
    let first = office.card(&big(1));
    assert!(is_unknown(&office.send(&first)));
    let second = office.card(&big(1));
    assert_eq!(second.submission, first.submission);
    assert!(is_unknown(&office.send(&second)));
    office.registry.state().arrive();
    assert_eq!(office.deliver(&second), NAME);
}

#[test]
fn a_part_that_cannot_be_removed_stays_and_the_file_goes_under_the_next_name() {
    let mut office = Office::open();
    office.registry.plan(Fault::Cut(400_000, Rest::Kept));
    office.registry.state().manners.never_removes = true;
    let shipment = office.card(&big(1));
    let outcome = office.send(&shipment);
    assert!(looks_again(&office, &outcome), "{outcome:?}");
    office.clock.pass(pause());
    assert_eq!(office.deliver(&shipment), NEXT_NAME);
    assert_eq!(office.known_parts(shipment.submission), [NAME]);
}

#[test]
fn a_part_that_cannot_be_removed_and_grows_whole_is_the_file() {
    let mut office = Office::open();
    office.registry.plan(Fault::Cut(400_000, Rest::Grows(50)));
    office.registry.state().manners.guards_growing = true;
    let shipment = office.card(&big(1));
    assert!(is_unknown(&office.send(&shipment)));
    office.clock.pass(pause());
    assert_eq!(office.deliver(&shipment), NAME);
}

#[test]
fn a_part_that_the_registry_took_stays_and_the_file_goes_under_the_next_name() {
    let mut office = Office::open();
    office.registry.plan(Fault::Cut(400_000, Rest::Taken));
    let shipment = office.card(&big(1));
    let outcome = office.send(&shipment);
    assert!(looks_again(&office, &outcome), "{outcome:?}");
    office.clock.pass(pause());
    assert_eq!(office.deliver(&shipment), NEXT_NAME);
    let why = Why::TakenUnfinished { name: NAME.to_owned() };
    assert_eq!(steps_that_say(&office, &shipment, &why), 1);
}

#[test]
fn whoever_cancels_is_told_of_the_part_that_stays() {
    for rest in [Rest::Kept, Rest::Taken] {
        for has_waited in [false, true] {
            let mut office = Office::open();
            office.registry.plan(Fault::Cut(400_000, rest));
            office.registry.state().manners.never_removes = true;
            let shipment = office.card(&big(1));
            assert!(is_unknown(&office.send(&shipment)));
            office.clock.pass(pause());
            if has_waited {
                office.registry.plan(Fault::Refuses(Moment::Put, Trouble::NoRoom));
                assert!(matches!(office.send(&shipment), Outcome::Waiting { .. }));
            }
            shipment.cancel.request();
            assert_eq!(
                office.send(&shipment),
                Outcome::PartLeft {
                    sent_as: NAME.to_owned()
                }
            );
        }
    }
}

#[test]
fn what_moves_after_the_first_look_is_looked_for_a_second_time() {
    // The first look shows a part that grows; the second falls into the moment in which the registry takes the whole file.
    let mut office = Office::open();
    office.registry.plan(Fault::Cut(400_000, Rest::Grows(20)));
    office.registry.state().manners.guards_growing = true;
    let shipment = office.card(&big(1));
    assert!(is_unknown(&office.send(&shipment)));
    office.clock.pass(pause());
    office.registry.catch_up();
    office.registry.state().take_up(NAME, Rest::BetweenFolders);
    let outcome = office.send(&shipment);
    assert!(looks_again(&office, &outcome), "{outcome:?}");
    office.registry.state().arrive();
    office.clock.pass(pause());
    assert_eq!(office.deliver(&shipment), NAME);
}

#[test]
fn a_part_that_is_taken_in_the_moment_of_its_removal_is_unknown() {
    for rest in [Rest::Taken, Rest::BetweenFolders] {
        let mut office = Office::open();
        office.registry.plan(Fault::Cut(400_000, Rest::Kept));
        let registry = office.registry.clone();
        office.registry.on_each(move |moment, _| {
            if moment == Moment::Remove {
                registry.state().take_up(NAME, rest);
            }
        });
        let shipment = office.card(&big(1));
        let outcome = office.send(&shipment);
        assert!(looks_again(&office, &outcome), "{outcome:?}");
    }
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
fn a_file_that_is_taken_between_the_two_listings_is_found() {
    let mut office = Office::open();
    office.registry.plan(Fault::Cut(AT_THE_END, Rest::Kept));
    let registry = office.registry.clone();
    let mut listings = 0;
    office.registry.on_each(move |moment, _| {
        listings += usize::from(moment == Moment::List);
        // Two before the put; of the two after it, this is the second.
        if moment == Moment::List && listings == 4 {
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
    office.deliver(&part);
    assert_eq!(steps_that_say(&office, &part, &Why::PartRemoved), 1);
}

#[test]
fn a_short_file_that_the_server_calls_whole_is_removed_and_goes_again() {
    let faults = [Fault::Forgets(1_999), Fault::ForgetsUnnoticed(1_999)];
    for (fault, never_fetches) in faults
        .into_iter()
        .flat_map(|fault| [(fault.clone(), false), (fault, true)])
    {
        let mut office = Office::open();
        office.registry.state().manners.never_fetches = never_fetches;
        office.registry.plan(fault);
        let shipment = office.card(&small(1));
        assert_eq!(office.deliver(&shipment), NAME);
        assert_eq!(steps_that_say(&office, &shipment, &Why::PartRemoved), 1);
    }
}

#[test]
fn somebody_elses_file_under_the_name_is_left_alone() {
    let longer = [big(1), big(3)].concat();
    // Longer, as long, shorter, and beginning alike.
    for theirs in [longer, big(3), big(3)[..400_000].to_vec(), small(3)] {
        for folder in [Folder::Dropoff, Folder::Accepted] {
            let mut office = Office::open();
            office.registry.plan(Fault::Cut(400_000, Rest::ThrownAway));
            let registry = office.registry.clone();
            let (mut logins, put) = (0, theirs.clone());
            office.registry.on_each(move |moment, _| {
                logins += usize::from(moment == Moment::Open);
                if moment == Moment::Open && logins == 2 {
                    registry.seed(folder, NAME, &put);
                }
            });
            let shipment = office.card(&big(1));
            assert!(is_unknown(&office.send(&shipment)));
            office.clock.pass(pause());
            assert_eq!(office.deliver(&shipment), NEXT_NAME);
            assert_eq!(office.registry.state().folder(folder)[0].bytes, theirs);
        }
    }
}

#[test]
fn somebody_elses_file_under_the_name_does_not_hide_ours_on_its_way() {
    let mut office = Office::open();
    office.registry.plan(Fault::Cut(AT_THE_END, Rest::BetweenFolders));
    let registry = office.registry.clone();
    let mut logins = 0;
    office.registry.on_each(move |moment, _| {
        logins += usize::from(moment == Moment::Open);
        if moment == Moment::Open && logins == 2 {
            registry.seed(Folder::Dropoff, NAME, &big(3));
        }
    });
    let shipment = office.card_if(&big(1), IfDuplicate::SendAgain);
    assert!(is_unknown(&office.send(&shipment)));
    office.registry.state().arrive();
    office.clock.pass(pause());
    assert_eq!(office.deliver(&shipment), NAME);
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

#[test]
fn what_the_registry_does_not_hand_out_is_not_removed_under_a_name_that_it_refused() {
    let mut office = Office::open();
    office.registry.plan(Fault::Cut(AT_THE_END, Rest::ThrownAway));
    let shipment = office.card(&big(1));
    assert!(is_unknown(&office.send(&shipment)));
    office.clock.pass(pause());
    office.registry.plan(Fault::SomebodyIsFaster(small(3)));
    office.registry.state().manners.never_fetches = true;
    for _ in 0..2 {
        assert!(is_unknown(&office.send(&shipment)));
        office.clock.pass(pause());
    }
    assert_eq!(office.deliver(&shipment), NEXT_NAME);
    assert_eq!(office.registry.state().folder(Folder::Dropoff)[0].bytes, small(3));
}

#[test]
fn a_part_is_removed_without_comparing_where_nothing_is_handed_out() {
    let mut office = Office::open();
    office.registry.plan(Fault::Cut(400_000, Rest::Kept));
    office.registry.state().manners.never_fetches = true;
    let shipment = office.card(&big(1));
    assert_eq!(office.deliver(&shipment), NAME);
}

#[test]
fn however_many_a_run_left_in_the_middle_each_folder_is_listed_once() {
    const LEFT: u32 = 500;
    let mut office = Office::open();
    let shipments: Vec<_> = (0..LEFT).map(|seed| office.card(&small(seed))).collect();
    for (shipment, seed) in shipments.iter().zip(0..) {
        let name = format!("CLINIC0126323.{seed}.hl7");
        office.leave_in_the_middle(shipment, &name);
        // Of the last one nothing arrived.
        if seed + 1 < LEFT {
            office.registry.deliver_by_itself(&name, &small(seed));
        }
    }
    let listings = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&listings);
    office.registry.on_each(move |moment, _| {
        if moment == Moment::List {
            counted.fetch_add(1, Ordering::Relaxed);
        }
    });
    office.hand_over_together(&shipments);
    let (last, whole) = shipments.split_last().unwrap();
    for shipment in whole {
        let outcome = office.outcome(shipment);
        assert!(matches!(outcome, Outcome::Delivered(_)), "{outcome:?}");
    }
    let outcome = office.outcome(last);
    assert!(
        matches!(outcome, Outcome::Unknown { until: Some(_), .. }),
        "{outcome:?}"
    );
    assert_eq!(listings.load(Ordering::Relaxed), 2, "HL7-Dropoff and Accepted");

    // The second look is a new one.
    office.clock.pass(pause());
    office.deliver(last);
    assert!(listings.load(Ordering::Relaxed) > 2);
}
