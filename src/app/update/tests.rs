//! The model, driven by hand: what follows from each command and event.

use std::{path::PathBuf, time::Duration};

use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

use super::*;
use crate::{
    app::{
        account_form::AccountForm,
        message::{CardId, CloseAnswer, FoldersSeen},
        model::{CardState, ConnectionTest, Screen, SetupStep},
        month::{self, Sent},
        road::{self, Station},
    },
    domain::{
        account::Protocol,
        failure::{FileFailure, RegistryFailure, SettingsFailure, Step, Trouble, VaultFailure},
        hl7::{content::ContentKind, summary::Summary},
        naming::SameDayTemplate,
        person::Person,
        profile::{Contact, FolderNames, Profile},
        remote::RemoteFile,
        secret::Secret,
        settings::{Role, Settings, Stage},
        submission::{
            ContentHash, Delivery, Duplicate, HoldReason, IfDuplicate, Outcome, Phase, Reading, SubmissionId,
        },
    },
};

fn profile() -> Profile {
    let contact = |email: &str| Contact {
        email: email.to_owned(),
        phone: "555-0100, option 3".to_owned(),
    };
    Profile {
        name: "Registry of Somewhere".to_owned(),
        place: "Somewhere".to_owned(),
        host: "ftp.example.org".to_owned(),
        protocol: Protocol::FtpsImplicit,
        implicit_port: 990,
        explicit_port: 21,
        data_ports: (5000, 5010),
        website: "https://ftp.example.org/".to_owned(),
        folder_names: FolderNames {
            dropoff: "HL7-Dropoff".to_owned(),
            accepted: "Accepted".to_owned(),
            reports: "DQA-Reports".to_owned(),
            receive: "Receive".to_owned(),
        },
        users_folder: "/users".to_owned(),
        same_day_template: SameDayTemplate::parse("{code}{yy}{ddd}.{n}.hl7").unwrap(),
        time_zone: chrono_tz::America::Chicago,
        timeout: Duration::from_secs(65),
        data_exchange: contact("exchange@example.org"),
        users_and_agreements: contact("users@example.org"),
        hours: "Monday to Friday".to_owned(),
    }
}

fn now() -> DateTime<Utc> {
    "2026-11-20T15:12:00Z".parse().unwrap()
}

fn fresh() -> Model {
    let profile = profile();
    let person = Person {
        user: "mgarcia".to_owned(),
        computer: "FRONTDESK2".to_owned(),
    };
    let settings = Settings::fresh(&profile);
    Model::new(now(), profile, person, Ok(settings))
}

/// A clinic that is live, with a password in the keychain.
fn live() -> Model {
    let mut model = fresh();
    let form = AccountForm {
        user: "CLINIC01".to_owned(),
        ..AccountForm::fresh(&model.profile)
    };
    let _ = apply_command(&mut model, Command::ChooseRole(Role::WeSend));
    let _ = apply_command(&mut model, Command::ChooseStage(Stage::Live));
    let _ = apply_command(
        &mut model,
        Command::SetAccount(Box::new(form), Some(Secret::new("bluebonnet".to_owned()))),
    );
    let account = model.account().unwrap().id();
    let _ = apply_event(&mut model, Event::PasswordKept(account, Ok(())));
    model
}

fn reading(hash: u8) -> Reading {
    Reading {
        size_bytes: 1_000,
        sha256: ContentHash([hash; 32]),
        kind: ContentKind::Hl7,
        summary: Summary {
            messages: 3,
            patients: 3,
            vaccinations: 5,
            ..Summary::default()
        },
    }
}

fn add(model: &mut Model, name: &str) -> CardId {
    let jobs = apply_event(
        model,
        Event::FilesFound {
            files: vec![PathBuf::from(name)],
            left_out: 0,
        },
    );
    match jobs.as_slice() {
        [Job::Desk(DeskJob::Read { card, .. })] => *card,
        other => panic!("{other:?}"),
    }
}

fn read(model: &mut Model, card: CardId, result: Result<Reading, FileFailure>) {
    let submission = SubmissionId(Uuid::from_u128(u128::from(card.0)));
    let jobs = apply_event(
        model,
        Event::FileRead {
            card,
            submission,
            result: result.map(Box::new),
        },
    );
    assert_eq!(jobs, Vec::new());
}

