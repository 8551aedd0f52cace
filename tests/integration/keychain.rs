//! The keychain for real: gnome-keyring on a session bus of its own, this test program as the person's programs.

use std::{
    env, fs,
    path::Path,
    process::{Command, Output},
    sync::{Arc, Barrier},
    thread,
};

use dropoff::{
    adapters::keychain::Keychain,
    domain::{account::AccountId, failure::VaultFailure, secret::Secret},
    ports::{Kept, SealKeys, Vault},
};

use crate::support::left_out::is_there;

/// Set for a run of this program inside the session, with what it shall do there.
pub(crate) const ROLE: &str = "DROPOFF_TEST_KEYCHAIN_ROLE";

/// This test program again, for one test in one role.
fn this_program(test: &str) -> Vec<String> {
    let program = env::current_exe().unwrap().to_string_lossy().into_owned();
    vec![program, "--exact".to_owned(), test.to_owned()]
}

/// Every role must have been played: a test that is not found passes too.
#[track_caller]
fn all_played(done: &Output, roles: usize) {
    let said = format!(
        "{}{}",
        String::from_utf8_lossy(&done.stdout),
        String::from_utf8_lossy(&done.stderr)
    );
    assert!(done.status.success(), "{said}");
    assert_eq!(said.matches("test result: ok. 1 passed").count(), roles, "{said}");
}

/// Starts a daemon on a new session bus and plays the roles there, a program each. Everything lands below `home`.
#[track_caller]
pub(crate) fn in_a_session(home: &Path, daemon: &str, roles: &[&str], test: &str) {
    let run = home.join("run");
    fs::create_dir_all(&run).unwrap();
    let script = format!(
        "{daemon}\nfor role in {}; do {ROLE}=$role \"$@\"; done",
        roles.join(" ")
    );
    let done = Command::new("dbus-run-session")
        .args(["--", "sh", "-euc", &script, "sh"])
        .args(this_program(test))
        .env_clear()
        .env("PATH", env::var_os("PATH").unwrap())
        .envs(env::vars().filter(|(name, _)| name.starts_with("DROPOFF_")))
        .env("HOME", home)
        .env("XDG_DATA_HOME", home.join("data"))
        .env("XDG_CONFIG_HOME", home.join("config"))
        .env("XDG_CACHE_HOME", home.join("cache"))
        .env("XDG_RUNTIME_DIR", &run)
        .output()
        .unwrap();
    all_played(&done, roles.len());
}

fn id() -> AccountId {
    AccountId::of("CLINIC01", "registry.example")
}

fn secret(text: &str) -> Secret {
    Secret::new(text.to_owned())
}

/// Where a role leaves the key for the next one to compare: a key of this test's own keychain.
fn key_note() -> std::path::PathBuf {
    Path::new(&env::var_os("HOME").unwrap()).join("key")
}

/// What each of several keychains has when all of them are asked for their first key at once.
fn first_keys() -> Vec<Vec<u8>> {
    const AT_ONCE: usize = 6;
    let start = Arc::new(Barrier::new(AT_ONCE));
    let asking: Vec<_> = (0..AT_ONCE)
        .map(|number| {
            let start = start.clone();
            let ask = move || {
                let keychain = Keychain::new();
                // Opens the session bus, so that the race is about the key alone.
                assert_eq!(keychain.password(&id()), Ok(None));
                start.wait();
                keychain.key().map(|key| key.expose().to_vec())
            };
            thread::Builder::new()
                .name(format!("asks {number}"))
                .spawn(ask)
                .unwrap()
        })
        .collect();
    asking
        .into_iter()
        .map(|thread| thread.join().unwrap().unwrap())
        .collect()
}

