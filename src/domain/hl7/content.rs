//! What a file is, by its bytes and not by its name.

use memchr::memmem;

use super::{
    delimiters::Delimiters,
    junk,
    utf16::{Utf16, Width},
};

/// How many bytes at the beginning of a file decide what it is.
pub const HEAD_BYTES: usize = 4096;

/// The kinds of file that staff drop.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ContentKind {
    /// HL7 version 2: an `MSH`, `FHS` or `BHS` segment begins it.
    Hl7,
    /// HL7 version 2 written as UTF-16, as Windows Notepad calls "Unicode".
    Hl7Utf16,
    /// Not a byte, or nothing but white space.
    Empty,
    /// A PDF.
    Pdf,
    /// A zip archive.
    Zip,
    /// A workbook or a document of an office program.
    Office,
    /// A web page, often an error page saved under another name.
    Html,
    /// XML or a CDA document.
    Xml,
    /// JSON.
    Json,
    /// A picture.
    Picture,
    /// Other text.
    Text,
    /// Anything else.
    Binary,
}

impl ContentKind {
    /// Whether it is HL7 version 2, whatever its letters are written in.
    pub fn is_hl7(self) -> bool {
        matches!(self, Self::Hl7 | Self::Hl7Utf16)
    }
}

/// What a file is that begins with these bytes. The first [`HEAD_BYTES`] are looked at; a file that has fewer is given whole.
///
/// Byte order marks, MLLP framing, NUL, Ctrl-Z and white space before the first segment do not hide HL7.
pub fn detect(head: &[u8]) -> ContentKind {
    let head = head.get(..HEAD_BYTES).unwrap_or(head);
    let text = junk::skip(head);
    if begins_with_hl7(text) {
        return ContentKind::Hl7;
    }
    if let Some(kind) = by_signature(head) {
        return kind;
    }
    if let Some(narrow) = narrow_utf16(head) {
        let text = junk::skip(&narrow);
        if begins_with_hl7(text) {
            return ContentKind::Hl7Utf16;
        }
        if is_text(&narrow) {
            return if text.is_empty() {
                ContentKind::Empty
            } else {
                by_text(text)
            };
        }
    }
    if text.is_empty() {
        return if head.contains(&0) {
            ContentKind::Binary
        } else {
            ContentKind::Empty
        };
    }
    if head.iter().any(|byte| is_binary(*byte)) {
        return ContentKind::Binary;
    }
    by_text(text)
}

fn begins_with_hl7(text: &[u8]) -> bool {
    let name = text.get(..3).unwrap_or_default().to_ascii_uppercase();
    matches!(name.as_slice(), b"MSH" | b"FHS" | b"BHS")
        && Delimiters::declared_by(text).is_some()
        && text.get(4).is_none_or(u8::is_ascii_punctuation)
}

fn by_signature(head: &[u8]) -> Option<ContentKind> {
    match head {
        [b'%', b'P', b'D', b'F', b'-', ..] => Some(ContentKind::Pdf),
        [b'P', b'K', 3, 4, ..] if holds_office_part(head) => Some(ContentKind::Office),
        [b'P', b'K', 3, 4, ..] | [b'P', b'K', 5, 6, ..] => Some(ContentKind::Zip),
        [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, ..] | [b'{', b'\\', b'r', b't', b'f', ..] => {
            Some(ContentKind::Office)
        }
        [0x89, b'P', b'N', b'G', ..]
        | [0xFF, 0xD8, 0xFF, ..]
        | [b'G', b'I', b'F', b'8', ..]
        | [b'I', b'I', 42, 0, ..]
        | [b'M', b'M', 0, 42, ..]
        | [b'B', b'M', _, _, _, _, 0, 0, 0, 0, ..] => Some(ContentKind::Picture),
        _ => None,
    }
}

