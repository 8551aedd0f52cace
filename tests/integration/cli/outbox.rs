//! What is not delivered, as the command line shows it.

use std::env;

use super::*;
use crate::{
    keychain::{PROGRAMS, ROLE, UNLOCKED, in_a_session},
    support::left_out::is_there,
};

/// Nothing listens there.
const CLOSED: &str = "1";

/// A clinic without a keychain, whose registry cannot be reached until `set_account` is called once more.
fn cut_off() -> (Desk, Registry) {
    let desk = Desk::new();
    let registry = Registry::start(&desk);
    registry.set_account_at(&desk, CLOSED);
    (desk, registry)
}

/// `send --json` of this month's file, with the password on standard input.
fn send(desk: &Desk, registry: &Registry, more: &[&str]) -> Output {
    let file = desk.file("november.hl7", EXPORT);
    let args = ["send", "--password-stdin", "--json", file.to_str().unwrap()];
    desk.run_with_input(&[&args, more].concat(), registry.password())
}

#[test]
fn without_a_keychain_a_file_that_waits_is_named_once_more_and_goes_on() {
    let (desk, registry) = cut_off();
    let sent = send(&desk, &registry, &[]);
    assert_eq!(sent.status.code(), Some(3), "{sent:?}");
    let why = json(&sent)["submissions"][0]["why"].to_string();
    assert!(
        why.contains(&format!("name it to {}:", desk.hint("send"))) && !why.contains("tried again"),
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
        for part in ["no copy", "No keychain", &desk.hint("send")] {
            assert!(why.contains(part), "{part} is not in: {why}");
        }
    }

    let again = send(&desk, &registry, &[]);
    assert_eq!(again.status.code(), Some(0), "{again:?}");
    assert!(nothing_waits(&desk), "it was the same submission");
}

/// Two computers of a clinic: what the first has sent, the second finds at the registry, and holds. Its id there.
fn held_duplicate(second: Desk) -> (Desk, Registry, String) {
    let first = Desk::new();
    let registry = Registry::start(&first);
    for desk in [&first, &second] {
        registry.set_account(desk);
    }
    assert_eq!(send(&first, &registry, &[]).status.code(), Some(0));
    let held = send(&second, &registry, &[]);
    assert_eq!(held.status.code(), Some(4), "{held:?}");
    let one = &json(&held)["submissions"][0];
    assert_eq!(one["state"], "duplicate");
    let id = one["id"].as_str().unwrap().to_owned();
    let why = one["why"].as_str().unwrap();
    for way in ["outbox remove", "outbox send-anyway"] {
        assert!(why.contains(&second.hint(&format!("{way} {id}"))), "{why}");
    }
    (second, registry, id)
}

#[test]
fn a_duplicate_stays_in_the_outbox_until_somebody_takes_it_out() {
    let (desk, registry, id) = held_duplicate(Desk::new());
    let run = desk.run_with_input(&["run", "--password-stdin", "--json"], registry.password());
    assert_eq!(run.status.code(), Some(4), "{run:?}");
    assert_eq!(json(&run)["submissions"][0]["id"], id.as_str());

    let removed = desk.run(&["outbox", "remove", &id], &[]);
    assert_eq!(removed.status.code(), Some(0), "{removed:?}");
    assert!(nothing_waits(&desk));
    assert!(desk.folder.path().join("november.hl7").exists());

    let again = desk.run(&["outbox", "remove", &id], &[]);
    assert_eq!(again.status.code(), Some(1), "{again:?}");
    assert!(
        String::from_utf8_lossy(&again.stderr).contains("not in the outbox"),
        "{again:?}"
    );
    let no_id = desk.run(&["outbox", "remove", "november.hl7"], &[]);
    assert_eq!(no_id.status.code(), Some(2), "{no_id:?}");
}

#[test]
fn a_duplicate_goes_from_the_outbox_when_somebody_says_so() {
    let test = "cli::outbox::a_duplicate_goes_from_the_outbox_when_somebody_says_so";
    if env::var_os(ROLE).is_none() {
        if is_there("the keychain", PROGRAMS) {
            let home = tempfile::tempdir().unwrap();
            in_a_session(home.path(), UNLOCKED, &["send-anyway"], test);
        }
        return;
    }
    let (desk, _registry, id) = held_duplicate(Desk::with_keychain());
    fs::remove_file(desk.folder.path().join("november.hl7")).unwrap();
    let sent = desk.run(&["outbox", "send-anyway", &id, "--json"], &[]);
    assert_eq!(sent.status.code(), Some(0), "{sent:?}");
    assert_eq!(states(json(&sent)["submissions"].as_array().unwrap()), ["delivered"]);
    assert!(nothing_waits(&desk));
    let twice = desk.run(&["outbox", "send-anyway", &id], &[]);
    assert_eq!(twice.status.code(), Some(1), "{twice:?}");
}

#[test]
fn without_a_copy_a_duplicate_is_named_to_be_sent_all_the_same() {
    let (desk, registry, id) = held_duplicate(Desk::new());
    let args = ["outbox", "send-anyway", &id, "--password-stdin", "--json"];
    let lost = desk.run_with_input(&args, registry.password());
    assert_eq!(lost.status.code(), Some(1), "{lost:?}");
    let why = json(&lost)["submissions"][0]["why"].to_string();
    assert!(why.contains(&desk.hint("send")), "{why}");
    let sent = send(&desk, &registry, &["--again"]);
    assert_eq!(sent.status.code(), Some(0), "{sent:?}");
    assert!(nothing_waits(&desk));
}

