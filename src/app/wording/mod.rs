//! Every word that staff see, in one catalogue: a second language is a second column.

pub mod asking;
pub mod books;
pub mod card;
pub mod check;
pub mod codes;
pub mod connection;
pub mod elsewhere;
pub mod failure;
pub mod findings;
pub mod hint;
pub mod hl7;
pub mod name;
pub mod notice;
pub mod notification;
pub mod past;
pub mod proof;
pub mod quantity;
pub mod question;
pub mod receipt;
pub mod repair;
pub mod retire;
pub mod room;
pub mod screen;
pub mod settings;
pub mod setup;
pub mod somebody_left;
pub mod terminal;
pub mod waiting;
pub mod wrong_file;

/// How something is told: what happened, what became of the file, what to do. Details are for IT, behind a fold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explanation {
    /// What happened, in one sentence.
    pub title: String,
    /// What became of the file; empty where no file is concerned.
    pub file: String,
    /// What to do now.
    pub next: String,
    /// Technical lines. No patient data.
    pub details: Vec<String>,
}

impl Explanation {
    /// Title and next step.
    pub(crate) fn words(self) -> (String, String) {
        (self.title, self.next)
    }

    /// Title, file and next step as one paragraph.
    pub fn paragraph(&self) -> String {
        [&self.title, &self.file, &self.next]
            .into_iter()
            .filter(|part| !part.is_empty())
            .cloned()
            .collect::<Vec<_>>()
            .join(" ")
    }
}
