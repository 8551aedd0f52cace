//! The first bytes of a file, kept until they tell what it is.

use super::{
    content::{ContentKind, HEAD_BYTES, detect},
    junk,
};

/// Collects the first [`HEAD_BYTES`] of a file that are not junk from end to end. Holds no more than that.
#[derive(Debug, Default)]
pub struct Head {
    bytes: Vec<u8>,
    /// What the bytes before are, if there are any: junk alone.
    before: Option<ContentKind>,
}

impl Head {
    /// Takes what it has room for, and leaves the rest.
    pub fn fill<'b>(&mut self, bytes: &'b [u8]) -> &'b [u8] {
        let room = HEAD_BYTES.saturating_sub(self.bytes.len());
        let (kept, rest) = bytes.split_at(bytes.len().min(room));
        self.bytes.extend_from_slice(kept);
        rest
    }

    /// Whether there is no room left.
    pub fn is_full(&self) -> bool {
        self.bytes.len() >= HEAD_BYTES
    }

    /// The bytes at hand.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Whether they say nothing, because none of them belongs to a segment.
    pub fn is_junk(&self) -> bool {
        junk::skip(&self.bytes).is_empty()
    }

    /// Makes room, where the bytes at hand are junk.
    pub fn forget_junk(&mut self) {
        let binary = self.before == Some(ContentKind::Binary) || self.bytes.contains(&0);
        self.before = Some(if binary {
            ContentKind::Binary
        } else {
            ContentKind::Empty
        });
        self.bytes.clear();
    }

    /// What the file is, as far as it is known.
    pub fn kind(&self) -> ContentKind {
        let kind = detect(&self.bytes);
        self.before.filter(|_| kind == ContentKind::Empty).unwrap_or(kind)
    }
}
