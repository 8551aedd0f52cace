//! What can happen to whoever lets something go: it dies, it refuses, or somebody else needs it.

use std::{
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
};

use dropoff::{
    adapters::{data_folder::OwnFolder, keychain::Keychain},
    demo::Demo,
    domain::{
        account::AccountId,
        failure::{LedgerFailure, VaultFailure},
        retire::LastLook,
        secret::Secret,
    },
    ports::{AloneInFolder, DataFolder, DemoAccess, DemoStarter, Kept, OwnFiles, SealKey, SealKeys, SignIn, Vault},
};

/// Helpful by default.
#[derive(Clone, Default)]
pub(super) struct Mood {
    /// How many moments it lives: there is one before and one after each act.
    pub(super) dies_after: Option<Arc<AtomicUsize>>,
    /// A copy that goes before the others, so that it can die between them.
    pub(super) first_copy: Option<PathBuf>,
    /// Files that the system does not let go.
    pub(super) refuses: Option<OwnFiles>,
    /// Another data folder has copies under the same key.
    pub(super) has_a_neighbour: bool,
}

impl Mood {
    pub(super) fn dying_after(moments: usize, first_copy: PathBuf) -> Self {
        Self {
            dies_after: Some(Arc::new(AtomicUsize::new(moments))),
            first_copy: Some(first_copy),
            ..Self::default()
        }
    }

    fn act<T>(&self, act: impl FnOnce() -> T) -> T {
        self.moment();
        let done = act();
        self.moment();
        done
    }

    fn moment(&self) {
        let Some(left) = &self.dies_after else { return };
        let lived = left.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| left.checked_sub(1));
        assert!(lived.is_ok(), "killed");
    }
}

/// Something real, in this mood.
pub(super) struct Moody<T> {
    mood: Mood,
    real: T,
}

impl<T> Moody<T> {
    pub(super) fn of(mood: &Mood, real: T) -> Self {
        Self {
            mood: mood.clone(),
            real,
        }
    }
}

/// Whether the system starts Dropoff at sign-in.
pub(super) struct SignInEntry(pub(super) Arc<AtomicBool>);

impl SignIn for Moody<SignInEntry> {
    fn add(&self) -> Result<(), String> {
        Err("nobody adds it here".to_owned())
    }

    fn remove(&self) -> Result<(), String> {
        self.mood.act(|| self.real.0.store(false, Ordering::SeqCst));
        Ok(())
    }
}

impl SealKeys for Moody<Keychain> {
    fn key(&self) -> Result<SealKey, VaultFailure> {
        Err(VaultFailure::Other("nobody asks for it here".to_owned()))
    }

    fn forget_key(&self) -> Result<(), VaultFailure> {
        self.mood.act(|| self.real.forget_key())
    }
}

impl Vault for Moody<Keychain> {
    fn password(&self, account: &AccountId) -> Result<Option<Secret>, VaultFailure> {
        self.real.password(account)
    }

    fn keep(&self, account: &AccountId, password: Secret) -> Kept {
        self.real.keep(account, password)
    }

    fn keep_for_this_run(&self, account: &AccountId, password: Secret) {
        self.real.keep_for_this_run(account, password);
    }

    fn forget(&self, account: &AccountId) -> Result<(), VaultFailure> {
        self.mood.act(|| self.real.forget(account))
    }
}

impl DemoStarter for Moody<Demo> {
    fn start(&mut self) -> Result<DemoAccess, String> {
        self.real.start()
    }

    fn sample_files(&mut self) -> Result<Vec<PathBuf>, String> {
        self.real.sample_files()
    }

    fn clear_away(&mut self) -> Result<(), String> {
        self.mood.act(|| self.real.clear_away())
    }
}

impl DataFolder for Moody<OwnFolder> {
    fn alone(&self) -> Result<Option<Box<dyn AloneInFolder>>, String> {
        let alone = self.real.alone()?;
        Ok(alone.map(|alone| -> Box<dyn AloneInFolder> { Box::new(Moody::of(&self.mood, alone)) }))
    }

    fn may_share_its_key(&self) -> bool {
        // The one that is really asked is that of the person who runs the tests.
        self.mood.has_a_neighbour
    }

    fn leave(&self) -> Result<(), String> {
        self.real.leave()
    }
}

impl AloneInFolder for Moody<Box<dyn AloneInFolder>> {
    fn last_look(&self) -> Result<LastLook, LedgerFailure> {
        self.real.last_look()
    }

    fn remove(&self, what: OwnFiles) -> Result<(), String> {
        if self.mood.refuses == Some(what) {
            return Err("refused".to_owned());
        }
        self.mood.act(|| {
            if let (OwnFiles::Copies, Some(first)) = (what, &self.mood.first_copy) {
                std::fs::remove_file(first).unwrap();
                self.mood.moment();
            }
            self.real.remove(what)
        })
    }

    fn strangers(&self) -> usize {
        self.real.strangers()
    }
}
