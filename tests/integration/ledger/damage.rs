//! A ledger that cannot be used is set aside, whole, and said so.

use std::{
    fs::{self, File},
    path::Path,
};

use dropoff::{
    adapters::ledger::{Found, SqliteLedger},
    domain::failure::{LedgerFailure, SetAside},
    ports::ledger::Ledger,
};
use rusqlite::Connection;
use tempfile::TempDir;

use super::scene::{account, begin_at_once, deliver, id, open, start, submission};

const SET_ASIDE: &str = "ledger-2026-11-20-151200.db.set-aside";

fn ledger_with(submissions: u128) -> TempDir {
    let data = tempfile::tempdir().unwrap();
    let ledger = open(data.path(), &Found::New);
    for number in 1..=submissions {
        ledger.enter(&submission(number)).unwrap();
        deliver(&ledger, number, &format!("{number}.hl7"), 1);
    }
    drop(ledger);
    data
}

fn raw(data: &Path) -> Connection {
    Connection::open(data.join("ledger.db")).unwrap()
}

/// The ledger is set aside as it is, for this reason, and a new one works.
#[track_caller]
fn check_set_aside(data: &Path, is_expected: impl Fn(&LedgerFailure) -> bool) {
    let before = fs::read(data.join("ledger.db")).unwrap();
    let opened = SqliteLedger::open(data, start()).unwrap();
    let Found::SetAside(SetAside { why, file }) = &opened.found else {
        panic!("{:?}", opened.found);
    };
    assert!(is_expected(why), "{why:?}");
    assert_eq!(file, SET_ASIDE);
    assert!(fs::read(data.join(file)).unwrap() == before, "it was changed");
    assert_eq!(opened.ledger.history(&account(), 0, 9), Ok(Vec::new()));
    opened.ledger.enter(&submission(1)).unwrap();
    drop(opened);
    let again = open(data, &Found::AsItWas);
    assert!(again.record(id(1)).unwrap().is_some());
}

fn is_damaged(failure: &LedgerFailure) -> bool {
    matches!(failure, LedgerFailure::Damaged(_))
}

#[test]
fn what_is_not_a_ledger_is_set_aside_and_a_new_one_begins() {
    let zeroes = vec![0; 40_000];
    let mut almost = b"SQLite format 3\0".to_vec();
    almost.resize(9_000, 0xaa);
    for content in [b"".as_slice(), b"Dear diary", &zeroes, &almost] {
        let data = tempfile::tempdir().unwrap();
        fs::write(data.path().join("ledger.db"), content).unwrap();
        check_set_aside(data.path(), is_damaged);
    }
}

#[test]
fn another_program_s_database_is_set_aside() {
    let data = tempfile::tempdir().unwrap();
    raw(data.path())
        .execute_batch("CREATE TABLE recipes (name TEXT); PRAGMA user_version = 77;")
        .unwrap();
    check_set_aside(data.path(), is_damaged);
}

#[test]
fn a_ledger_that_was_cut_is_set_aside() {
    let whole = ledger_with(100);
    let length = whole.path().join("ledger.db").metadata().unwrap().len();
    for left in [1, 50, 100, 1_000, 4_096, length / 2, length - 4_096, length - 1] {
        let data = tempfile::tempdir().unwrap();
        let copy = data.path().join("ledger.db");
        fs::copy(whole.path().join("ledger.db"), &copy).unwrap();
        File::options().write(true).open(&copy).unwrap().set_len(left).unwrap();
        check_set_aside(data.path(), is_damaged);
    }
}

#[test]
fn a_ledger_of_a_newer_version_is_set_aside() {
    let data = ledger_with(1);
    raw(data.path()).execute_batch("PRAGMA user_version = 99").unwrap();
    check_set_aside(data.path(), |why| *why == LedgerFailure::FromNewerVersion(99));
}

