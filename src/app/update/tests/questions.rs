//! What a person is asked before a file goes.

use super::*;
use crate::domain::{
    hl7::Facilities,
    submission::{Answers, Asked, Question},
};

fn other_clinic() -> Question {
    Question::OtherClinic {
        named: Facilities {
            names: vec!["1117823000".to_owned()],
            has_more: false,
        },
        earlier: vec!["1100100033".to_owned()],
    }
}

fn gap() -> Question {
    Question::Gap {
        last_ended: "2026-10-15".parse().unwrap(),
        starts: "2026-11-01".parse().unwrap(),
    }
}

/// The desk asks this about what was to be entered last.
fn is_asked(model: &mut Model, entry: &Entry, question: Question) {
    let refusal = Box::new(Err(EntryRefusal::Asked(question)));
    assert_eq!(
        apply_event(model, Event::Entered(entry.submission, refusal)),
        Vec::new()
    );
}

#[test]
fn what_a_file_says_of_its_clinic_reaches_the_desk() {
    let mut model = live();
    let card = add(&mut model, "november.hl7");
    let mut found = reading(1);
    let report = Arc::make_mut(&mut found.report);
    report.summary.facilities.names = vec!["1117823000".to_owned()];
    let expected = report.summary.facilities.clone();
    read(&mut model, card, Ok(found));
    let entry = &entries(&ask(&mut model, Command::SendReady))[0];
    assert_eq!((&entry.facilities, entry.answers), (&expected, Answers::default()));
}

#[test]
fn each_question_is_answered_by_itself_and_an_answer_stands() {
    let mut model = live();
    let card = ready(&mut model, "november.hl7", 1);
    let first = entries(&ask(&mut model, Command::SendReady)).remove(0);
    is_asked(&mut model, &first, other_clinic());
    assert_eq!(
        model.card(card).unwrap().outcome(),
        Some(&Outcome::Asked(other_clinic()))
    );
    for command in [Command::SendReady, Command::TryAgain(card), Command::SendAnyway(card)] {
        assert_eq!(apply_command(&mut model, command), Vec::new());
    }

    let second = entries(&ask(&mut model, Command::ThisIsRight(card))).remove(0);
    let answered = Answers {
        facility: Asked::ThisIsRight,
        ..Answers::default()
    };
    assert_eq!(second.answers, answered);
    is_asked(&mut model, &second, gap());
    let third = &entries(&ask(&mut model, Command::ThisIsRight(card)))[0];
    let both = Answers {
        gap: Asked::ThisIsRight,
        ..answered
    };
    assert_eq!(third.answers, both);
}

/// One message with this patient name.
fn patient(name: &str) -> String {
    let whole = include_str!("../../../../tests/fixtures/check/no-envelope.hl7");
    let text = whole.replace("Quillfeather^Juniper^Moon", name);
    assert_ne!(text, whole);
    text
}

fn invented(model: &Model, card: CardId) -> Option<u64> {
    match model.card(card).unwrap().outcome() {
        Some(Outcome::Asked(Question::Invented { patients })) => Some(*patients),
        Some(_) | None => None,
    }
}

#[test]
fn patients_that_look_invented_keep_a_file_until_somebody_says_that_they_are_real() {
    for name in ["Test^Patient", "ZZZ^Anna", "Quillfeather^Baby Boy"] {
        let mut model = live();
        let card = add(&mut model, "november.hl7");
        let good = ready(&mut model, "good.hl7", 2);
        read_as(&mut model, card, &patient(name));
        assert_eq!(invented(&model, card), Some(1), "{name}");
        let sent = entries(&ask(&mut model, Command::SendReady));
        assert_eq!(
            sent.iter().map(|entry| entry.submission).collect::<Vec<_>>(),
            [id(good)],
            "only the other one goes"
        );
        for command in [Command::TryAgain(card), Command::SendAnyway(card)] {
            assert_eq!(apply_command(&mut model, command), Vec::new());
        }
        let goes = entries(&ask(&mut model, Command::ThisIsRight(card)));
        assert_eq!(goes.len(), 1, "{name}");
    }
}

#[test]
fn a_file_that_is_broken_besides_is_no_question() {
    let mut model = live();
    let card = add(&mut model, "november.hl7");
    read_as(&mut model, card, &format!("FHS|^~\\&\r{}", patient("Test^Patient")));
    assert_eq!(model.card(card).unwrap().state, CardState::Held(HoldReason::Checked));
    assert_eq!(apply_command(&mut model, Command::ThisIsRight(card)), Vec::new());
}

#[test]
fn a_test_patient_may_go_while_testing_and_is_asked_about_once_the_clinic_is_live() {
    let mut model = live();
    let settings = |stage| {
        let mut settings = live().settings;
        settings.stage = Some(stage);
        Command::ChangeSettings(Box::new(settings))
    };
    ask(&mut model, settings(Stage::Testing));
    let card = add(&mut model, "november.hl7");
    let mut found = reading(1);
    Arc::make_mut(&mut found.report).stage = Stage::Testing;
    read(&mut model, card, Ok(found));
    assert_eq!(model.card(card).unwrap().state, CardState::Ready);

    let jobs = ask(&mut model, settings(Stage::Live));
    let is_read = |job: &Job| matches!(job, Job::Desk(DeskJob::Read { card: read, .. }) if *read == card);
    assert!(jobs.iter().any(is_read), "it is checked anew: {jobs:?}");
    assert_eq!(entries(&ask(&mut model, Command::SendReady)), []);
    read_as(&mut model, card, &patient("Test^Patient"));
    assert_eq!(invented(&model, card), Some(1));
}

#[test]
fn a_file_that_was_being_read_when_the_stage_changed_is_read_again() {
    let mut model = live();
    let card = add(&mut model, "november.hl7");
    model.settings.stage = Some(Stage::Testing);
    let late = Event::FileRead {
        card,
        submission: id(card),
        result: Ok(Box::new(reading(1))),
    };
    let jobs = apply_event(&mut model, late);
    assert!(matches!(jobs[..], [Job::Desk(DeskJob::Read { .. })]), "{jobs:?}");
    assert!(matches!(model.card(card).unwrap().state, CardState::Reading { .. }));
}

#[test]
fn a_file_that_is_not_to_go_leaves_its_card() {
    let mut model = live();
    let card = ready(&mut model, "november.hl7", 1);
    let entry = entries(&ask(&mut model, Command::SendReady)).remove(0);
    is_asked(&mut model, &entry, other_clinic());
    assert_eq!(apply_command(&mut model, Command::RemoveCard(card)), Vec::new());
    assert_eq!(model.cards, Vec::new());
}
