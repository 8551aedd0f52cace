//! Putting a file right on a copy: shown first, then the copy goes, or is saved.

use dropoff::{
    app::{
        message::{CardId, Command, DeskJob, Event, Job, RepairStep, Tried},
        model::{CardState, Model},
        wording::findings::SEE_THEM,
    },
    domain::{
        check::repair::{Made, Repair},
        failure::VaultFailure,
        submission::{ContentHash, Reading, Repaired},
    },
};
use egui::Key;
use egui_kittest::kittest::Queryable;

use super::{
    scenes::{checked, quiet_month, read, with_files},
    stage::{ask, happen, open},
};

const WHOLE: &str = include_str!("../../fixtures/check/whole.hl7");
const SHOW: &str = "Put right on a copy…";
const TAKE: &str = "Use the copy";

/// A card whose file has line ends of another kind, and a mark at its beginning.
fn damaged() -> Model {
    let text = format!("\u{FEFF}{}", WHOLE.replace('\r', "\r\n"));
    read(
        with_files(quiet_month(), &["november-export.hl7"]),
        1,
        checked(&text, 1),
    )
}

/// The copy of that file.
fn copy() -> Reading {
    Reading {
        sha256: ContentHash([9; 32]),
        ..checked(WHOLE, 9)
    }
}

fn tried(can_keep: Result<(), VaultFailure>) -> Event {
    let made = [(Repair::LineEnds, 412), (Repair::ByteOrderMark, 1)];
    let repaired = Repaired {
        reading: copy(),
        made: made.into_iter().collect(),
    };
    Event::RepairTried(CardId(1), Ok(Box::new(Tried { repaired, can_keep })))
}

fn shown(can_keep: Result<(), VaultFailure>) -> Model {
    let mut model = damaged();
    ask(&mut model, Command::Repair(CardId(1), RepairStep::Show));
    happen(&mut model, tried(can_keep));
    model
}

fn no_keychain() -> Result<(), VaultFailure> {
    Err(VaultFailure::Unavailable("no service answers".to_owned()))
}

/// Everything at once.
fn at_its_worst() -> Model {
    let mut model = damaged();
    ask(&mut model, Command::Repair(CardId(1), RepairStep::Show));
    let made: Made = Repair::ALL.into_iter().map(|repair| (repair, 1_412)).collect();
    let repaired = Repaired { reading: copy(), made };
    let can_keep = no_keychain();
    happen(
        &mut model,
        Event::RepairTried(CardId(1), Ok(Box::new(Tried { repaired, can_keep }))),
    );
    model
}

fn taken() -> Model {
    let mut model = shown(Ok(()));
    ask(&mut model, Command::Repair(CardId(1), RepairStep::Take));
    model
}

pub(super) fn scenes() -> Vec<(&'static str, Model)> {
    vec![
        ("repair-1-offered", damaged()),
        ("repair-2-shown", shown(Ok(()))),
        ("repair-3-no-keychain", shown(no_keychain())),
        ("repair-4-everything", at_its_worst()),
        ("repair-5-taken", taken()),
    ]
}

#[test]
fn what_would_be_changed_is_shown_before_the_copy_takes_the_place_of_the_file() {
    let mut window = open(damaged());
    window.harness.get_by_label(SHOW).click();
    window.harness.run();
    let jobs = window.jobs();
    assert!(
        matches!(jobs.last(), Some(Job::Desk(DeskJob::TryRepair(_)))),
        "{jobs:?}"
    );
    window.harness.get_by_value("Looking at what would be changed…");
    window.tell([tried(Ok(()))]);
    for line in [
        "Line ends become carriage returns: 412.",
        "Byte order marks are left out: 1.",
        "Nothing about patients or vaccinations is changed.",
    ] {
        window.harness.get_by_value(line);
    }
    assert_ne!(window.model().cards[0].sha256(), Some(copy().sha256));
    window.harness.get_by_label(TAKE).click();
    window.harness.run();
    assert_eq!(window.model().cards[0].sha256(), Some(copy().sha256));
    assert_eq!(window.model().cards[0].state, CardState::Ready);
    window
        .harness
        .get_by_value("Put right on a copy: line ends (412), byte order mark.");
    assert!(window.harness.query_by_label(SHOW).is_none(), "it is put right");
}

#[test]
fn the_list_of_what_was_found_offers_it_too_and_makes_room_for_it() {
    let mut window = open(damaged());
    window.harness.get_by_label(SEE_THEM).click();
    window.harness.run();
    assert!(window.model().findings.is_some());
    window.harness.get_by_label(SHOW).click();
    window.harness.run();
    assert_eq!(
        window.model().findings,
        None,
        "what would be changed is shown on the card"
    );
    let jobs = window.jobs();
    assert!(
        matches!(jobs.last(), Some(Job::Desk(DeskJob::TryRepair(_)))),
        "{jobs:?}"
    );
    window.harness.get_by_value("Looking at what would be changed…");
}

#[test]
fn enter_and_escape_leave_the_file_as_it_is() {
    for key in [Key::Enter, Key::Escape] {
        let mut window = open(shown(Ok(())));
        window.harness.key_press(key);
        window.harness.run();
        assert_eq!(window.model().cards[0].repair, None, "{key:?}");
        assert_ne!(window.model().cards[0].sha256(), Some(copy().sha256), "{key:?}");
    }
}

#[test]
fn without_a_keychain_the_copy_can_be_saved_only() {
    let mut window = open(shown(no_keychain()));
    assert!(window.harness.query_by_label(TAKE).is_none());
    window.harness.get_by_label("Save it…").click();
    window.harness.run();
    let jobs = window.jobs();
    let Some(Job::Desk(DeskJob::SaveRepaired(saved))) = jobs.last() else {
        panic!("{jobs:?}")
    };
    assert_eq!(saved.suggested_name, "november-export repaired.hl7");
    assert_eq!(window.model().cards[0].repair, None);
    assert_ne!(window.model().cards[0].sha256(), Some(copy().sha256));
}

#[test]
fn where_something_stands_in_the_way_of_a_copy_the_list_says_so_instead_of_offering_one() {
    let cut = WHOLE.replace("BTS|", "BTX|").replace('\r', "\r\n");
    let mut window = open(read(
        with_files(quiet_month(), &["november-export.hl7"]),
        1,
        checked(&cut, 1),
    ));
    window.harness.get_by_label(SEE_THEM).click();
    window.harness.run();
    assert!(window.harness.query_by_label(SHOW).is_none());
    let page = window.model().findings.as_ref().unwrap();
    let line_ends = page.groups.iter().find(|group| group.rule.id() == "file.line-ends");
    let fix = dropoff::app::wording::findings::fix(page, line_ends.unwrap());
    assert!(fix.starts_with("Nothing to do until the rest is put right."), "{fix}");
}
