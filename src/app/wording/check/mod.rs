//! What the rules say: a title, what it means, and what to do.
//!
//! One file a room. Each has `words`, a `match` over the room's rules: title and fix of a finding, made with its arguments. Without
//! arguments the same words speak of the rule in general, for `explain`.

mod envelope;
pub mod fields;
mod file;
mod guide;
pub mod listing;
mod message;
mod patient;
#[cfg(test)]
mod tests;
mod vaccination;

use std::borrow::Cow;

use crate::domain::{
    check::{Argument, Finding, Report, Rule, Severity, Who, repair::Plan},
    settings::Stage,
};

/// What the front desk can do about most blockers.
const EXPORT_OR_ASK: &str = "Export it again, then drop it here. If it stays so, ask your EHR vendor.";
/// What shows whether something is missing, where the file does not.
const COMPARE: &str = "Compare the number of patients with your EHR. If it is too small, export again, else send it.";
/// What is only a matter of form.
const ASK_VENDOR: &str = "Nothing to do now. Tell your EHR vendor when you can: it is put right in the export.";
/// What only the vendor can put right, and is better not sent as it is.
const ASK_BEFORE: &str = "Ask your EHR vendor to put it right, then export again.";
/// What a copy puts right, and the registry may stumble over.
const PUT_RIGHT: &str = "Dropoff can put it right on a copy, which then goes instead.";
/// What a copy would put right, if nothing stood in its way.
const AFTER_THE_REST: &str = "Nothing to do until the rest is put right. Then Dropoff can put this right on a copy.";
/// What a copy puts right, and nobody stumbles over.
const MAY_PUT_RIGHT: &str = "Nothing to do: the file can go as it is, or be put right on a copy.";

/// What is said of a finding or a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words {
    /// What is wrong, in one sentence.
    pub title: Cow<'static, str>,
    /// What that means for the patients, or how it comes about.
    pub meaning: &'static str,
    /// What to do.
    pub fix: Cow<'static, str>,
}

impl Words {
    /// Words that are the same for every finding of a rule.
    pub(super) const fn new(title: &'static str, meaning: &'static str, fix: &'static str) -> Self {
        Self {
            title: Cow::Borrowed(title),
            meaning,
            fix: Cow::Borrowed(fix),
        }
    }

    /// The same words, as they hold beside everything else that was found: what a copy puts right has to wait where something
    /// stands in the way of a copy.
    #[must_use]
    pub fn in_report(self, rule: Rule, report: &Report) -> Self {
        if rule.who() != Who::Dropoff || Plan::can_be_made(report) {
            return self;
        }
        Self {
            fix: Cow::Borrowed(AFTER_THE_REST),
            ..self
        }
    }

    /// The same words, under another title where there is one.
    #[must_use]
    pub(super) fn titled(self, title: Option<String>) -> Self {
        Self {
            title: title.map_or(self.title, Cow::Owned),
            ..self
        }
    }
}

/// The words of a finding.
pub fn of(finding: &Finding) -> Words {
    if let Rule::Guide(rule) = finding.rule {
        return guide::of(rule, finding);
    }
    words(finding.rule, &finding.arguments)
}

/// The words of a rule, with these arguments. Without any they hold for every finding of it.
pub fn words(rule: Rule, arguments: &[Argument]) -> Words {
    match rule {
        Rule::File(rule) => file::words(rule, arguments),
        Rule::Envelope(rule) => envelope::words(rule, arguments),
        Rule::Message(rule) => message::words(rule, arguments),
        Rule::Patient(rule) => patient::words(rule, arguments),
        Rule::Vaccination(rule) => vaccination::given::words(rule, arguments),
        Rule::Dose(rule) => vaccination::dose::words(rule, arguments),
        Rule::Observation(rule) => vaccination::observation::words(rule, arguments),
        Rule::Guide(rule) => guide::words(rule),
    }
}

/// `blocker`, as a script reads it and a list heads it.
pub fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Blocker => "blocker",
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    }
}

/// What a severity comes to.
pub fn consequence(severity: Severity, stage: Stage) -> &'static str {
    match (severity, stage) {
        (Severity::Blocker, _) => "The file is not sent.",
        (Severity::Error, Stage::Live) => {
            "The registry may not store the patient or the vaccination. The file can be sent."
        }
        (Severity::Error, Stage::Testing) => "Test files must be error-free. The file is not sent.",
        (Severity::Warning, _) => "The registry may complain. The file can be sent.",
        (Severity::Note, _) => "Good to know.",
    }
}

/// Who puts it right.
pub fn who(who: Who) -> &'static str {
    match who {
        Who::FrontDesk => "front desk",
        Who::Nurse => "nurse",
        Who::Vendor => "EHR vendor",
        Who::Dropoff => "Dropoff",
        Who::Nobody => "nobody",
    }
}