fn ready(model: &mut Model, name: &str, hash: u8) -> CardId {
    let card = add(model, name);
    read(model, card, Ok(reading(hash)));
    card
}

fn finish(model: &mut Model, card: CardId, outcome: Outcome) -> Vec<Job> {
    apply_event(model, Event::Finished(card, Box::new(outcome)))
}

fn delivery(sent_as: &str) -> Delivery {
    Delivery {
        sent_as: sent_as.to_owned(),
        began: now(),
        verified: now() + TimeDelta::seconds(2),
        verified_bytes: 1_000,
        reply: "226 Transfer complete".to_owned(),
    }
}

fn failure(trouble: Trouble) -> RegistryFailure {
    RegistryFailure::new(trouble, Step::Login, "")
}

fn state(model: &Model, card: CardId) -> &CardState {
    &model.card(card).unwrap().state
}

fn shipments(jobs: &[Job]) -> Vec<(CardId, IfDuplicate)> {
    jobs.iter()
        .filter_map(|job| match job {
            Job::Courier(CourierJob::Send(shipment)) => Some((shipment.card, shipment.if_duplicate)),
            _ => None,
        })
        .collect()
}

#[test]
fn the_first_start_goes_through_three_steps_and_back() {
    let mut model = fresh();
    assert_eq!(model.setup, Some(SetupStep::Role));
    let _ = apply_command(&mut model, Command::ChooseRole(Role::WeSend));
    assert_eq!(model.setup, Some(SetupStep::Stage));
    let _ = apply_command(&mut model, Command::ChooseStage(Stage::Testing));
    assert_eq!(model.setup, Some(SetupStep::Account));
    let _ = apply_command(&mut model, Command::SetupBack);
    assert_eq!(model.setup, Some(SetupStep::Stage));

    let form = AccountForm {
        user: "CLINIC01".to_owned(),
        ..AccountForm::fresh(&model.profile)
    };
    let secret = Secret::new("bluebonnet".to_owned());
    let jobs = apply_command(&mut model, Command::SetAccount(Box::new(form), Some(secret.clone())));
    assert_eq!(model.setup, None);
    let account = model.account().unwrap().id();
    assert!(jobs.contains(&Job::Desk(DeskJob::SaveSettings(Box::new(model.settings.clone())))));
    assert!(jobs.contains(&Job::Desk(DeskJob::KeepPassword(account, secret))));
}

#[test]
fn an_account_name_that_is_not_safe_in_a_file_name_is_not_saved() {
    let mut model = fresh();
    let form = AccountForm {
        user: "CLINIC/01".to_owned(),
        ..AccountForm::fresh(&model.profile)
    };
    let jobs = apply_command(&mut model, Command::SetAccount(Box::new(form), None));
    assert_eq!(jobs, Vec::new());
    assert_eq!(model.settings.account, None);
    assert!(matches!(model.notice, Some(Notice::AccountForm(_))));
}

#[test]
fn without_a_keychain_the_password_is_kept_for_this_run_and_the_model_says_so() {
    let mut model = live();
    let account = model.account().unwrap().id();
    let reason = VaultFailure::Unavailable("no service".to_owned());
    let _ = apply_event(&mut model, Event::PasswordKept(account, Err(reason.clone())));
    assert_eq!(model.password, PasswordState::ThisRun(reason));
    assert!(model.has_password());
}

#[test]
fn a_good_file_is_sent_delivered_and_has_a_receipt() {
    let mut model = live();
    let card = ready(&mut model, "november.hl7", 1);
    assert_eq!(*state(&model, card), CardState::Ready);

    let jobs = apply_command(&mut model, Command::SendReady);
    assert_eq!(shipments(&jobs), [(card, IfDuplicate::Hold)]);
    assert!(model.is_sending());

    let _ = finish(&mut model, card, Outcome::Delivered(delivery("CLINIC0126324.hl7")));
    assert!(model.card(card).unwrap().is_delivered());
    let jobs = apply_command(&mut model, Command::SaveReceipt(card));
    let [
        Job::Desk(DeskJob::SaveText {
            suggested_name, text, ..
        }),
    ] = jobs.as_slice()
    else {
        panic!("{jobs:?}");
    };
    assert_eq!(suggested_name, "Receipt CLINIC0126324.hl7.txt");
    for part in [
        "CLINIC0126324.hl7",
        "1,000 bytes",
        &"01".repeat(32),
        "mgarcia",
        "FRONTDESK2",
        "226 Transfer complete",
    ] {
        assert!(text.contains(part), "{part} is not in\n{text}");
    }
    assert!(
        !text.contains("november"),
        "the chosen file's name can hold a patient's name:\n{text}"
    );
}

