//! The file: what it is, and what happened to its bytes on the way.
//!
//! Most damage is done to a whole file at once: every line ends in LF, every segment is indented. Such damage is one finding with
//! the first place that shows it, and the number of places. What hurts one message is a finding of that message.
//!
//! Of the blockers, those come first that explain others: the first is what a card tells.

mod cut_off;
mod damage;
mod letters;
mod lines;
#[cfg(test)]
mod tests;

use crate::domain::check::{
    Who::{Dropoff, FrontDesk, Vendor},
    repair::Repair,
    rule::{Sheet, rules},
};

pub(super) use self::{
    damage::{Damage, Wholeness},
    letters::{Declared, check_letters},
    lines::{Line, check_line},
};

const HEADER: &str = "HL7 2.5.1, chapter 2, message construction: a message begins with MSH";
const DELIMITERS: &str =
    "HL7 2.5.1, chapter 2, message delimiters: a segment ends with a carriage return, and with nothing else";
const REQUIRED: &str = "HL7 2.5.1, tables of the segments: a segment has its name and the fields that it requires";
const SEGMENTS: &str = "HL7 2.5.1, chapter 2, segments: a segment is one line that begins with its name";
const LETTERS: &str = "HL7 2.5.1, chapter 2, MSH-18: it names the character set, and without it a message is ASCII";
const REPLACED: &str = "Unicode, chapter 23: U+FFFD replaces a character that could not be read";
const NO_HEADER: &str = "National guide 1.5, profile Z22: MSH has usage R, and begins each message";
const OURS: &str = "Dropoff: what cannot be checked is said";

rules! {
    /// What is wrong with a file as a whole, or with its lines.
    FileRule {
        /// Not a byte, or nothing but white space.
        Empty => Sheet::blocker("file.empty", FrontDesk, HEADER),
        /// A PDF, a workbook, a web page or the like. Argument: what it is.
        OtherFormat => Sheet::blocker("file.not-hl7", FrontDesk, HEADER),
        /// Line ends were written as `\r`, in two characters: to whoever reads it, the file is one line.
        EscapedLineEnds => Sheet::blocker("file.escaped-line-ends", Vendor, DELIMITERS),
        /// It is UTF-16.
        Utf16 => Sheet::blocker("file.utf-16", Dropoff, LETTERS).repaired_by(Repair::Utf16),
        /// HL7, but without a message: an envelope alone.
        NoMessage => Sheet::blocker("file.no-message", FrontDesk, HEADER),
        /// Two messages, or two parts of the envelope, stand on one line.
        RunTogether => Sheet::blocker("file.run-together", Vendor, DELIMITERS),
        /// It ends in the middle of a segment.
        CutOff => Sheet::blocker("file.cut-off", FrontDesk, REQUIRED),
        /// Several messages, no envelope that closes, and the last line is open. Nothing else shows that it was cut.
        PerhapsCutOff => Sheet::warning("file.perhaps-cut-off", FrontDesk, DELIMITERS),
        /// All lines end in LF, or all in CR LF. Argument: how many.
        LineEnds => Sheet::warning("file.line-ends", Dropoff, DELIMITERS).repaired_by(Repair::LineEnds),
        /// Some lines end otherwise than others. Argument: how many do not end in CR.
        MixedLineEnds => Sheet::warning("file.mixed-line-ends", Dropoff, DELIMITERS).repaired_by(Repair::LineEnds),
        /// Lines end in CR CR LF: a transfer in text mode put one in. Argument: how many.
        DoubledLineEnds => Sheet::warning("file.doubled-line-ends", Dropoff, DELIMITERS).repaired_by(Repair::LineEnds),
        /// A UTF-8 byte order mark. Argument: how many.
        ByteOrderMark => Sheet::warning("file.byte-order-mark", Dropoff, HEADER).repaired_by(Repair::ByteOrderMark),
        /// Bytes of the network protocol MLLP. Argument: how many places.
        Framing => Sheet::warning("file.mllp-framing", Dropoff, DELIMITERS).repaired_by(Repair::Framing),
        /// NUL between segments or at the end. Argument: how many places.
        Padding => Sheet::warning("file.nul-padding", FrontDesk, DELIMITERS).repaired_by(Repair::Padding),
        /// Segments are indented. Argument: how many.
        Indented => Sheet::warning("file.indented", Vendor, SEGMENTS),
        /// A line that is no segment: most often the rest of the line before, whose values are lost.
        BrokenLine => Sheet::error("file.broken-line", FrontDesk, SEGMENTS),
        /// Segments that belong to no message. Argument: how many.
        Stray => Sheet::error("file.stray-segment", Vendor, NO_HEADER),
        /// Control characters within a segment. Argument: how many.
        ControlCharacters => Sheet::warning("file.control-characters", FrontDesk, DELIMITERS),
        /// Letters of a message are not UTF-8, and MSH-18 names no set of single bytes.
        Windows1252 => Sheet::warning("file.windows-1252", Dropoff, LETTERS).repaired_by(Repair::Windows1252),
        /// Letters of a message are UTF-8, and MSH-18 names another set.
        LettersNotAsDeclared => Sheet::warning("file.letters-not-as-declared", Vendor, LETTERS),
        /// There are letters in a message, and MSH-18 names a set of which nothing is known here.
        LettersUnknown => Sheet::warning("file.letters-unknown", Vendor, LETTERS),
        /// U+FFFD stands in a message, where a letter was lost on the way.
        LettersLost => Sheet::warning("file.letters-lost", FrontDesk, REPLACED),
        /// A segment is longer than 1 MiB: neither the rest of it nor its message was looked at.
        Overlong => Sheet::warning("file.overlong-segment", Vendor, OURS),
        /// A message is too long to be looked at as a whole. Argument: how many segments were left out.
        HugeMessage => Sheet::warning("file.huge-message", Vendor, OURS),
        /// Letters of a message are UTF-8, and MSH-18 names nothing.
        LettersUndeclared => Sheet::note("file.letters-undeclared", Vendor, LETTERS),
        /// The last line has no end, and all else says that the file is whole.
        OpenEnd => Sheet::note("file.no-final-line-end", Dropoff, DELIMITERS).repaired_by(Repair::FinalLineEnd),
        /// Blank lines, or white space at the end. Argument: how many places.
        BlankLines => Sheet::note("file.blank-lines", Dropoff, SEGMENTS).repaired_by(Repair::BlankLines),
        /// The end-of-file mark of old systems. Argument: how many places.
        CtrlZ => Sheet::note("file.ctrl-z", Dropoff, SEGMENTS).repaired_by(Repair::CtrlZ),
    }
}
