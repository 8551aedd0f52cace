//! The key from which the outbox's own keys are made.

use std::fmt;

use zeroize::Zeroizing;

use crate::domain::failure::VaultFailure;

/// 32 random bytes. Their memory is wiped when they are dropped, and `Debug` shows nothing of them.
#[derive(Clone)]
pub struct SealKey(Zeroizing<[u8; 32]>);

impl SealKey {
    /// Takes the bytes over.
    pub fn new(bytes: Zeroizing<[u8; 32]>) -> Self {
        Self(bytes)
    }

    /// The bytes, for whoever seals with them or keeps them.
    pub fn expose(&self) -> &[u8; 32] {
        &self.0
    }
}

impl fmt::Debug for SealKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SealKey(…)")
    }
}

/// Where the key of this person on this computer is kept. A call may wait for somebody to unlock it.
pub trait SealKeys: Send + Sync {
    /// The key. Where none is kept yet, one is made and kept first; of several that do so at the same time, all get the same.
    fn key(&self) -> Result<SealKey, VaultFailure>;

    /// Removes the key for good: nothing that was sealed with it can be opened again. Removing what is not there succeeds.
    fn forget_key(&self) -> Result<(), VaultFailure>;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_shows_nothing_of_the_key() {
        let key = SealKey::new(Zeroizing::new([7; 32]));
        assert_eq!(format!("{key:?}"), "SealKey(…)");
    }
}
