//! The real window on a screen of its own, used by the accessibility bus alone, as a screen reader does.

use std::{
    env, fs,
    io::Write,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use tempfile::TempDir;

use crate::support::left_out::{is_there, leave_out};

/// Debian's own Python: it is the one that has Debian's pyatspi.
const PYTHON: &str = "/usr/bin/python3";
const PRESS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/integration/support/press.py");
const SAMPLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/samples/good-12-patients.hl7");

/// A home, a data folder and a screen for one start of the window.
struct Desk {
    home: TempDir,
}

impl Desk {
    /// A desk, unless something that it needs is not installed.
    fn find() -> Option<Self> {
        let what = "the real window";
        if !is_there(what, &["Xvfb", "dbus-run-session"]) {
            return None;
        }
        let services = Path::new("/usr/share/dbus-1/services/org.a11y.Bus.service");
        if !services.is_file() {
            leave_out(&format!("{what}, which needs at-spi2-core"));
            return None;
        }
        let pyatspi = Command::new(PYTHON).args(["-c", "import pyatspi"]).output();
        if !pyatspi.is_ok_and(|asked| asked.status.success()) {
            leave_out(&format!("{what}, which needs python3-pyatspi"));
            return None;
        }
        let home = tempfile::tempdir().unwrap();
        fs::create_dir(home.path().join("run")).unwrap();
        Some(Self { home })
    }

    fn data(&self) -> PathBuf {
        self.home.path().join("data")
    }

    /// Starts the window, takes the steps, ends the window. What was seen and pressed, in this order.
    #[track_caller]
    fn use_window(&self, args: &[&str], steps: &[&str]) -> Vec<String> {
        let home = self.home.path();
        let mut session = Command::new("dbus-run-session")
            .args(["--", PYTHON, PRESS, env!("CARGO_BIN_EXE_dropoff"), "--data"])
            .arg(self.data())
            .args(args)
            .env_clear()
            .env("PATH", env::var_os("PATH").unwrap())
            .env("HOME", home)
            .env("XDG_RUNTIME_DIR", home.join("run"))
            .env("LIBGL_ALWAYS_SOFTWARE", "1")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        writeln!(session.stdin.take().unwrap(), "{}", steps.join("\n")).unwrap();
        let done = session.wait_with_output().unwrap();
        let said = String::from_utf8_lossy(&done.stdout);
        assert!(done.status.success(), "{said}{}", String::from_utf8_lossy(&done.stderr));
        said.lines()
            .filter(|line| {
                ["saw ", "pressed ", "ended ", "windows "]
                    .iter()
                    .any(|begin| line.starts_with(begin))
            })
            .map(str::to_owned)
            .collect()
    }
}

#[test]
fn a_file_on_the_command_line_reaches_the_demo_by_screen_reader_alone() {
    let Some(desk) = Desk::find() else {
        return;
    };
    let heard = desk.use_window(
        &["--demo", SAMPLE],
        &[
            "see page tab 'This month' [",
            "see 'Ready to send.'",
            "press 'Send 1 file to the Demo'",
            "see 'The registry has the whole file.",
        ],
    );
    assert_eq!(
        heard,
        [
            "saw page tab 'This month' [selected]",
            "saw label 'Ready to send.'",
            "pressed push button 'Send 1 file to the Demo'",
            "saw label 'The registry has the whole file. Its report will say which records were stored.'",
        ]
    );
}

#[test]
fn just_show_me_leads_from_the_first_start_into_the_demo_by_screen_reader_alone() {
    let Some(desk) = Desk::find() else {
        return;
    };
    let heard = desk.use_window(
        &[],
        &[
            "see heading 'How do records reach Texas?'",
            "press 'Just show me'",
            "see landmark 'DEMO",
            "press 'Use a sample'",
            "see 'Ready to send.'",
        ],
    );
    assert_eq!(heard[1], "pressed push button 'Just show me'");
    assert!(heard[2].contains("nothing goes to Texas"), "{heard:?}");
    assert_eq!(heard[3], "pressed push button 'Use a sample'");
}

#[test]
fn a_second_start_hands_its_file_to_the_first_and_ends() {
    let Some(desk) = Desk::find() else {
        return;
    };
    let start = format!("start '{SAMPLE}'");
    let heard = desk.use_window(
        &["--demo"],
        &[
            "see heading \"Drop this month's file here\"",
            &start,
            "see 'Ready to send.'",
            "windows",
            "start --demo",
            "see 'Send 1 file to the Demo'",
            "windows",
        ],
    );
    assert_eq!(heard[1], "ended 0", "{heard:?}");
    assert_eq!(heard[3], "windows 1", "{heard:?}");
    assert_eq!(heard[4], "ended 0", "{heard:?}");
    assert_eq!(heard[6], "windows 1", "{heard:?}");
}

#[test]
fn a_second_start_for_the_demo_does_not_bring_its_file_into_a_window_that_is_none() {
    let Some(desk) = Desk::find() else {
        return;
    };
    let heard = desk.use_window(
        &[],
        &[
            "see heading 'How do records reach Texas?'",
            &format!("start --demo '{SAMPLE}'"),
            "see 'Dropoff is open already, and this is not the Demo.",
            "windows",
        ],
    );
    assert_eq!(heard[1], "ended 1", "{heard:?}");
    assert_eq!(heard[3], "windows 1", "{heard:?}");
}

#[test]
fn everything_is_removed_from_a_computer_by_screen_reader_alone() {
    let Some(desk) = Desk::find() else {
        return;
    };
    let heard = desk.use_window(
        &[],
        &[
            "press 'Just show me'",
            "press 'Use a sample'",
            "press 'Help'",
            "press 'Move or retire this computer'",
            "press 'Remove everything from this computer…'",
            "press 'Yes, everything in the first list may go.'",
            "press push button 'Remove everything now'",
            "see 'The list of files that were sent'",
            "press 'Close Dropoff'",
            "end",
        ],
    );
    assert_eq!(heard.last().map(String::as_str), Some("ended 0"), "{heard:?}");
    assert!(!desk.data().exists());
}
