//! The command line, run as a stranger would, against the Demo.

mod account;
mod findings;
mod holding;
mod outbox;
mod printing;
mod repairing;
mod together;

use std::{
    fs,
    io::{self, BufRead, BufReader, Write},
    path::{Path, PathBuf},
    process::{Child, Command, Output, Stdio},
};

use serde_json::Value;
use tempfile::TempDir;

const EXPORT: &str = crate::support::message::MESSAGE;
/// What must be nowhere on disk after a run.
const PATIENT: [&str; 2] = ["QUILLFEATHER", "Quillfeather"];

struct Desk {
    folder: TempDir,
    /// Without a session bus there is no keychain on Linux.
    bus: &'static [(&'static str, &'static str)],
}

impl Desk {
    fn new() -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
            bus: &[("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent")],
        }
    }

    /// With the keychain of the session that the test runs in.
    fn with_keychain() -> Self {
        Self {
            bus: &[],
            ..Self::new()
        }
    }

    fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    fn file(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.folder.path().join(name);
        fs::write(&path, content).unwrap();
        path
    }

    fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_dropoff-cli"));
        command.arg("--data").arg(self.data()).args(args);
        command.envs(self.bus.iter().copied());
        command
    }

    /// What the program tells a person to run next.
    fn hint(&self, command: &str) -> String {
        format!("dropoff-cli --data {} {command}", self.data().display())
    }

    fn run(&self, args: &[&str], files: &[&Path]) -> Output {
        self.command(args).args(files).stdin(Stdio::null()).output().unwrap()
    }

    fn run_with_input(&self, args: &[&str], input: &str) -> Output {
        let mut child = self
            .command(args)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        // A program that refuses its command line ends without reading.
        match child.stdin.take().unwrap().write_all(input.as_bytes()) {
            Err(error) if error.kind() != io::ErrorKind::BrokenPipe => panic!("{error}"),
            Ok(()) | Err(_) => {}
        }
        child.wait_with_output().unwrap()
    }

    fn send(&self, files: &[&Path]) -> (i32, Vec<Value>) {
        let output = self.run(&["--demo", "--json", "send"], files);
        let report = json(&output);
        (
            output.status.code().unwrap(),
            report["submissions"].as_array().unwrap().clone(),
        )
    }
}

#[track_caller]
fn json(output: &Output) -> Value {
    let text = String::from_utf8(output.stdout.clone()).unwrap();
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error}: {output:?}"))
}

fn states(submissions: &[Value]) -> Vec<&str> {
    submissions.iter().map(|one| one["state"].as_str().unwrap()).collect()
}

fn nothing_waits(desk: &Desk) -> bool {
    let empty = desk.run(&["outbox", "--json"], &[]);
    empty.status.code() == Some(0) && json(&empty)["submissions"] == Value::Array(Vec::new())
}

/// A Demo that runs in a process of its own, as a registry that outlives one `send`.
struct Registry {
    process: Child,
    access: Value,
}

impl Registry {
    fn start(desk: &Desk) -> Self {
        let mut process = Command::new(env!("CARGO_BIN_EXE_dropoff-cli"))
            .args(["demo", "--data"])
            .arg(desk.folder.path().join("registry"))
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(process.stdout.take().unwrap())
            .read_line(&mut line)
            .unwrap();
        Self {
            process,
            access: serde_json::from_str(&line).unwrap(),
        }
    }

    /// The account without its password: there is no keychain in this test.
    fn set_account(&self, desk: &Desk) -> Output {
        self.set_account_at(desk, &self.access["port"].to_string())
    }

    fn set_account_at(&self, desk: &Desk, port: &str) -> Output {
        let text = |key: &str| self.access[key].as_str().unwrap().to_owned();
        let (host, user, pin) = (text("host"), text("user"), text("pin"));
        let (protocol, password) = (text("protocol"), text("password"));
        let args = [
            "account",
            "set",
            "--user",
            &user,
            "--host",
            &host,
            "--port",
            port,
            "--protocol",
            &protocol,
            "--pin",
            &pin,
            "--password-stdin",
        ];
        desk.run_with_input(&args, &format!("{password}\n"))
    }

    fn password(&self) -> &str {
        self.access["password"].as_str().unwrap()
    }
}

impl Drop for Registry {
    fn drop(&mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
    }
}