/// Whether the first file in a zip archive is a part of an Office document. Source: the zip format's local file header, whose
/// name begins at byte 30 and has its length at byte 26.
fn holds_office_part(head: &[u8]) -> bool {
    let Some(length) = head.get(26..28).and_then(|bytes| bytes.try_into().ok()) else {
        return false;
    };
    let name_and_rest = head.get(30..).unwrap_or_default();
    let (name, rest) = name_and_rest
        .split_at_checked(usize::from(u16::from_le_bytes(length)))
        .unwrap_or((name_and_rest, &[]));
    let parts: [&[u8]; 6] = [
        b"[Content_Types].xml",
        b"_rels/",
        b"docProps/",
        b"word/",
        b"xl/",
        b"ppt/",
    ];
    parts.into_iter().any(|part| name.starts_with(part))
        || (name == b"mimetype" && rest.starts_with(b"application/vnd.oasis.opendocument"))
}

/// The bytes in one byte a unit, where they can be UTF-16.
fn narrow_utf16(head: &[u8]) -> Option<Vec<u8>> {
    let mut narrow = Vec::with_capacity(head.len() / 2);
    Utf16::beginning_with(head, Width::Narrow)?.feed(head, &mut |bytes| narrow.extend_from_slice(bytes));
    Some(narrow)
}

/// Whether UTF-16 that was narrowed so was text, and no other bytes that looked like it.
fn is_text(narrow: &[u8]) -> bool {
    let has_ascii = narrow.is_empty() || narrow.iter().any(u8::is_ascii);
    has_ascii && !narrow.iter().any(|byte| is_binary(*byte))
}

/// Control characters that no text has.
fn is_binary(byte: u8) -> bool {
    matches!(byte, 0..=8 | 0x0E..=0x19 | 0x1D..=0x1F)
}

fn by_text(text: &[u8]) -> ContentKind {
    match text {
        [b'<', next, ..] if next.is_ascii_alphabetic() || matches!(next, b'!' | b'?') => by_markup(text),
        [b'{', rest @ ..] if matches!(rest.trim_ascii_start(), [] | [b'"' | b'}', ..]) => ContentKind::Json,
        [b'[', rest @ ..] if matches!(rest.trim_ascii_start(), [] | [b'{' | b'[' | b'"' | b']', ..]) => {
            ContentKind::Json
        }
        _ => ContentKind::Text,
    }
}

