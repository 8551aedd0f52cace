//! The store of this operating system, opened at first use and once.

use std::{collections::HashMap, sync::Arc};

use keyring_core::{CredentialStore, Entry, Error};

use crate::{adapters::keychain::refusal, domain::failure::VaultFailure};

/// Opened when it is first needed: on Linux that means calls on the session bus, which can wait.
#[derive(Default)]
pub(super) struct SystemStore(Option<Arc<CredentialStore>>);

impl SystemStore {
    /// Does something with an entry. The outer error is that there is no keychain, the inner one that it refused.
    pub(super) fn with_entry<T>(
        &mut self,
        service: &str,
        user: &str,
        work: impl FnOnce(&Entry) -> keyring_core::Result<T>,
    ) -> Result<keyring_core::Result<T>, VaultFailure> {
        let store = match &self.0 {
            Some(store) => store.clone(),
            None => self.0.insert(open().map_err(refusal::unavailable)?).clone(),
        };
        let modifiers = HashMap::from(MODIFIERS);
        let done = store
            .build(service, user, Some(&modifiers))
            .and_then(|entry| work(&entry));
        // A service that was restarted does not know the old session: the next call opens a new one.
        if matches!(done, Err(Error::PlatformFailure(_))) {
            self.0 = None;
        }
        Ok(done)
    }
}

/// The Credential Manager would otherwise copy the entry to every computer of the domain at which this person signs in.
#[cfg(windows)]
const MODIFIERS: [(&str, &str); 1] = [("persistence", "Local")];

#[cfg(not(windows))]
const MODIFIERS: [(&str, &str); 0] = [];

#[cfg(windows)]
fn open() -> keyring_core::Result<Arc<CredentialStore>> {
    Ok(windows_native_keyring_store::Store::new()?)
}

#[cfg(target_os = "macos")]
fn open() -> keyring_core::Result<Arc<CredentialStore>> {
    Ok(apple_native_keyring_store::keychain::Store::new()?)
}

#[cfg(target_os = "linux")]
fn open() -> keyring_core::Result<Arc<CredentialStore>> {
    Ok(zbus_secret_service_keyring_store::Store::new()?)
}
