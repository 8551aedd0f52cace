//! Whether segments of a name are counted on from 1: NK1-1, OBX-1.

use crate::domain::{
    check::{Findings, MessageView, SegmentView, message::MessageRule},
    hl7::SegmentName,
};

/// Counts the segments of a name.
struct Counter {
    /// The number before; `None` where it was none or a wrong one, so that nobody can say which should follow.
    last: Option<u64>,
    /// Whether a part of the message begins, where counting may begin again.
    may_begin: bool,
}

/// Says where the numbers do not go on. What is no number at all is said by the room of the guide.
pub(super) fn check(message: &MessageView<'_>, findings: &mut Findings) {
    let [mut relatives, mut observations] = [(); 2].map(|()| Counter {
        last: Some(0),
        may_begin: false,
    });
    for segment in message.segments() {
        match segment.standard_name().as_ref().map(SegmentName::bytes) {
            Some(b"NK1") => relatives.read(&segment, findings),
            Some(b"OBX") => observations.read(&segment, findings),
            Some(b"RXA") => observations.may_begin = true,
            _ => {}
        }
    }
}

impl Counter {
    fn read(&mut self, segment: &SegmentView<'_>, findings: &mut Findings) {
        let value = segment.value(1, 1);
        let number = std::str::from_utf8(value)
            .ok()
            .and_then(|digits| digits.parse::<u64>().ok());
        let follows =
            |(last, number): (u64, u64)| last.checked_add(1) == Some(number) || (self.may_begin && number == 1);
        let is_right = self.last.zip(number).is_none_or(follows);
        if !is_right {
            findings.add(MessageRule::SetId, &segment.place_of(1), &[]);
        }
        self.last = number.filter(|_| is_right);
        self.may_begin = false;
    }
}
