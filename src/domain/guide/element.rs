//! Fields, components, and the segments, types and slots that they stand in.

use super::predicate::{Constraint, Predicate, Values};
use crate::domain::hl7::{Precision, SegmentName, Timestamp};

/// Whether an element must be there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Usage {
    /// R: always.
    Required,
    /// RE: where it is known. Nobody can see from a message whether it is.
    RequiredIfKnown,
    /// O: it may be.
    Optional,
    /// X: never.
    NotSupported,
}

/// How it is known whether an element must be there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum UsageRule {
    /// It does not depend on anything.
    Always(Usage),
    /// C(then/otherwise): it depends on other values.
    When {
        /// On what.
        predicate: Predicate,
        /// Where that holds.
        then: Usage,
        /// Where it does not.
        otherwise: Usage,
    },
    /// C, but nobody states the condition. Nothing can be demanded.
    Unstated,
}

impl UsageRule {
    /// Whether it must be there in the midst of these values.
    pub fn usage(&self, values: &impl Values) -> Usage {
        match self {
            Self::Always(usage) => *usage,
            Self::When { predicate, then, .. } if predicate.holds(values) => *then,
            Self::When { otherwise, .. } => *otherwise,
            Self::Unstated => Usage::Optional,
        }
    }
}

/// How often something may be there, where it is there at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Cardinality {
    /// At least.
    pub min: u16,
    /// At most; `None` for as often as one likes.
    pub max: Option<u16>,
}

/// How many characters a value may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Length {
    /// At least.
    pub min: u32,
    /// At most; `None` for as many as one likes.
    pub max: Option<u32>,
}

/// A field of a segment, or a component of a type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Element {
    /// Its name in HL7: `Date/Time of Birth`.
    pub name: Box<str>,
    /// Whether it must be there.
    pub usage: UsageRule,
    /// How often it may be there. A component cannot be there twice.
    pub cardinality: Cardinality,
    /// Its type.
    pub datatype: DatatypeId,
    /// How long it may be.
    pub length: Length,
    /// The table of its codes, as [`crate::domain::codes::Tables::value_set`] knows it.
    pub table: Option<Box<str>>,
}

/// Which type. See [`super::Guide::datatype`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct DatatypeId(pub(super) u16);

/// A type: of a field, of a component, or of what stands in one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Datatype {
    /// Its name: `XPN_IZ`. Up to the underscore it is HL7's.
    pub name: Box<str>,
    /// What it looks like.
    pub shape: Shape,
    /// What must hold within it.
    pub constraints: Box<[Constraint]>,
}

/// What a type looks like.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shape {
    /// It is one value.
    Primitive(Primitive),
    /// It has components. The first one has number 1.
    Composite(Box<[Element]>),
    /// It has components, and nothing is said of them.
    Unknown,
}

/// What one value is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Primitive {
    /// Text, or a code.
    Text,
    /// A number: digits, with a sign before and a point within.
    Number,
    /// A number that counts.
    SequenceNumber,
    /// A day: `YYYY[MM[DD]]`.
    Date,
    /// A time of day: `HH[MM[SS[.S[S[S[S]]]]]][+/-ZZZZ]`.
    Time,
    /// A day and a time: `YYYY[MM[DD[HH[MM[SS[.S[S[S[S]]]]]]]]][+/-ZZZZ]`.
    TimeStamp,
    /// Another field says what it is.
    Anything,
}

impl Primitive {
    /// Whether a value looks so. A day must be one of the calendar.
    pub fn fits(self, value: &[u8]) -> bool {
        match self {
            Self::Text | Self::Anything => true,
            Self::Number => is_number(value),
            Self::SequenceNumber => !value.is_empty() && value.iter().all(u8::is_ascii_digit),
            Self::Date => Timestamp::parse(value).is_some_and(|day| day.precision() <= Precision::Day),
            Self::Time => Timestamp::parse(&[b"20000101", value].concat()).is_some(),
            Self::TimeStamp => Timestamp::parse(value).is_some(),
        }
    }
}

/// Digits, perhaps with a sign before them and a point among them.
fn is_number(value: &[u8]) -> bool {
    let unsigned = value.strip_prefix(b"+").or_else(|| value.strip_prefix(b"-"));
    let unsigned = unsigned.unwrap_or(value);
    let mut around_point = unsigned.splitn(2, |byte| *byte == b'.');
    unsigned.iter().any(u8::is_ascii_digit) && around_point.all(|part| part.iter().all(u8::is_ascii_digit))
}

impl Datatype {
    /// The component with this number, counted from 1.
    pub fn component(&self, number: usize) -> Option<&Element> {
        self.components().get(number.checked_sub(1)?)
    }

    /// Its components, in order; none where it has none or nothing is said of them.
    pub fn components(&self) -> &[Element] {
        match &self.shape {
            Shape::Composite(components) => components,
            Shape::Primitive(_) | Shape::Unknown => &[],
        }
    }
}

/// What the guide says of a segment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SegmentGuide {
    /// Its name.
    pub name: SegmentName,
    /// Its fields. The first one has number 1.
    pub fields: Box<[Element]>,
    /// What must hold within it.
    pub constraints: Box<[Constraint]>,
}

impl SegmentGuide {
    /// The field with this number, counted from 1.
    pub fn field(&self, number: usize) -> Option<&Element> {
        self.fields.get(number.checked_sub(1)?)
    }
}

/// A place in the message for a segment or for a group of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slot {
    /// Whether something must be there.
    pub usage: Usage,
    /// How often.
    pub cardinality: Cardinality,
    /// What.
    pub content: Content,
}

/// What stands in a slot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    /// A segment.
    Segment(SegmentName),
    /// A group, which begins with its first required segment.
    Group {
        /// Its name: `ORDER`.
        name: Box<str>,
        /// What it consists of, in order.
        slots: Box<[Slot]>,
    },
}
