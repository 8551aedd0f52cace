//! Entries, steps, names, copies, refused passwords, and what is asked about them.

use dropoff::{
    domain::{
        account::AccountId,
        check::repair::{Made, Repair},
        failure::LedgerFailure,
        receipt::Destination,
        submission::{Copy, Counts, NewSubmission, Record, Road, State, Step, Why, Wish},
    },
    ports::ledger::{Claim, Ledger},
};

use super::scene::{
    account, deliver, delivered, id, in_memory, minute, named, numbers, other_account, step, submission, waiting,
};

#[test]
fn a_submission_comes_back_as_it_was_entered_and_is_queued() {
    let ledger = in_memory();
    let bare = NewSubmission {
        id: id(2),
        account: other_account(),
        destination: Destination::Demo,
        counts: Counts::default(),
        copy: Copy::OriginalOnly,
        sealed_name: None,
        ..submission(2)
    };
    for entered in [submission(1), bare] {
        ledger.enter(&entered).unwrap();
        let record = ledger.record(entered.id).unwrap().unwrap();
        let expected = Record {
            state: State::Queued,
            since: entered.at,
            sent_as: None,
            until: None,
            why: None,
            tries: 0,
            delivery: None,
            wish: Wish::Send,
            road: Road::default(),
            entered: entered.clone(),
        };
        assert_eq!(record, expected);
        let first = Step {
            by: entered.by,
            at: entered.at,
            ..step(State::Queued, 0)
        };
        assert_eq!(ledger.steps(entered.id).unwrap(), [first]);
    }
    assert_eq!(ledger.record(id(3)), Ok(None));
    assert_eq!(ledger.steps(id(3)), Ok(Vec::new()));
}

#[test]
fn a_submission_is_entered_once() {
    let ledger = in_memory();
    ledger.enter(&submission(1)).unwrap();
    let again = ledger.enter(&NewSubmission {
        size_bytes: 1,
        ..submission(1)
    });
    assert_eq!(
        again,
        Err(LedgerFailure::IllegalMove {
            from: State::Queued,
            to: State::Queued
        })
    );
    assert_eq!(ledger.record(id(1)).unwrap().unwrap().entered, submission(1));
    assert_eq!(ledger.steps(id(1)).unwrap().len(), 1);
}

#[test]
fn each_step_is_kept_and_the_road_has_the_first_time_at_each_station() {
    let ledger = in_memory();
    ledger.enter(&submission(1)).unwrap();
    let name = "CLINIC01_20261120.hl7";
    let steps = [
        waiting(1),
        waiting(2),
        Step {
            why: Some(Why::TryNow),
            ..step(State::Queued, 3)
        },
        waiting(4),
        step(State::Queued, 5),
        named(State::NameClaimed, 6, name),
        named(State::Sending, 7, name),
        Step {
            why: Some(Why::Interrupted),
            ..named(State::Unknown, 8, name)
        },
        delivered(9, name),
        named(State::AtRegistry, 10, name),
        named(State::PickedUp, 11, name),
        named(State::Reported, 12, name),
        named(State::Closed, 13, name),
    ];
    for step in &steps {
        if step.state == State::NameClaimed {
            assert_eq!(ledger.claim(id(1), name, step), Ok(Claim::Ours));
        } else {
            ledger.advance(id(1), step).unwrap();
        }
        let record = ledger.record(id(1)).unwrap().unwrap();
        assert_eq!(
            (record.state, record.since, &record.sent_as, record.until, &record.why),
            (step.state, step.at, &step.sent_as, step.until, &step.why)
        );
        assert_eq!(record.delivery.is_some(), step.state.is_delivered());
    }
    assert_eq!(ledger.steps(id(1)).unwrap()[1..], steps);
    let record = ledger.record(id(1)).unwrap().unwrap();
    let put_off = |step: &&Step| matches!(step.state, State::Waiting | State::Unknown);
    assert_eq!(record.tries as usize, steps.iter().filter(put_off).count());
    assert!(record.tries > 2, "else this test shows little");
    assert_eq!(record.delivery, delivered(9, name).delivery);
    assert_eq!(
        record.road,
        Road {
            delivered: Some(minute(9)),
            at_registry: Some(minute(10)),
            picked_up: Some(minute(11)),
            reported: Some(minute(12)),
        }
    );
}

