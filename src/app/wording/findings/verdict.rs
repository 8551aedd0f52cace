//! What becomes of a file, in a sentence or two: on the card, on the page, on the terminal.

use super::who_word;
use crate::{
    app::{
        findings::{FindingsPage, Group},
        wording::{card::Mark, check, quantity},
    },
    domain::{
        check::{Finding, Hold, Report, Severity, SoFar, Who},
        settings::Stage,
    },
};

/// What becomes of the file: shape, what is wrong, what happens with it.
pub fn verdict(report: &Report) -> (Mark, String, &'static str) {
    if let Some(Hold::Invented { patients }) = report.hold() {
        let patients = quantity::count(patients, "patient has", "patients have");
        return (
            Mark::Careful,
            format!("{patients} an invented name, or no real name yet."),
            "The file goes once somebody has said on This month that all patients are real.",
        );
    }
    match (report.worst(), report.stage) {
        (Some(Severity::Blocker), _) => {
            let why = report.worst_finding().map(|worst| check::of(worst).title);
            (
                Mark::Stopped,
                why.unwrap_or_default().into_owned(),
                "It can\u{2019}t be sent as it is.",
            )
        }
        (Some(Severity::Error), Stage::Live) => (Mark::Careful, may_not_store(report), "The whole file goes."),
        (Some(Severity::Error), Stage::Testing) => (Mark::Stopped, error_free(report), "Then drop it here."),
        (Some(Severity::Warning), _) => (
            Mark::Careful,
            format!("The registry {}", may_complain_words(report)),
            "The file can be sent.",
        ),
        (Some(Severity::Note) | None, _) => (
            Mark::Good,
            "Nothing was found that the registry may complain about.".to_owned(),
            "The file can be sent.",
        ),
    }
}

/// `The registry may not store 2 of 40 patients.`
pub fn may_not_store(report: &Report) -> String {
    format!("The registry {}", may_not_store_words(report))
}

/// `may not store 2 of 40 patients.`
pub fn may_not_store_words(report: &Report) -> String {
    let patients = report.summary.patients.max(report.messages_with_errors);
    match report.messages_with_errors {
        0 => "may not store all of it.".to_owned(),
        1 if patients == 1 => "may not store the patient.".to_owned(),
        refused if refused == patients => format!("may store none of its {} patients.", quantity::thousands(patients)),
        refused => format!(
            "may not store {} of {}.",
            quantity::thousands(refused),
            quantity::count(patients, "patient", "patients")
        ),
    }
}

/// `may complain about 3 things.`
pub fn may_complain_words(report: &Report) -> String {
    format!("may complain about {}.", things(report.rules(Severity::Warning)))
}

/// `Test files must be error-free. Fix 2 things, export again.`
pub fn error_free(report: &Report) -> String {
    let things = things(report.rules(Severity::Error));
    format!("Test files must be error-free. Fix {things}, export again.")
}

/// What is known while the file is still being read; `None` while there is nothing.
pub fn so_far(so_far: &SoFar) -> Option<String> {
    let worst = check::words(so_far.worst?, &[]).title;
    Some(format!("So far: {}", and_more(worst.into_owned(), so_far.rules)))
}

/// `The birth date is missing. And 4 more things.`: the first of all that is not only good to know, where there is such.
pub fn worst_and_more(worst: &Finding, report: &Report) -> String {
    let rules = |severity| report.rules(severity);
    let all = match rules(Severity::Blocker) + rules(Severity::Error) + rules(Severity::Warning) {
        0 => rules(Severity::Note),
        more => more,
    };
    and_more(check::of(worst).title.into_owned(), all)
}

fn and_more(title: String, all: usize) -> String {
    match all {
        0 | 1 => title,
        all => format!(
            "{title} And {}.",
            quantity::count(all as u64 - 1, "more thing", "more things")
        ),
    }
}

/// `3 things`. A thing is a rule that was broken, however often: whoever puts it right does so in one place.
fn things(rules: usize) -> String {
    quantity::count(rules as u64, "thing", "things")
}

/// `Front desk: 1 thing. EHR vendor: 3 things. 2 things are good to know.`
pub fn who_has_to(page: &FindingsPage) -> String {
    const SOMEBODY: [Who; 4] = [Who::FrontDesk, Who::Nurse, Who::Vendor, Who::Dropoff];
    let (notes, mut asked): (Vec<&Group>, Vec<&Group>) =
        page.groups.iter().partition(|group| group.severity == Severity::Note);
    let notes = if asked.is_empty() {
        asked = notes;
        0
    } else {
        notes.len()
    };
    let of = |who: Who| {
        let rules = asked.iter().filter(|group| group.rule.who() == who).count();
        (rules > 0).then(|| format!("{}: {}.", who_word(who), things(rules)))
    };
    let mut parts: Vec<String> = SOMEBODY.into_iter().filter_map(of).collect();
    if parts.is_empty() {
        parts.push("Nobody has to do anything.".to_owned());
    }
    if notes > 0 {
        parts.push(good_to_know(notes));
    }
    parts.join(" ")
}

/// `2 things are good to know.`
fn good_to_know(rules: usize) -> String {
    format!(
        "{} good to know.",
        quantity::count(rules as u64, "thing is", "things are")
    )
}
