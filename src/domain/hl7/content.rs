//! What a file is, by its bytes and not by its name.

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
