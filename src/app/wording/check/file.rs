//! Words on the file and its bytes.

use crate::{
    app::wording::{
        check::{ASK_VENDOR, EXPORT_OR_ASK, MAY_PUT_RIGHT, PUT_RIGHT, Words},
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
        (FileRule::LineEnds, [Count(n)]) => format!("{} not end as HL7 asks.", count(*n, "line does", "lines do")),
        (FileRule::MixedLineEnds, [Count(n)]) => {
            format!("{} not end as the others do.", count(*n, "line does", "lines do"))
        }
        (FileRule::DoubledLineEnds, [Count(n)]) => format!("{} doubled.", count(*n, "line end is", "line ends are")),
        (FileRule::Indented, [Count(n)]) => format!("{} with spaces.", count(*n, "line begins", "lines begin")),
        (FileRule::Stray, [Count(n)]) => {
            format!(
                "{} lost the beginning of a message.",
                count(*n, "line has", "lines have")
            )
        }
        (FileRule::ControlCharacters, [Count(n)]) => {
            format!(
                "{} in a value.",
                count(*n, "invisible character stands", "invisible characters stand")
            )
        }
        (FileRule::HugeMessage, [Count(n)]) => {
            format!(
                "{} not checked: this message is too long.",
                count(*n, "line was", "lines were")
            )
        }
        _ => return None,
    })
}

