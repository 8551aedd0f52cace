//! Words on the file and its bytes.

use crate::{
    app::wording::{
        check::{ASK_VENDOR, COMPARE, EXPORT_AGAIN, Words},
        quantity::count,
    },
    domain::{
        check::{
            Argument::{self, Count},
            file::FileRule,
        },
        hl7::ContentKind,
    },
};

pub(super) fn words(rule: FileRule, arguments: &[Argument]) -> Words {
    match (rule, arguments) {
        (FileRule::OtherFormat, [Argument::Kind(kind)]) => {
            Words::new(other_format(*kind), OTHER_FORMAT, other_format_fix(*kind))
        }
        _ => general(rule).titled(title(rule, arguments)),
    }
}

/// A title that names a number, where there is one.
fn title(rule: FileRule, arguments: &[Argument]) -> Option<String> {
    Some(match (rule, arguments) {
        (FileRule::LineEnds, [Count(n)]) => format!("{} otherwise than HL7 asks.", count(*n, "line ends", "lines end")),
        (FileRule::MixedLineEnds, [Count(n)]) => {
            format!("{} otherwise than the rest.", count(*n, "line ends", "lines end"))
        }
        (FileRule::DoubledLineEnds, [Count(n)]) => format!("{} doubled.", count(*n, "line end is", "line ends are")),
        (FileRule::Indented, [Count(n)]) => format!("{} indented.", count(*n, "segment is", "segments are")),
        (FileRule::Stray, [Count(n)]) => format!("{} to no message.", count(*n, "segment belongs", "segments belong")),
        (FileRule::ControlCharacters, [Count(n)]) => {
            format!(
                "{} in a value.",
                count(*n, "control character stands", "control characters stand")
            )
        }
        (FileRule::HugeMessage, [Count(n)]) => {
            format!(
                "{} not checked: this message is too long.",
                count(*n, "segment was", "segments were")
            )
        }
        _ => return None,
    })
}

