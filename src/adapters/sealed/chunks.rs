//! A file as a row of sealed chunks: each has its number, the last one its mark, all of them their submission.

use std::io::{self, Read, Write};

use aead_stream::{NewStream, StreamBE32, StreamPrimitive};
use chacha20poly1305::XChaCha20Poly1305;
use zeroize::{Zeroize, Zeroizing};

use super::header::Header;
use crate::{
    domain::{
        failure::{FileFailure, SealFailure},
        submission::SubmissionId,
    },
    ports::file_failure,
};

/// Clear bytes in every chunk but the last one, which has fewer, or none. So the length of a chunk says whether it is the last.
pub(super) const CHUNK_BYTES: usize = 1 << 20;

/// What sealing adds to a chunk.
pub(super) const TAG_BYTES: usize = 16;

const SEALED_CHUNK_BYTES: usize = CHUNK_BYTES + TAG_BYTES;

/// STREAM, whose chunks have a number and a mark for the last one in their nonces. Source: Hoang, Reyhanitabar, Rogaway and Vizár,
/// "Online Authenticated-Encryption and its Nonce-Reuse Misuse-Resistance", 2015.
type Stream = StreamBE32<XChaCha20Poly1305>;

fn stream(key: &[u8; 32], header: &Header) -> Stream {
    let mut prefix = [0; 19];
    for (place, byte) in prefix.iter_mut().zip(header.nonce) {
        *place = byte;
    }
    Stream::new(key.into(), (&prefix).into())
}

/// Reads a chunk, or what is left.
fn fill(chunk: &mut Vec<u8>, source: &mut dyn Read) -> io::Result<()> {
    chunk.resize(CHUNK_BYTES, 0);
    let mut filled = 0;
    while let Some(rest) = chunk.get_mut(filled..).filter(|rest| !rest.is_empty()) {
        match source.read(rest) {
            Ok(0) => break,
            Ok(read) => filled += read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    chunk.truncate(filled);
    Ok(())
}

/// Reads the source to its end and writes it sealed, header first.
pub(super) fn seal(
    key: &[u8; 32],
    header: &Header,
    id: SubmissionId,
    source: &mut dyn Read,
    sealed: &mut dyn Write,
) -> Result<(), SealFailure> {
    let disk = |error: io::Error| SealFailure::Disk(file_failure(&error));
    sealed.write_all(&header.to_bytes()).map_err(disk)?;
    let stream = stream(key, header);
    let associated_data = header.associated_data(id);
    // With room for the tag: memory that grows leaves clear bytes where it lay before.
    let mut chunk = Zeroizing::new(Vec::with_capacity(SEALED_CHUNK_BYTES));
    for number in 0..=u32::MAX {
        fill(&mut chunk, source).map_err(|error| SealFailure::Source(file_failure(&error)))?;
        let is_last = chunk.len() < CHUNK_BYTES;
        stream
            .encrypt_in_place(number, is_last, &associated_data, &mut *chunk)
            .map_err(too_long)?;
        sealed.write_all(&chunk).map_err(disk)?;
        if is_last {
            return Ok(());
        }
    }
    Err(too_long(chacha20poly1305::Error))
}

/// 4 PiB: there are no more numbers for chunks.
fn too_long(_: chacha20poly1305::Error) -> SealFailure {
    SealFailure::Source(FileFailure::Other("too long to be sealed".to_owned()))
}

/// A sealed copy that is read. No byte leaves it before its chunk is found to be right; after a failure nothing does.
pub(super) struct OpenCopy<R> {
    sealed: R,
    stream: Stream,
    associated_data: Vec<u8>,
    number: u32,
    chunk: Zeroizing<Vec<u8>>,
    /// How much of the chunk was handed out.
    given: usize,
    next: Next,
}

/// What comes after the chunk at hand.
enum Next {
    Chunk,
    End,
    Failure(SealFailure),
}

impl<R: Read> OpenCopy<R> {
    /// Goes on after the header.
    pub(super) fn new(key: &[u8; 32], header: &Header, id: SubmissionId, sealed: R) -> Self {
        Self {
            sealed,
            stream: stream(key, header),
            associated_data: header.associated_data(id),
            number: 0,
            chunk: Zeroizing::default(),
            given: 0,
            next: Next::Chunk,
        }
    }

    fn open_chunk(&mut self) -> Result<Next, SealFailure> {
        self.given = 0;
        self.chunk.clear();
        // It grows with the first chunk only, before anything in it is clear.
        self.sealed
            .by_ref()
            .take(SEALED_CHUNK_BYTES as u64)
            .read_to_end(&mut self.chunk)
            .map_err(|error| SealFailure::Disk(file_failure(&error)))?;
        let is_last = self.chunk.len() < SEALED_CHUNK_BYTES;
        let opened = self
            .stream
            .decrypt_in_place(self.number, is_last, &self.associated_data, &mut *self.chunk);
        if opened.is_err() {
            return Err(SealFailure::Damaged);
        }
        if is_last {
            return Ok(Next::End);
        }
        self.number = self.number.checked_add(1).ok_or(SealFailure::Damaged)?;
        Ok(Next::Chunk)
    }
}

impl<R: Read> Read for OpenCopy<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if buffer.is_empty() {
            return Ok(0);
        }
        loop {
            if let Some(rest) = self.chunk.get(self.given..).filter(|rest| !rest.is_empty()) {
                let mut rest = rest;
                let read = rest.read(buffer)?;
                self.given += read;
                return Ok(read);
            }
            match &self.next {
                Next::Chunk => {}
                Next::End => return Ok(0),
                Next::Failure(failure) => return Err(io::Error::new(io::ErrorKind::InvalidData, failure.clone())),
            }
            self.next = self.open_chunk().unwrap_or_else(|failure| {
                self.chunk.zeroize();
                Next::Failure(failure)
            });
        }
    }
}
