//! What a message's letters are written in, beside what it says of them in MSH-18.

use memchr::memmem;

use crate::domain::{
    check::{
        file::FileRule,
        findings::Findings,
        place::Place,
        view::{MessageView, SegmentView},
    },
    hl7::Segment,
};

/// What MSH-18 names. Source: HL7 table 0211.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(in crate::domain::check) enum Declared {
    /// Nothing, or ASCII.
    #[default]
    Nothing,
    /// UTF-8.
    Utf8,
    /// The set in which a letter is the byte of its number: `8859/1`.
    Latin1,
    /// Another set in which a letter is one byte: `8859/15` and the like.
    SingleBytes,
    /// Another one.
    Other,
}

impl Declared {
    /// By the header of a message.
    pub(in crate::domain::check) fn by(header: &Segment<'_>) -> Self {
        let Some(field) = header.field(18) else {
            return Self::Nothing;
        };
        let name = field.first().bytes().trim_ascii().to_ascii_uppercase();
        match name.as_slice() {
            b"" | b"\"\"" | b"ASCII" => Self::Nothing,
            b"UNICODE UTF-8" | b"UTF-8" | b"UTF8" => Self::Utf8,
            b"8859/1" => Self::Latin1,
            set if set.starts_with(b"8859/") => Self::SingleBytes,
            _ => Self::Other,
        }
    }
}

/// Checks the letters of one message.
pub(in crate::domain::check) fn check_letters(message: &MessageView<'_>, findings: &mut Findings) {
    if message.bytes().is_ascii() {
        return;
    }
    let mut add_first = |rule: FileRule, place_in: fn(&Segment<'_>) -> Option<usize>| {
        let first = message
            .segments()
            .find_map(|segment| Some((segment, place_in(&segment)?)));
        if let Some((segment, at)) = first {
            findings.add(rule, &place(&segment, at), &[]);
        }
        first.is_some()
    };
    match Declared::by(&message.header()) {
        Declared::Other => {
            add_first(FileRule::LettersUnknown, first_letter);
        }
        Declared::Latin1 | Declared::SingleBytes => {
            if !message
                .segments()
                .any(|segment| first_that_is_no_utf8(&segment).is_some())
            {
                add_first(FileRule::LettersNotAsDeclared, first_letter);
            }
        }
        declared @ (Declared::Nothing | Declared::Utf8) => {
            let is_utf8 = !add_first(FileRule::Windows1252, first_that_is_no_utf8);
            if is_utf8 && declared == Declared::Nothing {
                add_first(FileRule::LettersUndeclared, first_letter);
            }
            if is_utf8 {
                add_first(FileRule::LettersLost, first_lost);
            }
        }
    }
}

fn first_that_is_no_utf8(segment: &Segment<'_>) -> Option<usize> {
    let error = std::str::from_utf8(segment.bytes()).err()?;
    // The last letter of what was cut at the limit may be half there.
    let is_cut_here = segment.is_overlong() && error.error_len().is_none();
    (!is_cut_here).then(|| error.valid_up_to())
}

fn first_letter(segment: &Segment<'_>) -> Option<usize> {
    segment.bytes().iter().position(|byte| !byte.is_ascii())
}

fn first_lost(segment: &Segment<'_>) -> Option<usize> {
    memmem::find(segment.bytes(), "\u{FFFD}".as_bytes())
}

/// The byte at this place of the segment, in its field.
fn place<'a>(segment: &SegmentView<'a>, at: usize) -> Place<'a> {
    let at = segment.range().start + at as u64;
    let field = segment.fields().find(|field| field.range().contains(&at));
    let place = field.map_or_else(|| segment.place(), |field| segment.place().field(&field));
    place.bytes(at..at + 1)
}
