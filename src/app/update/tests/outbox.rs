//! Cards and the ledger: what survives a restart, what another Dropoff does, and who may cancel.

mod full_disk;

use super::*;
use crate::app::wording::card::verdict;

pub(super) fn asked(model: &mut Model) {
    model.outbox.running = true;
    model.outbox.is_stale = false;
}

pub(super) fn with(records: &[Record]) -> Model {
    let mut model = in_a_window();
    asked(&mut model);
    told(&mut model, records.to_vec());
    model
}

fn delivered(record: &mut Record) {
    record.delivery = Some(delivery("CLINIC0126324.hl7"));
    record.road.delivered = Some(now());
}

#[test]
fn a_start_reads_the_ledger_from_the_first_of_the_month() {
    let mut model = live();
    let jobs = begin(&mut model);
    let since: DateTime<Utc> = "2026-11-01T05:00:00Z".parse().unwrap();
    let reads = |job: &&Job| matches!(job, Job::Desk(DeskJob::ReadOutbox { since: from, .. }) if *from == since);
    assert_eq!(jobs.iter().filter(reads).count(), 1, "{jobs:?}");
}

#[test]
fn cards_survive_a_restart() {
    let model = in_a_window();
    let wait = stored(&model, 4, State::Waiting, |record| {
        record.until = Some(now() + TimeDelta::seconds(30));
        record.why = Some(Why::Registry(failure(Trouble::Silent)));
    });
    let held = stored(&model, 3, State::Held, |record| {
        record.why = Some(Why::File(FileFailure::NotFound));
    });
    let doubtful = stored(&model, 2, State::Unknown, |_| {});
    let over = stored(&model, 1, State::PickedUp, delivered);
    let gone = stored(&model, 5, State::Cancelled, |_| {});
    let model = with(&[wait.clone(), held.clone(), doubtful.clone(), over.clone(), gone.clone()]);
    assert!(card_of(&model, &wait).is_waiting());
    assert_eq!(
        card_of(&model, &held).outcome(),
        Some(&Outcome::FileTrouble(FileFailure::NotFound))
    );
    assert!(card_of(&model, &doubtful).is_unknown());
    assert!(card_of(&model, &over).is_delivered());
    assert_eq!(road::station(&model, "CLINIC0126324.hl7"), Station::PickedUp);
    assert_eq!(
        month::sent(&model),
        Sent::NeedsYou { files: 2 },
        "what is held, and what is in doubt without another look"
    );
    assert_eq!(
        model.card_of(gone.entered.id),
        None,
        "what is over and was not sent is in the past files"
    );
    let names: Vec<&str> = model.cards.iter().map(|card| card.file_name.as_str()).collect();
    assert_eq!(names, ["november.hl7"; 4]);
}

#[test]
fn a_name_that_nobody_can_open_is_the_day_on_which_it_was_entered() {
    let mut model = in_a_window();
    let record = stored(&model, 1, State::Held, |_| {});
    let nameless = Tracked {
        record: record.clone(),
        file_name: None,
    };
    asked(&mut model);
    let read = InLedger {
        here: vec![nameless],
        ..InLedger::default()
    };
    read_from_the_ledger(&mut model, Ok(read));
    assert_eq!(card_of(&model, &record).file_name, "A file of November 20");
}

#[test]
fn what_a_program_left_in_the_middle_is_handed_to_the_courier() {
    let model = in_a_window();
    let states = [State::Queued, State::NameClaimed, State::Sending];
    let records: Vec<Record> = (1..)
        .zip(states)
        .map(|(n, state)| stored(&model, n, state, |_| {}))
        .collect();
    let mut model = in_a_window();
    asked(&mut model);
    let jobs = told(&mut model, records.clone());
    let mut sent: Vec<SubmissionId> = shipments(&jobs).into_iter().map(|(id, _)| id).collect();
    sent.sort();
    assert_eq!(sent, records.iter().map(|record| record.entered.id).collect::<Vec<_>>());
}

