//! The place where the password is kept.

use crate::domain::{account::AccountId, failure::VaultFailure, secret::Secret};

/// Where a password is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kept {
    /// In the operating system's keychain.
    Keychain,
    /// In memory until the program ends, because no keychain answers; with the technical reason.
    ThisRun(VaultFailure),
}

/// The operating system's keychain. A call may wait for somebody to unlock it.
pub trait Vault: Send + Sync {
    /// The password of an account, if one is kept.
    fn password(&self, account: &AccountId) -> Result<Option<Secret>, VaultFailure>;

    /// Keeps a password, replacing an earlier one. Falls back to memory where no keychain answers.
    fn keep(&self, account: &AccountId, password: Secret) -> Kept;

    /// Keeps a password in memory only, until the program ends.
    fn keep_for_this_run(&self, account: &AccountId, password: Secret);

    /// Forgets the password everywhere. Forgetting what is not there succeeds.
    fn forget(&self, account: &AccountId) -> Result<(), VaultFailure>;
}
