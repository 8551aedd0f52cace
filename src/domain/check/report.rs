//! What the check of one file came to.

use std::{cmp::Reverse, collections::BTreeMap};

use crate::domain::{
    check::{
        finding::Finding,
        patient::PatientRule,
        rule::{Rule, Severity},
    },
    hl7::{ContentKind, Summary},
    settings::Stage,
};

/// Blockers that a person can lift who knows the patients: all others are in the file itself.
const ASK_WHETHER_REAL: [Rule; 2] = [
    Rule::Patient(PatientRule::NotNamedYet),
    Rule::Patient(PatientRule::Invented),
];

/// What keeps a file here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hold {
    /// It cannot be sent as it is.
    Fault,
    /// Patients look invented or have no name yet, and nothing else is in the way: it can be sent once somebody has said that they
    /// are real.
    Invented {
        /// How many, one for each message.
        patients: u64,
    },
}

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
    /// How many rules were broken.
    pub rules: usize,
    /// The worst rule that was broken.
    pub worst: Option<Rule>,
}

impl Report {
    /// How many findings there were of this severity, kept or not.
    pub fn count(&self, severity: Severity) -> u64 {
        self.broken(severity).map(|(_, count)| count).sum()
    }

    /// How many rules of this severity were broken.
    pub fn rules(&self, severity: Severity) -> usize {
        self.broken(severity).count()
    }

    fn broken(&self, severity: Severity) -> impl Iterator<Item = (&Rule, &u64)> {
        let is_it = move |(rule, _): &(&Rule, &u64)| rule.severity(self.stage) == severity;
        self.counts.iter().filter(is_it)
    }

    /// The worst there is.
    pub fn worst(&self) -> Option<Severity> {
        self.counts.keys().map(|rule| rule.severity(self.stage)).max()
    }

    /// Whether nothing keeps the file here.
    pub fn can_be_sent(&self) -> bool {
        self.hold().is_none()
    }

    /// What keeps the file here: a blocker, and while the clinic is testing an error, too, since test files must be free of errors.
    pub fn hold(&self) -> Option<Hold> {
        let limit = match self.stage {
            Stage::Live => Severity::Blocker,
            Stage::Testing => Severity::Error,
        };
        let mut holding = self
            .counts
            .iter()
            .filter(|(rule, _)| rule.severity(self.stage) >= limit)
            .peekable();
        holding.peek()?;
        let mut invented = 0;
        for (rule, count) in holding {
            if self.stage == Stage::Testing || !ASK_WHETHER_REAL.contains(rule) {
                return Some(Hold::Fault);
            }
            invented += count;
        }
        Some(Hold::Invented { patients: invented })
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
