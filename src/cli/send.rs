//! `send`: the window's main road, for scripts.

use std::path::Path;

use serde::Serialize;

use crate::{
    app::{
        message::{CardId, Command},
        model::{Card, CardState, Model},
        wording::{self, asking, check::listing, notice, quantity, terminal},
    },
    build::Session,
    cli::{
        Exit,
        args::SendOptions,
        findings::{self, CountsReport, FindingReport},
        folders::give_password,
        needs_account, patience,
        print::Printer,
        repair,
    },
    domain::{
        check::{Severity, repair::Plan},
        settings::Settings,
        submission::{Asked, HoldReason, IfDuplicate, Outcome, Question, Reading},
    },
};

#[derive(Serialize)]
struct SendReport<'a> {
    submissions: Vec<SubmissionReport<'a>>,
}

#[derive(Serialize)]
struct SubmissionReport<'a> {
    id: Option<String>,
    file: String,
    sent_as: Option<String>,
    bytes: Option<u64>,
    sha256: Option<String>,
    messages: Option<u64>,
    state: State,
    why: Option<String>,
    verified: bool,
    counts: Option<CountsReport>,
    findings: Vec<FindingReport<'a>>,
}

/// How a submission ended, as `--json` says it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
enum State {
    Delivered,
    Held,
    Duplicate,
    Waiting,
    Unknown,
    Failed,
}

impl State {
    fn exit(self) -> Exit {
        match self {
            Self::Delivered => Exit::Done,
            Self::Held | Self::Duplicate => Exit::Held,
            Self::Waiting | Self::Unknown => Exit::Waiting,
            Self::Failed => Exit::Failed,
        }
    }
}

pub(super) fn run(session: &mut Session, printer: &Printer, options: &SendOptions) -> Exit {
    if let Err(exit) = needs_account(&session.model, printer)
        .and_then(|()| give_password(session, printer, options.password.password_stdin))
    {
        let submissions = options.files.iter().map(|file| untried(file)).collect();
        printer.json(&SendReport { submissions });
        return exit;
    }
    if let Some(initials) = &options.initials {
        // For this run's receipts only: the settings are not written.
        session.model.settings = Settings {
            initials: initials.clone(),
            ..session.model.settings.clone()
        };
    }
    // What waits from before is `run`'s business; it has its cards before the chosen files have theirs.
    session.run_until(|model| !model.outbox.running, |_| {});
    read(session, printer, options);
    if options.repair {
        repair::before_sending(session, printer);
    }
    answer(session, options);
    tell_findings(session, printer);
    if options.real_patients {
        // They were asked about when they were read.
        let is_asked = |outcome: &Outcome| matches!(outcome, Outcome::Asked(Question::Invented { .. }));
        for id in that_ended(&session.model, is_asked) {
            patience::deliver(session, printer, Command::ThisIsRight(id));
        }
    }
    if options.again {
        // They were known before anybody looked at the registry.
        for id in that_ended(&session.model, |outcome| matches!(outcome, Outcome::Duplicate(_))) {
            patience::deliver(session, printer, Command::SendAnyway(id));
        }
    }
    patience::deliver(session, printer, Command::SendReady);
    patience::wait(session, printer, is_own);
    remarks(session, printer);
    report(session, printer, is_own)
}

/// Whether this command was given its file. What the ledger shows beside it, from before or from a Dropoff that sends at the same
/// time, has no place on this computer that is known here.
pub(super) fn is_own(card: &Card) -> bool {
    card.source.is_some()
}

/// Prints how these files ended.
pub(super) fn report(session: &mut Session, printer: &Printer, is_meant: impl Fn(&Card) -> bool) -> Exit {
    printer.progress("");
    // What the courier wrote last is read, so that the report says where each file stands now.
    session.run_until(|model| !model.outbox.running, |_| {});
    let meant = session.model.cards.iter().filter(|card| is_meant(card));
    let submissions: Vec<SubmissionReport<'_>> = meant.map(|card| submission(card, &session.model)).collect();
    for submission in &submissions {
        text(submission, printer);
    }
    if submissions.is_empty() {
        printer.error("There is no HL7 file among these.", &[]);
    }
    let exit = worst(&submissions);
    printer.json(&SendReport { submissions });
    exit
}

fn read(session: &mut Session, printer: &Printer, options: &SendOptions) {
    let before = session.model.next_card;
    session.model.notice = None;
    session.command(Command::AddPaths(options.files.clone()));
    // Either a card or a notice answers: a folder may hold nothing to send.
    session.run_until(
        |model| {
            let answered = model.next_card > before || model.notice.is_some();
            answered
                && !model
                    .cards
                    .iter()
                    .any(|card| matches!(card.state, CardState::Reading { .. }))
        },
        |_| {},
    );
    if let Some(left_out) = session.model.notice.take() {
        printer.explanation(&notice::explanation(&left_out));
    }
}

/// Nobody is there to be asked: what would be asked is printed, and the file goes, unless it was to be held. Another clinic's
/// file never goes unasked.
fn answer(session: &mut Session, options: &SendOptions) {
    for card in session.model.cards.iter_mut().filter(|card| is_own(card)) {
        card.answers.gap = Asked::ThisIsRight;
        let could_go = matches!(card.state, CardState::Ready | CardState::Done(Outcome::Asked(_)));
        if options.hold.hold_errors && could_go && card.reading.as_ref().is_some_and(is_faulty) {
            card.state = CardState::Held(HoldReason::Faulty);
        }
        card.answers.facility = if options.hold.any_facility {
            Asked::ThisIsRight
        } else {
            Asked::First
        };
        card.answers.duplicate = if options.again {
            IfDuplicate::SendAgain
        } else {
            IfDuplicate::Hold
        };
        card.answers.overlap = if options.hold.hold_overlap {
            Asked::Strictly
        } else {
            Asked::ThisIsRight
        };
    }
}

