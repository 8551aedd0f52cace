//! What must be true of everything that was said, and of ledger and registry when all is over.

use std::collections::BTreeMap;

use dropoff::{
    app::message::Shipment,
    domain::submission::{Outcome, State, Step, SubmissionId, Why, Wish},
    ports::Ledger,
};

use super::clinic::{Chosen, Clinic};
use crate::support::fake_registry::{Owner, Stored};

/// Names under which bytes of a submission may have travelled.
fn names(steps: &[Step]) -> Vec<String> {
    let sending = steps.iter().filter(|step| step.state == State::Sending);
    sending.filter_map(|step| step.sent_as.clone()).collect()
}

fn is_of(file: &Stored, who: Owner, names: &[String]) -> bool {
    file.owner == who && names.contains(&file.name)
}

/// What was said of a file that was just handed over is true now.
pub(super) fn check_outcome(clinic: &Clinic, shipment: &Shipment, outcome: &Outcome) {
    let id = shipment.submission;
    let chosen = clinic.files.iter().find(|file| file.submission == Some(id));
    let content = &chosen.unwrap().content;
    let record = clinic.record(id);
    let steps = clinic.office.ledger.steps(id).unwrap();
    let parts = clinic.office.known_parts(id);
    let state = clinic.office.registry.state();
    let who = clinic.office.registry.who;
    let has = |name: &str| {
        let mut files = state.everything();
        files.any(|file| file.name == name && file.content() == *content)
    };
    let nothing = || {
        for file in state.everything().filter(|file| is_of(file, who, &names(&steps))) {
            assert!(
                parts.contains(&file.name) && file.content() != *content,
                "{id} is said to be nowhere, and {} has {} bytes of it",
                file.name,
                file.bytes.len()
            );
        }
        assert!(
            !record.state.is_doubtful(),
            "{id} is said to be nowhere, and the ledger is in doubt"
        );
    };
    match outcome {
        Outcome::Delivered(delivery) => {
            assert!(
                has(&delivery.sent_as),
                "{} is not there, or not whole",
                delivery.sent_as
            );
            assert!(record.state.is_delivered());
        }
        Outcome::Duplicate(duplicate) => {
            nothing();
            assert!(has(&duplicate.name), "{} is no duplicate", duplicate.name);
        }
        Outcome::Unknown { .. } => {}
        Outcome::PartLeft { sent_as } => {
            nothing();
            assert!(parts.contains(sent_as));
        }
        Outcome::Cancelled => {
            nothing();
            assert_eq!(parts, Vec::<String>::new(), "nobody says so");
            assert!(clinic.cancelled.contains(&id) || record.wish == Wish::Cancel);
        }
        Outcome::Asked(_)
        | Outcome::Waiting { .. }
        | Outcome::NotSent(_)
        | Outcome::FileTrouble(_)
        | Outcome::CopyTrouble(_) => nothing(),
    }
}

/// Every move is in the table, and who wished to cancel was heard.
fn check_steps(id: SubmissionId, steps: &[Step]) {
    assert_eq!(steps[0].state, State::Queued);
    for pair in steps.windows(2) {
        let (from, to) = (&pair[0], &pair[1]);
        assert!(
            from.state.may_become(to.state),
            "{id} went from {:?} to {:?}",
            from.state,
            to.state
        );
        assert!(
            from.wish != Wish::Cancel || to.state != State::Sending,
            "{id} was sent although somebody had cancelled it"
        );
        assert!(
            to.state != State::Sending || from.sent_as == to.sent_as,
            "{id} was sent under another name than the one it had"
        );
    }
}

/// The clinic's own files, each where the ledger says, and nothing else.
pub(super) fn check_all(clinic: &Clinic, may_leave_parts: bool) {
    let state = clinic.office.registry.state();
    assert_eq!(state.violations, Vec::<String>::new());
    assert_eq!(state.sent_knowingly, Vec::<String>::new());
    let who = clinic.office.registry.who;
    let mut left = state.of(who);
    let mut owners: BTreeMap<String, SubmissionId> = BTreeMap::new();
    for file in &clinic.files {
        let Some(id) = file.submission else {
            assert!(file.is_refused);
            continue;
        };
        let steps = clinic.office.ledger.steps(id).unwrap();
        check_steps(id, &steps);
        for name in names(&steps) {
            let owner = *owners.entry(name.to_ascii_lowercase()).or_insert(id);
            assert_eq!(owner, id, "{name} was used for two submissions");
        }
        check_file(clinic, file, id, &state.everything().cloned().collect::<Vec<_>>());
        let parts = clinic.office.known_parts(id);
        assert!(parts.is_empty() || may_leave_parts, "{id} left {parts:?}");
        let delivered = clinic.record(id).delivery.map(|delivery| delivery.sent_as);
        left.retain(|file| !parts.contains(&file.name) && Some(&file.name) != delivered.as_ref());
    }
    let left: Vec<String> = left.into_iter().map(|file| file.name).collect();
    assert_eq!(left, Vec::<String>::new(), "at the registry, and in no ledger");
}

fn check_file(clinic: &Clinic, file: &Chosen, id: SubmissionId, everything: &[Stored]) {
    let record = clinic.record(id);
    let who = clinic.office.registry.who;
    assert_eq!(record.entered.sha256, file.sha256);
    assert_eq!(record.entered.size_bytes, file.content.len() as u64);
    let whole: Vec<&Stored> = everything
        .iter()
        .filter(|stored| stored.content() == file.content)
        .collect();
    let ours = whole.iter().filter(|stored| stored.owner == who).count();
    match record.state {
        state if state.is_delivered() => {
            let delivery = record.delivery.unwrap();
            let under_its_name = whole.iter().filter(|stored| stored.name == delivery.sent_as).count();
            assert_eq!(under_its_name, 1, "{} is not there whole", delivery.sent_as);
            assert_eq!(Some(delivery.sent_as), record.sent_as);
            assert_eq!(delivery.verified_bytes, file.content.len() as u64);
            assert!(ours <= 1, "{id} is there {ours} times");
        }
        State::Held => {
            assert!(matches!(record.why, Some(Why::Duplicate(_))), "{:?}", record.why);
            assert_eq!(ours, 0, "{id} is a duplicate, and there");
            assert!(!whole.is_empty());
        }
        // Both computers had put it in the same moment, and this one took its own back.
        State::Cancelled if matches!(record.why, Some(Why::Duplicate(_))) => {
            assert_eq!(ours, 0, "{id} is a duplicate, and there");
            assert!(!whole.is_empty());
        }
        State::Cancelled => {
            assert!(
                record.wish == Wish::Cancel && clinic.cancelled.contains(&id),
                "nobody cancelled {id}"
            );
            assert_eq!(ours, 0, "{id} is cancelled, and there");
        }
        other => panic!("{id} is {other:?}"),
    }
}
