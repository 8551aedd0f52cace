//! One error in one place of a good message is told once, by whichever room.

use crate::domain::check::{
    Finding, Rule,
    tests::{report, with},
};

/// The fields of the good message, and what stands there.
fn fields() -> Vec<(String, String)> {
    let mut fields: Vec<(String, String)> = Vec::new();
    for segment in with(&[]).split('\r').filter(|segment| !segment.is_empty()) {
        let (name, rest) = segment.split_once('|').unwrap_or((segment, ""));
        let is_envelope = ["FHS", "BHS", "BTS", "FTS"].contains(&name);
        let is_again = fields.iter().any(|(path, _)| path.starts_with(name));
        if is_envelope || is_again {
            continue;
        }
        let first = if name == "MSH" { 2 } else { 1 };
        fields.extend(
            (first..)
                .zip(rest.split('|'))
                .map(|(number, value)| (format!("{name}-{number}"), value.to_owned())),
        );
    }
    // The characters that split everything are another matter.
    fields.retain(|(path, _)| path != "MSH-2");
    fields
}

/// What is said of a field where it says this.
fn told(path: &str, value: &str) -> Vec<Finding> {
    let findings = report(with(&[(path, value)])).findings.into_iter();
    let is_of_it = |finding: &Finding| {
        let (Some(segment), Some(field)) = (finding.segment, finding.field) else {
            return false;
        };
        format!("{segment}-{field}") == path
    };
    findings.filter(is_of_it).collect()
}

/// Checks that a field that says this has one finding at most: for each of these fields and values.
#[track_caller]
fn check_once(cases: impl Iterator<Item = (String, String)>) {
    let mut twice = Vec::new();
    for (path, value) in cases {
        let ids: Vec<_> = told(&path, &value).iter().map(|finding| finding.rule.id()).collect();
        if ids.len() > 1 {
            let value: String = value.chars().take(60).collect();
            twice.push(format!("{path} = {value:?}: {ids:?}"));
        }
    }
    assert!(twice.is_empty(), "{twice:#?}");
}

/// The value with this component instead of its own.
fn with_component(value: &str, place: usize, component: &str) -> String {
    let mut components: Vec<_> = value.split('^').collect();
    components[place] = component;
    components.join("^")
}

#[test]
fn a_field_that_is_missing_is_missed_once() {
    let nothing = |(path, _): (String, String)| ["", "\"\""].map(|nothing| (path.clone(), nothing.to_owned()));
    check_once(fields().into_iter().flat_map(nothing));
}

#[test]
fn a_field_that_should_not_be_there_is_told_once() {
    let empty = fields().into_iter().filter(|(_, value)| value.is_empty());
    check_once(empty.map(|(path, _)| (path, "77".to_owned())));
}

#[test]
fn a_part_that_is_missing_wrong_or_long_is_told_once() {
    let long = "Meadow".repeat(180);
    let mut cases = Vec::new();
    for (path, value) in filled() {
        for (place, component) in value.split('^').enumerate() {
            let wrong = if component.is_empty() {
                &["?!"][..]
            } else {
                &["", "?!", "0"]
            };
            for wrong in wrong.iter().chain([&&*long]) {
                cases.push((path.clone(), with_component(&value, place, wrong)));
            }
        }
    }
    assert!(cases.len() > 300);
    check_once(cases.into_iter());
}

#[test]
fn a_field_that_is_there_twice_is_told_once() {
    check_once(filled().map(|(path, value)| (path, format!("{value}~{value}"))));
}

/// The fields in which something stands.
fn filled() -> impl Iterator<Item = (String, String)> {
    fields().into_iter().filter(|(_, value)| !value.is_empty())
}

#[test]
fn what_is_told_once_is_told_by_several_rooms() {
    let mut rooms: Vec<_> = fields()
        .iter()
        .flat_map(|(path, _)| told(path, ""))
        .map(|finding| match finding.rule {
            Rule::Guide(_) => "guide",
            Rule::Patient(_) => "patient",
            Rule::Message(_) => "message",
            Rule::Vaccination(_) | Rule::Dose(_) | Rule::Observation(_) => "vaccination",
            Rule::File(_) | Rule::Envelope(_) => "file",
        })
        .collect();
    rooms.sort_unstable();
    rooms.dedup();
    assert_eq!(rooms, ["guide", "message", "patient", "vaccination"]);
}
