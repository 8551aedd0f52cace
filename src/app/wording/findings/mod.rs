//! Words of the page that shows what was found in a file.

mod fields;
pub mod spot;
pub mod vendor;
mod verdict;

use std::borrow::Cow;

pub use self::{
    fields::{fields_by_name, piece_name, spoken},
    verdict::{
        error_free, may_complain_words, may_not_store, may_not_store_words, so_far, verdict, who_has_to, worst_and_more,
    },
};

use crate::{
    app::{
        findings::{FindingsPage, Group, Names},
        wording::{Explanation, card::Mark, check, failure, hl7, quantity},
    },
    domain::{
        check::{Excerpt, Finding, Patient, Severity, Who},
        failure::FileFailure,
        guide::Legend,
    },
};

/// The button on a card.
pub const SEE_THEM: &str = "See them";
/// Back to the card.
pub const BACK: &str = "Back to This month";
/// Back to the list.
pub const BACK_TO_LIST: &str = "Back to the list";
/// Uncovers patients.
pub const SHOW_NAMES: &str = "Show names";
/// Covers them.
pub const COVER_NAMES: &str = "Cover names";
/// Why names are covered.
pub const NAMES_NOTE: &str = "Patients\u{2019} names are covered, in case somebody looks over your shoulder.";
/// Words that every file needs.
pub const TERMS: &str =
    "A message is one patient\u{2019}s part of the file. The envelope is the lines around all messages.";
/// While the file is read.
pub const READING: &str = "Reading the file once more.";
/// Copies the text without patients.
pub const COPY: &str = "Copy for the EHR vendor, without patients";
/// Copies the same of one rule.
pub const COPY_ONE: &str = "Copy this one for the EHR vendor, without patients";
/// It was copied.
pub const COPIED: &str = "Copied, without patients\u{2019} data. Paste it into an e-mail.";
/// Opens the message.
pub const SHOW: &str = "Show for the vendor";
/// The next finding.
pub const NEXT: &str = "Next (F8)";
/// The one before.
pub const PREVIOUS: &str = "Previous (Shift+F8)";
/// Above a message that shows whom it is about.
pub const PATIENT_NOTE: &str = "Below is a patient\u{2019}s data: don\u{2019}t e-mail it, nor a picture of it.";
/// Above every message.
pub const MESSAGE_NOTE: &str = "Point at a part of a line, or press it, to read what it is.";
/// Where there is no message to be shown.
pub const NO_SPOT: &str = "This is about the whole file: there is no single place in it.";
/// Where the excerpt was not kept.
pub const NOT_KEPT: &str =
    "There is more in this file than Dropoff shows at once. The places further up in it can be shown.";
/// Before who puts something right.
pub const WHO: &str = "Who";
/// Before what to do.
pub const WHAT_TO_DO: &str = "What to do";
/// Before what it means.
pub const WHAT_IT_MEANS: &str = "What it means";

/// The shape of a severity.
pub fn mark(severity: Severity) -> Mark {
    match severity {
        Severity::Blocker => Mark::Stopped,
        Severity::Error => Mark::Refused,
        Severity::Warning => Mark::Careful,
        Severity::Note => Mark::Note,
    }
}

/// A severity in a word or two.
pub fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Blocker => "Stops the file",
        Severity::Error => "May not be stored",
        Severity::Warning => "The registry may complain",
        Severity::Note => "Good to know",
    }
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters
        .next()
        .map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// Who puts it right, as a sentence.
pub fn who(who: Who) -> &'static str {
    match who {
        Who::FrontDesk => "The front desk fixes it",
        Who::Nurse => "A nurse fixes it",
        Who::Vendor => "The EHR vendor fixes it",
        Who::Dropoff => "Dropoff can fix it",
        Who::Nobody => "Nobody has to fix it",
    }
}

/// Who puts it right, in a word or two.
pub fn who_word(who: Who) -> String {
    capital(check::who(who))
}

/// What is wrong: of one finding with its numbers, else as the rule says it.
pub fn title(page: &FindingsPage, group: &Group) -> Cow<'static, str> {
    words(page, group).title
}

/// What to do.
pub fn fix(page: &FindingsPage, group: &Group) -> Cow<'static, str> {
    words(page, group).fix
}

fn words(page: &FindingsPage, group: &Group) -> check::Words {
    let mut findings = page.findings(group);
    match (findings.next(), findings.next()) {
        (Some((_, only)), None) => of(page, only),
        (Some(_) | None, _) => check::words(group.rule, &[]).in_report(group.rule, page.report()),
    }
}

/// The words of a finding on this page.
pub fn of(page: &FindingsPage, finding: &Finding) -> check::Words {
    check::of(finding).in_report(finding.rule, page.report())
}

/// `May not be stored · 2 patients · the EHR vendor fixes it`
pub fn group_note(page: &FindingsPage, group: &Group) -> String {
    let mut parts = vec![severity(group.severity).to_owned()];
    parts.extend(how_many(page, group));
    parts.push(who(group.rule.who()).to_owned());
    parts.join(" · ")
}

