//! What `send` holds back, and what it says then.

use super::*;
use crate::support::message::message;

/// A file of one patient, from this facility.
fn export(desk: &Desk, number: &str, facility: &str) -> PathBuf {
    let text = message(number, "Quillfeather", 1).replace(FACILITY, facility);
    assert!(text.contains(facility));
    desk.file(&format!("{number}.hl7"), text)
}

/// The facility of every invented message.
const FACILITY: &str = "1100100033";
const OTHER: &str = "1117823000";

#[test]
fn another_clinics_file_is_held_until_somebody_says_that_any_facility_may_go() {
    let desk = Desk::new();
    let registry = Registry::start(&desk);
    registry.set_account(&desk);
    let send = |file: &Path, more: &[&str]| {
        let args = ["send", "--password-stdin", "--json", file.to_str().unwrap()];
        let output = desk.run_with_input(&[&args, more].concat(), registry.password());
        let one = json(&output)["submissions"][0].clone();
        (output.status.code().unwrap(), one)
    };
    let (exit, first) = send(&export(&desk, "a", FACILITY), &[]);
    assert_eq!(exit, 0, "the first file asks nothing: {first}");

    let strange = export(&desk, "b", OTHER);
    let (exit, held) = send(&strange, &[]);
    assert_eq!(
        (exit, &held["state"], &held["id"]),
        (4, &Value::from("held"), &Value::Null)
    );
    let why = held["why"].as_str().unwrap();
    for part in [
        "This file names facility 1117823000. Earlier files named 1100100033.",
        "with --any-facility",
    ] {
        assert!(why.contains(part), "{part} is not in: {why}");
    }
    assert!(nothing_waits(&desk));

    let (exit, went) = send(&strange, &["--any-facility"]);
    assert_eq!(exit, 0, "{went}");
    let (exit, next) = send(&export(&desk, "c", OTHER), &[]);
    assert_eq!(exit, 0, "its facility is known from then on: {next}");
}

#[test]
fn a_test_patient_keeps_a_file_here_until_somebody_says_that_all_are_real() {
    let desk = Desk::new();
    let file = desk.file("november.hl7", EXPORT.replace("Quillfeather^Juniper", "Test^Patient"));
    let send = |more: &[&str]| {
        let output = desk.run(&[&["--demo", "--json", "send"], more].concat(), &[&file]);
        let one = json(&output)["submissions"][0].clone();
        (output.status.code().unwrap(), one)
    };
    let (exit, held) = send(&[]);
    assert_eq!(
        (exit, &held["state"], &held["id"]),
        (4, &Value::from("held"), &Value::Null)
    );
    let findings = held["findings"].as_array().unwrap();
    assert!(
        findings.iter().any(|finding| finding["rule"] == "patient.invented"),
        "{held}"
    );
    let why = held["why"].as_str().unwrap();
    for part in [
        "Are all patients real?",
        "nothing of it is kept",
        "name it again with --real-patients",
    ] {
        assert!(why.contains(part), "{part} is not in: {why}");
    }
    let (exit, went) = send(&["--real-patients"]);
    assert_eq!((exit, &went["state"]), (0, &Value::from("delivered")));

    let checked = desk.run(&["check"], &[&file]);
    assert_eq!(checked.status.code(), Some(4), "{checked:?}");
    let text = String::from_utf8(checked.stdout).unwrap();
    assert!(
        text.contains("once somebody has said that all patients are real"),
        "{text}"
    );
}

#[test]
fn without_a_keychain_what_cannot_be_compared_is_said_and_held_where_somebody_wanted_that() {
    let desk = Desk::new();
    let registry = Registry::start(&desk);
    registry.set_account(&desk);
    let file = desk.file("november.hl7", EXPORT);
    let path = file.to_str().unwrap();

    let args = ["send", "--hold-overlap", "--password-stdin", "--json", path];
    let held = desk.run_with_input(&args, registry.password());
    assert_eq!(held.status.code(), Some(4), "{held:?}");
    let report = json(&held);
    assert_eq!(states(report["submissions"].as_array().unwrap()), ["held"]);
    let why = report["submissions"][0]["why"].as_str().unwrap();
    assert!(
        why.contains("cannot tell whether these vaccinations went before"),
        "{why}"
    );
    assert!(
        why.contains("nothing of it is kept") && why.contains("without --hold-overlap"),
        "{why}"
    );
    let kept = desk.run(&["outbox", "--json"], &[]);
    assert_eq!(json(&kept)["submissions"], Value::Array(Vec::new()));

    let args = ["send", "--password-stdin", "--json", path];
    let sent = desk.run_with_input(&args, registry.password());
    assert_eq!(sent.status.code(), Some(0), "{sent:?}");
    let said = String::from_utf8_lossy(&sent.stderr);
    assert!(
        said.contains("cannot tell whether these vaccinations went before"),
        "{said}"
    );
}
