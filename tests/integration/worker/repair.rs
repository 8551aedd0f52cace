//! A file that is put right on its way into the sealed copy.

use std::sync::Arc;

use dropoff::{
    app::message::{CardId, DeskJob, Entry, EntryRefusal, EntryRepair, Event, Trial, Tried},
    domain::{
        cancel::Cancel,
        check::{Checker, repair::Repair},
        failure::{FileFailure, RepairFailure, SealFailure, VaultFailure},
        receipt::Destination,
        submission::{ContentHash, Reading, RepairOrder, SubmissionId},
    },
    ports::Ledger,
};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::support::{
    clinic::{occasion, rules},
    fake_computer::Body,
    fake_sealed::SealedWord,
    office::Office,
};

const WHOLE: &str = include_str!("../../fixtures/check/whole.hl7");

fn damaged() -> Vec<u8> {
    format!("\u{FEFF}{}", WHOLE.replace('\r', "\r\n")).into_bytes()
}

/// What the check allows to be put right in these bytes.
fn order(bytes: &[u8]) -> RepairOrder {
    let rules = rules();
    let mut checker = Checker::new(&rules);
    checker.feed(bytes);
    let reading = Reading {
        size_bytes: bytes.len() as u64,
        sha256: ContentHash(Sha256::digest(bytes).into()),
        report: Arc::new(checker.finish()),
    };
    RepairOrder::of(&reading).unwrap().unwrap()
}

fn try_it(office: &mut Office, entry: &Entry) -> Result<Box<Tried>, RepairFailure> {
    office.desk(DeskJob::TryRepair(Box::new(Trial {
        card: CardId(7),
        path: entry.path.clone(),
        order: order(&damaged()),
        occasion: occasion(),
        destination: Destination::Testing,
        cancel: Cancel::default(),
    })));
    office.wait(|event| match event {
        Event::RepairTried(CardId(7), tried) => Some(tried.clone()),
        _ => None,
    })
}

/// The file on a card whose copy somebody has taken.
fn taken(office: &mut Office) -> Entry {
    let chosen = office.choose(SubmissionId(Uuid::new_v4()), &damaged());
    let tried = try_it(office, &chosen).unwrap();
    Entry {
        size_bytes: tried.repaired.reading.size_bytes,
        sha256: tried.repaired.reading.sha256,
        repair: Some(EntryRepair {
            order: order(&damaged()),
            made: tried.repaired.made,
        }),
        ..chosen
    }
}

#[test]
fn a_trial_says_what_the_copy_comes_to_and_keeps_nothing() {
    let mut office = Office::open();
    let chosen = office.choose(SubmissionId(Uuid::new_v4()), &damaged());
    let tried = try_it(&mut office, &chosen).unwrap();
    assert_eq!(tried.repaired.reading.sha256, ContentHash(Sha256::digest(WHOLE).into()));
    assert!(tried.repaired.reading.report.findings.is_empty());
    let made: Vec<_> = tried.repaired.made.iter().collect();
    assert_eq!(made, [(Repair::LineEnds, 26), (Repair::ByteOrderMark, 1)]);
    assert_eq!(tried.can_keep, Ok(()));
    assert!(office.sealed.copies().bytes.is_empty());
}

#[test]
fn the_sealed_copy_is_the_repaired_file_and_the_ledger_says_what_was_changed() {
    let mut office = Office::open();
    let entry = taken(&mut office);
    let record = office.enter(&entry).unwrap();
    assert_eq!(office.sealed.copies().bytes[&record.entered.id], WHOLE.as_bytes());
    let kept = office.ledger.record(record.entered.id).unwrap().unwrap();
    assert_eq!(kept.entered.repairs, entry.repair.unwrap().made);
    assert_eq!(kept.entered.size_bytes, WHOLE.len() as u64);
}

#[test]
fn of_a_file_that_changed_since_no_copy_is_kept() {
    let mut office = Office::open();
    let entry = taken(&mut office);
    let mut other = damaged();
    other[100] ^= 1;
    office.files.set(entry.path.to_str().unwrap(), Body::Bytes(other));
    let failure = FileFailure::Changed;
    assert_eq!(office.enter(&entry), Err(EntryRefusal::File(failure.clone())));
    assert!(office.sealed.copies().bytes.is_empty());
    assert_eq!(try_it(&mut office, &entry), Err(failure.into()));
}

#[test]
fn without_a_key_a_repaired_copy_is_neither_kept_nor_entered() {
    let mut office = Office::open();
    let entry = taken(&mut office);
    office.sealed.set(SealedWord::NoKey);
    let reason = VaultFailure::Unavailable("none".to_owned());
    assert_eq!(try_it(&mut office, &entry).unwrap().can_keep, Err(reason.clone()));
    let refusal = EntryRefusal::Copy(SealFailure::NoKey(reason));
    assert_eq!(office.enter(&entry), Err(refusal));
    assert_eq!(office.ledger.record(entry.submission), Ok(None));
}
