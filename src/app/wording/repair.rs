//! Putting a file right on a copy: what is changed, and why a file is left as it is.

use crate::{
    app::{
        message::Tried,
        wording::{Explanation, check, failure, findings, quantity},
    },
    domain::{
        check::{
            Report, Severity,
            file::FileRule,
            repair::{Made, Refusal, Repair},
        },
        failure::{FileFailure, RepairFailure},
    },
};

/// Said wherever changes are listed.
pub const NOTHING_CLINICAL: &str = "Nothing about patients or vaccinations is changed.";
/// Said where an envelope is put around.
const COMPARE: &str =
    "Compare the number of patients with your EHR: without an envelope nobody can tell whether the file is whole.";
/// What is asked for can be put right from a terminal.
pub const COMMAND: &str = "Some of this can be put right on a copy: dropoff-cli repair FILE --out FILE";
/// The button on a card.
pub const SHOW: &str = "Put right on a copy…";
/// The panel's title.
pub const TITLE: &str = "What would be changed on the copy";
/// The panel's title until that is known.
pub const TRYING: &str = "Looking at what would be changed…";
/// The answer that changes nothing.
pub const LEAVE: &str = "Leave it";
/// The answer while nothing is known.
pub const CANCEL: &str = "Cancel";
/// The copy takes the file's place on the card.
pub const TAKE: &str = "Use the copy";
/// The copy goes to the disk.
pub const SAVE: &str = "Save it…";
/// Of the save dialog.
pub const SAVE_TITLE: &str = "Save the repaired copy";
/// Said of what happens with the copy.
const KEPT: &str = "The copy is sealed and sent. The file stays as it is.";
/// The same, on the terminal.
pub const CANNOT_KEEP: &str = "The file was not put right: there is no keychain on this computer to keep a copy with. \
    Write one with dropoff-cli repair FILE --out FILE, and send that.";
/// Said of a copy on the disk.
const NOT_KEPT: &str = "Dropoff can't keep a repaired copy, since there is no keychain on this computer. \
    Save the copy where the export lies, then drop it here. It holds patients.";

/// What the panel says: each change, what happens with the copy, and what it comes to.
pub fn panel(tried: &Tried) -> Vec<String> {
    let kept = if tried.can_keep.is_ok() { KEPT } else { NOT_KEPT };
    let mut lines = lines(&tried.repaired.made);
    lines.push(kept.to_owned());
    lines.push(verdict(&tried.repaired.reading.report));
    lines
}

/// `Put right on a copy: line ends (412).`, on a card whose copy goes.
pub fn on_card(made: &Made) -> String {
    format!("Put right on a copy: {}.", short(made))
}

/// The name that the save dialog offers.
pub fn suggested_name(file_name: &str) -> String {
    match file_name.rsplit_once('.') {
        Some((name, ending)) if !name.is_empty() => format!("{name} repaired.{ending}"),
        Some(_) | None => format!("{file_name} repaired"),
    }
}

/// Nothing was written, since there is nothing that a repair puts right: what stands in the way may still be there.
pub fn nothing_to_repair(report: &Report) -> String {
    let (_, found, happens) = findings::verdict(report);
    format!("There is nothing to repair. No copy was written. {found} {happens}")
}

/// What is changed, a line each, and what is not.
pub fn lines(made: &Made) -> Vec<String> {
    let changes = made.iter().map(|(repair, count)| line(repair, count));
    let has_envelope = made.iter().any(|(repair, _)| repair == Repair::Envelope);
    let compare = has_envelope.then(|| COMPARE.to_owned());
    changes.chain([NOTHING_CLINICAL.to_owned()]).chain(compare).collect()
}

/// One change, in one sentence.
pub fn line(repair: Repair, count: u64) -> String {
    let count = quantity::thousands(count);
    match repair {
        Repair::Utf16 => "UTF-16 becomes what MSH-18 names, else UTF-8.".to_owned(),
        Repair::Windows1252 => format!("Letters in Windows-1252 become UTF-8: {count}."),
        Repair::LineEnds => format!("Line ends become carriage returns: {count}."),
        Repair::FinalLineEnd => "The last line gets its line end.".to_owned(),
        Repair::ByteOrderMark => format!("Byte order marks are left out: {count}."),
        Repair::Framing => format!("Network framing (MLLP) is left out: {count}."),
        Repair::Padding => format!("Empty bytes (NUL) are left out: {count}."),
        Repair::CtrlZ => format!("End-of-file marks (Ctrl-Z) are left out: {count}."),
        Repair::BlankLines => format!("Blank lines are left out: {count}."),
        Repair::Envelope => "An envelope with the number of messages is added.".to_owned(),
    }
}

