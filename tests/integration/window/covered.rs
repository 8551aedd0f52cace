//! Patients are covered, in the list and in the message, until somebody wants to see them, and again when nobody is there.

use dropoff::app::{
    findings::{Contents, Names, View},
    message::FindingsCommand,
    wording::{check, findings as words},
};
use egui_kittest::kittest::Queryable;

use super::{
    findings::{answers, assert_said, card_with, export, fixture, page, page_of, press, said},
    stage::{Drawn, TestWindow, open, open_at},
};
use crate::support::message::message;

/// What tells who the patient and the family are, of the one in [`export`] who was born tomorrow.
const SECRETS: [&str; 8] = [
    "Larkspur",
    "Juniper",
    "20261121",
    "2026-11-21",
    "Tumbleweed",
    "Lubbock",
    "5550142",
    "Saffron",
];

/// That patient's message, as somebody opens it.
fn one() -> TestWindow {
    let text = export();
    let card = || card_with("november-export.hl7", text.as_bytes());
    let listed = page_of(card(), text.as_bytes(), &[]).findings.unwrap();
    let place = (0..listed.listed()).find(|place| {
        let finding = listed.finding(*place).unwrap();
        finding.rule.id() == "patient.birth-date-future"
    });
    let mut window = open(page_of(
        card(),
        text.as_bytes(),
        &[FindingsCommand::Show(place.unwrap())],
    ));
    window.harness.run_steps(2);
    window
}

#[track_caller]
fn assert_covered(window: &TestWindow, about: &str) {
    let said = said(window);
    let told: Vec<&str> = said
        .lines()
        .filter(|line| SECRETS.iter().any(|secret| line.contains(secret)))
        .collect();
    assert!(told.is_empty(), "{about}: {told:#?}");
}

/// Nobody touches anything for so long.
fn idle(window: &mut TestWindow, secs: f64) {
    let now = window.harness.ctx.input(|input| input.time);
    window.harness.input_mut().time = Some(now + secs);
    window.harness.run_steps(1);
    window.harness.input_mut().time = None;
    window.harness.run_steps(2);
}

#[test]
fn names_are_covered_until_somebody_wants_them_and_again_after_five_idle_minutes() {
    let text = export();
    let mut window = open(card_with("november-export.hl7", text.as_bytes()));
    press(&mut window, words::SEE_THEM);
    assert!(!said(&window).contains("Larkspur"), "covered");
    press(&mut window, words::SHOW_NAMES);
    let jobs = window.jobs();
    window.tell(answers(&jobs, text.as_bytes()));
    assert_said(&window, "Larkspur, Juniper · born November 21, 2026", "shown");
    idle(&mut window, 200.0);
    assert_eq!(page(&window).names, Names::Shown);
    idle(&mut window, 301.0);
    assert_eq!(
        (page(&window).names, &page(&window).contents),
        (Names::Covered, &Contents::Away)
    );
    assert!(!said(&window).contains("Larkspur"), "covered again");
}

#[test]
fn a_message_is_covered_until_somebody_wants_to_see_the_patient_and_again_after_five_idle_minutes() {
    let mut window = one();
    assert_covered(&window, "covered");
    assert_said(&window, "Patient in message ", "nobody is named");
    press(&mut window, words::SHOW_NAMES);
    assert_said(&window, "Larkspur, Juniper · born November 21, 2026", "shown");
    assert_said(&window, "PID-5 · Patient\u{2019}s name: Larkspur^Juniper", "shown");
    idle(&mut window, 200.0);
    assert_eq!(page(&window).names, Names::Shown);
    idle(&mut window, 301.0);
    assert_eq!(page(&window).names, Names::Covered);
    assert!(matches!(page(&window).view, View::One(_)));
    assert_covered(&window, "covered again");
    assert!(matches!(page(&window).contents, Contents::Here(_)));
    press(&mut window, words::SHOW_NAMES);
    press(&mut window, words::COVER_NAMES);
    assert_covered(&window, "covered by hand");
}

