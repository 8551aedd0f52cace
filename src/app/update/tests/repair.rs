//! A file is put right on a copy: shown first, then the copy goes.

use super::*;
use crate::{
    app::{
        message::{RepairStep, Tried},
        repair::RepairState,
    },
    domain::{check::repair::Repair, failure::RepairFailure, submission::Repaired},
};

const WHOLE: &str = include_str!("../../../../tests/fixtures/check/whole.hl7");

/// A card whose file has something to put right.
fn damaged(model: &mut Model) -> CardId {
    let card = add(model, "november.hl7");
    read_as(model, card, &WHOLE.replace('\r', "\n"));
    card
}

fn copy(model: &Model) -> Reading {
    Reading {
        report: checked(model, WHOLE),
        ..reading(9)
    }
}

fn tried(model: &Model, card: CardId, can_keep: Result<(), VaultFailure>) -> Event {
    let repaired = Repaired {
        reading: copy(model),
        made: made(),
    };
    Event::RepairTried(card, Ok(Box::new(Tried { repaired, can_keep })))
}

fn made() -> Made {
    [(Repair::LineEnds, 26)].into_iter().collect()
}

fn step(model: &mut Model, card: CardId, step: RepairStep) -> Vec<Job> {
    ask(model, Command::Repair(card, step))
}

fn shown(model: &mut Model, can_keep: Result<(), VaultFailure>) -> CardId {
    let card = damaged(model);
    step(model, card, RepairStep::Show);
    let event = tried(model, card, can_keep);
    happen(model, event);
    card
}

#[test]
fn the_copy_is_entered_and_sent_with_what_was_changed() {
    let mut model = live();
    let card = shown(&mut model, Ok(()));
    step(&mut model, card, RepairStep::Take);
    assert_eq!(*state(&model, card), CardState::Ready);
    let jobs = ask(&mut model, Command::SendReady);
    let [entry] = &entries(&jobs)[..] else {
        panic!("{jobs:?}")
    };
    let repair = entry.repair.clone().unwrap();
    assert_eq!(
        (entry.sha256, repair.order.sha256),
        (ContentHash([9; 32]), ContentHash([1; 32]))
    );
    assert_eq!(repair.made, made());
    let mut record = entered(entry);
    record.entered.repairs = repair.made;
    let jobs = happen(&mut model, Event::Entered(entry.submission, taken(record)));
    let original = jobs.iter().find_map(|job| {
        if let Job::Courier(CourierJob::Send(shipment)) = job {
            Some(shipment.original.clone())
        } else {
            None
        }
    });
    assert_eq!(original, Some(None), "the chosen file is not what goes");
    let record = model.card(card).unwrap().record.clone().unwrap();
    let import_code = model.account().unwrap().import_code.clone();
    let receipt = receipt::of_record(&model, &record, delivery("A.hl7"), &import_code);
    let text = wording::receipt::text(&receipt, &model.profile);
    assert!(text.contains("Repaired before sending  line ends (26)\n"), "{text}");
}

#[test]
fn what_a_copy_cannot_put_right_is_not_offered() {
    let mut model = live();
    let cut = add(&mut model, "cut.hl7");
    read_as(&mut model, cut, &WHOLE.replace('\r', "\n").replace("FTS|1\n", ""));
    let whole = add(&mut model, "whole.hl7");
    read_as(&mut model, whole, WHOLE);
    for card in [cut, whole] {
        assert_eq!(model.card(card).unwrap().repairable(), None);
        assert_eq!(step(&mut model, card, RepairStep::Show), []);
    }
}

#[test]
fn leaving_it_stops_the_work_and_late_news_changes_nothing() {
    let mut model = live();
    let card = damaged(&mut model);
    step(&mut model, card, RepairStep::Show);
    let cancel = model.card(card).unwrap().cancel.clone();
    step(&mut model, card, RepairStep::Leave);
    assert!(cancel.is_requested());
    let late = tried(&model, card, Ok(()));
    happen(&mut model, late);
    assert_eq!(model.card(card).unwrap().repair, None);
    assert!(
        model.card(card).unwrap().repairable().is_some(),
        "it can be asked for again"
    );
    assert_eq!(step(&mut model, card, RepairStep::Take), []);
    assert_eq!(model.card(card).unwrap().sha256(), Some(ContentHash([1; 32])));
}

#[test]
fn one_copy_is_looked_at_at_a_time() {
    let mut model = live();
    let card = shown(&mut model, Ok(()));
    let other = add(&mut model, "other.hl7");
    let report = checked(&model, &WHOLE.replace('\r', "\r\n"));
    read(&mut model, other, Ok(Reading { report, ..reading(2) }));
    assert_eq!(step(&mut model, other, RepairStep::Show), []);
    step(&mut model, card, RepairStep::Leave);
    assert_eq!(step(&mut model, other, RepairStep::Show).len(), 1);
}

#[test]
fn without_a_keychain_a_copy_is_saved_and_never_sent() {
    let mut model = live();
    let card = shown(&mut model, Err(VaultFailure::Unavailable("none".to_owned())));
    step(&mut model, card, RepairStep::Take);
    assert_eq!(model.card(card).unwrap().sha256(), Some(ContentHash([1; 32])));
    let jobs = step(&mut model, card, RepairStep::Save);
    assert!(matches!(&jobs[..], [Job::Desk(DeskJob::SaveRepaired(_))]), "{jobs:?}");
    assert_eq!(model.card(card).unwrap().repair, None);
}

#[test]
fn a_copy_that_cannot_be_made_says_why_and_leaves_the_card() {
    let mut model = live();
    let card = damaged(&mut model);
    step(&mut model, card, RepairStep::Show);
    let failure = RepairFailure::from(FileFailure::Changed);
    happen(&mut model, Event::RepairTried(card, Err(failure.clone())));
    let repair = model.card(card).unwrap().repair.clone().unwrap();
    assert_eq!(repair.state, RepairState::Shown(Err(failure)));
    assert_eq!(step(&mut model, card, RepairStep::Take), []);
    step(&mut model, card, RepairStep::Leave);
    assert_eq!(*state(&model, card), CardState::Ready);
}