#[expect(clippy::too_many_lines, reason = "a catalogue is as long as it has rules")]
fn general(rule: FileRule) -> Words {
    match rule {
        FileRule::Empty => Words::new(
            "This file is empty.",
            "There is not a byte in it, or nothing but white space.",
            EXPORT_AGAIN,
        ),
        FileRule::OtherFormat => Words::new("This is not an HL7 file.", OTHER_FORMAT, DROP_HL7),
        FileRule::NoMessage => Words::new(
            "This file has no patients in it.",
            "It is HL7, but the envelope is all there is: not one message.",
            "Check the dates in your EHR's export, then export it again.",
        ),
        FileRule::CutOff => Words::new(
            "This file stops early.",
            "Its last line ends in the middle. Patients after it are missing.",
            EXPORT_AGAIN,
        ),
        FileRule::EscapedLineEnds => Words::new(
            "This file is one long line, which the registry cannot read.",
            "Where a line should end, the two characters \\r stand instead.",
            "Ask your EHR vendor to end each segment with a carriage return (byte 0x0D).",
        ),
        FileRule::RunTogether => Words::new(
            "Two messages run together on one line.",
            "A line end is missing between them. The registry would lose the second patient or mix the two.",
            "Ask your EHR vendor to end each message with a carriage return.",
        ),
        FileRule::Utf16 => Words::new(
            "This file was saved as \"Unicode\", which the registry cannot read.",
            "Every letter takes two bytes (UTF-16). Windows Notepad calls that \"Unicode\".",
            "Export it again, and don't open it in Notepad before you drop it here.",
        ),
        FileRule::PerhapsCutOff => Words::new(
            "This file may stop early: its last line has no end.",
            "No envelope shows how many messages there should be, so nobody can tell whether the end is missing.",
            COMPARE,
        ),
        FileRule::LineEnds => Words::new(
            "Lines end otherwise than HL7 asks.",
            "HL7 ends each segment with a carriage return (CR). These end with LF or with CR LF, as text files do. Most registries read that.",
            ASK_VENDOR,
        ),
        FileRule::MixedLineEnds => Words::new(
            "Lines end in different ways.",
            "Some end with a carriage return (CR), as HL7 asks, others with LF or CR LF.",
            ASK_VENDOR,
        ),
        FileRule::DoubledLineEnds => Words::new(
            "Line ends are doubled.",
            "Lines end with CR CR LF. That happens when a file is carried over in text mode; to the registry there is an empty line after each segment.",
            "Carry the file over in binary mode, or ask your IT to.",
        ),
        FileRule::ByteOrderMark => Words::new(
            "The file begins with an invisible mark.",
            "A byte order mark, as Windows programs write it, stands before a segment. The registry may not know that segment.",
            ASK_VENDOR,
        ),
        FileRule::Framing => Words::new(
            "The file has marks of a network connection in it.",
            "The bytes 0x0B and 0x1C (MLLP) belong on a line between two computers, not in a file.",
            ASK_VENDOR,
        ),
        FileRule::Padding => Words::new(
            "The file is padded with NUL bytes.",
            "Some systems fill up a file so. It can also show that a disk lost what was written.",
            COMPARE,
        ),
        FileRule::Indented => Words::new(
            "Segments are indented.",
            "White space stands before a segment's name. The registry may not know the segment.",
            "Ask your EHR vendor to begin each segment at the beginning of its line.",
        ),
        FileRule::BrokenLine => Words::new(
            "A line of the file is broken.",
            "Most often it is the rest of the line before, broken in two. What stands on it is lost at the registry.",
            "Export it again, and don't open it in another program before you drop it here. If it stays so, ask your EHR vendor.",
        ),
        FileRule::Stray => Words::new(
            "Segments belong to no message.",
            "No message header (MSH) stands before them. The registry can store nothing of them.",
            "Ask your EHR vendor to begin each message with its header (MSH).",
        ),
        FileRule::ControlCharacters => Words::new(
            "There are control characters in a value.",
            "Nobody can see them, and the registry may refuse the value.",
            "Enter the value again in your EHR, without pasting it.",
        ),
        FileRule::Windows1252 => Words::new(
            "Letters with accents may come out wrong.",
            "They are written as older Windows programs do (Windows-1252), and the message does not say so. José may become Jos?.",
            "Nothing to do now. Your EHR vendor can export in UTF-8 and say so in MSH-18.",
        ),
        FileRule::LettersNotAsDeclared => Words::new(
            "Letters with accents may come out wrong.",
            "They are written in UTF-8, and MSH-18 names another character set.",
            "Nothing to do now. Your EHR vendor can name UTF-8 in MSH-18.",
        ),
        FileRule::LettersLost => Words::new(
            "A letter was lost: a question mark in a diamond stands in its place.",
            "Somewhere on its way into this file a letter with an accent could not be read.",
            "Write the value again in your EHR. If it comes back, ask your EHR vendor.",
        ),
        FileRule::Overlong => Words::new(
            "This line is longer than 1 MB.",
            "No segment of an immunization is. The rest of the line was not checked, and nothing of the message that it stands in.",
            "Ask your EHR vendor what this line is.",
        ),
        FileRule::HugeMessage => Words::new(
            "This message is too long to be checked.",
            "No patient's immunizations take more than 4 MB. A message header may be missing after it.",
            "Ask your EHR vendor to begin each message with its header (MSH).",
        ),
        FileRule::LettersUndeclared => Words::new(
            "There are letters that MSH-18 does not announce.",
            "They are written in UTF-8, and the message does not say so.",
            "Nothing to do now. Your EHR vendor can name UTF-8 in MSH-18.",
        ),
        FileRule::OpenEnd => Words::new(
            "The last line has no line end.",
            "HL7 ends every segment with a carriage return, the last one too. Nothing else shows that the end is missing.",
            ASK_VENDOR,
        ),
        FileRule::BlankLines => Words::new(
            "There are blank lines between the segments.",
            "They hold nothing, and registries skip them.",
            ASK_VENDOR,
        ),
        FileRule::CtrlZ => Words::new(
            "The file has an end-of-file mark of an old system.",
            "The byte 0x1A (Ctrl-Z) holds nothing, and registries skip it.",
            ASK_VENDOR,
        ),
    }
}

const OTHER_FORMAT: &str = "The registry takes HL7 version 2. What a file is shows in its bytes, whatever its name.";
const DROP_HL7: &str = "Dropoff sends HL7 files, the ones that your EHR exports.";

fn other_format(kind: ContentKind) -> &'static str {
    match kind {
        ContentKind::Hl7 | ContentKind::Hl7Utf16 => "This is an HL7 file.",
        ContentKind::Empty => "This file is empty.",
        ContentKind::Pdf => "This is a PDF.",
        ContentKind::Zip => "This is a zip archive.",
        ContentKind::Office => "This is a document of an office program.",
        ContentKind::Html => "This is a web page, perhaps an error page that was saved as a file.",
        ContentKind::Xml => "This is an XML file.",
        ContentKind::Json => "This is a JSON file.",
        ContentKind::Picture => "This is a picture.",
        ContentKind::Text => "This is text, but not HL7.",
        ContentKind::Binary => "This is not an HL7 file.",
    }
}

fn other_format_fix(kind: ContentKind) -> &'static str {
    if kind == ContentKind::Zip {
        "Open the archive, take the HL7 file out of it, and drop that here."
    } else {
        DROP_HL7
    }
}
