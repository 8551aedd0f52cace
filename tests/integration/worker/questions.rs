//! What is asked before a file is entered: whether its vaccinations went before.

use dropoff::{
    app::message::{DeskJob, Entered, Entry, EntryRefusal, Event},
    domain::{
        failure::VaultFailure,
        submission::{Answers, Asked, Question, SubmissionId},
    },
    ports::Ledger,
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
            matches!(asked, Err(EntryRefusal::Asked(Question::SentBefore { .. }))),
            "{asked:?}"
        );
    }
    let goes = enter(&mut office, "B2", Asked::ThisIsRight).unwrap();
    assert!(matches!(goes.remarks[..], [Question::SentBefore { .. }]), "{goes:?}");
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
