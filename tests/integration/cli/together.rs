//! A `send` while another Dropoff works in the same data folder.

use std::{
    thread,
    time::{Duration, Instant},
};

use dropoff::{
    adapters::{ledger::SqliteLedger, system::CourierLock},
    domain::submission::{NewSubmission, Record, State},
    ports::Ledger,
};

use super::*;
use crate::ledger::scene::{id, named, start, submission, waiting};

/// Never reached by a test that passes.
const LIMIT: Duration = Duration::from_mins(1);

/// What `send` has entered, as soon as it has.
#[track_caller]
fn entered(ledger: &SqliteLedger) -> Record {
    let began = Instant::now();
    while began.elapsed() < LIMIT {
        if let Some(record) = ledger.outbox_of_all().unwrap().pop() {
            return record;
        }
        thread::sleep(Duration::from_millis(20));
    }
    panic!("nothing was entered for a minute")
}

#[test]
fn a_send_reports_the_files_that_it_was_given_and_no_other_ones() {
    let desk = Desk::new();
    let registry = Registry::start(&desk);
    registry.set_account(&desk);
    let ledger = SqliteLedger::open(&desk.data(), start()).unwrap().ledger;
    let turn = CourierLock::take(&desk.data()).unwrap().unwrap();
    let file = desk.file("november.hl7", EXPORT);
    let (sent, entered) = thread::scope(|scope| {
        let args = ["send", "--password-stdin", "--json", file.to_str().unwrap()];
        let (desk, registry) = (&desk, &registry);
        let sent = scope.spawn(move || desk.run_with_input(&args, registry.password()));
        // It waits for the turn while another process enters a file of the same account.
        let entered = entered(&ledger);
        let other = NewSubmission {
            account: entered.entered.account.clone(),
            destination: entered.entered.destination,
            ..submission(77)
        };
        ledger.enter(&other).unwrap();
        ledger.advance(id(77), &waiting(80)).unwrap();
        drop(turn);
        (sent.join().unwrap(), entered)
    });
    assert_eq!(sent.status.code(), Some(0), "{sent:?}");
    let report = json(&sent);
    let submissions = report["submissions"].as_array().unwrap();
    assert_eq!(states(submissions), ["delivered"], "{report}");
    assert_eq!(submissions[0]["sha256"], entered.entered.sha256.to_string());
    let waits = ledger.outbox_of_all().unwrap();
    assert!(
        matches!(&waits[..], [other] if other.entered.id == id(77)),
        "the other file waits still: {waits:?}"
    );
}

#[test]
fn an_outbox_shown_beside_a_dropoff_that_sends_says_that_it_is_being_sent() {
    let desk = Desk::new();
    let registry = Registry::start(&desk);
    registry.set_account_at(&desk, "1");
    let file = desk.file("november.hl7", EXPORT);
    let args = ["send", "--password-stdin", "--json", file.to_str().unwrap()];
    desk.run_with_input(&args, registry.password());
    let ledger = SqliteLedger::open(&desk.data(), start()).unwrap().ledger;
    let waits = ledger.outbox_of_all().unwrap().pop().unwrap();
    let name = "DEMO0126324.hl7";
    let queued = named(State::Queued, 90, name);
    ledger.advance(waits.entered.id, &queued).unwrap();

    let why = || {
        let shown = desk.run(&["outbox", "--json"], &[]);
        assert_eq!(shown.status.code(), Some(3), "{shown:?}");
        let one = json(&shown)["submissions"][0].clone();
        let text = desk.run(&["outbox"], &[]);
        let why = one["why"].as_str().unwrap().to_owned();
        assert!(String::from_utf8_lossy(&text.stdout).contains(&why), "{text:?}");
        (why, one["next_try"].clone())
    };
    let turn = || CourierLock::take(&desk.data()).unwrap().unwrap();
    let at_work = turn();
    let (in_line, _) = why();
    assert!(
        in_line.contains("another Dropoff on this computer is sending"),
        "{in_line}"
    );
    let claimed = named(State::NameClaimed, 91, name);
    ledger.claim(waits.entered.id, name, &claimed).unwrap();
    let sending = named(State::Sending, 92, name);
    ledger.advance(waits.entered.id, &sending).unwrap();
    let (now, next_try) = why();
    assert!(now.contains("being sent now, by another Dropoff"), "{now}");
    assert_eq!(next_try, Value::Null);

    // Whoever had it is gone.
    drop(at_work);
    let (left, _) = why();
    assert!(left.contains("Dropoff was closed"), "{left}");
    drop(turn());
}
