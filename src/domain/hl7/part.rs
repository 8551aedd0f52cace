//! The parts of a segment: fields, repetitions, components, subcomponents, each with its place in the original file.

use std::{borrow::Cow, fmt, marker::PhantomData, ops::Range};

use memchr::memchr;

use super::{delimiters::Delimiters, escape::unescape};

/// The levels into which a segment is split.
pub mod level {
    /// What stands between field separators.
    #[derive(Clone, Copy, PartialEq, Eq)]
    pub struct Field;
    /// One of several values of a field.
    #[derive(Clone, Copy, PartialEq, Eq)]
    pub struct Repetition;
    /// A part of a value.
    #[derive(Clone, Copy, PartialEq, Eq)]
    pub struct Component;
    /// A part of a component.
    #[derive(Clone, Copy, PartialEq, Eq)]
    pub struct Subcomponent;
}

/// A field with all its repetitions.
pub type Field<'a> = Part<'a, level::Field>;
/// One repetition of a field.
pub type Repetition<'a> = Part<'a, level::Repetition>;
/// One component of a repetition.
pub type Component<'a> = Part<'a, level::Component>;
/// One subcomponent of a component.
pub type Subcomponent<'a> = Part<'a, level::Subcomponent>;

/// A stretch of a segment, on one level. Its `Debug` shows the place only, since the bytes are patient data.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Part<'a, Level> {
    bytes: &'a [u8],
    start: u64,
    number: usize,
    delimiters: Delimiters,
    level: PhantomData<Level>,
}

impl<'a, Level> Part<'a, Level> {
    pub(super) fn new(bytes: &'a [u8], start: u64, number: usize, delimiters: Delimiters) -> Self {
        Self {
            bytes,
            start,
            number,
            delimiters,
            level: PhantomData,
        }
    }

    /// The bytes as they stand in the file.
    pub fn bytes(&self) -> &'a [u8] {
        self.bytes
    }

    /// The place of the bytes in the original file.
    pub fn range(&self) -> Range<u64> {
        self.start..self.start + self.bytes.len() as u64
    }

    /// Which of its kind it is, counted from 1 as HL7 counts: PID-5 is field 5.
    pub fn number(&self) -> usize {
        self.number
    }

    /// Whether not a byte stands here. The HL7 null, `""`, is not empty.
    pub fn is_empty(&self) -> bool {
        self.bytes.is_empty()
    }

    /// Whether it is the HL7 null, `""`: the sender says that there is no value.
    pub fn is_null(&self) -> bool {
        self.bytes == b"\"\""
    }

    /// The bytes without spaces around them; none where it is the HL7 null.
    pub fn value(&self) -> &'a [u8] {
        if self.is_null() { &[] } else { self.bytes.trim_ascii() }
    }

    /// Whether spaces stand around what is there.
    pub fn is_padded(&self) -> bool {
        self.bytes.trim_ascii().len() < self.bytes.len()
    }

    /// Whether nothing stands here but spaces and what separates parts: `^^^`. The HL7 null is something.
    pub fn is_blank(&self) -> bool {
        let Delimiters {
            component,
            repetition,
            subcomponent,
            ..
        } = self.delimiters;
        let is_nothing = |byte: &u8| *byte == b' ' || [component, repetition, subcomponent].contains(&Some(*byte));
        self.bytes.iter().all(is_nothing)
    }

    /// The bytes with their escape sequences resolved.
    pub fn unescaped(&self) -> Cow<'a, [u8]> {
        unescape(self.bytes, &self.delimiters)
    }

    /// The same bytes, not to be split any further.
    pub(super) fn verbatim(self) -> Self {
        Self {
            delimiters: self.delimiters.verbatim(),
            ..self
        }
    }

    fn split<Below>(&self, separator: Option<u8>) -> Parts<'a, Below> {
        Parts::new(Some(self.bytes), self.start, separator, self.delimiters)
    }

    /// The part before the first separator, or all of it.
    fn first_below<Below>(&self, separator: Option<u8>) -> Part<'a, Below> {
        let end = find(separator, self.bytes);
        let bytes = end.and_then(|end| self.bytes.get(..end)).unwrap_or(self.bytes);
        Part::new(bytes, self.start, 1, self.delimiters)
    }
}

