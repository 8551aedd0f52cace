//! What every command and every event does to the model, and which jobs follow. No I/O: the dispatch tables of the program.

mod account;
mod cards;
mod closing;
mod demo;
mod findings;
mod look;
mod outbox;
mod past;
mod privacy;
mod proof;
mod receipt;
mod repair;
mod retire;
mod schedule;
mod sending;
mod setup;
#[cfg(test)]
mod tests;

use crate::{
    app::{
        message::{Command, CourierJob, DeskJob, Event, Job, LeftOut},
        model::{Model, Notice, PasswordState, Place, Tries},
    },
    domain::receipt::Destination,
};

/// The first jobs after the start.
#[must_use]
pub fn begin(model: &mut Model) -> Vec<Job> {
    let mut jobs = match model.place {
        Place::DemoStarting => vec![Job::Desk(DeskJob::StartDemo)],
        Place::Registry => account::look_for_password(model),
        Place::Demo(_) | Place::DemoFailed(_) => Vec::new(),
    };
    jobs.extend(outbox::ask(model));
    jobs.push(privacy::tidy(model));
    jobs.push(schedule::next_wake(model));
    schedule::keep_awake(model, jobs)
}

/// The first jobs of a window, where somebody wants to see at one glance how the month stands, and where files go by
/// themselves when their time has come.
#[must_use]
pub fn begin_in_a_window(model: &mut Model) -> Vec<Job> {
    model.tries = Tries::ByThemselves;
    // The look follows as soon as the password is known.
    if model.password == PasswordState::NotLooked {
        model.look.next = Some(model.now);
    }
    begin(model)
}

/// The first jobs of the background: the same, for the registry's account alone. Nothing of the Demo counts.
#[must_use]
pub fn begin_in_the_background(model: &mut Model) -> Vec<Job> {
    match model.place {
        Place::Registry => begin_in_a_window(model),
        Place::DemoStarting | Place::Demo(_) | Place::DemoFailed(_) => Vec::new(),
    }
}

/// A person asked for it: the only door.
#[must_use]
pub fn apply_command(model: &mut Model, command: Command) -> Vec<Job> {
    let jobs = asked(model, command);
    schedule::keep_awake(model, jobs)
}

fn asked(model: &mut Model, command: Command) -> Vec<Job> {
    if model.retire.is_under_way() {
        return retire::asked_meanwhile(model, &command);
    }
    match command {
        Command::OpenScreen(screen) => {
            model.screen = screen;
            findings::close(model);
            let mut jobs = past::refresh(model);
            jobs.extend(retire::refresh(model));
            jobs
        }
        Command::ChooseRole(role) => setup::choose_role(model, role),
        Command::ChooseStage(stage) => setup::choose_stage(model, stage),
        Command::SetupBack => setup::back(model),
        Command::SetAccount(form, password) => account::set(model, &form, password),
        Command::TestConnection(form, password) => account::test(model, &form, password),
        Command::EnterPassword(password) => account::enter_password(model, password),
        Command::UsePasswordOnce(password) => account::use_password_once(model, password),
        Command::ForgetPassword => account::forget_password(model),
        Command::ChooseAuthority => account::choose_authority(model),
        Command::ChooseFiles => cards::choose(),
        Command::AddPaths(paths) => vec![Job::Desk(DeskJob::Expand(paths))],
        Command::DropWithoutPath => notice(model, Notice::DropWithoutPath),
        Command::UseSamples => vec![Job::Desk(DeskJob::WriteSamples)],
        Command::Findings(command) => findings::asked(model, command),
        Command::RemoveCard(id) => cards::remove(model, id),
        Command::SendReady => sending::send_ready(model),
        Command::TryAgain(id) => sending::try_again(model, id),
        Command::SendAnyway(id) => sending::send_anyway(model, id),
        Command::Repair(id, step) => repair::asked(model, id, step),
        Command::ThisIsRight(id) => sending::this_is_right(model, id),
        Command::TryNow => schedule::try_now(model),
        Command::CancelCard(id) => cards::cancel(model, id),
        Command::Withdraw(id) => outbox::withdraw(model, id),
        Command::SaveReceipt(id) => receipt::save(model, id),
        Command::SavePastReceipt(id) => receipt::save_past(model, id),
        Command::SaveProof(period, to) => proof::ask(model, period, to),
        Command::ShowOlder => past::older(model),
        Command::LookAtRegistry => look::asked(model),
        Command::ChangeSettings(settings) => setup::change_settings(model, *settings),
        Command::AskForDemo => match model.destination() {
            Destination::Demo => Vec::new(),
            Destination::Live | Destination::Testing => notice(model, Notice::OpenAlready),
        },
        Command::LeaveDemo => demo::leave(model),
        Command::RequestClose => closing::request(model),
        Command::AnswerClose(answer) => closing::answer(model, answer),
        Command::RemoveEverything => retire::remove_everything(model),
        Command::Acknowledge(file) => vec![Job::Desk(DeskJob::Acknowledge(file))],
        Command::DismissNotice => {
            model.notice = None;
            Vec::new()
        }
    }
}

/// It happened. An event for something that is gone changes nothing.
#[must_use]
pub fn apply_event(model: &mut Model, event: Event) -> Vec<Job> {
    let jobs = happened(model, event);
    findings::follow(model);
    schedule::keep_awake(model, jobs)
}

