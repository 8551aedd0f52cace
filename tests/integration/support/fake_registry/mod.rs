//! A registry in memory, behind the port: folders, a script of faults, and a memory of what nobody may do.

mod connection;
mod faults;
mod folders;

use std::{
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use chrono::TimeDelta;
use dropoff::{
    domain::{
        account::Account,
        cancel::Cancel,
        failure::{RegistryFailure, Step, Trouble},
        remote::{ConnectionFacts, Folder},
        secret::Secret,
    },
    ports::{Registry, RegistryDoor},
};

use self::connection::Connection;
pub(crate) use self::{
    faults::{Fault, Manners, Moment, Rest, Takes},
    folders::{Owner, State, Stored},
};
use crate::support::{baton::Baton, fake_computer::FakeClock, mortal::Life};

type Hook = Box<dyn FnMut(Moment, u64) + Send>;

/// The registry itself, as one computer reaches it. Clones share it.
#[derive(Clone)]
pub(crate) struct FakeRegistry {
    state: Arc<Mutex<State>>,
    hook: Arc<Mutex<Option<Hook>>>,
    pub(crate) clock: FakeClock,
    /// Of the process that is connected.
    pub(crate) life: Life,
    pub(crate) who: Owner,
    pub(crate) baton: Option<(Baton, usize)>,
    /// Who changes their mind about the file that is being sent.
    pub(crate) cancels: Arc<Mutex<Vec<Cancel>>>,
}

impl Default for FakeRegistry {
    fn default() -> Self {
        Self {
            state: Arc::default(),
            hook: Arc::default(),
            clock: FakeClock::default(),
            life: Life::default(),
            who: Owner::Dropoff,
            baton: None,
            cancels: Arc::default(),
        }
    }
}

impl FakeRegistry {
    /// The same registry, as another process on another computer reaches it.
    pub(crate) fn from(&self, who: Owner, life: Life, turn: Option<(Baton, usize)>) -> Self {
        Self {
            who,
            life,
            baton: turn,
            cancels: Arc::default(),
            ..self.clone()
        }
    }

    pub(crate) fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Goes wrong at the next such moment.
    pub(crate) fn plan(&self, fault: Fault) {
        self.plan_after(0, fault);
    }

    /// Goes wrong when so many such moments have passed.
    pub(crate) fn plan_after(&self, passing: usize, fault: Fault) {
        self.state().faults.push((passing, fault));
    }

    /// Somebody else's file.
    pub(crate) fn seed(&self, folder: Folder, name: &str, bytes: &[u8]) {
        let mut state = self.state();
        let serial = state.store(folder, name, Owner::SomebodyElse);
        state.set_bytes(serial, bytes);
    }

    /// A file of this program, from a run before.
    pub(crate) fn deliver_by_itself(&self, name: &str, bytes: &[u8]) {
        let mut state = self.state();
        let serial = state.store(Folder::Dropoff, name, self.who);
        state.set_bytes(serial, bytes);
    }

    /// Calls this at every moment, and in a put after every chunk with the bytes that arrived.
    pub(crate) fn on_each(&self, hook: impl FnMut(Moment, u64) + Send + 'static) {
        *self.hook.lock().unwrap() = Some(Box::new(hook));
    }

    fn tell(&self, moment: Moment, bytes: u64) {
        if let Ok(mut hook) = self.hook.lock()
            && let Some(hook) = &mut *hook
        {
            hook(moment, bytes);
        }
    }

    /// Who hands the baton on, if there are several; then time passes, and the registry does what it does by itself.
    fn let_time_pass(&self) {
        if let Some((baton, who)) = &self.baton {
            baton.pass(*who);
        }
        let mut state = self.state();
        let most = state.manners.word_millis;
        if most > 0 {
            let millis = state.lot.below(most) + 1;
            self.clock.pass(TimeDelta::milliseconds(i64::try_from(millis).unwrap()));
        }
        state.advance(self.clock.passed());
    }

    /// Everything that happens by itself until now.
    pub(crate) fn catch_up(&self) {
        self.state().advance(self.clock.passed());
    }

    fn stale_by(&self) -> Duration {
        let mut state = self.state();
        let most = state.manners.stale_secs;
        if most > 0 && state.lot.percent(60) {
            Duration::from_secs(state.lot.below(most + 1))
        } else {
            Duration::ZERO
        }
    }
}

impl RegistryDoor for FakeRegistry {
    fn open(&self, _: &Account, password: &Secret, cancel: &Cancel) -> Result<Box<dyn Registry>, RegistryFailure> {
        self.tell(Moment::Open, 0);
        self.let_time_pass();
        let failure = |trouble| RegistryFailure::new(trouble, Step::Login, "scripted");
        let Some(word) = self.life.begin_word() else {
            return Err(failure(Trouble::Offline));
        };
        if cancel.is_requested() {
            return Err(failure(Trouble::Cancelled));
        }
        let mut state = self.state();
        let fault = state.take(Moment::Open);
        if let Some(fault) = &fault {
            state.say(format!("{:?} open: {fault:?}", self.who));
        }
        match fault {
            Some(Fault::Panics(_)) => {
                drop(state);
                fault_inside();
            }
            Some(Fault::Refuses(_, trouble) | Fault::Ends(_, trouble) | Fault::ActsAndEnds(_, trouble)) => {
                return Err(failure(trouble));
            }
            _ => {}
        }
        state.logins.push(password.expose().to_owned());
        if state.password != password.expose() {
            return Err(failure(Trouble::PasswordRefused));
        }
        let open = state.open_connections.entry(self.who).or_default();
        *open += 1;
        if *open > 1 {
            state.violations.push("two connections at once".to_owned());
        }
        drop(state);
        let mut connection = Connection::new(self.clone(), ConnectionFacts::default());
        if !self.life.end_word(word) {
            connection.is_alive = false;
        }
        Ok(Box::new(connection))
    }
}

/// A panic of which nothing is printed: it is part of the script.
fn fault_inside() -> ! {
    std::panic::resume_unwind(Box::new("scripted"))
}
