//! `repair`: a copy on which something was put right, without an account, a keychain or a data folder.

use std::sync::Arc;

use serde::Serialize;

use crate::{
    app::{
        message::{CardId, Command, RepairStep},
        model::{Card, Model},
        repair::RepairState,
        wording::repair as words,
    },
    build::{Bare, Session, bare},
    cli::{Exit, args::RepairOptions, print::Printer, send::is_own},
    domain::{
        check::{Occasion, Rules},
        failure::{FileFailure, RepairFailure},
        settings::Stage,
        submission::{Reading, RepairOrder, Repaired},
    },
    worker::{read_whole, save_repaired},
};

#[derive(Serialize)]
struct RepairReport {
    file: String,
    out: Option<String>,
    sha256: Option<String>,
    bytes: Option<u64>,
    can_send: bool,
    repairs: Vec<OneRepair>,
    why: Option<String>,
}

/// How it ended.
enum Done {
    /// There is nothing to repair in what was read.
    Nothing(Reading),
    /// The copy is written.
    Written(Repaired),
}

#[derive(Serialize)]
struct OneRepair {
    repair: &'static str,
    count: u64,
    what: String,
}

pub(super) fn run(printer: &Printer, options: &RepairOptions) -> Exit {
    let bare = match bare() {
        Ok(bare) => bare,
        Err(failure) => {
            printer.cannot_start(&failure);
            return Exit::Failed;
        }
    };
    let done = repair(&bare, options);
    text(&done, options, printer);
    printer.json(&report(&done, options));
    match done {
        Ok(Done::Written(repaired)) if repaired.reading.report.can_be_sent() => Exit::Done,
        Ok(Done::Written(_)) | Err(RepairFailure::Refused(_)) => Exit::Held,
        Ok(Done::Nothing(_)) => Exit::NothingToDo,
        Err(RepairFailure::File(_) | RepairFailure::Place(_)) => Exit::Failed,
    }
}

/// Puts each chosen file right on a copy, which goes instead. What is changed is printed, and so is why a file stays as it is.
pub(super) fn before_sending(session: &mut Session, printer: &Printer) {
    let cards = session.model.cards.iter();
    let repairable = cards.filter(|card| is_own(card) && card.repairable().is_some());
    let ids: Vec<CardId> = repairable.map(|card| card.id).collect();
    for id in ids {
        session.command(Command::Repair(id, RepairStep::Show));
        session.run_until(|model| !is_trying(model, id), |_| {});
        session.command(Command::Repair(id, RepairStep::Take));
        if let Some(card) = session.model.card(id) {
            tell(printer, card);
        }
        session.command(Command::Repair(id, RepairStep::Leave));
    }
}

fn is_trying(model: &Model, id: CardId) -> bool {
    let repair = model.card(id).and_then(Card::shown_repair);
    repair.is_some_and(|repair| repair.state == RepairState::Trying)
}

fn tell(printer: &Printer, card: &Card) {
    let name = card.shown_name();
    match card.repair.as_ref().map(|repair| &repair.state) {
        Some(RepairState::Taken(made)) => printer.line(&format!("{name}: {}", words::on_card(made))),
        Some(RepairState::Shown(Ok(_))) => printer.error(&format!("{name}: {}", words::CANNOT_KEEP), &[]),
        Some(RepairState::Shown(Err(failure))) => printer.explanation(&words::failed(failure)),
        Some(RepairState::Trying) | None => {}
    }
}

fn repair(bare: &Bare, options: &RepairOptions) -> Result<Done, RepairFailure> {
    let occasion = Occasion {
        today: bare.today,
        stage: Stage::Live,
    };
    let rules = Rules::on(occasion, bare.expected.clone(), Arc::clone(&bare.standard));
    let reading = read_whole(bare.files.open(&options.file)?, &rules, &[], |_| {})?;
    // Nobody can cancel, so there is one.
    let reading = reading.ok_or(FileFailure::Changed)?;
    let Some(order) = RepairOrder::of(&reading) else {
        return Ok(Done::Nothing(reading));
    };
    let places = (options.file.as_path(), options.out.as_path());
    let copy = save_repaired(&*bare.files, places, order?, &rules, &[])?;
    Ok(Done::Written(copy.ok_or(FileFailure::Changed)?))
}

fn text(done: &Result<Done, RepairFailure>, options: &RepairOptions, printer: &Printer) {
    match done {
        Ok(Done::Written(repaired)) => {
            printer.line(&words::written(&options.out.display().to_string()));
            for line in words::lines(&repaired.made) {
                printer.line(&format!("  {line}"));
            }
            printer.line(&words::verdict(&repaired.reading.report));
        }
        Ok(Done::Nothing(reading)) => printer.line(&words::nothing_to_repair(&reading.report)),
        Err(failure) => printer.explanation(&words::failed(failure)),
    }
}

fn report(done: &Result<Done, RepairFailure>, options: &RepairOptions) -> RepairReport {
    let (repaired, why) = match done {
        Ok(Done::Written(repaired)) => (Some(repaired), None),
        Ok(Done::Nothing(reading)) => (None, Some(words::nothing_to_repair(&reading.report))),
        Err(failure) => (None, Some(words::failed(failure).paragraph())),
    };
    let reading = repaired.map(|repaired| &repaired.reading);
    let of_file = match done {
        Ok(Done::Nothing(reading)) => Some(reading),
        Ok(Done::Written(_)) | Err(_) => None,
    };
    let repairs = repaired.into_iter().flat_map(|repaired| repaired.made.iter());
    RepairReport {
        file: options.file.display().to_string(),
        out: reading.map(|_| options.out.display().to_string()),
        sha256: reading.map(|reading| reading.sha256.to_string()),
        bytes: reading.map(|reading| reading.size_bytes),
        can_send: reading.or(of_file).is_some_and(|reading| reading.report.can_be_sent()),
        repairs: repairs
            .map(|(repair, count)| OneRepair {
                repair: repair.id(),
                count,
                what: words::line(repair, count),
            })
            .collect(),
        why,
    }
}