fn happened(model: &mut Model, event: Event) -> Vec<Job> {
    if model.retire.is_under_way() {
        return retire::happened_meanwhile(model, event);
    }
    match event {
        Event::Tick(now) => schedule::tick(model, now),
        Event::TextSaved(Ok(false)) | Event::AnswerNoted | Event::CopiesTidied | Event::Retired(_) => Vec::new(),
        Event::SettingsSaved(result) => setup::saved(model, result),
        Event::PasswordLookedFor(account, found) => account::password_looked_for(model, &account, found),
        Event::PasswordKept(account, kept) => account::password_kept(model, &account, kept),
        Event::PasswordGivenOnce(account) => account::password_given_once(model, &account),
        Event::PasswordForgotten(account, result) => account::password_forgotten(model, &account, result),
        Event::FilesFound { files, left_out } => cards::add(model, files, left_out),
        Event::AuthorityChosen(result) => account::authority_chosen(model, result),
        Event::ReadProgress {
            card,
            read_bytes,
            total_bytes,
            so_far,
        } => cards::read_progress(model, card, read_bytes, total_bytes, so_far),
        Event::ExcerptsRead(reread) => findings::read(model, *reread),
        Event::FileRead {
            card,
            submission,
            result,
        } => cards::file_read(model, card, submission, result),
        Event::RepairTried(card, result) => repair::tried(model, card, result),
        Event::Entered(submission, result) => sending::entered(model, submission, *result),
        Event::Moved(submission, result) => outbox::moved(model, submission, *result),
        Event::OutboxRead(account, result) => outbox::read(model, account.as_ref(), result),
        Event::HistoryRead(account, result) => past::read(model, &account, result),
        Event::ProofRead(account, result) => proof::read(model, &account, result),
        Event::PhaseChanged(submission, phase) => sending::phase_changed(model, submission, phase),
        Event::Finished(submission, outcome) => sending::finished(model, submission, *outcome),
        Event::AtSignInSet(what, result) => closing::at_sign_in_set(model, what, result),
        Event::Acknowledged(file, Ok(())) => {
            model.unread.ledgers.retain(|ledger| ledger.file != file);
            Vec::new()
        }
        Event::Acknowledged(_, Err(failure)) => notice(model, Notice::Ledger(failure)),
        Event::LookedBeforeRetiring(result) => retire::looked(model, result.map(|found| *found)),
        Event::Tested(result) => account::tested(model, result),
        Event::Looked(result) => look::looked(model, result),
        Event::DemoStarted(result) => demo::started(model, result),
        Event::SamplesWritten(Ok(paths)) => cards::add(model, paths, LeftOut::default()),
        Event::SamplesWritten(Err(reason)) => notice(model, Notice::NoSamples(reason)),
        Event::TextSaved(Ok(true)) => notice(model, Notice::Saved),
        Event::TextSaved(Err(failure)) => notice(model, Notice::NotSaved(failure)),
        Event::Refused(job) => refused(model, *job),
    }
}

fn notice(model: &mut Model, notice: Notice) -> Vec<Job> {
    model.notice = Some(notice);
    Vec::new()
}

/// The worker's queue was full: nothing may look as if it were under way.
fn refused(model: &mut Model, job: Job) -> Vec<Job> {
    match job {
        Job::Desk(DeskJob::Read { card, .. }) => model.cards.retain(|c| c.id != card),
        Job::Desk(DeskJob::ReadExcerpts(_)) => findings::not_taken(model),
        Job::Desk(DeskJob::TryRepair(trial)) => repair::not_taken(model, trial.card),
        Job::Desk(DeskJob::Enter(entry)) => sending::not_taken(model, entry.submission),
        // It is in the ledger: it waits there, and is tried again.
        Job::Courier(CourierJob::Send(shipment)) => outbox::not_taken(model, shipment.submission),
        Job::Courier(CourierJob::Test { .. }) => model.connection_test = None,
        Job::Courier(CourierJob::Look(..)) => model.look.running = false,
        Job::Desk(DeskJob::ReadOutbox { .. }) => model.outbox.running = false,
        Job::Desk(DeskJob::ReadHistory { .. }) => model.past.running = false,
        Job::Desk(DeskJob::ReadProof(_)) => model.proof_to = None,
        Job::Desk(DeskJob::LookBeforeRetiring) => retire::not_taken(model),
        Job::Desk(DeskJob::SetAtSignIn(_)) => closing::not_taken(model),
        Job::Desk(DeskJob::KeepPassword(..) | DeskJob::KeepPasswordForThisRun(..)) => {
            model.password = PasswordState::NotLooked;
        }
        Job::Desk(DeskJob::SaveSettings(_)) => setup::save_is_over(model),
        Job::Desk(
            DeskJob::LookForPassword(_)
            | DeskJob::ForgetPassword(_)
            | DeskJob::ChooseFiles { .. }
            | DeskJob::ChooseAuthority { .. }
            | DeskJob::Expand(_)
            | DeskJob::Withdraw { .. }
            | DeskJob::NoteAnswer { .. }
            | DeskJob::Acknowledge(_)
            | DeskJob::TidyCopies { .. }
            | DeskJob::SaveText { .. }
            | DeskJob::SaveNew(..)
            | DeskJob::SaveRepaired(_)
            | DeskJob::StartDemo
            | DeskJob::WriteSamples,
        )
        | Job::Courier(CourierJob::AllowLogin(_))
        | Job::WakeAt(_)
        | Job::StartBackground
        | Job::RemoveEverything
        | Job::RemoveDataFolder
        | Job::CloseWindow => {}
    }
    notice(model, Notice::TooBusy)
}
