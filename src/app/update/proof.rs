//! Proofs: read from the ledger, made a page, saved.

use crate::{
    app::{
        message::{DeskJob, Job},
        model::{Model, Notice},
        page,
        proof::{ProofRequest, SaveTo},
        update::notice,
        wording,
    },
    domain::{
        account::AccountId,
        failure::LedgerFailure,
        proof::{Period, Proof},
    },
};

/// One at a time: a second click on the button means the same page.
pub(super) fn ask(model: &mut Model, period: Period, to: SaveTo) -> Vec<Job> {
    let Some(account) = model.account().filter(|_| model.proof_to.is_none()) else {
        return Vec::new();
    };
    let request = ProofRequest {
        period,
        account: account.id(),
        import_code: account.import_code.clone(),
        destination: model.destination(),
        zone: model.settings.time_zone,
    };
    model.proof_to = Some(to);
    vec![Job::Desk(DeskJob::ReadProof(request))]
}

pub(super) fn read(model: &mut Model, account: &AccountId, result: Result<Box<Proof>, LedgerFailure>) -> Vec<Job> {
    // Where somebody has changed the account in the meantime, the page would stand under the wrong name.
    let Some(to) = model.proof_to.take().filter(|_| model.is_in_use(account)) else {
        return Vec::new();
    };
    let proof = match result {
        Ok(proof) => proof,
        Err(failure) => return notice(model, Notice::Ledger(failure)),
    };
    let text = page::proof::page(&proof, model);
    vec![Job::Desk(match to {
        SaveTo::Asked => DeskJob::SaveText {
            title: wording::proof::save_title(proof.period).to_owned(),
            suggested_name: wording::proof::suggested_name(&proof, model),
            text,
        },
        SaveTo::New(path) => DeskJob::SaveNew(path, text),
    })]
}
