//! Moments of a clinic's month, as models. Every file is invented.

use chrono::{NaiveDate, TimeDelta};
use dropoff::{
    app::{
        message::{CardId, Command, Event},
        model::{CardState, Model, Place, Screen},
    },
    domain::{
        account::AccountId,
        failure::{RegistryFailure, Step, Trouble, VaultFailure},
        hl7::{content::ContentKind, summary::Summary},
        remote::{ConnectionFacts, Folder, FoldersSeen, RemoteFile},
        settings::{Role, Settings, Stage},
        submission::{ContentHash, Delivery, Outcome, Phase, Reading, SubmissionId},
    },
};
use uuid::Uuid;

use super::stage::{account, ask, happen, live_settings, model, now, path, registry};

pub(super) fn reading(patients: u64, mark: u8) -> Reading {
    Reading {
        size_bytes: 84_412,
        sha256: ContentHash([mark; 32]),
        kind: ContentKind::Hl7,
        summary: Summary {
            messages: patients,
            patients,
            vaccinations: patients * 3 / 2 + 3,
            first_vaccination: NaiveDate::from_ymd_opt(2026, 11, 1),
            last_vaccination: NaiveDate::from_ymd_opt(2026, 11, 20),
            ..Summary::default()
        },
    }
}

pub(super) fn id(n: u64) -> SubmissionId {
    SubmissionId(Uuid::from_u64_pair(7, n))
}

pub(super) fn failure(trouble: Trouble, step: Step, detail: &str) -> RegistryFailure {
    RegistryFailure {
        trouble,
        step,
        detail: detail.to_owned(),
    }
}

pub(super) fn delivery(name: &str) -> Delivery {
    Delivery {
        sent_as: name.to_owned(),
        began: now() - TimeDelta::seconds(4),
        verified: now(),
        verified_bytes: 84_412,
        reply: "226 Transfer complete".to_owned(),
    }
}

fn remote(name: &str, day: (i32, u32, u32)) -> RemoteFile {
    RemoteFile {
        name: name.to_owned(),
        size_bytes: Some(84_412),
        modified: NaiveDate::from_ymd_opt(day.0, day.1, day.2).and_then(|day| day.and_hms_opt(9, 12, 0)),
    }
}

pub(super) fn seen(dropoff: &[&str], accepted: &[&str]) -> FoldersSeen {
    FoldersSeen {
        at: now(),
        account: AccountId::of("CLINIC01", &registry().host),
        dropoff: dropoff.iter().map(|name| remote(name, (2026, 11, 20))).collect(),
        accepted: accepted.iter().map(|name| remote(name, (2026, 10, 20))).collect(),
        reports: vec![remote("CLINIC0126293.hl7.txt", (2026, 10, 21))],
        receive: Vec::new(),
    }
}

pub(super) fn with_password(mut model: Model) -> Model {
    let account = model.account().unwrap().id();
    happen(&mut model, Event::PasswordLookedFor(account, Ok(true)));
    model
}

/// A live clinic that has looked at the registry today.
pub(super) fn quiet_month() -> Model {
    let mut model = with_password(model(live_settings()));
    happen(
        &mut model,
        Event::Looked(Ok(Box::new(seen(&[], &["CLINIC0126293.hl7", "CLINIC0126262.hl7"])))),
    );
    model
}

/// The same with these files on cards, unread.
pub(super) fn with_files(mut model: Model, names: &[&str]) -> Model {
    let files = names.iter().map(|name| path(name)).collect();
    happen(&mut model, Event::FilesFound { files, left_out: 0 });
    model
}

pub(super) fn read(mut model: Model, card: u64, result: Reading) -> Model {
    happen(
        &mut model,
        Event::FileRead {
            card: CardId(card),
            submission: id(card),
            result: Ok(Box::new(result)),
        },
    );
    model
}

pub(super) fn one_ready() -> Model {
    read(with_files(quiet_month(), &["november-export.hl7"]), 1, reading(40, 1))
}

pub(super) fn sending() -> Model {
    let mut model = one_ready();
    ask(&mut model, Command::SendReady);
    let phase = Phase::Uploading {
        sent_bytes: 31_000,
        began: now() - TimeDelta::seconds(20),
        at: now(),
    };
    happen(&mut model, Event::PhaseChanged(CardId(1), phase));
    model
}

pub(super) fn finished(outcome: Outcome) -> Model {
    let mut model = sending();
    happen(&mut model, Event::Finished(CardId(1), Box::new(outcome)));
    model
}

pub(super) fn delivered() -> Model {
    let mut model = finished(Outcome::Delivered(delivery("CLINIC0126324.hl7")));
    happen(
        &mut model,
        Event::Looked(Ok(Box::new(seen(&["CLINIC0126324.hl7"], &["CLINIC0126293.hl7"])))),
    );
    model
}

/// A card for each kind of trouble before sending.
fn troubles() -> Model {
    let model = with_files(
        quiet_month(),
        &["november.pdf", "cut-off.hl7", "empty.hl7", "november-export.hl7"],
    );
    let pdf = Reading {
        kind: ContentKind::Pdf,
        summary: Summary::default(),
        ..reading(0, 2)
    };
    let mut cut = reading(17, 3);
    cut.summary.envelope.batch_headers = 1;
    let empty = Reading {
        kind: ContentKind::Empty,
        summary: Summary::default(),
        ..reading(0, 4)
    };
    read(read(read(read(model, 1, pdf), 2, cut), 3, empty), 4, reading(40, 5))
}

