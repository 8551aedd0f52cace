//! Looking into the registry's folders, politely.

use chrono::TimeDelta;

use crate::{
    app::{
        message::{CourierJob, Job},
        model::{Model, Place},
        road,
        update::{account, outbox, past, schedule},
    },
    domain::{
        account::Account,
        failure::RegistryFailure,
        remote::{FoldersSeen, RemoteFile},
        submission::Delivery,
    },
};

/// The registry is looked at this often while a delivered file has not been picked up. It asks for few connections.
const REGISTRY_PAUSE: TimeDelta = TimeDelta::minutes(15);
/// The Demo takes a file after a few seconds, and nobody else uses it.
const DEMO_PAUSE: TimeDelta = TimeDelta::seconds(3);

/// Looks, if it is time: the first look waits for the password.
pub(super) fn if_due(model: &mut Model) -> Vec<Job> {
    match model.look.next {
        Some(next) if next <= model.now => now(model),
        Some(_) | None => Vec::new(),
    }
}

pub(super) fn now(model: &mut Model) -> Vec<Job> {
    let Some(account) = model.account().cloned() else {
        return Vec::new();
    };
    if model.look.running || !model.has_password() {
        return Vec::new();
    }
    model.look.next = None;
    model.look.running = true;
    vec![Job::Courier(CourierJob::Look(Box::new(account), model.destination()))]
}

/// Somebody pressed F5: the folders are looked at, and the courier finds out about files of which nobody knows.
pub(super) fn asked(model: &mut Model) -> Vec<Job> {
    let mut jobs = now(model);
    jobs.extend(schedule::find_out(model));
    jobs
}

/// Looks again after a pause.
pub(super) fn later(model: &mut Model) {
    model.look.next = Some(model.now + pause(model));
}

fn pause(model: &Model) -> TimeDelta {
    match model.place {
        Place::Registry => REGISTRY_PAUSE,
        Place::Demo(_) | Place::DemoStarting | Place::DemoFailed(_) => DEMO_PAUSE,
    }
}

/// The registry has just shown this file in HL7-Dropoff: no list may say until the next look that it is not there.
pub(super) fn was_verified(model: &mut Model, delivery: &Delivery) {
    let account = model.account().map(Account::id);
    let Some(seen) = model.look.seen.as_mut() else {
        return;
    };
    let is_listed = |file: &RemoteFile| file.name.eq_ignore_ascii_case(&delivery.sent_as);
    if account.as_ref() == Some(&seen.account) && !seen.dropoff.iter().any(is_listed) {
        seen.dropoff.push(RemoteFile {
            name: delivery.sent_as.clone(),
            size_bytes: Some(delivery.verified_bytes),
            modified: None,
        });
    }
}

pub(super) fn looked(model: &mut Model, result: Result<Box<FoldersSeen>, RegistryFailure>) -> Vec<Job> {
    model.look.running = false;
    let mut jobs = Vec::new();
    match result {
        Ok(seen) if !model.is_in_use(&seen.account) => return Vec::new(),
        Ok(seen) => {
            model.now = model.now.max(seen.at);
            model.look.seen = Some(*seen);
            model.look.failure = None;
            jobs.extend(schedule::network_is_back(model));
        }
        Err(failure) => {
            account::note_refusal(model, &failure.trouble);
            model.look.failure = Some(failure);
        }
    }
    if road::awaits_news(model) {
        later(model);
    }
    // What the courier saw is in the ledger now, and another Dropoff may have done something.
    jobs.extend(outbox::ask(model));
    jobs.extend(past::refresh(model));
    jobs.push(schedule::next_wake(model));
    jobs
}
