//! Invented submissions, steps and looks.

use std::{path::Path, sync::Barrier, thread};

use chrono::{DateTime, TimeDelta, Utc};
use dropoff::{
    adapters::ledger::{Found, SqliteLedger},
    domain::{
        account::AccountId,
        check::repair::Made,
        failure::{RegistryFailure, Step as Stage, Trouble},
        person::Person,
        receipt::Destination,
        submission::{By, ContentHash, Copy, Counts, Delivery, NewSubmission, State, Step, SubmissionId, Why, Wish},
    },
    ports::ledger::{Claim, Ledger},
};
use uuid::Uuid;

pub(crate) fn start() -> DateTime<Utc> {
    "2026-11-20T15:12:00.123456789Z".parse().unwrap()
}

pub(super) fn minute(minutes: i64) -> DateTime<Utc> {
    start() + TimeDelta::minutes(minutes)
}

pub(crate) fn account() -> AccountId {
    AccountId::of("CLINIC01", "ftp.example.org")
}

pub(crate) fn other_account() -> AccountId {
    AccountId::of("CLINIC02@branch", "ftp.example.org")
}

pub(crate) fn id(number: u128) -> SubmissionId {
    SubmissionId(Uuid::from_u128(number))
}

pub(super) fn by(user: &str) -> By {
    By {
        person: Person {
            user: user.to_owned(),
            computer: "FRONT-DESK".to_owned(),
        },
        initials: "rm".to_owned(),
    }
}

/// Number `n` was entered `n` minutes after the start and has a content of its own.
pub(crate) fn submission(number: u128) -> NewSubmission {
    let mut sha256 = [7; 32];
    sha256[..16].copy_from_slice(&number.to_be_bytes());
    NewSubmission {
        id: id(number),
        account: account(),
        destination: Destination::Live,
        at: minute(i64::try_from(number).unwrap()),
        by: by("rose"),
        size_bytes: 48_213,
        sha256: ContentHash(sha256),
        counts: Counts {
            messages: 40,
            patients: 38,
            vaccinations: 61,
            first_vaccination: "2026-11-13".parse().ok(),
            last_vaccination: "2026-11-19".parse().ok(),
            sending_facility: Some("Invented Clinic".to_owned()),
        },
        copy: Copy::Sealed,
        sealed_name: Some(vec![0, 1, 2, 0xff]),
        repairs: Made::default(),
    }
}

pub(super) fn step(state: State, minutes: i64) -> Step {
    Step {
        state,
        at: minute(minutes),
        by: by("may"),
        sent_as: None,
        until: None,
        why: None,
        delivery: None,
        wish: Wish::Send,
    }
}

pub(crate) fn named(state: State, minutes: i64, name: &str) -> Step {
    Step {
        sent_as: Some(name.to_owned()),
        ..step(state, minutes)
    }
}

pub(super) fn delivered(minutes: i64, name: &str) -> Step {
    Step {
        delivery: Some(Delivery {
            sent_as: name.to_owned(),
            began: minute(minutes - 1),
            verified: minute(minutes),
            verified_bytes: 48_213,
            reply: "226 Transfer complete".to_owned(),
        }),
        ..named(State::Delivered, minutes, name)
    }
}

pub(crate) fn waiting(minutes: i64) -> Step {
    Step {
        until: Some(minute(minutes + 1)),
        why: Some(Why::Registry(RegistryFailure::new(
            Trouble::Silent,
            Stage::Port,
            "no answer in 20 s",
        ))),
        ..step(State::Waiting, minutes)
    }
}

/// From `Queued` to `Delivered` under this name, a minute each.
pub(crate) fn deliver(ledger: &dyn Ledger, number: u128, name: &str, minutes: i64) {
    let claim = ledger.claim(id(number), name, &named(State::NameClaimed, minutes, name));
    assert_eq!(claim, Ok(Claim::Ours));
    ledger
        .advance(id(number), &named(State::Sending, minutes + 1, name))
        .unwrap();
    ledger.advance(id(number), &delivered(minutes + 2, name)).unwrap();
}

pub(super) fn in_memory() -> SqliteLedger {
    SqliteLedger::in_memory().unwrap()
}

#[track_caller]
pub(super) fn open(data: &Path, expected: &Found) -> SqliteLedger {
    let opened = SqliteLedger::open(data, start()).unwrap();
    assert_eq!(&opened.found, expected);
    opened.ledger
}

pub(super) fn numbers(records: &[dropoff::domain::submission::Record]) -> Vec<u128> {
    records.iter().map(|record| record.entered.id.0.as_u128()).collect()
}

/// Does the work with each of these in a thread of its own, all beginning at once. What comes of it, in the same order.
pub(super) fn at_once<P: Send, T: Send>(prepared: impl IntoIterator<Item = P>, work: impl Fn(P) -> T + Sync) -> Vec<T> {
    let prepared: Vec<P> = prepared.into_iter().collect();
    let barrier = Barrier::new(prepared.len());
    thread::scope(|scope| {
        let begin = |one: P| {
            let (barrier, work) = (&barrier, &work);
            scope.spawn(move || {
                barrier.wait();
                work(one)
            })
        };
        let running: Vec<_> = prepared.into_iter().map(begin).collect();
        running.into_iter().map(|thread| thread.join().unwrap()).collect()
    })
}

/// So many processes open this folder's ledger at once, and each enters a submission. What they found.
pub(super) fn begin_at_once(data: &Path, processes: u128) -> Vec<Found> {
    at_once(0..processes, |number| {
        let opened = SqliteLedger::open(data, start()).unwrap();
        opened.ledger.enter(&submission(number)).unwrap();
        opened.found
    })
}