fn data_ports() -> RegistryFailure {
    failure(
        Trouble::DataPortsBlocked,
        Step::DataPorts,
        "no answer on port 5003 within 65 s",
    )
}

pub(super) fn demo() -> Model {
    let settings = Settings {
        role: Some(Role::JustLooking),
        ..super::stage::live_settings()
    };
    let mut model = model(settings);
    let mut account = account();
    "DEMO01".clone_into(&mut account.user);
    account.import_code = "DEMO01".parse_code();
    "127.0.0.1".clone_into(&mut account.endpoint.host);
    happen(&mut model, Event::DemoStarted(Ok(Box::new(account))));
    read(with_files(model, &["sample-clean.hl7"]), 1, reading(12, 1))
}

trait ParseCode {
    fn parse_code(&self) -> dropoff::domain::account::ImportCode;
}

impl ParseCode for str {
    fn parse_code(&self) -> dropoff::domain::account::ImportCode {
        dropoff::domain::account::ImportCode::parse(self).unwrap()
    }
}

pub(super) fn fresh() -> Model {
    model(Settings {
        appearance: dropoff::domain::settings::Appearance::Light,
        ..Settings::fresh(&registry())
    })
}

pub(super) fn at_account_step() -> Model {
    let mut model = fresh();
    ask(&mut model, Command::ChooseRole(Role::WeSend));
    ask(&mut model, Command::ChooseStage(Stage::Live));
    model
}

fn at_stage_step() -> Model {
    let mut model = fresh();
    ask(&mut model, Command::ChooseRole(Role::WeSend));
    model
}

fn tested(result: Result<Box<ConnectionFacts>, RegistryFailure>) -> Model {
    let mut model = at_account_step();
    model.connection_test = Some(dropoff::app::model::ConnectionTest::Done(result));
    model
}

fn facts() -> Box<ConnectionFacts> {
    Box::new(ConnectionFacts {
        address: Some("203.0.113.7:990".to_owned()),
        tls_version: Some("TLS 1.3".to_owned()),
        greeting: Some("220 Service ready".to_owned()),
        folders: Folder::ALL
            .into_iter()
            .map(|folder| (folder, format!("/{}", registry().folder_names.name(folder))))
            .collect(),
        ..ConnectionFacts::default()
    })
}

pub(super) fn on(screen: Screen) -> Model {
    let mut model = quiet_month();
    ask(&mut model, Command::OpenScreen(screen));
    model
}

fn no_keychain() -> Model {
    let mut model = one_ready();
    let account = model.account().unwrap().id();
    let reason = VaultFailure::Unavailable("org.freedesktop.secrets was not provided".to_owned());
    happen(&mut model, Event::PasswordKept(account, Err(reason)));
    model
}

fn no_password() -> Model {
    let mut model = one_ready();
    let account = model.account().unwrap().id();
    happen(&mut model, Event::PasswordLookedFor(account, Ok(false)));
    model
}

fn closing() -> Model {
    let mut model = sending();
    ask(&mut model, Command::RequestClose);
    model
}

fn demo_failed() -> Model {
    let mut model = demo();
    model.cards.clear();
    model.place = Place::DemoFailed("no free port on 127.0.0.1".to_owned());
    model
}

fn testing_stage() -> Model {
    let mut settings = live_settings();
    settings.stage = Some(Stage::Testing);
    with_password(model(settings))
}

fn ehr_sends() -> Model {
    let mut model = quiet_month();
    model.settings.role = Some(Role::EhrSends);
    model
}

/// Every scene with its name.
pub(super) fn all() -> Vec<(&'static str, Model)> {
    let wrong_password = failure(Trouble::PasswordRefused, Step::Login, "530 Login incorrect");
    let cut_off = failure(Trouble::ConnectionLost, Step::Transfer, "connection reset");
    let mut reading_now = with_files(quiet_month(), &["november-export.hl7"]);
    reading_now.cards[0].state = CardState::Reading {
        read_bytes: 900_000_000,
        total_bytes: 3_000_000_000,
    };
    vec![
        ("setup-1-role", fresh()),
        ("setup-2-stage", at_stage_step()),
        ("setup-3-account", at_account_step()),
        ("setup-4-works", tested(Ok(facts()))),
        ("setup-5-ports", tested(Err(data_ports()))),
        ("month-1-quiet", quiet_month()),
        ("month-2-ready", one_ready()),
        ("month-3-troubles", troubles()),
        ("month-4-reading", reading_now),
        ("month-5-sending", sending()),
        ("month-6-delivered", delivered()),
        ("month-7-not-sent", finished(Outcome::NotSent(data_ports()))),
        ("month-8-refused", finished(Outcome::NotSent(wrong_password))),
        (
            "month-9-unknown",
            finished(Outcome::Unknown {
                sent_as: "CLINIC0126324.hl7".to_owned(),
                failure: cut_off,
            }),
        ),
        ("month-no-password", no_password()),
        ("month-no-keychain", no_keychain()),
        ("month-closing", closing()),
        ("month-testing", testing_stage()),
        ("month-ehr-sends", ehr_sends()),
        ("demo-ready", demo()),
        ("demo-failed", demo_failed()),
        ("fix-list", on(Screen::FixList)),
        ("past-files", on(Screen::PastFiles)),
        ("help", on(Screen::Help)),
        ("settings", on(Screen::Settings)),
        ("settings-unfolded", on(Screen::Settings)),
        ("setup-6-unfolded", tested(Err(data_ports()))),
    ]
}