#[test]
fn a_file_gets_into_the_demo_under_the_official_name() {
    let desk = Desk::new();
    let file = desk.file("november.hl7", EXPORT);
    let (exit, submissions) = desk.send(&[&file]);
    assert_eq!(exit, 0);
    let [one] = submissions.as_slice() else {
        panic!("{submissions:?}")
    };
    assert_eq!(one["file"], file.to_str().unwrap());
    assert_eq!(one["bytes"], EXPORT.len());
    assert_eq!(one["messages"], 1);
    assert_eq!(one["state"], "delivered");
    assert_eq!(one["verified"], true);
    assert_eq!(one["why"], Value::Null);
    assert_eq!(one["sha256"].as_str().unwrap().len(), 64);
    let name = one["sent_as"].as_str().unwrap();
    assert!(
        name.strip_prefix("DEMO01")
            .and_then(|rest| rest.strip_suffix(".hl7"))
            .is_some_and(|day| day.len() == 5),
        "{name}"
    );
    assert_eq!(
        fs::read(&file).unwrap(),
        EXPORT.as_bytes(),
        "the chosen file is never changed"
    );
}

#[test]
fn a_second_file_on_one_day_takes_the_next_name() {
    let desk = Desk::new();
    let first = desk.file("a.hl7", EXPORT);
    let second = desk.file("b.hl7", EXPORT.replace("A1", "B2"));
    let third = desk.file("ż ñ 名 😀.hl7", EXPORT.replace("A1", "C3"));
    let (exit, submissions) = desk.send(&[&first, &second, &third]);
    assert_eq!((exit, states(&submissions)), (0, vec!["delivered"; 3]));
    let names: Vec<&str> = submissions.iter().map(|one| one["sent_as"].as_str().unwrap()).collect();
    let stem = names[0].strip_suffix(".hl7").unwrap();
    assert_eq!(names[1..], [format!("{stem}.1.hl7"), format!("{stem}.2.hl7")]);
}

#[test]
fn what_is_no_whole_hl7_file_is_held_and_says_why() {
    let desk = Desk::new();
    let cases = [
        desk.file("report.hl7", "%PDF-1.7\n%stuff"),
        desk.file("empty.hl7", ""),
        desk.file(
            "page.hl7",
            "<!DOCTYPE html><html><body>Service Unavailable</body></html>",
        ),
        desk.file("cut.hl7", format!("FHS|^~\\&\rBHS|^~\\&\r{EXPORT}")),
        desk.file("envelope.hl7", "FHS|^~\\&\rBHS|^~\\&\rBTS|0\rFTS|1\r"),
    ];
    for file in &cases {
        let (exit, submissions) = desk.send(&[file]);
        assert_eq!((exit, states(&submissions)), (4, vec!["held"]), "{file:?}");
        assert!(!submissions[0]["why"].as_str().unwrap().is_empty());
        assert_eq!(submissions[0]["verified"], false);
    }
}

#[test]
fn of_several_files_the_worst_decides_the_exit_status() {
    let desk = Desk::new();
    let good = desk.file("a.hl7", EXPORT);
    let held = desk.file("b.hl7", "%PDF-1.7");
    let missing = desk.folder.path().join("missing.hl7");
    let (exit, submissions) = desk.send(&[&good, &held]);
    assert_eq!((exit, states(&submissions)), (4, vec!["delivered", "held"]));
    let (exit, submissions) = desk.send(&[&missing, &good, &held]);
    assert_eq!((exit, states(&submissions)), (1, vec!["failed", "delivered", "held"]));
}

#[test]
fn a_folder_offers_the_hl7_files_in_it_whatever_they_are_called() {
    let desk = Desk::new();
    let folder = desk.folder.path().join("exports");
    fs::create_dir(&folder).unwrap();
    fs::write(folder.join("november.txt"), EXPORT).unwrap();
    fs::write(folder.join("letter.hl7"), "%PDF-1.7").unwrap();
    fs::create_dir(folder.join("october")).unwrap();
    fs::write(folder.join("october").join("deeper.hl7"), EXPORT).unwrap();
    let output = desk.run(&["--demo", "--json", "send"], &[&folder]);
    let submissions = &json(&output)["submissions"];
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    assert_eq!(states(submissions.as_array().unwrap()), ["delivered"]);
    let said = String::from_utf8_lossy(&output.stderr);
    for words in ["1 file of the folder is not HL7", "1 folder inside was not read."] {
        assert!(said.contains(words), "{said}");
    }
}

