//! Where in a file something is.

use std::{fmt, ops::Range};

use crate::domain::hl7::{Component, Field, Part, Repetition, Segment, SegmentName};

/// Which message: its number, counted from 1, and its control id as it stands in MSH-10.
#[derive(Clone, Copy)]
pub(super) struct Of<'a> {
    pub(super) message: u32,
    pub(super) control_id: &'a [u8],
}

/// A place, from the whole file down to one component. Made wide and then narrowed: `segment.place().field(&born)`.
///
/// Each step keeps what is above it, so a component always says in which field, segment and message it is, and its bytes lie
/// within theirs.
#[derive(Clone)]
pub struct Place<'a> {
    pub(super) of: Option<Of<'a>>,
    pub(super) segment: Option<SegmentName>,
    pub(super) segment_index: Option<u32>,
    pub(super) field: Option<usize>,
    pub(super) repetition: Option<usize>,
    pub(super) component: Option<usize>,
    pub(super) line: Option<u64>,
    pub(super) range: Range<u64>,
}

impl<'a> Place<'a> {
    /// All of the file, however long it is: no line of it more than another.
    pub fn whole_file() -> Self {
        Self {
            of: None,
            segment: None,
            segment_index: None,
            field: None,
            repetition: None,
            component: None,
            line: None,
            range: 0..u64::MAX,
        }
    }

    /// These bytes of the file, which begin on this line.
    pub fn in_file(range: Range<u64>, line: u64) -> Self {
        Self {
            line: Some(line),
            range,
            ..Self::whole_file()
        }
    }

    /// A segment, in a message or outside of any. `index` is which of its name it is, where that is known.
    pub(super) fn of_segment(segment: &Segment<'_>, name: Option<SegmentName>, index: Option<u32>) -> Self {
        Self {
            segment: name,
            segment_index: index.filter(|_| name.is_some()),
            ..Self::in_file(segment.range(), segment.line())
        }
    }

    /// The same place, now that it is known which of its name the segment is.
    pub(super) fn numbered(self, index: Option<u32>) -> Self {
        Self {
            segment_index: index.filter(|_| self.segment.is_some()),
            ..self
        }
    }

    /// The same place in this message.
    pub(super) fn in_message(self, of: Of<'a>) -> Self {
        Self { of: Some(of), ..self }
    }

    /// Where a segment of this name is missing: the place where it was looked for.
    #[must_use]
    pub fn lacks_segment(self, name: SegmentName) -> Self {
        Self {
            segment: Some(name),
            segment_index: None,
            ..self
        }
    }

    /// A field of the segment.
    #[must_use]
    pub fn field(self, field: &Field<'_>) -> Self {
        let number = field.number();
        let narrowed = self.narrowed(field);
        Self {
            field: Some(number),
            ..narrowed
        }
    }

    /// A field before which the segment ends: the end of the segment.
    #[must_use]
    pub fn lacks_field(self, number: usize) -> Self {
        Self {
            field: Some(number),
            range: self.range.end..self.range.end,
            ..self
        }
    }

    /// One of the field's repetitions.
    #[must_use]
    pub fn repetition(self, repetition: &Repetition<'_>) -> Self {
        let narrowed = self.narrowed(repetition);
        Self {
            repetition: Some(repetition.number()),
            ..narrowed
        }
    }

    /// A component of the repetition; where none was named, of the first.
    #[must_use]
    pub fn component(self, component: &Component<'_>) -> Self {
        let narrowed = self.narrowed(component);
        Self {
            component: Some(component.number()),
            ..narrowed
        }
    }

    /// A component before which the field or the repetition ends: its end.
    #[must_use]
    pub fn lacks_component(self, number: usize) -> Self {
        Self {
            component: Some(number),
            range: self.range.end..self.range.end,
            ..self
        }
    }

    /// The spot where it begins.
    #[must_use]
    pub fn start(&self) -> Self {
        self.clone().bytes(self.range.start..self.range.start)
    }

    /// The spot where it ends.
    #[must_use]
    pub fn end(&self) -> Self {
        self.clone().bytes(self.range.end..self.range.end)
    }

    /// Some bytes of the place.
    #[must_use]
    pub fn bytes(self, range: Range<u64>) -> Self {
        let start = range.start.clamp(self.range.start, self.range.end);
        let end = range.end.clamp(start, self.range.end);
        Self {
            range: start..end,
            ..self
        }
    }

    fn narrowed<Level>(self, part: &Part<'_, Level>) -> Self {
        self.bytes(part.range())
    }
}

/// Without the control id, which can hold a patient's number.
impl fmt::Debug for Place<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Place")
            .field("message", &self.of.map(|of| of.message))
            .field("segment", &self.segment)
            .field("field", &self.field)
            .field("range", &self.range)
            .finish_non_exhaustive()
    }
}
