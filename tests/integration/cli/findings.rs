//! What `send` says of a file before it goes, and what it holds then.

use super::*;

/// In the log it could tell whose file it was.
const CONTROL_ID: &str = "CONTROL77XQ";

/// The message in its envelope, without which there is a warning.
fn whole(message: &str) -> String {
    format!("FHS|^~\\&|EHR\rBHS|^~\\&|EHR\r{message}BTS|1\rFTS|1\r")
}

/// A file of one patient whose birth date is missing: an error.
pub(super) fn without_a_birth_date(desk: &Desk) -> PathBuf {
    let text = EXPORT
        .replace("|A1|", &format!("|{CONTROL_ID}|"))
        .replace("|20190402|", "||");
    assert_eq!(
        text.len(),
        EXPORT.len() + CONTROL_ID.len() - "A1".len() - "20190402".len()
    );
    desk.file("november.hl7", whole(&text))
}

#[test]
fn errors_are_said_as_check_says_them_and_the_whole_file_goes() {
    let desk = Desk::new();
    let file = without_a_birth_date(&desk);
    let checked = desk.run(&["check", "--json"], &[&file]);
    assert_eq!(checked.status.code(), Some(5), "{checked:?}");
    let checked = &json(&checked)["files"][0];
    assert_eq!(checked["findings"][0]["control_id"], CONTROL_ID);

    let (exit, submissions) = desk.send(&[&file]);
    let one = &submissions[0];
    assert_eq!((exit, &one["state"]), (0, &Value::from("delivered")));
    assert_eq!(
        (&one["findings"], &one["counts"]),
        (&checked["findings"], &checked["counts"])
    );
    assert_eq!(one["counts"]["error"], 1);

    let said = desk.run(&["--demo", "send"], &[&file]);
    let text = String::from_utf8(said.stdout).unwrap();
    for part in [
        "1 error",
        "ERROR  The birth date is missing.",
        "message 1, PID-7",
        "delivered as DEMO01",
    ] {
        assert!(text.contains(part), "{part} is not in: {text}");
    }
    assert!(
        text.find("ERROR") < text.find("delivered as"),
        "it is said first: {text}"
    );
    assert!(!text.contains("NOTE"), "{text}");
    is_nowhere_in(&desk.data(), CONTROL_ID);
}

#[test]
fn a_clean_file_has_no_findings_and_one_that_was_not_read_has_no_counts() {
    let desk = Desk::new();
    let missing = desk.folder.path().join("missing.hl7");
    let (_, submissions) = desk.send(&[&desk.file("november.hl7", whole(EXPORT)), &missing]);
    let none = Value::Array(Vec::new());
    assert_eq!(
        (&submissions[0]["findings"], &submissions[0]["counts"]["error"]),
        (&none, &Value::from(0))
    );
    assert_eq!(
        (&submissions[1]["findings"], &submissions[1]["counts"]),
        (&none, &Value::Null)
    );
}

#[test]
fn errors_hold_a_file_where_somebody_wanted_that() {
    let desk = Desk::new();
    let file = without_a_birth_date(&desk);
    let held = desk.run(&["--demo", "--json", "send", "--hold-errors"], &[&file]);
    assert_eq!(held.status.code(), Some(4), "{held:?}");
    let one = &json(&held)["submissions"][0];
    assert_eq!((&one["state"], &one["sent_as"]), (&Value::from("held"), &Value::Null));
    let why = one["why"].as_str().unwrap();
    for part in [
        "may not store the patient.",
        "The birth date is missing.",
        "without --hold-errors",
    ] {
        assert!(why.contains(part), "{part} is not in: {why}");
    }
    assert!(!why.contains("Test files"), "{why}");

    let clean = desk.file("clean.hl7", whole(EXPORT));
    let sent = desk.run(&["--demo", "--json", "send", "--hold-errors"], &[&clean]);
    assert_eq!(sent.status.code(), Some(0), "{sent:?}");
    let warned_of = desk.file("warned.hl7", EXPORT);
    let held = desk.run(&["--demo", "--json", "send", "--hold-errors"], &[&warned_of]);
    assert_eq!(held.status.code(), Some(4), "a warning holds it, too: {held:?}");
    let why = json(&held)["submissions"][0]["why"].to_string();
    assert!(why.contains("Not sent: the registry may complain about"), "{why}");
}

#[test]
fn errors_hold_a_file_in_any_case_while_the_clinic_is_testing() {
    let desk = Desk::new();
    let registry = Registry::start(&desk);
    registry.set_account(&desk);
    let file = without_a_birth_date(&desk);
    let args = ["send", "--password-stdin", "--json", file.to_str().unwrap()];
    let held = desk.run_with_input(&args, registry.password());
    assert_eq!(held.status.code(), Some(4), "{held:?}");
    let one = &json(&held)["submissions"][0];
    assert_eq!(
        (&one["state"], &one["counts"]["error"]),
        (&Value::from("held"), &Value::from(1))
    );
    assert!(!one["why"].as_str().unwrap().contains("--hold-errors"), "{one}");
}
