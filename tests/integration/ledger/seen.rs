//! What stands in the registry's folders.

use dropoff::{
    adapters::ledger::Found,
    domain::{
        account::AccountId,
        remote::{FoldersSeen, RemoteFile, SeenFile},
        submission::State,
    },
    ports::ledger::{Claim, Ledger},
};

use super::scene::{account, id, in_memory, minute, named, open, other_account, submission};

pub(super) fn file(name: &str, size_bytes: Option<u64>, modified: Option<&str>) -> RemoteFile {
    RemoteFile {
        name: name.to_owned(),
        size_bytes,
        modified: modified.map(|text| text.parse().unwrap()),
    }
}

pub(super) fn look(minutes: i64, dropoff: &[RemoteFile], accepted: &[RemoteFile]) -> FoldersSeen {
    FoldersSeen {
        at: minute(minutes),
        account: account(),
        dropoff: dropoff.to_vec(),
        accepted: accepted.to_vec(),
        reports: vec![file("a-report.pdf", None, None)],
        receive: vec![file("a-notice.txt", None, None)],
    }
}

fn names(ledger: &dyn Ledger, account: &AccountId, at_most: u32) -> Vec<String> {
    let seen = ledger.seen_files(account, at_most).unwrap();
    seen.into_iter().map(|seen| seen.name).collect()
}

#[test]
fn a_file_is_followed_from_the_drop_off_to_accepted() {
    let ledger = in_memory();
    let first = file("A.hl7", Some(10), Some("2026-11-20T09:00:00"));
    ledger.note_seen(&look(1, std::slice::from_ref(&first), &[])).unwrap();
    let expected = SeenFile {
        name: "A.hl7".to_owned(),
        size_bytes: Some(10),
        modified: first.modified,
        accepted: None,
        first_seen: minute(1),
    };
    assert_eq!(ledger.seen_files(&account(), 9), Ok(vec![expected.clone()]));

    ledger.note_seen(&look(2, &[], &[file("a.HL7", None, None)])).unwrap();
    ledger
        .note_seen(&look(3, &[], &[file("A.hl7", Some(12), None)]))
        .unwrap();
    ledger.note_seen(&look(4, &[], &[])).unwrap();
    let accepted = SeenFile {
        size_bytes: Some(12),
        accepted: Some(minute(2)),
        ..expected
    };
    assert_eq!(ledger.seen_files(&account(), 9), Ok(vec![accepted]));
    assert_eq!(ledger.seen_files(&other_account(), 9), Ok(Vec::new()));
}

#[test]
fn seen_files_come_newest_first_by_the_server_s_time_or_else_by_when_they_were_seen() {
    let ledger = in_memory();
    let old = file("old.hl7", None, Some("2026-10-01T09:00:00"));
    let new = file("new.hl7", None, Some("2026-11-20T23:00:00"));
    ledger
        .note_seen(&look(1, &[file("undated.hl7", None, None)], &[new, old]))
        .unwrap();
    assert_eq!(names(&ledger, &account(), 9), ["new.hl7", "undated.hl7", "old.hl7"]);
    assert_eq!(names(&ledger, &account(), 1), ["new.hl7"]);
}

#[test]
fn a_name_that_was_seen_is_used_except_by_the_submission_that_has_it() {
    let ledger = in_memory();
    for number in [1, 2] {
        ledger.enter(&submission(number)).unwrap();
    }
    let claim = |number, name: &str| ledger.claim(id(number), name, &named(State::NameClaimed, 9, name));
    ledger.note_seen(&look(1, &[], &[file("A.hl7", None, None)])).unwrap();
    assert_eq!(ledger.is_name_used(&account(), "a.hl7"), Ok(true));
    assert_eq!(ledger.is_name_used(&other_account(), "a.hl7"), Ok(false));
    assert_eq!(ledger.is_name_used(&account(), "a-report.pdf"), Ok(false));
    assert_eq!(claim(1, "a.HL7"), Ok(Claim::Used));

    assert_eq!(claim(1, "B.hl7"), Ok(Claim::Ours));
    ledger.note_seen(&look(2, &[file("b.hl7", None, None)], &[])).unwrap();
    let again = named(State::Queued, 10, "B.hl7");
    ledger.advance(id(1), &again).unwrap();
    assert_eq!(claim(1, "B.hl7"), Ok(Claim::Ours));
    assert_eq!(claim(2, "B.hl7"), Ok(Claim::Used));
}

#[test]
fn a_look_that_brings_nothing_new_writes_nothing() {
    let data = tempfile::tempdir().unwrap();
    let ledger = open(data.path(), &Found::New);
    let witness = open(data.path(), &Found::AsItWas);
    let twice = [file("A.hl7", Some(1), None), file("a.hl7", Some(2), None)];
    let reversed = [twice[1].clone(), twice[0].clone()];
    let accepted = [file("B.hl7", Some(3), None)];
    let in_both = [twice[0].clone(), file("B.hl7", Some(4), None)];
    for (first, second) in [
        (look(1, &twice, &accepted), look(2, &reversed, &accepted)),
        (look(3, &in_both, &accepted), look(4, &in_both, &accepted)),
        (look(5, &[file("A.hl7", None, None)], &[]), look(6, &[], &[])),
    ] {
        ledger.note_seen(&first).unwrap();
        let before = witness.changes().unwrap();
        ledger.note_seen(&second).unwrap();
        assert_eq!(witness.changes().unwrap(), before, "{second:?}");
    }
    let before = witness.changes().unwrap();
    ledger.note_seen(&look(7, &[file("C.hl7", None, None)], &[])).unwrap();
    assert_ne!(witness.changes().unwrap(), before);
}

#[test]
fn hostile_listings_are_kept_as_they_are() {
    let ledger = in_memory();
    let hostile = "../'; DROP TABLE seen_files; --\u{0}\u{202e}".repeat(500);
    let listed = [
        file(&hostile, Some(u64::MAX), Some("+262000-01-01T00:00:00")),
        file("", Some(0), Some("-0001-01-01T00:00:00")),
    ];
    ledger.note_seen(&look(1, &listed, &listed)).unwrap();
    let seen = ledger.seen_files(&account(), 9).unwrap();
    let of_hostile = seen.iter().find(|seen| seen.name == hostile).unwrap();
    assert_eq!(of_hostile.size_bytes, None, "no file is that long");
    assert_eq!(of_hostile.modified, listed[0].modified);
    assert_eq!(ledger.is_name_used(&account(), &hostile), Ok(true));
}