/// Whether the registry may complain about it.
fn is_faulty(reading: &Reading) -> bool {
    let complaints = [Severity::Error, Severity::Warning].map(|severity| reading.report.count(severity));
    complaints.iter().any(|count| *count > 0)
}

/// What the check found, before anything goes: errors and warnings keep a file here only where somebody wanted that.
fn tell_findings(session: &Session, printer: &Printer) {
    for card in session.model.cards.iter().filter(|card| is_own(card)) {
        let report = card.reading.as_ref().map(|reading| &reading.report);
        if let Some(report) = report.filter(|report| report.worst() >= Some(Severity::Warning)) {
            printer.line(&format!("{}: {}", shown(card), listing::totals(report)));
            findings::text(report, Severity::Warning, printer);
            printer.line("");
        }
    }
}

fn remarks(session: &Session, printer: &Printer) {
    for card in session.model.cards.iter().filter(|card| is_own(card)) {
        let is_repairable = |reading: &Reading| Plan::can_be_made(&reading.report);
        if card.taken_repair().is_none() && card.reading.as_ref().is_some_and(is_repairable) {
            printer.error(&format!("{}: {}", shown(card), wording::repair::COMMAND), &[]);
        }
        for asked in &card.remarks {
            let remark = asking::remark(asked, &session.model);
            printer.error(&format!("{}: {remark}", shown(card)), &[]);
        }
    }
}

/// The files of this command that ended so.
fn that_ended(model: &Model, is_meant: impl Fn(&Outcome) -> bool) -> Vec<CardId> {
    let own = model.cards.iter().filter(|card| is_own(card));
    own.filter(|card| card.outcome().is_some_and(&is_meant))
        .map(|card| card.id)
        .collect()
}

fn submission<'a>(card: &'a Card, model: &Model) -> SubmissionReport<'a> {
    let reading = card.reading.as_ref();
    let record = card.record.as_ref();
    let (state, sent_as) = state(&card.state);
    let why = (state != State::Delivered).then(|| {
        let words = terminal::why(card, model);
        let details = words.details.iter().map(|detail| format!(" [{detail}]"));
        std::iter::once(words.paragraph()).chain(details).collect()
    });
    let in_the_outbox = record.filter(|record| record.state.is_undelivered() && state != State::Delivered);
    SubmissionReport {
        id: in_the_outbox.map(|record| record.entered.id.to_string()),
        file: shown(card),
        sent_as,
        bytes: card.size_bytes(),
        sha256: card.sha256().map(|sha256| sha256.to_string()),
        messages: reading
            .map(|reading| reading.report.summary.messages)
            .or_else(|| record.map(|record| record.entered.counts.messages)),
        state,
        why,
        verified: state == State::Delivered,
        counts: reading.map(|reading| CountsReport::of(&reading.report)),
        findings: reading.map_or_else(Vec::new, |reading| FindingReport::all_of(&reading.report)),
    }
}

/// The path as it was given, or what is known of a file that was chosen before.
fn shown(card: &Card) -> String {
    match &card.source {
        Some(path) => path.display().to_string(),
        None => card.file_name.clone(),
    }
}

/// Nothing was even looked at: there is no account, or no password for it.
fn untried(file: &Path) -> SubmissionReport<'static> {
    SubmissionReport {
        id: None,
        file: file.display().to_string(),
        sent_as: None,
        bytes: None,
        sha256: None,
        messages: None,
        state: State::Failed,
        why: Some("There is no account, or no password for it.".to_owned()),
        verified: false,
        counts: None,
        findings: Vec::new(),
    }
}

fn state(state: &CardState) -> (State, Option<String>) {
    match state {
        CardState::Held(_) => (State::Held, None),
        CardState::Reading { .. } | CardState::Unreadable(_) | CardState::Ready | CardState::Sending(_) => {
            (State::Failed, None)
        }
        CardState::Done(outcome) => match outcome {
            Outcome::Delivered(delivery) => (State::Delivered, Some(delivery.sent_as.clone())),
            Outcome::Duplicate(duplicate) => (State::Duplicate, Some(duplicate.name.clone())),
            Outcome::Asked(_) => (State::Held, None),
            Outcome::Unknown { sent_as, .. } => (State::Unknown, Some(sent_as.clone())),
            Outcome::Waiting { .. } => (State::Waiting, None),
            Outcome::NotSent(_)
            | Outcome::FileTrouble(_)
            | Outcome::CopyTrouble(_)
            | Outcome::PartLeft { .. }
            | Outcome::Cancelled => (State::Failed, None),
        },
    }
}

fn text(submission: &SubmissionReport<'_>, printer: &Printer) {
    let SubmissionReport {
        file,
        sent_as,
        bytes,
        messages,
        why,
        ..
    } = submission;
    match (why, sent_as) {
        (None, Some(sent_as)) => printer.line(&format!(
            "{file}: delivered as {sent_as} ({}, {}), verified",
            quantity::size(bytes.unwrap_or_default()),
            quantity::count(messages.unwrap_or_default(), "message", "messages"),
        )),
        (why, _) => printer.line(&format!("{file}: {}", why.as_deref().unwrap_or_default())),
    }
}

/// 1 before 4 before 3. Nothing to send is a failure.
fn worst(submissions: &[SubmissionReport<'_>]) -> Exit {
    let exits: Vec<Exit> = submissions.iter().map(|submission| submission.state.exit()).collect();
    [Exit::Failed, Exit::Held, Exit::Waiting]
        .into_iter()
        .find(|exit| exits.contains(exit))
        .unwrap_or(if exits.is_empty() { Exit::Failed } else { Exit::Done })
}
