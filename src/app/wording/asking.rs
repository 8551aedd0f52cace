//! What a person is asked about a file before it goes.

use crate::{
    app::{model::Model, wording::quantity},
    domain::submission::Question,
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

/// The words of a question.
pub fn question(question: &Question, model: &Model) -> QuestionWords {
    let today = model.today();
    match question {
        Question::SentBefore { overlap, on } => {
            let zone = model.settings.time_zone;
            let on = quantity::day_and_time_of_any_year(*on, model.now, zone);
            let (repeated, patients) = (overlap.repeated_patients as u64, overlap.patients as u64);
            let of = quantity::count(patients, "patient\u{2019}s", "patients\u{2019}");
            QuestionWords {
                title: format!(
                    "{} of these {of} vaccinations went {on}.",
                    quantity::thousands(repeated)
                ),
                next: "Send them again only if they are corrections.",
                stays: "Don\u{2019}t send",
                goes: "These are corrections",
            }
        }
        Question::NotCompared(_) => QuestionWords {
            title: "Without a keychain Dropoff cannot tell whether these vaccinations went before.".to_owned(),
            next: "Look at Past files whether a file of the same days did.",
            stays: "Don\u{2019}t send",
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

/// The same for a command line, which asks nobody.
pub fn remark(asked: &Question, model: &Model) -> String {
    let words = question(asked, model);
    format!("{} {}", words.title, words.next)
}
