//! Which facilities an account's files named.

use dropoff::{
    domain::{
        failure::LedgerFailure,
        submission::{NewSubmission, State},
    },
    ports::ledger::Ledger,
};

use super::scene::{account, deliver, id, in_memory, named, other_account, step, submission};

fn names(names: &[&str]) -> Vec<String> {
    names.iter().map(ToString::to_string).collect()
}

#[test]
fn what_files_named_that_went_or_will_go_is_known_in_their_account() {
    let ledger = in_memory();
    for number in 1..=3 {
        ledger.enter(&submission(number)).unwrap();
    }
    let elsewhere = NewSubmission {
        account: other_account(),
        ..submission(4)
    };
    ledger.enter(&elsewhere).unwrap();
    ledger
        .keep_facilities(id(1), &names(&["1100100033", "Main Street"]))
        .unwrap();
    ledger
        .keep_facilities(id(2), &names(&["1117823000", "MAIN STREET"]))
        .unwrap();
    ledger.keep_facilities(id(3), &names(&["cancelled"])).unwrap();
    ledger.keep_facilities(id(4), &names(&["elsewhere"])).unwrap();
    let known = || ledger.known_facilities(&account()).unwrap();
    assert!(known().contains(&"cancelled".to_owned()), "it is still to go");

    deliver(&ledger, 1, "A.hl7", 10);
    deliver(&ledger, 4, "A.hl7", 20);
    ledger.advance(id(3), &step(State::Cancelled, 20)).unwrap();
    ledger.advance(id(1), &named(State::Reported, 30, "A.hl7")).unwrap();
    deliver(&ledger, 2, "B.hl7", 40);
    let found: Vec<String> = known().iter().map(|name| name.to_lowercase()).collect();
    assert_eq!(
        found,
        ["1117823000", "main street", "1100100033"],
        "the latest first, each once"
    );
    assert_eq!(ledger.known_facilities(&other_account()), Ok(names(&["elsewhere"])));
}

#[test]
fn facilities_are_kept_once_and_only_of_a_submission_that_is_there() {
    let ledger = in_memory();
    ledger.enter(&submission(1)).unwrap();
    for _ in 0..2 {
        ledger.keep_facilities(id(1), &names(&["a", "A", "b"])).unwrap();
    }
    deliver(&ledger, 1, "A.hl7", 10);
    assert_eq!(ledger.known_facilities(&account()), Ok(names(&["a", "b"])));
    assert_eq!(
        ledger.keep_facilities(id(9), &names(&["a"])),
        Err(LedgerFailure::NoSuchSubmission)
    );
}
