//! *Past files*, page by page.

use crate::{
    app::{
        message::{DeskJob, History, Job},
        model::{Model, Screen},
    },
    domain::{account::AccountId, failure::LedgerFailure},
};

/// The newest page: when a screen opens that shows past files, and when something has changed meanwhile.
pub(super) fn refresh(model: &mut Model) -> Vec<Job> {
    match model.screen {
        // Help asks which of them was the wrong one.
        Screen::PastFiles | Screen::Help => page(model, 0),
        Screen::ThisMonth | Screen::FixList | Screen::Settings => Vec::new(),
    }
}

pub(super) fn older(model: &mut Model) -> Vec<Job> {
    if !model.past.has_more {
        return Vec::new();
    }
    let leave_out = u32::try_from(model.past.submissions()).unwrap_or(u32::MAX);
    page(model, leave_out)
}

fn page(model: &mut Model, leave_out: u32) -> Vec<Job> {
    let Some(account) = model.account() else {
        return Vec::new();
    };
    let account = account.id();
    if model.past.running {
        return Vec::new();
    }
    model.past.running = true;
    vec![Job::Desk(DeskJob::ReadHistory {
        account,
        destination: model.destination(),
        leave_out,
    })]
}

pub(super) fn read(model: &mut Model, account: &AccountId, result: Result<Box<History>, LedgerFailure>) -> Vec<Job> {
    model.past.running = false;
    if !model.is_in_use(account) {
        // Somebody has changed the account in the meantime.
        return refresh(model);
    }
    match result {
        Ok(page) => model.past.take(*page, model.settings.time_zone),
        Err(failure) => model.past.failure = Some(failure),
    }
    Vec::new()
}
