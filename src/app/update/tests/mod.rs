//! The model, driven by hand: what follows from each command and event.

mod account_form;
mod away;
mod elsewhere;
mod findings;
mod getting_out;
mod looking;
mod outbox;
mod past;
mod proof;
mod questions;
mod reading;
mod repair;
mod scheduling;
mod sending;
mod setup;
mod without_copies;

use std::{collections::BTreeMap, path::PathBuf, sync::Arc, time::Duration};

use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

use self::reading::{checked, read, read_as, reading};
use super::*;
use crate::{
    app::{
        account_form::AccountForm,
        message::{AtSignIn, CardId, CloseAnswer, Entered, Entry, EntryRefusal, History, InLedger, LeftOut, Tracked},
        model::{Again, Card, CardState, ConnectionTest, Screen, SetupStep},
        month::{self, Sent},
        past::Row,
        road::{self, Station},
        wording,
    },
    domain::{
        account::{Account, AccountId, Protocol},
        check::{Checker, Report, Rules, Standard, repair::Made},
        failure::{FileFailure, LedgerFailure, RegistryFailure, SettingsFailure, Step, Trouble, VaultFailure},
        hl7::{content::ContentKind, summary::Summary},
        naming::SameDayTemplate,
        outage::{Outage, OutageKind},
        person::Person,
        profile::{Contact, Expected, FolderNames, Profile},
        receipt::Destination,
        remote::{FoldersSeen, RemoteFile, SeenFile},
        secret::Secret,
        settings::{Role, Settings, Stage},
        submission::{
            By, ContentHash, Copy, Counts, Delivery, Duplicate, HoldReason, IfDuplicate, NewSubmission, Outcome, Phase,
            Reading, Record, State, Step as Move, SubmissionId, Why, Wish,
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
        between_looks: Duration::from_mins(1),
        settling: Duration::from_secs(1),
        hours: "Monday to Friday".to_owned(),
        records: Expected {
            sender_digits: None,
            receiving_application: "Registry".to_owned(),
            receiving_facility: "State".to_owned(),
            state: "TX".to_owned(),
            zip_areas: vec![(750, 799)],
            adult_from_years: 18,
            consents: Vec::new(),
        },
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
    told(&mut model, []);
    model
}

fn add(model: &mut Model, name: &str) -> CardId {
    let jobs = apply_event(
        model,
        Event::FilesFound {
            files: vec![PathBuf::from(name)],
            left_out: LeftOut::default(),
        },
    );
    match jobs.as_slice() {
        [Job::Desk(DeskJob::Read { card, .. })] => *card,
        other => panic!("{other:?}"),
    }
}

fn ready(model: &mut Model, name: &str, hash: u8) -> CardId {
    let card = add(model, name);
    read(model, card, Ok(reading(hash)));
    card
}

/// The submission that `read` gives a card.
fn id(card: CardId) -> SubmissionId {
    SubmissionId(Uuid::from_u128(u128::from(card.0)))
}

fn submission_of(model: &Model, card: CardId) -> SubmissionId {
    model.card(card).unwrap().submission.unwrap()
}

/// The registry's side, or the ledger's, has an answer on this card.
fn finish(model: &mut Model, card: CardId, outcome: Outcome) -> Vec<Job> {
    let submission = submission_of(model, card);
    apply_event(model, Event::Finished(submission, Box::new(outcome)))
}

fn entries(jobs: &[Job]) -> Vec<Entry> {
    let entry = |job: &Job| {
        if let Job::Desk(DeskJob::Enter(entry)) = job {
            Some((**entry).clone())
        } else {
            None
        }
    };
    jobs.iter().filter_map(entry).collect()
}

/// As the desk enters it, with a sealed copy.
fn entered(entry: &Entry) -> Record {
    Record::new(NewSubmission {
        id: entry.submission,
        account: entry.account.clone(),
        destination: entry.destination,
        at: now(),
        by: by(),
        size_bytes: entry.size_bytes,
        sha256: entry.sha256,
        counts: entry.counts.clone(),
        copy: Copy::Sealed,
        sealed_name: None,
        repairs: Made::default(),
    })
}

/// The desk's answer.
fn taken(record: Record) -> Box<Result<Entered, EntryRefusal>> {
    let remarks = Vec::new();
    Box::new(Ok(Entered { record, remarks }))
}

fn by() -> By {
    By {
        person: fresh().person,
        initials: "MG".to_owned(),
    }
}

/// Does what a command asks for, and enters in the ledger what is to be entered. The jobs that follow from both.
fn ask_and_enter(model: &mut Model, command: Command) -> Vec<Job> {
    let mut jobs = ask(model, command);
    for entry in entries(&jobs) {
        jobs.extend(happen(model, Event::Entered(entry.submission, taken(entered(&entry)))));
    }
    jobs
}

/// A submission of the ledger that was entered so many minutes ago, and has come to this state.
fn stored(model: &Model, n: u8, state: State, change: impl FnOnce(&mut Record)) -> Record {
    let entry = NewSubmission {
        id: SubmissionId(Uuid::from_u128(1_000 + u128::from(n))),
        account: model.account().unwrap().id(),
        destination: model.destination(),
        at: now() - TimeDelta::minutes(i64::from(n)),
        by: by(),
        size_bytes: 1_000,
        sha256: ContentHash([n; 32]),
        counts: Counts {
            messages: 3,
            patients: 3,
            ..Counts::default()
        },
        copy: Copy::Sealed,
        sealed_name: None,
        repairs: Made::default(),
    };
    let mut record = Record::new(entry);
    record.state = state;
    change(&mut record);
    record
}

fn tracked(record: Record) -> Tracked {
    Tracked {
        record,
        file_name: Some("november.hl7".to_owned()),
    }
}

/// The ledger was read.
fn told(model: &mut Model, records: impl IntoIterator<Item = Record>) -> Vec<Job> {
    let here = records.into_iter().map(tracked).collect();
    read_from_the_ledger(
        model,
        Ok(InLedger {
            here,
            ..InLedger::default()
        }),
    )
}

fn read_from_the_ledger(model: &mut Model, read: Result<InLedger, LedgerFailure>) -> Vec<Job> {
    let account = model.account().map(Account::id);
    happen(model, Event::OutboxRead(account, read))
}

fn card_of(model: &Model, record: &Record) -> Card {
    model.card_of(record.entered.id).unwrap().clone()
}

/// The same clinic in a window: files go by themselves.
fn in_a_window() -> Model {
    let mut model = live();
    drop(begin_in_a_window(&mut model));
    model.look.next = None;
    told(&mut model, []);
    model
}

fn tick(model: &mut Model, at: DateTime<Utc>) -> Vec<Job> {
    happen(model, Event::Tick(at))
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

/// The same content, found at the registry by the courier.
fn duplicate() -> Duplicate {
    Duplicate {
        name: "CLINIC0126300.hl7".to_owned(),
        seen_at: None,
        delivered: None,
    }
}

/// A file of which the registry had the content already.
fn held_duplicate(model: &mut Model) -> CardId {
    let card = ready(model, "november.hl7", 1);
    ask_and_enter(model, Command::SendReady);
    finish(model, card, Outcome::Duplicate(duplicate()));
    card
}

fn waiting(until: DateTime<Utc>, why: Why) -> Outcome {
    Outcome::Waiting {
        until,
        why: Box::new(why),
    }
}

fn failure(trouble: Trouble) -> RegistryFailure {
    RegistryFailure::new(trouble, Step::Login, "")
}

fn state(model: &Model, card: CardId) -> &CardState {
    &model.card(card).unwrap().state
}

fn shipments(jobs: &[Job]) -> Vec<(SubmissionId, IfDuplicate)> {
    jobs.iter()
        .filter_map(|job| {
            let Job::Courier(CourierJob::Send(shipment)) = job else {
                return None;
            };
            Some((shipment.submission, shipment.if_duplicate))
        })
        .collect()
}

fn reads_the_outbox(jobs: &[Job]) -> bool {
    jobs.iter()
        .any(|job| matches!(job, Job::Desk(DeskJob::ReadOutbox { .. })))
}

fn wakes_at(jobs: &[Job]) -> Option<DateTime<Utc>> {
    jobs.iter()
        .rev()
        .find_map(|job| if let Job::WakeAt(at) = job { Some(*at) } else { None })
}
