//! The monthly proof, from files that went through an outage to the page, and on the command line.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command as Process, Output, Stdio},
};

use chrono::TimeDelta;
use dropoff::{
    adapters::{profile, settings::TomlSettings},
    app::{
        apply_command, apply_event,
        message::{Command, CourierJob, DeskJob, Event, Job, SaveTo, Shipment},
        model::Model,
    },
    domain::{
        failure::Trouble,
        person::Person,
        proof::{Period, Proof},
        remote::Folder,
        settings::{Role, Settings, Stage},
        submission::{Outcome, State},
    },
    ports::{Clock, SettingsStore},
};

use crate::support::{
    clinic::content,
    fake_registry::{Fault, Moment},
    office::Office,
};

/// What the clinic called its file.
const PATIENT: &str = "QUILLFEATHER";

fn november() -> Period {
    Period::Month("2026-11".parse().unwrap())
}

/// The office's clinic, as its window knows it.
fn model(office: &Office) -> Model {
    let profile = profile::immtrac2().unwrap();
    let settings = Settings {
        role: Some(Role::WeSend),
        stage: Some(Stage::Testing),
        account: Some(office.account.clone()),
        ..Settings::fresh(&profile)
    };
    let person = Person {
        user: "desk".to_owned(),
        computer: "FRONT-1".to_owned(),
    };
    Model::new(office.clock.now(), profile, person, Ok(settings))
}

/// Asks for a proof as a window does; what the ledger said, and the page.
#[track_caller]
fn prove(office: &mut Office, period: Period) -> (Proof, String) {
    let mut model = model(office);
    for job in apply_command(&mut model, Command::SaveProof(period, SaveTo::Asked)) {
        office.submit(job);
    }
    let read = office.wait(|event| match event {
        Event::ProofRead(account, Ok(proof)) => Some((account.clone(), proof.clone())),
        Event::ProofRead(_, Err(failure)) => panic!("{failure}"),
        _ => None,
    });
    let jobs = apply_event(&mut model, Event::ProofRead(read.0, Ok(read.1.clone())));
    let [Job::Desk(DeskJob::SaveText { text, .. })] = jobs.as_slice() else {
        panic!("{jobs:?}");
    };
    (*read.1, text.clone())
}

/// Tries to send it while the registry does not answer.
#[track_caller]
fn try_in_vain(office: &mut Office, shipment: &Shipment, trouble: Trouble) {
    // The next try has to open a connection of its own.
    office.turns.wait_until_free();
    office.registry.plan(Fault::Refuses(Moment::Open, trouble));
    let outcome = office.send(shipment);
    assert!(matches!(outcome, Outcome::Waiting { .. }), "{outcome:?}");
}

fn look(office: &mut Office) {
    let account = Box::new(office.account.clone());
    office.courier(CourierJob::Look(
        account,
        dropoff::domain::receipt::Destination::Testing,
    ));
    office.wait(|event| matches!(event, Event::Looked(Ok(_))).then_some(()));
}

/// The registry takes what lies in HL7-Dropoff.
fn pick_up(office: &Office) {
    let mut state = office.registry.state();
    let taken = std::mem::take(state.folder(Folder::Dropoff));
    state.folder(Folder::Accepted).extend(taken);
}

#[test]
fn a_month_with_an_outage_is_told_file_by_file_and_as_it_was_seen_from_here() {
    let mut office = Office::open();
    let first = office.card(&content(1, 3_000));
    office.deliver(&first);
    let began = office.clock.now();
    let second = office.card(&content(2, 3_000));
    try_in_vain(&mut office, &second, Trouble::Silent);
    office.clock.pass(TimeDelta::minutes(30));
    try_in_vain(&mut office, &second, Trouble::Offline);
    let last_try = office.clock.now();
    office.clock.pass(TimeDelta::minutes(30));
    let ended = office.clock.now();
    assert_eq!(office.deliver(&second), "CLINIC0126324.1.hl7");
    pick_up(&office);
    let stranger = format!("{PATIENT}.hl7");
    office.registry.seed(Folder::Accepted, &stranger, b"theirs");
    office
        .registry
        .seed(Folder::Accepted, "CLINIC0126310.hl7", b"of another computer");
    office.clock.pass(TimeDelta::hours(1));
    look(&mut office);

    let (proof, page) = prove(&mut office, november());
    let states: Vec<State> = proof.files.iter().map(|file| file.record.state).collect();
    assert_eq!(states, [State::PickedUp, State::PickedUp]);
    let [outage] = proof.outages.as_slice() else {
        panic!("{:?}", proof.outages);
    };
    assert_eq!(
        (outage.began, outage.last_try, outage.ended),
        (began, last_try, Some(ended))
    );
    assert_eq!(
        (outage.tries, &outage.troubles[..]),
        (2, &[Trouble::Silent, Trouble::Offline][..])
    );
    for expected in [
        "<div>CLINIC0126324.hl7</div>",
        "<div>CLINIC0126324.1.hl7</div>",
        "<div>JR (desk) at FRONT-1</div>",
        "<div>The registry does not answer.</div><div>This computer is not online.</div>",
        &second.sha256.to_string(),
        "TESTING",
    ] {
        let page = page.replace('\n', "");
        assert!(page.contains(expected), "{expected}");
    }
    assert!(!page.contains("/export/"), "the chosen file is not named");

    let (everything, page) = prove(&mut office, Period::Everything);
    assert_eq!((&everything.files, &everything.outages), (&proof.files, &proof.outages));
    // This registry dates every file 1970.
    let mut strangers: Vec<_> = everything.strangers.iter().map(|file| file.name.as_deref()).collect();
    strangers.sort_unstable();
    assert_eq!(strangers, [None, Some("CLINIC0126310.hl7")]);
    assert!(!page.contains(PATIENT), "a name of a stranger can be a patient's");
    let (october, page) = prove(&mut office, Period::Month("2026-10".parse().unwrap()));
    assert_eq!((october.files, october.outages), (vec![], vec![]));
    assert!(page.contains("None was seen."));
}

