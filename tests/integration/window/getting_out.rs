//! Help's three ways out, by label, by keyboard, and as pictures.

use chrono::TimeDelta;
use dropoff::{
    app::{
        message::{BeforeRetiring, Command, DeskJob, Event, History, Job, Tracked},
        model::{Model, Screen},
        retire::RetireStep,
    },
    domain::{
        account::AccountId,
        failure::VaultFailure,
        proof::Period,
        retire::{Removal, RetireRefusal, Stays, Trace},
        submission::State,
    },
};
use egui::{Key, accesskit::Role};
use egui_kittest::kittest::{NodeT, Queryable};

use super::{
    scenes::{opened_again, outage, seen, stored, tracked},
    stage::{TestWindow, ask, happen, now, open},
};

const WRONG_FILE: &str = "I sent the wrong file";
const SOMEBODY_LEFT: &str = "Somebody left, or the password changed";
const RETIRE: &str = "Move or retire this computer";
pub(super) const TOPICS: [&str; 3] = [WRONG_FILE, SOMEBODY_LEFT, RETIRE];

fn looked(model: &mut Model, undelivered: Vec<Tracked>, unknown_copies: usize) -> Vec<Job> {
    let found = BeforeRetiring {
        undelivered,
        unknown_copies,
    };
    happen(model, Event::LookedBeforeRetiring(Ok(Box::new(found))))
}

/// A clinic on Help that has sent a few files, of which one was seen today.
pub(super) fn help() -> Model {
    let mut model = opened_again(vec![tracked(stored(1, 0, State::Delivered), "november-export.hl7")]);
    let look = seen(&["CLINIC0126324.hl7"], &["CLINIC0126293.hl7"]);
    let look = dropoff::domain::remote::FoldersSeen {
        at: now() + TimeDelta::minutes(3),
        ..look
    };
    happen(&mut model, Event::Looked(Ok(Box::new(look))));
    ask(&mut model, Command::OpenScreen(Screen::Help));
    let account = model.account().unwrap().id();
    let submissions = [
        (0, State::Delivered),
        (31, State::Reported),
        (62, State::Reported),
        (93, State::Reported),
        (124, State::Closed),
    ];
    let submissions = (1..)
        .zip(submissions)
        .map(|(n, (days, state))| tracked(stored(n, days, state), if n == 1 { "november-export.hl7" } else { "" }))
        .collect();
    let page = History {
        leave_out: 0,
        submissions,
        has_more: false,
        seen: Vec::new(),
    };
    happen(&mut model, Event::HistoryRead(account, Ok(Box::new(page))));
    looked(&mut model, Vec::new(), 0);
    model
}

/// Two files wait, one of them in an account that is not in use any more.
fn help_while_files_wait() -> Model {
    let mut model = outage(dropoff::domain::failure::Trouble::Silent);
    ask(&mut model, Command::OpenScreen(Screen::Help));
    let mut old = stored(9, 40, State::Held);
    old.entered.account = AccountId::of("OLDCLINIC", "ftp.example.org");
    let waiting = model
        .cards
        .iter()
        .take(1)
        .map(|card| tracked(card.record.clone().unwrap(), &card.file_name));
    let undelivered = waiting.chain([tracked(old, "")]).collect();
    looked(&mut model, undelivered, 2);
    model
}

/// Somebody has confirmed, and nothing waits.
fn removing() -> Model {
    let mut model = help();
    ask(&mut model, Command::RemoveEverything);
    looked(&mut model, Vec::new(), 0);
    assert_eq!(model.retire.step, RetireStep::Removing);
    model
}

fn over(done: Result<Removal, RetireRefusal>) -> Model {
    let mut model = removing();
    happen(&mut model, Event::Retired(Box::new(done)));
    model
}

fn everything() -> Removal {
    Removal {
        removed: Trace::IN_ORDER.to_vec(),
        left: Vec::new(),
        strangers: 1,
    }
}

