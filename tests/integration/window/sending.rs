//! From the drop to the receipt, with a worker that is played by hand.

use std::{path::Path, sync::Arc};

use dropoff::{
    app::{
        message::{CardId, CourierJob, DeskJob, Event, Job, LeftOut},
        model::{CardState, Screen},
    },
    domain::{
        failure::{Step, Trouble},
        submission::{Duplicate, IfDuplicate, Outcome},
    },
};
use egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT, Queryable};

use super::{
    scenes::{
        copying, delivered, delivery, failure, finished, id, on, one_ready, quiet_month, reading, sending, waits,
        with_files,
    },
    stage::{open, path},
};

#[derive(Debug)]
struct Dropped(std::path::PathBuf);

impl egui::DroppedFile for Dropped {
    fn path(&self) -> &Path {
        &self.0
    }

    fn bytes(&self) -> Result<Vec<u8>, String> {
        Err("the window never reads a file".to_owned())
    }
}

#[test]
fn a_file_goes_from_the_drop_to_the_receipt() {
    let mut window = open(on(Screen::Help));
    let file = path("november-export.hl7");
    window
        .harness
        .input_mut()
        .dropped_files
        .push(Arc::new(Dropped(file.clone())));
    window.harness.run();
    assert_eq!(window.model().screen, Screen::ThisMonth, "a drop shows where it went");
    assert!(window.jobs().contains(&Job::Desk(DeskJob::Expand(vec![file.clone()]))));
    window.tell([
        Event::FilesFound {
            files: vec![file],
            left_out: LeftOut::default(),
        },
        Event::FileRead {
            card: CardId(1),
            submission: id(1),
            result: Ok(Box::new(reading(40, 1))),
        },
    ]);
    window.harness.get_by_value("november-export.hl7");
    window
        .harness
        .get_by_value("Goes as CLINIC0126324.hl7 (day 324 of 2026 is today)");
    window.harness.get_by_label("Send 1 file to Texas").click();
    window.harness.run();
    window.enter();
    let jobs = window.jobs();
    assert!(
        jobs.iter()
            .any(|job| matches!(job, Job::Courier(CourierJob::Send(s)) if s.if_duplicate == IfDuplicate::Hold))
    );
    assert!(
        window.harness.query_by_label("Send 1 file to Texas").is_none(),
        "no second click"
    );
    window.tell([Event::Finished(
        id(1),
        Box::new(Outcome::Delivered(delivery("CLINIC0126324.hl7"))),
    )]);
    window.harness.get_by_value("CLINIC0126324.hl7");
    window.harness.get_by_label("Save receipt…").click();
    window.harness.run();
    let jobs = window.jobs();
    let saved = jobs.iter().find_map(|job| match job {
        Job::Desk(DeskJob::SaveText {
            suggested_name, text, ..
        }) => Some((suggested_name, text)),
        _ => None,
    });
    let (name, text) = saved.expect("a receipt is saved");
    assert_eq!(name, "Receipt CLINIC0126324.hl7.txt");
    assert!(
        !text.contains("november-export"),
        "the chosen name may hold a patient's name"
    );
}

#[test]
fn a_drop_without_a_path_says_what_to_do() {
    let mut window = open(quiet_month());
    window
        .harness
        .input_mut()
        .dropped_files
        .push(Arc::new(Dropped(std::path::PathBuf::new())));
    window.harness.run();
    window
        .harness
        .get_by_value("Save the attachment first, then drop it here, or press Choose files.");
    assert!(window.model().cards.is_empty());
    window.harness.key_press(Key::Escape);
    window.harness.run();
    assert!(window.model().notice.is_none(), "Esc takes it away");
}

#[test]
fn hovering_files_change_the_drop_area() {
    let mut window = open(quiet_month());
    window.harness.get_by_label("Drop this month's file here");
    window
        .harness
        .input_mut()
        .hovered_files
        .push(egui::HoveredFile::default());
    window.harness.run_steps(2);
    window.harness.get_by_label("Let go to add");
}

#[test]
fn every_verdict_has_its_mark_and_its_way_on() {
    let busy = failure(Trouble::Busy, Step::Transfer, "421");
    let cases = [
        (Outcome::NotSent(busy.clone()), "Stopped", "Try again"),
        (waits(Trouble::Busy, 12), "Working", "Try now"),
        (
            Outcome::Unknown {
                sent_as: "CLINIC0126324.hl7".to_owned(),
                failure: busy,
                until: None,
            },
            "Attention",
            "Check now",
        ),
        (
            Outcome::Duplicate(Duplicate {
                name: "CLINIC0126310.hl7".to_owned(),
                seen_at: None,
                delivered: None,
            }),
            "Attention",
            "Send anyway",
        ),
    ];
    for (outcome, mark, button) in cases {
        let said = format!("{outcome:?}");
        let mut window = open(finished(outcome));
        assert!(
            window.harness.query_all_by_label(mark).next().is_some(),
            "{said}: {mark}"
        );
        window.harness.get_by_label(button).click();
        window.harness.run();
        assert!(window.model().cards[0].is_sending(), "{said}: {button}");
    }
}

