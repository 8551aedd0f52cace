//! A ledger of 100,000 submissions: opening it and showing Past files, writing a step beside the bare fsync, a look that
//! brings nothing new.

#![expect(
    clippy::print_stdout,
    clippy::expect_used,
    reason = "a benchmark prints its figures and may fail"
)]

use std::{
    fs::File,
    hint::black_box,
    io::{Seek, SeekFrom, Write},
    path::Path,
    time::{Duration, Instant},
};

use chrono::{DateTime, TimeDelta, Utc};
use dropoff::{
    adapters::ledger::SqliteLedger,
    domain::{
        account::AccountId,
        check::repair::Made,
        person::Person,
        receipt::Destination,
        remote::{FoldersSeen, RemoteFile},
        submission::{By, ContentHash, Copy, Counts, Delivery, NewSubmission, State, Step, SubmissionId, Wish},
    },
    ports::ledger::{Claim, Ledger},
};
use rusqlite::{Connection, params};
use uuid::Uuid;

const SUBMISSIONS: u32 = 100_000;
const STEPS_MEASURED: u32 = 2_000;
/// What a step may take beside its fsync.
const LIMIT: Duration = Duration::from_millis(1);
/// Where SQLite moves its log into the file and begins it anew.
const LOG_BYTES: u64 = 1_000 * 4_120;

/// One submission for each hour before now, each like the first one, which the ledger itself wrote.
const MULTIPLY: &str = "
CREATE TEMP TABLE hours AS WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?1 - 1)
    SELECT i, strftime('%Y-%m-%dT%H:%M:%S.000000000Z', '2026-11-20 15:12:00', format('-%d hours', ?1 - i)) AS at FROM n;
";
const MULTIPLY_SUBMISSIONS: &str = "
INSERT INTO submissions (id, account, destination, entered_at, user, computer, initials, size_bytes, sha256, messages,
    patients, vaccinations, first_vaccination, last_vaccination, sending_facility, copy, sealed_name, state, since,
    sent_as, wish, tries, delivery, delivered_at, at_registry_at, picked_up_at, reported_at)
SELECT randomblob(16), account, destination, h.at, user, computer, initials, size_bytes, randomblob(32), messages,
    patients, vaccinations, first_vaccination, last_vaccination, sending_facility, copy, sealed_name, state, h.at,
    format('CLINIC01_%d.hl7', h.i), wish, tries, delivery, h.at, h.at, h.at, h.at
FROM hours AS h, submissions AS s WHERE s.key = 1 ORDER BY h.i;
INSERT INTO steps (submission, state, at, user, computer, initials, sent_as, until, why, delivery, wish)
SELECT s.key, t.state, s.since, t.user, t.computer, t.initials, s.sent_as, t.until, t.why, t.delivery, t.wish
FROM submissions AS s, steps AS t WHERE t.submission = 1 AND s.key > 1 ORDER BY s.key, t.key;
INSERT INTO names (account, lower_name, name, submission)
SELECT account, lower(sent_as), sent_as, key FROM submissions WHERE key > 1;
";

fn main() {
    // Not the system's own temporary folder: that may lie in memory, where a sync costs nothing.
    let data = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).expect("a folder");
    fill(data.path());
    let bytes = data.path().join("ledger.db").metadata().expect("it is there").len();
    println!("{SUBMISSIONS} submissions with 7 steps each, {} MB", bytes / 1_000_000);
    for _ in 0..3 {
        show(data.path());
    }
    prove(data.path());
    write_steps(data.path());
    look_again(data.path());
    check_wholly(data.path());
}

fn now() -> DateTime<Utc> {
    "2026-11-20T15:12:00Z".parse().expect("a time")
}

fn account() -> AccountId {
    AccountId::of("CLINIC01", "ftp.example.org")
}

fn by() -> By {
    By {
        person: Person {
            user: "rose".to_owned(),
            computer: "FRONT-DESK".to_owned(),
        },
        initials: "rm".to_owned(),
    }
}

