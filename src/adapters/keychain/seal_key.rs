//! The key of the sealed copies, as an entry of the keychain.

use std::{
    fs::File,
    sync::{MutexGuard, PoisonError},
};

use chacha20poly1305::aead::Generate;
use keyring_core::Entry;
use zeroize::Zeroizing;

use super::{Keychain, refusal::without};
use crate::{
    adapters::system,
    domain::{failure::VaultFailure, secret::Secret},
    ports::{SealKey, SealKeys},
};

/// Whoever makes a first key has the lock of this file.
pub(in crate::adapters) const LOCK_FILE: &str = "seal-key.lock";

/// A key from the system's generator of random numbers.
pub(super) fn random() -> Result<SealKey, VaultFailure> {
    match <[u8; 32]>::try_generate() {
        Ok(bytes) => Ok(SealKey::new(Zeroizing::new(bytes))),
        Err(error) => Err(VaultFailure::Other(format!("no random numbers: {error}"))),
    }
}

impl SealKeys for Keychain {
    /// The keychain is asked once. A damaged entry is a failure and stays as it is: it may be all that opens what is sealed.
    fn key(&self) -> Result<SealKey, VaultFailure> {
        let mut cell = self.cell();
        if let Some(key) = &*cell {
            return Ok(key.clone());
        }
        let key = match self.kept_key()? {
            Some(key) => key,
            None => self.first_key()?,
        };
        Ok(cell.insert(key).clone())
    }

    fn forget_key(&self) -> Result<(), VaultFailure> {
        *self.cell() = None;
        self.on_entry(&self.key_entry.user(), Entry::delete_credential)
            .map(|_deleted| ())
    }
}

impl Keychain {
    fn cell(&self) -> MutexGuard<'_, Option<SealKey>> {
        self.seal_key.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn kept_key(&self) -> Result<Option<SealKey>, VaultFailure> {
        let Some(text) = self
            .on_entry(&self.key_entry.user(), Entry::get_password)?
            .map(Secret::new)
        else {
            return Ok(None);
        };
        match from_hex(text.expose()) {
            Some(key) => Ok(Some(key)),
            None => Err(VaultFailure::Other("the entry of the seal key is damaged".to_owned())),
        }
    }

    fn first_key(&self) -> Result<SealKey, VaultFailure> {
        let _alone = alone();
        if let Some(key) = self.kept_key()? {
            return Ok(key);
        }
        let text = Secret::new(to_hex(&random()?));
        self.on_entry(&self.key_entry.user(), |entry| entry.set_password(text.expose()))
            .map_err(|failure| without(&text, failure))?;
        // What stands in the keychain is the key, whoever wrote it.
        self.kept_key()?
            .ok_or_else(|| VaultFailure::Unavailable("the keychain keeps no key".to_owned()))
    }
}

/// Keeps other processes of this person from making a first key at the same time: a keychain has no "write unless it is there".
///
/// The lock lies in the person's own folder for Dropoff, wherever the data of this run lie, since the keychain is shared in the
/// same way. Without such a folder there is no lock, and reading the key back is all that is left.
fn alone() -> Option<File> {
    let folder = system::data_folder().ok()?;
    system::create_data_folder(&folder).ok()?;
    let lock = File::options()
        .create(true)
        .truncate(false)
        .write(true)
        .open(folder.join(LOCK_FILE))
        .ok()?;
    lock.lock().ok()?;
    Some(lock)
}

/// Text, because not every keychain keeps bytes.
fn to_hex(key: &SealKey) -> String {
    // As long as it will be, so that no part of it stays behind where it lay before it grew.
    let mut text = String::with_capacity(2 * key.expose().len());
    for byte in key.expose() {
        for digit in [byte >> 4, byte & 15] {
            text.extend(char::from_digit(u32::from(digit), 16));
        }
    }
    text
}

