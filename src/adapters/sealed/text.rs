//! Short texts, sealed in one piece.

use chacha20poly1305::{AeadInOut, KeyInit, XChaCha20Poly1305};
use zeroize::{Zeroize, Zeroizing};

use super::{
    chunks::TAG_BYTES,
    header::{Form, Header},
    subkeys::Subkeys,
};
use crate::domain::{failure::SealFailure, submission::SubmissionId};

/// Header, then the text and its tag.
pub(super) fn seal(keys: &Subkeys, id: SubmissionId, text: &str) -> Result<Vec<u8>, SealFailure> {
    let header = Header::new(Form::Text, keys.id)?;
    let mut buffer = Zeroizing::new(Vec::with_capacity(text.len() + TAG_BYTES));
    buffer.extend_from_slice(text.as_bytes());
    XChaCha20Poly1305::new((&*keys.texts).into())
        .encrypt_in_place((&header.nonce).into(), &header.associated_data(id), &mut *buffer)
        .map_err(not_right)?;
    let mut sealed = header.to_bytes();
    sealed.extend_from_slice(&buffer);
    Ok(sealed)
}

/// The text again.
pub(super) fn open(keys: &Subkeys, id: SubmissionId, sealed: &[u8]) -> Result<String, SealFailure> {
    let (header, body) = sealed.split_first_chunk().ok_or(SealFailure::Damaged)?;
    let header = Header::parse(Form::Text, keys.id, header)?;
    let mut buffer = Zeroizing::new(body.to_vec());
    XChaCha20Poly1305::new((&*keys.texts).into())
        .decrypt_in_place((&header.nonce).into(), &header.associated_data(id), &mut *buffer)
        .map_err(not_right)?;
    String::from_utf8(std::mem::take(&mut *buffer)).map_err(|error| {
        error.into_bytes().zeroize();
        SealFailure::Damaged
    })
}

fn not_right(_: chacha20poly1305::Error) -> SealFailure {
    SealFailure::Damaged
}
