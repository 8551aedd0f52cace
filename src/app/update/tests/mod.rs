//! The model, driven by hand: what follows from each command and event.

mod looking;
mod sending;
mod setup;

use std::{path::PathBuf, time::Duration};

use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

use super::*;
use crate::{
    app::{
        account_form::AccountForm,
        message::{CardId, CloseAnswer},
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
        remote::{FoldersSeen, RemoteFile},
        secret::Secret,
        settings::{Role, Settings, Stage},
        submission::{
            ContentHash, Delivery, Duplicate, HoldReason, IfDuplicate, Outcome, Phase, Reading, SubmissionId,
        },
    },
};

/// The jobs that follow; a test may leave them.
fn ask(model: &mut Model, command: Command) -> Vec<Job> {
    apply_command(model, command)
}

/// The jobs that follow; a test may leave them.
fn happen(model: &mut Model, event: Event) -> Vec<Job> {
    apply_event(model, event)
}

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
    ask(&mut model, Command::ChooseRole(Role::WeSend));
    ask(&mut model, Command::ChooseStage(Stage::Live));
    ask(
        &mut model,
        Command::SetAccount(Box::new(form), Some(Secret::new("bluebonnet".to_owned()))),
    );
    let account = model.account().unwrap().id();
    happen(&mut model, Event::PasswordKept(account, Ok(())));
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
        .filter_map(|job| {
            let Job::Courier(CourierJob::Send(shipment)) = job else {
                return None;
            };
            Some((shipment.card, shipment.if_duplicate))
        })
        .collect()
}
