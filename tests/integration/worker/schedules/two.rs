//! Two computers of one clinic, each with its own ledger, at one registry through one account, word by word in turns.
//!
//! A put that finds its name free and begins to write is one act here: what happens between the two belongs to the server.
//! The registry takes nothing in the first half minute after it arrived: a name that came and went between somebody's look and
//! their next word shows to nobody. No content is the beginning of another: as a whole file under a name that another computer
//! has just lost it could not be told from a part.

use std::panic::{AssertUnwindSafe, catch_unwind};

use super::{Tally, clinic::Clinic, count, is_alone, plan::CALM_AFTER_ROUNDS, play, tell, truth};
use crate::support::{
    baton::Baton,
    clinic::content,
    fake_registry::{FakeRegistry, Fault, Manners, Moment, Owner, Rest, Takes},
    lot::Lot,
    mortal::{Kill, Life},
};
use dropoff::domain::failure::Trouble;

const ROUNDS: usize = CALM_AFTER_ROUNDS + 40;

#[derive(Debug, Clone)]
struct Plan {
    /// For each computer.
    files: [Vec<(u32, usize)>; 2],
    faults: Vec<(usize, Fault)>,
    kills: [Vec<Kill>; 2],
    manners: Manners,
}

impl Plan {
    fn of(seed: u64) -> Self {
        let mut lot = Lot::of(seed ^ 0x0007_770f);
        let size = lot.one_of(&[3, 900, 70_000, 200_000]);
        let files = |lot: &mut Lot| -> Vec<(u32, usize)> {
            // Of four contents each computer wants some: often the same, often of the same size.
            let mut files: Vec<(u32, usize)> = (0..=lot.below(3))
                .map(|_| u32::try_from(lot.below(4)).unwrap() + 1)
                .map(|seed| (seed, size + usize::from(seed == 4)))
                .collect();
            files.sort_unstable();
            files.dedup();
            files
        };
        let files = [files(&mut lot), files(&mut lot)];
        let faults = (0..lot.below(6))
            .map(|_| (lot.size_below(5), draw_fault(&mut lot)))
            .collect();
        let mut kills = || -> Vec<Kill> {
            let at = lot.size_below(40);
            lot.one_of(&[vec![], vec![], vec![Kill::BeforeWrite(at)], vec![Kill::AfterWord(at)]])
        };
        let kills = [kills(), kills()];
        let takes = Takes {
            after: (90, 300),
            between: lot.one_of(&[0, 20]),
            short: lot.one_of(&[0, 20]),
            parts: false,
        };
        let manners = Manners {
            word_millis: 200,
            takes: lot.percent(60).then_some(takes),
            ..Manners::default()
        };
        Self {
            files,
            faults,
            kills,
            manners,
        }
    }
}

fn draw_fault(lot: &mut Lot) -> Fault {
    let ended = lot.one_of(&[Trouble::ConnectionLost, Trouble::Silent, Trouble::Busy]);
    let moment = lot.one_of(&[Moment::Open, Moment::List, Moment::Put, Moment::Fetch, Moment::Remove]);
    let at = lot.one_of(&[0, 1, 500, 66_000, 150_000, usize::MAX - 1]);
    match lot.below(5) {
        0 => Fault::Ends(moment, ended),
        1 => Fault::ActsAndEnds(Moment::Put, ended),
        2 => Fault::Loses(at, Rest::ThrownAway, ended),
        3 => Fault::Dies(at, Rest::Kept),
        _ => Fault::Loses(at, Rest::Kept, ended),
    }
}

fn round(clinics: &mut [Clinic; 2], baton: &Baton) {
    for clinic in clinics.iter_mut() {
        clinic.revive();
        clinic.enter();
    }
    let batches = clinics.each_mut().map(Clinic::batch);
    let runners: Vec<usize> = (0..2)
        .filter(|who| !clinics[*who].office.life.is_dead() && !batches[*who].is_empty())
        .collect();
    baton.start(&runners);
    for who in &runners {
        clinics[*who].hand_over(&batches[*who]);
    }
    // Nobody checks anything while the other still works.
    let heard: Vec<_> = runners
        .iter()
        .map(|who| (*who, clinics[*who].listen(&batches[*who])))
        .collect();
    for (who, outcomes) in heard {
        clinics[who].believe(&batches[who], outcomes);
    }
    for clinic in clinics.iter_mut() {
        clinic.revive();
    }
    let at = usize::from(clinics[0].is_done());
    clinics[at].wait();
}

fn two_computers(seed: u64, account: &mut String, tally: &mut Tally) {
    let plan = Plan::of(seed);
    *account = format!("{plan:#?}\n");
    let baton = Baton::new(Lot::of(seed));
    let registry = FakeRegistry::default();
    let first = registry.from(Owner::Dropoff, Life::default(), Some((baton.clone(), 0)));
    let second = registry.from(Owner::SecondDropoff, Life::default(), Some((baton.clone(), 1)));
    {
        let mut state = first.state();
        state.manners = plan.manners.clone();
        state.faults.clone_from(&plan.faults);
        state.lot = Lot::of(seed ^ 0x4e61);
    }
    first.life.plan(&plan.kills[0], &[]);
    second.life.plan(&plan.kills[1], &[]);
    let contents = |who: usize| {
        let files = plan.files[who].iter();
        files.map(|(seed, size)| content(*seed, *size)).collect::<Vec<_>>()
    };
    let mut clinics = [
        Clinic::new(first, contents(0), 2 * seed, 10),
        Clinic::new(second, contents(1), 2 * seed + 1, 10),
    ];
    let played = catch_unwind(AssertUnwindSafe(|| {
        for at in 0..ROUNDS {
            if at == CALM_AFTER_ROUNDS {
                clinics.iter_mut().for_each(Clinic::calm_down);
            }
            if clinics.iter().all(Clinic::is_done) {
                break;
            }
            round(&mut clinics, &baton);
        }
        for clinic in &clinics {
            assert!(clinic.is_done(), "not everything was delivered after {ROUNDS} rounds");
        }
        clinics[0].office.clock.pass(chrono::TimeDelta::minutes(10));
        clinics[0].office.registry.catch_up();
        for clinic in &clinics {
            truth::check_all(clinic, false);
        }
    }));
    if played.is_err() || is_alone() {
        for clinic in &clinics {
            tell(clinic, account);
        }
    }
    if let Err(panic) = played {
        std::panic::resume_unwind(panic);
    }
    for clinic in &clinics {
        count(clinic, tally);
    }
}

#[test]
fn two_computers_at_once_send_each_content_once_and_never_under_one_name() {
    let (schedules, tally) = play(4, two_computers);
    if schedules >= 250 {
        for what in ["killed", "not there", "part removed", "duplicate", "delivered"] {
            let times = tally.get(what).copied().unwrap_or_default();
            assert!(times >= 5, "{what}: {times} times in {schedules} schedules: {tally:?}");
        }
    }
    println!("{schedules} schedules: {tally:?}");
}
