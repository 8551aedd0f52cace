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
