//! What a proof is made of: the courses of submissions, and files in Accepted that none of them explains.

use dropoff::{
    domain::submission::{State, SubmissionId, Why},
    ports::ledger::{Claim, Ledger},
};

use super::{
    scene::{account, deliver, id, in_memory, minute, named, other_account, step, submission, waiting},
    seen::{file, look},
};

fn courses(ledger: &dyn Ledger, from: i64, until: i64) -> Vec<u128> {
    let courses = ledger.courses(&account(), &Some(minute(from)..minute(until))).unwrap();
    courses
        .iter()
        .map(|course| course.record.entered.id.0.as_u128())
        .collect()
}

fn unexplained(ledger: &dyn Ledger) -> Vec<(String, Option<SubmissionId>)> {
    let found = ledger.unexplained(&account()).unwrap();
    found
        .into_iter()
        .map(|(file, claimed_by)| (file.name, claimed_by))
        .collect()
}

#[test]
fn a_submission_belongs_to_a_time_when_any_step_of_it_does() {
    let ledger = in_memory();
    for number in 1..=3 {
        ledger.enter(&submission(number)).unwrap();
    }
    ledger.advance(id(1), &waiting(50)).unwrap();
    ledger.advance(id(1), &step(State::Cancelled, 90)).unwrap();
    ledger.advance(id(2), &step(State::Cancelled, 49)).unwrap();
    assert_eq!(courses(&ledger, 50, 51), [1], "neither its first nor its last step");
    assert_eq!(
        courses(&ledger, 2, 50),
        [2, 3],
        "the first moment counts, and the last one is the next time's"
    );
    assert_eq!(courses(&ledger, 91, 1_000), []);
    assert_eq!(courses(&ledger, 0, 1_000), [1, 2, 3]);
}

#[test]
fn a_course_has_all_steps_also_those_of_another_time_and_a_clock_that_was_set_back_hides_none() {
    let ledger = in_memory();
    ledger.enter(&submission(1)).unwrap();
    ledger.advance(id(1), &waiting(500)).unwrap();
    // Somebody corrected the clock.
    ledger.advance(id(1), &waiting(-500)).unwrap();
    for moments in [Some(minute(500)..minute(501)), Some(minute(-500)..minute(-499)), None] {
        let found = ledger.courses(&account(), &moments).unwrap();
        let [course] = found.as_slice() else {
            panic!("{found:?}")
        };
        assert_eq!(ledger.record(id(1)), Ok(Some(course.record.clone())));
        assert_eq!(ledger.steps(id(1)), Ok(course.steps.clone()));
        assert_eq!(course.steps.len(), 3);
    }
}

#[test]
fn another_accounts_submissions_are_its_own_also_in_everything() {
    let ledger = in_memory();
    ledger.enter(&submission(1)).unwrap();
    let mut other = submission(2);
    other.account = other_account();
    ledger.enter(&other).unwrap();
    let everything = ledger.courses(&account(), &None).unwrap();
    assert_eq!(everything.len(), 1);
    assert_eq!(courses(&ledger, 0, 1_000), [1]);
    assert_eq!(ledger.courses(&other_account(), &None).unwrap().len(), 1);
}

#[test]
fn a_file_in_accepted_is_unexplained_unless_a_submission_was_delivered_under_its_name() {
    let ledger = in_memory();
    ledger.enter(&submission(1)).unwrap();
    deliver(&ledger, 1, "OURS.hl7", 1);
    let accepted = ["ours.HL7", "THEIRS.hl7"].map(|name| file(name, Some(10), None));
    let waits_there = file("NOT-TAKEN.hl7", Some(10), None);
    ledger.note_seen(&look(9, &[waits_there], &accepted)).unwrap();
    assert_eq!(unexplained(&ledger), [("THEIRS.hl7".to_owned(), None)]);
    assert_eq!(ledger.unexplained(&other_account()), Ok(vec![]));
}

#[test]
fn a_name_that_was_claimed_and_left_is_told_with_the_submission_that_claimed_it() {
    let ledger = in_memory();
    ledger.enter(&submission(1)).unwrap();
    let claim = ledger.claim(id(1), "FIRST.hl7", &named(State::NameClaimed, 1, "FIRST.hl7"));
    assert_eq!(claim, Ok(Claim::Ours));
    let mut lost = step(State::Queued, 2);
    lost.why = Some(Why::NameLost {
        name: "FIRST.hl7".to_owned(),
    });
    ledger.advance(id(1), &lost).unwrap();
    deliver(&ledger, 1, "SECOND.hl7", 3);
    ledger.enter(&submission(2)).unwrap();
    let claim = ledger.claim(id(2), "CANCELLED.hl7", &named(State::NameClaimed, 6, "CANCELLED.hl7"));
    assert_eq!(claim, Ok(Claim::Ours));
    ledger
        .advance(id(2), &named(State::Cancelled, 7, "CANCELLED.hl7"))
        .unwrap();
    let accepted = ["FIRST.hl7", "SECOND.hl7", "CANCELLED.hl7"].map(|name| file(name, Some(10), None));
    ledger.note_seen(&look(9, &[], &accepted)).unwrap();
    assert_eq!(
        unexplained(&ledger),
        [
            ("CANCELLED.hl7".to_owned(), Some(id(2))),
            ("FIRST.hl7".to_owned(), Some(id(1))),
        ]
    );
}
