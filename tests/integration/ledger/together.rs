//! Window, background and command line on one ledger.

use std::{
    path::Path,
    sync::atomic::{AtomicBool, Ordering},
    thread,
};

use dropoff::{
    adapters::ledger::{Found, SqliteLedger},
    domain::{failure::LedgerFailure, submission::State},
    ports::ledger::{Claim, Ledger},
};

use super::scene::{account, at_once, begin_at_once, deliver, id, named, open, step, submission};

/// So many processes, each with a ledger of its own.
fn processes(data: &Path, count: usize) -> impl Iterator<Item = (usize, SqliteLedger)> {
    (0..count).map(move |number| (number, open(data, &Found::AsItWas)))
}

#[test]
fn two_processes_see_each_other_s_steps_and_that_there_are_some() {
    let data = tempfile::tempdir().unwrap();
    let window = open(data.path(), &Found::New);
    let line = open(data.path(), &Found::AsItWas);
    let before = window.changes().unwrap();
    assert_eq!(window.changes(), Ok(before));
    line.enter(&submission(1)).unwrap();
    let after = window.changes().unwrap();
    assert_ne!(after, before);
    assert_eq!(window.record(id(1)).unwrap().unwrap().state, State::Queued);

    window.advance(id(1), &step(State::Held, 1)).unwrap();
    assert_eq!(window.changes(), Ok(after), "its own writing is no news to it");
    assert_eq!(line.record(id(1)).unwrap().unwrap().state, State::Held);
    assert_eq!(line.steps(id(1)).unwrap().len(), 2);
}

#[test]
fn one_of_two_processes_gets_a_name() {
    let data = tempfile::tempdir().unwrap();
    let ledger = open(data.path(), &Found::New);
    for number in 0..2 * 50 {
        ledger.enter(&submission(number)).unwrap();
    }
    let claims = at_once(processes(data.path(), 2), |(thread, ledger)| -> Vec<Claim> {
        let claim = |round: u128| {
            let name = format!("CLINIC01_20261120_{round}.hl7");
            let number = 2 * round + thread as u128;
            ledger
                .claim(id(number), &name, &named(State::NameClaimed, 1, &name))
                .unwrap()
        };
        (0..50).map(claim).collect()
    });
    for (first, second) in claims[0].iter().zip(&claims[1]) {
        let ours = [first, second].into_iter().filter(|claim| **claim == Claim::Ours);
        assert_eq!(ours.count(), 1);
    }
    let states = ledger.history(&account(), 0, 200).unwrap();
    let claimed = states.iter().filter(|record| record.state == State::NameClaimed);
    assert_eq!(claimed.count(), 50);
}

#[test]
fn one_of_many_processes_takes_a_submission() {
    let data = tempfile::tempdir().unwrap();
    let ledger = open(data.path(), &Found::New);
    for number in 0..20 {
        ledger.enter(&submission(number)).unwrap();
    }
    let taken = at_once(
        processes(data.path(), 4),
        |(_, ledger)| -> Vec<Result<(), LedgerFailure>> {
            (0..20)
                .map(|number| ledger.advance(id(number), &step(State::Cancelled, 1)))
                .collect()
        },
    );
    for number in 0..20 {
        let winners = taken.iter().filter(|taken| taken[number].is_ok()).count();
        assert_eq!(winners, 1);
        assert!(taken.iter().all(|taken| matches!(
            taken[number],
            Ok(())
                | Err(LedgerFailure::IllegalMove {
                    from: State::Cancelled,
                    ..
                })
        )));
        assert_eq!(ledger.steps(id(number as u128)).unwrap().len(), 2);
    }
}

#[test]
fn many_processes_may_begin_in_an_empty_folder_at_once() {
    for _ in 0..10 {
        let data = tempfile::tempdir().unwrap();
        let found = begin_at_once(data.path(), 6);
        assert_eq!(
            found.iter().filter(|found| **found == Found::New).count(),
            1,
            "{found:?}"
        );
        assert_eq!(found.iter().filter(|found| **found == Found::AsItWas).count(), 5);
        let ledger = open(data.path(), &Found::AsItWas);
        assert_eq!(ledger.outbox(&account()).unwrap().len(), 6);
        let left: Vec<_> = data
            .path()
            .read_dir()
            .unwrap()
            .map(|entry| entry.unwrap().file_name())
            .collect();
        assert!(
            left.iter().all(|name| name.to_str().unwrap().starts_with("ledger.")),
            "{left:?}"
        );
    }
}

/// What a power cut leaves: the file as it was, and the log to its last byte. The reader keeps the log from beginning anew
/// between the two copies, as no power cut could make it do.
#[test]
fn what_was_written_is_whole_in_a_copy_that_was_made_in_the_middle_of_writing() {
    let data = tempfile::tempdir().unwrap();
    let ledger = open(data.path(), &Found::New);
    let is_over = AtomicBool::new(false);
    thread::scope(|scope| {
        scope.spawn(|| {
            for number in 1.. {
                if is_over.load(Ordering::Relaxed) {
                    break;
                }
                ledger.enter(&submission(number)).unwrap();
                deliver(&ledger, number, &format!("{number}.hl7"), 1);
            }
        });
        let witness = open(data.path(), &Found::AsItWas);
        let reader = rusqlite::Connection::open(data.path().join("ledger.db")).unwrap();
        for _ in 0..20 {
            let known = witness.history(&account(), 0, 1).unwrap();
            let copy = tempfile::tempdir().unwrap();
            reader.execute_batch("BEGIN; SELECT count(*) FROM accounts;").unwrap();
            for name in ["ledger.db", "ledger.db-wal"] {
                std::fs::copy(data.path().join(name), copy.path().join(name)).unwrap();
            }
            reader.execute_batch("COMMIT").unwrap();
            let after = open(copy.path(), &Found::AsItWas);
            for record in after.history(&account(), 0, u32::MAX).unwrap() {
                let steps = after.steps(record.entered.id).unwrap();
                assert_eq!(steps.last().unwrap().state, record.state);
                let claimed = steps.iter().any(|step| step.state == State::NameClaimed);
                let name = format!("{}.hl7", record.entered.id.0.as_u128());
                assert_eq!(after.is_name_used(&account(), &name), Ok(claimed));
            }
            for record in known {
                assert!(
                    after.record(record.entered.id).unwrap().is_some(),
                    "it was acknowledged"
                );
            }
        }
        is_over.store(true, Ordering::Relaxed);
    });
}