/// `2 patients`, `312 places`; `None` for the whole file.
fn how_many(page: &FindingsPage, group: &Group) -> Option<String> {
    let mut messages: Vec<Option<u32>> = page.findings(group).map(|(_, finding)| finding.message).collect();
    messages.dedup();
    let is_all_kept = group.count == group.kept as u64;
    if group.count == 1 && messages == [None] {
        return None;
    }
    Some(if is_all_kept && !messages.contains(&None) {
        quantity::count(messages.len() as u64, "patient", "patients")
    } else {
        quantity::count(group.count, "place", "places")
    })
}

/// How many more there are than are listed.
pub fn not_listed(group: &Group) -> Option<String> {
    let more = group.count.saturating_sub(group.kept as u64);
    (more > 0).then(|| {
        format!(
            "And {} more like these. They are counted, not listed.",
            quantity::thousands(more)
        )
    })
}

/// Whom or what a finding is about: `Hartley, Rosalind · born April 2, 2019`, `Patient 2`, `Line 14`.
pub fn subject(finding: &Finding, excerpt: Option<&Excerpt>, names: Names) -> String {
    let Some(message) = finding.message else {
        return match finding.line {
            Some(line) => format!("Line {}", quantity::thousands(line)),
            None => "The whole file".to_owned(),
        };
    };
    let patient = excerpt.and_then(|excerpt| excerpt.patient.as_ref());
    match (names, patient) {
        (Names::Shown, Some(patient)) => name(patient),
        (Names::Shown | Names::Covered, _) => format!("Patient in message {}", quantity::thousands(message.into())),
    }
}

fn name(patient: &Patient) -> String {
    let name = patient.name.as_ref().map_or("No name", |name| name);
    let name = name.replace(
        char::REPLACEMENT_CHARACTER,
        &spot::unseen(char::REPLACEMENT_CHARACTER, 1),
    );
    match patient.born {
        Some(born) => format!("{name} · born {}", born.format("%B %-d, %Y")),
        None => name,
    }
}

/// An entry as a screen reader says it.
pub fn entry(subject: &str, place: &str) -> String {
    format!("{subject}. {place}")
}

/// `May not be stored · The EHR vendor fixes it`
pub fn severity_and_who(finding: &Finding) -> String {
    format!("{} · {}", severity(finding.severity), who(finding.rule.who()))
}

/// Where a finding is: `PID-7 · Date of birth · message 2 · line 14`, after what is said of it where its rule says less.
pub fn place(finding: &Finding, group_title: &str, legend: &Legend) -> String {
    let title = check::of(finding).title;
    let title = Some(title.into_owned()).filter(|title| title != group_title);
    // Outside of messages the line is what it is about.
    let spot = match finding.message {
        Some(_) => spot_of(finding, legend),
        None => hl7::place(finding, legend),
    };
    title.into_iter().chain(spot).collect::<Vec<_>>().join(" ")
}

/// `PID-7 · Date of birth · message 2 · line 14`; `None` for the whole file.
pub fn spot_of(finding: &Finding, legend: &Legend) -> Option<String> {
    let numbered = |what: &str, number: u64| format!("{what} {}", quantity::thousands(number));
    let message = finding.message.map(|message| numbered("message", message.into()));
    let line = finding.line.map(|line| numbered("line", line));
    let parts: Vec<String> = [hl7::place(finding, legend), message, line]
        .into_iter()
        .flatten()
        .collect();
    (!parts.is_empty()).then(|| parts.join(" · "))
}

/// `3 of 27`; with those that are not listed `3 of 127 listed, 3,120 in all`.
pub fn position(place: usize, page: &FindingsPage) -> String {
    let (listed, found) = (page.listed() as u64, page.found());
    let position = format!(
        "{} of {}",
        quantity::thousands(place as u64 + 1),
        quantity::thousands(listed)
    );
    if found > listed {
        format!("{position} listed, {} in all", quantity::thousands(found))
    } else {
        position
    }
}

/// A message's segments that are not shown.
pub fn segments_left_out(left_out: u64) -> String {
    format!(
        "{} of this message not shown.",
        quantity::count(left_out, "more segment is", "more segments are")
    )
}

/// Why the file could not be read once more.
pub fn trouble(failure: &FileFailure) -> Explanation {
    let words = failure::file(failure);
    let (title, next) = if *failure == FileFailure::Changed {
        (
            "This is not the file that was checked: it was changed since then.",
            "Remove it from This month, then drop it there again.",
        )
    } else if *failure == FileFailure::NotFound {
        (
            "The file is not where it was any more.",
            "Patients\u{2019} names and the message itself can\u{2019}t be shown. Export it again, then drop it on This month.",
        )
    } else {
        return words;
    };
    Explanation {
        title: title.to_owned(),
        next: next.to_owned(),
        ..words
    }
}
