//! Dropoff while nobody sits before it: real processes, a keychain of their own, a registry that comes up late.

use std::{
    env, fs,
    io::{BufRead, BufReader, Write},
    path::PathBuf,
    process::{Child, Command, ExitStatus, Output, Stdio},
    thread,
    time::{Duration, Instant},
};

use dropoff::{
    adapters::keychain::Keychain,
    domain::account::{AccountId, Protocol},
    ports::Vault,
};

use crate::support::{
    authority::Authority,
    clinic::PASSWORD,
    gate::Gate,
    left_out::is_there,
    pretend::{Pretend, USER},
};

const EXPORT: &str = crate::support::message::MESSAGE;
/// Set for the run of this test program inside its own session.
const INSIDE: &str = "DROPOFF_TEST_AWAY";
/// Never reached by a test that passes.
const LIMIT: Duration = Duration::from_mins(2);

/// Runs this test again on a session bus with a keychain. Whether this is that run.
fn is_inside(test: &str, also: &[&str]) -> bool {
    if env::var_os(INSIDE).is_some() {
        return true;
    }
    let needs = [&["dbus-run-session", "gnome-keyring-daemon"], also].concat();
    if !is_there("the background", &needs) {
        return false;
    }
    let home = tempfile::Builder::new().prefix("at home ").tempdir().unwrap();
    let run = home.path().join("run");
    fs::create_dir(&run).unwrap();
    let script = "printf invented | gnome-keyring-daemon --unlock --components=secrets >/dev/null; exec \"$@\"";
    let done = Command::new("dbus-run-session")
        .args(["--", "sh", "-euc", script, "sh"])
        .arg(env::current_exe().unwrap())
        .args(["--exact", test, "--nocapture"])
        .env_clear()
        .env(INSIDE, "1")
        .env("PATH", env::var_os("PATH").unwrap())
        .env("HOME", home.path())
        .env("XDG_CONFIG_HOME", home.path().join("set up"))
        .env("XDG_RUNTIME_DIR", &run)
        .env("LIBGL_ALWAYS_SOFTWARE", "1")
        .output()
        .unwrap();
    let said = format!(
        "{}{}",
        String::from_utf8_lossy(&done.stdout),
        String::from_utf8_lossy(&done.stderr)
    );
    assert!(
        done.status.success() && said.contains("test result: ok. 1 passed"),
        "{said}"
    );
    false
}

/// A clinic with an account at a registry behind a gate, and one file that could not be sent.
struct Clinic {
    home: PathBuf,
    gate: Gate,
}

impl Clinic {
    fn with_a_file_that_waits() -> Self {
        let clinic = Self {
            home: PathBuf::from(env::var_os("HOME").unwrap()),
            gate: Gate::closed(),
        };
        let authority = clinic.home.join("authority.pem");
        fs::write(&authority, &Authority::shared().pem).unwrap();
        let set = clinic.cli(
            &[
                "account",
                "set",
                "--user",
                USER,
                "--host",
                "localhost",
                "--port",
                &clinic.gate.port.to_string(),
                "--protocol",
                "ftps-implicit",
                "--ca",
                authority.to_str().unwrap(),
                "--password-stdin",
            ],
            PASSWORD,
        );
        assert!(set.status.success(), "{set:?}");
        let file = clinic.home.join("november.hl7");
        fs::write(&file, EXPORT).unwrap();
        let tried = clinic.cli(&["send", file.to_str().unwrap()], "");
        assert_eq!(tried.status.code(), Some(3), "{tried:?}");
        // From now on only the sealed copy is there.
        fs::remove_file(file).unwrap();
        clinic
    }

    fn data(&self) -> PathBuf {
        self.home.join("the data")
    }

    fn cli(&self, args: &[&str], input: &str) -> Output {
        let mut child = Command::new(env!("CARGO_BIN_EXE_dropoff-cli"))
            .arg("--data")
            .arg(self.data())
            .args(args)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
        child.wait_with_output().unwrap()
    }

    fn outbox(&self) -> usize {
        let asked = self.cli(&["--json", "outbox"], "");
        let answer: serde_json::Value = serde_json::from_slice(&asked.stdout).unwrap();
        answer["submissions"].as_array().unwrap().len()
    }

    fn start(&self, args: &[&str], display: Option<&Screen>) -> Running {
        let mut command = Command::new(env!("CARGO_BIN_EXE_dropoff"));
        command.arg("--data").arg(self.data()).args(args).stdin(Stdio::null());
        if let Some(screen) = display {
            command.env("DISPLAY", &screen.number);
        }
        Running(command.spawn().unwrap())
    }

    /// What is started at sign-in.
    fn at_sign_in(&self) -> Option<String> {
        let entries = fs::read_dir(self.home.join("set up").join("autostart")).ok()?;
        // It is written whole beside its place and moved there: what is still beside it is none, and may be gone by now.
        let mut paths = entries.filter_map(|entry| Some(entry.ok()?.path()));
        let entry = paths.find(|path| path.extension().is_some_and(|ending| ending == "desktop"))?;
        fs::read_to_string(entry).ok()
    }

    /// The background has seen that a file waits.
    fn until_noted_for_sign_in(&self) -> String {
        until(|| self.at_sign_in())
    }
}

/// Nobody tells when a file appears, so it is asked for until it does.
#[track_caller]
fn until<T>(mut is_there: impl FnMut() -> Option<T>) -> T {
    let end = Instant::now() + LIMIT;
    loop {
        if let Some(found) = is_there() {
            return found;
        }
        assert!(Instant::now() < end, "it never came");
        thread::yield_now();
    }
}

/// A process that does not outlive its test.
struct Running(Child);

