//! A message as the rules see it: its segments, each of which knows its place.

use std::ops::Deref;

use crate::domain::{
    check::place::{Of, Place},
    hl7::{Coded, Component, Field, Member, MessageBuffer, Reading, Repetition, Segment, SegmentName, Timestamp},
};

/// A whole message, from its `MSH` on. Nothing of it is copied, and no field is split before a rule asks.
#[derive(Clone, Copy)]
pub struct MessageView<'a> {
    header: SegmentView<'a>,
    buffer: &'a MessageBuffer,
}

impl<'a> MessageView<'a> {
    /// The message of this number in the buffer; `None` where the buffer is empty.
    pub(super) fn of(buffer: &'a MessageBuffer, number: u32) -> Option<Self> {
        let header = buffer.members().next()?;
        let control_id = header.field(10).map_or(&[][..], |field| field.bytes());
        let of = Of {
            message: number,
            control_id,
        };
        Some(Self {
            header: SegmentView::within(header, of),
            buffer,
        })
    }

    /// Which message of the file it is, counted from 1.
    pub fn number(&self) -> u32 {
        self.header.of.message
    }

    /// MSH-10 as it stands there; empty where it is missing.
    pub fn control_id(&self) -> &'a [u8] {
        self.header.of.control_id
    }

    /// The segment that begins it.
    pub fn header(&self) -> SegmentView<'a> {
        self.header
    }

    /// All segments in their order, the header first, lines that are no segment among them.
    pub fn segments(&self) -> impl DoubleEndedIterator<Item = SegmentView<'a>> + Clone + use<'a> {
        let of = self.header.of;
        self.buffer.members().map(move |member| SegmentView::within(member, of))
    }

    /// The segments of this name, given in capitals.
    pub fn all(&self, name: [u8; 3]) -> impl DoubleEndedIterator<Item = SegmentView<'a>> + Clone + use<'a> {
        let of = self.header.of;
        let named = self.buffer.named(SegmentName::new(name));
        named.map(move |member| SegmentView::within(member, of))
    }

    /// The first segment of this name, given in capitals.
    pub fn first(&self, name: [u8; 3]) -> Option<SegmentView<'a>> {
        self.all(name).next()
    }

    /// Where a segment of this name, given in capitals, should be and is not: the header shows which message it is.
    pub fn lacks(&self, name: [u8; 3]) -> Place<'a> {
        self.header.place().lacks_segment(SegmentName::new(name))
    }

    /// All bytes of its segments, without what stands between them.
    pub fn bytes(&self) -> &'a [u8] {
        self.buffer.bytes()
    }
}

/// A segment of a message. It is a [`Segment`], with its number and its place.
#[derive(Clone, Copy)]
pub struct SegmentView<'a> {
    member: Member<'a>,
    of: Of<'a>,
}

impl<'a> SegmentView<'a> {
    fn within(member: Member<'a>, of: Of<'a>) -> Self {
        Self { member, of }
    }

    /// Its name in capitals; `None` where it is a line that is no segment.
    pub fn standard_name(&self) -> Option<SegmentName> {
        self.member.name
    }

    /// Which of its name it is in the message, counted from 1.
    pub fn index(&self) -> u32 {
        self.member.index
    }

    /// One of its fields by its number, as [`Segment::field`] gives it.
    pub fn field(&self, number: usize) -> Option<Field<'a>> {
        self.member.field(number)
    }

    /// Its fields, as [`Segment::fields`] gives them.
    pub fn fields(&self) -> impl Iterator<Item = Field<'a>> + use<'a> {
        self.member.fields()
    }

    /// A field in which something stands besides separators: a value, or the HL7 null.
    pub fn filled(&self, number: usize) -> Option<Field<'a>> {
        self.field(number).filter(|field| !field.is_blank())
    }

    /// The repetitions of a field; none where the segment ends before it.
    pub fn repetitions(&self, number: usize) -> impl Iterator<Item = Repetition<'a>> + Clone + use<'a> {
        self.field(number).into_iter().flat_map(|field| field.repetitions())
    }

    /// A component of a field's first repetition.
    pub fn component(&self, number: usize, component: usize) -> Option<Component<'a>> {
        self.field(number)?.component(component)
    }

    /// The value of a component of a field's first repetition; empty where there is none, or the HL7 null.
    pub fn value(&self, number: usize, component: usize) -> &'a [u8] {
        self.component(number, component)
            .map_or(&[], |component| component.value())
    }

    /// The code of a field's first repetition.
    pub fn coded(&self, number: usize) -> Option<Coded<'a>> {
        self.field(number).map(|field| Coded::of(&field.first()))
    }

    /// The day or time that a field tells.
    pub fn timestamp(&self, number: usize) -> Reading<Timestamp> {
        self.component(number, 1)
            .map_or(Reading::Empty, |component| Timestamp::read(&component))
    }

    /// Where it is.
    pub fn place(&self) -> Place<'a> {
        Place::of_segment(&self.member.segment, self.member.name, Some(self.member.index)).in_message(self.of)
    }

    /// Where its name is.
    pub fn place_of_name(&self) -> Place<'a> {
        let start = self.range().start;
        self.place().bytes(start..start + SegmentName::BYTES)
    }

    /// Where one of its fields is, or the end of the segment where it ends before that field.
    pub fn place_of(&self, number: usize) -> Place<'a> {
        match self.field(number) {
            Some(field) => self.place().field(&field),
            None => self.place().lacks_field(number),
        }
    }

    /// Where a component of a field's first repetition is, or the end of what is there.
    pub fn place_of_component(&self, number: usize, component: usize) -> Place<'a> {
        let place = self.place_of(number);
        let Some(field) = self.field(number) else {
            return place.lacks_component(component);
        };
        let first = field.first();
        let place = place.repetition(&first);
        match first.component(component) {
            Some(component) => place.component(&component),
            None => place.lacks_component(component),
        }
    }
}

impl<'a> Deref for SegmentView<'a> {
    type Target = Segment<'a>;

    fn deref(&self) -> &Self::Target {
        &self.member.segment
    }
}
