//! A key that lasts for one run: the Demo's.

use std::sync::{Mutex, PoisonError};

use super::seal_key;
use crate::{
    domain::failure::VaultFailure,
    ports::{SealKey, SealKeys},
};

/// Makes a key at first use and keeps it in memory only.
#[derive(Debug, Default)]
pub struct MemoryKeys(Mutex<Option<SealKey>>);

impl SealKeys for MemoryKeys {
    fn key(&self) -> Result<SealKey, VaultFailure> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match &*kept {
            Some(key) => Ok(key.clone()),
            None => Ok(kept.insert(seal_key::random()?).clone()),
        }
    }

    fn forget_key(&self) -> Result<(), VaultFailure> {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = None;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_key_stays_the_same_until_it_is_forgotten() {
        let keys = MemoryKeys::default();
        let first = keys.key().unwrap();
        assert_eq!(keys.key().unwrap().expose(), first.expose());
        keys.forget_key().unwrap();
        assert_ne!(keys.key().unwrap().expose(), first.expose());
    }
}