#[test]
fn files_of_an_account_that_is_not_in_use_are_listed_and_can_be_taken_out() {
    let (desk, registry) = cut_off();
    let sent = send(&desk, &registry, &[]);
    let id = json(&sent)["submissions"][0]["id"].as_str().unwrap().to_owned();
    let another = ["account", "set", "--user", "CLINIC02", "--password-stdin"];
    let no_account = ["account", "forget"];
    for change in [&another[..], &no_account] {
        let changed = desk.run_with_input(change, "bluebonnet");
        if change == another {
            let said = String::from_utf8_lossy(&changed.stderr).into_owned();
            assert!(
                said.contains("1 file of DEMO01") && said.contains(&desk.hint("outbox remove ID")),
                "{said}"
            );
        }
        let retired = desk.run(&["retire", "--yes"], &[]);
        assert_eq!(retired.status.code(), Some(3), "{retired:?}");
        let said = String::from_utf8_lossy(&retired.stderr).into_owned();
        assert!(
            said.contains(&desk.hint("outbox remove ID")) && said.contains(&desk.hint("run")) && said.contains(&id),
            "{said}"
        );
        let shown = desk.run(&["outbox", "--json"], &[]);
        assert_eq!(shown.status.code(), Some(4), "{shown:?}");
        let one = &json(&shown)["submissions"][0];
        assert_eq!(
            (&one["id"], &one["next_try"]),
            (&Value::from(id.as_str()), &Value::Null)
        );
        assert!(one["account"].as_str().unwrap().starts_with("DEMO01@"), "{one}");
        let why = one["why"].as_str().unwrap();
        assert!(
            why.contains("not in use") && why.contains(&desk.hint(&format!("outbox remove {id}"))),
            "{why}"
        );
    }
    let removed = desk.run(&["outbox", "remove", &id], &[]);
    assert_eq!(removed.status.code(), Some(0), "{removed:?}");
    desk.run_with_input(&another, "bluebonnet");
    assert!(nothing_waits(&desk));
}

#[test]
fn a_list_that_was_set_aside_is_told_each_time_until_somebody_acknowledges_it() {
    let (desk, registry) = cut_off();
    assert_eq!(send(&desk, &registry, &[]).status.code(), Some(3));
    fs::write(desk.data().join("ledger.db"), "damage").unwrap();
    registry.set_account(&desk);
    let run = ["run", "--password-stdin", "--json"];
    for args in [
        &run[..],
        &["outbox", "--json"],
        &run,
        &["send", "--json", "november.hl7"],
    ] {
        let output = desk.run_with_input(args, registry.password());
        assert_eq!(output.status.code(), Some(1), "{args:?}: {output:?}");
        let said = String::from_utf8_lossy(&output.stderr);
        for part in ["could not be read", &desk.hint("outbox --acknowledge"), ".db.set-aside"] {
            assert!(said.contains(part), "{part} is not in: {said}");
        }
    }
    let retire = desk.run(&["retire", "--yes"], &[]);
    assert_eq!(retire.status.code(), Some(3), "{retire:?}");
    assert!(
        String::from_utf8_lossy(&retire.stderr).contains(&desk.hint("outbox --acknowledge")),
        "{retire:?}"
    );

    let known = desk.run(&["outbox", "--acknowledge"], &[]);
    assert_eq!(known.status.code(), Some(0), "{known:?}");
    assert!(
        String::from_utf8_lossy(&known.stdout).contains("acknowledged"),
        "{known:?}"
    );
    assert!(nothing_waits(&desk));
    let run = desk.run_with_input(&run, registry.password());
    assert_eq!(run.status.code(), Some(0), "{run:?}");
}

#[test]
fn a_folder_that_is_retired_leaves_the_key_of_another_folder_alone() {
    let test = "cli::outbox::a_folder_that_is_retired_leaves_the_key_of_another_folder_alone";
    if env::var_os(ROLE).is_none() {
        if is_there("the keychain", PROGRAMS) {
            let home = tempfile::tempdir().unwrap();
            in_a_session(home.path(), UNLOCKED, &["retire"], test);
        }
        return;
    }
    let (waiting, retired) = (Desk::with_keychain(), Desk::with_keychain());
    let registry = Registry::start(&waiting);
    registry.set_account_at(&waiting, CLOSED);
    let file = waiting.file("november.hl7", EXPORT);
    let sent = waiting.run(&["send"], &[&file]);
    assert_eq!(sent.status.code(), Some(3), "{sent:?}");
    fs::remove_file(file).unwrap();

    registry.set_account(&retired);
    let other = retired.file("december.hl7", EXPORT.replace("Juniper", "Aster"));
    let sent = retired.run(&["send"], &[&other]);
    assert_eq!(sent.status.code(), Some(0), "{sent:?}");
    let gone = retired.run(&["retire", "--yes"], &[]);
    assert_eq!(gone.status.code(), Some(0), "{gone:?}");
    assert!(!retired.data().exists());

    // The password of the account went with the other folder.
    registry.set_account(&waiting);
    let run = waiting.run(&["run"], &[]);
    assert_eq!(run.status.code(), Some(0), "its copy opens still: {run:?}");
    assert!(nothing_waits(&waiting));
}
