//! A segment as it stands in a file, and the view of its fields.

use std::{fmt, ops::Range};

use memchr::memchr;

use super::{
    delimiters::Delimiters,
    junk::{CR, END_BLOCK, Junk, LF},
    name::SegmentName,
    part::{Field, Parts, level},
};

/// How a segment ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Terminator {
    /// A carriage return: the HL7 way.
    Cr,
    /// A line feed.
    Lf,
    /// Carriage return and line feed.
    CrLf,
    /// Two carriage returns and a line feed: a transfer in text mode put one in.
    CrCrLf,
    /// The end-of-block byte of MLLP (0x1C), without a line end before it.
    EndBlock,
    /// The end of the file.
    EndOfFile,
}

impl Terminator {
    /// How many bytes it has.
    pub fn len_bytes(self) -> u64 {
        match self {
            Self::EndOfFile => 0,
            Self::Cr | Self::Lf | Self::EndBlock => 1,
            Self::CrLf => 2,
            Self::CrCrLf => 3,
        }
    }

    /// How many lines end with it.
    pub fn lines(self) -> u64 {
        match self {
            Self::Cr | Self::Lf | Self::CrLf | Self::CrCrLf => 1,
            Self::EndBlock | Self::EndOfFile => 0,
        }
    }

    /// The terminator with which these bytes begin, with what follows it; `None` where more bytes must decide.
    pub(super) fn split_off(bytes: &[u8]) -> Option<(Self, &[u8])> {
        match bytes {
            [LF, rest @ ..] => Some((Self::Lf, rest)),
            [END_BLOCK, rest @ ..] => Some((Self::EndBlock, rest)),
            [CR, LF, rest @ ..] => Some((Self::CrLf, rest)),
            [CR, CR, LF, rest @ ..] => Some((Self::CrCrLf, rest)),
            [CR] | [CR, CR] => None,
            [CR, rest @ ..] => Some((Self::Cr, rest)),
            _ => None,
        }
    }
}

/// A segment: the bytes between two line ends, without junk before them. It has at least one byte.
///
/// Its `Debug` shows the place only, since the bytes are patient data.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Segment<'a> {
    pub(super) bytes: &'a [u8],
    pub(super) start: u64,
    pub(super) end: u64,
    pub(super) line: u64,
    pub(super) terminator: Terminator,
    pub(super) delimiters: Delimiters,
    pub(super) junk: Option<Junk>,
    pub(super) indentation: &'a [u8],
}

