//! The model as scheduler: when what waits goes again, and when it does not.

use super::*;

fn half_a_minute() -> DateTime<Utc> {
    now() + TimeDelta::seconds(30)
}

/// A window with this many files that wait because of this.
fn with_waiting(count: u8, why: &Why) -> (Model, Vec<Record>) {
    let mut model = in_a_window();
    let records: Vec<Record> = (1..=count)
        .map(|n| {
            stored(&model, n, State::Waiting, |record| {
                record.until = Some(half_a_minute());
                record.why = Some(why.clone());
            })
        })
        .collect();
    ask_for_the_outbox(&mut model);
    told(&mut model, records.clone());
    (model, records)
}

/// Puts the model where a reading of the ledger is under way.
fn ask_for_the_outbox(model: &mut Model) {
    model.outbox.running = true;
    model.outbox.is_stale = false;
}

fn silent() -> Why {
    Why::Registry(failure(Trouble::Silent))
}

fn ids(records: &[Record]) -> Vec<SubmissionId> {
    records.iter().map(|record| record.entered.id).collect()
}

fn sent(jobs: &[Job]) -> Vec<SubmissionId> {
    shipments(jobs).into_iter().map(|(id, _)| id).collect()
}

#[test]
fn a_file_that_waits_goes_when_its_time_has_come_and_not_before() {
    let mut model = in_a_window();
    let card = ready(&mut model, "november.hl7", 1);
    ask_and_enter(&mut model, Command::SendReady);
    let jobs = finish(&mut model, card, waiting(half_a_minute(), silent()));
    assert_eq!(wakes_at(&jobs), Some(half_a_minute()));
    assert_eq!(sent(&tick(&mut model, now() + TimeDelta::seconds(29))), []);
    assert_eq!(sent(&tick(&mut model, half_a_minute())), [id(card)]);
    assert_eq!(sent(&tick(&mut model, half_a_minute())), [], "it is on its way");
}

#[test]
fn a_password_that_comes_after_the_ledger_was_read_wakes_the_window_in_time() {
    let mut model = in_a_window();
    model.password = PasswordState::NotLooked;
    let record = stored(&model, 1, State::Waiting, |record| {
        record.until = Some(half_a_minute());
        record.why = Some(silent());
    });
    ask_for_the_outbox(&mut model);
    let jobs = told(&mut model, [record]);
    assert!(wakes_at(&jobs) > Some(half_a_minute()), "nothing can be tried yet");
    let account = model.account().unwrap().id();
    let jobs = happen(&mut model, Event::PasswordLookedFor(account, Ok(true)));
    assert_eq!(wakes_at(&jobs), Some(half_a_minute()));
}

#[test]
fn the_command_line_sends_what_waits_only_when_it_is_asked() {
    let (mut model, records) = with_waiting(1, &silent());
    model.tries = Tries::WhenAsked;
    assert_eq!(sent(&tick(&mut model, half_a_minute())), []);
    assert_eq!(sent(&ask(&mut model, Command::TryNow)), ids(&records));
}

#[test]
fn what_waits_goes_in_the_order_in_which_it_was_entered() {
    let (mut model, records) = with_waiting(3, &silent());
    let mut oldest_first = ids(&records);
    oldest_first.reverse();
    assert_eq!(sent(&tick(&mut model, half_a_minute())), oldest_first);
}

#[test]
fn a_clock_that_was_set_back_does_not_keep_a_file_waiting() {
    let (mut model, records) = with_waiting(1, &silent());
    assert_eq!(sent(&tick(&mut model, now() - TimeDelta::days(2))), ids(&records));
}

#[test]
fn a_refused_password_stops_everything_that_waits_until_another_is_entered() {
    let (mut model, records) = with_waiting(2, &silent());
    let first = card_of(&model, &records[0]).id;
    ask(&mut model, Command::TryAgain(first));
    finish(&mut model, first, Outcome::NotSent(failure(Trouble::PasswordRefused)));
    assert_eq!(model.password, PasswordState::Refused);
    assert_eq!(sent(&tick(&mut model, half_a_minute())), []);
    assert_eq!(sent(&ask(&mut model, Command::TryNow)), []);
    assert_eq!(sent(&ask(&mut model, Command::TryAgain(first))), []);

    let secret = Secret::new("indianblanket".to_owned());
    ask(&mut model, Command::EnterPassword(secret));
    let account = model.account().unwrap().id();
    let jobs = happen(&mut model, Event::PasswordKept(account, Ok(())));
    let mut all = sent(&jobs);
    all.sort();
    assert_eq!(all, ids(&records), "also the one that the refusal held");
}

#[test]
fn a_look_that_succeeds_sends_at_once_what_waits_for_the_network() {
    let (mut model, records) = with_waiting(1, &silent());
    let busy = stored(&model, 9, State::Waiting, |record| {
        record.until = Some(half_a_minute());
        record.why = Some(Why::Registry(failure(Trouble::Busy)));
    });
    ask_for_the_outbox(&mut model);
    told(&mut model, [busy]);
    let seen = Box::new(seen(&model));
    let jobs = happen(&mut model, Event::Looked(Ok(seen)));
    assert_eq!(sent(&jobs), ids(&records), "a registry that is busy is not pressed");
}