fn not_everything() -> Removal {
    let refused = VaultFailure::Locked("prompt dismissed".to_owned());
    let mut removal = everything();
    removal
        .removed
        .retain(|what| !matches!(what, Trace::SealKey | Trace::Ledger));
    removal.left = vec![
        (Trace::SealKey, Stays::Keychain(refused)),
        (
            Trace::Ledger,
            Stays::Refused("being used by another process".to_owned()),
        ),
    ];
    removal
}

pub(super) fn scenes() -> Vec<(&'static str, Model)> {
    vec![
        ("help-topics", help()),
        ("help-topics-unfolded", help()),
        ("help-topics-waiting-unfolded", help_while_files_wait()),
        ("retired-1-removing", removing()),
        ("retired-2-over", over(Ok(everything()))),
        ("retired-3-not-everything", over(Ok(not_everything()))),
        ("retired-4-refused", over(Err(RetireRefusal::AnotherDropoff))),
    ]
}

/// Help with this topic unfolded.
fn on_topic(model: Model, topic: &str) -> TestWindow {
    let mut window = open(model);
    window.jobs();
    press(&mut window, topic);
    window
}

#[track_caller]
fn press(window: &mut TestWindow, name: &str) {
    window.harness.get_by_label(name).click_accesskit();
    window.harness.run_steps(3);
}

fn has(window: &TestWindow, words: &str) -> bool {
    window.harness.query_by_value(words).is_some()
}

fn copied(window: &TestWindow) -> Option<String> {
    let commands = &window.harness.output().platform_output.commands;
    commands.iter().find_map(|command| match command {
        egui::OutputCommand::CopyText(text) => Some(text.clone()),
        _ => None,
    })
}

#[test]
fn a_topic_is_opened_and_closed_by_the_keyboard_and_says_so() {
    let mut window = open(help());
    let is_expanded = |window: &TestWindow| {
        let topic = window.harness.get_by_role_and_label(Role::Button, RETIRE);
        topic.accesskit_node().data().is_expanded()
    };
    assert_eq!(is_expanded(&window), Some(false));
    window.harness.get_by_label(RETIRE).focus();
    window.harness.run();
    window.harness.key_press(Key::Enter);
    window.harness.run();
    assert_eq!(is_expanded(&window), Some(true));
    assert!(has(&window, "4. Only then remove everything from this computer."));
    window.harness.key_press(Key::Space);
    window.harness.run();
    assert_eq!(is_expanded(&window), Some(false));
}

#[test]
fn the_latest_file_is_chosen_first_and_another_can_be() {
    let mut window = on_topic(help(), WRONG_FILE);
    assert!(has(
        &window,
        "The registry has not picked it up: it was still in HL7-Dropoff today at 9:15 AM."
    ));
    press(&mut window, "CLINIC0126293.hl7");
    let seen = "The registry has picked it up and written a report, seen Wednesday, October 21, at 12:12 PM.";
    assert!(has(&window, seen));
}

#[test]
fn earlier_files_come_when_somebody_wants_them() {
    let mut window = on_topic(help(), WRONG_FILE);
    assert!(window.harness.query_by_label("CLINIC0126200.hl7").is_none());
    press(&mut window, "Show earlier files");
    window.harness.get_by_label("CLINIC0126200.hl7");
}

#[test]
fn what_to_say_is_copied_without_the_name_that_the_file_has_here() {
    let mut window = on_topic(help(), WRONG_FILE);
    window.harness.get_by_label("Copy what to say").click_accesskit();
    window.harness.step();
    let text = copied(&window).or_else(|| {
        window.harness.step();
        copied(&window)
    });
    let text = text.unwrap();
    assert!(
        text.contains("File: CLINIC0126324.hl7") && text.contains("Account: CLINIC01"),
        "{text}"
    );
    assert!(!text.contains("november-export"), "{text}");
    window.harness.run_steps(2);
    assert!(has(&window, "Copied."));
}

