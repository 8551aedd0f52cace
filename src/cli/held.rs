//! `outbox remove` and `outbox send-anyway`: what a person decides about a file that is held.

use uuid::Uuid;

use crate::{
    app::{
        message::Command,
        model::{Card, Model},
        wording::{elsewhere, notice, terminal},
    },
    build::Session,
    cli::{Exit, folders::give_password, needs_account, outbox, patience, print::Printer, send},
    domain::submission::{Outcome, SubmissionId},
};

pub(super) fn remove(session: &mut Session, printer: &Printer, ids: &[Uuid]) -> Exit {
    if let Err(exit) = outbox::read(session, printer) {
        return exit;
    }
    let removed = ids.iter().map(|id| remove_one(session, printer, SubmissionId(*id)));
    // Each is tried.
    let results: Vec<Result<(), Exit>> = removed.collect();
    results.into_iter().find_map(Result::err).unwrap_or(Exit::Done)
}

fn remove_one(session: &mut Session, printer: &Printer, id: SubmissionId) -> Result<(), Exit> {
    let (name, doubt) = standing(&session.model, id).ok_or_else(|| not_there(id, &session.model, printer))?;
    if doubt == Doubt::MayHaveArrived {
        printer.explanation(&terminal::may_have_arrived(id, &session.model.command_line));
        return Err(Exit::Failed);
    }
    session.command(Command::Withdraw(id));
    session.run_until(|model| !model.outbox.running, |_| {});
    if let Some(trouble) = session.model.notice.take() {
        printer.explanation(&notice::explanation(&trouble));
        return Err(Exit::Failed);
    }
    printer.line(&terminal::removed(id, &name));
    Ok(())
}

pub(super) fn send_anyway(session: &mut Session, printer: &Printer, id: Uuid, password_stdin: bool) -> Exit {
    match try_to_send_anyway(session, printer, SubmissionId(id), password_stdin) {
        Ok(exit) | Err(exit) => exit,
    }
}

fn try_to_send_anyway(
    session: &mut Session,
    printer: &Printer,
    id: SubmissionId,
    password_stdin: bool,
) -> Result<Exit, Exit> {
    needs_account(&session.model, printer)?;
    give_password(session, printer, password_stdin)?;
    outbox::read(session, printer)?;
    let card = in_the_outbox(&session.model, id).ok_or_else(|| not_there(id, &session.model, printer))?;
    if !matches!(card.outcome(), Some(Outcome::Duplicate(_))) {
        printer.explanation(&terminal::no_duplicate(id, &session.model.command_line));
        return Err(Exit::Failed);
    }
    let card = card.id;
    patience::deliver(session, printer, Command::SendAnyway(card));
    patience::wait(session, printer, |one| one.id == card);
    Ok(send::report(session, printer, |one| one.id == card))
}

/// The card of what is in the outbox under this number.
fn in_the_outbox(model: &Model, id: SubmissionId) -> Option<&Card> {
    model.card_of(id).filter(|card| card.is_in_the_outbox())
}

fn not_there(id: SubmissionId, model: &Model, printer: &Printer) -> Exit {
    printer.explanation(&terminal::not_in_the_outbox(id, &model.command_line));
    Exit::Failed
}

/// Whether nobody knows what the registry has of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Doubt {
    None,
    MayHaveArrived,
}

/// What a file of the outbox is called, in whichever account, and whether it may be at the registry.
fn standing(model: &Model, id: SubmissionId) -> Option<(String, Doubt)> {
    let here = in_the_outbox(model, id).map(|card| (card.shown_name(), card.is_unknown()));
    let elsewhere = model.elsewhere.iter().find(|tracked| tracked.record.entered.id == id);
    let elsewhere = elsewhere.map(|tracked| (elsewhere::file(tracked, model).0, tracked.record.state.is_doubtful()));
    here.or(elsewhere).map(|(name, is_doubtful)| {
        let doubt = if is_doubtful {
            Doubt::MayHaveArrived
        } else {
            Doubt::None
        };
        (name, doubt)
    })
}
