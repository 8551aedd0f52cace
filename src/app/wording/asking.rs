//! What a person is asked about a file before it goes.

use crate::{
    app::{
        model::Model,
        wording::{name::harmless, quantity},
    },
    domain::{
        fingerprint::Overlap,
        hl7::Facilities,
        submission::{Earlier, Question},
    },
};

/// A question in words, with the two answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuestionWords {
    /// What was found.
    pub title: String,
    /// What to do.
    pub next: &'static str,
    /// The button that leaves the file here.
    pub stays: &'static str,
    /// The button that sends it.
    pub goes: &'static str,
}

/// How many facilities a question names.
const SHOWN_NAMES: usize = 3;
/// How much it shows of the name of each.
const SHOWN_CHARS: usize = 40;

/// The button that leaves the file here.
const DONT_SEND: &str = "Don\u{2019}t send";

/// The words of a question.
pub fn question(question: &Question, model: &Model) -> QuestionWords {
    let today = model.today();
    match question {
        Question::Invented { patients } => QuestionWords {
            title: format!(
                "{} or no real name yet (TEST, ZZZ, BABY BOY).",
                quantity::count(
                    *patients,
                    "patient has an invented name",
                    "patients have an invented name"
                )
            ),
            next: "Are all patients real? Test patients do not belong in the registry.",
            stays: DONT_SEND,
            goes: "They are real, send it",
        },
        Question::OtherClinic { named, earlier } => QuestionWords {
            title: format!("{} Earlier files named {}.", names_of_file(named), some_of(earlier)),
            next: "It may be another clinic\u{2019}s file. Send it only if it is yours; this is asked once.",
            stays: DONT_SEND,
            goes: "It is ours, send it",
        },
        Question::SentBefore { overlap, earlier } => QuestionWords {
            title: format!("{} {}.", these_vaccinations(*overlap), where_they_are(earlier, model)),
            next: match earlier {
                Earlier::Went(_) | Earlier::OnItsWay(_) | Earlier::MayHaveArrived(_) => {
                    "Send them again only if they are corrections."
                }
                Earlier::WaitsHere(_) => {
                    "If this file takes the place of the other one, remove that one first. Send both only if these are corrections."
                }
            },
            stays: DONT_SEND,
            goes: "These are corrections",
        },
        Question::NotCompared(_) => QuestionWords {
            title: "Without a keychain Dropoff cannot tell whether these vaccinations went before.".to_owned(),
            next: "Look at Past files whether a file of the same days did.",
            stays: DONT_SEND,
            goes: "They did not",
        },
        Question::Gap { last_ended, starts } => QuestionWords {
            title: format!(
                "Your last file ended {}; this one starts {}.",
                quantity::day(*last_ended, today),
                quantity::day(*starts, today)
            ),
            next: "If vaccinations were given in between, export again with those days.",
            stays: "Export again",
            goes: "Nothing was given in between",
        },
    }
}

/// `38 of these 40 patients’ vaccinations`
fn these_vaccinations(overlap: Overlap) -> String {
    let (repeated, patients) = (overlap.repeated_patients as u64, overlap.patients as u64);
    let of = quantity::count(patients, "patient\u{2019}s", "patients\u{2019}");
    format!("{} of these {of} vaccinations", quantity::thousands(repeated))
}

/// `went Friday 9:15 AM`, `are in another file that waits here: november.hl7, from Friday 9:15 AM`
fn where_they_are(earlier: &Earlier, model: &Model) -> String {
    let zone = model.settings.time_zone;
    let on = quantity::day_and_time_of_any_year(earlier.at(), model.now, zone);
    let (file, stands) = match earlier {
        Earlier::Went(_) => return format!("went {on}"),
        Earlier::WaitsHere(file) => (file, "waits here"),
        Earlier::OnItsWay(file) => (file, "is on its way"),
        Earlier::MayHaveArrived(file) => (file, "may have arrived"),
    };
    match &file.file_name {
        Some(name) => format!("are in another file that {stands}: {}, from {on}", harmless(name)),
        None => format!("are in another file that {stands}, from {on}"),
    }
}

/// `This file names facility 1117823000.`
fn names_of_file(named: &Facilities) -> String {
    let more = if named.has_more {
        " It names more facilities than Dropoff can compare."
    } else {
        ""
    };
    match named.names.as_slice() {
        [] => "This file names more facilities than Dropoff can compare.".to_owned(),
        [one] => format!("This file names facility {}.{more}", short(one)),
        several => format!("This file names facilities {}.{more}", some_of(several)),
    }
}

/// `A`, `A and B`, `A, B, C and 4 others`
fn some_of(names: &[String]) -> String {
    let mut shown: Vec<String> = names.iter().take(SHOWN_NAMES).map(|name| short(name)).collect();
    let more = (names.len() - shown.len()) as u64;
    if more > 0 {
        shown.push(quantity::count(more, "other", "others"));
    }
    match shown.pop() {
        Some(last) if !shown.is_empty() => format!("{} and {last}", shown.join(", ")),
        last => last.unwrap_or_default(),
    }
}

/// The name comes from a file: it steers nothing, and leaves room for the question.
fn short(name: &str) -> String {
    let mut shown: String = name.chars().take(SHOWN_CHARS).collect();
    if shown.len() < name.len() {
        shown.push('\u{2026}');
    }
    harmless(&shown)
}

/// The same for a command line, which asks nobody.
pub fn remark(asked: &Question, model: &Model) -> String {
    let words = question(asked, model);
    format!("{} {}", words.title, words.next)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(names: &[&str], has_more: bool, expected: &str) {
        let facilities = Facilities {
            names: names.iter().map(ToString::to_string).collect(),
            has_more,
        };
        assert_eq!(names_of_file(&facilities), expected);
    }

    #[test]
    fn a_few_facilities_are_named_and_the_rest_counted() {
        check(&["1117823000"], false, "This file names facility 1117823000.");
        check(&["A", "B"], false, "This file names facilities A and B.");
        check(&["A", "B", "C"], false, "This file names facilities A, B and C.");
        check(
            &["A", "B", "C", "D"],
            false,
            "This file names facilities A, B, C and 1 other.",
        );
        check(
            &["A", "B", "C", "D", "E"],
            true,
            "This file names facilities A, B, C and 2 others. It names more facilities than Dropoff can compare.",
        );
        check(&[], true, "This file names more facilities than Dropoff can compare.");
    }

    #[test]
    fn the_name_of_a_facility_is_short_and_steers_nothing() {
        let long = "9".repeat(100);
        let shown = format!("This file names facility {}\u{2026}.", "9".repeat(SHOWN_CHARS));
        check(&[&long], false, &shown);
        check(
            &["A\u{1b}[2J\u{202e}B"],
            false,
            "This file names facility A\\u{1b}[2J\\u{202e}B.",
        );
        check(
            &[&"\u{e9}".repeat(SHOWN_CHARS)],
            false,
            &format!("This file names facility {}.", "\u{e9}".repeat(SHOWN_CHARS)),
        );
    }
}
