//! What stands in a file where something was found, read once more so that a person can see it.
//!
//! A [`Report`](super::Report) holds no patient. Whoever wants to see whom a finding concerns reads the file again with an
//! [`ExcerptReader`]. What comes of it is patient data: `Debug` hides it, and its memory is wiped when it is dropped.

mod reader;
#[cfg(test)]
mod tests;

use std::{collections::BTreeMap, fmt, ops::Range};

use chrono::NaiveDate;
use zeroize::Zeroizing;

use crate::domain::{
    check::{finding::Finding, input::Offsets},
    hl7::{Segment, SegmentName},
};

pub use self::reader::ExcerptReader;

/// The longest part of a segment that is kept, in bytes.
pub const MAX_LINE_BYTES: usize = 2048;
/// The most segments of a message that are kept, beside those with a finding.
pub const MAX_LINES: usize = 200;
/// The most bytes that are kept of a file. What is beyond keeps its patient's name only.
pub const MAX_BYTES: usize = 16 << 20;

/// Whom a message is about.
#[derive(Clone, PartialEq, Eq)]
pub struct Patient {
    /// `Hartley, Rosalind`, without control characters; `None` where there is no name.
    pub name: Option<Zeroizing<String>>,
    /// The day of birth, where it is a day.
    pub born: Option<NaiveDate>,
}

/// A segment as it stands in the file, or the beginning of a long one.
#[derive(Clone, PartialEq, Eq)]
pub struct Line {
    bytes: Zeroizing<Vec<u8>>,
    segment: Segment<'static>,
    name: Option<SegmentName>,
}

/// The segments around a finding: those of its message, or its neighbours outside of messages.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Excerpt {
    /// Whom it is about, where it is a message that says so.
    pub patient: Option<Patient>,
    /// Its segments, in their order.
    pub lines: Vec<Line>,
    /// How many segments more it has, that were not kept.
    pub left_out: u64,
}

/// The excerpts of a file, by what was found in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Excerpts {
    messages: BTreeMap<u32, Excerpt>,
    /// Outside of messages, by the line of the finding.
    around: BTreeMap<u64, Excerpt>,
    offsets: Offsets,
}

impl Excerpts {
    /// What stands around a finding; `None` where it has no place but the whole file.
    pub fn of(&self, finding: &Finding) -> Option<&Excerpt> {
        match (finding.message, finding.line) {
            (Some(message), _) => self.messages.get(&message),
            (None, Some(line)) => self.around.get(&line),
            (None, None) => None,
        }
    }

    /// The bytes of a finding, as [`Line::segment`] counts them.
    pub fn spot(&self, finding: &Finding) -> Range<u64> {
        self.offsets.in_text(finding.range.start)..self.offsets.in_text(finding.range.end)
    }
}

impl Line {
    fn of(segment: Segment<'_>, name: Option<SegmentName>) -> Self {
        let bytes = segment.bytes();
        let kept = bytes.get(..MAX_LINE_BYTES).unwrap_or(bytes);
        Self {
            bytes: Zeroizing::new(kept.to_vec()),
            segment: segment.without_bytes(),
            name,
        }
    }

    /// The segment. Of a long one, fields beyond [`MAX_LINE_BYTES`] are not there.
    pub fn segment(&self) -> Segment<'_> {
        self.segment.with_bytes(&self.bytes)
    }

    /// Its name in capitals; `None` where it is a line that is no segment.
    pub fn name(&self) -> Option<SegmentName> {
        self.name
    }

    /// How many bytes of it were not kept.
    pub fn left_out_bytes(&self) -> u64 {
        let whole = self.segment.whole_range();
        (whole.end - whole.start).saturating_sub(self.bytes.len() as u64)
    }
}

impl fmt::Debug for Patient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Patient")
    }
}

impl fmt::Debug for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Line")
            .field("segment", &self.segment)
            .finish_non_exhaustive()
    }
}
