//! The account, its password, and the test of the way there.

use crate::{
    app::{
        account_form::AccountForm,
        message::{CourierJob, DeskJob, Job},
        model::{ConnectionTest, Look, Model, Notice, PasswordState, Place},
        past::PastFiles,
        update::{look, notice, outbox, schedule, setup},
        wording,
    },
    domain::{
        account::{Account, AccountId},
        failure::{FileFailure, RegistryFailure, Trouble, VaultFailure},
        remote::ConnectionFacts,
        secret::Secret,
    },
};

pub(super) fn look_for_password(model: &Model) -> Vec<Job> {
    model
        .account()
        .map(|account| Job::Desk(DeskJob::LookForPassword(account.id())))
        .into_iter()
        .collect()
}

pub(super) fn set(model: &mut Model, form: &AccountForm, password: Option<Secret>) -> Vec<Job> {
    let account = match form.parse(&model.profile) {
        Ok(account) => account,
        Err(error) => return notice(model, Notice::AccountForm(error)),
    };
    let is_another = model.settings.account.as_ref().map(Account::id) != Some(account.id());
    model.settings.account = Some(account);
    model.place = Place::Registry;
    model.setup = None;
    model.notice = None;
    if is_another {
        forget_what_was_seen(model);
        model.password = PasswordState::NotLooked;
    }
    let mut jobs = vec![setup::save(model)];
    if is_another {
        jobs.extend(outbox::ask(model));
    }
    jobs.extend(match password {
        Some(password) => enter_password(model, password),
        None => look_for_password(model),
    });
    jobs
}

/// What was seen belongs to the account that was in use.
pub(super) fn forget_what_was_seen(model: &mut Model) {
    model.look = Look::default();
    model.outage = None;
    model.past = PastFiles::default();
    model.elsewhere = Vec::new();
}

pub(super) fn enter_password(model: &mut Model, password: Secret) -> Vec<Job> {
    keep(model, |account| DeskJob::KeepPassword(account, password))
}

pub(super) fn use_password_once(model: &mut Model, password: Secret) -> Vec<Job> {
    keep(model, |account| DeskJob::KeepPasswordForThisRun(account, password))
}

fn keep(model: &mut Model, job: impl FnOnce(AccountId) -> DeskJob) -> Vec<Job> {
    let Some(account) = model.account().map(Account::id) else {
        return Vec::new();
    };
    model.password = PasswordState::BeingKept;
    vec![
        Job::Desk(job(account.clone())),
        Job::Courier(CourierJob::AllowLogin(account)),
    ]
}

pub(super) fn forget_password(model: &mut Model) -> Vec<Job> {
    model
        .account()
        .map(|account| Job::Desk(DeskJob::ForgetPassword(account.id())))
        .into_iter()
        .collect()
}

pub(super) fn password_looked_for(
    model: &mut Model,
    account: &AccountId,
    found: Result<bool, VaultFailure>,
) -> Vec<Job> {
    if model.is_in_use(account) && model.password != PasswordState::BeingKept {
        model.password = match found {
            Ok(true) => PasswordState::InKeychain,
            Ok(false) => PasswordState::Missing,
            Err(failure) => PasswordState::Trouble(failure),
        };
    }
    let mut jobs = look::if_due(model);
    jobs.extend(schedule::due(model));
    jobs
}

pub(super) fn password_kept(model: &mut Model, account: &AccountId, kept: Result<(), VaultFailure>) -> Vec<Job> {
    if model.is_in_use(account) {
        model.password = match kept {
            Ok(()) => PasswordState::InKeychain,
            Err(reason) => PasswordState::ThisRun(reason),
        };
    }
    now_there_is_one(model)
}

pub(super) fn password_given_once(model: &mut Model, account: &AccountId) -> Vec<Job> {
    if model.is_in_use(account) {
        model.password = PasswordState::GivenOnce;
    }
    now_there_is_one(model)
}

fn now_there_is_one(model: &mut Model) -> Vec<Job> {
    let mut jobs = look::if_due(model);
    jobs.extend(schedule::password_is_there(model));
    jobs
}

pub(super) fn password_forgotten(model: &mut Model, account: &AccountId, result: Result<(), VaultFailure>) -> Vec<Job> {
    if !model.is_in_use(account) {
        return Vec::new();
    }
    match result {
        Ok(()) => {
            model.password = PasswordState::Missing;
            notice(model, Notice::PasswordForgotten)
        }
        Err(failure) => notice(model, Notice::PasswordNotForgotten(failure)),
    }
}

pub(super) fn test(model: &mut Model, form: &AccountForm, password: Option<Secret>) -> Vec<Job> {
    match form.parse(&model.profile) {
        Ok(account) => {
            model.connection_test = Some(ConnectionTest::Running);
            model.notice = None;
            vec![Job::Courier(CourierJob::Test {
                account: Box::new(account),
                password,
            })]
        }
        Err(error) => notice(model, Notice::AccountForm(error)),
    }
}

pub(super) fn tested(model: &mut Model, result: Result<Box<ConnectionFacts>, RegistryFailure>) -> Vec<Job> {
    if model.connection_test == Some(ConnectionTest::Running) {
        model.connection_test = Some(ConnectionTest::Done(result));
    }
    Vec::new()
}

/// Remembers a refusal: accounts get locked, so nothing is tried until somebody enters another password.
pub(super) fn note_refusal(model: &mut Model, trouble: &Trouble) {
    if *trouble == Trouble::PasswordRefused {
        model.password = PasswordState::Refused;
    }
}

pub(super) fn choose_authority(model: &mut Model) -> Vec<Job> {
    // The same file chosen once more is a choice too.
    model.chosen_authority = None;
    vec![Job::Desk(DeskJob::ChooseAuthority {
        title: wording::screen::CHOOSE_AUTHORITY_TITLE.to_owned(),
    })]
}

pub(super) fn authority_chosen(model: &mut Model, result: Result<Option<String>, FileFailure>) -> Vec<Job> {
    match result {
        Ok(chosen) => {
            model.chosen_authority = chosen;
            Vec::new()
        }
        Err(failure) => notice(model, Notice::AuthorityUnreadable(failure)),
    }
}
