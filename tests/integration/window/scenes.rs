//! Moments of a clinic's month, as models. Every file is invented.

use std::{collections::BTreeMap, sync::Arc};

use chrono::{NaiveDate, TimeDelta};
use dropoff::{
    app::{
        message::{
            CardId, Command, DeskJob, Entered, Entry, EntryRefusal, Event, History, InLedger, Job, LeftOut, Tracked,
        },
        model::{CardState, Look, Model, Notice, Place, Screen},
    },
    domain::{
        account::AccountId,
        check::{Checker, Report, repair::Made},
        failure::{FileFailure, RegistryFailure, Step, Trouble, VaultFailure},
        fingerprint::Overlap,
        hl7::{Facilities, content::ContentKind, summary::Summary},
        outage::{Outage, Way},
        person::Person,
        receipt::Destination,
        remote::{ConnectionFacts, Folder, FoldersSeen, RemoteFile, SeenFile},
        settings::{Role, Settings, Stage},
        submission::{
            By, ContentHash, Copy, Counts, Delivery, Duplicate, Earlier, NewSubmission, NotDelivered, Outcome, Phase,
            Question, Reading, Record, State, SubmissionId, Why,
        },
    },
};
use uuid::Uuid;

use crate::support::clinic::rules;

use super::stage::{account, ask, happen, live_settings, model, now, path, registry};

pub(super) fn reading(patients: u64, mark: u8) -> Reading {
    Reading {
        size_bytes: 84_412,
        sha256: ContentHash([mark; 32]),
        report: Arc::new(Report {
            kind: ContentKind::Hl7,
            size_bytes: 84_412,
            summary: Summary {
                messages: patients,
                patients,
                vaccinations: patients * 3 / 2 + 3,
                first_vaccination: NaiveDate::from_ymd_opt(2026, 11, 1),
                last_vaccination: NaiveDate::from_ymd_opt(2026, 11, 20),
                ..Summary::default()
            },
            stage: Stage::Live,
            counts: BTreeMap::new(),
            messages_with_errors: 0,
            findings: Vec::new(),
        }),
    }
}

