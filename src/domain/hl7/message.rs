//! The segments of one message, kept together so that rules can look at all of it.

use std::{fmt, ops::Range};

use memchr::memchr_iter;

use super::{name::SegmentName, part::Field, segment::Segment};

/// The longest message that is kept, in bytes.
pub const MAX_MESSAGE_BYTES: usize = 4 << 20;
/// The most segments of a message that are kept.
pub const MAX_MESSAGE_SEGMENTS: usize = 1 << 14;

/// Keeps the segments of a message. It is filled and cleared over and over; its memory is bounded and used again.
///
/// Its `Debug` shows how much it holds only, since the bytes are patient data.
#[derive(Default)]
pub struct MessageBuffer {
    bytes: Vec<u8>,
    segments: Vec<Kept>,
    /// Where in its segment each field separator is, segment after segment: rules ask for the same fields again and again.
    separators: Vec<u32>,
    left_out: u64,
}

struct Kept {
    /// Where in the buffer its bytes are.
    bytes: Range<usize>,
    /// Which of the separators are its own.
    separators: Range<usize>,
    /// Whether its first two fields are the delimiters, which are not split.
    declares_delimiters: bool,
    /// All of it but the bytes.
    segment: Segment<'static>,
    name: Option<SegmentName>,
    index: u32,
}

/// A segment of a message.
#[derive(Debug, Clone, Copy)]
pub struct Member<'a> {
    /// The segment.
    pub segment: Segment<'a>,
    /// Its name; `None` where it does not begin as a segment does.
    pub name: Option<SegmentName>,
    /// Which of that name it is in the message, counted from 1.
    pub index: u32,
    separators: &'a [u32],
    declares_delimiters: bool,
}

impl<'a> Member<'a> {
    /// What [`Segment::field`] gives, without a search for it.
    pub fn field(&self, number: usize) -> Option<Field<'a>> {
        match (self.declares_delimiters, number) {
            (true, 0..=2) => self.segment.field(number),
            // MSH-1 is the first separator itself.
            (true, _) => self.segment.field_behind(self.separators, number - 2, number),
            (false, _) => self
                .segment
                .field_behind(self.separators, number.checked_sub(1)?, number),
        }
    }

    /// What [`Segment::fields`] gives, without a search for them.
    pub fn fields(self) -> impl Iterator<Item = Field<'a>> {
        (1..).map_while(move |number| self.field(number))
    }
}

impl MessageBuffer {
    /// Forgets the message.
    pub fn clear(&mut self) {
        self.bytes.clear();
        self.segments.clear();
        self.separators.clear();
        self.left_out = 0;
    }

    /// Keeps one more segment. One for which there is no room is counted only.
    pub fn push(&mut self, segment: Segment<'_>, name: Option<SegmentName>) {
        let start = self.bytes.len();
        let end = start + segment.bytes.len();
        if self.left_out > 0 || end > MAX_MESSAGE_BYTES || self.segments.len() == MAX_MESSAGE_SEGMENTS {
            self.left_out += 1;
            return;
        }
        self.bytes.extend_from_slice(segment.bytes);
        let separators = self.find_separators(segment);
        let same = self.segments.iter().rev().find(|kept| kept.name == name);
        self.segments.push(Kept {
            bytes: start..end,
            separators,
            declares_delimiters: segment.declares_delimiters(),
            segment: segment.without_bytes(),
            name,
            index: same.map_or(1, |same| same.index + 1),
        });
    }

    fn find_separators(&mut self, segment: Segment<'_>) -> Range<usize> {
        let first = self.separators.len();
        let places = memchr_iter(segment.delimiters.field, segment.bytes);
        self.separators
            .extend(places.filter_map(|place| u32::try_from(place).ok()));
        first..self.separators.len()
    }

    /// Whether there is no segment.
    pub fn is_empty(&self) -> bool {
        self.segments.is_empty()
    }