fn play(role: &str) {
    let keychain = Keychain::new();
    match role {
        "keep" => {
            assert_eq!(keychain.password(&id()), Ok(None));
            assert_eq!(keychain.keep(&id(), secret("bluebonnet")), Kept::Keychain);
            assert_eq!(Keychain::new().password(&id()), Ok(Some(secret("bluebonnet"))));
        }
        "replace" => {
            assert_eq!(keychain.password(&id()), Ok(Some(secret("bluebonnet"))));
            assert_eq!(keychain.keep(&id(), secret("pecan ☂")), Kept::Keychain);
        }
        "forget" => {
            assert_eq!(keychain.password(&id()), Ok(Some(secret("pecan ☂"))));
            assert_eq!(
                keychain.password(&AccountId::of("CLINIC02", "registry.example")),
                Ok(None)
            );
            assert_eq!(keychain.forget(&id()), Ok(()));
            assert_eq!(keychain.password(&id()), Ok(None));
            assert_eq!(keychain.forget(&id()), Ok(()));
        }
        "first-keys" => {
            let first = first_keys();
            assert!(
                first.iter().all(|key| *key == first[0]),
                "several keys were made at once"
            );
            fs::write(key_note(), &first[0]).unwrap();
        }
        "same-key" => {
            let noted = fs::read(key_note()).unwrap();
            assert_eq!(keychain.key().unwrap().expose()[..], noted);
            assert_eq!(Keychain::new().key().unwrap().expose()[..], noted);
            assert_eq!(keychain.forget_key(), Ok(()));
            assert_ne!(keychain.key().unwrap().expose()[..], noted);
        }
        "locked" => {
            let refused = keychain.password(&id());
            assert!(matches!(refused, Err(VaultFailure::Locked(_))), "{refused:?}");
            let kept = keychain.keep(&id(), secret("typed today"));
            assert!(matches!(kept, Kept::ThisRun(VaultFailure::Locked(_))), "{kept:?}");
            assert_eq!(keychain.password(&id()), Ok(Some(secret("typed today"))));
            let no_key = keychain.key();
            assert!(matches!(no_key, Err(VaultFailure::Locked(_))), "{no_key:?}");
        }
        "no-keychain" => {
            let asked = keychain.password(&id());
            assert!(matches!(asked, Err(VaultFailure::Unavailable(_))), "{asked:?}");
            let kept = keychain.keep(&id(), secret("typed today"));
            assert!(matches!(kept, Kept::ThisRun(VaultFailure::Unavailable(_))), "{kept:?}");
            assert_eq!(keychain.password(&id()), Ok(Some(secret("typed today"))));
            let forgotten = keychain.forget(&id());
            assert!(matches!(forgotten, Err(VaultFailure::Unavailable(_))), "{forgotten:?}");
            let no_key = keychain.key();
            assert!(matches!(no_key, Err(VaultFailure::Unavailable(_))), "{no_key:?}");
        }
        other => panic!("no such role: {other}"),
    }
}

pub(crate) const PROGRAMS: &[&str] = &["dbus-run-session", "gnome-keyring-daemon"];

pub(crate) const UNLOCKED: &str = "printf invented | gnome-keyring-daemon --unlock --components=secrets";

/// Nobody unlocks it, and without a screen nobody can be asked.
const LOCKED: &str = "gnome-keyring-daemon --start --components=secrets";

#[test]
fn the_keychain_keeps_a_password_from_one_run_to_the_next() {
    if let Ok(role) = env::var(ROLE) {
        return play(&role);
    }
    if !is_there("the keychain", PROGRAMS) {
        return;
    }
    let home = tempfile::tempdir().unwrap();
    let test = "keychain::the_keychain_keeps_a_password_from_one_run_to_the_next";
    in_a_session(home.path(), UNLOCKED, &["keep", "replace", "forget"], test);
}

#[test]
fn the_seal_key_is_one_key_whoever_makes_it_first_and_stays() {
    if let Ok(role) = env::var(ROLE) {
        return play(&role);
    }
    if !is_there("the keychain", PROGRAMS) {
        return;
    }
    let home = tempfile::tempdir().unwrap();
    let test = "keychain::the_seal_key_is_one_key_whoever_makes_it_first_and_stays";
    in_a_session(home.path(), UNLOCKED, &["first-keys", "same-key"], test);
}

#[test]
fn a_locked_keychain_is_told_and_the_password_kept_for_this_run() {
    if let Ok(role) = env::var(ROLE) {
        return play(&role);
    }
    if !is_there("the keychain", PROGRAMS) {
        return;
    }
    let home = tempfile::tempdir().unwrap();
    let test = "keychain::a_locked_keychain_is_told_and_the_password_kept_for_this_run";
    in_a_session(home.path(), UNLOCKED, &["keep"], test);
    in_a_session(home.path(), LOCKED, &["locked"], test);
}

#[test]
fn without_a_keychain_the_password_is_kept_for_this_run() {
    if let Ok(role) = env::var(ROLE) {
        return play(&role);
    }
    let nowhere = tempfile::tempdir().unwrap();
    let bus = format!("unix:path={}", nowhere.path().join("bus").display());
    let program = this_program("keychain::without_a_keychain_the_password_is_kept_for_this_run");
    let done = Command::new(&program[0])
        .args(&program[1..])
        .env("DBUS_SESSION_BUS_ADDRESS", bus)
        .env(ROLE, "no-keychain")
        .output()
        .unwrap();
    all_played(&done, 1);
}
