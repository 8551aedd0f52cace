//! The first start, and later changes of what was chosen there.

use crate::{
    app::{
        message::{DeskJob, Job},
        model::{Model, Notice, Place, SetupStep},
        update::{cards, demo, notice, privacy},
    },
    domain::{
        failure::SettingsFailure,
        settings::{Role, Settings, Stage},
    },
};

pub(super) fn choose_role(model: &mut Model, role: Role) -> Vec<Job> {
    if role == Role::JustLooking && model.is_sending() {
        // The Demo clears the desk: a transfer would end with nobody told what became of it.
        return notice(model, Notice::TooBusy);
    }
    model.settings.role = Some(role);
    match role {
        Role::JustLooking => {
            model.setup = None;
            let mut jobs = vec![save(model)];
            jobs.extend(demo::start(model));
            jobs
        }
        Role::WeSend | Role::EhrSends => {
            model.place = Place::Registry;
            model.setup = Some(SetupStep::Stage);
            Vec::new()
        }
    }
}

pub(super) fn choose_stage(model: &mut Model, stage: Stage) -> Vec<Job> {
    model.settings.stage = Some(stage);
    model.setup = Some(SetupStep::Account);
    model.connection_test = None;
    Vec::new()
}

pub(super) fn back(model: &mut Model) -> Vec<Job> {
    model.setup = model.setup.map(|step| match step {
        SetupStep::Role | SetupStep::Stage => SetupStep::Role,
        SetupStep::Account => SetupStep::Stage,
    });
    Vec::new()
}

pub(super) fn change_settings(model: &mut Model, settings: Settings) -> Vec<Job> {
    let is_kept_as_long = model.settings.retention == settings.retention;
    model.settings = settings;
    let mut jobs = vec![save(model)];
    jobs.extend(cards::recheck(model));
    if !is_kept_as_long {
        jobs.push(privacy::tidy(model));
    }
    jobs
}

pub(super) fn save(model: &mut Model) -> Job {
    model.saves_under_way += 1;
    Job::Desk(DeskJob::SaveSettings(Box::new(model.settings.clone())))
}

pub(super) fn saved(model: &mut Model, result: Result<(), SettingsFailure>) -> Vec<Job> {
    save_is_over(model);
    match result {
        Ok(()) => Vec::new(),
        Err(failure) => notice(model, Notice::SettingsNotSaved(failure)),
    }
}

pub(super) fn save_is_over(model: &mut Model) {
    model.saves_under_way = model.saves_under_way.saturating_sub(1);
}
