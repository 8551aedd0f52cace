//! Letters beyond ASCII, in the set that MSH-18 names.

use std::borrow::Cow;

use crate::domain::check::{file::Declared, repair::Refusal};

/// Windows-1252 from 0x80 to 0x9F; below and above it is Latin-1. 0 stands for what it has not. Source: the code page's table.
const FROM_80: [u16; 32] = [
    0x20AC, 0, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0, 0x017D, 0, 0,
    0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0, 0x017E, 0x0178,
];

/// Signs that stand in names, addresses and vaccines' trade names. Other signs are letters of an older code page: its `é`, `í`, `ó`
/// and `ñ` would read `‚`, `¡`, `¢` and `¤`.
const SIGNS: [char; 9] = ['‘', '’', '“', '”', '–', '—', '°', '®', '½'];

/// What the letters of the message at hand were so far.
#[derive(Debug, Default)]
pub(super) struct LettersOfMessage {
    declared: Declared,
    /// Whether there was a letter in UTF-8.
    has_utf8: bool,
    /// Whether there was a letter in one byte.
    has_single: bool,
}

impl LettersOfMessage {
    /// A message whose header declares this begins.
    pub(super) fn of(declared: Declared) -> Self {
        Self {
            declared,
            ..Self::default()
        }
    }

    /// A segment as the file has it, with every letter of Windows-1252 in UTF-8, and how many those are.
    pub(super) fn repair<'b>(&mut self, segment: &'b [u8]) -> Result<(Cow<'b, [u8]>, u64), Refusal> {
        match self.declared {
            Declared::Nothing | Declared::Utf8 => {}
            Declared::Latin1 | Declared::SingleBytes | Declared::Other => return Ok((segment.into(), 0)),
        }
        let (mut text, mut letters) = (String::new(), 0);
        for chunk in segment.utf8_chunks() {
            self.has_utf8 |= !chunk.valid().is_ascii();
            text.push_str(chunk.valid());
            for byte in chunk.invalid() {
                self.has_single = true;
                text.push(windows_1252(*byte).ok_or(Refusal::UnknownLetters)?);
                letters += 1;
            }
        }
        match (self.has_utf8, self.has_single) {
            (true, true) => Err(Refusal::MixedLetters),
            (_, false) => Ok((segment.into(), 0)),
            (false, true) => Ok((text.into_bytes().into(), letters)),
        }
    }

    /// A segment in UTF-8 in the set that the header names.
    pub(super) fn write<'b>(&self, segment: &'b [u8]) -> Result<Cow<'b, [u8]>, Refusal> {
        match self.declared {
            Declared::Nothing | Declared::Utf8 => Ok(segment.into()),
            Declared::Latin1 => latin_1(segment).map(Cow::from).ok_or(Refusal::UnwritableLetters),
            Declared::SingleBytes | Declared::Other => Err(Refusal::UnwritableLetters),
        }
    }
}

/// The letter that a byte stands for, or a sign that stands in names; nothing where it must be of another set.
fn windows_1252(byte: u8) -> Option<char> {
    let number = match byte {
        0x80..=0x9F => *FROM_80.get(usize::from(byte - 0x80))?,
        _ => u16::from(byte),
    };
    let letter = char::from_u32(number.into())?;
    // U+02C6 is a letter by its class, and an accent without a letter by its looks.
    let is_letter = letter.is_alphabetic() && letter != '\u{2C6}';
    (is_letter || SIGNS.contains(&letter)).then_some(letter)
}

fn latin_1(text: &[u8]) -> Option<Vec<u8>> {
    let is_a_letter = |byte: &u8| !(0x80..0xA0).contains(byte);
    let letters = std::str::from_utf8(text).ok()?.chars();
    letters
        .map(|letter| u8::try_from(letter).ok().filter(is_a_letter))
        .collect()
}
