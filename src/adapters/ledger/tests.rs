//! What only the inside of the ledger can be asked.

use rusqlite::{Connection, params};
use tempfile::TempDir;

use super::*;
use crate::domain::{receipt::Destination, submission::Why};

fn now() -> DateTime<Utc> {
    "2026-11-20T15:12:00Z".parse().unwrap()
}

fn account() -> AccountId {
    AccountId::of("CLINIC01", "ftp.example.org")
}

fn id() -> SubmissionId {
    SubmissionId(uuid::Uuid::from_u128(7))
}

/// A ledger as the first version wrote it, with a submission, its steps and its name in it.
fn ledger_of_version_1() -> TempDir {
    let data = tempfile::tempdir().unwrap();
    let mut connection = Connection::open(data.path().join("ledger.db")).unwrap();
    schema::migrate_to(&mut connection, 1).unwrap();
    connection
        .execute_batch(
            r#"
            INSERT INTO accounts (id) VALUES ('CLINIC01@ftp.example.org');
            INSERT INTO submissions (id, account, destination, entered_at, user, computer, initials, size_bytes, sha256,
                messages, patients, vaccinations, first_vaccination, copy, sealed_name, state, since, sent_as, why, tries,
                wish)
            VALUES (x'00000000000000000000000000000007', 1, 'testing', '2026-11-20T15:12:00.000000000Z', 'rose',
                'FRONT-DESK', 'rm', 48213, zeroblob(32), 40, 38, 61, '2026-11-13', 'sealed', x'0102',
                'unknown', '2026-11-20T15:14:00.000000000Z', 'A.hl7', '{"version":1,"why":"interrupted"}', 1,
                'send');
            INSERT INTO steps (submission, state, at, user, computer, initials, sent_as, why, wish) VALUES
                (1, 'queued', '2026-11-20T15:12:00.000000000Z', 'rose', 'FRONT-DESK', 'rm', NULL, NULL, 'send'),
                (1, 'unknown', '2026-11-20T15:14:00.000000000Z', 'rose', 'FRONT-DESK', 'rm', 'A.hl7',
                    '{"version":1,"why":"interrupted"}', 'cancel');
            INSERT INTO names (account, lower_name, name, submission) VALUES (1, 'a.hl7', 'A.hl7', 1);
            "#,
        )
        .unwrap();
    data
}

#[test]
fn a_ledger_of_the_first_version_is_brought_to_the_newest_with_all_that_is_in_it() {
    let data = ledger_of_version_1();
    let Opened { ledger, found, .. } = SqliteLedger::open(data.path(), now()).unwrap();
    assert_eq!(found, Found::AsItWas);
    let record = ledger.record(id()).unwrap().unwrap();
    assert_eq!(record.state, State::Unknown);
    assert_eq!(record.why, Some(Why::Interrupted));
    assert_eq!(record.tries, 1);
    assert_eq!(record.entered.destination, Destination::Testing);
    assert_eq!(record.entered.at, now());
    assert!(record.entered.repairs.is_nothing());
    let states: Vec<State> = ledger.steps(id()).unwrap().iter().map(|step| step.state).collect();
    assert_eq!(states, [State::Queued, State::Unknown]);
    assert_eq!(ledger.is_name_used(&account(), "a.HL7"), Ok(true));

    let print = VaccinationPrint([3; 16]);
    ledger.keep_prints(id(), &[print]).unwrap();
    ledger.note_refusal(&account(), now()).unwrap();
    drop(ledger);
    let again = SqliteLedger::open(data.path(), now()).unwrap();
    assert_eq!(again.found, Found::AsItWas);
    assert_eq!(again.ledger.refused_since(&account()), Ok(Some(now())));
}

#[test]
fn a_ledger_from_before_facilities_were_kept_has_learned_none_and_learns_from_the_next_delivery() {
    let data = ledger_of_version_1();
    let connection = Connection::open(data.path().join("ledger.db")).unwrap();
    let delivered = "UPDATE submissions SET state = 'delivered', sending_facility = '1100100033'";
    connection.execute(delivered, ()).unwrap();
    drop(connection);
    let ledger = SqliteLedger::open(data.path(), now()).unwrap().ledger;
    assert_eq!(ledger.known_facilities(&account()), Ok(Vec::new()));
    ledger.keep_facilities(id(), &["1117823000".to_owned()]).unwrap();
    assert_eq!(ledger.known_facilities(&account()), Ok(vec!["1117823000".to_owned()]));
}

