//! Help's three ways out: the wrong file, somebody left, this computer is retired.

use super::*;
use crate::{
    app::{
        away::{Rest, rest},
        retire::{BeforeRetiring, Readiness, RetireStep},
        wording::{retire as retire_words, somebody_left, wrong_file as words},
        wrong_file::{Whereabouts, delivered, whereabouts},
    },
    domain::{
        account::AccountId,
        failure::SetAside,
        retire::{Removal, RetireRefusal, Stays, Trace},
    },
};

fn looks(jobs: &[Job]) -> bool {
    jobs.contains(&Job::Desk(DeskJob::LookBeforeRetiring))
}

/// The desk has looked what waits.
fn found(model: &mut Model, undelivered: Vec<Record>, unknown_copies: usize) -> Vec<Job> {
    let found = BeforeRetiring {
        undelivered: undelivered.into_iter().map(tracked).collect(),
        unknown_copies,
    };
    happen(model, Event::LookedBeforeRetiring(Ok(Box::new(found))))
}

/// A clinic on Help, where nothing waits.
fn ready_to_retire() -> Model {
    let mut model = in_a_window();
    ask(&mut model, Command::OpenScreen(Screen::Help));
    found(&mut model, Vec::new(), 0);
    model
}

fn sent(model: &Model, n: u8, name: &str) -> Record {
    stored(model, n, State::Delivered, |record| {
        record.delivery = Some(Delivery {
            verified: record.entered.at,
            ..delivery(name)
        });
        record.road.delivered = Some(record.entered.at);
        record.sent_as = Some(name.to_owned());
    })
}

fn history(model: &mut Model, records: Vec<Record>) {
    let account = model.account().unwrap().id();
    let page = History {
        leave_out: 0,
        submissions: records.into_iter().map(tracked).collect(),
        has_more: false,
        seen: Vec::new(),
    };
    happen(model, Event::HistoryRead(account, Ok(Box::new(page))));
}

fn look(model: &mut Model, dropoff: &[&str], accepted: &[&str]) {
    let file = |name: &&str| RemoteFile {
        name: (*name).to_owned(),
        size_bytes: Some(1_000),
        modified: None,
    };
    let seen = FoldersSeen {
        at: now() + TimeDelta::minutes(5),
        account: model.account().unwrap().id(),
        dropoff: dropoff.iter().map(file).collect(),
        accepted: accepted.iter().map(file).collect(),
        reports: Vec::new(),
        receive: Vec::new(),
    };
    happen(model, Event::Looked(Ok(Box::new(seen))));
}

#[test]
fn help_reads_earlier_files_and_looks_what_waits() {
    let mut model = in_a_window();
    let jobs = ask(&mut model, Command::OpenScreen(Screen::Help));
    let reads = |job: &Job| matches!(job, Job::Desk(DeskJob::ReadHistory { leave_out: 0, .. }));
    assert!(jobs.iter().any(reads) && looks(&jobs), "{jobs:?}");
    assert!(
        !looks(&ask(&mut model, Command::OpenScreen(Screen::Help))),
        "it is looked already"
    );
    found(&mut model, Vec::new(), 0);
    assert!(looks(&told(&mut model, [])), "something may have changed");
}

#[test]
fn the_wrong_file_is_one_of_this_month_or_of_an_earlier_one_and_each_stands_there_once() {
    let mut model = in_a_window();
    let (today, october) = (
        sent(&model, 1, "CLINIC0126324.hl7"),
        sent(&model, 90, "CLINIC0126293.hl7"),
    );
    let waiting = stored(&model, 5, State::Waiting, |_| {});
    told(&mut model, [today.clone(), waiting.clone()]);
    history(&mut model, vec![today, waiting, october]);
    let names: Vec<&str> = delivered(&model)
        .iter()
        .map(|file| file.delivery.sent_as.as_str())
        .collect();
    assert_eq!(names, ["CLINIC0126324.hl7", "CLINIC0126293.hl7"]);
}

#[test]
fn where_the_wrong_file_is_follows_what_was_seen() {
    let mut model = in_a_window();
    let record = sent(&model, 1, "CLINIC0126324.hl7");
    told(&mut model, [record]);
    let place = |model: &Model| whereabouts(model, &delivered(model)[0]);
    assert_eq!(place(&model), Whereabouts::NotLooked);
    let looked = now() + TimeDelta::minutes(5);
    look(&mut model, &["clinic0126324.HL7"], &[]);
    assert_eq!(place(&model), Whereabouts::NotPickedUp { seen: looked });
    look(&mut model, &[], &[]);
    assert_eq!(place(&model), Whereabouts::NotSeen { looked });
    look(&mut model, &[], &["CLINIC0126324.hl7"]);
    assert_eq!(place(&model), Whereabouts::PickedUp { since: looked });
}

