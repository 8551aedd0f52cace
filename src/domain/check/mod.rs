//! What the registry may not store next week, said today: the check of a file before it is sent.
//!
//! A [`Checker`] is fed a file in chunks and gives a [`Report`] of [`Finding`]s. It reads once, cannot fail, and its memory does not
//! grow with the file.
//!
//! ```text
//! bytes ─▶ Input ─▶ Tokenizer ─▶ Walk ─┬─▶ Damage, Levels           segment by segment
//!          (what is it, UTF-16)        ├─▶ MessageBuffer ─▶ rooms   message by message
//!                                      └─▶ Summary                  counts
//! ```
//!
//! Why it is like this:
//!
//! * **A rule is data, a finding is an id with arguments.** Each room has an enum of its rules, and a table beside it: id, severity
//!   while live and while testing, who puts it right, source ([`rule`]). Sentences are made in `app::wording::check`, so that
//!   the window, the command line and a second language say the same thing.
//! * **Arguments cannot hold a patient.** [`Argument`] has counts, days, codes of public tables and words of the rules, and no text.
//!   Only the control id comes from the file; `Debug` hides it.
//! * **Rules see whole messages.** Whether a date is right depends on other segments. So the segments of one message are kept in
//!   a buffer that is used again for the next, and a rule gets a [`MessageView`]: fields are split when they are asked for. A
//!   message beyond the bounds of the buffer is a finding itself, and is not judged by a half.
//! * **What can be repaired is said by the rule.** Its sheet names the [`repair::Repair`] that makes its findings go away.
//! * **A place is narrowed, not computed.** [`Place`] goes from file to message, segment, field, repetition and component, so
//!   that ranges are nested by the way they are made. Places are bytes of the original, also of UTF-16.
//!
//! # A room
//!
//! A room is a file here with its rules (`rules! { … }`) and `fn check(message: &MessageView<'_>, rules: &Rules, findings: &mut
//! Findings)`, and a file in `app/wording/check` with their words. A new one is a line each in [`Rule`] (`rooms!` in `rule.rs`), in
//! `ROOMS` (`walk.rs`) and in `app::wording::check`.
//! A test there sees to it that every rule has words, a source and an id of its own. What a room says of a field stands in its
//! `OWNED`: of that, the room of the [`guide`] is silent.
//!
//! ```text
//! let Some(patient) = message.first(*b"PID") else {
//!     return findings.add(PatientRule::Missing, &message.lacks(*b"PID"), &[]);
//! };
//! if patient.field(8).is_none_or(|sex| sex.is_empty()) {
//!     findings.add(PatientRule::NoSex, &patient.place_of(8), &[]);
//! }
//! ```

pub mod envelope;
pub mod excerpt;
pub mod file;
mod finding;
mod findings;
pub mod guide;
mod input;
pub mod message;
mod owned;
pub mod patient;
mod place;
pub mod repair;
mod report;
pub mod rule;
mod seen;
mod standard;
#[cfg(test)]
mod tests;
pub mod vaccination;
mod view;
mod walk;

use std::sync::Arc;

use chrono::{Days, NaiveDate};

use crate::domain::{
    codes::Tables,
    hl7::{ContentKind, Precision, Timestamp, Tokenizer},
    profile::Expected,
    settings::Stage,
};

pub use self::{
    excerpt::{Excerpt, ExcerptReader, Excerpts, Line, Patient},
    finding::{Argument, Code, ControlId, Finding},
    findings::Findings,
    owned::{Aspect, Owned},
    place::Place,
    report::{Hold, Report, SoFar},
    rule::{Rule, Severity, Sheet, Who},
    standard::{Standard, StandardError},
    view::{MessageView, SegmentView},
};
use self::{
    file::FileRule,
    input::{Input, Letters},
    walk::Walk,
};

/// For when a file is checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Occasion {
    /// The clinic's own day: nothing is given later.
    pub today: NaiveDate,
    /// Test files are told from real ones, and must be free of errors.
    pub stage: Stage,
}

/// What a file is held against.
#[derive(Debug, Clone)]
pub struct Rules {
    /// The clinic's own day: nothing is given later.
    pub today: NaiveDate,
    /// Test files are told from real ones, and must be free of errors.
    pub stage: Stage,
    /// What this registry expects beside the national guide.
    pub expected: Expected,
    /// What is the same for every file: code tables, and the national guide.
    pub standard: Arc<Standard>,
    /// How many findings of each rule are kept. All are counted.
    pub limit: u64,
}

impl Rules {
    /// How many findings of each rule are kept, unless somebody asks for more.
    pub const LIMIT: u64 = 100;

    /// The rules for a file that is looked at now.
    pub fn on(occasion: Occasion, expected: Expected, standard: Arc<Standard>) -> Self {
        Self {
            today: occasion.today,
            stage: occasion.stage,
            expected,
            standard,
            limit: Self::LIMIT,
        }
    }

    /// Vaccines, makers and the small tables.
    pub fn tables(&self) -> &Tables {
        &self.standard.tables
    }

    /// Whether a time lies in the future, whatever the day is that it leaves open. A time of day, which can be that of another
    /// time zone, has one day's grace.
    pub fn is_future(&self, time: &Timestamp) -> bool {
        let grace = Days::new(u64::from(time.precision() >= Precision::Hour));
        let last = self.today.checked_add_days(grace).unwrap_or(self.today);
        time.first_day() > last
    }
}

/// Checks one file, fed in chunks of any size.
pub struct Checker<'r> {
    input: Input,
    tokenizer: Tokenizer,
    walk: Walk<'r>,
}

impl<'r> Checker<'r> {
    /// A checker at the beginning of a file.
    pub fn new(rules: &'r Rules) -> Self {
        Self {
            input: Input::default(),
            tokenizer: Tokenizer::new(),
            walk: Walk::new(rules),
        }
    }

    /// Reads the next chunk.
    pub fn feed(&mut self, bytes: &[u8]) {
        let Self { input, tokenizer, walk } = self;
        input.feed(bytes, &mut |text, letters| cut(tokenizer, walk, text, letters));
    }

    /// What the file came to.
    pub fn finish(self) -> Report {
        let Self {
            input,
            mut tokenizer,
            mut walk,
        } = self;
        let ended = input.finish(&mut |text, letters| cut(&mut tokenizer, &mut walk, text, letters));
        let ending = tokenizer.finish(&mut |segment| walk.read(segment));
        if ended.kind.is_hl7() {
            walk.end(ending.junk);
        } else if ended.kind == ContentKind::Empty {
            walk.findings.add(FileRule::Empty, &Place::whole_file(), &[]);
        } else {
            let what = Argument::Kind(ended.kind);
            walk.findings.add(FileRule::OtherFormat, &Place::whole_file(), &[what]);
        }
        let messages_with_errors = walk.findings.messages_with_errors();
        let (findings, counts) = walk.findings.finish(ended.offsets, ended.size_bytes);
        Report {
            kind: ended.kind,
            size_bytes: ended.size_bytes,
            summary: walk.summary,
            stage: walk.rules.stage,
            counts,
            messages_with_errors,
            findings,
        }
    }

    /// What was found up to here.
    pub fn so_far(&self) -> SoFar {
        self.walk.findings.so_far(self.walk.summary.messages)
    }
}

fn cut(tokenizer: &mut Tokenizer, walk: &mut Walk<'_>, text: &[u8], letters: Letters) {
    walk.letters = letters;
    tokenizer.feed(text, &mut |segment| walk.read(segment));
}
