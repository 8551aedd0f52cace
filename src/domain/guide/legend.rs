//! What the guide calls the fields of a segment, and in which order segments stand: all that a person needs who reads a message.

use std::collections::BTreeMap;

use super::{Content, Guide, Slot};
use crate::domain::hl7::SegmentName;

/// Names of fields, and the order of segments.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Legend {
    fields: BTreeMap<SegmentName, Vec<Box<str>>>,
    order: Vec<SegmentName>,
}

impl Legend {
    /// What this guide says.
    pub fn of(guide: &Guide) -> Self {
        let names = guide.segments().iter().map(|segment| {
            let fields = segment.fields.iter().map(|field| field.name.clone());
            (segment.name, fields.collect())
        });
        let mut order = Vec::new();
        gather(guide.message(), &mut order);
        Self {
            fields: names.collect(),
            order,
        }
    }

    /// What a field is called, such as `Date/Time of Birth` for PID-7.
    pub fn field(&self, segment: SegmentName, number: usize) -> Option<&str> {
        let fields = self.fields.get(&segment)?;
        fields.get(number.checked_sub(1)?).map(|name| &**name)
    }

    /// Which of all segments of a message this one is; those of an unknown name come last.
    pub fn rank(&self, segment: SegmentName) -> usize {
        let place = self.order.iter().position(|name| *name == segment);
        place.unwrap_or(self.order.len())
    }
}

fn gather(slots: &[Slot], order: &mut Vec<SegmentName>) {
    for slot in slots {
        match &slot.content {
            Content::Segment(name) => order.push(*name),
            Content::Group { slots, .. } => gather(slots, order),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_have_the_guides_names_and_segments_its_order() {
        let legend = Legend::of(&Guide::z22().unwrap());
        let name = |name: &[u8; 3]| SegmentName::new(*name);
        assert_eq!(legend.field(name(b"PID"), 7), Some("Date/Time of Birth"));
        assert_eq!(legend.field(name(b"PID"), 0), None);
        assert_eq!(legend.field(name(b"ZZZ"), 1), None);
        let ranks =
            [b"MSH", b"PID", b"PD1", b"NK1", b"ORC", b"RXA", b"RXR", b"OBX", b"ZZZ"].map(|of| legend.rank(name(of)));
        assert!(ranks.is_sorted(), "{ranks:?}");
    }
}