#[test]
fn a_look_from_before_the_delivery_says_nothing_about_it() {
    let mut model = in_a_window();
    look(&mut model, &[], &[]);
    let mut record = sent(&model, 0, "CLINIC0126324.hl7");
    record.delivery.as_mut().unwrap().verified = now() + TimeDelta::minutes(6);
    told(&mut model, [record]);
    assert_eq!(whereabouts(&model, &delivered(&model)[0]), Whereabouts::NotLooked);
}

#[test]
fn what_to_say_names_the_file_as_it_was_sent_and_neither_the_chosen_one_nor_a_patient() {
    let mut model = in_a_window();
    model.settings.clinic_name = "Main Street".to_owned();
    let record = sent(&model, 0, "CLINIC0126324.hl7");
    told(&mut model, [record]);
    let files = delivered(&model);
    let text = words::text(&files[0], &model);
    for part in [
        "Account: CLINIC01 (production)",
        "Clinic: Main Street",
        "File: CLINIC0126324.hl7",
        "Friday, November 20, 2026, 9:12:00 AM CST",
        "Messages: 3",
        "Patients: 3",
        "Size: 1,000 bytes",
        &format!("SHA-256: {}", files[0].record.entered.sha256),
    ] {
        assert!(text.contains(part), "{part}\n{text}");
    }
    assert!(!text.contains("november.hl7"), "{text}");
    let (name, note) = words::file(&files[0], &model);
    assert!(name == "CLINIC0126324.hl7" && note.contains("november.hl7 on this computer"));
    assert!(words::call(&model).contains("555-0100, option 3"));
}

#[test]
fn whoever_changes_the_password_reads_how_many_files_stop_until_then() {
    let mut model = in_a_window();
    assert!(somebody_left::enter_here(&model).ends_with("Until then nothing can be sent from here."));
    let records = [1, 2].map(|n| stored(&model, n, State::Waiting, |_| {}));
    told(&mut model, records);
    assert!(somebody_left::enter_here(&model).contains("2 files wait here: they stop until then"));
    assert!(somebody_left::forget_meaning(&model).starts_with("2 files that wait are not sent from here until"));
}

#[test]
fn what_waits_in_any_account_stands_in_the_way() {
    let mut model = in_a_window();
    ask(&mut model, Command::OpenScreen(Screen::Help));
    assert_eq!(model.readiness_to_retire(), Readiness::NotKnown);
    let mut old = stored(&model, 7, State::Held, |_| {});
    old.entered.account = AccountId::of("OLD01", "ftp.example.org");
    found(&mut model, vec![old], 0);
    let Readiness::Undelivered(files) = model.readiness_to_retire() else {
        panic!("{:?}", model.readiness_to_retire())
    };
    assert!(retire_words::undelivered(&files[0], &model).ends_with("· OLD01"));
    let next = retire_words::undelivered_next(files, &model);
    assert!(next.contains("OLD01 is not in use here any more"), "{next}");
    assert_eq!(ask(&mut model, Command::RemoveEverything), Vec::new());
}

#[test]
fn everything_goes_only_after_one_more_look() {
    let mut model = ready_to_retire();
    assert!(looks(&ask(&mut model, Command::RemoveEverything)));
    assert!(!model.retire.is_under_way());
    assert!(found(&mut model, Vec::new(), 0).contains(&Job::RemoveEverything));
    assert_eq!(model.retire.step, RetireStep::Removing);
}

#[test]
fn a_file_that_came_in_the_meantime_keeps_everything_here() {
    let mut model = ready_to_retire();
    ask(&mut model, Command::RemoveEverything);
    let record = stored(&model, 1, State::Queued, |_| {});
    assert!(!found(&mut model, vec![record], 0).contains(&Job::RemoveEverything));
    assert_eq!(model.retire.step, RetireStep::Idle);
    assert!(matches!(model.readiness_to_retire(), Readiness::Undelivered(_)));
}

#[test]
fn a_ledger_that_cannot_be_read_keeps_everything_here() {
    let mut model = ready_to_retire();
    ask(&mut model, Command::RemoveEverything);
    let failure = LedgerFailure::Busy;
    let jobs = happen(&mut model, Event::LookedBeforeRetiring(Err(failure.clone())));
    assert!(!jobs.contains(&Job::RemoveEverything));
    assert_eq!(model.readiness_to_retire(), Readiness::Trouble(&failure));
}

#[test]
fn while_everything_goes_nothing_else_is_done_and_the_window_stays() {
    let mut model = ready_to_retire();
    ask(&mut model, Command::RemoveEverything);
    found(&mut model, Vec::new(), 0);
    let settings = Box::new(model.settings.clone());
    for command in [
        Command::ChangeSettings(settings),
        Command::AddPaths(vec![PathBuf::from("late.hl7")]),
        Command::TryNow,
        Command::RequestClose,
    ] {
        assert_eq!(ask(&mut model, command), Vec::new());
    }
    assert_eq!(tick(&mut model, now() + TimeDelta::days(2)), Vec::new());
    assert_eq!(told(&mut model, []), Vec::new());
    assert_eq!(model.retire.step, RetireStep::Removing);
}

