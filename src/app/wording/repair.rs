//! Putting a file right on a copy: what is changed, and why a file is left as it is.

use crate::{
    app::wording::{Explanation, check, failure, quantity},
    domain::{
        check::{
            Report, Severity,
            file::FileRule,
            repair::{Made, Refusal, Repair},
        },
        failure::RepairFailure,
    },
};

/// Said wherever changes are listed.
pub const NOTHING_CLINICAL: &str = "Nothing about patients or vaccinations is changed.";
/// Said where an envelope is put around.
const COMPARE: &str =
    "Compare the number of patients with your EHR: without an envelope a file does not show whether it is whole.";
/// What is asked for can be put right from a terminal.
pub const COMMAND: &str = "Some of this can be put right on a copy: dropoff-cli repair FILE --out FILE";
/// Nothing was written, since nothing has to be.
pub const NOTHING_TO_REPAIR: &str = "There is nothing to repair. No copy was written.";

/// What is changed, a line each, and what is not.
pub fn lines(made: &Made) -> Vec<String> {
    let changes = made.iter().map(|(repair, count)| line(repair, count));
    let has_envelope = made.iter().any(|(repair, _)| repair == Repair::Envelope);
    let compare = has_envelope.then(|| COMPARE.to_owned());
    changes.chain([NOTHING_CLINICAL.to_owned()]).chain(compare).collect()
}

/// One change, in one sentence.
pub fn line(repair: Repair, count: u64) -> String {
    let places = || quantity::count(count, "place", "places");
    match repair {
        Repair::Utf16 => "Letters in UTF-16 become what MSH-18 names, or UTF-8 where it names nothing.".to_owned(),
        Repair::Windows1252 => format!(
            "Letters in Windows-1252 become UTF-8, so that José stays José: {}.",
            quantity::thousands(count)
        ),
        Repair::LineEnds => format!(
            "Line ends become carriage returns, as HL7 wants them: {}.",
            quantity::thousands(count)
        ),
        Repair::FinalLineEnd => "The last line gets its line end.".to_owned(),
        Repair::ByteOrderMark => format!("Byte order marks are left out: {}.", places()),
        Repair::Framing => format!("Bytes of a network protocol (MLLP) are left out: {}.", places()),
        Repair::Padding => format!("Empty bytes (NUL) are left out: {}.", places()),
        Repair::CtrlZ => format!("End-of-file marks of old systems (Ctrl-Z) are left out: {}.", places()),
        Repair::BlankLines => format!("Blank lines are left out: {}.", places()),
        Repair::Envelope => {
            "An envelope (FHS, BHS, BTS, FTS) is put around the messages, with their number in it.".to_owned()
        }
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
            [
                "Line ends become carriage returns, as HL7 wants them: 1.",
                NOTHING_CLINICAL
            ]
        );
        assert_eq!(lines_of(Repair::Envelope).len(), 3);
    }
}
