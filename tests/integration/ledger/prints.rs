//! Fingerprints of vaccinations.

use dropoff::{
    domain::{
        failure::LedgerFailure,
        fingerprint::VaccinationPrint,
        submission::{NewSubmission, State},
    },
    ports::ledger::Ledger,
};

use super::scene::{account, deliver, id, in_memory, named, other_account, step, submission};

fn print(number: u8) -> VaccinationPrint {
    VaccinationPrint([number; 16])
}

#[test]
fn prints_of_submissions_that_went_or_are_to_go_are_known_again_in_their_account() {
    let ledger = in_memory();
    for number in 1..=3 {
        ledger.enter(&submission(number)).unwrap();
    }
    let elsewhere = NewSubmission {
        account: other_account(),
        ..submission(4)
    };
    ledger.enter(&elsewhere).unwrap();
    ledger.keep_prints(id(1), &[print(1), print(2)]).unwrap();
    ledger.keep_prints(id(2), &[print(2), print(3)]).unwrap();
    ledger.keep_prints(id(3), &[print(4)]).unwrap();
    ledger.keep_prints(id(4), &[print(5)]).unwrap();
    let known = || ledger.known_prints(&account(), &[print(5), print(4), print(2), print(1), print(2)]);
    let of_two = [(print(2), id(1)), (print(2), id(2)), (print(1), id(1))];
    let waiting = [&[(print(4), id(3))], &of_two[..]].concat();
    assert_eq!(known(), Ok(waiting.clone()), "nothing was delivered yet");

    deliver(&ledger, 2, "B.hl7", 10);
    assert_eq!(known(), Ok(waiting));
    deliver(&ledger, 1, "A.hl7", 20);
    ledger.advance(id(1), &named(State::Reported, 30, "A.hl7")).unwrap();
    deliver(&ledger, 4, "A.hl7", 40);
    ledger.advance(id(3), &step(State::Cancelled, 40)).unwrap();
    assert_eq!(known(), Ok(of_two.to_vec()), "what was cancelled does not go");
}

#[test]
fn prints_are_kept_once_and_only_of_a_submission_that_is_there() {
    let ledger = in_memory();
    ledger.enter(&submission(1)).unwrap();
    ledger.keep_prints(id(1), &[print(1), print(1)]).unwrap();
    ledger.keep_prints(id(1), &[print(1)]).unwrap();
    deliver(&ledger, 1, "A.hl7", 10);
    assert_eq!(
        ledger.known_prints(&account(), &[print(1)]),
        Ok(vec![(print(1), id(1))])
    );
    assert_eq!(
        ledger.keep_prints(id(9), &[print(1)]),
        Err(LedgerFailure::NoSuchSubmission)
    );
}
