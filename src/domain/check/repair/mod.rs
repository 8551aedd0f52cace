//! What can be put right without touching what a file says, on a copy.
//!
//! The check decides whether ([`Plan::of`]): each rule says by which [`Repair`] its findings go away, and what stands in the way of
//! all of them. Then a [`Repairer`] is fed the same file in chunks and writes the copy. It reads once, its memory does not grow with
//! the file, and it says what it did ([`Made`]).
//!
//! ```text
//! bytes ─▶ Input ─▶ Tokenizer ─▶ Writer ─▶ copy
//!          (UTF-16 as UTF-8)     (letters, line ends, envelope)
//! ```
//!
//! Why it is like this:
//!
//! * **What may be cut off stays as it is.** An open envelope, a count that disagrees, a last line without an end in a file that
//!   nothing else closes: each can be the only trace of patients that are missing. With a new line end or envelope it would be gone.
//! * **A line end may belong to a value.** Before a line that is no segment nothing is changed, so such a file is refused where
//!   that line follows anything but a carriage return.
//! * **Letters are never guessed.** A message that is UTF-8 in one place and not in another, a byte that would be a sign where a
//!   letter belongs, a letter that the set in MSH-18 has not: the file is refused.
//! * **Only what was asked for.** Indentation, control characters in values and MSH-18 itself stay as they are.

mod letters;
mod made;
mod repairer;
#[cfg(test)]
mod tests;

use thiserror::Error;

use crate::domain::check::{Report, Rule, Severity, envelope::EnvelopeRule, file::FileRule};

pub use self::{
    made::{Made, Repair},
    repairer::Repairer,
};

/// Findings that are no blockers, and with which a file is left as it is: something may be missing from it, or was not looked at.
const IN_THE_WAY: [FileRule; 2] = [FileRule::PerhapsCutOff, FileRule::Overlong];

/// Why a file is not repaired.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Error)]
pub enum Refusal {
    /// It has this finding, which no copy can put right.
    #[error("{}", .0.id())]
    Finding(Rule),
    /// A message has letters in UTF-8 and others in one byte.
    #[error("letters of two sets")]
    MixedLetters,
    /// Letters that are neither UTF-8 nor Windows-1252, or half a letter of UTF-16.
    #[error("letters of an unknown set")]
    UnknownLetters,
    /// Letters that the set in MSH-18 has not, or a set that is not known here.
    #[error("letters that the declared set has not")]
    UnwritableLetters,
}

/// What is to be done with one file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Plan {
    envelope: Envelope,
}

/// Whether an envelope is put around the messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Envelope {
    /// The file's own, or none, stays.
    AsItIs,
    /// There is none, and one is asked for.
    Added,
}

impl Plan {
    /// What is to be done with the file of this report; `None` where nothing in it can be repaired.
    ///
    /// A plan holds for the bytes that were checked, and for no others.
    pub fn of(report: &Report) -> Option<Result<Self, Refusal>> {
        let mut broken = report.counts.keys();
        if !broken.any(|rule| rule.repair().is_some()) {
            return None;
        }
        let in_the_way = report.counts.keys().copied().find(|rule| {
            let is_blocker = rule.severity(report.stage) == Severity::Blocker && rule.repair().is_none();
            // What the other rooms find stays as it is, in the copy too.
            let is_of_the_whole = matches!(rule, Rule::File(_) | Rule::Envelope(_));
            (is_blocker && is_of_the_whole) || IN_THE_WAY.map(Rule::from).contains(rule)
        });
        if let Some(rule) = in_the_way {
            return Some(Err(Refusal::Finding(rule)));
        }
        let lacks_envelope = report.counts.contains_key(&EnvelopeRule::Missing.into());
        Some(Ok(Self {
            envelope: if lacks_envelope {
                Envelope::Added
            } else {
                Envelope::AsItIs
            },
        }))
    }

    /// Whether something can be put right in the file of this report, and nothing stands in the way.
    pub fn can_be_made(report: &Report) -> bool {
        matches!(Self::of(report), Some(Ok(_)))
    }
}