impl<'a> Segment<'a> {
    /// The bytes without the terminator; of an overlong segment, the first [`super::MAX_SEGMENT_BYTES`] of them.
    pub fn bytes(&self) -> &'a [u8] {
        self.bytes
    }

    /// The place of [`Self::bytes`] in the original file.
    pub fn range(&self) -> Range<u64> {
        self.start..self.start + self.bytes.len() as u64
    }

    /// The same segment without its bytes, to be kept beside them.
    pub fn without_bytes(self) -> Segment<'static> {
        self.with_bytes(&[])
    }

    /// The same segment with these bytes: its own, or as many of them as were kept.
    pub fn with_bytes(self, bytes: &[u8]) -> Segment<'_> {
        Segment {
            bytes,
            indentation: &[],
            ..self
        }
    }

    /// The place of the whole segment in the original file, with the part of an overlong one that was skipped.
    pub fn whole_range(&self) -> Range<u64> {
        self.start..self.end
    }

    /// Whether it is longer than [`super::MAX_SEGMENT_BYTES`], so that the rest of it was skipped.
    pub fn is_overlong(&self) -> bool {
        self.range().end < self.end
    }

    /// The line on which it stands, counted from 1. CR, LF, CR LF and CR CR LF each end one line.
    pub fn line(&self) -> u64 {
        self.line
    }

    /// The place of its terminator in the original file.
    pub fn terminator_range(&self) -> Range<u64> {
        self.end..self.end + self.terminator.len_bytes()
    }

    /// How it ends.
    pub fn terminator(&self) -> Terminator {
        self.terminator
    }

    /// The delimiters that hold in it.
    pub fn delimiters(&self) -> Delimiters {
        self.delimiters
    }

    /// What was skipped before it, since the end of the segment before.
    pub fn junk(&self) -> Option<Junk> {
        self.junk
    }

    /// The white space before it on its line, at most [`super::MAX_SEGMENT_BYTES`] of it. A segment of a [`super::MessageBuffer`]
    /// has none.
    pub fn indentation(&self) -> &'a [u8] {
        self.indentation
    }

    /// What stands before the first field, as it stands, but at most three bytes of it. Patient data where it is no name.
    pub fn name(&self) -> &'a [u8] {
        let head = self.bytes.get(..3).unwrap_or(self.bytes);
        memchr(self.delimiters.field, head)
            .and_then(|end| head.get(..end))
            .unwrap_or(head)
    }

    /// Whether this is its name, given in capitals. Small letters are taken for capitals.
    pub fn is_named(&self, name: [u8; 3]) -> bool {
        self.name().eq_ignore_ascii_case(&name) && self.ends_its_name()
    }

    /// Its name in capitals; `None` where it does not begin as a segment does.
    pub fn standard_name(&self) -> Option<SegmentName> {
        SegmentName::of(self.name()).filter(|_| self.ends_its_name())
    }

    /// Its fields from 1 on. MSH-1 is the field separator itself and MSH-2 the encoding characters, neither of them split;
    /// likewise in `FHS` and `BHS`.
    pub fn fields(&self) -> Fields<'a> {
        if self.declares_delimiters() {
            let separator = self.bytes.get(3..4).unwrap_or_default();
            let mut parts = self.parts(self.bytes.get(4..), 4).counted_from(2);
            return Fields {
                separator: Some(Field::new(separator, self.start + 3, 1, self.delimiters.verbatim())),
                encoding: parts.next().map(Field::verbatim),
                parts,
            };
        }
        let first = memchr(self.delimiters.field, self.bytes).map(|end| end + 1);
        Fields {
            separator: None,
            encoding: None,
            parts: self.parts(first.and_then(|at| self.bytes.get(at..)), first.unwrap_or_default()),
        }
    }

    /// A field by its number: `field(5)` of a `PID` is PID-5. `None` where the segment ends before it.
    pub fn field(&self, number: usize) -> Option<Field<'a>> {
        self.fields().nth(number.checked_sub(1)?)
    }

    /// The field of this number, which stands behind that one of the field separators, counted from 0.
    pub(super) fn field_behind(&self, separators: &[u32], separator: usize, number: usize) -> Option<Field<'a>> {
        let start = *separators.get(separator)? as usize + 1;
        let end = separators
            .get(separator + 1)
            .map_or(self.bytes.len(), |end| *end as usize);
        let bytes = self.bytes.get(start..end)?;
        Some(Field::new(bytes, self.start + start as u64, number, self.delimiters))
    }

    fn parts(&self, bytes: Option<&'a [u8]>, offset: usize) -> Parts<'a, level::Field> {
        let start = self.start + offset as u64;
        Parts::new(bytes, start, Some(self.delimiters.field), self.delimiters)
    }

    pub(super) fn declares_delimiters(&self) -> bool {
        self.bytes.get(3) == Some(&self.delimiters.field)
            && [*b"MSH", *b"FHS", *b"BHS"].into_iter().any(|name| self.is_named(name))
    }

    fn ends_its_name(&self) -> bool {
        self.bytes.get(3).is_none_or(|byte| *byte == self.delimiters.field)
    }
}

impl fmt::Debug for Segment<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Segment")
            .field("line", &self.line)
            .field("range", &self.whole_range())
            .field("terminator", &self.terminator)
            .finish_non_exhaustive()
    }
}

/// The fields of a segment, from left to right.
#[derive(Debug, Clone)]
pub struct Fields<'a> {
    /// MSH-1, while it has not been given out.
    separator: Option<Field<'a>>,
    /// MSH-2, while it has not been given out.
    encoding: Option<Field<'a>>,
    parts: Parts<'a, level::Field>,
}

impl<'a> Iterator for Fields<'a> {
    type Item = Field<'a>;

    fn next(&mut self) -> Option<Self::Item> {
        self.separator
            .take()
            .or_else(|| self.encoding.take())
            .or_else(|| self.parts.next())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::hl7::Part;

    fn segment(text: &str) -> Segment<'_> {
        let bytes = text.as_bytes();
        Segment {
            bytes,
            start: 1000,
            end: 1000 + bytes.len() as u64,
            line: 1,
            terminator: Terminator::Cr,
            delimiters: Delimiters::declared_by(bytes)
                .filter(|_| bytes.get(4) == Some(&b'^'))
                .unwrap_or_default(),
            junk: None,
            indentation: &[],
        }
    }

    /// The fields as `number start..end bytes`, counted from the beginning of the segment.
    #[track_caller]
    fn check_fields(text: &str, expected: &[&str]) {
        let shown: Vec<String> = segment(text)
            .fields()
            .map(|field| {
                let (start, end) = (field.range().start - 1000, field.range().end - 1000);
                format!(
                    "{} {start}..{end} {}",
                    field.number(),
                    String::from_utf8_lossy(field.bytes())
                )
            })
            .collect();
        assert_eq!(shown, expected, "{text}");
    }