#[test]
fn steps_keep_the_order_in_which_they_were_written_when_the_clock_is_set_back() {
    let ledger = in_memory();
    ledger.enter(&submission(1)).unwrap();
    ledger.advance(id(1), &step(State::Held, -600)).unwrap();
    ledger.advance(id(1), &step(State::Queued, -700)).unwrap();
    let states: Vec<State> = ledger.steps(id(1)).unwrap().iter().map(|step| step.state).collect();
    assert_eq!(states, [State::Queued, State::Held, State::Queued]);
    assert_eq!(ledger.record(id(1)).unwrap().unwrap().since, minute(-700));
}

#[test]
fn an_illegal_move_is_refused_and_changes_nothing() {
    let ledger = in_memory();
    ledger.enter(&submission(1)).unwrap();
    ledger.advance(id(1), &step(State::Cancelled, 1)).unwrap();
    let before = ledger.record(id(1)).unwrap();
    for to in State::ALL {
        let refused = ledger.advance(id(1), &step(to, 2));
        assert_eq!(
            refused,
            Err(LedgerFailure::IllegalMove {
                from: State::Cancelled,
                to
            })
        );
    }
    let claim = ledger.claim(id(1), "A.hl7", &named(State::NameClaimed, 2, "A.hl7"));
    assert!(matches!(claim, Err(LedgerFailure::IllegalMove { .. })), "{claim:?}");
    assert_eq!(ledger.is_name_used(&account(), "A.hl7"), Ok(false));
    assert_eq!(ledger.record(id(1)).unwrap(), before);
    assert_eq!(ledger.steps(id(1)).unwrap().len(), 2);
    assert_eq!(
        ledger.advance(id(9), &step(State::Held, 2)),
        Err(LedgerFailure::NoSuchSubmission)
    );
}

#[test]
fn a_name_is_one_submission_s_own_for_ever_whatever_its_case() {
    let ledger = in_memory();
    for number in [1, 2] {
        ledger.enter(&submission(number)).unwrap();
    }
    let elsewhere = NewSubmission {
        account: other_account(),
        ..submission(3)
    };
    ledger.enter(&elsewhere).unwrap();
    assert_eq!(ledger.is_name_used(&account(), "A.hl7"), Ok(false));
    let claim = |number, name: &str| ledger.claim(id(number), name, &named(State::NameClaimed, 5, name));
    assert_eq!(claim(1, "A.hl7"), Ok(Claim::Ours));
    assert_eq!(claim(2, "a.HL7"), Ok(Claim::Used));
    assert_eq!(ledger.record(id(2)).unwrap().unwrap().state, State::Queued);
    assert_eq!(ledger.steps(id(2)).unwrap().len(), 1);
    assert_eq!(claim(3, "A.hl7"), Ok(Claim::Ours), "another account has its own names");
    assert_eq!(ledger.is_name_used(&account(), "a.hl7"), Ok(true));

    ledger.advance(id(1), &step(State::Queued, 6)).unwrap();
    assert_eq!(claim(1, "a.hl7"), Ok(Claim::Ours), "it claimed that name before");
    ledger.advance(id(1), &step(State::Cancelled, 7)).unwrap();
    assert_eq!(claim(2, "A.hl7"), Ok(Claim::Used), "a name is never free again");
    assert_eq!(claim(2, "B.hl7"), Ok(Claim::Ours));
}

#[test]
fn a_step_about_another_name_claims_nothing() {
    let ledger = in_memory();
    ledger.enter(&submission(1)).unwrap();
    for wrong in [named(State::NameClaimed, 1, "B.hl7"), named(State::Held, 1, "A.hl7")] {
        assert!(matches!(
            ledger.claim(id(1), "A.hl7", &wrong),
            Err(LedgerFailure::Other(_))
        ));
    }
    assert_eq!(ledger.is_name_used(&account(), "A.hl7"), Ok(false));
    assert_eq!(ledger.steps(id(1)).unwrap().len(), 1);
}

