//! Collects what the rules find: every one is counted, the first of each rule are kept.

use std::{cmp::Reverse, collections::BTreeMap, ops::Range};

use crate::domain::{
    check::{
        finding::{Argument, ControlId, Finding},
        input::Offsets,
        place::Place,
        report::SoFar,
        rule::{Rule, Severity},
    },
    settings::Stage,
};

/// What was found so far. Its memory is bounded by the number of rules times the limit.
#[derive(Debug)]
pub struct Findings {
    stage: Stage,
    /// How many are kept of each rule.
    limit: u64,
    kept: Vec<Finding>,
    counts: BTreeMap<Rule, u64>,
    /// Of what stands here nothing is said: its end may be missing.
    left_out: Option<Range<u64>>,
    /// How many messages have an error, and the last of them: a message is checked before the next one begins.
    messages_with_errors: u64,
    last_with_error: Option<u32>,
}

impl Findings {
    pub(super) fn new(stage: Stage, limit: u64) -> Self {
        Self {
            stage,
            limit,
            kept: Vec::new(),
            counts: BTreeMap::new(),
            left_out: None,
            messages_with_errors: 0,
            last_with_error: None,
        }
    }

    /// From now on says nothing of what stands here, up to the end, where what is missing is looked for.
    pub(super) fn leave_out(&mut self, range: Option<Range<u64>>) {
        self.left_out = range;
    }

    /// Says that a place breaks a rule.
    pub fn add(&mut self, rule: impl Into<Rule>, place: &Place<'_>, arguments: &[Argument]) {
        let is_left_out = |range: &Range<u64>| (range.start..=range.end).contains(&place.range.start);
        if self.left_out.as_ref().is_some_and(is_left_out) {
            return;
        }
        let rule = rule.into();
        let severity = rule.severity(self.stage);
        let message = place.of.map(|of| of.message);
        if severity == Severity::Error && message.is_some() && message > self.last_with_error {
            self.messages_with_errors += 1;
            self.last_with_error = message;
        }
        let count = self.counts.entry(rule).or_default();
        *count += 1;
        if *count > self.limit {
            return;
        }
        self.kept.push(Finding {
            rule,
            severity,
            arguments: arguments.to_vec(),
            message,
            control_id: place.of.and_then(|of| ControlId::of(of.control_id)),
            segment: place.segment,
            segment_index: place.segment_index,
            field: place.field,
            repetition: place.repetition,
            component: place.component,
            line: place.line,
            range: place.range.clone(),
        });
    }

    /// How many messages have an error.
    pub(super) fn messages_with_errors(&self) -> u64 {
        self.messages_with_errors
    }

    /// What there is up to here, where so many messages have been begun.
    pub(super) fn so_far(&self, messages: u64) -> SoFar {
        SoFar {
            messages,
            messages_with_errors: self.messages_with_errors,
            rules: self.counts.len(),
            worst: worst_first(self.counts.keys(), self.stage),
        }
    }

    /// The findings in the order in which they stand in the file, with places in the file, and how many there were of each rule.
    pub(super) fn finish(mut self, offsets: Offsets, size_bytes: u64) -> (Vec<Finding>, BTreeMap<Rule, u64>) {
        for finding in &mut self.kept {
            finding.range = match finding.line {
                Some(_) => offsets.in_file(finding.range.start)..offsets.in_file(finding.range.end),
                None => 0..size_bytes,
            };
        }
        self.kept
            .sort_by_key(|finding| (finding.range.start, finding.range.end));
        (self.kept, self.counts)
    }
}

/// Of the worst, the first in the order of the rules.
fn worst_first<'a>(rules: impl Iterator<Item = &'a Rule>, stage: Stage) -> Option<Rule> {
    rules.copied().min_by_key(|rule| (Reverse(rule.severity(stage)), *rule))
}
