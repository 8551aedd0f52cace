//! A segment whose fields are split once, for rules that look at many of them.

use std::ops::Deref;

use crate::domain::{
    check::{place::Place, view::SegmentView},
    hl7::{Coded, Component, Field, Reading, Repetition, Timestamp},
};

/// A segment with its first `N` fields.
#[derive(Clone, Copy)]
pub struct Split<'a, const N: usize> {
    segment: SegmentView<'a>,
    fields: [Option<Field<'a>>; N],
}

impl<'a, const N: usize> Split<'a, N> {
    /// Splits a segment.
    pub fn of(segment: SegmentView<'a>) -> Self {
        let mut fields = [None; N];
        for (place, field) in fields.iter_mut().zip(segment.fields()) {
            *place = Some(field);
        }
        Self { segment, fields }
    }

    /// A field by its number, as HL7 counts them; `None` where the segment ends before it.
    pub fn field(&self, number: usize) -> Option<Field<'a>> {
        debug_assert!(number <= N, "only {N} fields are split");
        self.fields.get(number.checked_sub(1)?).copied().flatten()
    }

    /// A field in which something stands besides separators: a value, or the HL7 null.
    pub fn filled(&self, number: usize) -> Option<Field<'a>> {
        self.field(number).filter(|field| !field.is_blank())
    }

    /// The repetitions of a field; none where the segment ends before it.
    pub fn repetitions(&self, number: usize) -> impl Iterator<Item = Repetition<'a>> + Clone + use<'a, N> {
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

    /// Where a field is, or the end of the segment where it ends before that field.
    pub fn place_of(&self, number: usize) -> Place<'a> {
        match self.field(number) {
            Some(field) => self.segment.place().field(&field),
            None => self.segment.place().lacks_field(number),
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

impl<'a, const N: usize> Deref for Split<'a, N> {
    type Target = SegmentView<'a>;

    fn deref(&self) -> &Self::Target {
        &self.segment
    }
}