fn from_hex(text: &str) -> Option<SealKey> {
    let mut key = Zeroizing::new([0; 32]);
    if text.len() != 2 * key.len() {
        return None;
    }
    let mut digits = text.chars().map(|digit| digit.to_digit(16));
    for byte in key.iter_mut() {
        *byte = u8::try_from(digits.next()?? * 16 + digits.next()??).ok()?;
    }
    Some(SealKey::new(key))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use keyring_core::{CredentialStore, Error, mock};

    use super::*;
    use crate::{
        adapters::keychain::SERVICE,
        domain::account::AccountId,
        ports::{Kept, Vault},
    };

    const USER: &str = "seal-key";

    fn entry(store: &Arc<mock::Store>) -> Entry {
        let store: Arc<CredentialStore> = store.clone();
        store.build(SERVICE, USER, None).unwrap()
    }

    /// The store with a key in it, so that no test takes the lock of the person who runs it.
    fn store_with_a_key(key: &SealKey) -> Arc<mock::Store> {
        let store = mock::Store::new().unwrap();
        entry(&store).set_password(&to_hex(key)).unwrap();
        store
    }

    #[test]
    fn a_key_is_text_and_a_key_again() {
        let key = random().unwrap();
        let text = to_hex(&key);
        assert!(text.len() == 64 && text.bytes().all(|digit| digit.is_ascii_hexdigit()));
        assert_eq!(from_hex(&text).unwrap().expose(), key.expose());
        assert_eq!(to_hex(&SealKey::new(Zeroizing::new([0x0F; 32]))), "0f".repeat(32));
        let rest: String = text.chars().skip(1).collect();
        for damaged in [
            "",
            "0f",
            &rest,
            &format!("{text}0"),
            &format!("g{rest}"),
            &"é".repeat(32),
        ] {
            assert!(from_hex(damaged).is_none(), "{damaged}");
        }
    }

    #[test]
    fn the_keychain_is_asked_once_in_a_run() {
        let key = random().unwrap();
        let store = store_with_a_key(&key);
        let keychain = Keychain::with_store(store.clone());
        assert_eq!(keychain.key().unwrap().expose(), key.expose());
        entry(&store).set_password(&to_hex(&random().unwrap())).unwrap();
        assert_eq!(keychain.key().unwrap().expose(), key.expose());
        keychain.forget_key().unwrap();
        assert!(matches!(entry(&store).get_password(), Err(Error::NoEntry)));
        keychain.forget_key().unwrap();
    }

    #[test]
    fn a_damaged_entry_is_told_and_left_alone() {
        let store = mock::Store::new().unwrap();
        entry(&store).set_password("not a key").unwrap();
        let failure = Keychain::with_store(store.clone()).key().unwrap_err();
        assert_eq!(
            failure,
            VaultFailure::Other("the entry of the seal key is damaged".to_owned())
        );
        assert_eq!(entry(&store).get_password().unwrap(), "not a key");
    }

    #[test]
    fn a_keychain_that_is_locked_gives_no_key_until_it_is_open() {
        let key = random().unwrap();
        let store = store_with_a_key(&key);
        let keychain = Keychain::with_store(store.clone());
        let locked = Error::NoStorageAccess(Box::new(std::io::Error::other("object locked")));
        entry(&store)
            .as_any()
            .downcast_ref::<mock::Cred>()
            .unwrap()
            .set_error(locked);
        assert!(matches!(keychain.key(), Err(VaultFailure::Locked(_))));
        assert_eq!(keychain.key().unwrap().expose(), key.expose());
    }

    #[test]
    fn the_key_and_the_passwords_do_not_touch() {
        let key = random().unwrap();
        let keychain = Keychain::with_store(store_with_a_key(&key));
        let id = AccountId::of(USER, "registry.example");
        assert_eq!(keychain.password(&id), Ok(None));
        assert_eq!(keychain.keep(&id, Secret::new("bluebonnet".to_owned())), Kept::Keychain);
        assert_eq!(keychain.key().unwrap().expose(), key.expose());
    }
}