    #[test]
    fn fields_are_counted_as_hl7_counts_them() {
        check_fields("PID|1||x^y|", &["1 4..5 1", "2 6..6 ", "3 7..10 x^y", "4 11..11 "]);
        check_fields(
            r"MSH|^~\&|EHR|",
            &["1 3..4 |", r"2 4..8 ^~\&", "3 9..12 EHR", "4 13..13 "],
        );
        check_fields(r"fhs#^~\&#EHR", &["1 3..4 #", r"2 4..8 ^~\&", "3 9..12 EHR"]);
        check_fields("MSH|", &["1 3..4 |", "2 4..4 "]);
        check_fields("MSH", &[]);
        check_fields("PID", &[]);
        check_fields("PID|", &["1 4..4 "]);
        check_fields("no segment", &[]);
    }

    #[test]
    fn a_field_is_found_by_its_number() {
        let message = segment(r"MSH|^~\&|EHR");
        assert_eq!(message.field(1).unwrap().bytes(), b"|");
        assert_eq!(message.field(2).unwrap().bytes(), br"^~\&");
        assert_eq!(message.field(3).unwrap().bytes(), b"EHR");
        assert_eq!(message.field(4), None);
        assert_eq!(message.field(0), None);
    }

    #[test]
    fn values_are_split_down_to_subcomponents() {
        let patient = segment("PID|a&b^c~d|");
        let field = patient.field(1).unwrap();
        let repetitions: Vec<_> = field.repetitions().collect();
        assert_eq!(
            repetitions.iter().map(Part::bytes).collect::<Vec<_>>(),
            [&b"a&b^c"[..], b"d"]
        );
        assert_eq!(field.first(), repetitions[0]);
        let component = repetitions[0].component(1).unwrap();
        assert_eq!(component.bytes(), b"a&b");
        assert_eq!(component.subcomponent(2).unwrap().bytes(), b"b");
        assert_eq!(component.subcomponent(2).unwrap().range(), 1006..1007);
        assert_eq!(component.first().bytes(), b"a");
        assert_eq!(repetitions[0].component(2).unwrap().bytes(), b"c");
        assert_eq!(repetitions[0].component(3), None);
        assert_eq!(repetitions[0].component(0), None);
        assert_eq!(repetitions[1].first().first().bytes(), b"d");
    }

    #[test]
    fn the_encoding_characters_are_not_split() {
        for number in [1, 2] {
            let message = segment(r"MSH|^~\&|EHR");
            let field = message.field(number).unwrap();
            let repetitions: Vec<_> = field.repetitions().collect();
            assert_eq!(repetitions.len(), 1);
            assert_eq!(repetitions[0].components().count(), 1);
            assert_eq!(repetitions[0].first().subcomponents().count(), 1);
            assert_eq!(field.unescaped(), field.bytes());
        }
    }

    #[test]
    fn an_empty_field_has_one_empty_value_and_a_null_is_not_empty() {
        let patient = segment("PID||\"\"");
        let empty = patient.field(1).unwrap();
        assert!(empty.is_empty() && !empty.is_null());
        assert_eq!(empty.repetitions().count(), 1);
        assert!(empty.component(1).unwrap().is_empty());
        let null = patient.field(2).unwrap();
        assert!(null.is_null() && !null.is_empty());
    }

    #[test]
    fn a_name_is_three_bytes_before_a_separator() {
        for (text, name, is_name) in [
            ("PID|1", "PID", true),
            ("PID", "PID", true),
            ("pid|1", "pid", true),
            ("ZX1|1", "ZX1", true),
            ("PIDX|1", "PID", false),
            ("PI|1", "PI", false),
            ("PI", "PI", false),
            ("1ID|1", "1ID", false),
            ("^^^|1", "^^^", false),
            ("|1", "", false),
        ] {
            let segment = segment(text);
            assert_eq!(segment.name(), name.as_bytes(), "{text}");
            assert_eq!(segment.standard_name().is_some(), is_name, "{text}");
        }
        assert!(segment("pid|1").is_named(*b"PID"));
        assert!(!segment("PIDX|1").is_named(*b"PID"));
    }

    #[test]
    fn debug_shows_no_value() {
        let patient = segment("PID|Inventedname");
        let shown = format!("{patient:?} {:?}", patient.fields());
        assert!(!shown.contains("Invented") && !shown.contains("73, 110"), "{shown}");
    }
}
