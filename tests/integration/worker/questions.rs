//! What is asked before a file is entered: whether it is this clinic's, and whether its vaccinations went before.

use dropoff::{
    app::message::{DeskJob, Entered, Entry, EntryRefusal, Event},
    domain::{
        failure::VaultFailure,
        fingerprint::Overlap,
        hl7::Facilities,
        submission::{Answers, Asked, Earlier, NotDelivered, Question, State, SubmissionId},
    },
    ports::{Claim, Clock, Ledger},
};
use uuid::Uuid;

use crate::support::{fake_sealed::SealedWord, office::Office};

/// The same vaccinations, exported under another control id: other bytes.
fn export(control_id: &str) -> Vec<u8> {
    format!(
        "MSH|^~\\&|EHR|1100100099|TxImmTrac|TxDSHS|20261120091500||VXU^V04^VXU_V04|{control_id}|P|2.5.1\r\
         PID|1||40077^^^CLINIC^MR||QUILLFEATHER^JUNIPER||20190402|F\r\
         RXA|0|1|20261119||208^COVID^CVX|0.3|mL\r"
    )
    .into_bytes()
}

fn enter(office: &mut Office, control_id: &str, overlap: Asked) -> Result<Entered, EntryRefusal> {
    let entry = Entry {
        answers: Answers {
            overlap,
            ..Answers::default()
        },
        ..office.choose(SubmissionId(Uuid::new_v4()), &export(control_id))
    };
    office.desk(DeskJob::Enter(Box::new(entry.clone())));
    office.wait(|event| match event {
        Event::Entered(submission, result) if *submission == entry.submission => Some((**result).clone()),
        _ => None,
    })
}

#[test]
fn vaccinations_that_went_before_are_asked_about_or_remarked_on() {
    let mut office = Office::open();
    let first = enter(&mut office, "A1", Asked::First).unwrap();
    office.deliver(&office.shipment(&first.record));
    for overlap in [Asked::First, Asked::Strictly] {
        let asked = enter(&mut office, "B2", overlap);
        assert!(
            matches!(asked, Err(EntryRefusal::Asked(ref question)) if went(question)),
            "{asked:?}"
        );
    }
    let goes = enter(&mut office, "B2", Asked::ThisIsRight).unwrap();
    assert!(matches!(&goes.remarks[..], [question] if went(question)), "{goes:?}");
}

fn went(question: &Question) -> bool {
    matches!(
        question,
        Question::SentBefore {
            earlier: Earlier::Went(_),
            ..
        }
    )
}

const NAME: &str = "CLINIC0126324.hl7";

/// What comes of a second export when the first one has come to these states, one after the other.
#[track_caller]
fn enter_after(states: &[State]) -> (NotDelivered, Result<Entered, EntryRefusal>) {
    let mut office = Office::open();
    let mut record = enter(&mut office, "A1", Asked::First).unwrap().record;
    for state in states {
        let mut step = record.step_to(*state, office.clock.now(), record.entered.by.clone());
        if *state == State::NameClaimed {
            step.sent_as = Some(NAME.to_owned());
            assert_eq!(office.ledger.claim(record.entered.id, NAME, &step), Ok(Claim::Ours));
        } else {
            office.ledger.advance(record.entered.id, &step).unwrap();
        }
        record.take(&step);
    }
    let first = NotDelivered {
        file_name: Some("1.hl7".to_owned()),
        entered: record.entered.at,
    };
    (first, enter(&mut office, "B2", Asked::First))
}

#[test]
fn vaccinations_of_a_file_that_is_still_to_go_are_asked_about_by_its_name() {
    use State::{Cancelled, Failed, Held, NameClaimed, Sending, Unknown, Waiting};
    type Stands = fn(NotDelivered) -> Earlier;
    let cases: [(&[State], Stands); 6] = [
        (&[], Earlier::OnItsWay),
        (&[NameClaimed], Earlier::OnItsWay),
        (&[NameClaimed, Sending], Earlier::OnItsWay),
        (&[NameClaimed, Sending, Unknown], Earlier::MayHaveArrived),
        (&[Waiting], Earlier::WaitsHere),
        (&[Held], Earlier::WaitsHere),
    ];
    for (states, stands) in cases {
        let (first, asked) = enter_after(states);
        let overlap = Overlap {
            repeated_patients: 1,
            patients: 1,
        };
        let earlier = stands(first);
        assert_eq!(
            asked,
            Err(EntryRefusal::Asked(Question::SentBefore { overlap, earlier })),
            "{states:?}"
        );
    }
    for over in [Cancelled, Failed] {
        let (_, entered) = enter_after(&[over]);
        assert_eq!(entered.unwrap().remarks, [], "{over:?}");
    }
}

