//! Files that wait, are held or were found again after a restart; the past files.

use dropoff::{
    app::{
        message::{Command, CourierJob, DeskJob, Event, Job},
        model::{Screen, Unread},
    },
    domain::{
        failure::{LedgerFailure, SetAside, Trouble},
        submission::{SubmissionId, Why},
    },
};
use egui::Key;
use egui_kittest::kittest::{NodeT, Queryable};

use super::{
    scenes::{
        asked, asked_next, elsewhere, finished, id, no_copies, on, opened_again, outage, past_files, quiet_month,
        restored_road, sent_before, stored, tracked, waits, waits_beside_a_delivery, waits_here,
    },
    stage::{Drawn, TestWindow, ask, happen, now, open, open_at},
};

fn says(window: &TestWindow, words: &str) {
    let has = |text: Option<String>| text.is_some_and(|text| text.contains(words));
    let found = window
        .harness
        .query_all_by(|node| has(node.label()) || has(node.value()))
        .count();
    assert!(found > 0, "nothing says: {words}");
}

fn sent(jobs: &[Job]) -> Vec<SubmissionId> {
    let sent = |job: &Job| match job {
        Job::Courier(CourierJob::Send(shipment)) => Some(shipment.submission),
        _ => None,
    };
    jobs.iter().filter_map(sent).collect()
}

#[test]
fn a_file_that_waits_says_why_until_when_and_what_to_do_meanwhile() {
    let window = open(finished(waits(Trouble::Busy, 12)));
    says(&window, "Not sent yet. The registry is busy.");
    says(&window, "It is safe here and goes out by itself.");
    says(
        &window,
        "Keep this computer on and signed in, and Dropoff open. Next try 9:24 AM.",
    );
}

#[test]
fn while_nothing_gets_through_one_button_tries_everything() {
    let mut window = open(outage(Trouble::Offline));
    says(&window, "This computer is not online.");
    says(&window, "2 files are safe here and go out when it is back.");
    window.jobs();
    let button = window
        .harness
        .query_all_by_label("Try now")
        .next()
        .expect("the banner comes first");
    button.click();
    window.harness.run();
    assert_eq!(sent(&window.jobs()), [id(101), id(102)]);
}

#[test]
fn files_of_an_account_that_is_not_in_use_are_told_and_removed_one_by_one() {
    let mut window = open(elsewhere());
    says(&window, "3 files of CLINIC00 are not delivered.");
    assert!(
        window.harness.query_by_label("Remove").is_none(),
        "they are folded away"
    );
    window.unfold();
    says(
        &window,
        "It may have arrived: Dropoff looks for it once that account is entered again.",
    );
    window.jobs();
    let buttons: Vec<_> = window.harness.query_all_by_label("Remove").collect();
    assert_eq!(buttons.len(), 2, "what may have arrived stays");
    buttons[0].click();
    window.harness.run();
    let jobs = window.jobs();
    assert!(
        jobs.iter()
            .any(|job| matches!(job, Job::Desk(DeskJob::Withdraw { submission, .. }) if *submission == id(101))),
        "{jobs:?}"
    );
}

#[test]
fn a_question_about_a_file_has_two_answers_and_neither_is_a_default() {
    let mut window = open(asked(sent_before()));
    says(
        &window,
        "38 of these 40 patients\u{2019} vaccinations went November 17, 2026",
    );
    window.jobs();
    window.harness.get_by_label("Don\u{2019}t send");
    window.harness.get_by_label("These are corrections").click();
    window.harness.run();
    let jobs = window.jobs();
    assert!(
        jobs.iter().any(|job| matches!(job, Job::Desk(DeskJob::Enter(_)))),
        "{jobs:?}"
    );
}

#[test]
fn a_question_about_what_waits_already_names_the_other_file() {
    let window = open(asked(waits_here()));
    says(
        &window,
        "38 of these 40 patients\u{2019} vaccinations are in another file that waits here: november monday.hl7, from November 17, 2026",
    );
    says(&window, "remove that one first");
}

