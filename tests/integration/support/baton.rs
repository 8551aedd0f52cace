//! Lets several couriers run in turns that a seed decides: one at a time, so that every run is the same.

use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

use crate::support::lot::Lot;

struct Race {
    /// Who still has something to do.
    runners: Vec<usize>,
    /// Who runs; nobody before the start.
    running: Option<usize>,
    lot: Lot,
}

/// Clones share it.
#[derive(Clone)]
pub(crate) struct Baton(Arc<(Mutex<Race>, Condvar)>);

impl Baton {
    pub(crate) fn new(lot: Lot) -> Self {
        let race = Race {
            runners: Vec::new(),
            running: None,
            lot,
        };
        Self(Arc::new((Mutex::new(race), Condvar::new())))
    }

    fn race(&self) -> MutexGuard<'_, Race> {
        self.0.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// These are about to begin. Whoever begins waits until all are named.
    pub(crate) fn start(&self, runners: &[usize]) {
        let mut race = self.race();
        race.runners = runners.to_vec();
        race.running = None;
        self.choose(&mut race);
    }

    fn choose(&self, race: &mut Race) {
        if !race.runners.is_empty() {
            let at = race.lot.size_below(race.runners.len());
            race.running = race.runners.get(at).copied();
        }
        self.0.1.notify_all();
    }

    /// Hands the baton to whom the lot names, and waits until it comes back.
    pub(crate) fn pass(&self, who: usize) {
        let mut race = self.race();
        if race.running == Some(who) {
            self.choose(&mut race);
        }
        self.wait(race, who);
    }

    /// Whoever begins waits for the baton, also when it has been waiting for them.
    pub(crate) fn arrive(&self, who: usize) {
        self.wait(self.race(), who);
    }

    fn wait(&self, race: MutexGuard<'_, Race>, who: usize) {
        let is_waiting = |race: &mut Race| race.runners.contains(&who) && race.running != Some(who);
        drop(self.0.1.wait_while(race, is_waiting).unwrap());
    }

    /// It has nothing left to do.
    pub(crate) fn leave(&self, who: usize) {
        let mut race = self.race();
        race.runners.retain(|runner| *runner != who);
        if race.running == Some(who) {
            self.choose(&mut race);
        }
    }
}