#[test]
fn every_version_leads_to_the_tables_of_a_new_ledger() {
    let tables = |connection: &Connection| -> Vec<(String, Option<String>)> {
        let mut statement = connection
            .prepare("SELECT name, sql FROM sqlite_schema ORDER BY name")
            .unwrap();
        let rows = statement.query_map((), |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
        rows.map(Result::unwrap).collect()
    };
    let new = SqliteLedger::in_memory().unwrap();
    let expected = tables(&new.connection());
    for version in 1..=schema::newest() {
        let mut connection = Connection::open_in_memory().unwrap();
        schema::migrate_to(&mut connection, version).unwrap();
        assert_eq!(schema::check_origin(&connection), Ok(()));
        schema::migrate(&mut connection).unwrap();
        assert_eq!(tables(&connection), expected);
        assert_eq!(schema::check_tables(&connection), Ok(()));
    }
}

#[test]
fn a_migration_that_fails_leaves_the_version_before_it() {
    let data = ledger_of_version_1();
    let path = data.path().join("ledger.db");
    let connection = Connection::open(&path).unwrap();
    connection.execute_batch("CREATE TABLE prints (x);").unwrap();
    drop(connection);
    assert!(SqliteLedger::open(data.path(), now()).is_err());
    let connection = Connection::open(&path).unwrap();
    let version: u32 = connection
        .pragma_query_value(None, "user_version", |row| row.get(0))
        .unwrap();
    assert_eq!(version, 1);
    assert!(connection.prepare("SELECT * FROM seen_files").is_err());
}

#[test]
fn the_file_refuses_to_change_or_forget_what_was_written() {
    let data = ledger_of_version_1();
    let ledger = SqliteLedger::open(data.path(), now()).unwrap().ledger;
    let connection = ledger.connection();
    let repair = "INSERT INTO repairs (submission, repair, times) VALUES (1, 'line-ends', 1)";
    connection.execute(repair, ()).unwrap();
    for sql in [
        "UPDATE steps SET state = 'queued'",
        "DELETE FROM steps",
        "UPDATE names SET submission = 2",
        "DELETE FROM names",
        "UPDATE repairs SET times = 2",
        "DELETE FROM repairs",
        "DELETE FROM submissions",
    ] {
        let refused = connection.execute(sql, ()).map_err(LedgerFailure::from);
        assert!(matches!(refused, Err(LedgerFailure::Other(_))), "{sql}: {refused:?}");
    }
}

#[test]
fn a_row_that_somebody_wrote_by_hand_is_damage_and_no_panic() {
    for (column, value) in [
        ("state", "'Jane Doe'"),
        ("since", "'Jane Doe'"),
        ("entered_at", "'2026-13-45T00:00:00Z'"),
        ("until", "''"),
        ("why", "'{}'"),
        ("delivery", "'Jane Doe'"),
        ("copy", "'Jane Doe'"),
        ("copy_removed_at", "'2026-11-20T15:12:00Z'"),
        ("destination", "'Jane Doe'"),
        ("first_vaccination", "'Jane Doe'"),
        ("tries", "99999999999"),
        ("user", "CAST(x'ff' AS TEXT)"),
        ("picked_up_at", "'0'"),
    ] {
        let ledger = SqliteLedger::in_memory().unwrap();
        let data = ledger_of_version_1();
        let path = data.path().join("ledger.db");
        ledger
            .connection()
            .execute("ATTACH ?1 AS old", params![path.to_str().unwrap()])
            .unwrap();
        let fill =
            "INSERT INTO accounts SELECT * FROM old.accounts; INSERT INTO submissions SELECT * FROM old.submissions;";
        ledger.connection().execute_batch(fill).unwrap();
        let sql = format!("UPDATE main.submissions SET {column} = {value}");
        ledger.connection().execute(&sql, ()).unwrap();
        for read in [
            ledger.record(id()).map(drop),
            ledger.history(&account(), 0, 9).map(drop),
        ] {
            let Err(LedgerFailure::Damaged(line)) = &read else {
                panic!("{column}: {read:?}");
            };
            assert!(!line.contains("Jane"), "{line}");
        }
    }
}

#[test]
fn an_account_that_somebody_wrote_by_hand_is_damage() {
    let data = ledger_of_version_1();
    let ledger = SqliteLedger::open(data.path(), now()).unwrap().ledger;
    ledger
        .connection()
        .execute("UPDATE accounts SET id = 'nobody'", ())
        .unwrap();
    assert!(matches!(ledger.record(id()), Err(LedgerFailure::Damaged(_))));
}

#[test]
fn a_ledger_whose_tables_somebody_changed_is_damaged() {
    for change in [
        "DROP TRIGGER steps_stay",
        "DROP INDEX submissions_by_state",
        "DROP TABLE refusals",
        "DROP TABLE facilities",
        "ALTER TABLE accounts ADD COLUMN more TEXT",
        "DROP TRIGGER names_stay; CREATE TRIGGER names_stay BEFORE DELETE ON names BEGIN SELECT 1; END",
    ] {
        let ledger = SqliteLedger::in_memory().unwrap();
        let connection = ledger.connection();
        assert_eq!(schema::check_tables(&connection), Ok(()));
        connection.execute_batch(change).unwrap();
        let check = schema::check_tables(&connection);
        assert!(matches!(check, Err(LedgerFailure::Damaged(_))), "{change}: {check:?}");
    }
}

#[test]
fn the_first_page_of_the_history_is_read_without_sorting_all_of_it() {
    let ledger = SqliteLedger::in_memory().unwrap();
    let connection = ledger.connection();
    let sql = "EXPLAIN QUERY PLAN SELECT * FROM submissions INDEXED BY submissions_in_order
        WHERE account = 1 ORDER BY key DESC LIMIT 200";
    let mut statement = connection.prepare(sql).unwrap();
    let plan: Vec<String> = statement
        .query_map((), |row| row.get(3))
        .unwrap()
        .map(Result::unwrap)
        .collect();
    assert_eq!(plan.len(), 1, "{plan:?}");
}

#[test]
fn a_ledger_in_which_somebody_writes_for_too_long_is_busy_and_stays() {
    let data = tempfile::tempdir().unwrap();
    drop(SqliteLedger::open(data.path(), now()).unwrap());
    let other = Connection::open(data.path().join("ledger.db")).unwrap();
    other
        .execute_batch("PRAGMA locking_mode = EXCLUSIVE; BEGIN IMMEDIATE; UPDATE accounts SET id = id;")
        .unwrap();
    let moment = std::time::Duration::from_millis(20);
    let busy = opening::open(data.path(), now(), moment).map(|opened| opened.found);
    assert_eq!(busy, Err(LedgerFailure::Busy));
    drop(other);
    let opened = opening::open(data.path(), now(), moment).unwrap();
    assert_eq!(opened.found, Found::AsItWas);

    let writer = Connection::open(data.path().join("ledger.db")).unwrap();
    writer.execute_batch("BEGIN IMMEDIATE").unwrap();
    assert_eq!(opened.ledger.note_refusal(&account(), now()), Err(LedgerFailure::Busy));
    assert_eq!(opened.ledger.refused_since(&account()), Ok(None), "reading goes on");
    writer.execute_batch("COMMIT").unwrap();
    assert_eq!(opened.ledger.note_refusal(&account(), now()), Ok(()));
}

#[test]
fn every_writing_is_on_the_disk_when_it_returns() {
    let data = tempfile::tempdir().unwrap();
    let ledger = SqliteLedger::open(data.path(), now()).unwrap().ledger;
    let connection = ledger.connection();
    let number = |pragma: &str| -> i64 { connection.pragma_query_value(None, pragma, |row| row.get(0)).unwrap() };
    assert_eq!(number("synchronous"), 2, "FULL");
    assert_eq!(number("foreign_keys"), 1);
    assert_eq!(number("busy_timeout"), 5_000);
    let mode: String = connection
        .pragma_query_value(None, "journal_mode", |row| row.get(0))
        .unwrap();
    assert_eq!(mode, "wal");
}

#[test]
fn a_full_disk_is_told_and_leaves_the_ledger_as_it_was() {
    let data = ledger_of_version_1();
    let ledger = SqliteLedger::open(data.path(), now()).unwrap().ledger;
    let pages: i64 = ledger
        .connection()
        .pragma_query_value(None, "page_count", |row| row.get(0))
        .unwrap();
    let limit = |pages: i64| {
        let connection = ledger.connection();
        let set = connection.pragma_update_and_check(None, "max_page_count", pages, |_| Ok(()));
        set.unwrap();
    };
    let prints: Vec<VaccinationPrint> = (0..5_000_u128)
        .map(|number| VaccinationPrint(number.to_be_bytes()))
        .collect();
    limit(pages);
    assert_eq!(ledger.keep_prints(id(), &prints), Err(LedgerFailure::DiskFull));
    let rows = || -> i64 {
        let connection = ledger.connection();
        connection
            .query_row("SELECT count(*) FROM prints", (), |row| row.get(0))
            .unwrap()
    };
    assert_eq!(rows(), 0);
    limit(1_000_000);
    assert_eq!(ledger.keep_prints(id(), &prints), Ok(()));
    assert_eq!(rows(), 5_000);
}
