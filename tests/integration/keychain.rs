//! The keychain for real: gnome-keyring on a session bus of its own, this test program as the person's programs.

use std::{
    env, fs,
    io::{self, Write},
    path::Path,
    process::Command,
};

use dropoff::{
    adapters::keychain::Keychain,
    domain::{account::AccountId, failure::VaultFailure, secret::Secret},
    ports::{Kept, Vault},
};

/// Set for a run of this program inside the session, with what it shall do there.
const ROLE: &str = "DROPOFF_TEST_KEYCHAIN_ROLE";

/// Says what could not run. With `DROPOFF_REQUIRE_ALL=1`, as in CI, leaving something out is a failure.
fn is_there(programs: &[&str]) -> bool {
    let is_on_path =
        |program: &str| env::split_paths(&env::var_os("PATH").unwrap()).any(|folder| folder.join(program).is_file());
    let Some(missing) = programs.iter().find(|program| !is_on_path(program)) else {
        return true;
    };
    assert!(
        env::var_os("DROPOFF_REQUIRE_ALL").is_none(),
        "{missing} is not installed"
    );
    // Not by a macro: those are held back while a test passes.
    writeln!(io::stderr(), "not run: the keychain, which needs {missing}").unwrap();
    false
}

/// This test program again, for one test and with one role; `$1` of a script.
fn this_program() -> String {
    env::current_exe().unwrap().to_string_lossy().into_owned()
}

/// Runs a script on a new session bus. Everything that it writes lands below `home`.
#[track_caller]
fn in_a_session(home: &Path, script: &str, test: &str) {
    let run = home.join("run");
    fs::create_dir_all(&run).unwrap();
    let done = Command::new("dbus-run-session")
        .args(["--", "sh", "-euc", script, "sh", &this_program(), test])
        .env_clear()
        .env("PATH", env::var_os("PATH").unwrap())
        .env("HOME", home)
        .env("XDG_DATA_HOME", home.join("data"))
        .env("XDG_CONFIG_HOME", home.join("config"))
        .env("XDG_CACHE_HOME", home.join("cache"))
        .env("XDG_RUNTIME_DIR", &run)
        .output()
        .unwrap();
    assert!(
        done.status.success(),
        "{}{}",
        String::from_utf8_lossy(&done.stdout),
        String::from_utf8_lossy(&done.stderr)
    );
}

fn id() -> AccountId {
    AccountId::of("CLINIC01", "registry.example")
}

fn secret(text: &str) -> Secret {
    Secret::new(text.to_owned())
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
        "locked" => {
            let refused = keychain.password(&id());
            assert!(matches!(refused, Err(VaultFailure::Locked(_))), "{refused:?}");
            let kept = keychain.keep(&id(), secret("typed today"));
            assert!(matches!(kept, Kept::ThisRun(VaultFailure::Locked(_))), "{kept:?}");
            assert_eq!(keychain.password(&id()), Ok(Some(secret("typed today"))));
        }
        "no keychain" => {
            let asked = keychain.password(&id());
            assert!(matches!(asked, Err(VaultFailure::Unavailable(_))), "{asked:?}");
            let kept = keychain.keep(&id(), secret("typed today"));
            assert!(matches!(kept, Kept::ThisRun(VaultFailure::Unavailable(_))), "{kept:?}");
            assert_eq!(keychain.password(&id()), Ok(Some(secret("typed today"))));
            let forgotten = keychain.forget(&id());
            assert!(matches!(forgotten, Err(VaultFailure::Unavailable(_))), "{forgotten:?}");
        }
        other => panic!("no such role: {other}"),
    }
}

const PROGRAMS: &[&str] = &["dbus-run-session", "gnome-keyring-daemon"];

#[test]
fn the_keychain_keeps_a_password_from_one_run_to_the_next() {
    if let Ok(role) = env::var(ROLE) {
        return play(&role);
    }
    if !is_there(PROGRAMS) {
        return;
    }
    let home = tempfile::tempdir().unwrap();
    in_a_session(
        home.path(),
        "printf invented | gnome-keyring-daemon --unlock --components=secrets
         for role in keep replace forget; do DROPOFF_TEST_KEYCHAIN_ROLE=$role \"$1\" --exact \"$2\"; done",
        "keychain::the_keychain_keeps_a_password_from_one_run_to_the_next",
    );
}

#[test]
fn a_locked_keychain_is_told_and_the_password_kept_for_this_run() {
    if let Ok(role) = env::var(ROLE) {
        return play(&role);
    }
    if !is_there(PROGRAMS) {
        return;
    }
    let home = tempfile::tempdir().unwrap();
    let test = "keychain::a_locked_keychain_is_told_and_the_password_kept_for_this_run";
    in_a_session(
        home.path(),
        "printf invented | gnome-keyring-daemon --unlock --components=secrets
         DROPOFF_TEST_KEYCHAIN_ROLE=keep \"$1\" --exact \"$2\"",
        test,
    );
    // Nobody unlocks it this time, and without a screen nobody can be asked.
    in_a_session(
        home.path(),
        "gnome-keyring-daemon --start --components=secrets
         DROPOFF_TEST_KEYCHAIN_ROLE=locked \"$1\" --exact \"$2\"",
        test,
    );
}

#[test]
fn without_a_keychain_the_password_is_kept_for_this_run() {
    if let Ok(role) = env::var(ROLE) {
        return play(&role);
    }
    let nowhere = tempfile::tempdir().unwrap();
    let bus = format!("unix:path={}", nowhere.path().join("bus").display());
    let done = Command::new(this_program())
        .args([
            "--exact",
            "keychain::without_a_keychain_the_password_is_kept_for_this_run",
        ])
        .env("DBUS_SESSION_BUS_ADDRESS", bus)
        .env(ROLE, "no keychain")
        .output()
        .unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stdout));
}