#[test]
fn a_second_press_of_send_sends_nothing_twice() {
    let mut model = live();
    ready(&mut model, "november.hl7", 1);
    assert_eq!(shipments(&apply_command(&mut model, Command::SendReady)).len(), 1);
    assert_eq!(apply_command(&mut model, Command::SendReady), Vec::new());
}

#[test]
fn the_same_file_dropped_twice_is_on_one_card() {
    let mut model = live();
    ready(&mut model, "november.hl7", 1);
    let jobs = apply_event(
        &mut model,
        Event::FilesFound {
            files: vec![PathBuf::from("november.hl7")],
            left_out: 0,
        },
    );
    assert_eq!(jobs, Vec::new());
    assert_eq!(model.notice, Some(Notice::AlreadyOnACard));
}

#[test]
fn the_same_content_under_two_names_is_sent_once() {
    let mut model = live();
    let first = ready(&mut model, "november.hl7", 1);
    let second = ready(&mut model, "copy.hl7", 1);
    assert_eq!(*state(&model, second), CardState::Held(HoldReason::OnAnotherCard));
    assert_eq!(
        shipments(&apply_command(&mut model, Command::SendReady)),
        [(first, IfDuplicate::Hold)]
    );
}

#[test]
fn what_is_no_whole_hl7_file_is_held() {
    let cases = [
        (
            Reading {
                kind: ContentKind::Pdf,
                ..reading(1)
            },
            HoldReason::NotHl7(ContentKind::Pdf),
        ),
        (
            Reading {
                kind: ContentKind::Empty,
                ..reading(2)
            },
            HoldReason::NotHl7(ContentKind::Empty),
        ),
        (
            Reading {
                kind: ContentKind::Hl7Utf16,
                ..reading(3)
            },
            HoldReason::Utf16,
        ),
        (
            Reading {
                summary: Summary::default(),
                ..reading(4)
            },
            HoldReason::NoMessage,
        ),
    ];
    let mut cut_off = reading(5);
    cut_off.summary.envelope.file_headers = 1;
    for (reading, reason) in cases.into_iter().chain([(cut_off, HoldReason::StopsEarly)]) {
        let mut model = live();
        let card = add(&mut model, "export.hl7");
        read(&mut model, card, Ok(reading));
        assert_eq!(*state(&model, card), CardState::Held(reason));
        assert_eq!(apply_command(&mut model, Command::SendReady), Vec::new());
    }
}

#[test]
fn a_file_that_could_not_be_read_can_be_dropped_again() {
    let mut model = live();
    let card = add(&mut model, "export.hl7");
    read(&mut model, card, Err(FileFailure::Locked));
    assert_eq!(*state(&model, card), CardState::Unreadable(FileFailure::Locked));
    let again = ready(&mut model, "export.hl7", 1);
    assert_eq!(model.cards.len(), 1);
    assert_eq!(*state(&model, again), CardState::Ready);
}

#[test]
fn a_refused_password_stops_all_tries_until_another_is_entered() {
    let mut model = live();
    let card = ready(&mut model, "november.hl7", 1);
    ready(&mut model, "october.hl7", 2);
    let _ = apply_command(&mut model, Command::SendReady);
    let _ = finish(&mut model, card, Outcome::NotSent(failure(Trouble::PasswordRefused)));
    assert_eq!(model.password, PasswordState::Refused);
    assert_eq!(apply_command(&mut model, Command::TryAgain(card)), Vec::new());
    assert_eq!(apply_command(&mut model, Command::LookAtRegistry), Vec::new());

    let jobs = apply_command(
        &mut model,
        Command::EnterPassword(Secret::new("indianblanket".to_owned())),
    );
    let account = model.account().unwrap().id();
    assert!(jobs.contains(&Job::Courier(CourierJob::AllowLogin(account.clone()))));
    let _ = apply_event(&mut model, Event::PasswordKept(account, Ok(())));
    assert_eq!(
        shipments(&apply_command(&mut model, Command::TryAgain(card))),
        [(card, IfDuplicate::Hold)]
    );
}