impl<'a> Field<'a> {
    /// Its repetitions, at least one.
    pub fn repetitions(&self) -> Parts<'a, level::Repetition> {
        self.split(self.delimiters.repetition)
    }

    /// Its first repetition: all of it where it does not repeat.
    pub fn first(&self) -> Repetition<'a> {
        self.first_below(self.delimiters.repetition)
    }

    /// A component of its first repetition, counted from 1.
    pub fn component(&self, number: usize) -> Option<Component<'a>> {
        self.first().component(number)
    }
}

impl<'a> Repetition<'a> {
    /// Its components, at least one.
    pub fn components(&self) -> Parts<'a, level::Component> {
        self.split(self.delimiters.component)
    }

    /// Its first component: all of it where it is not split.
    pub fn first(&self) -> Component<'a> {
        self.first_below(self.delimiters.component)
    }

    /// A component, counted from 1.
    pub fn component(&self, number: usize) -> Option<Component<'a>> {
        self.components().nth(number.checked_sub(1)?)
    }
}

impl<'a> Component<'a> {
    /// Its subcomponents, at least one.
    pub fn subcomponents(&self) -> Parts<'a, level::Subcomponent> {
        self.split(self.delimiters.subcomponent)
    }

    /// Its first subcomponent: all of it where it is not split.
    pub fn first(&self) -> Subcomponent<'a> {
        self.first_below(self.delimiters.subcomponent)
    }

    /// A subcomponent, counted from 1.
    pub fn subcomponent(&self, number: usize) -> Option<Subcomponent<'a>> {
        self.subcomponents().nth(number.checked_sub(1)?)
    }
}

impl<Level> fmt::Debug for Part<'_, Level> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Part")
            .field("number", &self.number)
            .field("range", &self.range())
            .finish_non_exhaustive()
    }
}

/// Parts of one level, from left to right. Each is found when it is asked for.
#[derive(Clone)]
pub struct Parts<'a, Level> {
    remaining: Option<&'a [u8]>,
    start: u64,
    number: usize,
    separator: Option<u8>,
    delimiters: Delimiters,
    level: PhantomData<Level>,
}

impl<'a, Level> Parts<'a, Level> {
    pub(super) fn new(bytes: Option<&'a [u8]>, start: u64, separator: Option<u8>, delimiters: Delimiters) -> Self {
        Self {
            remaining: bytes,
            start,
            number: 1,
            separator,
            delimiters,
            level: PhantomData,
        }
    }

    /// The same parts, the first of them having this number.
    pub(super) fn counted_from(self, number: usize) -> Self {
        Self { number, ..self }
    }
}

impl<'a, Level> Iterator for Parts<'a, Level> {
    type Item = Part<'a, Level>;

    fn next(&mut self) -> Option<Self::Item> {
        let remaining = self.remaining?;
        let (bytes, rest) = match find(self.separator, remaining) {
            Some(end) => (remaining.get(..end)?, remaining.get(end + 1..)),
            None => (remaining, None),
        };
        let part = Part::new(bytes, self.start, self.number, self.delimiters);
        self.remaining = rest;
        self.start += bytes.len() as u64 + 1;
        self.number += 1;
        Some(part)
    }
}

impl<Level> fmt::Debug for Parts<'_, Level> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Parts")
            .field("start", &self.start)
            .finish_non_exhaustive()
    }
}

fn find(separator: Option<u8>, bytes: &[u8]) -> Option<usize> {
    /// Below this a plain loop is faster than a call of `memchr`: half as fast again over every part of a message.
    const SHORT_BYTES: usize = 24;
    let separator = separator?;
    if bytes.len() < SHORT_BYTES {
        return bytes.iter().position(|byte| *byte == separator);
    }
    memchr(separator, bytes)
}