#[test]
fn cancel_asks_the_courier_to_stop_and_says_nothing_until_it_answers() {
    let mut window = open(sending());
    window.harness.get_by_label("Cancel").click();
    window.harness.run();
    assert!(window.model().cards[0].cancel.is_requested());
    assert!(window.model().cards[0].is_sending());
    window.tell([Event::Finished(id(1), Box::new(Outcome::Cancelled))]);
    window
        .harness
        .get_by_value("Cancelled. Nothing of it is at the registry.");
}

#[test]
fn progress_is_told_to_a_screen_reader() {
    let window = open(sending());
    let bar = window.harness.get_by_role(egui::accesskit::Role::ProgressIndicator);
    assert_eq!(bar.accesskit_node().data().numeric_value(), Some(36.0));
    let line = window.harness.get_by(|node| {
        node.role() == egui::accesskit::Role::Label && node.value().as_deref() == Some("36 % · 40 seconds left")
    });
    assert_eq!(line.accesskit_node().data().live(), Some(egui::accesskit::Live::Polite));
}

fn ask_to_close(window: &mut super::stage::TestWindow) {
    let viewport = window.harness.input().viewport_id;
    let info = window.harness.input_mut().viewports.entry(viewport).or_default();
    info.events.push(egui::ViewportEvent::Close);
    window.harness.step();
}

#[test]
fn closing_while_a_file_is_not_sent_asks_first_and_enter_stays() {
    let mut window = open(sending());
    ask_to_close(&mut window);
    window.harness.run();
    window
        .harness
        .get_by_role_and_label(egui::accesskit::Role::AlertDialog, "1 file is not sent.");
    window.harness.get_by_value(
        "The file on its way is still finished, without a window. In the background Dropoff goes on without a window while this \
         computer is on and you are signed in, and tells you what came of it. At next sign-in it starts by itself; nothing else \
         travels until then.",
    );
    assert_eq!(window.closes(), 0);
    window.harness.key_press(Key::Enter);
    window.harness.run();
    assert!(!window.model().asks_before_closing);
    ask_to_close(&mut window);
    window.harness.run();
    window.harness.get_by_label("Keep trying in the background").click();
    window.harness.run();
    assert!(
        !window.model().cards[0].cancel.is_requested(),
        "nobody wants it cancelled"
    );
    assert_eq!(window.closes(), 1);
}

#[test]
fn escape_answers_the_question_before_closing_with_staying() {
    let mut window = open(sending());
    ask_to_close(&mut window);
    window.harness.run();
    window.harness.key_press(Key::Escape);
    window.harness.run();
    assert!(!window.model().asks_before_closing);
    assert_eq!(window.closes(), 0);
}

#[test]
fn an_idle_window_closes_at_once() {
    let mut window = open(quiet_month());
    ask_to_close(&mut window);
    assert_eq!(window.closes(), 1);
}

#[test]
fn keys_lead_to_every_screen_and_to_the_files() {
    let mut window = open(quiet_month());
    for (key, screen) in [
        (Key::Num2, Screen::FixList),
        (Key::Num3, Screen::PastFiles),
        (Key::Num4, Screen::Help),
        (Key::Num1, Screen::ThisMonth),
    ] {
        window.harness.key_press_modifiers(Modifiers::COMMAND, key);
        window.harness.run();
        assert_eq!(window.model().screen, screen);
    }
    window.jobs();
    window.harness.key_press_modifiers(Modifiers::COMMAND, Key::O);
    window.harness.run();
    assert!(matches!(window.jobs()[..], [Job::Desk(DeskJob::ChooseFiles { .. })]));
    window.harness.key_press(Key::F5);
    window.harness.run();
    assert!(matches!(window.jobs()[..], [Job::Courier(CourierJob::Look(..))]));
}

#[test]
fn a_removed_card_is_gone_and_its_file_is_not_touched() {
    let mut window = open(with_files(one_ready(), &["second.hl7"]));
    window.jobs();
    window.harness.get_by_label("Remove").click();
    window.harness.run();
    assert_eq!(window.model().cards.len(), 1);
    assert!(matches!(window.model().cards[0].state, CardState::Reading { .. }));
    assert_eq!(window.jobs(), [], "nobody is asked to do anything with it");
}

#[test]
fn the_road_says_where_a_delivered_file_is() {
    let window = open(delivered());
    window.harness.get_by_label("Waiting at the registry");
}

#[test]
fn while_a_long_file_is_copied_its_card_says_how_far_and_cancel_stops_it() {
    let mut window = open(copying());
    let bar = window.harness.get_by_role(egui::accesskit::Role::ProgressIndicator);
    assert_eq!(bar.accesskit_node().data().numeric_value(), Some(42.0));
    assert_eq!(bar.accesskit_node().value().as_deref(), Some("42 %"));
    window.harness.get_by_label("Cancel").click();
    window.harness.run();
    assert!(window.model().cards[0].cancel.is_requested());
}