#[test]
fn the_log_of_a_ledger_goes_with_it() {
    let source = ledger_with(1);
    let writer = raw(source.path());
    writer
        .execute_batch("UPDATE submissions SET initials = 'in the log'; PRAGMA user_version = 99;")
        .unwrap();
    let data = tempfile::tempdir().unwrap();
    for name in ["ledger.db", "ledger.db-wal"] {
        fs::copy(source.path().join(name), data.path().join(name)).unwrap();
    }
    check_set_aside(data.path(), |why| *why == LedgerFailure::FromNewerVersion(99));
    let kept = Connection::open(data.path().join(SET_ASIDE)).unwrap();
    let initials: String = kept
        .query_row("SELECT initials FROM submissions", (), |row| row.get(0))
        .unwrap();
    assert_eq!(initials, "in the log");
}

#[test]
fn a_log_without_its_ledger_does_not_get_into_a_new_one() {
    let source = ledger_with(3);
    let _open = open(source.path(), &Found::AsItWas);
    raw(source.path())
        .execute_batch("UPDATE submissions SET initials = 'old'")
        .unwrap();
    let data = tempfile::tempdir().unwrap();
    fs::copy(source.path().join("ledger.db-wal"), data.path().join("ledger.db-wal")).unwrap();
    let opened = SqliteLedger::open(data.path(), start()).unwrap();
    let Found::SetAside(SetAside { why, file }) = &opened.found else {
        panic!("{:?}", opened.found);
    };
    assert!(is_damaged(why));
    assert!(data.path().join(format!("{file}-wal")).exists());
    assert_eq!(opened.ledger.history(&account(), 0, 9), Ok(Vec::new()));
}

#[test]
fn what_was_set_aside_is_never_overwritten() {
    let data = tempfile::tempdir().unwrap();
    for (number, expected) in [SET_ASIDE, "ledger-2026-11-20-151200-2.db.set-aside"]
        .into_iter()
        .enumerate()
    {
        let content = format!("damage {number}");
        fs::write(data.path().join("ledger.db"), &content).unwrap();
        let opened = SqliteLedger::open(data.path(), start()).unwrap();
        assert!(matches!(&opened.found, Found::SetAside(SetAside { file, .. }) if file == expected));
        drop(opened);
        assert_eq!(fs::read_to_string(data.path().join(expected)).unwrap(), content);
    }
}

#[test]
fn of_many_processes_that_find_damage_one_sets_it_aside() {
    for _ in 0..10 {
        let data = tempfile::tempdir().unwrap();
        fs::write(data.path().join("ledger.db"), "damage").unwrap();
        let found = begin_at_once(data.path(), 5);
        let aside = found.iter().filter(|found| matches!(found, Found::SetAside(_)));
        assert_eq!(aside.count(), 1, "{found:?}");
        assert_eq!(found.iter().filter(|found| **found == Found::AsItWas).count(), 4);
        let ledger = open(data.path(), &Found::AsItWas);
        assert_eq!(ledger.outbox(&account()).unwrap().len(), 5);
        assert_eq!(fs::read_to_string(data.path().join(SET_ASIDE)).unwrap(), "damage");
    }
}

#[test]
fn a_ledger_that_another_process_has_open_is_not_taken_from_it() {
    let data = ledger_with(1);
    let other = open(data.path(), &Found::AsItWas);
    raw(data.path()).execute_batch("PRAGMA user_version = 99").unwrap();
    let refused = SqliteLedger::open(data.path(), start()).map(|opened| opened.found);
    assert_eq!(refused, Err(LedgerFailure::FromNewerVersion(99)));
    other.enter(&submission(2)).unwrap();
    assert!(!data.path().join(SET_ASIDE).exists());
    drop(other);
    check_set_aside(data.path(), |why| *why == LedgerFailure::FromNewerVersion(99));
}