#[test]
fn a_duplicate_goes_only_when_somebody_says_so() {
    let mut model = live();
    let card = ready(&mut model, "november.hl7", 1);
    let _ = apply_command(&mut model, Command::SendReady);
    let duplicate = Duplicate {
        name: "CLINIC0126300.hl7".to_owned(),
        seen_at: None,
    };
    let _ = finish(&mut model, card, Outcome::Duplicate(duplicate));
    assert_eq!(apply_command(&mut model, Command::TryAgain(card)), Vec::new());
    let jobs = apply_command(&mut model, Command::SendAnyway(card));
    assert_eq!(shipments(&jobs), [(card, IfDuplicate::SendAgain)]);
}

#[test]
fn a_delivered_file_cannot_be_sent_again_by_any_button() {
    let mut model = live();
    let card = ready(&mut model, "november.hl7", 1);
    let _ = apply_command(&mut model, Command::SendReady);
    let _ = finish(&mut model, card, Outcome::Delivered(delivery("CLINIC0126324.hl7")));
    for command in [Command::SendReady, Command::TryAgain(card), Command::SendAnyway(card)] {
        assert_eq!(apply_command(&mut model, command), Vec::new());
    }
}

#[test]
fn a_late_event_for_a_removed_card_changes_nothing() {
    let mut model = live();
    let card = add(&mut model, "november.hl7");
    let _ = apply_command(&mut model, Command::RemoveCard(card));
    let before = model.clone();
    read(&mut model, card, Ok(reading(1)));
    assert_eq!(finish(&mut model, card, Outcome::Cancelled), Vec::new());
    assert_eq!(
        apply_event(&mut model, Event::PhaseChanged(card, Phase::Verifying)),
        Vec::new()
    );
    assert_eq!(model, before);
}

#[test]
fn a_card_that_is_on_its_way_cannot_be_removed() {
    let mut model = live();
    let card = ready(&mut model, "november.hl7", 1);
    let _ = apply_command(&mut model, Command::SendReady);
    let _ = apply_command(&mut model, Command::RemoveCard(card));
    assert!(model.card(card).is_some());
}

#[test]
fn closing_in_the_middle_of_a_transfer_asks_first() {
    let mut model = live();
    assert_eq!(apply_command(&mut model, Command::RequestClose), [Job::CloseWindow]);
    let card = ready(&mut model, "november.hl7", 1);
    let _ = apply_command(&mut model, Command::SendReady);
    assert_eq!(apply_command(&mut model, Command::RequestClose), Vec::new());
    assert!(model.asks_before_closing);
    assert_eq!(
        apply_command(&mut model, Command::AnswerClose(CloseAnswer::Stay)),
        Vec::new()
    );
    assert!(!model.card(card).unwrap().cancel.is_requested());

    let _ = apply_command(&mut model, Command::RequestClose);
    let jobs = apply_command(&mut model, Command::AnswerClose(CloseAnswer::StopAndClose));
    assert_eq!(jobs, [Job::CloseWindow]);
    assert!(model.card(card).unwrap().cancel.is_requested());
}

#[test]
fn a_job_that_was_refused_does_not_look_as_if_it_were_under_way() {
    let mut model = live();
    let card = ready(&mut model, "november.hl7", 1);
    let jobs = apply_command(&mut model, Command::SendReady);
    for job in jobs {
        let _ = apply_event(&mut model, Event::Refused(Box::new(job)));
    }
    assert_eq!(*state(&model, card), CardState::Ready);
    assert_eq!(model.notice, Some(Notice::TooBusy));
}

#[test]
fn nothing_of_the_demo_counts_for_the_real_account() {
    let mut model = live().bound_for_the_demo();
    let demo = crate::domain::account::Account {
        user: "DEMO01".to_owned(),
        ..model.settings.account.clone().unwrap()
    };
    let _ = apply_event(&mut model, Event::DemoStarted(Ok(Box::new(demo))));
    let card = ready(&mut model, "november.hl7", 1);
    let _ = apply_command(&mut model, Command::SendReady);
    let _ = finish(&mut model, card, Outcome::Delivered(delivery("DEMO0126324.hl7")));

    let jobs = apply_command(&mut model, Command::LeaveDemo);
    assert_eq!(model.cards, Vec::new());
    assert_eq!(month::sent(&model), Sent::NotLooked);
    assert_eq!(model.account().unwrap().user, "CLINIC01");
    let account = model.account().unwrap().id();
    assert_eq!(jobs, [Job::Desk(DeskJob::LookForPassword(account))]);
}

