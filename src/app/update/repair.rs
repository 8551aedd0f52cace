//! A chosen file is put right on a copy: shown first, then the copy takes its place on the card.

use crate::{
    app::{
        message::{CardId, CopyToSave, DeskJob, Job, RepairStep, Trial, Tried},
        model::{Card, Model},
        repair::{CardRepair, RepairState},
        update::{cards, findings},
        wording,
    },
    domain::{cancel::Cancel, failure::RepairFailure},
};

pub(super) fn asked(model: &mut Model, id: CardId, step: RepairStep) -> Vec<Job> {
    match step {
        RepairStep::Show => show(model, id),
        RepairStep::Take => take(model, id),
        RepairStep::Save => save(model, id),
        RepairStep::Leave => leave(model, id),
    }
}

/// One at a time: what is shown stands before everything else.
fn show(model: &mut Model, id: CardId) -> Vec<Job> {
    if model.cards.iter().any(|card| card.shown_repair().is_some()) {
        return Vec::new();
    }
    let (occasion, destination) = (model.occasion(), model.destination());
    let Some(card) = cards::find(model, id) else {
        return Vec::new();
    };
    let (Some(order), Some(path)) = (card.repairable(), card.source.clone()) else {
        return Vec::new();
    };
    card.cancel = Cancel::default();
    card.repair = Some(CardRepair {
        order,
        state: RepairState::Trying,
    });
    let trial = Trial {
        card: id,
        path,
        order,
        occasion,
        destination,
        cancel: card.cancel.clone(),
    };
    // It is shown on the card.
    findings::close(model);
    vec![Job::Desk(DeskJob::TryRepair(Box::new(trial)))]
}

/// Late news of a copy that nobody waits for changes nothing.
pub(super) fn tried(model: &mut Model, id: CardId, result: Result<Box<Tried>, RepairFailure>) -> Vec<Job> {
    let repair = cards::find(model, id).and_then(|card| card.repair.as_mut());
    if let Some(repair) = repair.filter(|repair| repair.state == RepairState::Trying) {
        repair.state = RepairState::Shown(result);
    }
    Vec::new()
}

/// From now on the card is about the copy.
fn take(model: &mut Model, id: CardId) -> Vec<Job> {
    let Some((card, tried)) = cards::find(model, id).and_then(shown) else {
        return Vec::new();
    };
    if tried.can_keep.is_err() {
        return Vec::new();
    }
    let order = card.repair.as_ref().map(|repair| repair.order);
    card.repair = order.map(|order| CardRepair {
        order,
        state: RepairState::Taken(tried.repaired.made),
    });
    cards::judge(model, id, tried.repaired.reading);
    Vec::new()
}

fn save(model: &mut Model, id: CardId) -> Vec<Job> {
    let occasion = model.occasion();
    let Some((card, _)) = cards::find(model, id).and_then(shown) else {
        return Vec::new();
    };
    let (Some(repair), Some(path)) = (card.repair.take(), card.source.clone()) else {
        return Vec::new();
    };
    vec![Job::Desk(DeskJob::SaveRepaired(Box::new(CopyToSave {
        title: wording::repair::SAVE_TITLE.to_owned(),
        suggested_name: wording::repair::suggested_name(&card.file_name),
        path,
        order: repair.order,
        occasion,
    })))]
}

fn leave(model: &mut Model, id: CardId) -> Vec<Job> {
    if let Some(card) = cards::find(model, id).filter(|card| card.shown_repair().is_some()) {
        card.cancel.request();
        card.cancel = Cancel::default();
        card.repair = None;
    }
    Vec::new()
}

/// The desk's queue was full: nobody makes the copy.
pub(super) fn not_taken(model: &mut Model, id: CardId) {
    if let Some(card) = cards::find(model, id) {
        card.repair = None;
    }
}

/// A card with the copy that is shown on it.
fn shown(card: &mut Card) -> Option<(&mut Card, Tried)> {
    let RepairState::Shown(Ok(tried)) = &card.repair.as_ref()?.state else {
        return None;
    };
    let tried = (**tried).clone();
    Some((card, tried))
}
