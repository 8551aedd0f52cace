//! `retire`: removes everything that Dropoff keeps on this computer, or says what that would be.

use serde::Serialize;

use crate::{
    app::wording::{hint::CommandLine, retire as words},
    build::{RetiredFrom, Retirement, Start, StartIn},
    cli::{Exit, args::RetireOptions, print::Printer},
    domain::{
        retire::{Removal, RetireRefusal, Trace, UnknownCopies},
        submission::Record,
    },
};

#[derive(Default, Serialize)]
struct RetireReport {
    removed: Vec<&'static str>,
    left: Vec<LeftReport>,
    /// Files in the data folder that are not Dropoff's own.
    other_files: usize,
    undelivered: Vec<UndeliveredReport>,
}

#[derive(Serialize)]
struct LeftReport {
    what: &'static str,
    why: String,
}

#[derive(Serialize)]
struct UndeliveredReport {
    id: String,
    account: String,
    sha256: String,
    state: &'static str,
}

pub(super) fn run(start: &Start, printer: &Printer, options: &RetireOptions) -> Exit {
    if start.destination == StartIn::Demo {
        printer.error(words::NOT_THE_DEMO, &[]);
        return Exit::Usage;
    }
    let command_line = CommandLine::new(start.data.as_deref());
    let unknown_copies = if options.unknown_copies {
        UnknownCopies::MayGo
    } else {
        UnknownCopies::KeepEverything
    };
    let mut retirement = match Retirement::of(start, RetiredFrom::CommandLine, unknown_copies) {
        Ok(retirement) => retirement,
        Err(failure) => return refused(printer, &RetireRefusal::Folder(failure.to_string()), &command_line),
    };
    if !options.yes {
        return match retirement.look() {
            Ok(()) => would_go(printer, &folder(&retirement)),
            Err(refusal) => refused(printer, &refusal, &command_line),
        };
    }
    let removal = match retirement.carry_out() {
        Ok(removal) => removal,
        Err(refusal) => return refused(printer, &refusal, &command_line),
    };
    let left = retirement.leave();
    went(printer, &removal, left, &folder(&retirement))
}

fn folder(retirement: &Retirement) -> String {
    retirement.data().display().to_string()
}

/// Nothing was done: somebody has to say so first.
fn would_go(printer: &Printer, folder: &str) -> Exit {
    for (heading, lines) in [
        (words::GOES, words::GOES_LIST.as_slice()),
        (words::STAYS, &words::STAYS_LIST),
    ] {
        printer.line(heading);
        for line in lines {
            printer.line(&format!("  {line}"));
        }
    }
    printer.line(&words::data_folder(folder));
    printer.line(words::SAY_YES);
    printer.json(&RetireReport {
        left: Trace::IN_ORDER
            .map(|what| LeftReport {
                what: words::trace_id(what),
                why: words::SAY_YES.to_owned(),
            })
            .into(),
        ..RetireReport::default()
    });
    Exit::Held
}

fn went(printer: &Printer, removal: &Removal, left: Result<(), String>, folder: &str) -> Exit {
    for what in &removal.removed {
        printer.line(&format!("{}: {}", words::REMOVED, words::trace(*what)));
    }
    for (what, why) in &removal.left {
        printer.explanation(&words::left(*what, why, folder));
    }
    if let Err(detail) = left {
        printer.error(words::FOLDER_STAYS, &[detail]);
    }
    if let Some(line) = words::strangers(removal.strangers, folder) {
        printer.line(&line);
    }
    printer.json(&RetireReport {
        removed: removal.removed.iter().map(|what| words::trace_id(*what)).collect(),
        left: removal
            .left
            .iter()
            .map(|(what, why)| LeftReport {
                what: words::trace_id(*what),
                why: why.to_string(),
            })
            .collect(),
        other_files: removal.strangers,
        undelivered: Vec::new(),
    });
    if removal.left.is_empty() {
        Exit::Done
    } else {
        Exit::Failed
    }
}

fn refused(printer: &Printer, refusal: &RetireRefusal, command_line: &CommandLine) -> Exit {
    let mut report = RetireReport::default();
    let exit = match refusal {
        RetireRefusal::Undelivered(records) => {
            report.undelivered = records.iter().map(undelivered).collect();
            Exit::Waiting
        }
        RetireRefusal::SetAside(_) | RetireRefusal::UnknownCopies(_) => Exit::Waiting,
        RetireRefusal::AnotherDropoff | RetireRefusal::Ledger(_) | RetireRefusal::Folder(_) => Exit::Failed,
    };
    printer.error(words::over(&Err(refusal.clone())), &[]);
    printer.explanation(&words::refusal_on_the_terminal(refusal, command_line));
    for one in &report.undelivered {
        printer.error(&format!("  {} {} {}", one.id, one.account, one.state), &[]);
    }
    printer.json(&report);
    exit
}

fn undelivered(record: &Record) -> UndeliveredReport {
    UndeliveredReport {
        id: record.entered.id.to_string(),
        account: record.entered.account.to_string(),
        sha256: record.entered.sha256.to_string(),
        state: record.state.as_str(),
    }
}
