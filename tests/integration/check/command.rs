//! `check` and `explain`, run as a stranger would.

use std::{
    fs,
    path::Path,
    process::{Command, Output},
};

use serde_json::Value;

use super::fixture;

/// Runs the command line where there is no home, no display and no session, on an invented day.
pub(super) fn run(args: &[&str], files: &[&Path]) -> Output {
    let nowhere = tempfile::tempdir().unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_dropoff-cli"))
        .args(args)
        .args(files)
        .env_clear()
        .envs(std::env::var_os("SystemRoot").map(|root| ("SystemRoot", root)))
        .env("HOME", nowhere.path())
        .env("LOCALAPPDATA", nowhere.path())
        .current_dir(nowhere.path())
        .output()
        .unwrap();
    let left: Vec<_> = fs::read_dir(nowhere.path()).unwrap().collect();
    assert!(left.is_empty(), "it wrote {left:?}");
    output
}

fn check(names: &[&str]) -> (i32, Vec<Value>) {
    check_with(&[], names)
}

fn check_with(args: &[&str], names: &[&str]) -> (i32, Vec<Value>) {
    let args = [&["check", "--json", "--today", "2026-11-20"], args].concat();
    let files: Vec<_> = names.iter().map(|name| fixture(name)).collect();
    let output = run(&args, &files.iter().map(|file| &**file).collect::<Vec<_>>());
    let report: Value = serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{error}: {output:?}"));
    let files = report["files"].as_array().unwrap().clone();
    (output.status.code().unwrap(), files)
}

#[test]
fn a_whole_file_is_clean() {
    let (exit, files) = check(&["whole.hl7"]);
    assert_eq!((exit, files.len()), (0, 1));
    let file = &files[0];
    assert_eq!(file["file"], fixture("whole.hl7").to_str().unwrap());
    assert_eq!(file["sha256"].as_str().unwrap().len(), 64);
    assert_eq!(file["bytes"], fs::metadata(fixture("whole.hl7")).unwrap().len());
    assert_eq!((&file["messages"], &file["patients"]), (&2.into(), &2.into()));
    assert_eq!((&file["vaccinations"], &file["can_send"]), (&2.into(), &true.into()));
    assert_eq!(file["findings"], Value::Array(Vec::new()));
    for severity in ["blocker", "error", "warning", "note"] {
        assert_eq!(file["counts"][severity], 0, "{severity}");
    }
}

#[test]
fn the_exit_status_tells_the_worst() {
    for (names, expected) in [
        (&["ctrl-z.hl7"][..], 0),
        (&["line-feeds.hl7"], 5),
        (&["wrong-count.hl7"], 4),
        (&["whole.hl7", "line-feeds.hl7"], 5),
        (&["line-feeds.hl7", "pdf.hl7", "whole.hl7"], 4),
        (&["whole.hl7", "pdf.hl7", "is-not-there.hl7"], 1),
    ] {
        let (exit, files) = check(names);
        assert_eq!((exit, files.len()), (expected, names.len()), "{names:?}");
    }
}

#[test]
fn a_finding_has_every_key_and_null_for_what_it_has_not() {
    let (_, files) = check(&["wrong-count.hl7"]);
    let finding = &files[0]["findings"][0];
    assert_eq!(files[0]["counts"]["blocker"], 1);
    assert_eq!(files[0]["can_send"], false);
    let expected = serde_json::json!({
        "rule": "envelope.message-count",
        "severity": "blocker",
        "message": null,
        "control_id": null,
        "segment": "BTS",
        "segment_index": 1,
        "field": 1,
        "component": null,
        "line": 25,
        "title": "This file says that it has 3 messages, but it has 2.",
        "fix": "Export it again, then drop it here. If it stays so, ask your EHR vendor.",
        "who": "front desk",
        "start": finding["start"],
        "end": finding["start"].as_u64().unwrap() + 1,
    });
    assert_eq!(*finding, expected);
}

#[test]
fn a_finding_on_a_message_names_it() {
    let (_, files) = check(&["duplicate-control-id.hl7"]);
    let finding = &files[0]["findings"][0];
    assert_eq!((&finding["message"], &finding["control_id"]), (&2.into(), &"A1".into()));
    assert_eq!((&finding["segment"], &finding["field"]), (&"MSH".into(), &10.into()));
}

