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

#[test]
fn a_file_that_is_not_to_go_leaves_its_card() {
    let mut model = live();
    let card = ready(&mut model, "november.hl7", 1);
    let entry = entries(&ask(&mut model, Command::SendReady)).remove(0);
    is_asked(&mut model, &entry, other_clinic());
    assert_eq!(apply_command(&mut model, Command::RemoveCard(card)), Vec::new());
    assert_eq!(model.cards, Vec::new());
}
