//! The keys that are made from the one in the keychain, each for one purpose.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use zeroize::Zeroizing;

use crate::{domain::fingerprint::VaccinationPrint, ports::SealKey};

/// Tells keys apart without telling anything about them.
pub(super) type KeyId = [u8; 8];

/// HMAC-SHA-256 of a label under the one key, a label for each purpose.
pub(super) struct Subkeys {
    /// Of the one key.
    pub(super) id: KeyId,
    /// Seals copies.
    pub(super) copies: Zeroizing<[u8; 32]>,
    /// Seals texts.
    pub(super) texts: Zeroizing<[u8; 32]>,
    prints: Zeroizing<[u8; 32]>,
}

impl Subkeys {
    pub(super) fn of(key: &SealKey) -> Self {
        let derive = |label: &[u8]| Zeroizing::new(hash(keyed(key.expose()), label));
        Self {
            id: first_bytes(&derive(b"dropoff key id 1")),
            copies: derive(b"dropoff sealed copies 1"),
            texts: derive(b"dropoff sealed texts 1"),
            prints: derive(b"dropoff fingerprints 1"),
        }
    }

    /// The fingerprint of each fact, in order.
    pub(super) fn prints(&self, facts: &[Vec<u8>]) -> Vec<VaccinationPrint> {
        let keyed = keyed(&self.prints);
        let print = |fact: &Vec<u8>| VaccinationPrint(first_bytes(&hash(keyed.clone(), fact)));
        facts.iter().map(print).collect()
    }
}

fn keyed(key: &[u8; 32]) -> Hmac<Sha256> {
    // HMAC fills a short key up to a block with zeros; a whole block cannot have a wrong length.
    let mut block = Zeroizing::new([0; 64]);
    for (place, byte) in block.iter_mut().zip(key) {
        *place = *byte;
    }
    Hmac::new((&*block).into())
}

fn hash(mut keyed: Hmac<Sha256>, text: &[u8]) -> [u8; 32] {
    keyed.update(text);
    keyed.finalize().into_bytes().into()
}

fn first_bytes<const N: usize>(hash: &[u8; 32]) -> [u8; N] {
    const { assert!(N <= 32) };
    let mut first = [0; N];
    for (place, byte) in first.iter_mut().zip(hash) {
        *place = *byte;
    }
    first
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(byte: u8) -> SealKey {
        SealKey::new(Zeroizing::new([byte; 32]))
    }

    #[test]
    fn a_key_filled_up_to_a_block_is_the_same_key() {
        let expected = Hmac::<Sha256>::new_from_slice(&[7; 32]).unwrap();
        assert_eq!(hash(keyed(&[7; 32]), b"text"), hash(expected, b"text"));
    }

    #[test]
    fn each_purpose_and_each_key_has_its_own() {
        let (one, other) = (Subkeys::of(&key(1)), Subkeys::of(&key(2)));
        let mut all = vec![
            one.copies.clone(),
            one.texts.clone(),
            one.prints.clone(),
            other.copies.clone(),
            other.texts.clone(),
            other.prints.clone(),
        ];
        all.sort_unstable_by_key(|subkey| **subkey);
        all.dedup();
        assert_eq!(all.len(), 6);
        assert_ne!(one.id, other.id);
        assert_eq!(one.id, Subkeys::of(&key(1)).id);
    }
}
