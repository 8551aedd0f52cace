//! The monthly proof: the button, the choice of a month, the page.

use dropoff::{
    app::{
        message::{DeskJob, Event, Job},
        model::Screen,
    },
    domain::{
        account::AccountId,
        proof::{Evidence, Period, Proof},
        settings::Settings,
    },
};
use egui::{Key, Modifiers, accesskit::Role};
use egui_kittest::kittest::{NodeT, Queryable};

use super::{
    scenes::{on, past_files},
    stage::{TestWindow, account, model, open, registry},
};

const BUTTON: &str = "Monthly proof…";
const SAVE: &str = "Save the page…";

fn press(window: &mut TestWindow, name: &str) {
    window.harness.get_by_label(name).click_accesskit();
    window.harness.run_steps(3);
}

fn press_key(window: &mut TestWindow, key: Key) {
    window.harness.key_press(key);
    window.harness.run_steps(3);
}

/// The month that was asked for.
fn asked_for(window: &mut TestWindow) -> Option<Period> {
    window.jobs().into_iter().find_map(|job| match job {
        Job::Desk(DeskJob::ReadProof(request)) => Some(request.period),
        _ => None,
    })
}

fn month(text: &str) -> Period {
    Period::Month(text.parse().unwrap())
}

fn offers(window: &TestWindow, name: &str) -> bool {
    window
        .harness
        .query_by_role_and_label(Role::RadioButton, name)
        .is_some()
}

#[test]
fn late_in_a_month_enter_saves_this_month() {
    let mut window = open(past_files());
    window.jobs();
    press(&mut window, BUTTON);
    assert!(window.harness.get_by_label(SAVE).accesskit_node().is_focused());
    press_key(&mut window, Key::Enter);
    assert_eq!(asked_for(&mut window), Some(month("2026-11")));
}

#[test]
fn another_month_of_another_year_is_two_clicks_away_and_none_that_is_still_to_come() {
    let mut window = open(past_files());
    window.jobs();
    press(&mut window, BUTTON);
    assert!(offers(&window, "Nov") && !offers(&window, "Dec") && !offers(&window, "2027"));
    press(&mut window, "2024");
    assert!(offers(&window, "Dec"));
    press(&mut window, "Dec");
    press(&mut window, SAVE);
    assert_eq!(asked_for(&mut window), Some(month("2024-12")));

    let mut window = open(past_files());
    press(&mut window, BUTTON);
    press(&mut window, "2025");
    press(&mut window, "Dec");
    press(&mut window, "2026");
    window.jobs();
    press(&mut window, SAVE);
    assert_eq!(
        asked_for(&mut window),
        Some(month("2026-11")),
        "December 2026 is still to come"
    );
}

#[test]
fn esc_cancel_and_another_screen_leave_the_choice_without_a_page() {
    let mut window = open(past_files());
    window.jobs();
    press(&mut window, BUTTON);
    press_key(&mut window, Key::Escape);
    assert!(window.harness.query_by_label(SAVE).is_none());
    press(&mut window, BUTTON);
    assert!(
        window.harness.get_by_label(SAVE).accesskit_node().is_focused(),
        "the second time too"
    );
    press(&mut window, "Cancel");
    assert!(window.harness.query_by_label(SAVE).is_none());
    press(&mut window, BUTTON);
    for screen in [Key::Num1, Key::Num3] {
        window.harness.key_press_modifiers(Modifiers::COMMAND, screen);
        window.harness.run_steps(3);
    }
    assert!(window.harness.query_by_label(SAVE).is_none());
    assert_eq!(asked_for(&mut window), None);
}

#[test]
fn the_page_of_the_month_is_saved_once_it_is_read() {
    let mut window = open(past_files());
    press(&mut window, BUTTON);
    press(&mut window, SAVE);
    assert!(window.harness.query_by_label(BUTTON).is_none(), "it is being read");
    window.harness.get_by_value("Reading the list for the page.");
    window.jobs();
    let id: AccountId = account().id();
    let evidence = Evidence {
        courses: vec![],
        strangers: vec![],
    };
    let proof = Proof::new(
        month("2026-11"),
        id.clone(),
        &account().import_code,
        registry().time_zone,
        evidence,
    );
    window.tell([Event::ProofRead(id, Ok(Box::new(proof)))]);
    let saved = window.jobs().into_iter().find_map(|job| match job {
        Job::Desk(DeskJob::SaveText {
            suggested_name, text, ..
        }) => Some((suggested_name, text)),
        _ => None,
    });
    let (name, page) = saved.unwrap();
    assert_eq!(name, "Proof CLINIC01 2026-11.html");
    assert!(page.contains("<dd>Main Street</dd>"));
    window.tell([Event::TextSaved(Ok(true))]);
    window.harness.get_by_label(BUTTON);
}

#[test]
fn without_an_account_there_is_nothing_to_prove() {
    let mut model = model(Settings {
        account: None,
        ..on(Screen::PastFiles).settings
    });
    model.setup = None;
    model.screen = Screen::PastFiles;
    let window = open(model);
    assert!(window.harness.query_by_label(BUTTON).is_none());
}
