//! `repair`, run as a stranger would.

use std::{fs, path::Path};

use serde_json::Value;

use super::{command::run, fixture, fixtures::read};

/// Repairs a fixture onto `out`: the exit status, and what is printed.
fn repair(name: &str, out: &Path) -> (i32, Value) {
    let output = run(&["repair", "--json", "--out", out.to_str().unwrap()], &[&fixture(name)]);
    let report = serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{error}: {output:?}"));
    (output.status.code().unwrap(), report)
}

/// What stands in a folder.
fn names(folder: &Path) -> Vec<String> {
    let files = fs::read_dir(folder).unwrap();
    files
        .map(|file| file.unwrap().file_name().into_string().unwrap())
        .collect()
}

#[test]
fn a_copy_is_written_and_the_file_stays_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let (out, before) = (folder.path().join("copy.hl7"), read("cr-lf.hl7"));
    let (exit, report) = repair("cr-lf.hl7", &out);
    assert_eq!(exit, 0);
    assert_eq!(read("cr-lf.hl7"), before);
    assert_eq!(fs::metadata(&out).unwrap().len(), report["bytes"]);
    assert_eq!(fs::metadata(&out).unwrap().len(), read("whole.hl7").len() as u64);
    assert_eq!(report["out"], out.to_str().unwrap());
    assert_eq!(report["can_send"], true);
    assert_eq!(report["why"], Value::Null);
    let repairs = report["repairs"].as_array().unwrap();
    assert_eq!((repairs.len(), &repairs[0]["repair"]), (1, &"line-ends".into()));
    assert_eq!(repairs[0]["count"], 26);
    let check = run(&["check", "--json", "--today", "2026-11-20"], &[&out]);
    let check: Value = serde_json::from_slice(&check.stdout).unwrap();
    assert_eq!(check["files"][0]["sha256"], report["sha256"]);
    assert_eq!(names(folder.path()), ["copy.hl7"]);
}

#[test]
fn what_is_there_already_is_never_written_over_not_even_the_file_itself() {
    let folder = tempfile::tempdir().unwrap();
    let there = folder.path().join("there.hl7");
    fs::copy(fixture("cr-lf.hl7"), &there).unwrap();
    let (exit, report) = repair("line-feeds.hl7", &there);
    assert_eq!(
        (exit, &report["out"], &report["sha256"]),
        (1, &Value::Null, &Value::Null)
    );
    assert!(report["why"].as_str().unwrap().contains("already"), "{report}");
    let output = run(&["repair", "--out", there.to_str().unwrap()], &[&there]);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(fs::metadata(&there).unwrap().len(), read("cr-lf.hl7").len() as u64);
    assert_eq!(names(folder.path()), ["there.hl7"]);
}

#[test]
fn where_something_stands_in_the_way_nothing_is_written() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("copy.hl7");
    for (name, exit) in [
        ("perhaps-cut.hl7", 4),
        ("cut-in-a-segment.hl7", 4),
        ("whole.hl7", 6),
        ("pdf.hl7", 6),
    ] {
        let (ended, report) = repair(name, &out);
        assert_eq!(ended, exit, "{name}");
        assert_eq!(
            (&report["out"], &report["repairs"]),
            (&Value::Null, &Value::Array(Vec::new())),
            "{name}"
        );
        assert!(!report["why"].as_str().unwrap().is_empty(), "{name}");
    }
    assert!(names(folder.path()).is_empty());
}

#[test]
fn where_there_is_nothing_to_repair_it_says_whether_the_file_can_be_sent() {
    let folder = tempfile::tempdir().unwrap();
    for (name, words, can_send) in [
        ("whole.hl7", "The file can be sent.", true),
        ("pdf.hl7", "can\u{2019}t be sent", false),
        ("wrong-count.hl7", "can\u{2019}t be sent", false),
    ] {
        let (exit, report) = repair(name, &folder.path().join("copy.hl7"));
        assert_eq!(exit, 6, "{name}");
        assert!(report["why"].as_str().unwrap().contains(words), "{report}");
        assert_eq!(report["can_send"], can_send, "{name}");
    }
}

#[test]
fn a_folder_that_is_not_there_is_told_as_such() {
    let folder = tempfile::tempdir().unwrap();
    let (exit, report) = repair("cr-lf.hl7", &folder.path().join("none").join("copy.hl7"));
    let why = report["why"].as_str().unwrap();
    assert_eq!(exit, 1);
    assert!(why.contains("folder for the copy") && !why.contains("Export"), "{why}");
}

#[test]
fn the_text_names_each_change_and_says_that_nothing_clinical_is_changed() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("copy.hl7");
    let output = run(
        &["repair", "--out", out.to_str().unwrap()],
        &[&fixture("mllp-around-messages.hl7")],
    );
    let text = String::from_utf8(output.stdout).unwrap();
    for words in [
        "MLLP",
        "An envelope",
        "Nothing about patients or vaccinations is changed.",
        "The copy can be sent.",
    ] {
        assert!(text.contains(words), "{text}");
    }
}

#[cfg(unix)]
#[test]
fn a_copy_is_for_its_owner_only() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("copy.hl7");
    assert_eq!(repair("cr-lf.hl7", &out).0, 0);
    assert_eq!(fs::metadata(&out).unwrap().permissions().mode() & 0o077, 0);
}

#[test]
fn check_says_that_a_copy_can_be_put_right() {
    let said = |name: &str| {
        let output = run(&["check", "--today", "2026-11-20"], &[&fixture(name)]);
        String::from_utf8(output.stdout).unwrap().contains("dropoff-cli repair")
    };
    assert!(said("cr-lf.hl7"));
    assert!(!said("whole.hl7"));
    assert!(!said("perhaps-cut.hl7"));
}