fn by_markup(text: &[u8]) -> ContentKind {
    let small = text.to_ascii_lowercase();
    let is_html = [
        &b"<html"[..],
        b"<!doctype html",
        b"<head",
        b"<body",
        b"<title",
        b"<script",
        b"<meta",
    ]
    .into_iter()
    .any(|tag| small.starts_with(tag))
        || memmem::find(&small, b"<html").is_some();
    if is_html { ContentKind::Html } else { ContentKind::Xml }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const MESSAGE: &str = "MSH|^~\\&|EHR|CLINIC\rPID|1\r";

    #[track_caller]
    fn check(head: impl AsRef<[u8]>, expected: ContentKind) {
        let head = head.as_ref();
        assert_eq!(detect(head), expected, "{}", head.escape_ascii());
    }

    fn utf16(text: &str, bytes_of: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(bytes_of).collect()
    }

    #[test]
    fn hl7_is_known_by_its_first_segment() {
        for head in [
            "MSH|^~\\&|",
            "FHS|^~\\&|",
            "BHS|^~\\&|",
            "msh|^~\\&|",
            "MSH*!%$+*",
            "MSH|",
        ] {
            check(head, ContentKind::Hl7);
        }
    }

    #[test]
    fn junk_before_the_first_segment_does_not_hide_hl7() {
        for junk in [
            "\u{FEFF}",
            "\u{B}",
            "\u{1C}\r\u{B}",
            "\0\0\0\0",
            "\0",
            "\u{1A}",
            " \t\r\n\n",
            "\u{FEFF}\r\n\u{B} ",
        ] {
            check(format!("{junk}{MESSAGE}"), ContentKind::Hl7);
        }
    }

    #[test]
    fn utf16_is_known_in_both_orders_with_and_without_a_mark() {
        for text in [
            MESSAGE.to_owned(),
            format!("\u{FEFF}{MESSAGE}"),
            format!("\r\n{MESSAGE}é漢"),
        ] {
            check(utf16(&text, u16::to_le_bytes), ContentKind::Hl7Utf16);
            check(utf16(&text, u16::to_be_bytes), ContentKind::Hl7Utf16);
        }
        check(utf16("\u{FEFF}<html><body>", u16::to_le_bytes), ContentKind::Html);
        check(utf16("\u{FEFF}Dear clinic", u16::to_be_bytes), ContentKind::Text);
        check([0xFF, 0xFE], ContentKind::Empty);
        check(utf16("\u{FEFF}\r\n  ", u16::to_le_bytes), ContentKind::Empty);
    }

    #[test]
    fn white_space_alone_is_an_empty_file() {
        for head in ["", " ", "\r\n\t \r\n", "\u{FEFF}", "\u{FEFF}\r\n"] {
            check(head, ContentKind::Empty);
        }
        check("\0\0\0\0", ContentKind::Binary);
    }

    #[test]
    fn a_web_page_is_a_web_page_whatever_it_is_called() {
        for head in [
            "<!DOCTYPE html><html><body>404",
            "\u{FEFF}\r\n<HTML>",
            "<!-- error --><html>",
            "<?xml version=\"1.0\"?><html xmlns=\"http://www.w3.org/1999/xhtml\">",
            "<html><pre>\rMSH|^~\\&|EHR",
        ] {
            check(head, ContentKind::Html);
        }
    }

    #[test]
    fn other_texts_are_told_apart() {
        check("<?xml version=\"1.0\"?><ClinicalDocument>", ContentKind::Xml);
        check("<ClinicalDocument xmlns=\"urn:hl7-org:v3\">", ContentKind::Xml);
        check("{\"resourceType\": \"Bundle\"}", ContentKind::Json);
        check("[\n {\"a\": 1}]", ContentKind::Json);
        check("{name}", ContentKind::Text);
        check("<3", ContentKind::Text);
        check("MSH,EHR,CLINIC\r\n", ContentKind::Text);
        check("BHS-Clinic, Austin", ContentKind::Text);
        check("PID|1||12345", ContentKind::Text);
        check("Patient,Dose\r\nInvented,1\r\n", ContentKind::Text);
        check([b'N', 0xE9, b'e'], ContentKind::Text);
    }

    #[test]
    fn what_programs_write_is_known_by_its_signature() {
        check("%PDF-1.7\n", ContentKind::Pdf);
        check(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1\0\0", ContentKind::Office);
        check("{\\rtf1", ContentKind::Office);
        for picture in [
            &b"\x89PNG\r\n\x1A\n"[..],
            b"\xFF\xD8\xFF\xE0",
            b"GIF89a",
            b"II*\0",
            b"MM\0*",
            b"BM\x10\0\0\0\0\0\0\0",
        ] {
            check(picture, ContentKind::Picture);
        }
        check(b"\x7FELF\x02\x01", ContentKind::Binary);
        check(b"\x1F\x8B\x08\0", ContentKind::Binary);
    }

    #[test]
    fn office_documents_are_told_from_other_zip_archives() {
        let zip = |name: &str, content: &str| {
            let length = u16::try_from(name.len()).unwrap().to_le_bytes();
            [
                b"PK\x03\x04",
                &[0; 22][..],
                &length,
                &[0; 2],
                name.as_bytes(),
                content.as_bytes(),
            ]
            .concat()
        };
        for name in [
            "[Content_Types].xml",
            "word/document.xml",
            "xl/workbook.xml",
            "_rels/.rels",
        ] {
            check(zip(name, ""), ContentKind::Office);
        }
        check(
            zip("mimetype", "application/vnd.oasis.opendocument.text"),
            ContentKind::Office,
        );
        check(zip("mimetype", "application/epub+zip"), ContentKind::Zip);
        check(zip("CLINIC0126324.hl7", MESSAGE), ContentKind::Zip);
        check(b"PK\x03\x04", ContentKind::Zip);
        check(b"PK\x05\x06\0\0", ContentKind::Zip);
    }

    proptest! {
        #[test]
        fn any_bytes_are_something(head in prop::collection::vec(any::<u8>(), 0..200)) {
            detect(&head);
        }

        #[test]
        fn only_the_first_bytes_count(tail in prop::collection::vec(any::<u8>(), 0..200)) {
            let head = b"Dear clinic. ".repeat(HEAD_BYTES);
            prop_assert_eq!(detect(&[&head, tail.as_slice()].concat()), ContentKind::Text);
        }
    }
}
