//! The words on a file's card.

use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;

use crate::{
    app::{
        model::{Card, CardState, Model},
        road::{self, Station},
        wording::{
            Explanation, asking, books, check,
            failure::{self, FileFate},
            findings,
            name::harmless,
            past, quantity, waiting,
        },
    },
    domain::{
        check::{
            Finding, Report, Severity,
            repair::{Plan, Refusal},
        },
        failure::{FileFailure, RegistryFailure},
        naming::first_free_name,
        receipt::Destination,
        submission::{Counts, Duplicate, HoldReason, Outcome, Phase, Why},
    },
};

/// How a verdict is marked: shape, colour and word always together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// Nothing to say yet.
    Working,
    /// ✔
    Good,
    /// ▲
    Careful,
    /// ■
    Stopped,
    /// A cross: a record that may be refused.
    Refused,
    /// Good to know.
    Note,
}

impl Mark {
    /// What a screen reader says for it.
    pub fn spoken(self) -> &'static str {
        match self {
            Self::Working => "Working",
            Self::Good => "Good",
            Self::Careful => "Attention",
            Self::Stopped => "Stopped",
            Self::Refused => "May not be stored",
            Self::Note => "Note",
        }
    }
}

/// What a card says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// The shape.
    pub mark: Mark,
    /// The words.
    pub words: Explanation,
}

/// `40 patients · 63 vaccinations · given November 1 to 20`, where the file holds something.
pub fn counts(card: &Card) -> Option<String> {
    let read = card.reading.as_ref().map(|reading| Counts::of(&reading.report.summary));
    let counts = read.or_else(|| card.record.as_ref().map(|record| record.entered.counts.clone()))?;
    (counts.messages > 0).then(|| counts_of(&counts))
}

/// `40 patients · 63 vaccinations · given November 1 to 20`
pub fn counts_of(counts: &Counts) -> String {
    let mut parts = vec![
        quantity::count(counts.patients, "patient", "patients"),
        quantity::count(counts.vaccinations, "vaccination", "vaccinations"),
    ];
    if let (Some(first), Some(last)) = (counts.first_vaccination, counts.last_vaccination) {
        parts.push(format!("given {}", quantity::span(first, last)));
    }
    parts.join(" · ")
}

/// What a file is called whose own name cannot be opened: the key that sealed it is gone.
pub fn nameless(entered: DateTime<Utc>, zone: Tz) -> String {
    entered.with_timezone(&zone).format("A file of %B %-d").to_string()
}

/// The name that the file will most likely get, and why: `Goes as CLINIC0126324.hl7 (day 324 of 2026 is today)`.
pub fn name_to_be(model: &Model) -> Option<(String, String)> {
    let account = model.account()?;
    let today = model.today();
    let in_folders = model
        .look
        .seen
        .iter()
        .flat_map(|seen| seen.dropoff.iter().chain(&seen.accepted));
    let seen = in_folders.map(|file| file.name.as_str());
    let ours = model
        .cards
        .iter()
        .filter_map(|card| card.record.as_ref()?.sent_as.as_deref());
    let used: Vec<&str> = seen.chain(ours).collect();
    let is_used = |name: &str| used.iter().any(|other| other.eq_ignore_ascii_case(name));
    let free = first_free_name(&account.import_code, today, &model.settings.same_day_template, is_used);
    Some((free.name, today.format("day %-j of %Y is today").to_string()))
}

/// What the card says now.
pub fn verdict(card: &Card, model: &Model) -> Verdict {
    match &card.state {
        CardState::Reading { so_far, .. } => plain_owned(
            Mark::Working,
            (
                "Reading the file.".to_owned(),
                findings::so_far(so_far).unwrap_or_default(),
            ),
        ),
        CardState::Unreadable(trouble) => Verdict {
            mark: Mark::Stopped,
            words: failure::file(trouble),
        },
        CardState::Held(reason) => plain_owned(Mark::Stopped, held(card, *reason)),
        CardState::Ready => ready(card),
        CardState::Sending(phase) => plain_owned(Mark::Working, (sending(card, *phase).to_owned(), String::new())),
        CardState::Done(outcome) => done(card, outcome, model),
    }
}

fn plain(mark: Mark, title: &str, next: &str) -> Verdict {
    plain_owned(mark, (title.to_owned(), next.to_owned()))
}

fn plain_owned(mark: Mark, (title, next): (String, String)) -> Verdict {
    Verdict {
        mark,
        words: Explanation {
            title,
            file: String::new(),
            next,
            details: Vec::new(),
        },
    }
}

