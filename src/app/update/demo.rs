//! Into the Demo and out of it. Nothing of it counts for the real account.

use crate::{
    app::{
        message::{DeskJob, Job},
        model::{Model, Notice, PasswordState, Place, Screen, SetupStep},
        update::{account, cards, look, outbox},
    },
    domain::{account::Account, settings::Role},
};

pub(super) fn start(model: &mut Model) -> Vec<Job> {
    let waiting = model.waiting_cards().count();
    clear_the_desk(model);
    model.notice = (waiting > 0).then_some(Notice::WaitsForTheClinic(waiting));
    model.place = Place::DemoStarting;
    vec![Job::Desk(DeskJob::StartDemo)]
}

pub(super) fn started(model: &mut Model, result: Result<Box<Account>, String>) -> Vec<Job> {
    if model.place != Place::DemoStarting {
        return Vec::new();
    }
    match result {
        Ok(account) => {
            model.place = Place::Demo(account);
            model.password = PasswordState::GivenOnce;
        }
        Err(reason) => model.place = Place::DemoFailed(reason),
    }
    let mut jobs = outbox::ask(model);
    jobs.extend(look::if_due(model));
    jobs
}

pub(super) fn leave(model: &mut Model) -> Vec<Job> {
    clear_the_desk(model);
    model.place = Place::Registry;
    model.screen = Screen::ThisMonth;
    if model.settings.role == Some(Role::JustLooking) {
        model.settings.role = None;
    }
    if model.settings.is_set_up() {
        let mut jobs = account::look_for_password(model);
        jobs.extend(outbox::ask(model));
        return jobs;
    }
    model.setup = Some(SetupStep::Role);
    Vec::new()
}

/// Cards, folders and the test belong to the account that was in use.
fn clear_the_desk(model: &mut Model) {
    cards::cancel_all(model);
    model.cards.clear();
    account::forget_what_was_seen(model);
    model.connection_test = None;
    model.notice = None;
    model.password = PasswordState::NotLooked;
}
