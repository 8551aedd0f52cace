//! A clinic's computer as a child process sees it: a data folder, an account, files to send, and the command line to do it with.

use std::{
    fmt::Write as _,
    fs,
    io::{self, Write},
    path::{Path, PathBuf},
    process::{Child, Command, Output, Stdio},
};

use dropoff::domain::account::{Account, Trust};
use serde_json::Value;
use tempfile::TempDir;

use crate::support::{clinic::PASSWORD, message::message, servers::PROXY};

/// Where the password comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Password {
    /// From standard input, each time: there is no keychain, and so no sealed copy.
    EachTime,
    /// From the keychain of the session that the test runs in.
    Keychain,
}

/// One data folder, gone when dropped.
pub(crate) struct FrontDesk {
    folder: TempDir,
    password: Password,
}

/// How a run of the command line ended.
#[derive(Debug)]
pub(crate) struct Ended {
    pub(crate) exit: Option<i32>,
    /// What `--json` printed; `Null` when it came to nothing.
    pub(crate) report: Value,
    /// Everything that was said, for whoever has to find out why.
    pub(crate) said: String,
}

impl FrontDesk {
    /// Sets up this account, by way of the proxy before its server. No wait for the network is longer than `timeout_secs`, and
    /// the pause between two looks is a second.
    pub(crate) fn new(account: &Account, timeout_secs: u64, password: Password) -> Self {
        let desk = Self {
            folder: tempfile::tempdir().unwrap(),
            password,
        };
        fs::create_dir(desk.data()).unwrap();
        fs::write(desk.data().join("profile.toml"), profile(timeout_secs)).unwrap();
        let Trust::ExtraAuthority(authority) = &account.endpoint.trust else {
            panic!("{:?}", account.endpoint.trust)
        };
        let authority = desk.file("authority.pem", authority.as_bytes());
        let (host, port) = (PROXY.to_string(), account.endpoint.port.to_string());
        let options = [
            ["--user", &account.user],
            ["--host", &host],
            ["--port", &port],
            ["--protocol", account.endpoint.protocol.as_str()],
            ["--ca", authority.to_str().unwrap()],
        ];
        let args = [&["account", "set", "--password-stdin"], options.as_flattened()].concat();
        let set = desk.start(&args, &[], Some(PASSWORD)).finish();
        let expected = match password {
            // Saved, but without the password, and it says so.
            Password::EachTime => 1,
            Password::Keychain => 0,
        };
        assert_eq!(set.exit, Some(expected), "{}", set.said);
        desk
    }

    pub(crate) fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    /// A file to send.
    pub(crate) fn file(&self, name: &str, content: &[u8]) -> PathBuf {
        let path = self.folder.path().join(name);
        fs::write(&path, content).unwrap();
        path
    }

    /// `send --json` of these files.
    pub(crate) fn send(&self, files: &[PathBuf]) -> Running {
        self.start_with_password(&["send", "--json"], files)
    }

    /// What runs gets the password if there is no keychain.
    pub(crate) fn start_with_password(&self, args: &[&str], files: &[PathBuf]) -> Running {
        match self.password {
            Password::EachTime => self.start(&[args, &["--password-stdin"]].concat(), files, Some(PASSWORD)),
            Password::Keychain => self.start(args, files, None),
        }
    }

    pub(crate) fn start(&self, args: &[&str], files: &[PathBuf], input: Option<&str>) -> Running {
        let mut command = Command::new(env!("CARGO_BIN_EXE_dropoff-cli"));
        command
            .arg("--data")
            .arg(self.data())
            .args(args)
            .args(files)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        if self.password == Password::EachTime {
            // Without a session bus there is no keychain on Linux.
            command.env("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent");
        }
        let mut child = command.spawn().unwrap();
        let mut stdin = child.stdin.take().unwrap();
        match stdin.write_all(input.unwrap_or_default().as_bytes()) {
            // A program that refuses its command line ends without reading.
            Err(error) if error.kind() != io::ErrorKind::BrokenPipe => panic!("{error}"),
            Ok(()) | Err(_) => {}
        }
        Running(child)
    }
}

/// A run of the command line. What it says fits into its pipes.
pub(crate) struct Running(pub(crate) Child);

impl Running {
    pub(crate) fn finish(self) -> Ended {
        let output = self.0.wait_with_output().unwrap();
        Ended {
            exit: output.status.code(),
            report: serde_json::from_slice(&output.stdout).unwrap_or(Value::Null),
            said: said(&output),
        }
    }
}

impl Ended {
    /// State and name of each submission, in the order of the files.
    #[track_caller]
    pub(crate) fn submissions(&self) -> Vec<(String, Option<String>)> {
        let Some(submissions) = self.report["submissions"].as_array() else {
            panic!("{}", self.said)
        };
        let text = |value: &Value| value.as_str().map(str::to_owned);
        submissions
            .iter()
            .map(|one| (text(&one["state"]).unwrap(), text(&one["sent_as"])))
            .collect()
    }

    /// The states alone.
    #[track_caller]
    pub(crate) fn states(&self) -> Vec<String> {
        self.submissions().into_iter().map(|(state, _)| state).collect()
    }
}

fn said(output: &Output) -> String {
    format!(
        "{}\n{}{}",
        output.status,
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    )
}

/// The built-in profile with short waits.
fn profile(timeout_secs: u64) -> String {
    include_str!("../../../assets/immtrac2.toml")
        .lines()
        .map(|line| match line.split_once(" = ") {
            Some(("between_looks_secs", _)) => String::new(),
            Some(("timeout_secs", _)) => format!("timeout_secs = {timeout_secs}\nbetween_looks_secs = 1\n"),
            Some(_) | None => format!("{line}\n"),
        })
        .collect()
}

/// An invented export of at least so many bytes. Each seed has its own patients, messages and length.
pub(crate) fn export(seed: u32, at_least_bytes: usize) -> Vec<u8> {
    let mut text = String::new();
    let mut number = 0;
    while text.len() < at_least_bytes || number == 0 {
        number += 1;
        let family_name = format!("QUILLFEATHER{}{}", in_letters(seed as usize), in_letters(number));
        text += &message(&format!("{seed}-{number}"), &family_name, number % 700);
    }
    // No two lengths are the same, so that a part of one file is never as long as another.
    write!(text, "NTE|1||{}\r", "Y".repeat(seed as usize + 1)).unwrap();
    text.into_bytes()
}

/// A number as letters, since no name has figures in it.
fn in_letters(number: usize) -> String {
    number
        .to_string()
        .bytes()
        .map(|digit| char::from(digit - b'0' + b'A'))
        .collect()
}

/// What a person would see of `path` in the folder's listing.
pub(crate) fn names_in(path: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(path)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}