    /// The segments in their order.
    pub fn members(&self) -> impl DoubleEndedIterator<Item = Member<'_>> + Clone {
        self.segments.iter().filter_map(|kept| self.member(kept))
    }

    /// The segments of this name, in their order.
    pub fn named(&self, name: SegmentName) -> impl DoubleEndedIterator<Item = Member<'_>> + Clone {
        let kept = self.segments.iter().filter(move |kept| kept.name == Some(name));
        kept.filter_map(|kept| self.member(kept))
    }

    /// The bytes of all segments, without what stands between them.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// How many segments there was no room for.
    pub fn left_out(&self) -> u64 {
        self.left_out
    }

    fn member(&self, kept: &Kept) -> Option<Member<'_>> {
        Some(Member {
            segment: kept.segment.with_bytes(self.bytes.get(kept.bytes.clone())?),
            name: kept.name,
            index: kept.index,
            separators: self.separators.get(kept.separators.clone())?,
            declares_delimiters: kept.declares_delimiters,
        })
    }
}

impl fmt::Debug for MessageBuffer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MessageBuffer")
            .field("bytes", &self.bytes.len())
            .field("segments", &self.segments.len())
            .field("separators", &self.separators.len())
            .field("left_out", &self.left_out)
            .finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::hl7::Tokenizer;

    fn keep(text: &str) -> MessageBuffer {
        let mut buffer = MessageBuffer::default();
        let mut tokenizer = Tokenizer::new();
        let mut push = |segment: Segment<'_>| buffer.push(segment, segment.standard_name());
        tokenizer.feed(text.as_bytes(), &mut push);
        tokenizer.finish(&mut push);
        buffer
    }

    #[test]
    fn a_field_is_the_same_whether_it_is_searched_or_not() {
        let buffer = keep("MSH|^~\\&|EHR||X\rPID|1||a^b~c|\rno segment|x\rPID\rZZ1||\rFHS|^~\\&|A\rBTS|1|\r");
        for member in buffer.members() {
            assert!(member.fields().eq(member.segment.fields()), "{member:?}");
            for number in 0..7 {
                assert_eq!(
                    member.field(number),
                    member.segment.field(number),
                    "{member:?} {number}"
                );
            }
        }
        let patients = buffer.named(SegmentName::new(*b"PID")).map(|patient| patient.index);
        assert_eq!(patients.collect::<Vec<_>>(), [1, 2]);
    }

    #[test]
    fn segments_are_kept_with_their_bytes_their_places_and_their_numbers() {
        let text = "MSH|^~\\&|EHR\rOBX|1\rpid|1\rno segment\robx|2\r";
        let buffer = keep(text);
        let shown: Vec<_> = buffer
            .members()
            .map(|member| {
                let name = member.name.map(|name| name.to_string());
                let bytes = String::from_utf8_lossy(member.segment.bytes()).into_owned();
                assert!(text.contains(&bytes));
                (name.unwrap_or_default(), member.index, member.segment.line(), bytes)
            })
            .collect();
        let row = |name: &str, index, line, bytes: &str| (name.to_owned(), index, line, bytes.to_owned());
        let expected = [
            row("MSH", 1, 1, "MSH|^~\\&|EHR"),
            row("OBX", 1, 2, "OBX|1"),
            row("PID", 1, 3, "pid|1"),
            row("", 1, 4, "no segment"),
            row("OBX", 2, 5, "obx|2"),
        ];
        assert_eq!(shown, expected);
    }

    #[test]
    fn what_there_is_no_room_for_is_counted_and_the_next_message_has_room_again() {
        let mut buffer = keep(&"NTE|1\r".repeat(MAX_MESSAGE_SEGMENTS + 3));
        assert_eq!((buffer.members().count(), buffer.left_out()), (MAX_MESSAGE_SEGMENTS, 3));
        buffer.clear();
        assert!(buffer.is_empty() && buffer.bytes().is_empty());
        assert_eq!(buffer.left_out(), 0);
        let long = format!("NTE|{}\r", "x".repeat(900_000));
        let buffer = keep(&long.repeat(5));
        assert_eq!((buffer.members().count(), buffer.left_out()), (4, 1));
    }
}