/// What the check says of these bytes.
pub(super) fn checked(text: &str, mark: u8) -> Reading {
    let rules = rules();
    let mut checker = Checker::new(&rules);
    checker.feed(text.as_bytes());
    Reading {
        report: Arc::new(checker.finish()),
        ..reading(0, mark)
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
    happen(
        &mut model,
        Event::FilesFound {
            files,
            left_out: LeftOut::default(),
        },
    );
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

/// *Send* was pressed, and the file is in the ledger.
pub(super) fn handed_over() -> Model {
    let mut model = one_ready();
    send_and_enter(&mut model);
    model
}

/// Presses *Send*; the ledger takes what is to be sent.
fn send_and_enter(model: &mut Model) {
    for job in ask(model, Command::SendReady) {
        if let Job::Desk(DeskJob::Enter(entry)) = job {
            let record = entered(&entry, Copy::Sealed);
            happen(model, Event::Entered(entry.submission, taken(record)));
        }
    }
}

/// The desk's answer.
pub(super) fn taken(record: Record) -> Box<Result<Entered, EntryRefusal>> {
    let remarks = Vec::new();
    Box::new(Ok(Entered { record, remarks }))
}

/// As the desk enters it.
pub(super) fn entered(entry: &Entry, copy: Copy) -> Record {
    Record::new(NewSubmission {
        id: entry.submission,
        account: entry.account.clone(),
        destination: entry.destination,
        at: now(),
        by: by("MG"),
        size_bytes: entry.size_bytes,
        sha256: entry.sha256,
        counts: entry.counts.clone(),
        copy,
        sealed_name: None,
        repairs: entry
            .repair
            .as_ref()
            .map(|repair| repair.made.clone())
            .unwrap_or_default(),
    })
}

pub(super) fn by(initials: &str) -> By {
    By {
        person: Person {
            user: "mgarcia".to_owned(),
            computer: "FRONTDESK-2".to_owned(),
        },
        initials: initials.to_owned(),
    }
}

/// A submission of the ledger that was entered so many days ago, with a name of that day.
pub(super) fn stored(n: u64, days: i64, state: State) -> Record {
    let at = now() - TimeDelta::days(days);
    let sent_as = at.format("CLINIC01%y%j.hl7").to_string();
    let mut record = Record::new(NewSubmission {
        id: id(100 + n),
        account: AccountId::of("CLINIC01", &registry().host),
        destination: Destination::Live,
        at,
        by: by("MG"),
        size_bytes: 84_412,
        sha256: ContentHash([u8::try_from(n % 251).unwrap(); 32]),
        counts: Counts::of(&reading(40, 1).report.summary),
        copy: Copy::Sealed,
        sealed_name: None,
        repairs: Made::default(),
    });
    record.state = state;
    if state.is_delivered() {
        record.delivery = Some(Delivery {
            began: at,
            verified: at + TimeDelta::seconds(4),
            ..delivery(&sent_as)
        });
        record.road.delivered = Some(at + TimeDelta::seconds(4));
    }
    if state >= State::AtRegistry && state.is_delivered() {
        record.road.at_registry = Some(at + TimeDelta::minutes(1));
    }
    if matches!(state, State::PickedUp | State::Reported) {
        record.road.picked_up = Some(at + TimeDelta::hours(2));
    }
    if state == State::Reported {
        record.road.reported = Some(at + TimeDelta::hours(26));
    }
    record.sent_as = Some(sent_as);
    record
}

pub(super) fn tracked(record: Record, name: &str) -> Tracked {
    Tracked {
        record,
        file_name: Some(name.to_owned()).filter(|name| !name.is_empty()),
    }
}

/// A window that was opened again and found this in its ledger.
pub(super) fn opened_again(here: Vec<Tracked>) -> Model {
    found(InLedger {
        here,
        ..InLedger::default()
    })
}

/// One that has another account now: two files of the earlier one were never sent, and one may have arrived.
pub(super) fn elsewhere() -> Model {
    let mut elsewhere = vec![
        waiting_record(1, Trouble::Busy),
        stored(2, 1, State::Held),
        stored(3, 0, State::Unknown),
    ];
    for record in &mut elsewhere {
        record.entered.account = AccountId::of("CLINIC00", &registry().host);
    }
    found(InLedger {
        here: vec![tracked(stored(4, 0, State::Delivered), "november-export.hl7")],
        elsewhere: elsewhere
            .into_iter()
            .zip(["october-export.hl7", "october-late.hl7", "october-rest.hl7"])
            .map(|(record, name)| tracked(record, name))
            .collect(),
        ..InLedger::default()
    })
}

fn found(found: InLedger) -> Model {
    let mut model = quiet_month();
    let account = model.account().unwrap().id();
    let nothing = Event::OutboxRead(Some(account.clone()), Ok(InLedger::default()));
    happen(&mut model, nothing);
    happen(&mut model, Event::OutboxRead(Some(account), Ok(found)));
    model
}

pub(super) fn waits(trouble: Trouble, minutes: i64) -> Outcome {
    Outcome::Waiting {
        until: now() + TimeDelta::minutes(minutes),
        why: Box::new(Why::Registry(failure(trouble, Step::Port, "no answer within 65 s"))),
    }
}

fn waiting_record(n: u64, trouble: Trouble) -> Record {
    let mut record = stored(n, 0, State::Waiting);
    record.sent_as = None;
    record.until = Some(now() + TimeDelta::minutes(12));
    record.why = Some(Why::Registry(failure(trouble, Step::Port, "no answer within 65 s")));
    record
}

/// Two files wait, and the registry has not answered since this morning.
pub(super) fn outage(trouble: Trouble) -> Model {
    let Way::Broken(kind) = trouble.way() else {
        panic!("{trouble} is no outage");
    };
    let mut model = found(InLedger {
        here: vec![
            tracked(waiting_record(1, trouble.clone()), "november-main-street.hl7"),
            tracked(waiting_record(2, trouble.clone()), "november-school-clinic.hl7"),
        ],
        outage: Some(Box::new(Outage {
            began: now() - TimeDelta::minutes(152),
            last_try: now() - TimeDelta::minutes(18),
            ended: None,
            tries: 12,
            kind,
            troubles: vec![trouble],
        })),
        ..InLedger::default()
    });
    model.look = Look::default();
    model
}

/// The keychain is gone: what waits has no copy, and what is held has lost its original.
pub(super) fn no_copies() -> Model {
    let mut waits = waiting_record(1, Trouble::Busy);
    waits.entered.copy = Copy::OriginalOnly;
    let mut held = stored(2, 0, State::Held);
    held.entered.copy = Copy::OriginalOnly;
    held.why = Some(Why::File(FileFailure::NotFound));
    let mut model = opened_again(vec![tracked(waits, "november-export.hl7"), tracked(held, "")]);
    // It waits in the window in which it was chosen.
    let card = &mut model.cards[0];
    card.source = Some(path("november-export.hl7"));
    card.state = CardState::Done(card.record.as_ref().unwrap().outcome().unwrap());
    model
}

/// A folder was dropped that has more in it than files.
fn folders_inside() -> Model {
    let mut model = one_ready();
    let left_out = LeftOut {
        not_hl7: 2,
        more_files: 0,
        folders: 3,
    };
    model.notice = Some(Notice::LeftOut { found: 1, left_out });
    model
}

/// The desk asks before it enters the file.
pub(super) fn asked(question: Question) -> Model {
    let mut model = one_ready();
    ask(&mut model, Command::SendReady);
    happen(
        &mut model,
        Event::Entered(id(1), Box::new(Err(EntryRefusal::Asked(question)))),
    );
    model
}

/// The next file, and a question about it.
pub(super) fn asked_next(model: Model) -> Model {
    let card = model.next_card;
    let mut model = read(with_files(model, &["november-second.hl7"]), card, reading(40, 9));
    ask(&mut model, Command::SendReady);
    happen(
        &mut model,
        Event::Entered(id(card), Box::new(Err(EntryRefusal::Asked(sent_before())))),
    );
    model
}

/// One file went, the next one waits.
pub(super) fn waits_beside_a_delivery() -> Model {
    opened_again(vec![
        tracked(stored(1, 0, State::AtRegistry), "first-week.hl7"),
        tracked(waiting_record(2, Trouble::Busy), "november-export.hl7"),
    ])
}

fn other_clinic() -> Question {
    Question::OtherClinic {
        named: Facilities {
            names: vec!["1117823000".to_owned()],
            has_more: false,
        },
        earlier: vec!["1100100033".to_owned()],
    }
}

pub(super) fn sent_before() -> Question {
    Question::SentBefore {
        overlap: Overlap {
            patients: 40,
            repeated_patients: 38,
        },
        earlier: Earlier::Went(now() - TimeDelta::days(3)),
    }
}

/// The same vaccinations are in a file that was chosen this morning.
pub(super) fn waits_here() -> Question {
    Question::SentBefore {
        overlap: Overlap {
            patients: 40,
            repeated_patients: 38,
        },
        earlier: Earlier::WaitsHere(NotDelivered {
            file_name: Some("november monday.hl7".to_owned()),
            entered: now() - TimeDelta::days(3),
        }),
    }
}

fn held_duplicate() -> Model {
    let mut model = handed_over();
    let duplicate = Duplicate {
        name: "CLINIC0126310.hl7".to_owned(),
        seen_at: None,
        delivered: Some((now() - TimeDelta::days(14), by("RL"))),
    };
    happen(
        &mut model,
        Event::Finished(id(1), Box::new(Outcome::Duplicate(duplicate))),
    );
    model
}

/// A file of this morning that was picked up, and one of last week of which nothing was heard.
pub(super) fn restored_road() -> Model {
    let mut model = opened_again(vec![
        tracked(stored(1, 8, State::Delivered), "first-week.hl7"),
        tracked(stored(2, 0, State::PickedUp), "november-export.hl7"),
    ]);
    happen(
        &mut model,
        Event::Looked(Ok(Box::new(seen(&[], &["CLINIC0126324.hl7", "CLINIC0126293.hl7"])))),
    );
    model
}

/// Everything that was sent in a year and a half, and what others sent.
pub(super) fn past_files() -> Model {
    let mut model = quiet_month();
    ask(&mut model, Command::OpenScreen(Screen::PastFiles));
    let states = [
        State::Waiting,
        State::PickedUp,
        State::Unknown,
        State::Reported,
        State::Cancelled,
        State::Held,
    ];
    let named = |n: u64| {
        if n % 7 == 6 {
            String::new()
        } else {
            format!("export-{}.hl7", n + 1)
        }
    };
    let submissions = (0..200)
        .map(|n| {
            let state = states
                .get(usize::try_from(n).unwrap())
                .copied()
                .unwrap_or(State::Reported);
            tracked(stored(n, i64::try_from(n).unwrap() * 3, state), &named(n))
        })
        .collect();
    let other = |name: &str, days: i64, accepted: bool| SeenFile {
        name: name.to_owned(),
        size_bytes: Some(31_200),
        modified: Some((now() - TimeDelta::days(days)).naive_utc()),
        accepted: accepted.then(|| now() - TimeDelta::days(days - 1)),
        first_seen: now() - TimeDelta::days(days),
    };
    let history = History {
        leave_out: 0,
        submissions,
        has_more: true,
        seen: vec![
            other("CLINIC0126322.hl7", 2, true),
            other("CLINIC0126315.1.hl7", 9, false),
        ],
    };
    let account = model.account().unwrap().id();
    happen(&mut model, Event::HistoryRead(account, Ok(Box::new(history))));
    model
}

fn closing_while_files_wait() -> Model {
    let mut model = outage(Trouble::Silent);
    ask(&mut model, Command::RequestClose);
    model
}

fn refused_while_files_wait() -> Model {
    let mut model = outage(Trouble::Silent);
    let refused = failure(Trouble::PasswordRefused, Step::Login, "530 Login incorrect");
    happen(&mut model, Event::Looked(Err(refused)));
    model
}

pub(super) fn sending() -> Model {
    let mut model = handed_over();
    let phase = Phase::Uploading {
        sent_bytes: 31_000,
        began: now() - TimeDelta::seconds(20),
        at: now(),
    };
    happen(&mut model, Event::PhaseChanged(id(1), phase));
    model
}

/// A long file is being copied, and nothing of it has left this computer.
pub(super) fn copying() -> Model {
    let mut model = one_ready();
    ask(&mut model, Command::SendReady);
    let card = &mut model.cards[0];
    card.reading.as_mut().unwrap().size_bytes = 200_000_000;
    let phase = Phase::Entering {
        copied_bytes: 84_000_000,
    };
    happen(&mut model, Event::PhaseChanged(id(1), phase));
    model
}

pub(super) fn finished(outcome: Outcome) -> Model {
    let mut model = sending();
    happen(&mut model, Event::Finished(id(1), Box::new(outcome)));
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
    let pdf = checked("%PDF-1.7", 2);
    let patient = "MSH|^~\\&|EHR\rPID|1\rRXA|0|1|20261103\r";
    let cut = checked(&format!("BHS|^~\\&|EHR\r{}", patient.repeat(17)), 3);
    let empty = checked("", 4);
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
        so_far: dropoff::domain::check::SoFar::default(),
        read_bytes: 900_000_000,
        total_bytes: 3_000_000_000,
    };
    let mut all = vec![
        ("setup-1-role", fresh()),
        ("setup-2-stage", at_stage_step()),
        ("setup-3-account", at_account_step()),
        ("setup-4-works", tested(Ok(facts()))),
        ("setup-5-ports", tested(Err(data_ports()))),
        ("month-1-quiet", quiet_month()),
        ("month-2-ready", one_ready()),
        ("month-3-troubles", troubles()),
        ("month-4-reading", reading_now),
        ("month-5-copying", copying()),
        ("month-5-sending", sending()),
        ("month-6-delivered", delivered()),
        ("month-7-not-sent", finished(Outcome::NotSent(data_ports()))),
        ("month-8-refused", finished(Outcome::NotSent(wrong_password))),
        (
            "month-9-unknown",
            finished(Outcome::Unknown {
                sent_as: "CLINIC0126324.hl7".to_owned(),
                failure: cut_off,
                until: Some(now() + TimeDelta::seconds(30)),
            }),
        ),
        ("outbox-1-asked-after-deliveries", asked_next(restored_road())),
        ("outbox-1-waits-after-a-delivery", waits_beside_a_delivery()),
        ("outbox-1-waiting", finished(waits(Trouble::Busy, 12))),
        ("outbox-2-no-answer", outage(Trouble::Silent)),
        ("outbox-3-offline", outage(Trouble::Offline)),
        ("outbox-4-no-copy", no_copies()),
        ("outbox-5-held-duplicate", held_duplicate()),
        ("month-folders-inside", folders_inside()),
        ("outbox-5-elsewhere", elsewhere()),
        ("outbox-5-elsewhere-unfolded", elsewhere()),
        ("outbox-9-other-clinic", asked(other_clinic())),
        ("outbox-9-invented", asked(Question::Invented { patients: 2 })),
        ("outbox-9-sent-before", asked(sent_before())),
        ("outbox-9-waits-here", asked(waits_here())),
        (
            "outbox-9-gap",
            asked(Question::Gap {
                last_ended: NaiveDate::from_ymd_opt(2026, 10, 15).unwrap(),
                starts: NaiveDate::from_ymd_opt(2026, 11, 1).unwrap(),
            }),
        ),
        ("outbox-6-restored-road", restored_road()),
        ("outbox-6-restored-road-unfolded", restored_road()),
        ("outbox-7-closing", closing_while_files_wait()),
        ("outbox-8-refused", refused_while_files_wait()),
        ("month-no-password", no_password()),
        ("month-no-keychain", no_keychain()),
        ("month-closing", closing()),
        ("month-testing", testing_stage()),
        ("month-ehr-sends", ehr_sends()),
        ("demo-ready", demo()),
        ("demo-failed", demo_failed()),
        ("fix-list", on(Screen::FixList)),
        ("past-files", past_files()),
        ("past-files-empty", on(Screen::PastFiles)),
        ("help", on(Screen::Help)),
        ("settings", on(Screen::Settings)),
        ("settings-unfolded", on(Screen::Settings)),
        ("setup-6-unfolded", tested(Err(data_ports()))),
    ];
    all.extend(super::getting_out::scenes());
    all.extend(super::findings::scenes());
    all.extend(super::repair::scenes());
    all
}
