//! The command line: the same model and worker as the window, for scripts and for IT.

mod account;
mod args;
mod check;
mod demo;
mod explain;
mod findings;
mod folders;
mod held;
mod input;
mod outbox;
mod patience;
mod print;
mod proof;
mod repair;
mod retire;
mod send;

use std::process::ExitCode;

use clap::Parser;

use crate::{
    app::{
        model::{Model, Place},
        wording,
    },
    build::{Session, Start, StartIn},
    cli::{
        args::{AccountCommand, Args, OutboxCommand, OutboxOptions, SessionCommand, Subcommand},
        print::Printer,
    },
};

/// How the program ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Exit {
    /// All of it was done.
    Done,
    /// Something failed.
    Failed,
    /// The words on the command line are off.
    Usage,
    /// Something waits for an answer of the registry.
    Waiting,
    /// Something was held back, or may not be sent.
    Held,
    /// A file can be sent, and the registry may complain.
    Complaints,
    /// There was nothing to do.
    NothingToDo,
}

impl Exit {
    fn code(self) -> ExitCode {
        ExitCode::from(match self {
            Self::Done => 0,
            Self::Failed => 1,
            Self::Usage => 2,
            Self::Waiting => 3,
            Self::Held => 4,
            Self::Complaints => 5,
            Self::NothingToDo => 6,
        })
    }
}

/// Runs `dropoff-cli`.
pub fn run() -> ExitCode {
    let args = Args::parse();
    let printer = Printer::new(args.common.json);
    let exit = work(args, &printer);
    printer.end(exit);
    exit.code()
}

fn work(args: Args, printer: &Printer) -> Exit {
    let start = Start {
        data: args.common.data,
        destination: if args.common.demo {
            StartIn::Demo
        } else {
            StartIn::Settings
        },
    };
    let command = match args.command {
        Subcommand::Check(options) => return check::run(printer, &options),
        Subcommand::Repair(options) => return repair::run(printer, &options),
        Subcommand::Explain(options) => return explain::run(printer, &options),
        Subcommand::Demo => return demo::run(&start, printer),
        Subcommand::Retire(options) => return retire::run(&start, printer, &options),
        Subcommand::Session(command) => command,
    };
    let mut session = match Session::start(&start) {
        Ok(session) => session,
        Err(failure) => {
            printer.cannot_start(&failure);
            return Exit::Failed;
        }
    };
    if let Err(exit) = acknowledged(&mut session, printer, &command).and_then(|()| settle_in(&mut session, printer)) {
        return exit;
    }
    match command {
        SessionCommand::Account(AccountCommand::Set(options)) => account::set(&mut session, printer, &options),
        SessionCommand::Account(AccountCommand::Test(options)) => {
            account::test(&mut session, printer, options.password_stdin)
        }
        SessionCommand::Account(AccountCommand::Forget) => account::forget(&mut session, printer),
        SessionCommand::Folders(options) => folders::run(&mut session, printer, options.password_stdin),
        SessionCommand::Outbox(OutboxOptions { command: None, .. }) => outbox::show(&mut session, printer),
        SessionCommand::Outbox(OutboxOptions {
            command: Some(command), ..
        }) => match command {
            OutboxCommand::Remove { ids } => held::remove(&mut session, printer, &ids),
            OutboxCommand::SendAnyway { id, password } => {
                held::send_anyway(&mut session, printer, id, password.password_stdin)
            }
        },
        SessionCommand::Proof(options) => proof::run(&mut session, printer, &options),
        SessionCommand::Run(options) => outbox::run(&mut session, printer, &options),
        SessionCommand::Send(options) => send::run(&mut session, printer, &options),
    }
}

/// What may wait unknown to everybody ends each run, until somebody says that they know.
fn acknowledged(session: &mut Session, printer: &Printer, command: &SessionCommand) -> Result<(), Exit> {
    let unread = session.model.unread.clone();
    if matches!(command, SessionCommand::Outbox(OutboxOptions { acknowledge: true, .. })) {
        return outbox::acknowledge(session, printer, &unread.ledgers);
    }
    for set_aside in &unread.ledgers {
        printer.explanation(&wording::terminal::set_aside(
            set_aside,
            unread.copies,
            &session.model.command_line,
        ));
    }
    if unread.ledgers.is_empty() {
        Ok(())
    } else {
        Err(Exit::Failed)
    }
}

/// Damaged settings end the run, so that nothing is written over them; the Demo gets the time to start.
fn settle_in(session: &mut Session, printer: &Printer) -> Result<(), Exit> {
    if let Some(notice) = &session.model.notice {
        printer.explanation(&wording::notice::explanation(notice));
        return Err(Exit::Failed);
    }
    session.run_until(|model| model.place != Place::DemoStarting, |_| {});
    if let Place::DemoFailed(reason) = &session.model.place {
        printer.error(wording::screen::DEMO_FAILED, std::slice::from_ref(reason));
        return Err(Exit::Failed);
    }
    Ok(())
}

/// The account in use, or the reason why nothing can be done.
fn needs_account(model: &Model, printer: &Printer) -> Result<(), Exit> {
    if model.account().is_some() {
        return Ok(());
    }
    printer.explanation(&wording::terminal::no_account(&model.command_line));
    Err(Exit::Failed)
}
