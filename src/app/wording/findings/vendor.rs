//! What was found, for whoever wrote the program that exports. Without patients: rules, places and counts.

use std::{borrow::Cow, collections::BTreeMap};

use crate::{
    app::{
        findings::{FindingsPage, Group},
        model::Model,
        wording::{check, check::listing, hl7, quantity},
    },
    domain::{
        check::{Argument, Finding},
        settings::Stage,
    },
};

/// The most messages that are named for a rule.
const MESSAGES: usize = 20;

/// All of it, or one rule.
pub fn text<'p>(page: &'p FindingsPage, groups: impl IntoIterator<Item = &'p Group>, model: &Model) -> String {
    let report = page.report();
    let stage = match report.stage {
        Stage::Live => "live",
        Stage::Testing => "testing",
    };
    let mut lines = vec![
        format!(
            "{} checked an HL7 file for {}.",
            super::super::screen::PROGRAM,
            model.profile.name
        ),
        format!(
            "{} · {} · checked {} ({stage})",
            quantity::count(report.size_bytes, "byte", "bytes"),
            quantity::count(report.summary.messages, "message", "messages"),
            quantity::day(model.today(), model.today()),
        ),
        "There is no patient\u{2019}s data in this text.".to_owned(),
    ];
    for (number, group) in (1..).zip(groups) {
        lines.push(String::new());
        lines.extend(of_group(page, group, number));
    }
    lines.push(String::new());
    lines.join("\n")
}

fn of_group(page: &FindingsPage, group: &Group, number: usize) -> Vec<String> {
    let words = check::words(group.rule, &[]);
    let severity = check::severity(group.severity).to_uppercase();
    let mut lines = vec![
        format!("{number}. {severity}: {}", title(page, group)),
        format!("   {}", words.meaning),
        format!("   Found: {}", quantity::count(group.count, "time", "times")),
    ];
    lines.extend(
        places(page, group)
            .into_iter()
            .map(|place| format!("   Where: {place}")),
    );
    lines.extend(messages(page, group).map(|messages| format!("   Messages, counted from 1: {messages}")));
    lines.push(format!("   What to do: {}", words.fix));
    lines.push(format!("   Rule: {}. Source: {}", group.rule.id(), group.rule.source()));
    lines
}

/// What is wrong, without the code that stands in the file: a birth date may have slipped into its place.
fn title(page: &FindingsPage, group: &Group) -> Cow<'static, str> {
    let mut findings = page.findings(group);
    match (findings.next(), findings.next()) {
        (Some((_, only)), None)
            if only
                .arguments
                .iter()
                .any(|argument| matches!(argument, Argument::Code(_))) =>
        {
            let arguments = Vec::new();
            check::of(&Finding {
                arguments,
                ..only.clone()
            })
            .title
        }
        (Some(_) | None, _) => super::title(page, group),
    }
}

/// `PID-8 · Sex`, each once.
fn places(page: &FindingsPage, group: &Group) -> Vec<String> {
    let mut places = BTreeMap::new();
    for (_, finding) in page.findings(group) {
        if let Some(place) = hl7::place(finding, &page.legend) {
            places.insert((finding.segment, finding.field), place);
        } else if let Some(place) = listing::place(finding) {
            places.insert((None, None), place);
        }
    }
    places.into_values().collect()
}

/// `2, 14, 31 and 12 more`; `None` where it is no message.
fn messages(page: &FindingsPage, group: &Group) -> Option<String> {
    let mut numbers: Vec<u32> = page
        .findings(group)
        .filter_map(|(_, finding)| finding.message)
        .collect();
    numbers.dedup();
    let named: Vec<String> = numbers
        .iter()
        .take(MESSAGES)
        .map(|number| quantity::thousands(u64::from(*number)))
        .collect();
    let more = group.kept > 0 && (numbers.len() > MESSAGES || group.count > group.kept as u64);
    let rest = if more { " and more" } else { "" };
    (!named.is_empty()).then(|| format!("{}{rest}", named.join(", ")))
}