#[test]
fn the_new_password_is_entered_where_the_keyboard_then_is() {
    let mut window = on_topic(help(), SOMEBODY_LEFT);
    press(&mut window, "Enter the new password");
    assert_eq!(window.model().screen, Screen::Settings);
    window.harness.event(egui::Event::Text("bluebonnet".to_owned()));
    window.harness.run();
    window.jobs();
    window.harness.key_press(Key::Enter);
    window.harness.run();
    let kept = window.jobs().into_iter().find_map(|job| match job {
        Job::Desk(DeskJob::KeepPassword(_, password)) => Some(password.expose().to_owned()),
        _ => None,
    });
    assert_eq!(kept.as_deref(), Some("bluebonnet"));
}

#[test]
fn the_password_is_forgotten_only_after_the_question() {
    let forgets = |window: &mut TestWindow| {
        let jobs = window.jobs();
        jobs.iter()
            .any(|job| matches!(job, Job::Desk(DeskJob::ForgetPassword(_))))
    };
    let mut window = on_topic(help_while_files_wait(), SOMEBODY_LEFT);
    press(&mut window, "Forget the password here");
    assert!(!forgets(&mut window));
    window.harness.key_press(Key::Escape);
    window.harness.run();
    assert!(!forgets(&mut window), "Esc keeps it");
    press(&mut window, "Forget the password here");
    press(&mut window, "Forget the password");
    assert!(forgets(&mut window));
}

#[test]
fn what_waits_is_listed_with_its_account_and_nothing_offers_to_remove_it() {
    let mut window = on_topic(help_while_files_wait(), RETIRE);
    assert!(has(
        &window,
        "2 files are not delivered. Nothing can be removed before."
    ));
    assert!(has(&window, "november-main-street.hl7 · Not sent yet · CLINIC01"));
    assert!(has(&window, "A file of October 11 · Not sent · OLDCLINIC"));
    assert!(
        window
            .harness
            .query_by_label("Remove everything from this computer…")
            .is_none()
    );
    press(&mut window, "Go to This month");
    assert_eq!(window.model().screen, Screen::ThisMonth);
}

#[test]
fn the_history_is_exported_from_where_it_is_advised() {
    let mut window = on_topic(help(), RETIRE);
    press(&mut window, "Export the history…");
    let jobs = window.jobs();
    let [Job::Desk(DeskJob::ReadProof(request))] = jobs.as_slice() else {
        panic!("{jobs:?}")
    };
    assert_eq!(request.period, Period::Everything);
    window.harness.get_by_value("Reading the list for the page.");
}

#[test]
fn everything_is_removed_after_a_button_a_tick_and_another_button() {
    let mut window = on_topic(help(), RETIRE);
    press(&mut window, "Remove everything from this computer…");
    window.jobs();
    press(&mut window, "Remove everything now");
    assert_eq!(window.jobs(), Vec::new(), "nobody has ticked it");
    press(&mut window, "Yes, everything in the first list may go.");
    press(&mut window, "Remove everything now");
    assert_eq!(window.jobs(), [Job::Desk(DeskJob::LookBeforeRetiring)]);
    window.tell([Event::LookedBeforeRetiring(Ok(Box::default()))]);
    assert_eq!(window.jobs(), [Job::RemoveEverything]);
    window.tell([Event::Retired(Box::new(Ok(everything())))]);
    window.harness.get_by_value("Removed");
    window.harness.key_press(Key::Enter);
    window.harness.run_steps(2);
    assert_eq!(window.closes(), 1, "Enter closes the window");
}

#[test]
fn whoever_thinks_better_of_it_keeps_everything_and_ticks_anew() {
    let mut window = on_topic(help(), RETIRE);
    press(&mut window, "Remove everything from this computer…");
    press(&mut window, "Yes, everything in the first list may go.");
    press(&mut window, "Keep everything");
    press(&mut window, "Remove everything from this computer…");
    window.jobs();
    press(&mut window, "Remove everything now");
    assert_eq!(window.jobs(), Vec::new());
}

#[test]
fn while_everything_is_being_removed_there_is_nothing_to_press() {
    let window = open(removing());
    let controls = window.harness.query_all_by_role(Role::Button).count();
    assert_eq!(controls, 0);
}
