//! A file that was put whole, and that another computer, or the registry, takes away before it is confirmed.

use chrono::TimeDelta;
use dropoff::{
    app::message::Shipment,
    domain::{
        remote::Folder,
        submission::{Outcome, State, Why},
    },
    ports::Ledger,
};

use super::{big, small};
use crate::support::{
    fake_registry::{Moment, Rest},
    office::{BETWEEN_LOOKS, Office},
};

const NAME: &str = "CLINIC0126324.hl7";
const NEXT_NAME: &str = "CLINIC0126324.1.hl7";

/// The file goes like this, right before the first look after it was put, as often as it is put, so many times.
fn goes_before_it_is_confirmed(office: &Office, rest: Rest, mut times: usize) {
    let registry = office.registry.clone();
    let mut was_put = false;
    office.registry.on_each(move |moment, bytes| {
        was_put |= moment == Moment::Put && bytes > 0;
        if was_put && moment == Moment::List && times > 0 {
            (was_put, times) = (false, times - 1);
            registry.state().take_up(NAME, rest);
        }
    });
}

/// What comes of it, where the registry has not to show what is said to be delivered.
fn send(office: &mut Office, shipment: &Shipment) -> Outcome {
    office.hand_over(shipment);
    office.outcome(shipment)
}

fn pass_the_pause(office: &Office) {
    office.clock.pass(TimeDelta::from_std(BETWEEN_LOOKS).unwrap());
}

fn is_doubted(office: &Office, outcome: &Outcome, shipment: &Shipment) -> bool {
    let record = office.record(shipment);
    matches!(outcome, Outcome::Unknown { until: Some(_), .. })
        && (record.state, record.why) == (State::Unknown, Some(Why::Gone))
}

fn sendings(office: &Office, shipment: &Shipment) -> usize {
    let steps = office.ledger.steps(shipment.submission).unwrap();
    steps.iter().filter(|step| step.state == State::Sending).count()
}

#[test]
fn what_another_computer_removed_before_it_was_confirmed_goes_again() {
    let mut office = Office::open();
    goes_before_it_is_confirmed(&office, Rest::ThrownAway, 1);
    let shipment = office.card(&big(1));
    let outcome = office.send(&shipment);
    assert!(is_doubted(&office, &outcome, &shipment), "{outcome:?}");
    // The other one sends its own under the next name, after it has removed what both had written.
    office.registry.seed(Folder::Dropoff, NEXT_NAME, &small(2));
    pass_the_pause(&office);
    assert_eq!(office.deliver(&shipment), NAME);
    assert_eq!(sendings(&office, &shipment), 2);
}

/// A registry that takes the file without a trace so many times, where another computer's file is in Accepted.
#[track_caller]
fn takes_without_a_trace(theirs: &str, times: usize) {
    let mut office = Office::open();
    office.registry.seed(Folder::Accepted, theirs, &small(2));
    goes_before_it_is_confirmed(&office, Rest::ThrownAway, times);
    let shipment = office.card(&big(1));
    let outcome = send(&mut office, &shipment);
    assert!(is_doubted(&office, &outcome, &shipment), "{outcome:?}");
    pass_the_pause(&office);
    let outcome = send(&mut office, &shipment);
    assert!(matches!(outcome, Outcome::Delivered(_)), "{outcome:?}");
    assert_eq!(sendings(&office, &shipment), times);
}

#[test]
fn what_the_registry_takes_without_a_trace_is_sent_once() {
    // Another day's file of another computer says nothing.
    takes_without_a_trace("CLINIC0126323.hl7", 1);
}

#[test]
fn what_the_registry_takes_without_a_trace_while_another_computer_sends_goes_twice_at_most() {
    takes_without_a_trace(NEXT_NAME, 2);
}

#[test]
fn what_is_between_two_folders_when_it_is_confirmed_is_found_in_the_second() {
    let mut office = Office::open();
    office.registry.seed(Folder::Accepted, NEXT_NAME, &small(2));
    goes_before_it_is_confirmed(&office, Rest::BetweenFolders, 1);
    let shipment = office.card(&big(1));
    let outcome = office.send(&shipment);
    assert!(is_doubted(&office, &outcome, &shipment), "{outcome:?}");
    office.registry.state().arrive();
    pass_the_pause(&office);
    assert_eq!(office.deliver(&shipment), NAME);
    assert_eq!(sendings(&office, &shipment), 1);
}

#[test]
fn a_mixture_that_is_removed_while_it_is_looked_at_is_not_called_delivered_for_its_size() {
    let mut office = Office::open();
    let registry = office.registry.clone();
    let mut looks = 0;
    let mut was_put = false;
    office.registry.on_each(move |moment, bytes| {
        was_put |= moment == Moment::Put && bytes > 0;
        if !was_put {
            return;
        }
        looks += usize::from(moment == Moment::List);
        let mut state = registry.state();
        let dropoff = state.folder(Folder::Dropoff);
        match (moment, looks) {
            // Somebody else's bytes came into the beginning of it.
            (Moment::List, 1) => dropoff[0].bytes[..100].fill(b'#'),
            // The second look at it has listed it, in both folders, and asks for its bytes.
            (Moment::Fetch, 6) => dropoff.retain(|file| file.name != NAME),
            _ => {}
        }
    });
    let shipment = office.card(&big(1));
    let outcome = send(&mut office, &shipment);
    assert!(matches!(outcome, Outcome::Unknown { .. }), "{outcome:?}");
    let why = Why::NameLost { name: NAME.to_owned() };
    assert_eq!(office.record(&shipment).why, Some(why));
    pass_the_pause(&office);
    assert_eq!(office.deliver(&shipment), NEXT_NAME);
}
