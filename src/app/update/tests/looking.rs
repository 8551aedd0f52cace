//! The registry's folders and the passing of time.

use super::*;

#[test]
fn the_road_is_what_was_seen_in_the_folders() {
    let mut model = live();
    let card = ready(&mut model, "november.hl7", 1);
    ask_and_enter(&mut model, Command::SendReady);
    let jobs = finish(&mut model, card, Outcome::Delivered(delivery("CLINIC0126324.hl7")));
    assert_eq!(
        wakes_at(&jobs),
        Some(now() + TimeDelta::minutes(15)),
        "somebody looks later"
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
        happen(model, Event::Looked(Ok(Box::new(seen))));
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
fn a_delivered_file_stands_in_the_folder_before_the_next_look() {
    let mut model = live();
    let empty = FoldersSeen {
        at: now(),
        account: model.account().unwrap().id(),
        dropoff: Vec::new(),
        accepted: Vec::new(),
        reports: Vec::new(),
        receive: Vec::new(),
    };
    happen(&mut model, Event::Looked(Ok(Box::new(empty))));
    let card = ready(&mut model, "november.hl7", 1);
    ask_and_enter(&mut model, Command::SendReady);
    finish(&mut model, card, Outcome::Delivered(delivery("CLINIC0126324.hl7")));
    assert_eq!(road::station(&model, "CLINIC0126324.hl7"), Station::Waiting);
    let listed: Vec<&str> = model
        .look
        .seen
        .iter()
        .flat_map(|seen| &seen.dropoff)
        .map(|file| file.name.as_str())
        .collect();
    assert_eq!(listed, ["CLINIC0126324.hl7"]);
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
    happen(&mut model, Event::Looked(Ok(Box::new(seen))));
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
fn a_window_looks_once_as_soon_as_the_password_is_known() {
    let mut model = live();
    model.password = PasswordState::NotLooked;
    let first = begin_in_a_window(&mut model);
    assert!(!first.iter().any(|job| matches!(job, Job::Courier(_))), "{first:?}");
    let account = model.account().unwrap().id();
    let jobs = happen(&mut model, Event::PasswordLookedFor(account.clone(), Ok(true)));
    assert!(
        matches!(jobs.as_slice(), [Job::Courier(CourierJob::Look(..))]),
        "{jobs:?}"
    );
    assert_eq!(
        happen(&mut model, Event::PasswordLookedFor(account, Ok(true))),
        Vec::new()
    );
}

#[test]
fn the_command_line_looks_only_when_it_is_asked() {
    let mut model = live();
    model.password = PasswordState::NotLooked;
    drop(begin(&mut model));
    let account = model.account().unwrap().id();
    assert_eq!(
        happen(&mut model, Event::PasswordLookedFor(account, Ok(true))),
        Vec::new()
    );
}

#[test]
fn the_question_to_the_registry_comes_after_three_working_days_without_a_report() {
    let model = in_a_window();
    let record = stored(&model, 1, State::Delivered, |record| {
        record.delivery = Some(delivery("CLINIC0126324.hl7"));
    });
    let mut model = in_a_window();
    told(&mut model, [record.clone()]);
    told(&mut model, [record.clone()]);
    let seen = |model: &Model, at: &str, accepted: Vec<RemoteFile>, reports: Vec<RemoteFile>| FoldersSeen {
        at: at.parse().unwrap(),
        account: model.account().unwrap().id(),
        dropoff: Vec::new(),
        accepted,
        reports,
        receive: Vec::new(),
    };
    let file = |name: &str, day: &str| RemoteFile {
        name: name.to_owned(),
        size_bytes: None,
        modified: Some(format!("{day}T09:00:00").parse().unwrap()),
    };
    let (wednesday, thursday) = ("2026-11-25T18:00:00Z", "2026-11-26T15:00:00Z");
    let taken = || vec![file("CLINIC0126324.hl7", "2026-11-20")];
    let cases = [
        (wednesday, vec![], vec![], false),
        (thursday, vec![], vec![], true),
        (thursday, taken(), vec![], true),
        // It may be about this file: how reports are named is not published.
        (thursday, taken(), vec![file("DQA_2291.txt", "2026-11-23")], false),
        (thursday, taken(), vec![file("DQA_2290.txt", "2026-10-23")], true),
        (
            thursday,
            taken(),
            vec![file("CLINIC0126324.hl7.txt", "2026-11-23")],
            false,
        ),
    ];
    for (at, accepted, reports, is_overdue) in cases {
        let seen = seen(&model, at, accepted, reports);
        let said = format!("{seen:?}");
        happen(&mut model, Event::Looked(Ok(Box::new(seen))));
        assert_eq!(
            road::is_overdue(&model, &card_of(&model, &record)),
            is_overdue,
            "{said}"
        );
    }
}

#[test]
fn since_when_a_file_waits_at_the_registry_is_the_same_before_and_after_a_restart() {
    let name = "CLINIC0126324.hl7";
    let looked = now() + TimeDelta::minutes(15);
    let seen = |model: &Model, at| FoldersSeen {
        at,
        account: model.account().unwrap().id(),
        dropoff: vec![RemoteFile {
            name: name.to_owned(),
            size_bytes: Some(1_000),
            modified: None,
        }],
        accepted: Vec::new(),
        reports: Vec::new(),
        receive: Vec::new(),
    };
    let waiting_since = |model: &Model, card: &Card| road::reached_at(model, card, Station::Waiting);

    let mut open = live();
    let before = seen(&open, now());
    happen(&mut open, Event::Looked(Ok(Box::new(before))));
    let card = ready(&mut open, "november.hl7", 1);
    ask_and_enter(&mut open, Command::SendReady);
    finish(&mut open, card, Outcome::Delivered(delivery(name)));
    let since = waiting_since(&open, open.card(card).unwrap());
    assert_eq!(since, Some(delivery(name).verified));

    // The first look of the next run is what the ledger has of it.
    let mut again = live();
    let record = stored(&again, 1, State::AtRegistry, |record| {
        record.delivery = Some(delivery(name));
        record.road.delivered = Some(now() + TimeDelta::seconds(5));
        record.road.at_registry = Some(looked);
    });
    again.outbox.running = true;
    told(&mut again, [record.clone()]);
    let after = seen(&again, looked);
    happen(&mut again, Event::Looked(Ok(Box::new(after))));
    let card = card_of(&again, &record);
    assert_eq!(waiting_since(&again, &card), since);
    assert_eq!(road::reached_at(&again, &card, Station::Sent), since);
}
