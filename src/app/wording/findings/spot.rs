//! Words that stand in a message where something is missing, or where no letter can be shown.

use crate::{
    app::wording::quantity,
    domain::{
        check::Finding,
        hl7::{SegmentName, Terminator},
    },
};

/// What stands between segments and belongs to none.
pub const STANDS_HERE: &str = "[here]";

/// `[PID is missing]`
pub fn segment_missing(segment: SegmentName) -> String {
    format!("[{segment} is missing]")
}

/// `[PID-8 is empty]`
pub fn nothing_in(finding: &Finding) -> String {
    match (finding.segment, finding.field, finding.component) {
        (Some(segment), Some(field), Some(component)) => format!("[{segment}-{field}.{component} is empty]"),
        (Some(segment), Some(field), None) => format!("[{segment}-{field} is empty]"),
        (Some(_) | None, None, _) | (None, Some(_), _) => STANDS_HERE.to_owned(),
    }
}

/// `[lost letter]`, `[3 invisible characters]`: the same character so many times.
pub fn unseen(c: char, times: usize) -> String {
    let (one, many) = match c {
        char::REPLACEMENT_CHARACTER => ("lost letter", "lost letters"),
        '\t' => ("tab", "tabs"),
        _ => ("invisible", "invisible characters"),
    };
    match times {
        1 => format!("[{one}]"),
        times => format!("[{}]", quantity::count(times as u64, one, many)),
    }
}

/// What such a character is, for whoever points at it.
pub fn about_unseen(c: char) -> String {
    let code = u32::from(c);
    match c {
        char::REPLACEMENT_CHARACTER => {
            format!("A letter was lost here before this file was written (U+{code:04X})")
        }
        _ => format!("A character that can\u{2019}t be seen (U+{code:04X})"),
    }
}

/// `[… 5,000 more characters]`
pub fn left_out(bytes: u64) -> String {
    format!(
        "[\u{2026} {}]",
        quantity::count(bytes, "more character", "more characters")
    )
}

/// How a line ends.
pub fn line_end(terminator: Terminator) -> &'static str {
    match terminator {
        Terminator::Cr => "[line end: CR]",
        Terminator::Lf => "[line end: LF]",
        Terminator::CrLf => "[line end: CR LF]",
        Terminator::CrCrLf => "[line end: CR CR LF]",
        Terminator::EndBlock => "[end of an MLLP block]",
        Terminator::EndOfFile => "[end of the file]",
    }
}