#[test]
fn the_limit_cuts_the_list_and_not_the_counts() {
    let (_, files) = check_with(&["--limit", "1"], &["hard-wrapped.hl7"]);
    let findings = files[0]["findings"].as_array().unwrap();
    let lines = findings.iter().filter(|finding| finding["rule"] == "file.broken-line");
    assert_eq!(lines.count(), 1);
    assert!(files[0]["counts"]["error"].as_u64().unwrap() >= 2);
}

#[test]
fn a_file_that_cannot_be_read_is_named_with_nulls() {
    let (exit, files) = check(&["is-not-there.hl7"]);
    assert_eq!(exit, 1);
    assert_eq!(
        (&files[0]["bytes"], &files[0]["can_send"]),
        (&Value::Null, &false.into())
    );
    let why = files[0]["error"].as_str().unwrap();
    assert!(why.starts_with("There is no such file"), "{why}");
    let (_, files) = check(&["whole.hl7"]);
    assert_eq!(files[0].get("error"), None);
    let output = run(&["check"], &[&fixture("is-not-there.hl7")]);
    assert!(String::from_utf8_lossy(&output.stderr).contains("is-not-there.hl7: There is no such file"));
}

#[test]
fn a_copy_is_not_promised_where_something_stands_in_its_way() {
    let said = |name: &str| {
        let output = run(&["check", "--json"], &[&fixture(name)]);
        let report: Value = serde_json::from_slice(&output.stdout).unwrap();
        let findings = report["files"][0]["findings"].as_array().unwrap().clone();
        let missing = findings.iter().find(|finding| finding["rule"] == "envelope.missing");
        missing.unwrap()["fix"].as_str().unwrap().to_owned()
    };
    assert!(said("no-envelope.hl7").starts_with("Dropoff can add them on a copy."));
    assert!(said("perhaps-cut.hl7").starts_with("Nothing to do until the rest is put right."));
}

#[test]
fn the_text_tells_the_verdict_first_and_then_the_worst() {
    let output = run(&["check"], &[&fixture("cut-in-a-segment.hl7")]);
    assert_eq!(output.status.code(), Some(4));
    let text = String::from_utf8(output.stdout).unwrap();
    let lines: Vec<_> = text.lines().collect();
    assert!(
        lines[0].ends_with("cut-in-a-segment.hl7: Can't be sent. This file stops early."),
        "{text}"
    );
    let place = |what: &str| text.find(what).unwrap_or_else(|| panic!("{what} is not in\n{text}"));
    assert!(place("BLOCKER  This file stops early.") < place("file.cut-off"));
    assert!(place("file.cut-off") < place("WARNING  The lines around the messages are missing"));
    assert!(
        text.contains("Export it again, then drop it here. If it stays so, ask your EHR vendor. (front desk)"),
        "{text}"
    );
}

#[test]
fn a_rule_is_explained_with_its_severities_and_its_source() {
    let output = run(&["explain", "envelope.message-count"], &[]);
    assert_eq!(output.status.code(), Some(0));
    let text = String::from_utf8(output.stdout).unwrap();
    for part in [
        "BTS",
        "Who: front desk",
        "Live: blocker",
        "Testing: blocker",
        "Source: HL7 2.5.1, chapter 2",
    ] {
        assert!(text.contains(part), "{part} is not in\n{text}");
    }
}

#[test]
fn without_a_rule_all_are_listed_and_an_unknown_one_is_a_wrong_command_line() {
    let output = run(&["explain", "--json"], &[]);
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    let rules = report["rules"].as_array().unwrap();
    assert!(rules.len() > 40, "{}", rules.len());
    assert!(
        rules
            .iter()
            .any(|rule| rule["rule"] == "file.empty" && rule["live"] == "blocker")
    );
    let output = run(&["explain", "file.nothing"], &[]);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("file.nothing"));
    for wrong in [
        &["check"][..],
        &["check", "--today", "November"],
        &["check", "--limit", "-1"],
    ] {
        assert_eq!(run(wrong, &[]).status.code(), Some(2), "{wrong:?}");
    }
}
