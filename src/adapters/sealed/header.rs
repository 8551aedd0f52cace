//! What stands in clear before everything sealed: which form it has, by which key, with which nonce.

use chacha20poly1305::aead::Generate;
use sha2::{Digest, Sha256};

use super::subkeys::KeyId;
use crate::domain::{
    failure::{FileFailure, SealFailure, VaultFailure},
    submission::SubmissionId,
};

const VERSION: u8 = 1;

/// How long a header is: mark, version, key id, nonce, check.
pub(super) const HEADER_BYTES: usize = 8 + 1 + 8 + 24 + 8;

/// What is sealed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// A file, in chunks.
    Copy,
    /// A short text, in one piece.
    Text,
}

impl Form {
    fn mark(self) -> [u8; 8] {
        match self {
            Self::Copy => *b"DROPCOPY",
            Self::Text => *b"DROPTEXT",
        }
    }
}

/// The first bytes of everything sealed. They are authenticated with what follows them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Header {
    form: Form,
    key: KeyId,
    /// A copy uses the first 19 bytes, and its chunks' numbers stand in the place of the last five.
    pub(super) nonce: [u8; 24],
}

impl Header {
    /// A header with a new nonce.
    pub(super) fn new(form: Form, key: KeyId) -> Result<Self, SealFailure> {
        match <[u8; 24]>::try_generate() {
            Ok(nonce) => Ok(Self { form, key, nonce }),
            Err(error) => Err(SealFailure::NoKey(VaultFailure::Other(format!(
                "no random numbers: {error}"
            )))),
        }
    }

    /// Reads a header of something that was sealed in this form and by this key. A header that is not whole is damage, before
    /// anybody asks by which key it is.
    pub(super) fn parse(form: Form, key: KeyId, bytes: &[u8; HEADER_BYTES]) -> Result<Self, SealFailure> {
        let parts = Parts::of(bytes).ok_or(SealFailure::Damaged)?;
        if parts.mark != &form.mark() || parts.check != &check(parts.checked) {
            return Err(SealFailure::Damaged);
        }
        if parts.version != VERSION {
            let newer = FileFailure::Other(format!("sealed in form {}, newer than this program", parts.version));
            return Err(SealFailure::Disk(newer));
        }
        if *parts.key != key {
            return Err(SealFailure::AnotherKey);
        }
        Ok(Self {
            form,
            key,
            nonce: *parts.nonce,
        })
    }

    /// As it is written.
    pub(super) fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(HEADER_BYTES);
        bytes.extend(self.form.mark());
        bytes.push(VERSION);
        bytes.extend(self.key);
        bytes.extend(self.nonce);
        let check = check(&bytes);
        bytes.extend(check);
        bytes
    }

    /// What is authenticated with everything sealed: this header, and whose it is.
    pub(super) fn associated_data(&self, id: SubmissionId) -> Vec<u8> {
        let mut bytes = self.to_bytes();
        bytes.extend(id.0.as_bytes());
        bytes
    }
}

/// Tells a flipped bit from another key. It needs no secret: who forges it gains another error.
fn check(bytes: &[u8]) -> [u8; 8] {
    let hash: [u8; 32] = Sha256::digest(bytes).into();
    let mut check = [0; 8];
    for (place, byte) in check.iter_mut().zip(hash) {
        *place = byte;
    }
    check
}

struct Parts<'a> {
    mark: &'a [u8; 8],
    version: u8,
    key: &'a KeyId,
    nonce: &'a [u8; 24],
    /// Everything before the check.
    checked: &'a [u8],
    check: &'a [u8; 8],
}

impl<'a> Parts<'a> {
    fn of(bytes: &'a [u8; HEADER_BYTES]) -> Option<Self> {
        let (mark, rest) = bytes.split_first_chunk()?;
        let (version, rest) = rest.split_first()?;
        let (key, rest) = rest.split_first_chunk()?;
        let (nonce, _) = rest.split_first_chunk()?;
        let (checked, check) = bytes.split_last_chunk()?;
        Some(Self {
            mark,
            version: *version,
            key,
            nonce,
            checked,
            check,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written() -> [u8; HEADER_BYTES] {
        Header::new(Form::Copy, [7; 8]).unwrap().to_bytes().try_into().unwrap()
    }

    #[test]
    fn a_header_is_read_as_it_was_written() {
        let bytes = written();
        let header = Header::parse(Form::Copy, [7; 8], &bytes).unwrap();
        assert_eq!(header.to_bytes(), bytes);
    }

    #[test]
    fn another_key_is_not_damage_and_damage_is_not_another_key() {
        let bytes = written();
        assert_eq!(Header::parse(Form::Copy, [8; 8], &bytes), Err(SealFailure::AnotherKey));
        assert_eq!(Header::parse(Form::Text, [7; 8], &bytes), Err(SealFailure::Damaged));
        for bit in 0..8 * HEADER_BYTES {
            let mut flipped = bytes;
            flipped[bit / 8] ^= 1 << (bit % 8);
            for key in [[7; 8], [8; 8]] {
                let parsed = Header::parse(Form::Copy, key, &flipped);
                assert_eq!(parsed, Err(SealFailure::Damaged), "bit {bit}");
            }
        }
    }

    #[test]
    fn a_newer_form_is_not_called_damage() {
        let mut bytes = written().to_vec();
        bytes[8] = VERSION + 1;
        bytes.truncate(HEADER_BYTES - 8);
        let check = check(&bytes);
        bytes.extend(check);
        let parsed = Header::parse(Form::Copy, [7; 8], &bytes.try_into().unwrap());
        assert!(
            matches!(parsed, Err(SealFailure::Disk(FileFailure::Other(_)))),
            "{parsed:?}"
        );
    }

    #[test]
    fn no_two_nonces_are_the_same() {
        assert_ne!(written(), written());
    }
}