/// `line ends (412), byte order mark`, as it stands on a receipt.
pub fn short(made: &Made) -> String {
    let one = |(repair, count): (Repair, u64)| {
        let name = name(repair);
        if count > 1 {
            format!("{name} ({})", quantity::thousands(count))
        } else {
            name.to_owned()
        }
    };
    made.iter().map(one).collect::<Vec<_>>().join(", ")
}

fn name(repair: Repair) -> &'static str {
    match repair {
        Repair::Utf16 => "UTF-16",
        Repair::Windows1252 => "letters in Windows-1252",
        Repair::LineEnds => "line ends",
        Repair::FinalLineEnd => "last line end",
        Repair::ByteOrderMark => "byte order mark",
        Repair::Framing => "MLLP framing",
        Repair::Padding => "NUL bytes",
        Repair::CtrlZ => "Ctrl-Z",
        Repair::BlankLines => "blank lines",
        Repair::Envelope => "envelope",
    }
}

/// What can be done with the copy.
pub fn verdict(report: &Report) -> String {
    let left = check::listing::totals(report);
    match (report.can_be_sent(), report.count(Severity::Blocker)) {
        (false, 1..) => format!("The copy still can't be sent. {left}"),
        (false, 0) => format!("The copy has errors. {left}"),
        (true, _) => format!("The copy can be sent. {left}"),
    }
}

/// Where the copy is.
pub fn written(out: &str) -> String {
    format!("The copy is {out}.")
}

/// Why there is no copy.
pub fn failed(failure: &RepairFailure) -> Explanation {
    match failure {
        RepairFailure::Refused(refusal) => refused(*refusal),
        RepairFailure::File(failure) => failure::file(failure),
        RepairFailure::Place(failure) => no_place(failure),
    }
}

/// The copy cannot be written where it is wanted.
fn no_place(failure: &FileFailure) -> Explanation {
    let next = match failure {
        FileFailure::NotFound => "The folder for the copy is not there. Name one that is.",
        FileFailure::NotReadable => {
            "This computer does not let you write there. Name another folder, or ask your IT for the right to."
        }
        FileFailure::NotAFile
        | FileFailure::AlreadyThere
        | FileFailure::Locked
        | FileFailure::Changed
        | FileFailure::NoPath
        | FileFailure::PlaceUnknown
        | FileFailure::DiskFull => return failure::file(failure),
        FileFailure::Other(_) => "The copy cannot be written there. Name another folder.",
    };
    Explanation {
        title: "No copy was written.".to_owned(),
        next: next.to_owned(),
        ..failure::file(failure)
    }
}

fn refused(refusal: Refusal) -> Explanation {
    let (title, next) = match refusal {
        Refusal::Finding(rule) if rule == FileRule::BrokenLine.into() => (
            "A line is no segment: the line end before it may belong to a value.".into(),
            "Ask your EHR vendor to export every segment on one line.".into(),
        ),
        Refusal::Finding(rule) => {
            let words = check::words(rule, &[]);
            (words.title, words.fix)
        }
        Refusal::MixedLetters => (
            "One message has letters of two character sets.".into(),
            "Ask your EHR vendor to export in UTF-8 and to say so in MSH-18.".into(),
        ),
        Refusal::UnknownLetters => (
            "Nobody can tell which letters with accents are meant.".into(),
            "Ask your EHR vendor to export in UTF-8 and to say so in MSH-18.".into(),
        ),
        Refusal::UnwritableLetters => (
            "MSH-18 names a character set that does not have these letters.".into(),
            "Ask your EHR vendor to export in UTF-8 and to say so in MSH-18.".into(),
        ),
    };
    Explanation {
        title: title.into_owned(),
        file: "No repaired copy was made: it could hide that something is missing, or change a name.".to_owned(),
        next: next.into_owned(),
        details: Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_receipt_tells_how_often_where_it_was_more_than_once() {
        let made = Made::from_iter([(Repair::ByteOrderMark, 1), (Repair::LineEnds, 1_412)]);
        assert_eq!(short(&made), "line ends (1,412), byte order mark");
    }

    #[test]
    fn an_envelope_asks_for_the_number_of_patients() {
        let lines_of = |repair| lines(&Made::from_iter([(repair, 1)]));
        assert_eq!(
            lines_of(Repair::LineEnds),
            ["Line ends become carriage returns: 1.", NOTHING_CLINICAL]
        );
        assert_eq!(lines_of(Repair::Envelope).len(), 3);
    }
}