#[test]
fn an_outage_says_since_when() {
    let window = open(outage(Trouble::Silent));
    says(&window, "The registry has not answered since 6:40 AM.");
}

#[test]
fn without_a_copy_the_card_says_that_the_original_must_stay() {
    let window = open(no_copies());
    says(
        &window,
        "the file that you chose must stay where it is until it is delivered",
    );
    says(
        &window,
        "Dropoff has no copy of this file, and does not know any more where it is.",
    );
    says(&window, "No keychain was there to seal one with.");
    says(
        &window,
        "Drop the same file here again, then send it: it goes on from where it stands.",
    );
    says(&window, "A file of November 20");
}

#[test]
fn a_restored_delivery_shows_its_road_with_times_and_asks_after_three_working_days() {
    let mut window = open(restored_road());
    let road = window.harness.get_by_label("Picked up");
    assert_eq!(
        road.accesskit_node().data().description(),
        Some("Sent 9:12 AM, Waiting at the registry 9:12 AM, Picked up 11:12 AM")
    );
    says(&window, "No report after 3 working days. Don't resend.");
    window.unfold();
    says(
        &window,
        "It was delivered to HL7-Dropoff on Thursday, November 12, 2026",
    );
    window.harness.get_by_label("Copy the text").click();
    window.harness.step();
    let copied = window.harness.output().platform_output.commands.iter().any(|command| {
        matches!(command, egui::OutputCommand::CopyText(text) if text.contains("CLINIC0126316.hl7") && !text.contains("first-week"))
    });
    assert!(
        copied,
        "the text names the file at the registry, and not the chosen one"
    );
}

#[test]
fn what_came_of_a_file_that_took_a_second_name_is_said() {
    let mut record = stored(1, 0, dropoff::domain::submission::State::Delivered);
    record.why = Some(Why::TakenUnfinished {
        name: "CLINIC0126324.hl7".to_owned(),
    });
    let window = open(opened_again(vec![tracked(record, "november.hl7")]));
    says(&window, "A part of it stands there, too, as CLINIC0126324.hl7.");
}

#[test]
fn a_file_of_which_nobody_knows_cannot_be_removed_and_f5_finds_out() {
    let record = stored(1, 0, dropoff::domain::submission::State::Unknown);
    let mut window = open(opened_again(vec![tracked(record, "november.hl7")]));
    says(
        &window,
        "Checking whether this file arrived. Don't send it another way.",
    );
    assert!(window.harness.query_by_label("Remove").is_none());
    assert!(window.harness.query_by_label("Cancel").is_none());
    window.jobs();
    window.harness.key_press(Key::F5);
    window.harness.run();
    assert_eq!(sent(&window.jobs()), [id(101)]);
}

#[test]
fn the_past_files_are_read_when_the_screen_opens() {
    let mut window = open(on(Screen::ThisMonth));
    window.jobs();
    window.harness.key_press_modifiers(egui::Modifiers::COMMAND, Key::Num3);
    window.harness.run();
    assert!(
        window
            .jobs()
            .iter()
            .any(|job| matches!(job, Job::Desk(DeskJob::ReadHistory { leave_out: 0, .. })))
    );
}

#[test]
fn past_files_say_everything_of_a_file_and_draw_only_what_is_in_sight() {
    let mut window = open(past_files());
    says(&window, "November 2026");
    says(
        &window,
        "export-2.hl7. Picked up. As CLINIC0126321.hl7 · 40 patients · 63 vaccinations · given November 1 to 20. \
         By MG (mgarcia) at FRONTDESK-2, November 17, 2026, at 9:12 AM. \
         Sent Nov 17, 9:12 AM · Waiting at the registry 9:12 AM · Picked up 11:12 AM",
    );
    says(&window, "Sent by another computer or program");
    let drawn = window
        .harness
        .query_all_by_role(egui::accesskit::Role::ListItem)
        .count();
    assert!((4..30).contains(&drawn), "{drawn} of 202 rows are drawn");
    window.jobs();
    let receipt = window
        .harness
        .query_all_by_label("Save receipt…")
        .next()
        .expect("a delivered file");
    receipt.click();
    window.harness.run();
    assert!(
        window
            .jobs()
            .iter()
            .any(|job| matches!(job, Job::Desk(DeskJob::SaveText { .. })))
    );
}