#[test]
fn a_file_that_a_program_left_in_the_middle_blames_no_connection() {
    let mut model = live();
    let record = stored(&model, 1, State::Sending, |_| {});
    told(&mut model, [record.clone()]);
    let words = verdict(&card_of(&model, &record), &model).words;
    assert!(
        words.title.starts_with("Checking whether this file arrived"),
        "{words:?}"
    );
    assert_eq!(
        words.file,
        "Dropoff was closed, another one is at it, or this computer had no room to write down what came of it."
    );
}

#[test]
fn without_a_password_what_another_dropoff_sends_is_watched_closely() {
    let mut model = in_a_window();
    model.password = PasswordState::Missing;
    let record = stored(&model, 1, State::Sending, |_| {});
    asked(&mut model);
    let jobs = told(&mut model, [record.clone()]);
    assert_eq!(wakes_at(&jobs), Some(now() + TimeDelta::seconds(2)));
    let jobs = tick(&mut model, now() + TimeDelta::seconds(2));
    assert!(reads_the_outbox(&jobs), "{jobs:?}");
    let mut done = record.clone();
    done.state = State::Delivered;
    delivered(&mut done);
    let jobs = told(&mut model, [done]);
    assert!(card_of(&model, &record).is_delivered());
    assert!(
        wakes_at(&jobs) > Some(now() + TimeDelta::hours(1)),
        "nothing is watched any more"
    );
}

#[test]
fn a_file_that_another_dropoff_holds_up_is_watched_closely() {
    let mut model = in_a_window();
    let card = ready(&mut model, "november.hl7", 1);
    ask_and_enter(&mut model, Command::SendReady);
    let turn = Why::Registry(failure(Trouble::AnotherDropoff));
    let soon = now() + TimeDelta::seconds(2);
    let jobs = finish(&mut model, card, waiting(soon, turn));
    assert!(reads_the_outbox(&jobs));
    let record = model.card(card).unwrap().record.clone().unwrap();
    let jobs = told(&mut model, [record]);
    assert_eq!(wakes_at(&jobs), Some(soon));
    assert!(
        model.card(card).unwrap().waits_for_another_dropoff(),
        "nothing has changed in the ledger"
    );
}

#[test]
fn what_was_read_before_something_happened_is_read_again() {
    let mut model = in_a_window();
    let card = ready(&mut model, "november.hl7", 1);
    ask_and_enter(&mut model, Command::SendReady);
    let before = model.card(card).unwrap().record.clone().unwrap();
    asked(&mut model);
    finish(&mut model, card, Outcome::Delivered(delivery("CLINIC0126324.hl7")));
    let jobs = told(&mut model, [before.clone()]);
    assert!(reads_the_outbox(&jobs));
    assert!(model.card(card).unwrap().is_delivered());
    told(&mut model, [before]);
    assert!(
        model.card(card).unwrap().is_delivered(),
        "not even a late answer takes a delivery back"
    );
}

#[test]
fn what_this_process_is_sending_is_left_alone() {
    let mut model = in_a_window();
    let card = ready(&mut model, "november.hl7", 1);
    ask_and_enter(&mut model, Command::SendReady);
    let mut record = model.card(card).unwrap().record.clone().unwrap();
    record.state = State::Sending;
    asked(&mut model);
    assert_eq!(shipments(&told(&mut model, [record])), []);
    assert!(model.card(card).unwrap().is_sending());
}

#[test]
fn a_card_takes_over_the_number_of_an_earlier_submission_of_the_same_content() {
    let model = in_a_window();
    let earlier = stored(&model, 1, State::Held, |record| {
        record.why = Some(Why::Copy(crate::domain::failure::SealFailure::Missing));
    });
    let mut model = with(std::slice::from_ref(&earlier));
    let card = ready(&mut model, "november.hl7", 1);
    assert_eq!(model.cards.len(), 1, "the held one has its file again");
    assert_eq!(submission_of(&model, card), earlier.entered.id);
    assert_eq!(*state(&model, card), CardState::Ready);
    let jobs = ask(&mut model, Command::SendReady);
    let entry = &entries(&jobs)[0];
    let jobs = happen(&mut model, Event::Entered(entry.submission, taken(earlier.clone())));
    assert_eq!(shipments(&jobs), [(earlier.entered.id, IfDuplicate::Hold)]);
}