/// Nothing keeps it here. What the registry may not store or may complain about is said, the worst first.
fn ready(card: &Card) -> Verdict {
    const READY: &str = "Ready to send.";
    let report = card.reading.as_ref().map(|reading| &reading.report);
    let Some((report, worst)) = report.and_then(|report| Some((report, report.worst_finding()?))) else {
        return plain(Mark::Good, READY, "");
    };
    match worst.severity {
        Severity::Blocker | Severity::Error => plain_owned(
            Mark::Careful,
            (
                format!("Ready, but the registry {}", findings::may_not_store_words(report)),
                format!(
                    "{} Better fixed first. If you send it, the whole file goes.",
                    findings::worst_and_more(worst, report)
                ),
            ),
        ),
        Severity::Warning => {
            let title = "Ready, but the registry may complain.".to_owned();
            plain_owned(Mark::Careful, (title, findings::worst_and_more(worst, report)))
        }
        Severity::Note => plain_owned(
            Mark::Good,
            (
                READY.to_owned(),
                format!("Good to know: {}", findings::worst_and_more(worst, report)),
            ),
        ),
    }
}

/// Why a file stays here.
fn held(card: &Card, reason: HoldReason) -> (String, String) {
    let report = card.reading.as_ref().map(|reading| &*reading.report);
    let worst = report.and_then(|report| Some((report, report.worst_finding()?)));
    match (reason, worst) {
        (HoldReason::OnAnotherCard, _) => (
            "The same file is here already.".to_owned(),
            "Nothing to do: remove this one.".to_owned(),
        ),
        (HoldReason::Faulty, Some((report, finding))) => {
            let may = match finding.severity {
                Severity::Blocker | Severity::Error => findings::may_not_store_words(report),
                Severity::Warning | Severity::Note => findings::may_complain_words(report),
            };
            (
                format!("Not sent: the registry {may}"),
                findings::worst_and_more(finding, report),
            )
        }
        (HoldReason::Checked, Some((report, finding))) => {
            let words = check::of(in_the_way(report).unwrap_or(finding));
            if finding.severity == Severity::Error {
                return (findings::error_free(report), words.title.into_owned());
            }
            (words.title.into_owned(), words.fix.into_owned())
        }
        (HoldReason::Checked | HoldReason::Faulty, None) => (
            "This file can't be sent.".to_owned(),
            "Export it again, then drop it here.".to_owned(),
        ),
    }
}

/// What stands in the way of a copy, which would put the rest right.
fn in_the_way(report: &Report) -> Option<&Finding> {
    let Some(Err(Refusal::Finding(rule))) = Plan::of(report) else {
        return None;
    };
    report.findings.iter().find(|finding| finding.rule == rule)
}

/// What the courier is doing.
pub fn sending(card: &Card, phase: Phase) -> &'static str {
    let is_doubtful = card.record.as_ref().is_some_and(|record| record.state.is_doubtful());
    match phase {
        Phase::Queued | Phase::Connecting if is_doubtful => waiting::IN_DOUBT,
        Phase::Entering { .. } => "Making a safe copy.",
        Phase::Queued => "Next in line.",
        Phase::Checking { .. } => "Checking the safe copy.",
        Phase::Connecting => "Connecting to the registry.",
        Phase::Uploading { .. } => "Sending.",
        Phase::Verifying => "Asking the registry whether it has the whole file.",
    }
}

/// Share sent and time left: `42 % · 30 seconds left`; of a long file that is being copied or checked the share: `42 %`.
pub fn progress(phase: Phase, size_bytes: u64) -> Option<(f32, String)> {
    let (done_bytes, left) = match phase {
        Phase::Uploading { sent_bytes, began, at } => (sent_bytes, time_left(sent_bytes, size_bytes, at - began)),
        Phase::Entering {
            copied_bytes: copied_bytes @ 1..,
        } => (copied_bytes, None),
        Phase::Checking {
            checked_bytes: checked_bytes @ 1..,
        } => (checked_bytes, None),
        Phase::Entering { copied_bytes: 0 }
        | Phase::Checking { checked_bytes: 0 }
        | Phase::Queued
        | Phase::Connecting
        | Phase::Verifying => return None,
    };
    let percent = (u128::from(done_bytes) * 100)
        .checked_div(u128::from(size_bytes))
        .unwrap_or(100);
    let percent = u8::try_from(percent.min(100)).unwrap_or(100);
    let text = left.map_or_else(
        || format!("{percent} %"),
        |left| format!("{percent} % · {} left", quantity::duration(left)),
    );
    Some((f32::from(percent) / 100.0, text))
}

