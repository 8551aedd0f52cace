//! What can be asked of the values of a message.

use super::form::Form;
use crate::domain::hl7::SegmentName;

/// A place in a message. Of a field that repeats, the first repetition is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Path {
    /// The segment; `None` within a type, whose components are meant then.
    pub segment: Option<SegmentName>,
    /// Which of the segments of that name.
    pub reach: Reach,
    /// The field's number, or 0 for the whole segment.
    pub field: u8,
    /// The component's number, or 0 for the whole field.
    pub component: u8,
    /// The subcomponent's number, or 0 for the whole component.
    pub subcomponent: u8,
}

/// Which of several segments of one name, within the message or the order that is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reach {
    /// The first.
    First,
    /// Any of them.
    Any,
}

/// What is asked of the value at a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Test {
    /// That there is one.
    Valued,
    /// That it is this.
    Equals(Box<str>),
    /// That it is one of these.
    OneOf(Box<[Box<str>]>),
    /// That it has this form.
    Fits(Form),
    /// That it stands in this table.
    InTable(Box<str>),
    /// That it is the same as there.
    Same(Path),
}

/// What a test says where there is no value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Absent {
    /// It does not hold.
    Fails,
    /// It holds: the usage of the element says whether the value may be absent.
    Passes,
}

/// A statement about the values of a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Predicate {
    /// About one value.
    Is {
        /// Where it is.
        path: Path,
        /// What it is asked.
        test: Test,
        /// What that says of no value.
        absent: Absent,
    },
    /// This does not hold.
    Not(Box<Predicate>),
    /// Each of these holds.
    All(Box<[Predicate]>),
    /// One of these holds, at least.
    Any(Box<[Predicate]>),
}

/// Something that must hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Constraint {
    /// Its id in the guide: `IZ-46`. A few constraints share one.
    pub id: Box<str>,
    /// The place that is wrong where it does not hold.
    pub target: Path,
    /// What must hold.
    pub predicate: Predicate,
}

/// The values that a predicate is asked about: of a type, of a segment, or of an order.
pub trait Values {
    /// Whether there is a value at this place; an empty one is none.
    fn has_value(&self, path: Path) -> bool {
        self.any(path, &mut |_| true)
    }

    /// Whether `test` says yes to a value at this place. It is not asked where there is none; an empty one is none.
    fn any(&self, path: Path, test: &mut dyn FnMut(&[u8]) -> bool) -> bool;

    /// Whether this table has this code. Yes where the table is not known.
    fn has_code(&self, table: &str, code: &[u8]) -> bool;
}

impl Predicate {
    /// Whether it holds.
    pub fn holds(&self, values: &impl Values) -> bool {
        match self {
            Self::Is { path, test, absent } => {
                test.holds(*path, values) || (*absent == Absent::Passes && !values.has_value(*path))
            }
            Self::Not(inner) => !inner.holds(values),
            Self::All(all) => all.iter().all(|inner| inner.holds(values)),
            Self::Any(any) => any.iter().any(|inner| inner.holds(values)),
        }
    }

    /// Whether it can be decided from this segment alone, or from a type alone.
    pub fn is_within(&self, segment: SegmentName) -> bool {
        let is_inside = |path: &Path| path.segment.is_none_or(|other| other == segment);
        match self {
            Self::Is {
                path,
                test: Test::Same(other),
                ..
            } => is_inside(path) && is_inside(other),
            Self::Is { path, .. } => is_inside(path),
            Self::Not(inner) => inner.is_within(segment),
            Self::All(parts) | Self::Any(parts) => parts.iter().all(|inner| inner.is_within(segment)),
        }
    }
}

impl Test {
    fn holds(&self, path: Path, values: &impl Values) -> bool {
        if *self == Self::Valued {
            return values.has_value(path);
        }
        values.any(path, &mut |value| match self {
            Self::Valued => true,
            Self::Equals(expected) => value == expected.as_bytes(),
            Self::OneOf(expected) => expected.iter().any(|expected| value == expected.as_bytes()),
            Self::Fits(form) => form.fits(value),
            Self::InTable(table) => values.has_code(table, value),
            Self::Same(there) => values.any(*there, &mut |other| other == value),
        })
    }
}
