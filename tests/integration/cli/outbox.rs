//! What is not delivered, as the command line shows it.

use super::*;

/// Nothing listens there.
const CLOSED: &str = "1";

/// A clinic without a keychain, whose registry cannot be reached until `set_account` is called once more.
fn cut_off() -> (Desk, Registry) {
    let desk = Desk::new();
    let registry = Registry::start(&desk);
    registry.set_account_at(&desk, CLOSED);
    (desk, registry)
}

#[test]
fn without_a_keychain_a_file_that_waits_is_named_once_more_and_goes_on() {
    let (desk, registry) = cut_off();
    let file = desk.file("november.hl7", EXPORT);
    let args = ["send", "--password-stdin", "--json", file.to_str().unwrap()];
    let sent = desk.run_with_input(&args, registry.password());
    assert_eq!(sent.status.code(), Some(3), "{sent:?}");
    let why = json(&sent)["submissions"][0]["why"].to_string();
    assert!(
        why.contains("name it to dropoff-cli send") && !why.contains("tried again"),
        "{why}"
    );

    // Nobody knows any more where it is, also once the registry is back.
    registry.set_account(&desk);
    let run = desk.run_with_input(&["run", "--password-stdin", "--json"], registry.password());
    let shown = desk.run(&["outbox", "--json"], &[]);
    for output in [&run, &shown] {
        assert_eq!(output.status.code(), Some(4), "{output:?}");
        let one = &json(output)["submissions"][0];
        assert_eq!((&one["state"], &one["next_try"]), (&Value::from("held"), &Value::Null));
        let why = one["why"].as_str().unwrap();
        for part in ["no copy", "No keychain", "name it to dropoff-cli send"] {
            assert!(why.contains(part), "{part} is not in: {why}");
        }
    }

    let again = desk.run_with_input(&args, registry.password());
    assert_eq!(again.status.code(), Some(0), "{again:?}");
    let empty = desk.run(&["outbox", "--json"], &[]);
    assert_eq!(
        json(&empty)["submissions"],
        Value::Array(Vec::new()),
        "it was the same submission"
    );
}
