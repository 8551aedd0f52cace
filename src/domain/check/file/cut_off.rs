//! Whether a file ends in the middle of a segment.

use memchr::memchr_iter;

use crate::domain::hl7::{Segment, SegmentName};

/// The last field that HL7 itself requires of a segment. Source: HL7 2.5.1, the segments' tables.
const REQUIRED: [(SegmentName, usize); 5] = [
    (SegmentName::new(*b"MSH"), 12),
    (SegmentName::new(*b"PID"), 5),
    (SegmentName::new(*b"PV1"), 2),
    (SegmentName::new(*b"RXA"), 6),
    (SegmentName::new(*b"OBX"), 11),
];

/// How short this file's segments are: the last field of the shortest of each name that ended with a line end.
///
/// Some senders leave required fields off the end of every `OBX`. What all of them lack does not show that one was cut.
#[derive(Debug, Default)]
pub(super) struct Shortest([Option<usize>; REQUIRED.len()]);

impl Shortest {
    /// Takes note of a segment that is whole.
    pub(super) fn add(&mut self, segment: &Segment<'_>, name: SegmentName) {
        if let Some(shortest) = REQUIRED
            .iter()
            .position(|(required, _)| *required == name)
            .and_then(|place| self.0.get_mut(place))
        {
            let last = last_field(segment, name);
            *shortest = Some(shortest.map_or(last, |shortest| shortest.min(last)));
        }
    }

    /// Whether this last segment, which no line end closes, was cut.
    ///
    /// It was when it is the beginning of a name, a name alone, or ends before a field that HL7 requires and that every other segment
    /// of its name in this file has. One that was cut later in a line looks whole.
    pub(super) fn shows_cut(&self, segment: &Segment<'_>) -> bool {
        let Some(name) = segment.standard_name() else {
            let is_beginning = |bytes: &[u8]| bytes.len() < 3 && bytes.iter().all(u8::is_ascii_alphanumeric);
            return is_beginning(segment.bytes());
        };
        if matches!(name.bytes(), b"BTS" | b"FTS") {
            return false;
        }
        let last = last_field(segment, name);
        let required = REQUIRED.iter().zip(self.0).find(|((required, _), _)| *required == name);
        last == 0
            || required.is_some_and(|((_, required), shortest)| {
                last < *required && shortest.is_none_or(|shortest| last < shortest)
            })
    }
}

/// The number of the segment's last field; 0 where there is its name alone.
fn last_field(segment: &Segment<'_>, name: SegmentName) -> usize {
    let separators = memchr_iter(segment.delimiters().field, segment.bytes()).count();
    // MSH-1 is the first separator itself.
    separators + usize::from(separators > 0 && name.bytes() == b"MSH")
}