impl Running {
    #[track_caller]
    fn end(&mut self) -> ExitStatus {
        until(|| self.0.try_wait().unwrap())
    }

    fn is_running(&mut self) -> bool {
        self.0.try_wait().unwrap().is_none()
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // It may have ended by itself.
        self.0.kill().unwrap_or_default();
        self.0.wait().unwrap();
    }
}

/// A screen that nobody sees.
struct Screen {
    number: String,
    _server: Running,
}

impl Screen {
    fn start() -> Self {
        let mut server = Command::new("Xvfb")
            .args(["-displayfd", "1", "-screen", "0", "1100x760x24", "-nolisten", "tcp"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut number = String::new();
        BufReader::new(server.stdout.take().unwrap())
            .read_line(&mut number)
            .unwrap();
        Self {
            number: format!(":{}", number.trim()),
            _server: Running(server),
        }
    }
}

#[test]
fn the_background_keeps_trying_until_the_registry_is_there_and_then_ends() {
    if !is_inside(
        "away::the_background_keeps_trying_until_the_registry_is_there_and_then_ends",
        &[],
    ) {
        return;
    }
    let clinic = Clinic::with_a_file_that_waits();
    let mut background = clinic.start(&["--background"], None);
    let entry = clinic.until_noted_for_sign_in();
    let data = clinic.data();
    assert!(
        entry.contains(&format!("\"--background\" \"--data\" \"{}\"\n", data.display())),
        "{entry}"
    );
    assert!(!entry.contains("november"), "{entry}");
    let second = clinic.start(&["--background"], None).end();
    assert!(second.success(), "one is enough: {second}");
    assert!(background.is_running());

    let server = Pretend::start(Protocol::FtpsImplicit, &[]);
    clinic.gate.open(server.account.endpoint.port);
    assert!(background.end().success());
    assert_eq!(clinic.outbox(), 0);
    assert_eq!(clinic.at_sign_in(), None, "nothing waits any more");
    assert_eq!(server.stop().uploads.len(), 1);
    let logs = fs::read_dir(data.join("logs")).unwrap();
    for log in logs {
        let said = fs::read_to_string(log.unwrap().path()).unwrap();
        assert!(!said.contains("november") && !said.contains("QUILLFEATHER"), "{said}");
    }
}

#[test]
fn a_window_that_opens_takes_over_from_the_background() {
    if !is_inside("away::a_window_that_opens_takes_over_from_the_background", &["Xvfb"]) {
        return;
    }
    let clinic = Clinic::with_a_file_that_waits();
    let mut background = clinic.start(&["--background"], None);
    clinic.until_noted_for_sign_in();
    let screen = Screen::start();
    let mut window = clinic.start(&[], Some(&screen));
    assert!(background.end().success());
    assert!(window.is_running());
    assert!(clinic.at_sign_in().is_some(), "the file still waits");
    assert_eq!(clinic.outbox(), 1);
    // While the window is open, none begins.
    assert!(clinic.start(&["--background"], None).end().success());
}

#[test]
fn window_background_and_command_line_at_once_send_a_file_once_and_never_two_are_connected() {
    if !is_inside(
        "away::window_background_and_command_line_at_once_send_a_file_once_and_never_two_are_connected",
        &["Xvfb"],
    ) {
        return;
    }
    let clinic = Clinic::with_a_file_that_waits();
    let screen = Screen::start();
    let server = Pretend::start(Protocol::FtpsImplicit, &[]);
    clinic.gate.open(server.account.endpoint.port);
    let background = clinic.start(&["--background"], None);
    let window = clinic.start(&[], Some(&screen));
    thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| clinic.cli(&["run"], ""));
        }
    });
    until(|| (clinic.outbox() == 0).then_some(()));
    drop(window);
    drop(background);
    assert_eq!(clinic.gate.most_at_once(), 1);
    assert_eq!(server.stop().uploads.len(), 1);
}

#[test]
fn a_computer_is_retired_once_nothing_waits_and_nobody_works_there() {
    if !is_inside(
        "away::a_computer_is_retired_once_nothing_waits_and_nobody_works_there",
        &[],
    ) {
        return;
    }
    let clinic = Clinic::with_a_file_that_waits();
    let (account, data) = (AccountId::of(USER, "localhost"), clinic.data());
    let retire = |args: &[&str]| {
        let done = clinic.cli(&[&["retire", "--json"], args].concat(), "");
        let report: serde_json::Value = serde_json::from_slice(&done.stdout).unwrap();
        (done.status.code().unwrap(), report)
    };
    let (exit, report) = retire(&["--yes"]);
    assert_eq!(exit, 3, "{report}");
    assert_eq!(report["undelivered"][0]["account"], account.as_str());
    assert_eq!(clinic.outbox(), 1, "it still waits");

    let background = clinic.start(&["--background"], None);
    clinic.until_noted_for_sign_in();
    assert_eq!(retire(&["--yes"]).0, 1, "somebody works there");
    // Killed, so that it leaves its entry behind.
    drop(background);
    let server = Pretend::start(Protocol::FtpsImplicit, &[]);
    clinic.gate.open(server.account.endpoint.port);
    assert!(clinic.cli(&["run"], "").status.success());
    assert!(clinic.at_sign_in().is_some());

    assert_eq!(retire(&[]).0, 4, "nobody has said yes");
    assert!(Keychain::new().password(&account).unwrap().is_some());
    let (exit, report) = retire(&["--yes"]);
    assert_eq!((exit, report["left"].as_array().unwrap().len()), (0, 0), "{report}");
    assert!(!data.exists());
    assert_eq!(Keychain::new().password(&account), Ok(None));
    assert_eq!(clinic.at_sign_in(), None);
    assert_eq!(server.stop().uploads.len(), 1);
}
