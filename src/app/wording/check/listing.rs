//! A report as lines of text: first what becomes of the file, then what is wrong with it, the worst first.

use crate::{
    app::wording::{card, check, findings, quantity},
    domain::{
        check::{Finding, Hold, Report, Rule, Severity},
        settings::Stage,
        submission::Counts,
    },
};

/// How many places of a rule are named.
const PLACES: usize = 5;

/// `Can be sent.`, `Can be sent, but the registry may not store 2 of 40 patients.` or `Can't be sent. This file stops early.`
pub fn verdict(report: &Report) -> String {
    match report.hold() {
        None if report.worst() == Some(Severity::Error) => {
            return format!(
                "Can be sent, but the registry {}",
                findings::may_not_store_words(report)
            );
        }
        None => return "Can be sent.".to_owned(),
        Some(Hold::Invented { .. }) => {
            return "Can be sent once somebody has said that all patients are real.".to_owned();
        }
        Some(Hold::Fault) => {}
    }
    let why = report
        .worst_finding()
        .map(|finding| format!(" {}", check::of(finding).title));
    format!("Can't be sent.{}", why.unwrap_or_default())
}

/// `40 messages · 40 patients · 63 vaccinations · given November 1 to 20`; `None` where there is no message.
pub fn counts(report: &Report) -> Option<String> {
    let counts = Counts::of(&report.summary);
    (counts.messages > 0).then(|| {
        let messages = quantity::count(counts.messages, "message", "messages");
        format!("{messages} · {}", card::counts_of(&counts))
    })
}

/// `1 blocker · 2 warnings`, or that there is nothing.
pub fn totals(report: &Report) -> String {
    let total = |severity| {
        let count = report.count(severity);
        let one = check::severity(severity);
        (count > 0).then(|| quantity::count(count, one, &format!("{one}s")))
    };
    let totals: Vec<String> = Severity::ALL.into_iter().filter_map(total).collect();
    if totals.is_empty() {
        return "Nothing to put right.".to_owned();
    }
    totals.join(" · ")
}

/// One rule that was broken: what is wrong; where; what to do, and who does it; the rule's id.
pub fn rule(rule: Rule, findings: &[&Finding], report: &Report) -> [String; 4] {
    let mut told = findings.iter().map(|finding| check::of(finding));
    let first = told.next();
    let same = first.filter(|first| told.all(|other| other.title == first.title));
    let words = same.unwrap_or_else(|| check::words(rule, &[]));
    let severity = check::severity(rule.severity(report.stage)).to_uppercase();
    let count = report.counts.get(&rule).copied().unwrap_or_default();
    [
        format!("{severity}  {}", words.title),
        places(findings, count),
        format!("{} ({})", words.in_report(rule, report).fix, check::who(rule.who())),
        rule.id().to_owned(),
    ]
}

/// `message 2, PID-5, line 15; message 4, PID-5, line 40; and 38 more`; empty where it is the whole file.
fn places(findings: &[&Finding], count: u64) -> String {
    let mut shown: Vec<String> = findings
        .iter()
        .filter_map(|finding| place(finding))
        .take(PLACES)
        .collect();
    let more = count.saturating_sub(shown.len() as u64);
    if more > 0 && !shown.is_empty() {
        shown.push(format!("and {} more", quantity::thousands(more)));
    }
    shown.join("; ")
}

/// `message 2, PID-5.1, line 15`; `None` where it is the whole file.
pub fn place(finding: &Finding) -> Option<String> {
    let message = finding
        .message
        .map(|number| format!("message {}", quantity::thousands(number.into())));
    let line = finding.line.map(|line| format!("line {}", quantity::thousands(line)));
    let parts: Vec<String> = [message, spot(finding), line].into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

/// `PID`, `PID-5`, `PID-5.1`, as HL7 writes them; of several segments or repetitions, `RXA[2]-3` and `PID-3[2].4`.
fn spot(finding: &Finding) -> Option<String> {
    let again = |number: usize| {
        if number > 1 {
            format!("[{number}]")
        } else {
            String::new()
        }
    };
    let index = finding.segment_index.and_then(|index| usize::try_from(index).ok());
    let segment = format!("{}{}", finding.segment?, again(index.unwrap_or(1)));
    let Some(field) = finding.field else {
        return Some(segment);
    };
    let field = format!("{segment}-{field}{}", again(finding.repetition.unwrap_or(1)));
    Some(match finding.component {
        Some(component) => format!("{field}.{component}"),
        None => field,
    })
}

/// All that is to be known of a rule, for who asks.
pub fn explanation(rule: Rule) -> Vec<String> {
    let words = check::words(rule, &[]);
    let stage = |stage, name: &str| {
        let severity = rule.severity(stage);
        format!(
            "{name}: {}. {}",
            check::severity(severity),
            check::consequence(severity, stage)
        )
    };
    vec![
        rule.id().to_owned(),
        words.title.into_owned(),
        words.meaning.to_owned(),
        format!("What to do: {}", words.fix),
        format!("Who: {}", check::who(rule.who())),
        stage(Stage::Live, "Live"),
        stage(Stage::Testing, "Testing"),
        format!("Source: {}", rule.source()),
    ]
}

/// That there is no such rule.
pub fn no_such_rule(id: &str) -> (String, String) {
    (
        format!("There is no rule {id}."),
        "dropoff-cli explain lists all rules.".to_owned(),
    )
}