#[test]
fn without_a_keychain_the_account_is_saved_and_the_password_given_with_each_send() {
    let desk = Desk::new();
    let registry = Registry::start(&desk);
    let set = registry.set_account(&desk);
    assert_eq!(set.status.code(), Some(1), "{set:?}");
    assert!(
        String::from_utf8_lossy(&set.stderr).contains("send --password-stdin"),
        "{set:?}"
    );

    let file = desk.file("november.hl7", EXPORT);
    let args = ["--json", "send", "--password-stdin", file.to_str().unwrap()];
    let first = desk.run_with_input(&args, registry.password());
    assert_eq!(first.status.code(), Some(0), "{first:?}");

    // The same content again is a duplicate, in this folder or in Accepted; `--again` sends it under the next name.
    let again = desk.run_with_input(&args, registry.password());
    assert_eq!(again.status.code(), Some(4), "{again:?}");
    assert_eq!(json(&again)["submissions"][0]["state"], "duplicate");
    let args = ["send", "--again", "--json", "--password-stdin", file.to_str().unwrap()];
    let anyway = desk.run_with_input(&args, registry.password());
    assert_eq!(anyway.status.code(), Some(0), "{anyway:?}");
    assert_ne!(
        json(&anyway)["submissions"][0]["sent_as"],
        json(&first)["submissions"][0]["sent_as"]
    );

    let wrong = desk.run_with_input(&["account", "test", "--json", "--password-stdin"], "wrong\n");
    assert_eq!(wrong.status.code(), Some(1));
    let steps = &json(&wrong)["steps"];
    let results: Vec<&str> = steps
        .as_array()
        .unwrap()
        .iter()
        .map(|step| step["result"].as_str().unwrap())
        .collect();
    assert_eq!(
        results,
        ["passed", "passed", "passed", "failed", "not tried", "not tried"]
    );

    nothing_leaked(&desk.data(), registry.password());
}

#[track_caller]
fn nothing_leaked(data: &Path, password: &str) {
    let found = texts_below(data);
    assert!(found.len() >= 2, "the settings and the log are there");
    for (path, text) in found {
        assert!(!text.contains(password), "the password is in {}", path.display());
        assert!(
            !text.contains("november"),
            "the name of the chosen file is in {}",
            path.display()
        );
        for name in PATIENT {
            assert!(!text.contains(name), "a patient's name is in {}", path.display());
        }
    }
}

#[track_caller]
fn is_nowhere_in(data: &Path, what: &str) {
    let found = texts_below(data);
    assert!(!found.is_empty(), "nothing was written");
    for (path, text) in found {
        assert!(!text.contains(what), "{what} is in {}", path.display());
    }
}

/// Every file of a folder, with what of it is text.
fn texts_below(folder: &Path) -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let text = String::from_utf8_lossy(&fs::read(&path).unwrap()).into_owned();
            found.push((path, text));
        }
    }
    found
}

#[test]
fn an_authority_that_is_too_long_is_refused_and_not_cut_off() {
    let desk = Desk::new();
    let long = format!("-----BEGIN CERTIFICATE-----\n{}", "A".repeat(256 * 1024));
    let file = desk.file("authority.pem", long);
    let args = [
        "account",
        "set",
        "--user",
        "CLINIC01",
        "--password-stdin",
        "--ca",
        file.to_str().unwrap(),
    ];
    let output = desk.run_with_input(&args, "bluebonnet\n");
    assert_eq!(output.status.code(), Some(2), "{output:?}");
    assert!(!desk.data().join("settings.toml").exists());
}

#[test]
fn plain_ftp_is_no_protocol() {
    let desk = Desk::new();
    let output = desk.run(
        &[
            "account",
            "set",
            "--user",
            "CLINIC01",
            "--protocol",
            "ftp",
            "--password-stdin",
        ],
        &[],
    );
    assert_eq!(output.status.code(), Some(2), "{output:?}");
}

