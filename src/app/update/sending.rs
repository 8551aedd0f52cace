//! From *Send* to the receipt.

use crate::{
    app::{
        message::{CardId, CourierJob, DeskJob, Job, Shipment},
        model::{Card, CardState, Model, Notice, SentTo},
        update::{account, cards, look, notice},
        wording,
    },
    domain::{
        account::Account,
        cancel::Cancel,
        receipt::Receipt,
        submission::{IfDuplicate, Outcome, Phase},
    },
};

pub(super) fn send_ready(model: &mut Model) -> Vec<Job> {
    if !model.can_send() {
        return Vec::new();
    }
    let ready: Vec<CardId> = model.ready_cards().map(|card| card.id).collect();
    ready
        .into_iter()
        .filter_map(|id| hand_over(model, id, IfDuplicate::Hold))
        .collect()
}

pub(super) fn try_again(model: &mut Model, id: CardId) -> Vec<Job> {
    let can = model.has_password() && model.card(id).is_some_and(can_be_tried_again);
    if can {
        hand_over(model, id, IfDuplicate::Hold).into_iter().collect()
    } else {
        Vec::new()
    }
}

pub(super) fn send_anyway(model: &mut Model, id: CardId) -> Vec<Job> {
    let is_duplicate = model
        .card(id)
        .is_some_and(|card| matches!(card.state, CardState::Done(Outcome::Duplicate(_))));
    if is_duplicate && model.has_password() {
        hand_over(model, id, IfDuplicate::SendAgain).into_iter().collect()
    } else {
        Vec::new()
    }
}

/// Only where nothing of the file is at the registry, or where looking again is what is needed.
fn can_be_tried_again(card: &Card) -> bool {
    match &card.state {
        CardState::Done(outcome) => match outcome {
            Outcome::NotSent(_) | Outcome::PartRemoved(_) | Outcome::Cancelled | Outcome::Unknown { .. } => true,
            Outcome::Delivered(_) | Outcome::Duplicate(_) | Outcome::FileTrouble(_) => false,
        },
        CardState::Reading { .. }
        | CardState::Unreadable(_)
        | CardState::Held(_)
        | CardState::Ready
        | CardState::Sending(_) => false,
    }
}

fn hand_over(model: &mut Model, id: CardId, if_duplicate: IfDuplicate) -> Option<Job> {
    let to = sent_to(model, id)?;
    let account = to.account.clone();
    let template = model.settings.same_day_template.clone();
    let zone = model.settings.time_zone;
    let card = cards::find(model, id)?;
    let (reading, submission) = (card.reading.as_ref()?, card.submission?);
    let (size_bytes, sha256) = (reading.size_bytes, reading.sha256);
    card.state = CardState::Sending(Phase::Queued);
    card.cancel = Cancel::default();
    card.sent_to = Some(to);
    Some(Job::Courier(CourierJob::Send(Box::new(Shipment {
        card: id,
        submission,
        account,
        path: card.path.clone(),
        size_bytes,
        sha256,
        template,
        zone,
        if_duplicate,
        cancel: card.cancel.clone(),
    }))))
}

/// The account in use. What may have arrived in another account is looked for there.
fn sent_to(model: &Model, id: CardId) -> Option<SentTo> {
    let card = model.card(id)?;
    match &card.state {
        CardState::Done(Outcome::Unknown { .. }) => card.sent_to.clone(),
        CardState::Done(_)
        | CardState::Ready
        | CardState::Reading { .. }
        | CardState::Unreadable(_)
        | CardState::Held(_)
        | CardState::Sending(_) => Some(SentTo {
            account: model.account()?.clone(),
            destination: model.destination(),
        }),
    }
}

pub(super) fn not_taken(model: &mut Model, id: CardId) {
    if let Some(card) = cards::find(model, id) {
        card.state = CardState::Ready;
    }
}

pub(super) fn phase_changed(model: &mut Model, id: CardId, phase: Phase) -> Vec<Job> {
    if let Some(card) = cards::find(model, id)
        && card.is_sending()
    {
        card.state = CardState::Sending(phase);
    }
    Vec::new()
}

pub(super) fn finished(model: &mut Model, id: CardId, outcome: Outcome) -> Vec<Job> {
    match &outcome {
        Outcome::NotSent(failure) | Outcome::PartRemoved(failure) | Outcome::Unknown { failure, .. } => {
            account::note_refusal(model, failure);
        }
        Outcome::Delivered(_) | Outcome::Duplicate(_) | Outcome::FileTrouble(_) | Outcome::Cancelled => {}
    }
    let Some(card) = cards::find(model, id).filter(|card| card.is_sending()) else {
        return Vec::new();
    };
    if let Outcome::Delivered(delivery) = &outcome {
        let delivery = delivery.clone();
        card.state = CardState::Done(outcome);
        look::was_verified(model, &delivery);
        return look::soon(model);
    }
    card.state = CardState::Done(outcome);
    Vec::new()
}

pub(super) fn save_receipt(model: &mut Model, id: CardId) -> Vec<Job> {
    match receipt(model, id) {
        Some(receipt) => vec![Job::Desk(DeskJob::SaveText {
            title: wording::screen::SAVE_RECEIPT_TITLE.to_owned(),
            suggested_name: wording::receipt::suggested_name(&receipt),
            text: wording::receipt::text(&receipt, &model.profile),
        })],
        None => notice(model, Notice::TooBusy),
    }
}

/// The receipt of a delivered card.
pub(crate) fn receipt(model: &Model, id: CardId) -> Option<Receipt> {
    let card = model.card(id)?;
    let delivery = card.delivery()?;
    let reading = card.reading.as_ref()?;
    let SentTo { account, destination } = card.sent_to.as_ref()?;
    Some(Receipt {
        submission: card.submission?,
        account: Account::id(account),
        import_code: account.import_code.clone(),
        destination: *destination,
        delivery: delivery.clone(),
        sha256: reading.sha256,
        messages: reading.summary.messages,
        patients: reading.summary.patients,
        vaccinations: reading.summary.vaccinations,
        person: model.person.clone(),
        initials: model.settings.initials.clone(),
        time_zone: model.settings.time_zone,
    })
}
