//! Looking into the registry's folders, politely, and the passing of time.

use chrono::{DateTime, TimeDelta, Utc};

use crate::{
    app::{
        message::{CourierJob, Job},
        model::{Model, Place},
        road,
        update::account,
    },
    domain::{
        account::Account,
        failure::RegistryFailure,
        naming::next_midnight,
        remote::{FoldersSeen, RemoteFile},
        submission::Delivery,
    },
};

/// The registry is looked at this often while a delivered file has not been picked up. It asks for few connections.
const REGISTRY_PAUSE: TimeDelta = TimeDelta::minutes(15);
/// The Demo takes a file after a few seconds, and nobody else uses it.
const DEMO_PAUSE: TimeDelta = TimeDelta::seconds(3);

pub(super) fn tick(model: &mut Model, now: DateTime<Utc>) -> Vec<Job> {
    model.now = now;
    let mut jobs = if_due(model);
    jobs.push(next_wake(model));
    jobs
}

/// The day in the names changes at midnight; a look may be due before.
pub(super) fn next_wake(model: &Model) -> Job {
    let midnight = next_midnight(model.now, model.settings.time_zone);
    let due = model.look.next.filter(|next| *next > model.now);
    Job::WakeAt(due.map_or(midnight, |due| due.min(midnight)))
}

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

pub(super) fn soon(model: &mut Model) -> Vec<Job> {
    model.look.next = Some(model.now + pause(model));
    vec![next_wake(model)]
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
    match result {
        Ok(seen) if model.account().map(Account::id).as_ref() != Some(&seen.account) => return Vec::new(),
        Ok(seen) => {
            model.now = model.now.max(seen.at);
            model.look.seen = Some(*seen);
            model.look.failure = None;
        }
        Err(failure) => {
            account::note_refusal(model, &failure);
            model.look.failure = Some(failure);
        }
    }
    if road::awaits_news(model) {
        soon(model)
    } else {
        Vec::new()
    }
}