#[test]
fn the_road_is_what_was_seen_in_the_folders() {
    let mut model = live();
    let card = ready(&mut model, "november.hl7", 1);
    let _ = apply_command(&mut model, Command::SendReady);
    let jobs = finish(&mut model, card, Outcome::Delivered(delivery("CLINIC0126324.hl7")));
    assert!(
        matches!(jobs.as_slice(), [Job::WakeAt(_)]),
        "somebody looks later: {jobs:?}"
    );
    let station = |model: &Model| road::station(model, "CLINIC0126324.hl7");
    assert_eq!(station(&model), Station::Sent);
    let named = |name: &str| {
        vec![RemoteFile {
            name: name.to_owned(),
            size_bytes: Some(1_000),
            modified: None,
        }]
    };
    let seen = |model: &Model| FoldersSeen {
        at: now() + TimeDelta::minutes(20),
        account: model.account().unwrap().id(),
        dropoff: Vec::new(),
        accepted: Vec::new(),
        reports: Vec::new(),
        receive: Vec::new(),
    };
    let look = |model: &mut Model, seen: FoldersSeen| {
        let _ = apply_event(model, Event::Looked(Ok(Box::new(seen))));
    };
    let waiting = FoldersSeen {
        dropoff: named("clinic0126324.hl7"),
        ..seen(&model)
    };
    look(&mut model, waiting);
    assert_eq!(station(&model), Station::Waiting);
    let taken = FoldersSeen {
        accepted: named("CLINIC0126324.hl7"),
        ..seen(&model)
    };
    look(&mut model, taken.clone());
    assert_eq!(station(&model), Station::PickedUp);
    let others = FoldersSeen {
        reports: named("CLINIC0126324.1.hl7.ack"),
        ..taken.clone()
    };
    look(&mut model, others);
    assert_eq!(station(&model), Station::PickedUp);
    let report = FoldersSeen {
        reports: named("CLINIC0126324.hl7.ack.hl7"),
        ..taken
    };
    look(&mut model, report);
    assert_eq!(station(&model), Station::Report);
}

#[test]
fn what_belongs_to_another_account_is_not_shown() {
    let mut model = live();
    let seen = FoldersSeen {
        at: now(),
        account: crate::domain::account::AccountId::of("OTHER", "ftp.example.org"),
        dropoff: Vec::new(),
        accepted: Vec::new(),
        reports: Vec::new(),
        receive: Vec::new(),
    };
    let _ = apply_event(&mut model, Event::Looked(Ok(Box::new(seen))));
    assert_eq!(model.look.seen, None);
}

#[test]
fn time_wakes_the_window_at_the_clinics_midnight() {
    let mut model = live();
    let jobs = apply_event(&mut model, Event::Tick(now()));
    let midnight: DateTime<Utc> = "2026-11-21T06:00:00Z".parse().unwrap();
    assert_eq!(jobs, [Job::WakeAt(midnight)]);
}

#[test]
fn the_test_of_the_connection_ends_with_what_it_found() {
    let mut model = live();
    let form = AccountForm::of(model.account().unwrap());
    let jobs = apply_command(&mut model, Command::TestConnection(Box::new(form), None));
    assert!(matches!(jobs.as_slice(), [Job::Courier(CourierJob::Test { .. })]));
    assert_eq!(model.connection_test, Some(ConnectionTest::Running));
    let _ = apply_event(&mut model, Event::Tested(Err(failure(Trouble::Silent))));
    assert_eq!(
        model.connection_test,
        Some(ConnectionTest::Done(Err(failure(Trouble::Silent))))
    );
}

#[test]
fn settings_that_cannot_be_read_are_said_and_not_written_over() {
    let trouble = SettingsFailure::FromNewerVersion(9);
    let mut model = Model::new(now(), profile(), fresh().person, Err(trouble.clone()));
    assert_eq!(model.notice, Some(Notice::SettingsNotLoaded(trouble)));
    let jobs = begin(&mut model);
    assert!(
        !jobs
            .iter()
            .any(|job| matches!(job, Job::Desk(DeskJob::SaveSettings(_))))
    );
    assert_eq!(model.screen, Screen::ThisMonth);
}
