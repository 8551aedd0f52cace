//! Collects what the rules find: every one is counted, the first of each rule are kept.

use std::collections::BTreeMap;

use crate::domain::{
    check::{
        finding::{Argument, ControlId, Finding},
        input::Offsets,
        place::Place,
        rule::Rule,
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
}

impl Findings {
    pub(super) fn new(stage: Stage, limit: u64) -> Self {
        Self {
            stage,
            limit,
            kept: Vec::new(),
            counts: BTreeMap::new(),
        }
    }

    /// Says that a place breaks a rule.
    pub fn add(&mut self, rule: impl Into<Rule>, place: &Place<'_>, arguments: &[Argument]) {
        let rule = rule.into();
        let count = self.counts.entry(rule).or_default();
        *count += 1;
        if *count > self.limit {
            return;
        }
        self.kept.push(Finding {
            rule,
            severity: rule.severity(self.stage),
            arguments: arguments.to_vec(),
            message: place.of.map(|of| of.message),
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
