//! The operating system's keychain, and the memory of this run where none answers.

mod key_entry;
mod memory_keys;
mod refusal;
mod seal_key;
mod system_store;

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use keyring_core::{CredentialStore, Entry, Error};

pub use self::{key_entry::KeyEntry, memory_keys::MemoryKeys};
pub(super) use self::{
    key_entry::{ID_FILE as SEAL_KEY_ID, is_usual},
    seal_key::LOCK_FILE as SEAL_KEY_LOCK,
};
use self::{refusal::without, system_store::SystemStore};
use crate::{
    domain::{account::AccountId, failure::VaultFailure, secret::Secret},
    ports::{Kept, SealKey, Vault},
};

/// What the entries are called in the keychain's own window.
const SERVICE: &str = "Dropoff";

/// Keeps passwords in the keychain, one entry per account, and the key of the sealed copies. A call may wait for somebody to unlock it: never on the window's thread.
pub struct Keychain {
    this_run: Mutex<HashMap<AccountId, Secret>>,
    /// Once it was asked for.
    seal_key: Mutex<Option<SealKey>>,
    key_entry: KeyEntry,
    // Held during a call: the Windows store does not keep the order of calls from several threads.
    store: Mutex<Store>,
}

enum Store {
    /// The system's, opened at first use.
    System(SystemStore),
    /// One that was handed in.
    Given(Arc<CredentialStore>),
    /// None: everything stays in memory.
    Memory,
}

impl Keychain {
    /// The keychain of this person on this computer. It is first asked when it is first used.
    pub fn new() -> Self {
        Self::of(Store::System(SystemStore::default()))
    }

    /// A keychain on a store of keyring-core, such as its mock.
    pub fn with_store(store: Arc<CredentialStore>) -> Self {
        Self::of(Store::Given(store))
    }

    /// No keychain at all: for the Demo, whose password is made for one run.
    pub fn in_memory() -> Self {
        Self::of(Store::Memory)
    }

    /// The same keychain, with the key of the copies in this entry.
    #[must_use]
    pub fn with_key_in(self, key_entry: KeyEntry) -> Self {
        Self { key_entry, ..self }
    }

    fn of(store: Store) -> Self {
        Self {
            this_run: Mutex::default(),
            seal_key: Mutex::default(),
            key_entry: KeyEntry::Common,
            store: Mutex::new(store),
        }
    }

    fn this_run(&self) -> MutexGuard<'_, HashMap<AccountId, Secret>> {
        self.this_run.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Does something with the entry of this user; `None` when it is not there, or when there is no keychain by intent.
    fn on_entry<T>(
        &self,
        user: &str,
        work: impl FnOnce(&Entry) -> keyring_core::Result<T>,
    ) -> Result<Option<T>, VaultFailure> {
        let mut store = self.store.lock().unwrap_or_else(PoisonError::into_inner);
        let done = match &mut *store {
            Store::System(system) => system.with_entry(SERVICE, user, work)?,
            Store::Given(given) => given.build(SERVICE, user, None).and_then(|entry| work(&entry)),
            Store::Memory => return Ok(None),
        };
        match done {
            Ok(done) => Ok(Some(done)),
            Err(Error::NoEntry) => Ok(None),
            Err(error) => Err(refusal::failure(error)),
        }
    }
}

impl Default for Keychain {
    fn default() -> Self {
        Self::new()
    }
}

impl Vault for Keychain {
    fn password(&self, account: &AccountId) -> Result<Option<Secret>, VaultFailure> {
        if let Some(secret) = self.this_run().get(account) {
            return Ok(Some(secret.clone()));
        }
        Ok(self.on_entry(account.as_str(), Entry::get_password)?.map(Secret::new))
    }

    fn keep(&self, account: &AccountId, password: Secret) -> Kept {
        match self.on_entry(account.as_str(), |entry| entry.set_password(password.expose())) {
            Ok(Some(())) => {
                self.this_run().remove(account);
                Kept::Keychain
            }
            Ok(None) => {
                let why = VaultFailure::Unavailable("passwords stay in memory here".to_owned());
                self.keep_for_this_run(account, password);
                Kept::ThisRun(why)
            }
            Err(failure) => {
                let why = without(&password, failure);
                self.keep_for_this_run(account, password);
                Kept::ThisRun(why)
            }
        }
    }

    fn keep_for_this_run(&self, account: &AccountId, password: Secret) {
        self.this_run().insert(account.clone(), password);
    }

    /// Fails where the keychain could not be asked: an entry of an earlier run may still be in it.
    fn forget(&self, account: &AccountId) -> Result<(), VaultFailure> {
        self.this_run().remove(account);
        self.on_entry(account.as_str(), Entry::delete_credential)
            .map(|_deleted| ())
    }
}

#[cfg(test)]
mod tests {
    use keyring_core::mock;

    use super::*;

    fn id() -> AccountId {
        AccountId::of("CLINIC01", "registry.example")
    }

    fn secret(text: &str) -> Secret {
        Secret::new(text.to_owned())
    }