#[test]
fn the_keyboard_goes_through_the_past_files_to_the_end() {
    let mut model = past_files();
    let account = model.account().unwrap().id();
    // A short end, so that the keyboard comes there.
    let mut history = dropoff::app::message::History {
        leave_out: 0,
        submissions: Vec::new(),
        has_more: false,
        seen: Vec::new(),
    };
    history.submissions = (0..30)
        .map(|n| {
            tracked(
                stored(
                    n,
                    i64::try_from(n).unwrap(),
                    dropoff::domain::submission::State::Cancelled,
                ),
                "a.hl7",
            )
        })
        .collect();
    model.past = dropoff::app::past::PastFiles::default();
    happen(&mut model, Event::HistoryRead(account, Ok(Box::new(history))));
    let mut window = open(model);
    let mut reached = std::collections::HashSet::new();
    for _ in 0..60 {
        window.harness.key_press(Key::Tab);
        window.harness.run_steps(3);
        let focused = window.harness.query_all_by_role(egui::accesskit::Role::ListItem);
        let focused = focused.filter(|node| node.accesskit_node().is_focused());
        reached.extend(focused.filter_map(|node| node.accesskit_node().label()));
    }
    assert_eq!(reached.len(), 30, "each row takes the keyboard once");
}

#[test]
fn older_files_are_asked_for_below_the_list() {
    let mut model = past_files();
    let jobs = ask(&mut model, Command::ShowOlder);
    assert!(matches!(
        jobs[..],
        [Job::Desk(DeskJob::ReadHistory { leave_out: 200, .. })]
    ));
    assert_eq!(model.now, now());
}

#[test]
fn a_list_that_was_set_aside_stays_on_top_of_every_screen_until_somebody_presses_ok() {
    let mut model = no_copies();
    let set_aside = SetAside {
        why: LedgerFailure::Damaged("its pages do not fit together".to_owned()),
        file: "ledger-2026-11-20-151200.db.set-aside".to_owned(),
    };
    model.unread = Unread {
        ledgers: vec![set_aside.clone()],
        copies: 1,
    };
    let mut window = open(model);
    let title = "Dropoff's own list of files could not be read. A new one was begun.";
    says(&window, title);
    window.jobs();
    window.harness.key_press(Key::Escape);
    window.harness.run();
    says(&window, title);
    window.harness.get_by_label("OK").click();
    window.harness.run();
    assert_eq!(window.jobs(), [Job::Desk(DeskJob::Acknowledge(set_aside.file.clone()))]);
    assert_eq!(window.model().unread.ledgers, [set_aside], "until it is noted");
}

#[test]
fn a_question_stands_above_what_is_delivered_and_the_tiles_count_it() {
    let window = open_at(asked_next(restored_road()), [900.0, 620.0], Drawn::No);
    for button in ["Don\u{2019}t send", "These are corrections"] {
        let rect = window.harness.get_by_label(button).rect();
        assert!(rect.bottom() <= 620.0, "{button} is below the fold: {rect:?}");
    }
    says(&window, "1 file needs you");
    says(&window, "Not all of it");
}

#[test]
fn a_file_that_waits_is_no_green_check() {
    let window = open(waits_beside_a_delivery());
    says(&window, "1 file to go");
    says(&window, "Not all of it");
}

#[test]
fn that_somebody_looks_stands_on_one_line() {
    let mut window = open_at(quiet_month(), [900.0, 620.0], Drawn::No);
    window.harness.key_press(Key::F5);
    window.harness.run_steps(3);
    assert!(window.model().look.running, "nobody looks");
    let line = window.harness.get_by_value("Looking at the registry.").rect();
    assert!(line.width() > 4.0 * line.height(), "{line:?}");
}
