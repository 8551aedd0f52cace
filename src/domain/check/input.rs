//! Finds out what a file is, and hands its text on, whatever it is written in.

use crate::domain::hl7::{ContentKind, Head, Utf16, Width};

/// Turns the bytes of a file into text that can be cut into segments, once its first bytes have told what it is. Another format
/// has no text.
///
/// UTF-16 becomes one byte a character, and [`Offsets`] knows where each stood; or UTF-8, for a copy. Everything else stays as it is, also what is
/// written in Windows-1252: HL7 splits at ASCII, and a place must be a place in the file.
#[derive(Debug, Default)]
pub(super) struct Input {
    form: Form,
    width: Width,
    offsets: Offsets,
    /// Bytes before the head at hand: junk alone.
    junk_bytes: u64,
    size_bytes: u64,
}

#[derive(Debug)]
enum Form {
    /// The bytes so far say nothing.
    Unknown(Head),
    /// One byte a character, or UTF-8.
    Plain,
    /// Two bytes a character.
    Wide(Utf16),
    /// Not HL7.
    Other(ContentKind),
}

impl Default for Form {
    fn default() -> Self {
        Self::Unknown(Head::default())
    }
}

/// How a text's letters beyond ASCII come to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Letters {
    /// Byte for byte.
    AsTheyAre,
    /// They stand for letters of two bytes.
    Narrowed,
    /// They are letters of two bytes, in UTF-8.
    Decoded,
}

/// What is known when the file is over.
pub(super) struct Ended {
    pub(super) kind: ContentKind,
    pub(super) offsets: Offsets,
    /// The length of the file.
    pub(super) size_bytes: u64,
    /// Whether all of it is letters. What is not UTF-16 is not asked.
    pub(super) is_whole: bool,
}

/// Finds the byte of the file for a byte of its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Offsets {
    /// From where on a byte stands for two.
    wide: Option<Wide>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Wide {
    in_text: u64,
    in_file: u64,
}

impl Offsets {
    /// The byte of the file.
    pub(super) fn in_file(self, in_text: u64) -> u64 {
        match self.wide {
            Some(wide) if in_text >= wide.in_text => wide.in_file + 2 * (in_text - wide.in_text),
            Some(_) | None => in_text,
        }
    }

    /// The byte of the text for a byte of the file.
    pub(super) fn in_text(self, in_file: u64) -> u64 {
        match self.wide {
            Some(wide) if in_file >= wide.in_file => wide.in_text + (in_file - wide.in_file) / 2,
            Some(_) | None => in_file,
        }
    }
}

impl Input {
    /// Reads UTF-16 as UTF-8.
    pub(super) fn as_utf8() -> Self {
        Self {
            width: Width::Utf8,
            ..Self::default()
        }
    }

    /// Reads the next chunk and hands on its text.
    pub(super) fn feed(&mut self, bytes: &[u8], sink: &mut impl FnMut(&[u8], Letters)) {
        self.size_bytes += bytes.len() as u64;
        let mut rest = bytes;
        while let Form::Unknown(head) = &mut self.form
            && !rest.is_empty()
        {
            rest = head.fill(rest);
            if !head.is_full() {
                return;
            }
            if head.is_junk() {
                sink(head.bytes(), Letters::AsTheyAre);
                self.junk_bytes += head.bytes().len() as u64;
                head.forget_junk();
            } else {
                self.settle(sink);
            }
        }
        self.hand_on(rest, sink);
    }

    /// Hands on what was kept back.
    pub(super) fn finish(mut self, sink: &mut impl FnMut(&[u8], Letters)) -> Ended {
        let kind = self.settle(sink);
        Ended {
            kind,
            offsets: self.offsets,
            size_bytes: self.size_bytes,
            is_whole: match &self.form {
                Form::Wide(reader) => reader.is_whole(),
                Form::Unknown(_) | Form::Plain | Form::Other(_) => true,
            },
        }
    }

    /// Decides what the file is by what is known of it.
    fn settle(&mut self, sink: &mut impl FnMut(&[u8], Letters)) -> ContentKind {
        let head = match &mut self.form {
            Form::Unknown(head) => std::mem::take(head),
            Form::Plain => return ContentKind::Hl7,
            Form::Wide(_) => return ContentKind::Hl7Utf16,
            Form::Other(kind) => return *kind,
        };
        let kind = head.kind();
        self.form = match (kind, Utf16::beginning_with(head.bytes(), self.width)) {
            (ContentKind::Hl7, _) => Form::Plain,
            (ContentKind::Hl7Utf16, Some(reader)) => {
                self.offsets.wide = Some(Wide {
                    in_text: self.junk_bytes,
                    in_file: self.junk_bytes + reader.mark_bytes(),
                });
                Form::Wide(reader)
            }
            (kind, _) => Form::Other(kind),
        };
        self.hand_on(head.bytes(), sink);
        kind
    }

    fn hand_on(&mut self, bytes: &[u8], sink: &mut impl FnMut(&[u8], Letters)) {
        match &mut self.form {
            Form::Plain => sink(bytes, Letters::AsTheyAre),
            Form::Wide(reader) => {
                let letters = match self.width {
                    Width::Narrow => Letters::Narrowed,
                    Width::Utf8 => Letters::Decoded,
                };
                reader.feed(bytes, &mut |text| sink(text, letters));
            }
            Form::Unknown(_) | Form::Other(_) => {}
        }
    }
}