    fn mock_store() -> Arc<mock::Store> {
        mock::Store::new().unwrap()
    }

    /// The next call on the account's entry fails so.
    fn fail_next(store: &Arc<mock::Store>, error: Error) {
        let store: Arc<CredentialStore> = store.clone();
        let entry = store.build(SERVICE, id().as_str(), None).unwrap();
        entry.as_any().downcast_ref::<mock::Cred>().unwrap().set_error(error);
    }

    fn no_access(text: &str) -> Error {
        Error::NoStorageAccess(Box::new(std::io::Error::other(text.to_owned())))
    }

    #[test]
    fn a_password_is_kept_replaced_and_forgotten() {
        let store = mock_store();
        let keychain = Keychain::with_store(store.clone());
        assert_eq!(keychain.password(&id()), Ok(None));
        for text in ["bluebonnet", "Wächter der Küste 🗝"] {
            assert_eq!(keychain.keep(&id(), secret(text)), Kept::Keychain);
            let second = Keychain::with_store(store.clone());
            assert_eq!(second.password(&id()), Ok(Some(secret(text))));
        }
        assert_eq!(keychain.forget(&id()), Ok(()));
        assert_eq!(keychain.password(&id()), Ok(None));
        assert_eq!(keychain.forget(&id()), Ok(()), "what is not there is forgotten already");
    }

    #[test]
    fn accounts_do_not_share_a_password() {
        let keychain = Keychain::with_store(mock_store());
        keychain.keep(&id(), secret("bluebonnet"));
        assert_eq!(
            keychain.password(&AccountId::of("CLINIC02", "registry.example")),
            Ok(None)
        );
    }

    #[test]
    fn where_the_keychain_refuses_the_password_is_kept_for_this_run() {
        let store = mock_store();
        let keychain = Keychain::with_store(store.clone());
        fail_next(&store, no_access("object locked"));
        let kept = keychain.keep(&id(), secret("bluebonnet"));
        assert!(matches!(kept, Kept::ThisRun(VaultFailure::Locked(_))), "{kept:?}");
        assert_eq!(keychain.password(&id()), Ok(Some(secret("bluebonnet"))));
        assert_eq!(Keychain::with_store(store).password(&id()), Ok(None));
    }

    #[test]
    fn a_password_kept_for_this_run_wins_until_one_is_kept_for_good() {
        let keychain = Keychain::with_store(mock_store());
        keychain.keep(&id(), secret("old"));
        keychain.keep_for_this_run(&id(), secret("typed today"));
        assert_eq!(keychain.password(&id()), Ok(Some(secret("typed today"))));
        assert_eq!(keychain.keep(&id(), secret("new")), Kept::Keychain);
        assert_eq!(keychain.password(&id()), Ok(Some(secret("new"))));
    }

    #[test]
    fn forgetting_reaches_the_memory_even_when_the_keychain_refuses() {
        let store = mock_store();
        let keychain = Keychain::with_store(store.clone());
        keychain.keep(&id(), secret("kept"));
        keychain.keep_for_this_run(&id(), secret("typed today"));
        fail_next(&store, no_access("object locked"));
        assert!(matches!(keychain.forget(&id()), Err(VaultFailure::Locked(_))));
        assert_eq!(keychain.password(&id()), Ok(Some(secret("kept"))));
    }

    #[test]
    fn no_failure_repeats_the_password() {
        let store = mock_store();
        let keychain = Keychain::with_store(store.clone());
        let errors = [
            Error::BadEncoding(b"bluebonnet".to_vec()),
            Error::BadDataFormat(b"bluebonnet".to_vec(), Box::new(std::io::Error::other("bluebonnet"))),
            Error::Invalid("secret".to_owned(), "bluebonnet is too short".to_owned()),
            Error::PlatformFailure(Box::new(std::io::Error::other("cannot store bluebonnet"))),
        ];
        for error in errors {
            fail_next(&store, error);
            let kept = keychain.keep(&id(), secret("bluebonnet"));
            assert!(matches!(kept, Kept::ThisRun(_)));
            assert!(!format!("{kept:?}").contains("bluebonnet"), "{kept:?}");
        }
    }

    #[test]
    fn an_entry_that_is_no_text_does_not_show_its_bytes() {
        let store = mock_store();
        let keychain = Keychain::with_store(store.clone());
        fail_next(&store, Error::BadEncoding(vec![98, 108, 117, 101, 255]));
        let failure = keychain.password(&id()).unwrap_err();
        assert_eq!(failure, VaultFailure::Other("the entry is not text".to_owned()));
    }

    #[test]
    fn without_a_keychain_by_intent_everything_stays_in_memory() {
        let keychain = Keychain::in_memory();
        assert_eq!(keychain.password(&id()), Ok(None));
        assert!(matches!(keychain.keep(&id(), secret("demo")), Kept::ThisRun(_)));
        assert_eq!(keychain.password(&id()), Ok(Some(secret("demo"))));
        assert_eq!(keychain.forget(&id()), Ok(()));
        assert_eq!(keychain.password(&id()), Ok(None));
    }
}