#[test]
fn outbox_road_and_history_are_the_account_s_own_and_in_order() {
    let ledger = in_memory();
    for number in 1..=5 {
        ledger.enter(&submission(number)).unwrap();
    }
    let elsewhere = NewSubmission {
        account: other_account(),
        ..submission(6)
    };
    ledger.enter(&elsewhere).unwrap();
    deliver(&ledger, 1, "A.hl7", 10);
    deliver(&ledger, 2, "B.hl7", 20);
    ledger.advance(id(2), &named(State::Reported, 30, "B.hl7")).unwrap();
    ledger.advance(id(3), &waiting(10)).unwrap();
    ledger.advance(id(5), &step(State::Failed, 10)).unwrap();

    assert_eq!(numbers(&ledger.outbox(&account()).unwrap()), [3, 4]);
    assert_eq!(numbers(&ledger.outbox(&other_account()).unwrap()), [6]);
    assert_eq!(numbers(&ledger.outbox_of_all().unwrap()), [3, 4, 6]);
    assert_eq!(ledger.accounts(), Ok(vec![account(), other_account()]));
    assert_eq!(numbers(&ledger.on_the_road(&account()).unwrap()), [1]);
    ledger.advance(id(1), &named(State::PickedUp, 31, "A.hl7")).unwrap();
    assert_eq!(numbers(&ledger.on_the_road(&account()).unwrap()), [1]);
    assert_eq!(numbers(&ledger.since(&account(), minute(5)).unwrap()), [3, 4, 5]);
    assert_eq!(numbers(&ledger.since(&account(), minute(2)).unwrap()), [2, 3, 4, 5]);
    assert_eq!(numbers(&ledger.history(&account(), 0, 200).unwrap()), [5, 4, 3, 2, 1]);
    assert_eq!(numbers(&ledger.history(&account(), 1, 2).unwrap()), [4, 3]);
    assert_eq!(ledger.history(&account(), 5, 200), Ok(Vec::new()));
    let nobody = AccountId::of("NOBODY", "ftp.example.org");
    assert_eq!(ledger.outbox(&nobody), Ok(Vec::new()));
    assert_eq!(ledger.history(&nobody, 0, 200), Ok(Vec::new()));
    assert_eq!(ledger.seen_files(&nobody, 200), Ok(Vec::new()));
}

#[test]
fn the_same_content_is_found_in_its_own_account() {
    let ledger = in_memory();
    for number in 1..=3 {
        ledger.enter(&submission(number)).unwrap();
    }
    let again = NewSubmission {
        sha256: submission(2).sha256,
        ..submission(4)
    };
    ledger.enter(&again).unwrap();
    let content = submission(2).sha256;
    assert_eq!(numbers(&ledger.with_content(&account(), content).unwrap()), [2, 4]);
    assert_eq!(ledger.with_content(&other_account(), content), Ok(Vec::new()));
}

#[test]
fn copies_of_delivered_files_grow_old_and_are_removed() {
    let ledger = in_memory();
    for number in 1..=4 {
        ledger.enter(&submission(number)).unwrap();
    }
    deliver(&ledger, 1, "A.hl7", 10);
    deliver(&ledger, 2, "B.hl7", 20);
    ledger.advance(id(2), &named(State::PickedUp, 500, "B.hl7")).unwrap();
    assert_eq!(ledger.copies_older_than(minute(12)), Ok(vec![]), "before, not at");
    assert_eq!(ledger.copies_older_than(minute(13)), Ok(vec![id(1)]));
    assert_eq!(ledger.copies_older_than(minute(400)), Ok(vec![id(1), id(2)]));
    ledger.copy_removed(id(1), minute(300)).unwrap();
    assert_eq!(ledger.copies_older_than(minute(400)), Ok(vec![id(2)]));
    let record = ledger.record(id(1)).unwrap().unwrap();
    assert_eq!(record.entered.copy, Copy::Removed(minute(300)));
    assert_eq!(
        ledger.copy_removed(id(9), minute(1)),
        Err(LedgerFailure::NoSuchSubmission)
    );
}

#[test]
fn what_was_put_right_is_kept_with_the_submission_alone() {
    let ledger = in_memory();
    let repairs: Made = Repair::ALL.into_iter().zip(1..).collect();
    let entered = NewSubmission {
        repairs,
        ..submission(1)
    };
    ledger.enter(&entered).unwrap();
    ledger.enter(&submission(2)).unwrap();
    assert_eq!(ledger.record(id(1)).unwrap().unwrap().entered, entered);
    assert_eq!(ledger.record(id(2)).unwrap().unwrap().entered, submission(2));
}

