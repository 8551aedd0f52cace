//! `outbox` and `run`: what waits, and trying all of it at once.

use serde::Serialize;

use crate::{
    app::{
        message::{CardId, Command, Tracked},
        model::{Card, Model},
        wording::{elsewhere, terminal},
    },
    build::Session,
    cli::{Exit, args::RunOptions, folders::give_password, needs_account, patience, print::Printer},
    domain::{
        failure::{FileFailure, SetAside},
        submission::{Outcome, Record, State},
    },
};

#[derive(Serialize)]
struct OutboxReport {
    submissions: Vec<Waiting>,
}

#[derive(Serialize)]
struct Waiting {
    id: String,
    account: String,
    file: Option<String>,
    sha256: String,
    sent_as: Option<String>,
    state: &'static str,
    why: Option<String>,
    next_try: Option<String>,
    #[serde(skip)]
    needs_a_person: bool,
    #[serde(skip)]
    can_be_removed: bool,
}

/// Prints what is in the ledger and not delivered. Asks nobody, sends nothing.
pub(super) fn show(session: &mut Session, printer: &Printer) -> Exit {
    session.look_for_another();
    if let Err(exit) = read(session, printer) {
        return exit;
    }
    // Files of an account that is not in use are shown also where there is none in use.
    if session.model.elsewhere.is_empty()
        && let Err(exit) = needs_account(&session.model, printer)
    {
        return exit;
    }
    print(&session.model, printer)
}

/// Notes that somebody knows of the ledgers that were set aside.
pub(super) fn acknowledge(session: &mut Session, printer: &Printer, ledgers: &[SetAside]) -> Result<(), Exit> {
    for set_aside in ledgers {
        session.command(Command::Acknowledge(set_aside.file.clone()));
    }
    session.run_until(
        |model| model.unread.ledgers.is_empty() || model.notice.is_some(),
        |_| {},
    );
    for set_aside in ledgers
        .iter()
        .filter(|ledger| !session.model.unread.ledgers.contains(ledger))
    {
        printer.line(&terminal::acknowledged(set_aside));
    }
    if session.model.unread.ledgers.is_empty() {
        return Ok(());
    }
    read(session, printer).and(Err(Exit::Failed))
}

/// Tries everything that waits, whatever its next try, except what needs a person, and ends.
pub(super) fn run(session: &mut Session, printer: &Printer, options: &RunOptions) -> Exit {
    if let Err(exit) =
        needs_account(&session.model, printer).and_then(|()| give_password(session, printer, options.password_stdin))
    {
        return exit;
    }
    if let Err(exit) = read(session, printer) {
        return exit;
    }
    let undelivered = session.model.cards.iter().filter(|card| card.is_in_the_outbox());
    let to_go: Vec<CardId> = undelivered.map(|card| card.id).collect();
    patience::deliver(session, printer, Command::TryNow);
    if options.held {
        for id in held(&session.model) {
            patience::deliver(session, printer, Command::TryAgain(id));
        }
    }
    patience::wait(session, printer, Card::is_in_the_outbox);
    printer.progress("");
    // What the courier wrote last is read: it may tell of a part that stayed at the registry.
    session.run_until(|model| !model.outbox.running, |_| {});
    let model = &session.model;
    for card in model.cards.iter().filter(|card| to_go.contains(&card.id)) {
        if let Some(delivery) = card.delivery() {
            printer.line(&terminal::delivered(card, &delivery.sent_as, model));
        }
    }
    print(model, printer)
}

fn held(model: &Model) -> Vec<CardId> {
    let is_held = |card: &&Card| card.is_in_the_outbox() && matches!(card.outcome(), Some(Outcome::NotSent(_)));
    model.cards.iter().filter(is_held).map(|card| card.id).collect()
}

pub(super) fn read(session: &mut Session, printer: &Printer) -> Result<(), Exit> {
    session.run_until(|model| !model.outbox.running, |_| {});
    match &session.model.notice {
        None => Ok(()),
        Some(notice) => {
            printer.explanation(&crate::app::wording::notice::explanation(notice));
            Err(Exit::Failed)
        }
    }
}

fn print(model: &Model, printer: &Printer) -> Exit {
    let here = model.cards.iter().filter_map(|card| waiting(card, model));
    let elsewhere = model.elsewhere.iter().map(|tracked| elsewhere(tracked, model));
    let submissions: Vec<Waiting> = here.chain(elsewhere).collect();
    for one in &submissions {
        let name = one.file.as_deref().map_or_else(String::new, |name| format!("  {name}"));
        printer.line(&format!(
            "{}{name}: {}",
            one.id,
            one.why.as_deref().unwrap_or(one.state)
        ));
    }
    if submissions.is_empty() {
        printer.line(terminal::NOTHING_WAITS);
    } else if submissions.iter().any(|one| one.can_be_removed) {
        printer.line(&terminal::how_to_remove(&model.command_line));
    }
    let exit = if submissions.is_empty() {
        Exit::Done
    } else if submissions.iter().any(|one| one.needs_a_person) {
        Exit::Held
    } else {
        Exit::Waiting
    };
    printer.json(&OutboxReport { submissions });
    exit
}

fn waiting(card: &Card, model: &Model) -> Option<Waiting> {
    let record = card.record.as_ref()?;
    // The courier may know more than the ledger did when it was last read.
    let (is_over, next_try) = match card.outcome()? {
        Outcome::Delivered(_) | Outcome::Cancelled | Outcome::PartLeft { .. } => (true, None),
        // When whoever has it tries again is not known here.
        Outcome::Waiting { .. } | Outcome::Unknown { .. } if model.is_with_another(card) => (false, None),
        Outcome::Waiting { until, .. } => (false, Some(*until)),
        Outcome::Unknown { until, .. } => (false, *until),
        Outcome::Duplicate(_)
        | Outcome::Asked(_)
        | Outcome::NotSent(_)
        | Outcome::FileTrouble(_)
        | Outcome::CopyTrouble(_) => (!record.state.is_undelivered(), None),
    };
    let state = state(card, record);
    (!is_over).then(|| Waiting {
        file: record.entered.sealed_name.as_ref().map(|_| card.file_name.clone()),
        state: state.as_str(),
        why: Some(terminal::why(card, model).paragraph()),
        next_try: next_try.map(|at| at.to_rfc3339_opts(chrono::SecondsFormat::Secs, true)),
        needs_a_person: state == State::Held,
        ..known(record)
    })
}

/// Nothing of it travels before somebody enters its account again.
fn elsewhere(tracked: &Tracked, model: &Model) -> Waiting {
    Waiting {
        file: tracked.file_name.clone(),
        why: Some(elsewhere::why(tracked, model)),
        needs_a_person: true,
        ..known(&tracked.record)
    }
}

/// What the ledger says.
fn known(record: &Record) -> Waiting {
    Waiting {
        id: record.entered.id.to_string(),
        account: record.entered.account.to_string(),
        file: None,
        sha256: record.entered.sha256.to_string(),
        sent_as: record.sent_as.clone(),
        state: record.state.as_str(),
        why: None,
        next_try: None,
        needs_a_person: false,
        can_be_removed: !record.state.is_doubtful(),
    }
}

/// What cannot go before somebody brings its file again is held, whatever it waited for. What somebody has answered is not.
fn state(card: &Card, record: &Record) -> State {
    match card.outcome() {
        Some(Outcome::Waiting { .. }) if record.is_answered() => State::Waiting,
        Some(Outcome::FileTrouble(FileFailure::PlaceUnknown)) => State::Held,
        Some(_) | None => record.state,
    }
}
