//! The values that a condition of the guide asks about.

use crate::domain::{
    check::SegmentView,
    guide::{Path, Values},
};

/// Those of a segment.
pub(super) struct OfSegment<'v, 'a>(pub(super) &'v SegmentView<'a>);

impl Values for OfSegment<'_, '_> {
    fn any(&self, path: Path, test: &mut dyn FnMut(&[u8]) -> bool) -> bool {
        let Some(field) = self.0.field(path.field.into()) else {
            return false;
        };
        let value = match (path.component, path.subcomponent) {
            (0, _) if field.is_blank() => &[][..],
            (0, _) => field.first().value(),
            (component, 0) => field.component(component.into()).map_or(&[][..], |part| part.value()),
            (component, below) => {
                let part = field.component(component.into());
                part.and_then(|part| part.subcomponent(below.into()))
                    .map_or(&[][..], |part| part.value())
            }
        };
        !value.is_empty() && test(value)
    }

    fn has_code(&self, _table: &str, _code: &[u8]) -> bool {
        // No condition asks this: a test of the plan sees to it.
        true
    }
}

/// Those of a value with parts.
#[derive(Clone, Copy)]
pub(super) struct OfType<'a> {
    pub(super) bytes: &'a [u8],
    /// What stands between its parts.
    pub(super) separator: Option<u8>,
    /// What stands between the parts of a part.
    pub(super) below: Option<u8>,
    /// The parts that say something: bit 2 for the second.
    pub(super) filled: u32,
}

impl<'a> OfType<'a> {
    pub(super) fn of(bytes: &'a [u8], separator: Option<u8>, below: Option<u8>) -> Self {
        let filled = (1..u32::BITS)
            .zip(split(bytes, separator))
            .filter(|(_, part)| !value_of(part).is_empty())
            .fold(0, |filled, (number, _)| filled | 1 << number);
        Self {
            bytes,
            separator,
            below,
            filled,
        }
    }

    /// Whether its part of this number says something.
    pub(super) fn has(self, number: usize) -> bool {
        let bit = u32::try_from(number).ok().and_then(|number| 1_u32.checked_shl(number));
        bit.is_some_and(|bit| self.filled & bit != 0)
    }

    /// Its parts as they stand there, from 1 on.
    pub(super) fn parts(self) -> impl Iterator<Item = (usize, &'a [u8])> {
        (1..).zip(split(self.bytes, self.separator))
    }
}

impl Values for OfType<'_> {
    fn has_value(&self, path: Path) -> bool {
        match path.subcomponent {
            0 => self.has(path.component.max(1).into()),
            _ => self.any(path, &mut |_| true),
        }
    }

    fn any(&self, path: Path, test: &mut dyn FnMut(&[u8]) -> bool) -> bool {
        let nth = |number: u8| usize::from(number).saturating_sub(1);
        let part = split(self.bytes, self.separator).nth(nth(path.component));
        let value = match path.subcomponent {
            0 => part,
            below => part.and_then(|part| split(part, self.below).nth(nth(below))),
        };
        let value = value.map_or(&[][..], value_of);
        !value.is_empty() && test(value)
    }

    fn has_code(&self, _table: &str, _code: &[u8]) -> bool {
        true
    }
}

/// What stands between separators.
pub(super) fn split(bytes: &[u8], separator: Option<u8>) -> impl Iterator<Item = &[u8]> {
    bytes.split(move |byte| Some(*byte) == separator)
}

/// The bytes without spaces around them; none where they are the HL7 null.
pub(super) fn value_of(bytes: &[u8]) -> &[u8] {
    match bytes.trim_ascii() {
        b"\"\"" => &[],
        value => value,
    }
}