#[expect(clippy::too_many_lines, reason = "a catalogue is as long as it has rules")]
fn general(rule: FileRule) -> Words {
    match rule {
        FileRule::Empty => Words::new("This file is empty.", "There is nothing in it.", EXPORT_OR_ASK),
        FileRule::OtherFormat => Words::new("This is not an HL7 file.", OTHER_FORMAT, DROP_HL7),
        FileRule::NoMessage => Words::new(
            "This file has no patients in it.",
            "It begins and ends as it should, and there is nothing in between.",
            "Check the dates in your EHR's export, then export it again.",
        ),
        FileRule::CutOff => Words::new(
            "This file stops early.",
            "Its last line ends in the middle. Patients after it are missing.",
            EXPORT_OR_ASK,
        ),
        FileRule::EscapedLineEnds => Words::new(
            "This file is one long line, which the registry cannot read.",
            "Where a line should end, the two characters \\r stand instead. That comes from the program that exports.",
            "Ask your EHR vendor to end each line with a carriage return, then export it again.",
        ),
        FileRule::RunTogether => Words::new(
            "Two lines of this file run together.",
            "A line end is missing between them. The registry would lose what stands behind it, or mix two patients. Nothing else was checked there.",
            "Ask your EHR vendor to end each line with a carriage return, then export it again.",
        ),
        FileRule::Utf16 => Words::new(
            "This file was saved as \"Unicode\", which the registry cannot read.",
            "Every letter takes two bytes (UTF-16). Windows Notepad calls that \"Unicode\".",
            "Dropoff can put it right on a copy, which then goes instead. Next time don't open the export in Notepad.",
        ),
        FileRule::PerhapsCutOff => Words::new(
            "This file may stop early: its last line has no end.",
            "Nothing says how many patients there should be. So nobody can tell whether some are missing. The last line itself was not checked.",
            "Export it again. If the last line still has no end, compare the number of patients with your EHR before you send it.",
        ),
        FileRule::LineEnds => Words::new(
            "Lines do not end as HL7 asks.",
            "HL7 ends each line with a carriage return (CR). These end with LF or with CR LF, as text files do. Most registries read that.",
            PUT_RIGHT,
        ),
        FileRule::MixedLineEnds => Words::new(
            "Lines do not all end in the same way.",
            "Some end with a carriage return (CR), as HL7 asks, others with LF or CR LF. The registry may not see where a line ends.",
            PUT_RIGHT,
        ),
        FileRule::DoubledLineEnds => Words::new(
            "Line ends are doubled.",
            "They end with CR CR LF. That happens when a file is carried from one computer to another as text. To the registry there is an empty line after each line.",
            PUT_RIGHT,
        ),
        FileRule::ByteOrderMark => Words::new(
            "The file begins with an invisible mark.",
            "Windows programs write it (a byte order mark). The registry may not know the first line because of it.",
            PUT_RIGHT,
        ),
        FileRule::Framing => Words::new(
            "The file has marks of a network connection in it.",
            "They belong between two computers, not in a file (MLLP, the bytes 0B and 1C). The registry may stumble over them.",
            PUT_RIGHT,
        ),
        FileRule::Padding => Words::new(
            "The file is filled up with empty bytes (NUL).",
            "Some systems do that. It can also show that a disk lost what was written.",
            "Compare the number of patients with your EHR. If it is right, Dropoff can put the file right on a copy. If it is too small, export again.",
        ),
        FileRule::Indented => Words::new(
            "Lines begin with spaces.",
            "The registry may not know such a line, and lose what it says.",
            "Ask your EHR vendor to begin each line with its name. The file can be sent.",
        ),
        FileRule::BrokenLine => Words::new(
            "A line of the file is broken.",
            "Most often it is the rest of the line before, broken in two. The registry may lose what stands on it. The rest of this patient's lines was not checked.",
            "Export it again, and don't open it in another program before you drop it here. If it stays so, ask your EHR vendor.",
        ),
        FileRule::Stray => Words::new(
            "Lines have lost the beginning of their message.",
            "No message header (MSH) stands before them, so a patient's vaccinations stand there without it. The registry can store nothing of them.",
            "Ask your EHR vendor to begin each message with its header (MSH), then export it again.",
        ),
        FileRule::ControlCharacters => Words::new(
            "There are invisible characters in a value.",
            "They came in with pasted text, most often. The registry may refuse the value.",
            "Enter the value again in your EHR, without pasting it, then export it again.",
        ),
        FileRule::Windows1252 => Words::new(
            "Letters with accents may come out wrong, such as the é in José.",
            "They are written as older Windows programs do (Windows-1252), and the message does not say so.",
            PUT_RIGHT,
        ),
        FileRule::LettersNotAsDeclared => Words::new(
            "Letters with accents may come out wrong, such as the é in José.",
            "They are written in UTF-8, and the message says otherwise (MSH-18).",
            "Ask your EHR vendor to name UTF-8 in MSH-18. Until then names with accents may be stored wrong.",
        ),
        FileRule::LettersUnknown => Words::new(
            "Letters with accents may come out wrong, such as the é in José.",
            "The message names a way to write them (MSH-18) that Dropoff does not know. Whether the registry knows it is not published.",
            "Ask your EHR vendor to write UTF-8, and to name it in MSH-18. The file can be sent meanwhile.",
        ),
        FileRule::LettersLost => Words::new(
            "A letter was lost on the way into this file.",
            "It had an accent, most often, and some program could not read it.",
            "Write the value again in your EHR, then export it again. If it comes back, ask your EHR vendor.",
        ),
        FileRule::Overlong => Words::new(
            "This line is longer than 1 MB.",
            "No line of an immunization is. The rest of the line was not checked, and nothing of the message that it stands in.",
            "Ask your EHR vendor what this line is.",
        ),
        FileRule::HugeMessage => Words::new(
            "This message is too long to be checked.",
            "No patient's immunizations take more than 4 MB. A message header may be missing after it.",
            "Ask your EHR vendor to begin each message with its header (MSH).",
        ),
        FileRule::LettersUndeclared => Words::new(
            "The file does not say how letters with accents are written.",
            "They are written in UTF-8, the usual way, and the message does not say so (MSH-18). Whether the registry reads José right is not published.",
            ASK_VENDOR,
        ),
        FileRule::OpenEnd => Words::new(
            "The last line has no line end.",
            "HL7 ends every line, the last one too. Everything else says that the file is whole.",
            MAY_PUT_RIGHT,
        ),
        FileRule::BlankLines => Words::new(
            "There are blank lines between the others.",
            "They hold nothing, and registries skip them.",
            MAY_PUT_RIGHT,
        ),
        FileRule::CtrlZ => Words::new(
            "The file has an end mark of an old system.",
            "It holds nothing (the byte 1A, Ctrl-Z), and registries skip it.",
            MAY_PUT_RIGHT,
        ),
    }
}

const OTHER_FORMAT: &str = "The registry takes HL7 files. Dropoff looks at what is in a file, not at its name.";
const DROP_HL7: &str = "Dropoff sends HL7 files, the ones that your EHR exports. Drop that file instead.";

fn other_format(kind: ContentKind) -> &'static str {
    match kind {
        ContentKind::Hl7 | ContentKind::Hl7Utf16 => "This is an HL7 file.",
        ContentKind::Empty => "This file is empty.",
        ContentKind::Pdf => "This is a PDF.",
        ContentKind::Zip => "This is a zip archive.",
        ContentKind::Office => "This is an Office document, such as Word or Excel.",
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