#[test]
fn an_outage_that_lasts_has_no_end_and_its_file_no_delivery() {
    let mut office = Office::open();
    let shipment = office.card(&content(1, 3_000));
    try_in_vain(&mut office, &shipment, Trouble::PortClosed);
    let (proof, page) = prove(&mut office, november());
    assert_eq!(proof.outages[0].ended, None);
    assert!(page.contains("No answer seen until this page was made"));
    assert!(page.contains("<div>Not delivered</div>"));
    assert!(page.contains("accept connections"), "the reason of the wait");
}

#[test]
fn a_name_that_was_lost_to_somebody_else_is_theirs_in_the_proof() {
    let mut office = Office::open();
    office.registry.plan(Fault::SomebodyIsFaster(b"theirs".to_vec()));
    let shipment = office.card(&content(1, 3_000));
    assert_eq!(office.deliver(&shipment), "CLINIC0126324.1.hl7");
    pick_up(&office);
    look(&mut office);
    let (proof, _) = prove(&mut office, Period::Everything);
    let strangers: Vec<_> = proof.strangers.iter().map(|file| file.name.as_deref()).collect();
    assert_eq!(strangers, [Some("CLINIC0126324.hl7")]);
}

/// A data folder with an account in it, without a keychain or a display.
fn clinic(folder: &Path) -> PathBuf {
    let data = folder.join("data");
    fs::create_dir(&data).unwrap();
    let office = Office::open();
    let profile = profile::immtrac2().unwrap();
    let mut settings = model(&office).settings;
    settings.stage = Some(Stage::Live);
    TomlSettings::new(&data, profile).save(&settings).unwrap();
    data
}

fn run(data: &Path, args: &[&str]) -> Output {
    Process::new(env!("CARGO_BIN_EXE_dropoff-cli"))
        .arg("--data")
        .arg(data)
        .arg("proof")
        .args(args)
        .stdin(Stdio::null())
        .env_remove("DISPLAY")
        .env_remove("WAYLAND_DISPLAY")
        .env("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent")
        .output()
        .unwrap()
}

#[test]
fn the_command_line_writes_the_page_and_never_over_another_file() {
    let folder = tempfile::tempdir().unwrap();
    let data = clinic(folder.path());
    let out = folder.path().join("proof.html");
    let out = out.to_str().unwrap();
    let output = run(&data, &["--month", "2024-02", "--out", out]);
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    let page = fs::read_to_string(out).unwrap();
    assert!(page.contains("<title>Monthly proof: February 2024</title>"), "{page}");
    assert!(page.contains("February 1, 2024 to February 29, 2024"));

    let output = run(&data, &["--all", "--out", out]);
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    assert!(String::from_utf8_lossy(&output.stderr).contains("There is a file of this name already."));
    assert_eq!(fs::read_to_string(out).unwrap(), page);

    let other = folder.path().join("all.html");
    let output = run(&data, &["--json", "--all", "--out", other.to_str().unwrap()]);
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(
        (&report["month"], &report["out"]),
        (&serde_json::Value::Null, &other.to_str().unwrap().into())
    );
    assert!(fs::read_to_string(other).unwrap().contains("<title>History until "));
}

#[test]
fn what_is_no_month_is_said_and_nothing_is_written() {
    let folder = tempfile::tempdir().unwrap();
    let data = clinic(folder.path());
    let out = folder.path().join("proof.html");
    let out = out.to_str().unwrap();
    for (args, said) in [
        (
            &["--month", "2026-13", "--out", out][..],
            "a month is written as year and month",
        ),
        (&["--month", "9999-12", "--out", out], "December 9999 has not begun."),
        (&["--month", "2024-02", "--all", "--out", out], "cannot be used with"),
        (&["--all"], "--out"),
    ] {
        let output = run(&data, args);
        assert_eq!(output.status.code(), Some(2), "{args:?} {output:?}");
        assert!(
            String::from_utf8_lossy(&output.stderr).contains(said),
            "{args:?} {output:?}"
        );
    }
    assert!(!Path::new(out).exists());
}

#[test]
fn without_an_account_or_a_folder_for_it_there_is_no_page() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("proof.html");
    let output = run(&folder.path().join("fresh"), &["--all", "--out", out.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    assert!(!out.exists());
    let data = clinic(folder.path());
    let nowhere = folder.path().join("gone").join("proof.html");
    let output = run(&data, &["--all", "--out", nowhere.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    assert!(
        String::from_utf8_lossy(&output.stderr).contains("It was not saved."),
        "{output:?}"
    );
}
