//! What the check of one file came to.

use std::{cmp::Reverse, collections::BTreeMap};

use crate::domain::{
    check::{
        finding::Finding,
        rule::{Rule, Severity},
    },
    hl7::{ContentKind, Summary},
    settings::Stage,
};

/// Everything that is known of a file after one reading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// What it is, by its bytes.
    pub kind: ContentKind,
    /// Its length in bytes.
    pub size_bytes: u64,
    /// Messages, patients, vaccinations, dates, sender; all of them nothing where it is not HL7.
    pub summary: Summary,
    /// For which stage it was checked.
    pub stage: Stage,
    /// How often each rule was broken, however many findings are kept.
    pub counts: BTreeMap<Rule, u64>,
    /// How many messages, and so patients, have an error.
    pub messages_with_errors: u64,
    /// In the order in which they stand in the file; of each rule the first.
    pub findings: Vec<Finding>,
}

/// What is known while a file is still being read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct SoFar {
    /// Messages that have begun.
    pub messages: u64,
    /// How many of them have an error.
    pub messages_with_errors: u64,
    /// How many findings there are.
    pub findings: u64,
    /// The worst rule that was broken.
    pub worst: Option<Rule>,
}

impl Report {
    /// How many findings there were of this severity, kept or not.
    pub fn count(&self, severity: Severity) -> u64 {
        let of_it = self
            .counts
            .iter()
            .filter(|(rule, _)| rule.severity(self.stage) == severity);
        of_it.map(|(_, count)| count).sum()
    }

    /// The worst there is.
    pub fn worst(&self) -> Option<Severity> {
        self.counts.keys().map(|rule| rule.severity(self.stage)).max()
    }

    /// Whether nothing keeps the file here: no blocker, and while the clinic is testing no error either, since test files must
    /// be free of errors.
    pub fn can_be_sent(&self) -> bool {
        let limit = match self.stage {
            Stage::Live => Severity::Blocker,
            Stage::Testing => Severity::Error,
        };
        self.worst().is_none_or(|worst| worst < limit)
    }

    /// The finding that is told first: of the worst, the first in the order of the rules, which begin with what explains the rest.
    pub fn worst_finding(&self) -> Option<&Finding> {
        let mut findings = self.findings.iter();
        let first = findings.next()?;
        Some(findings.fold(first, |worst, finding| {
            let is_worse = (finding.severity, Reverse(finding.rule)) > (worst.severity, Reverse(worst.rule));
            if is_worse { finding } else { worst }
        }))
    }

    /// The kept findings, rule by rule, in the same order.
    pub fn by_rule(&self) -> Vec<(Rule, Vec<&Finding>)> {
        let mut rules: BTreeMap<(Reverse<Severity>, Rule), Vec<&Finding>> = BTreeMap::new();
        for finding in &self.findings {
            let place = (Reverse(finding.severity), finding.rule);
            rules.entry(place).or_default().push(finding);
        }
        rules
            .into_iter()
            .map(|((_, rule), findings)| (rule, findings))
            .collect()
    }
}