#[test]
fn what_cannot_be_compared_stays_where_somebody_wanted_it_held() {
    let mut office = Office::open();
    office.sealed.set(SealedWord::NoKey);
    let not_compared = Question::NotCompared(VaultFailure::Unavailable("none".to_owned()));
    let held = enter(&mut office, "A1", Asked::Strictly);
    assert_eq!(held, Err(EntryRefusal::Asked(not_compared.clone())));
    assert_eq!(
        office.ledger.outbox(&office.account.id()),
        Ok(Vec::new()),
        "nothing is kept of it"
    );

    let told = enter(&mut office, "A1", Asked::ThisIsRight).unwrap();
    assert_eq!(told.remarks, [not_compared]);
    let at_the_window = enter(&mut office, "B2", Asked::First).unwrap();
    assert_eq!(at_the_window.remarks, []);
}

fn named(names: &[&str]) -> Facilities {
    Facilities {
        names: names.iter().map(ToString::to_string).collect(),
        has_more: false,
    }
}

/// A file with a patient of its own that names these facilities.
fn of_clinic(office: &mut Office, control_id: &str, names: &[&str], facility: Asked) -> Result<Entered, EntryRefusal> {
    let content = String::from_utf8(export(control_id))
        .unwrap()
        .replace("40077", control_id);
    let entry = Entry {
        facilities: named(names),
        answers: Answers {
            facility,
            ..Answers::default()
        },
        ..office.choose(SubmissionId(Uuid::new_v4()), content.as_bytes())
    };
    office.desk(DeskJob::Enter(Box::new(entry.clone())));
    office.wait(|event| match event {
        Event::Entered(submission, result) if *submission == entry.submission => Some((**result).clone()),
        _ => None,
    })
}

fn other_clinic(names: &[&str], earlier: &[&str]) -> Question {
    Question::OtherClinic {
        named: named(names),
        earlier: named(earlier).names,
    }
}

#[test]
fn the_first_file_teaches_whose_files_these_are_and_asks_nothing() {
    let mut office = Office::open();
    let first = of_clinic(&mut office, "A1", &["1100100033"], Asked::First).unwrap();
    assert_eq!(first.remarks, []);
    let beside = of_clinic(&mut office, "B2", &["1117823000"], Asked::First);
    let question = other_clinic(&["1117823000"], &["1100100033"]);
    assert_eq!(beside, Err(EntryRefusal::Asked(question)), "it would go with the first");
    office.deliver(&office.shipment(&first.record));

    let asked = of_clinic(&mut office, "C3", &["1100100033", "1117823000"], Asked::First);
    let question = other_clinic(&["1117823000"], &["1100100033"]);
    assert_eq!(asked, Err(EntryRefusal::Asked(question)));
    assert!(of_clinic(&mut office, "D4", &["1100100033"], Asked::First).is_ok());
    assert!(of_clinic(&mut office, "E5", &[], Asked::First).is_ok());
}

#[test]
fn a_facility_is_learned_once_somebody_said_that_it_is_ours() {
    let mut office = Office::open();
    let first = of_clinic(&mut office, "A1", &["1100100033"], Asked::First).unwrap();
    office.deliver(&office.shipment(&first.record));

    let ours = of_clinic(&mut office, "B2", &["1117823000"], Asked::ThisIsRight).unwrap();
    let question = other_clinic(&["1117823000"], &["1100100033"]);
    assert_eq!(ours.remarks, std::slice::from_ref(&question));
    office.restart();
    office.deliver(&office.shipment(&ours.record));
    let goes = of_clinic(&mut office, "C3", &["1117823000", "1100100033"], Asked::First).unwrap();
    assert_eq!(goes.remarks, []);
}

#[test]
fn a_file_that_names_more_facilities_than_can_be_compared_is_asked_about() {
    let mut office = Office::open();
    let first = of_clinic(&mut office, "A1", &["1100100033"], Asked::First).unwrap();
    office.deliver(&office.shipment(&first.record));
    let many = Facilities {
        names: Vec::new(),
        has_more: true,
    };
    let entry = Entry {
        facilities: many.clone(),
        ..office.choose(SubmissionId(Uuid::new_v4()), &export("B2"))
    };
    let question = Question::OtherClinic {
        named: many,
        earlier: vec!["1100100033".to_owned()],
    };
    assert_eq!(office.enter(&entry), Err(EntryRefusal::Asked(question)));
}
