//! `account set`, `account test`, `account forget`.

use serde::Serialize;

use crate::{
    app::{
        account_form::AccountForm,
        message::Command,
        model::{ConnectionTest, Model, Notice, PasswordState},
        wording::{connection, notice, terminal},
    },
    build::Session,
    cli::{Exit, args::SetOptions, input, needs_account, print::Printer},
    domain::{
        secret::Secret,
        settings::{Settings, Stage},
    },
};

pub(super) fn set(session: &mut Session, printer: &Printer, options: &SetOptions) -> Exit {
    let Some(user) = &options.user else {
        return set_stage(session, printer, options.stage());
    };
    let form = match form(&session.model, user, options, printer) {
        Ok(form) => form,
        Err(exit) => return exit,
    };
    if let Err(error) = form.parse(&session.model.profile) {
        printer.error(&terminal::account_form(&error), &[error.to_string()]);
        return Exit::Usage;
    }
    let password = if options.password_stdin {
        input::password_from_stdin(printer)
    } else {
        input::password_from_terminal(printer)
    };
    match password {
        Ok(password) => {
            choose_stage(session, options.stage());
            save(session, printer, form, password)
        }
        Err(exit) => exit,
    }
}

/// The road from testing to live, without the account being typed once more.
fn set_stage(session: &mut Session, printer: &Printer, stage: Option<Stage>) -> Exit {
    if let Err(exit) = needs_account(&session.model, printer) {
        return exit;
    }
    choose_stage(session, stage);
    session.run_until(|model| model.saves_under_way == 0, |_| {});
    if let Some(trouble) = &session.model.notice {
        printer.explanation(&notice::explanation(trouble));
        return Exit::Failed;
    }
    tell(&session.model, printer);
    Exit::Done
}

/// As under Settings.
fn choose_stage(session: &mut Session, stage: Option<Stage>) {
    if stage.is_some() {
        let settings = Settings {
            stage,
            ..session.model.settings.clone()
        };
        session.command(Command::ChangeSettings(Box::new(settings)));
    }
}

/// What is in use now, and in which stage.
fn tell(model: &Model, printer: &Printer) {
    if let Some(account) = model.account() {
        for line in terminal::in_use(account, model) {
            printer.line(&line);
        }
    }
}

fn form(model: &Model, user: &str, options: &SetOptions, printer: &Printer) -> Result<AccountForm, Exit> {
    let kept = model.settings.account.as_ref().filter(|_| !options.registry_defaults);
    let mut form = AccountForm::resumed(kept, user, options.host.as_deref(), &model.profile);
    if let Some(protocol) = options.protocol {
        form = form.with_protocol(protocol);
    }
    if let Some(code) = &options.import_code {
        form.import_code.clone_from(code);
    }
    if let Some(port) = &options.port {
        form.port.clone_from(port);
    }
    // Each takes the other's place.
    if let Some(pin) = &options.pin {
        form.pin.clone_from(pin);
        form.authority = String::new();
    }
    if let Some(path) = &options.ca {
        form.authority = input::authority(path, printer)?;
        form.pin = String::new();
    }
    Ok(form)
}

fn save(session: &mut Session, printer: &Printer, form: AccountForm, password: Secret) -> Exit {
    session.command(Command::SetAccount(Box::new(form), Some(password)));
    session.run_until(|model| model.password.is_settled(), |_| {});
    if let Some(trouble) = &session.model.notice {
        printer.explanation(&notice::explanation(trouble));
        return Exit::Failed;
    }
    session.run_until(|model| !model.outbox.running, |_| {});
    tell(&session.model, printer);
    for left in session.model.left_elsewhere() {
        printer.explanation(&terminal::left_with(&left, &session.model));
    }
    match &session.model.password {
        PasswordState::InKeychain => {
            printer.line("The account is saved, its password is in the keychain.");
            Exit::Done
        }
        PasswordState::ThisRun(reason) | PasswordState::Trouble(reason) => {
            let command_line = &session.model.command_line;
            printer.explanation(&terminal::password_not_kept(command_line, reason.to_string()));
            Exit::Failed
        }
        PasswordState::NotLooked
        | PasswordState::BeingKept
        | PasswordState::Missing
        | PasswordState::GivenOnce
        | PasswordState::Refused => Exit::Failed,
    }
}

#[derive(Serialize)]
struct TestReport {
    ok: bool,
    stage: &'static str,
    steps: Vec<StepReport>,
    title: String,
    next: String,
    details: Vec<String>,
}

#[derive(Serialize)]
struct StepReport {
    step: &'static str,
    result: &'static str,
}

pub(super) fn test(session: &mut Session, printer: &Printer, password_stdin: bool) -> Exit {
    if let Err(exit) = needs_account(&session.model, printer) {
        return exit;
    }
    let password = match password_stdin.then(|| input::password_from_stdin(printer)).transpose() {
        Ok(password) => password,
        Err(exit) => return exit,
    };
    let Some(form) = session.model.account().map(AccountForm::of) else {
        return Exit::Failed;
    };
    session.command(Command::TestConnection(Box::new(form), password));
    session.run_until(|model| model.connection_test != Some(ConnectionTest::Running), |_| {});
    let Some(ConnectionTest::Done(result)) = &session.model.connection_test else {
        return Exit::Failed;
    };
    let words = connection::explanation(result, &session.model.profile);
    let steps = connection::steps(result);
    for (step, result) in &steps {
        printer.line(&format!("{:<10}  {}", result.as_str(), connection::step(*step)));
    }
    printer.line("");
    printer.line(&words.paragraph());
    words
        .details
        .iter()
        .for_each(|detail| printer.line(&format!("  {detail}")));
    printer.line(&terminal::stage(&session.model));
    printer.json(&TestReport {
        ok: result.is_ok(),
        stage: terminal::stage_id(session.model.destination()),
        steps: steps
            .into_iter()
            .map(|(step, result)| StepReport {
                step: connection::step_id(step),
                result: result.as_str(),
            })
            .collect(),
        title: words.title,
        next: words.next,
        details: words.details,
    });
    if result.is_ok() { Exit::Done } else { Exit::Failed }
}

pub(super) fn forget(session: &mut Session, printer: &Printer) -> Exit {
    if session.model.settings.account.is_none() {
        printer.line("There is no account to forget.");
        return Exit::Done;
    }
    session.run_until(|model| model.password.is_settled(), |_| {});
    session.command(Command::ForgetPassword);
    session.run_until(|model| model.notice.is_some(), |_| {});
    let settings = Settings {
        account: None,
        ..session.model.settings.clone()
    };
    let is_forgotten = session.model.notice == Some(Notice::PasswordForgotten);
    let words = session.model.notice.as_ref().map(notice::explanation);
    session.model.notice = None;
    session.command(Command::ChangeSettings(Box::new(settings)));
    if is_forgotten {
        printer.line("The password and the account are forgotten.");
        return Exit::Done;
    }
    printer.error(
        "The account is forgotten. Its password may still be in the keychain.",
        &[],
    );
    if let Some(words) = words {
        printer.explanation(&words);
    }
    Exit::Failed
}
