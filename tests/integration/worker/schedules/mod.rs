//! Thousands of invented days on which everything goes wrong that can: each file arrives once, and every word about it is true.
//!
//! `DROPOFF_SCHEDULES` says how many, `DROPOFF_SCHEDULE_SEED` plays one alone.

mod clinic;
mod plan;
mod truth;
mod two;

use std::{
    collections::BTreeMap,
    fmt::Write as _,
    io::Write as _,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{
        Mutex,
        atomic::{AtomicU64, Ordering},
    },
};

use dropoff::{domain::submission::Why, ports::Ledger};

use self::{clinic::Clinic, plan::Plan};
use crate::support::{clinic::content, fake_registry::FakeRegistry};

const SCHEDULES: u64 = 1_000;
const THREADS: usize = 2;

/// How often something happened.
type Tally = BTreeMap<&'static str, usize>;

/// Plays the schedules of `DROPOFF_SCHEDULES`, or the one of `DROPOFF_SCHEDULE_SEED`, and says what happened in them.
fn play(part: u64, schedule: impl Fn(u64, &mut String, &mut Tally) + Sync) -> (u64, Tally) {
    let number = |name| std::env::var(name).ok().map(|text| text.parse::<u64>().unwrap());
    let (first, last) = match (number("DROPOFF_SCHEDULE_SEED"), number("DROPOFF_SCHEDULES")) {
        (Some(seed), _) => (seed, seed + 1),
        (None, count) => (0, (count.unwrap_or(SCHEDULES) / part).max(1)),
    };
    let next = AtomicU64::new(first);
    let tally = Mutex::new(Tally::new());
    let failed = Mutex::new(BTreeMap::new());
    let run = || {
        let mut mine = Tally::new();
        loop {
            let seed = next.fetch_add(1, Ordering::Relaxed);
            if seed >= last || failed.lock().unwrap().len() >= 3 {
                break;
            }
            let mut account = String::new();
            let played = catch_unwind(AssertUnwindSafe(|| schedule(seed, &mut account, &mut mine)));
            if let Err(panic) = played {
                let text = panic.downcast_ref::<String>().cloned();
                let text = text.or_else(|| panic.downcast_ref::<&str>().map(|text| (*text).to_owned()));
                let why = text.unwrap_or_default();
                failed.lock().unwrap().insert(seed, format!("{account}\n{why}"));
            } else if is_alone() {
                std::io::stderr().write_all(account.as_bytes()).unwrap();
            }
        }
        for (what, times) in mine {
            *tally.lock().unwrap().entry(what).or_default() += times;
        }
    };
    std::thread::scope(|scope| {
        for _ in 0..THREADS {
            scope.spawn(run);
        }
    });
    let mut failed = failed.into_inner().unwrap();
    let seeds: Vec<u64> = failed.keys().copied().collect();
    if let Some((seed, account)) = failed.pop_first() {
        panic!("{account}\nFailed: {seeds:?}. This was schedule {seed}: DROPOFF_SCHEDULE_SEED={seed} plays it alone.");
    }
    (last - first, tally.into_inner().unwrap())
}

/// Whether one schedule is played, to be read.
fn is_alone() -> bool {
    std::env::var_os("DROPOFF_SCHEDULE_SEED").is_some()
}

/// What a reader of a failure needs: the plan, what was said, what the registry saw, what the ledger holds.
fn tell(clinic: &Clinic, account: &mut String) {
    let mut lines: Vec<String> = clinic.said.clone();
    lines.extend(clinic.office.registry.state().journal.iter().cloned());
    lines.sort();
    for line in lines {
        account.push_str(&line);
        account.push('\n');
    }
    for id in clinic.files.iter().filter_map(|file| file.submission) {
        writeln!(account, "{id}").unwrap();
        for step in clinic.office.ledger.steps(id).unwrap() {
            let at = step.at.format("%d %H:%M:%S");
            writeln!(account, "    {at} {:?} {:?} {:?}", step.state, step.sent_as, step.why).unwrap();
        }
    }
}

fn count(clinic: &Clinic, tally: &mut Tally) {
    let mut note = |what, times| *tally.entry(what).or_default() += times;
    note("killed", clinic.office.life.counts().0);
    for id in clinic.files.iter().filter_map(|file| file.submission) {
        for step in clinic.office.ledger.steps(id).unwrap() {
            let what = match step.why {
                Some(Why::NotSeen) => "not seen",
                Some(Why::Gone) => "gone",
                Some(Why::NotThere) => "not there",
                Some(Why::PartRemoved) => "part removed",
                Some(Why::PartStays { .. }) => "part stays",
                Some(Why::TakenUnfinished { .. }) => "taken unfinished",
                Some(Why::NameLost { .. }) => "name lost",
                Some(Why::Interrupted) => "interrupted",
                Some(Why::Duplicate(_)) => "duplicate",
                Some(Why::Copy(_)) => "copy trouble",
                Some(Why::Registry(_)) => "trouble",
                Some(Why::File(_) | Why::TryNow) | None => continue,
            };
            note(what, 1);
        }
        note(clinic.record(id).state.as_str(), 1);
    }
}

fn one_computer(seed: u64, account: &mut String, tally: &mut Tally) {
    let plan = Plan::of(seed);
    *account = format!("{plan:#?}\n");
    let registry = FakeRegistry::default();
    registry.clock.set(plan.begins);
    {
        let mut state = registry.state();
        state.manners = plan.manners.clone();
        state.hides_sizes = plan.hides_sizes;
        state.faults.clone_from(&plan.faults);
        state.lot = crate::support::lot::Lot::of(seed ^ 0x4e61);
        state.remember();
    }
    for (folder, name, seed, size) in &plan.foreign {
        registry.seed(*folder, name, &content(*seed, *size));
    }
    registry.life.plan(&plan.kills, &plan.full);
    let mut clinic = Clinic::new(registry, plan.contents(), plan.seed, plan.impatience);
    let played = catch_unwind(AssertUnwindSafe(|| {
        clinic.work(&plan);
        clinic.office.clock.pass(chrono::TimeDelta::minutes(10));
        clinic.office.registry.catch_up();
        truth::check_all(&clinic, plan.may_leave_parts());
    }));
    if played.is_err() || is_alone() {
        tell(&clinic, account);
    }
    if let Err(panic) = played {
        std::panic::resume_unwind(panic);
    }
    count(&clinic, tally);
}

#[test]
fn whatever_goes_wrong_each_file_arrives_once() {
    let (schedules, tally) = play(1, one_computer);
    if schedules >= SCHEDULES {
        for what in [
            "killed",
            "not seen",
            "not there",
            "part removed",
            "part stays",
            "taken unfinished",
            "name lost",
            "interrupted",
            "duplicate",
            "copy trouble",
            "delivered",
            "cancelled",
        ] {
            let times = tally.get(what).copied().unwrap_or_default();
            assert!(times >= 10, "{what}: {times} times in {schedules} schedules: {tally:?}");
        }
    }
    println!("{schedules} schedules: {tally:?}");
}