#[test]
fn the_desk_may_find_an_earlier_submission_that_has_a_card() {
    let model = in_a_window();
    let earlier = stored(&model, 9, State::Held, |_| {});
    let mut model = with(std::slice::from_ref(&earlier));
    let card = ready(&mut model, "november.hl7", 1);
    let jobs = ask(&mut model, Command::SendReady);
    assert_eq!(entries(&jobs).len(), 1);
    let jobs = happen(&mut model, Event::Entered(id(card), taken(earlier.clone())));
    assert_eq!(shipments(&jobs), [(earlier.entered.id, IfDuplicate::Hold)]);
    assert_eq!(model.cards.len(), 1);
    finish(&mut model, card, Outcome::Delivered(delivery("CLINIC0126324.hl7")));
    assert!(model.card(card).unwrap().is_delivered());
}

#[test]
fn a_file_that_was_delivered_this_month_is_a_duplicate_before_anybody_presses_send() {
    let model = in_a_window();
    let mut model = with(&[stored(&model, 1, State::Delivered, delivered)]);
    let card = ready(&mut model, "again.hl7", 1);
    let Some(Outcome::Duplicate(duplicate)) = model.card(card).unwrap().outcome() else {
        panic!("{:?}", state(&model, card));
    };
    assert_eq!(duplicate.delivered, Some((delivery("").verified, by())));
    assert_eq!(ask(&mut model, Command::SendReady), Vec::new());
    let jobs = ask_and_enter(&mut model, Command::SendAnyway(card));
    assert_eq!(shipments(&jobs), [(id(card), IfDuplicate::SendAgain)]);
}

#[test]
fn what_was_to_be_sent_again_stays_so_through_every_try() {
    let mut model = in_a_window();
    let card = held_duplicate(&mut model);
    ask(&mut model, Command::SendAnyway(card));
    let soon = now() + TimeDelta::seconds(30);
    finish(&mut model, card, waiting(soon, Why::Registry(failure(Trouble::Busy))));
    assert_eq!(shipments(&tick(&mut model, soon)), [(id(card), IfDuplicate::SendAgain)]);
}

#[test]
fn a_held_file_that_somebody_has_answered_goes_by_itself_after_a_restart() {
    let model = in_a_window();
    let held = stored(&model, 1, State::Held, |record| {
        record.why = Some(Why::Duplicate(duplicate()));
        record.wish = Wish::SendAgain;
    });
    let mut model = in_a_window();
    asked(&mut model);
    let jobs = told(&mut model, [held.clone()]);
    assert_eq!(
        shipments(&jobs),
        [(held.entered.id, IfDuplicate::Hold)],
        "the ledger has the answer"
    );
}

#[test]
fn each_refusal_to_enter_a_file_has_its_own_outcome() {
    let duplicate = Duplicate {
        delivered: Some((now(), by())),
        ..duplicate()
    };
    let seal = crate::domain::failure::SealFailure::Damaged;
    let books = Trouble::Books(LedgerFailure::DiskFull);
    let cases = [
        (
            EntryRefusal::File(FileFailure::Changed),
            Outcome::FileTrouble(FileFailure::Changed),
        ),
        (EntryRefusal::Copy(seal.clone()), Outcome::CopyTrouble(seal)),
        (
            EntryRefusal::Ledger(LedgerFailure::DiskFull),
            Outcome::NotSent(RegistryFailure::new(books, Step::Transfer, "")),
        ),
        (
            EntryRefusal::Duplicate(Box::new(duplicate.clone())),
            Outcome::Duplicate(duplicate),
        ),
        (EntryRefusal::Cancelled, Outcome::Cancelled),
    ];
    for (refusal, outcome) in cases {
        let mut model = in_a_window();
        let card = ready(&mut model, "november.hl7", 1);
        ask(&mut model, Command::SendReady);
        let jobs = happen(&mut model, Event::Entered(id(card), Box::new(Err(refusal))));
        assert_eq!(shipments(&jobs), []);
        assert_eq!(model.card(card).unwrap().outcome(), Some(&outcome));
    }
}