#[test]
fn when_everything_is_gone_the_window_closes_and_the_folder_goes() {
    let mut model = ready_to_retire();
    ask(&mut model, Command::RemoveEverything);
    found(&mut model, Vec::new(), 0);
    happen(&mut model, Event::Retired(Box::new(Ok(Removal::default()))));
    assert_eq!(
        ask(&mut model, Command::RequestClose),
        [Job::RemoveDataFolder, Job::CloseWindow]
    );
}

#[test]
fn when_nothing_was_removed_the_window_closes_and_the_folder_stays() {
    let mut model = ready_to_retire();
    ask(&mut model, Command::RemoveEverything);
    found(&mut model, Vec::new(), 0);
    happen(&mut model, Event::Retired(Box::new(Err(RetireRefusal::AnotherDropoff))));
    assert_eq!(ask(&mut model, Command::RequestClose), [Job::CloseWindow]);
}

#[test]
fn the_demo_of_a_clinic_removes_nothing_and_a_mere_demo_does() {
    let mut model = ready_to_retire();
    let account = model.settings.account.clone().unwrap();
    model.place = Place::Demo(Box::new(account));
    assert_eq!(model.readiness_to_retire(), Readiness::InTheDemo);
    assert_eq!(ask(&mut model, Command::RemoveEverything), Vec::new());
    model.settings.account = None;
    assert_eq!(model.readiness_to_retire(), Readiness::Ready { unknown_copies: 0 });
}

#[test]
fn a_removal_that_the_desk_did_not_take_is_not_under_way() {
    let mut model = ready_to_retire();
    ask(&mut model, Command::RemoveEverything);
    let refused = Job::Desk(DeskJob::LookBeforeRetiring);
    happen(&mut model, Event::Refused(Box::new(refused)));
    assert_eq!(model.retire.step, RetireStep::Idle);
    assert_eq!(model.notice, Some(Notice::TooBusy));
}

#[test]
fn whatever_stays_has_a_title_and_a_next_step() {
    let whys = [
        Stays::Refused("access denied".to_owned()),
        Stays::Keychain(VaultFailure::Unavailable("none".to_owned())),
        Stays::Keychain(VaultFailure::Locked("locked".to_owned())),
        Stays::NeededElsewhere,
        Stays::AccountStays,
    ];
    for what in Trace::IN_ORDER {
        for why in &whys {
            let words = retire_words::left(what, why, "/data");
            assert!(words.title.ends_with('.') && words.next.ends_with('.'), "{words:?}");
        }
    }
    for refused in [
        RetireRefusal::Undelivered(Vec::new()),
        RetireRefusal::AnotherDropoff,
        RetireRefusal::Ledger(LedgerFailure::Busy),
        RetireRefusal::Folder("no room".to_owned()),
    ] {
        let words = retire_words::refusal(&refused);
        assert!(!words.title.is_empty() && !words.next.is_empty(), "{words:?}");
    }
}

#[test]
fn files_that_are_not_dropoffs_own_are_told_of() {
    assert_eq!(retire_words::strangers(0, "/data"), None);
    assert!(
        retire_words::strangers(1, "/data")
            .unwrap()
            .starts_with("1 file in /data is not")
    );
    assert!(
        retire_words::strangers(3, "/data")
            .unwrap()
            .starts_with("3 files in /data are not")
    );
    assert_eq!(retire_words::unknown_copies(0), None);
    assert!(
        retire_words::unknown_copies(2)
            .unwrap()
            .starts_with("2 sealed copies are")
    );
}

#[test]
fn a_ledger_that_was_set_aside_is_in_the_way_of_a_removal_and_of_the_background_until_it_is_acknowledged() {
    let mut model = in_a_window();
    let file = "ledger-2026-11-20-151200.db.set-aside".to_owned();
    model.unread.ledgers = vec![SetAside {
        why: LedgerFailure::Damaged(String::new()),
        file: file.clone(),
    }];
    model.retire.found = Some(Ok(BeforeRetiring::default()));
    assert_eq!(ask(&mut model, Command::RemoveEverything), []);
    assert_eq!(rest(&model), Rest::CannotWork);
    ask(&mut model, Command::DismissNotice);
    happen(
        &mut model,
        Event::Acknowledged(file.clone(), Err(LedgerFailure::DiskFull)),
    );
    assert_eq!(model.unread.ledgers.len(), 1, "it was not noted");
    model.notice = None;
    happen(&mut model, Event::Acknowledged(file, Ok(())));
    assert_ne!(rest(&model), Rest::CannotWork);
    assert!(matches!(model.readiness_to_retire(), Readiness::Ready { .. }));
}
