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
}

impl<'a> OfType<'a> {
    /// Its parts as they stand there, from 1 on.
    pub(super) fn parts(self) -> impl Iterator<Item = (usize, &'a [u8])> {
        (1..).zip(split(self.bytes, self.separator))
    }
}

impl Values for OfType<'_> {
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