#[test]
fn a_file_that_was_cancelled_is_read_anew_as_another_submission() {
    let mut model = in_a_window();
    let card = ready(&mut model, "november.hl7", 1);
    ask_and_enter(&mut model, Command::SendReady);
    finish(&mut model, card, Outcome::Cancelled);
    let mut record = model.card(card).unwrap().record.clone().unwrap();
    record.state = State::Cancelled;
    told(&mut model, [record]);
    assert_eq!(model.card(card).unwrap().again(), Some(Again::Read));
    let jobs = ask(&mut model, Command::TryAgain(card));
    assert!(matches!(jobs.as_slice(), [Job::Desk(DeskJob::Read { .. })]), "{jobs:?}");
    assert_eq!(model.card(card).unwrap().submission, None);
}

#[test]
fn cancelling_what_waits_is_written_in_the_ledger() {
    let model = in_a_window();
    let record = stored(&model, 1, State::Waiting, |record| {
        record.until = Some(now() + TimeDelta::seconds(30));
    });
    let mut model = with(std::slice::from_ref(&record));
    let card = card_of(&model, &record).id;
    let jobs = ask(&mut model, Command::CancelCard(card));
    let withdrawn = |job: &Job| {
        matches!(job, Job::Desk(DeskJob::Withdraw { submission, destination: Destination::Live, .. })
            if *submission == record.entered.id)
    };
    assert!(jobs.iter().any(withdrawn), "{jobs:?}");
    let mut cancelled = record.clone();
    cancelled.take(&Move {
        state: State::Cancelled,
        at: now(),
        by: by(),
        sent_as: None,
        until: None,
        why: None,
        delivery: None,
        wish: Wish::Cancel,
    });
    happen(&mut model, Event::Moved(record.entered.id, Box::new(Ok(cancelled))));
    assert_eq!(model.card(card).unwrap().outcome(), Some(&Outcome::Cancelled));
}

#[test]
fn what_could_not_be_cancelled_is_said_and_looked_up() {
    let model = in_a_window();
    let record = stored(&model, 1, State::Waiting, |record| {
        record.until = Some(now() + TimeDelta::seconds(30));
    });
    let mut model = with(std::slice::from_ref(&record));
    let failure = LedgerFailure::IllegalMove {
        from: State::Sending,
        to: State::Cancelled,
    };
    let jobs = happen(
        &mut model,
        Event::Moved(record.entered.id, Box::new(Err(failure.clone()))),
    );
    assert_eq!(model.notice, Some(Notice::Ledger(failure)));
    assert!(reads_the_outbox(&jobs));
}

#[test]
fn removing_a_held_file_cancels_it_in_the_ledger_and_an_unknown_one_stays() {
    let model = in_a_window();
    let held = stored(&model, 1, State::Held, |_| {});
    let doubtful = stored(&model, 2, State::Unknown, |_| {});
    let mut model = with(&[held.clone(), doubtful.clone()]);
    let [held, doubtful] = [&held, &doubtful].map(|record| card_of(&model, record).id);
    let jobs = ask(&mut model, Command::RemoveCard(held));
    assert!(
        matches!(jobs.as_slice(), [Job::Desk(DeskJob::Withdraw { .. })]),
        "{jobs:?}"
    );
    assert_eq!(ask(&mut model, Command::RemoveCard(doubtful)), Vec::new());
    assert_eq!(model.cards.len(), 1);
}

#[test]
fn a_restored_delivery_has_the_receipt_of_whoever_sent_it() {
    let model = in_a_window();
    let record = stored(&model, 1, State::Delivered, |record| {
        delivered(record);
        record.entered.by.person.user = "rlopez".to_owned();
        record.entered.by.initials = "RL".to_owned();
    });
    let mut model = with(std::slice::from_ref(&record));
    let card = card_of(&model, &record).id;
    let jobs = ask(&mut model, Command::SaveReceipt(card));
    let [Job::Desk(DeskJob::SaveText { text, .. })] = jobs.as_slice() else {
        panic!("{jobs:?}");
    };
    assert!(text.contains("RL (signed in as rlopez)"), "{text}");
    assert!(!text.contains("november.hl7") && !text.contains("mgarcia"), "{text}");
}

#[test]
fn a_ledger_that_cannot_be_read_is_said() {
    let mut model = in_a_window();
    asked(&mut model);
    read_from_the_ledger(&mut model, Err(LedgerFailure::Busy));
    assert_eq!(model.notice, Some(Notice::Ledger(LedgerFailure::Busy)));
}