/// The ledger tells that two tries had no answer, the last one just now.
fn told_of_an_outage(model: &mut Model, records: &[Record]) {
    ask_for_the_outbox(model);
    let read = InLedger {
        here: records.iter().cloned().map(tracked).collect(),
        outage: Some(Box::new(Outage {
            began: now() - TimeDelta::hours(3),
            last_try: now(),
            ended: None,
            tries: 2,
            kind: OutageKind::NoAnswer,
            troubles: vec![Trouble::Silent],
        })),
        ..InLedger::default()
    };
    read_from_the_ledger(model, Ok(read));
}

fn banner(model: &Model) -> Option<String> {
    wording::waiting::outage(model).map(|banner| banner.title)
}

#[test]
fn since_when_an_outage_lasts_is_told_as_the_ledger_has_it_and_not_since_the_window_was_opened() {
    let (mut model, records) = with_waiting(1, &silent());
    let since = Some("The registry has not answered since 6:12 AM.".to_owned());
    told_of_an_outage(&mut model, &records);
    assert_eq!(banner(&model), since);
    let card = card_of(&model, &records[0]).id;
    ask(&mut model, Command::TryAgain(card));
    finish(&mut model, card, waiting(half_a_minute(), silent()));
    happen(&mut model, Event::Looked(Err(failure(Trouble::Silent))));
    assert_eq!(banner(&model), since);
}

#[test]
fn a_look_that_gets_through_ends_an_outage_before_anything_was_sent() {
    let (mut model, records) = with_waiting(1, &silent());
    model.tries = Tries::WhenAsked;
    told_of_an_outage(&mut model, &records);
    let seen = Box::new(seen(&model));
    happen(&mut model, Event::Looked(Ok(seen)));
    assert!(model.waiting_cards().next().is_some(), "it has not gone yet");
    assert_eq!(banner(&model), None);
}

#[test]
fn a_delivery_sends_at_once_what_waits_for_the_network() {
    let (mut model, records) = with_waiting(1, &Why::Registry(failure(Trouble::Offline)));
    let card = ready(&mut model, "october.hl7", 77);
    ask_and_enter(&mut model, Command::SendReady);
    let jobs = finish(&mut model, card, Outcome::Delivered(delivery("CLINIC0126324.hl7")));
    assert_eq!(sent(&jobs), ids(&records));
}

#[test]
fn try_now_sends_everything_that_waits_at_once() {
    let (mut model, records) = with_waiting(2, &Why::Registry(failure(Trouble::Busy)));
    let mut all = sent(&ask(&mut model, Command::TryNow));
    all.sort();
    assert_eq!(all, ids(&records));
}

#[test]
fn f5_looks_and_finds_out_about_files_of_which_nobody_knows() {
    let mut model = in_a_window();
    let unknown = stored(&model, 1, State::Unknown, |record| {
        record.sent_as = Some("CLINIC0126324.hl7".to_owned());
    });
    ask_for_the_outbox(&mut model);
    assert_eq!(sent(&told(&mut model, [unknown.clone()])), [], "nobody said when");
    let jobs = ask(&mut model, Command::LookAtRegistry);
    assert!(jobs.iter().any(|job| matches!(job, Job::Courier(CourierJob::Look(..)))));
    assert_eq!(sent(&jobs), [unknown.entered.id]);
}

#[test]
fn what_waits_for_another_account_stays() {
    let (mut model, _) = with_waiting(1, &silent());
    let form = AccountForm {
        user: "CLINIC02".to_owned(),
        ..AccountForm::fresh(&model.profile)
    };
    ask(&mut model, Command::SetAccount(Box::new(form), None));
    let account = model.account().unwrap().id();
    let jobs = happen(&mut model, Event::PasswordLookedFor(account, Ok(true)));
    assert_eq!(sent(&jobs), []);
    assert_eq!(sent(&tick(&mut model, half_a_minute())), []);
}

#[test]
fn a_file_that_found_the_courier_busy_waits_and_goes_again() {
    let (mut model, records) = with_waiting(1, &silent());
    for job in ask(&mut model, Command::TryNow) {
        happen(&mut model, Event::Refused(Box::new(job)));
    }
    assert!(card_of(&model, &records[0]).is_waiting());
    assert_eq!(sent(&tick(&mut model, half_a_minute())), ids(&records));
}

#[test]
fn what_the_clinic_sends_waits_while_the_demo_is_shown_and_it_is_said() {
    let (mut model, _) = with_waiting(2, &silent());
    ask(&mut model, Command::ChooseRole(Role::JustLooking));
    assert_eq!(model.notice, Some(Notice::WaitsForTheClinic(2)));
    assert_eq!(model.cards, Vec::new());
    assert_eq!(sent(&tick(&mut model, half_a_minute())), []);
}

#[test]
fn the_month_tells_what_is_to_go_from_what_nobody_knows() {
    let (mut model, _) = with_waiting(2, &silent());
    assert_eq!(month::sent(&model), Sent::ToGo { files: 2 });
    let unknown = stored(&model, 7, State::Unknown, |record| record.until = Some(half_a_minute()));
    ask_for_the_outbox(&mut model);
    told(&mut model, [unknown]);
    assert_eq!(month::sent(&model), Sent::Checking { files: 1 });
}

fn seen(model: &Model) -> FoldersSeen {
    FoldersSeen {
        at: now(),
        account: model.account().unwrap().id(),
        dropoff: Vec::new(),
        accepted: Vec::new(),
        reports: Vec::new(),
        receive: Vec::new(),
    }
}
