//! Where bytes go that are only to be known by their hash.

use std::io::{self, Write};

use sha2::{Digest, Sha256};

use crate::domain::{cancel::Cancel, submission::ContentHash};

/// Hashes and counts what is written into it, and refuses more once somebody cancels.
#[derive(Default)]
pub(super) struct HashSink {
    hash: Sha256,
    taken_bytes: u64,
    cancel: Cancel,
}

impl HashSink {
    /// One that a wish to cancel stops.
    pub(super) fn until(cancel: &Cancel) -> Self {
        Self {
            cancel: cancel.clone(),
            ..Self::default()
        }
    }

    /// Bytes so far.
    pub(super) fn taken_bytes(&self) -> u64 {
        self.taken_bytes
    }

    /// Of all of them.
    pub(super) fn finish(self) -> ContentHash {
        ContentHash(self.hash.finalize().into())
    }
}

impl Write for HashSink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.cancel.is_requested() {
            return Err(io::Error::other("cancelled"));
        }
        self.hash.update(bytes);
        self.taken_bytes += bytes.len() as u64;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
