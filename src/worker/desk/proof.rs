//! What the ledger holds for a proof.

use crate::{
    app::message::{Event, ProofRequest},
    domain::{
        account::AccountId,
        failure::LedgerFailure,
        proof::{Course, Evidence, Moments, Proof},
        remote::SeenFile,
        submission::SubmissionId,
    },
    ports::Ledger,
    worker::desk::Desk,
};

pub(super) fn read(desk: &Desk, request: ProofRequest) -> Event {
    let ledger = &*desk.shelf.of(request.destination).ledger;
    let ProofRequest {
        period,
        account,
        import_code,
        zone,
        ..
    } = request;
    let evidence = evidence(ledger, &account, &period.moments_to_read(zone));
    let proof = evidence.map(|evidence| Proof::new(period, account.clone(), &import_code, zone, evidence));
    if let Err(failure) = &proof {
        tracing::warn!(%failure, "a proof was not read");
    }
    Event::ProofRead(account, proof.map(Box::new))
}

fn evidence(ledger: &dyn Ledger, account: &AccountId, moments: &Moments) -> Result<Evidence, LedgerFailure> {
    let courses = ledger.courses(account, moments)?;
    let mut strangers = Vec::new();
    for (file, claimed_by) in ledger.unexplained(account)? {
        if !is_ours(ledger, &file, claimed_by)? {
            strangers.push(file);
        }
    }
    Ok(Evidence { courses, strangers })
}

/// A name that a submission claimed may have become somebody else's, or stand for a part of it.
fn is_ours(ledger: &dyn Ledger, file: &SeenFile, claimed_by: Option<SubmissionId>) -> Result<bool, LedgerFailure> {
    let Some(id) = claimed_by else {
        return Ok(false);
    };
    let Some(record) = ledger.record(id)? else {
        return Ok(false);
    };
    let steps = ledger.steps(id)?;
    Ok(Course { record, steps }.may_be(&file.name))
}
