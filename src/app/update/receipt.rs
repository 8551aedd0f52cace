//! Receipts of what the registry has.

use crate::{
    app::{
        message::{CardId, DeskJob, Job},
        model::{Model, Notice, SentTo},
        restored,
        update::notice,
        wording,
    },
    domain::{
        account::ImportCode,
        receipt::Receipt,
        submission::{Delivery, Outcome, Record, SubmissionId},
    },
};

pub(super) fn save(model: &mut Model, id: CardId) -> Vec<Job> {
    let receipt = of_card(model, id);
    save_one(model, receipt)
}

pub(super) fn save_past(model: &mut Model, id: SubmissionId) -> Vec<Job> {
    let receipt = of_past(model, id);
    save_one(model, receipt)
}

fn save_one(model: &mut Model, receipt: Option<Receipt>) -> Vec<Job> {
    match receipt {
        Some(receipt) => vec![Job::Desk(DeskJob::SaveText {
            title: wording::screen::SAVE_RECEIPT_TITLE.to_owned(),
            suggested_name: wording::receipt::suggested_name(&receipt),
            text: wording::receipt::text(&receipt, &model.profile),
        })],
        None => notice(model, Notice::TooBusy),
    }
}

/// The receipt of a delivered card.
fn of_card(model: &Model, id: CardId) -> Option<Receipt> {
    let card = model.card(id)?;
    let SentTo { account, .. } = card.sent_to.as_ref()?;
    Some(of_record(
        model,
        card.record.as_ref()?,
        card.delivery()?.clone(),
        &account.import_code,
    ))
}

fn of_past(model: &Model, id: SubmissionId) -> Option<Receipt> {
    let record = &model.past.submission(id)?.record;
    let Outcome::Delivered(delivery) = restored::outcome(record) else {
        return None;
    };
    Some(of_record(model, record, delivery, &model.account()?.import_code))
}

/// By what stands in the ledger: who entered it, not who saves the receipt.
pub(super) fn of_record(model: &Model, record: &Record, delivery: Delivery, import_code: &ImportCode) -> Receipt {
    let entered = &record.entered;
    Receipt {
        submission: entered.id,
        account: entered.account.clone(),
        import_code: import_code.clone(),
        destination: entered.destination,
        delivery,
        sha256: entered.sha256,
        repairs: entered.repairs.clone(),
        messages: entered.counts.messages,
        patients: entered.counts.patients,
        vaccinations: entered.counts.vaccinations,
        person: entered.by.person.clone(),
        initials: entered.by.initials.clone(),
        time_zone: model.settings.time_zone,
    }
}