#[test]
fn damage_that_is_met_later_sets_the_ledger_aside_at_the_next_opening() {
    let data = ledger_with(200);
    let leaf: u64 = raw(data.path())
        .query_row(
            "SELECT max(pageno) FROM dbstat WHERE name = 'steps' AND pagetype = 'leaf'",
            (),
            |row| row.get::<_, i64>(0),
        )
        .unwrap()
        .try_into()
        .unwrap();
    let mut bytes = fs::read(data.path().join("ledger.db")).unwrap();
    let page = usize::try_from((leaf - 1) * 4_096).unwrap();
    bytes[page..page + 4_096].fill(0xaa);
    fs::write(data.path().join("ledger.db"), bytes).unwrap();

    let ledger = open(data.path(), &Found::AsItWas);
    let met: Vec<LedgerFailure> = (1..=200).filter_map(|number| ledger.steps(id(number)).err()).collect();
    assert!(!met.is_empty() && met.iter().all(is_damaged), "{met:?}");
    assert_eq!(ledger.history(&account(), 0, 500).unwrap().len(), 200);
    drop(ledger);
    check_set_aside(data.path(), is_damaged);
}

#[test]
fn a_row_that_cannot_be_understood_sets_the_ledger_aside_at_the_next_opening() {
    let data = ledger_with(2);
    raw(data.path())
        .execute_batch("UPDATE submissions SET why = 'Jane Doe' WHERE key = 1")
        .unwrap();
    let ledger = open(data.path(), &Found::AsItWas);
    assert!(ledger.record(id(2)).is_ok());
    let failure = ledger.record(id(1)).unwrap_err();
    assert!(
        is_damaged(&failure) && !failure.to_string().contains("Jane"),
        "{failure}"
    );
    drop(ledger);
    check_set_aside(data.path(), is_damaged);
}

/// Whatever the disk made of the bytes: an answer or a failure, never a panic, and nothing is sent on a guess.
#[test]
fn any_flipped_bits_give_an_answer_or_a_failure() {
    let whole = ledger_with(40);
    let bytes = fs::read(whole.path().join("ledger.db")).unwrap();
    let mut met = 0;
    for seed in 0..150_u64 {
        let mut flipped = bytes.clone();
        let mut lot = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
        for _ in 0..=seed % 16 {
            lot = lot
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            let place = usize::try_from(lot >> 16).unwrap() % flipped.len();
            flipped[place] ^= 1 << (lot >> 8 & 7);
        }
        let data = tempfile::tempdir().unwrap();
        fs::write(data.path().join("ledger.db"), flipped).unwrap();
        let opened = SqliteLedger::open(data.path(), start()).unwrap();
        let ledger = opened.ledger;
        let mut failures: Vec<LedgerFailure> = (1..=40)
            .flat_map(|number| [ledger.steps(id(number)).err(), ledger.record(id(number)).err()])
            .flatten()
            .collect();
        failures.extend(ledger.history(&account(), 0, 500).err());
        failures.extend(ledger.since(&account(), start()).err());
        failures.extend(ledger.enter(&submission(1_000)).err());
        met += usize::from(!failures.is_empty() || opened.found != Found::AsItWas);
        let is_told = |failure: &LedgerFailure| is_damaged(failure) || matches!(failure, LedgerFailure::Other(_));
        assert!(failures.iter().all(is_told), "seed {seed}: {failures:?}");
    }
    assert!(met > 20, "{met} of 150 were noticed");
}

#[test]
fn a_doubt_that_proves_empty_is_forgotten() {
    let data = ledger_with(20);
    let doubt = data.path().join("ledger.doubt");
    File::create(&doubt).unwrap();
    let ledger = open(data.path(), &Found::AsItWas);
    assert_eq!(ledger.history(&account(), 0, 500).unwrap().len(), 20);
    assert!(!doubt.exists());
}