#[test]
fn a_spot_in_a_covered_field_is_marked_and_called_by_its_name() {
    let mut window = one();
    assert_said(&window, "Marked: PID-7 · Date of birth: covered.", "the spot");
    assert_said(
        &window,
        "PID-5 · Patient\u{2019}s name: covered.",
        "what stands beside it",
    );
    assert_said(&window, "PID-8 · Sex: F.", "a code is no secret");
    let line = window
        .harness
        .get_by(|node| node.label().is_some_and(|label| label.starts_with("PID, Patient.")));
    line.focus();
    window.harness.run_steps(3);
    let field = "Marked: PID-7 · Date of birth: covered";
    assert_eq!(window.harness.query_all_by_label(field).count(), 1, "{}", said(&window));
    assert_covered(&window, "field by field");
}

#[test]
fn that_it_is_a_patients_data_is_said_only_while_it_can_be_seen() {
    let mut window = one();
    let is_said = |window: &TestWindow| said(window).contains(words::PATIENT_NOTE);
    assert!(!is_said(&window), "covered");
    assert_said(&window, words::MESSAGE_NOTE, "covered");
    press(&mut window, words::SHOW_NAMES);
    assert!(is_said(&window), "shown");
    let count = fixture("wrong-count.hl7");
    let shown = [FindingsCommand::ShowNames, FindingsCommand::Show(0)];
    let window = open(page_of(card_with("november-export.hl7", &count), &count, &shown));
    assert_said(&window, words::MESSAGE_NOTE, "the envelope");
}

#[test]
fn a_single_finding_has_no_next_one() {
    let count = fixture("wrong-count.hl7");
    let window = open(page_of(
        card_with("november-export.hl7", &count),
        &count,
        &[FindingsCommand::Show(0)],
    ));
    assert_eq!(page(&window).listed(), 1);
    for name in [words::PREVIOUS, words::NEXT] {
        assert!(window.harness.query_by_label(name).is_none(), "{name}");
    }
    let mut window = one();
    let first = page(&window).view;
    press(&mut window, words::NEXT);
    assert_ne!(page(&window).view, first);
    press(&mut window, words::PREVIOUS);
    assert_eq!(page(&window).view, first);
}

#[test]
fn what_it_means_stands_whole_above_a_spot_that_fits_below_it_and_else_is_out_of_sight() {
    let text = message("C1", "Quillfeather", 3)
        .replace("|20190402|F|", "|20190402||")
        .replace("|UT8812KA|", "||");
    let bytes = text.as_bytes();
    let card = || card_with("november-export.hl7", bytes);
    let (mut whole, mut gone) = (0, 0);
    for size in [[900.0, 620.0], [900.0, 420.0]] {
        let listed = page_of(card(), bytes, &[]).findings.unwrap();
        for place in 0..listed.listed() {
            let finding = listed.finding(place).unwrap();
            if finding.line.is_none() {
                continue;
            }
            let model = page_of(card(), bytes, &[FindingsCommand::Show(place)]);
            let mut window = open_at(model, size, Drawn::No);
            window.harness.run_steps(3);
            let rect = |name: &str| window.harness.get_by_label(name).rect();
            let legend = &page(&window).legend;
            let bar = rect(&words::spot_of(finding, legend).unwrap()).bottom();
            let said = check::of(finding);
            let (meaning, fix) = (rect(said.meaning), rect(&said.fix));
            let marked = window
                .harness
                .get_by(|node| node.label().is_some_and(|label| label.contains("Marked: ")))
                .rect();
            let about = format!("{size:?}, {}: {bar} {meaning:?} {fix:?} {marked:?}", finding.rule.id());
            assert!(marked.top() > bar && marked.bottom() < size[1], "{about}");
            if meaning.top() > bar {
                whole += 1;
            } else {
                assert!(fix.bottom() < bar, "{about}");
                gone += 1;
            }
        }
    }
    assert!(whole > 0 && gone > 0, "{whole} whole, {gone} out of sight");
}
