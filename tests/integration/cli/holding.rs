//! What `send` holds back, and what it says then.

use super::*;

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