#[test]
fn a_folder_that_is_missing_or_in_the_way_is_told_without_its_name() {
    let data = tempfile::tempdir().unwrap();
    let missing = SqliteLedger::open(&data.path().join("jane"), start()).unwrap_err();
    fs::create_dir(data.path().join("ledger.db")).unwrap();
    let in_the_way = SqliteLedger::open(data.path(), start()).unwrap_err();
    for failure in [missing, in_the_way] {
        assert!(matches!(failure, LedgerFailure::Other(_)), "{failure:?}");
        let text = failure.to_string();
        assert!(!text.contains("jane") && !text.contains("ledger.db"), "{text}");
    }
    assert!(data.path().join("ledger.db").is_dir());
}

#[cfg(unix)]
#[test]
fn only_its_owner_may_read_the_ledger() {
    use std::os::unix::fs::PermissionsExt;
    let data = tempfile::tempdir().unwrap();
    let ledger = open(data.path(), &Found::New);
    ledger.enter(&submission(1)).unwrap();
    for name in ["ledger.db", "ledger.db-wal", "ledger.db-shm"] {
        let mode = data.path().join(name).metadata().unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{name}");
    }
}

#[test]
fn no_name_of_a_chosen_file_stands_in_the_ledger_in_clear() {
    let data = ledger_with(3);
    let ledger = open(data.path(), &Found::AsItWas);
    let columns: Vec<String> = {
        let connection = raw(data.path());
        let mut statement = connection
            .prepare("SELECT m.name || '.' || c.name FROM sqlite_schema m, pragma_table_info(m.name) c WHERE m.type = 'table' AND c.type = 'BLOB' ORDER BY 1")
            .unwrap();
        let rows = statement.query_map((), |row| row.get(0)).unwrap();
        rows.map(Result::unwrap).collect()
    };
    assert_eq!(
        columns,
        [
            "prints.print",
            "submissions.id",
            "submissions.sealed_name",
            "submissions.sha256"
        ]
    );
    assert_eq!(
        ledger.record(id(1)).unwrap().unwrap().entered.sealed_name,
        Some(vec![0, 1, 2, 0xff])
    );
}

#[test]
fn what_was_set_aside_is_told_at_each_opening_until_somebody_acknowledges_it() {
    let data = tempfile::tempdir().unwrap();
    let mut expected = Vec::new();
    for content in ["damage", "more damage"] {
        fs::write(data.path().join("ledger.db"), content).unwrap();
        let opened = SqliteLedger::open(data.path(), start()).unwrap();
        let Found::SetAside(set_aside) = opened.found else {
            panic!("{:?}", opened.found);
        };
        expected.push(set_aside);
        expected.sort_by(|a, b| a.file.cmp(&b.file));
        assert_eq!(opened.unread, expected, "the one that finds it says so");
    }
    for _ in 0..2 {
        let again = SqliteLedger::open(data.path(), start()).unwrap();
        assert_eq!((again.found, &again.unread), (Found::AsItWas, &expected));
    }
    let opened = SqliteLedger::open(data.path(), start()).unwrap();
    opened.ledger.acknowledge(&expected[0].file).unwrap();
    opened.ledger.acknowledge("../settings.toml").unwrap();
    drop(opened);
    let again = SqliteLedger::open(data.path(), start()).unwrap();
    assert_eq!(again.unread, expected[1..]);
    for set_aside in &expected {
        assert!(data.path().join(&set_aside.file).exists(), "it stays");
    }
}

#[test]
fn why_a_ledger_was_set_aside_is_still_known_later() {
    let data = ledger_with(1);
    raw(data.path()).execute_batch("PRAGMA user_version = 99").unwrap();
    let Found::SetAside(set_aside) = SqliteLedger::open(data.path(), start()).unwrap().found else {
        panic!("it was used")
    };
    assert_eq!(set_aside.why, LedgerFailure::FromNewerVersion(99));
    let later = SqliteLedger::open(data.path(), start()).unwrap();
    assert_eq!(later.unread, [set_aside]);
}
