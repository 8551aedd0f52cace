//! The name of a segment.

use std::fmt;

/// A letter and two letters or digits, in capitals: `PID`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SegmentName([u8; 3]);

impl SegmentName {
    /// How many bytes every name has.
    pub const BYTES: u64 = 3;

    /// A name out of the standard. In capitals.
    pub const fn new(name: [u8; 3]) -> Self {
        Self(name)
    }

    /// The name that these bytes are, in capitals or small letters.
    pub fn of(bytes: &[u8]) -> Option<Self> {
        match bytes {
            [a, b, c] if a.is_ascii_alphabetic() && b.is_ascii_alphanumeric() && c.is_ascii_alphanumeric() => {
                Some(Self([*a, *b, *c].map(|byte| byte.to_ascii_uppercase())))
            }
            _ => None,
        }
    }

    /// Its three bytes, to be matched against: `b"PID"`.
    pub fn bytes(&self) -> &[u8; 3] {
        &self.0
    }

    /// Its three letters.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }
}

impl fmt::Display for SegmentName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for SegmentName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