fn submission(id: SubmissionId) -> NewSubmission {
    NewSubmission {
        id,
        account: account(),
        destination: Destination::Live,
        at: now() - TimeDelta::hours(i64::from(SUBMISSIONS)),
        by: by(),
        size_bytes: 48_213,
        sha256: ContentHash([7; 32]),
        counts: Counts {
            messages: 40,
            patients: 38,
            vaccinations: 61,
            first_vaccination: Some(now().date_naive()),
            last_vaccination: Some(now().date_naive()),
            sending_facility: Some("Invented Clinic".to_owned()),
        },
        copy: Copy::Sealed,
        sealed_name: Some(vec![0x5a; 60]),
        repairs: Made::default(),
    }
}

fn step(state: State, name: &str) -> Step {
    let delivery = Delivery {
        sent_as: name.to_owned(),
        began: now(),
        verified: now(),
        verified_bytes: 48_213,
        reply: "226 Transfer complete".to_owned(),
    };
    Step {
        state,
        at: now(),
        by: by(),
        sent_as: Some(name.to_owned()),
        until: None,
        why: None,
        delivery: (state == State::Delivered).then_some(delivery),
        wish: Wish::Send,
    }
}

fn open(data: &Path) -> SqliteLedger {
    SqliteLedger::open(data, now()).expect("a ledger").ledger
}

fn fill(data: &Path) {
    let ledger = open(data);
    let id = SubmissionId(Uuid::new_v4());
    let name = "CLINIC01_0.hl7";
    ledger.enter(&submission(id)).expect("entered");
    let claim = ledger.claim(id, name, &step(State::NameClaimed, name));
    assert_eq!(claim, Ok(Claim::Ours));
    for state in [
        State::Sending,
        State::Delivered,
        State::AtRegistry,
        State::PickedUp,
        State::Reported,
    ] {
        ledger.advance(id, &step(state, name)).expect("a step");
    }
    ledger.note_seen(&look()).expect("a look");
    drop(ledger);
    let connection = Connection::open(data.join("ledger.db")).expect("the file");
    connection
        .execute_batch("PRAGMA synchronous = OFF; BEGIN")
        .expect("faster");
    connection.execute(MULTIPLY, params![SUBMISSIONS]).expect("hours");
    connection.execute_batch(MULTIPLY_SUBMISSIONS).expect("submissions");
    connection
        .execute_batch("COMMIT; PRAGMA wal_checkpoint(TRUNCATE)")
        .expect("on the disk");
}

/// What the window does when it starts.
fn show(data: &Path) {
    let began = Instant::now();
    let (ledger, opening) = timed(|| open(data));
    let (history, page) = timed(|| ledger.history(&account(), 0, 200).expect("a page"));
    let (month, this_month) = timed(|| ledger.since(&account(), now() - TimeDelta::days(20)).expect("a month"));
    let (seen, files) = timed(|| ledger.seen_files(&account(), 500).expect("seen files"));
    let together = began.elapsed();
    assert_eq!((history.len(), seen.len()), (200, 500));
    println!(
        "opening {}, a page of 200 {}, {} of this month {}, 500 seen files {}: together {}",
        millis(opening),
        millis(page),
        month.len(),
        millis(this_month),
        millis(files),
        millis(together)
    );
    black_box((history, month, seen));
}

/// What the monthly proof and the history of everything read.
fn prove(data: &Path) {
    let ledger = open(data);
    let month = Some(now() - TimeDelta::days(91)..now());
    let (courses, took) = timed(|| ledger.courses(&account(), &month).expect("courses"));
    println!(
        "{} submissions of three months with their steps: {}",
        courses.len(),
        millis(took)
    );
    let (courses, took) = timed(|| ledger.courses(&account(), &None).expect("courses"));
    println!("all {} with their steps: {}", courses.len(), millis(took));
    let (unexplained, took) = timed(|| ledger.unexplained(&account()).expect("files"));
    println!(
        "{} files in Accepted that nobody here sent: {}",
        unexplained.len(),
        millis(took)
    );
    black_box((courses, unexplained));
}

fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let began = Instant::now();
    let done = work();
    (done, began.elapsed())
}

/// In turn: a step, and the same number of bytes written and synced to a file beside the ledger, which is what the disk takes.
fn write_steps(data: &Path) {
    let ledger = open(data);
    let id = SubmissionId(Uuid::new_v4());
    ledger.enter(&submission(id)).expect("entered");
    let log_bytes = || data.join("ledger.db-wal").metadata().expect("a log").len();
    let before = log_bytes();
    ledger.advance(id, &step(State::Held, "A.hl7")).expect("a step");
    let step_bytes = log_bytes() - before;
    let mut beside = File::create(data.join("beside")).expect("a file");
    let pages = vec![0x5a; usize::try_from(step_bytes).expect("some pages")];
    let (mut steps, mut syncs) = (Vec::new(), Vec::new());
    for round in 0..STEPS_MEASURED {
        let state = if round % 2 == 0 { State::Queued } else { State::Held };
        let step = step(state, "A.hl7");
        steps.push(timed(|| ledger.advance(id, &step).expect("a step")).1);
        let sync = timed(|| {
            if beside.stream_position().expect("a place") > LOG_BYTES {
                beside.seek(SeekFrom::Start(0)).expect("the beginning");
            }
            beside.write_all(&pages).expect("written");
            beside.sync_all().expect("synced");
        });
        syncs.push(sync.1);
    }
    println!("a step writes {step_bytes} bytes");
    let beyond = steps
        .iter()
        .zip(&syncs)
        .filter(|(step, sync)| step.saturating_sub(**sync) > LIMIT);
    println!(
        "{} of {STEPS_MEASURED} took more than {} beside the fsync",
        beyond.count(),
        millis(LIMIT)
    );
    let (step, sync) = (spread("a step", steps), spread("bare fsync of as many bytes", syncs));
    println!("a step beside its fsync: {}", millis(step.saturating_sub(sync)));
}

fn spread(what: &str, mut times: Vec<Duration>) -> Duration {
    times.sort();
    let at = |percent: usize| {
        times
            .get((times.len() - 1) * percent / 100)
            .copied()
            .unwrap_or_default()
    };
    println!(
        "{what}: half of them under {}, 99 of 100 under {}, the longest {}",
        millis(at(50)),
        millis(at(99)),
        millis(at(100))
    );
    at(50)
}

fn look() -> FoldersSeen {
    let accepted = (0..500).map(|number| RemoteFile {
        name: format!("CLINIC01_20261120_{number}.hl7"),
        size_bytes: Some(48_213),
        modified: Some(now().naive_utc() - TimeDelta::hours(number)),
    });
    FoldersSeen {
        at: now(),
        account: account(),
        dropoff: Vec::new(),
        accepted: accepted.collect(),
        reports: Vec::new(),
        receive: Vec::new(),
    }
}

fn look_again(data: &Path) {
    let ledger = open(data);
    let witness = open(data);
    let before = witness.changes().expect("a number");
    let look = look();
    let ((), took) = timed(|| ledger.note_seen(&look).expect("a look"));
    assert_eq!(witness.changes(), Ok(before), "it wrote");
    println!("a look at 500 names, nothing new: {}", millis(took));
}

/// What the next opening costs after damage was met.
fn check_wholly(data: &Path) {
    File::create(data.join("ledger.doubt")).expect("a doubt");
    let (_ledger, took) = timed(|| open(data));
    println!("opening with a look at every page and row: {}", millis(took));
}

fn millis(time: Duration) -> String {
    format!("{:.2} ms", time.as_secs_f64() * 1_000.0)
}
