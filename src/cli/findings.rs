//! What the check found, as `check` and `send` print it.

use serde::Serialize;

use crate::{
    app::wording::{check, check::listing},
    cli::print::Printer,
    domain::check::{ControlId, Finding, Report, Severity},
};

/// All findings, also those beyond the limit.
#[derive(Default, Serialize)]
pub(super) struct CountsReport {
    blocker: u64,
    error: u64,
    warning: u64,
    note: u64,
}

/// A finding. What is not known of its place is null.
#[derive(Serialize)]
pub(super) struct FindingReport<'a> {
    rule: &'static str,
    severity: &'static str,
    message: Option<u32>,
    control_id: Option<&'a str>,
    segment: Option<String>,
    segment_index: Option<u32>,
    field: Option<usize>,
    component: Option<usize>,
    line: Option<u64>,
    start: u64,
    end: u64,
    title: String,
    fix: String,
    who: &'static str,
}

/// What was found of this severity or a worse one, rule by rule, the worst first.
pub(super) fn text(report: &Report, from: Severity, printer: &Printer) {
    let rules = report.by_rule().into_iter();
    for (rule, findings) in rules.filter(|(rule, _)| rule.severity(report.stage) >= from) {
        let [title, details @ ..] = listing::rule(rule, &findings, report);
        printer.line("");
        printer.line(&format!("  {title}"));
        for line in details.iter().filter(|line| !line.is_empty()) {
            printer.line(&format!("      {line}"));
        }
    }
}

impl CountsReport {
    pub(super) fn of(report: &Report) -> Self {
        Self {
            blocker: report.count(Severity::Blocker),
            error: report.count(Severity::Error),
            warning: report.count(Severity::Warning),
            note: report.count(Severity::Note),
        }
    }
}

impl<'a> FindingReport<'a> {
    /// All that are kept.
    pub(super) fn all_of(report: &'a Report) -> Vec<Self> {
        let findings = report.findings.iter();
        findings.map(|finding| Self::of(finding, report)).collect()
    }

    fn of(finding: &'a Finding, report: &Report) -> Self {
        let words = check::of(finding).in_report(finding.rule, report);
        Self {
            rule: finding.rule.id(),
            severity: check::severity(finding.severity),
            message: finding.message,
            control_id: finding.control_id.as_ref().map(ControlId::as_str),
            segment: finding.segment.map(|segment| segment.to_string()),
            segment_index: finding.segment_index,
            field: finding.field,
            component: finding.component,
            line: finding.line,
            start: finding.range.start,
            end: finding.range.end,
            title: words.title.into_owned(),
            fix: words.fix.into_owned(),
            who: check::who(finding.rule.who()),
        }
    }
}