/// By the average so far; nothing in the first second, when it would be a guess.
fn time_left(sent_bytes: u64, size_bytes: u64, spent: TimeDelta) -> Option<TimeDelta> {
    let spent_ms = u128::try_from(spent.num_milliseconds())
        .ok()
        .filter(|ms| *ms >= 1_000)?;
    let left_ms = spent_ms
        .checked_mul(u128::from(size_bytes.saturating_sub(sent_bytes)))?
        .checked_div(u128::from(sent_bytes))?;
    TimeDelta::try_milliseconds(i64::try_from(left_ms).ok()?)
}

fn done(card: &Card, outcome: &Outcome, model: &Model) -> Verdict {
    let stopped = |mut words: Explanation| {
        if card.is_in_the_outbox() && card.source.is_none() {
            words.next = waiting::drop_it_again(model);
        }
        if *outcome == Outcome::FileTrouble(FileFailure::PlaceUnknown) {
            waiting::NO_KEYCHAIN.clone_into(&mut words.file);
        }
        Verdict {
            mark: Mark::Stopped,
            words,
        }
    };
    match outcome {
        Outcome::Delivered(delivery) => delivered(card, &delivery.sent_as, model),
        Outcome::Duplicate(duplicate) => plain_owned(Mark::Careful, already_sent(duplicate, model)),
        Outcome::Asked(asked) => {
            let words = asking::question(asked, model);
            plain_owned(Mark::Careful, (words.title, words.next.to_owned()))
        }
        Outcome::Unknown { failure, until, .. } => waiting::unknown(card, failure, *until, model),
        Outcome::Waiting { until, why } => waiting::waiting(card, *until, why, model),
        Outcome::NotSent(failure) => Verdict {
            mark: Mark::Stopped,
            words: not_sent(card, failure, model),
        },
        Outcome::FileTrouble(failure) => stopped(failure::file(failure)),
        Outcome::CopyTrouble(failure) => stopped(books::copy(failure)),
        Outcome::PartLeft { sent_as } => plain_owned(
            Mark::Careful,
            (
                format!("Cancelled. A part of it stays at the registry as {sent_as}."),
                format!(
                    "The registry lets nobody remove it. Write to {} and say that it is to be ignored.",
                    model.profile.data_exchange.email
                ),
            ),
        ),
        Outcome::Cancelled => plain(
            Mark::Careful,
            "Cancelled. Nothing of it is at the registry.",
            "Send it when you are ready.",
        ),
    }
}

fn not_sent(card: &Card, failure: &RegistryFailure, model: &Model) -> Explanation {
    let mut words = failure::registry(failure, FileFate::NotSent, &model.profile);
    if card.needs_its_original() {
        waiting::KEEP_THE_ORIGINAL.clone_into(&mut words.file);
    } else if card.is_in_the_outbox() && failure.trouble.seen_certificate().is_none() {
        "The file was not sent. It is safe here.".clone_into(&mut words.file);
    }
    words
}

fn delivered(card: &Card, sent_as: &str, model: &Model) -> Verdict {
    let verdict = match road::station(model, sent_as) {
        Station::Sent | Station::Waiting => plain(
            Mark::Good,
            "The registry has the whole file.",
            "Its report will say which records were stored.",
        ),
        Station::PickedUp => plain(
            Mark::Good,
            "Picked up. Not yet a result.",
            "The report will say which records were stored.",
        ),
        Station::Report => plain(
            Mark::Good,
            "The registry has written a report.",
            match model.destination() {
                Destination::Demo => "A real one is read on the registry's website, in the folder DQA-Reports.",
                Destination::Live | Destination::Testing => {
                    "Read it on the registry's website, in the folder DQA-Reports."
                }
            },
        ),
    };
    with_what_stayed(card, verdict)
}

/// A part of it that stands there under another name is told, so that nobody takes it for a second file.
fn with_what_stayed(card: &Card, mut verdict: Verdict) -> Verdict {
    let why = card.record.as_ref().and_then(|record| record.why.as_ref());
    if let Some(name) = why.and_then(Why::part) {
        verdict.words.file = format!("A part of it stands there, too, as {name}.");
    }
    verdict
}

/// Where and when the same content was sent, and what to do.
pub fn already_sent(duplicate: &Duplicate, model: &Model) -> (String, String) {
    let name = harmless(&duplicate.name);
    let title = match (&duplicate.delivered, duplicate.seen_at) {
        (Some((at, by)), _) => format!(
            "Already sent {} by {}, as {name}.",
            quantity::day_and_time_of_any_year(*at, model.now, model.settings.time_zone),
            past::who(by)
        ),
        (None, Some(at)) => format!(
            "Already sent by another computer or program, as {name} ({}).",
            quantity::listed(at)
        ),
        (None, None) => format!("Already sent by another computer or program, as {name}."),
    };
    (title, "Nothing to do.".to_owned())
}
