//! UTF-16 read as one byte a character, so that a place in the text is a place in the file; or as UTF-8, for a copy.
//!
//! HL7 itself is ASCII; only values have other letters. Narrowed, Latin-1 keeps its letters, and whatever is beyond becomes
//! [`BEYOND`], a letter too. Of such a file no more is asked than what it holds and where: the registry cannot read it, and the
//! copy in UTF-8 that takes its place is checked with every letter there.

/// What stands for a character that Latin-1 has not: a letter, as most of those are.
pub const BEYOND: u8 = 0xFF;

/// Bytes narrowed at once.
const PIECE_BYTES: usize = 8192;
const MARK: u16 = 0xFEFF;

/// What UTF-16 is read as.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Width {
    /// One byte a unit.
    #[default]
    Narrow,
    /// UTF-8, with every letter.
    Utf8,
}

/// Reads UTF-16 in chunks. A byte order mark at the beginning becomes nothing.
#[derive(Debug, Clone)]
pub struct Utf16 {
    decode: fn([u8; 2]) -> u16,
    width: Width,
    /// Bytes of the mark at the beginning: 2 or 0.
    mark_bytes: u64,
    /// Units of the mark that are still to be skipped.
    mark_units: usize,
    /// The first byte of a pair, where a chunk ended between the two.
    half: Option<u8>,
    /// The first unit of a letter of two, where the second has not come.
    high: Option<u16>,
    /// Whether a unit was no letter.
    is_broken: bool,
    text: Vec<u8>,
}

impl Utf16 {
    /// A reader for a file that begins with these bytes; `None` where they cannot be UTF-16.
    pub fn beginning_with(head: &[u8], width: Width) -> Option<Self> {
        let (decode, mark_units): (fn([u8; 2]) -> u16, usize) = match head {
            [0xFF, 0xFE, ..] => (u16::from_le_bytes, 1),
            [0xFE, 0xFF, ..] => (u16::from_be_bytes, 1),
            [first, 0, ..] if *first != 0 => (u16::from_le_bytes, 0),
            [0, second, ..] if *second != 0 => (u16::from_be_bytes, 0),
            _ => return None,
        };
        Some(Self {
            decode,
            width,
            mark_bytes: 2 * mark_units as u64,
            mark_units,
            half: None,
            high: None,
            is_broken: false,
            text: Vec::new(),
        })
    }

    /// How many bytes of the file come before its first character: those of the byte order mark, or none.
    pub fn mark_bytes(&self) -> u64 {
        self.mark_bytes
    }

    /// Reads the next chunk and hands on what it stands for. Half a character at the end of the file is left out.
    pub fn feed(&mut self, bytes: &[u8], sink: &mut impl FnMut(&[u8])) {
        for piece in bytes.chunks(PIECE_BYTES) {
            self.text.clear();
            for byte in piece {
                match self.half.take() {
                    None => self.half = Some(*byte),
                    Some(first) => self.take((self.decode)([first, *byte])),
                }
            }
            sink(&self.text);
        }
    }

    /// Whether every unit so far was a letter or half of one, and none is left over: read as UTF-8, nothing was lost.
    pub fn is_whole(&self) -> bool {
        !self.is_broken && self.half.is_none() && self.high.is_none()
    }

    fn take(&mut self, unit: u16) {
        if self.mark_units > 0 {
            self.mark_units -= 1;
            return;
        }
        match self.width {
            Width::Narrow => self.narrow(unit),
            Width::Utf8 => self.widen(unit),
        }
    }

    fn widen(&mut self, unit: u16) {
        let high = self.high.take();
        if high.is_none() && (0xD800..0xDC00).contains(&unit) {
            self.high = Some(unit);
            return;
        }
        for letter in char::decode_utf16(high.into_iter().chain([unit])) {
            self.is_broken |= letter.is_err();
            let letter = letter.unwrap_or(char::REPLACEMENT_CHARACTER);
            self.text.extend_from_slice(letter.encode_utf8(&mut [0; 4]).as_bytes());
        }
    }

    fn narrow(&mut self, unit: u16) {
        self.text.push(match (u8::try_from(unit), unit) {
            (Ok(byte), _) if byte.is_ascii() || byte >= 0xA0 => byte,
            // Where two files were joined, the mark of the second stands before its first segment, as blanks may.
            (_, MARK) => b' ',
            _ => BEYOND,
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8], width: Width, chunk_bytes: usize) -> (Vec<u8>, bool) {
        let mut reader = Utf16::beginning_with(bytes, width).unwrap();
        let mut text = Vec::new();
        for chunk in bytes.chunks(chunk_bytes) {
            reader.feed(chunk, &mut |bytes| text.extend_from_slice(bytes));
        }
        (text, reader.is_whole())
    }

    fn narrow(bytes: &[u8], chunk_bytes: usize) -> Vec<u8> {
        read(bytes, Width::Narrow, chunk_bytes).0
    }

    #[test]
    fn each_unit_is_one_byte_in_either_order_and_in_any_chunks() {
        let text = "MSH|José’s\u{85}Đ😀\u{FEFF}MSH";
        let expected = b"MSH|Jos\xE9\xFFs\xFF\xFF\xFF\xFF MSH";
        for bytes_of in [u16::to_le_bytes, u16::to_be_bytes] {
            let bytes: Vec<u8> = text.encode_utf16().flat_map(bytes_of).collect();
            for chunk_bytes in [1, 2, 3, 1000] {
                assert_eq!(narrow(&bytes, chunk_bytes), expected, "in chunks of {chunk_bytes}");
            }
        }
    }

    #[test]
    fn as_utf8_every_letter_is_there_in_either_order_and_in_any_chunks() {
        let text = "MSH|José’s\u{85}Đ😀\u{FEFF}MSH";
        for bytes_of in [u16::to_le_bytes, u16::to_be_bytes] {
            let bytes: Vec<u8> = text.encode_utf16().flat_map(bytes_of).collect();
            for chunk_bytes in [1, 2, 3, 1000] {
                let expected = (text.as_bytes().to_vec(), true);
                assert_eq!(
                    read(&bytes, Width::Utf8, chunk_bytes),
                    expected,
                    "in chunks of {chunk_bytes}"
                );
            }
        }
    }

    #[test]
    fn what_is_no_letter_is_told() {
        for broken in [&b"A\0B"[..], b"A\0\x00\xD8", b"A\0\x00\xD8B\0", b"A\0\x00\xDC"] {
            let (_, is_whole) = read(broken, Width::Utf8, 1);
            assert!(!is_whole, "{}", broken.escape_ascii());
        }
    }

    #[test]
    fn a_mark_at_the_beginning_and_half_a_unit_at_the_end_are_no_text() {
        assert_eq!(narrow(b"\xFF\xFEA\0B\0C", 2), b"AB");
        assert_eq!(
            Utf16::beginning_with(b"\xFE\xFF\0A", Width::Narrow)
                .unwrap()
                .mark_bytes(),
            2
        );
        assert_eq!(Utf16::beginning_with(b"\0A", Width::Narrow).unwrap().mark_bytes(), 0);
    }

    #[test]
    fn other_bytes_are_no_utf16() {
        for head in [&b""[..], b"M", b"MSH|", b"\0\0", b"\xEF\xBB\xBFMSH"] {
            assert!(
                Utf16::beginning_with(head, Width::Narrow).is_none(),
                "{}",
                head.escape_ascii()
            );
        }
    }
}
