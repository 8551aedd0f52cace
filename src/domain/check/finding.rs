//! A finding: which rule a place breaks. What it says is made of it in `app::wording::check`.

use std::{fmt, ops::Range};

use chrono::NaiveDate;

use crate::domain::{
    check::rule::{Rule, Severity},
    hl7::{ContentKind, SegmentName, shown},
};

/// Something that a rule has to say about a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Which rule.
    pub rule: Rule,
    /// How bad it is at the stage for which the file was checked.
    pub severity: Severity,
    /// What the words need to know besides the place.
    pub arguments: Vec<Argument>,
    /// Which message, counted from 1; `None` for the file as a whole.
    pub message: Option<u32>,
    /// MSH-10 of that message.
    pub control_id: Option<ControlId>,
    /// Which segment. Of a segment that is missing, its own name.
    pub segment: Option<SegmentName>,
    /// Which of that name, counted from 1, in the message or, outside of messages, in the file; `None` where it is missing.
    pub segment_index: Option<u32>,
    /// Which field, as HL7 counts them.
    pub field: Option<usize>,
    /// Which repetition of the field, counted from 1.
    pub repetition: Option<usize>,
    /// Which component, counted from 1.
    pub component: Option<usize>,
    /// The line, counted from 1.
    pub line: Option<u64>,
    /// The bytes in the original file. Of what is missing, the empty range where it should be.
    pub range: Range<u64>,
}

/// What a text may name besides the place.
///
/// None of them can hold a patient: a text made of them can be sent to anybody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Argument {
    /// How many.
    Count(u64),
    /// A day that is nobody's: today, or the first day of a rule. Not a birth date.
    Day(NaiveDate),
    /// A code of a public table.
    Code(Code),
    /// A word out of a rule's table: the name of a field, of a unit.
    Word(&'static str),
    /// What a file is instead of HL7.
    Kind(ContentKind),
}

/// A code of a public table, or an organization's number, as it stands in the file: at most 16 capitals, digits, hyphens and dots.
///
/// Nothing else becomes one, so a value that slipped into the wrong field is not shown. Its `Debug` hides it all the same.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Code {
    bytes: [u8; Self::MAX_BYTES],
    length: usize,
}

impl Code {
    /// The longest code.
    pub const MAX_BYTES: usize = 16;

    /// The code that these bytes are.
    pub fn of(value: &[u8]) -> Option<Self> {
        let is_plain = |byte: &u8| byte.is_ascii_uppercase() || byte.is_ascii_digit() || matches!(byte, b'-' | b'.');
        if value.is_empty() || !value.iter().all(is_plain) {
            return None;
        }
        let mut bytes = [0; Self::MAX_BYTES];
        bytes.get_mut(..value.len())?.copy_from_slice(value);
        Some(Self {
            bytes,
            length: value.len(),
        })
    }

    /// Its letters.
    pub fn as_str(&self) -> &str {
        let bytes = self.bytes.get(..self.length).unwrap_or_default();
        std::str::from_utf8(bytes).unwrap_or_default()
    }
}

impl fmt::Debug for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Code({} bytes)", self.length)
    }
}

/// MSH-10 of a message, at most 199 characters, without control characters. It can hold a patient's number: it is shown to
/// whoever has the file, and its `Debug` hides it.
#[derive(Clone, PartialEq, Eq)]
pub struct ControlId(String);

impl ControlId {
    /// Source: national guide 1.5, MSH-10.
    const MAX_CHARS: usize = 199;

    /// The control id that stands in these bytes; `None` where nothing does.
    pub fn of(value: &[u8]) -> Option<Self> {
        shown(value, Self::MAX_CHARS).map(Self)
    }

    /// As a screen may show it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for ControlId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ControlId")
    }
}