#[test]
fn a_copy_that_is_sealed_later_is_noted_with_its_name() {
    let ledger = in_memory();
    let entered = NewSubmission {
        copy: Copy::OriginalOnly,
        sealed_name: None,
        ..submission(1)
    };
    ledger.enter(&entered).unwrap();
    ledger.copy_sealed(id(1), &[9, 8, 7]).unwrap();
    let record = ledger.record(id(1)).unwrap().unwrap();
    assert_eq!(record.entered.copy, Copy::Sealed);
    assert_eq!(record.entered.sealed_name, Some(vec![9, 8, 7]));
    assert_eq!(ledger.copy_sealed(id(9), &[1]), Err(LedgerFailure::NoSuchSubmission));
}

#[test]
fn a_refused_password_stays_refused_since_the_first_time_until_somebody_enters_one() {
    let ledger = in_memory();
    assert_eq!(ledger.refused_since(&account()), Ok(None));
    ledger.note_refusal(&account(), minute(1)).unwrap();
    ledger.note_refusal(&account(), minute(2)).unwrap();
    assert_eq!(ledger.refused_since(&account()), Ok(Some(minute(1))));
    assert_eq!(ledger.refused_since(&other_account()), Ok(None));
    ledger.allow_login(&other_account()).unwrap();
    ledger.allow_login(&account()).unwrap();
    assert_eq!(ledger.refused_since(&account()), Ok(None));
    ledger.note_refusal(&account(), minute(3)).unwrap();
    assert_eq!(ledger.refused_since(&account()), Ok(Some(minute(3))));
}

#[test]
fn hostile_texts_are_kept_as_they_are() {
    let ledger = in_memory();
    let hostile = "'; DROP TABLE steps; --\u{0}\u{202e}\"%n\u{1f9ff}";
    let mut entered = submission(1);
    entered.by.person.user = hostile.to_owned();
    entered.by.initials = hostile.to_owned();
    entered.counts.sending_facility = Some(hostile.repeat(10_000));
    entered.account = AccountId::of(hostile, hostile);
    ledger.enter(&entered).unwrap();
    let claim = ledger.claim(id(1), hostile, &named(State::NameClaimed, 1, hostile));
    assert_eq!(claim, Ok(Claim::Ours));
    let record = ledger.record(id(1)).unwrap().unwrap();
    assert_eq!(record.entered, entered);
    assert_eq!(record.sent_as.as_deref(), Some(hostile));
    assert_eq!(ledger.is_name_used(&entered.account, hostile), Ok(true));
}

#[test]
fn what_somebody_said_is_noted_where_a_submission_stands_and_nowhere_else() {
    let ledger = in_memory();
    ledger.enter(&submission(1)).unwrap();
    let answer = |state| Step {
        wish: Wish::SendAgain,
        ..step(state, 5)
    };
    let refused = |from, to| Err(LedgerFailure::IllegalMove { from, to });
    let note = |state| ledger.note_answer(id(1), &answer(state));
    let standing = || {
        let record = ledger.record(id(1)).unwrap().unwrap();
        (record.state, record.wish)
    };
    assert_eq!(
        note(State::Held),
        refused(State::Queued, State::Held),
        "it does not move it"
    );
    assert_eq!(note(State::Queued), Ok(()));
    assert_eq!(standing(), (State::Queued, Wish::SendAgain));

    ledger.advance(id(1), &step(State::Held, 6)).unwrap();
    assert_eq!(standing(), (State::Held, Wish::Send));
    assert_eq!(note(State::Held), Ok(()));
    assert_eq!(standing(), (State::Held, Wish::SendAgain));
    let last = ledger.steps(id(1)).unwrap().pop().unwrap();
    assert_eq!(last, answer(State::Held));

    ledger.advance(id(1), &step(State::Queued, 7)).unwrap();
    ledger.advance(id(1), &waiting(8)).unwrap();
    for state in [State::Waiting, State::Held, State::Queued] {
        assert_eq!(note(state), refused(State::Waiting, state), "somebody has it");
    }
    assert_eq!(
        ledger.note_answer(id(9), &answer(State::Held)),
        Err(LedgerFailure::NoSuchSubmission)
    );
}