#[test]
fn a_wrong_command_line_is_exit_status_2() {
    let desk = Desk::new();
    for args in [
        &["send"][..],
        &["sned"],
        &["account", "set"],
        &["account", "set", "--user", "A/B", "--password-stdin"],
    ] {
        let output = desk.run_with_input(args, "bluebonnet\n");
        assert_eq!(output.status.code(), Some(2), "{args:?} {output:?}");
        assert!(!output.stderr.is_empty(), "{args:?}");
    }
}

#[test]
fn without_an_account_nothing_is_sent_and_the_way_to_one_is_named() {
    let desk = Desk::new();
    let file = desk.file("a.hl7", EXPORT);
    let output = desk.run(&["send", "--json"], &[&file]);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(json(&output)["submissions"][0]["state"], "failed");
    assert!(
        String::from_utf8_lossy(&output.stderr).contains("account set"),
        "{output:?}"
    );
}

#[test]
fn global_options_stand_before_or_after_the_subcommand() {
    let desk = Desk::new();
    for args in [
        &["--json", "--demo", "account", "test"][..],
        &["account", "test", "--demo", "--json"],
    ] {
        let output = desk.run(args, &[]);
        assert_eq!(output.status.code(), Some(0), "{output:?}");
        assert_eq!(json(&output)["ok"], true);
    }
}

#[test]
fn damaged_settings_are_said_and_left_alone() {
    let desk = Desk::new();
    fs::create_dir(desk.data()).unwrap();
    let settings = desk.data().join("settings.toml");
    fs::write(&settings, "version = \"what\"").unwrap();
    let output = desk.run(&["account", "test"], &[]);
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    assert_eq!(fs::read_to_string(&settings).unwrap(), "version = \"what\"");
}

#[test]
fn a_computer_is_retired_only_with_a_clear_yes_and_what_stays_is_said() {
    let desk = Desk::new();
    let file = desk.file("november.hl7", EXPORT);
    assert_eq!(desk.send(&[&file]).0, 0);
    let own = desk.data().join("notes.txt");
    fs::write(&own, "of the clinic").unwrap();

    let asked = desk.run_with_input(&["retire"], "");
    assert_eq!(asked.status.code(), Some(4), "{asked:?}");
    assert!(String::from_utf8_lossy(&asked.stdout).contains("--yes"), "{asked:?}");
    assert!(desk.data().join("ledger.db").exists());
    let demo = desk.run_with_input(&["retire", "--yes", "--demo"], "");
    assert_eq!(demo.status.code(), Some(2), "{demo:?}");

    let gone = desk.run_with_input(&["retire", "--yes", "--json"], "");
    // Nobody can say that the key is gone: there is no keychain in this test.
    assert_eq!(gone.status.code(), Some(1), "{gone:?}");
    let report = json(&gone);
    assert_eq!(report["left"].as_array().unwrap().len(), 1);
    assert_eq!(
        (&report["left"][0]["what"], &report["other_files"]),
        (&"seal_key".into(), &1.into())
    );
    let left: Vec<_> = fs::read_dir(desk.data())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    assert_eq!(left, [own]);
    assert!(file.exists(), "the chosen file stays");
}

#[test]
fn a_scheduler_that_reads_json_finds_one_object_also_where_nothing_could_begin() {
    let (no_account, damaged, no_folder) = (Desk::new(), Desk::new(), Desk::new());
    fs::create_dir(damaged.data()).unwrap();
    fs::write(damaged.data().join("settings.toml"), "version = \"what\"").unwrap();
    fs::write(no_folder.data(), "a file where the data folder should be").unwrap();
    for (desk, words) in [
        (no_account, "No account is set up"),
        (damaged, "The settings cannot be read."),
        (no_folder, "Dropoff cannot start."),
    ] {
        for command in ["run", "outbox", "folders"] {
            let output = desk.run(&["--json", command], &[]);
            assert_eq!(output.status.code(), Some(1), "{output:?}");
            let report = json(&output);
            assert_eq!(report["ok"], false, "{report}");
            assert!(report["error"].as_str().unwrap().contains(words), "{report}");
            assert!(String::from_utf8_lossy(&output.stderr).contains(words), "{output:?}");
        }
    }
    let forgotten = Desk::new().run(&["--json", "account", "forget"], &[]);
    assert_eq!(
        (forgotten.status.code(), &json(&forgotten)["ok"]),
        (Some(0), &Value::Bool(true))
    );
}
