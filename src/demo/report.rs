//! The pretend registry's report on a file: one HL7 acknowledgment for each message, in words of our own.
//!
//! No real report of the registry is public. The shape is that of its web service's acknowledgments: `MSH`, `MSA`, `ERR`.

use chrono::{DateTime, NaiveDate, Utc};

use crate::demo::message::{Message, split_messages};

/// A report ends early rather than be longer than this; its trailer then counts what it has.
const MAX_REPORT_BYTES: usize = 32 * 1024 * 1024;

/// From this age on the registry takes an adult's consent code.
const ADULT_YEARS: u32 = 18;

/// The report on a file. `taken_at` is when the registry took it.
///
/// `AA` stands for a message without a problem, `AE` for one with errors or warnings (`ERR-4` tells which), `AR` for what could not be
/// read at all. What is wrong is judged by the day on which the message was written, so the same file always gets the same report.
pub fn report(file: &[u8], taken_at: DateTime<Utc>) -> Vec<u8> {
    let mut writer = Writer::new(taken_at);
    let messages = split_messages(file);
    if messages.messages.is_empty() {
        writer.acknowledge(None, &[NOT_HL7]);
    }
    let last = messages.messages.len();
    for (number, message) in (1..).zip(&messages.messages) {
        if writer.bytes.len() > MAX_REPORT_BYTES {
            break;
        }
        let problems = if messages.is_cut_off && number == last {
            vec![CUT_OFF]
        } else {
            problems(message)
        };
        writer.acknowledge(Some(message), &problems);
    }
    writer.finish()
}

/// From harmless to worst.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Severity {
    Warning,
    Error,
    /// Nothing of the message was read.
    Rejection,
}

/// Something that is wrong with a message, in the words of the fields of an `ERR` segment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Problem {
    severity: Severity,
    /// ERR-2: segment, its number, field.
    place: &'static str,
    /// ERR-3, from HL7 table 0357.
    code: &'static str,
    /// ERR-8.
    text: &'static str,
}

const MISSING: &str = "101^Required field missing^HL70357";
const WRONG: &str = "103^Table value not found^HL70357";
const TYPE: &str = "102^Data type error^HL70357";

const NOT_HL7: Problem = Problem {
    severity: Severity::Rejection,
    place: "MSH^1^1",
    code: "100^Segment sequence error^HL70357",
    text: "This is not an HL7 file. Nothing of it was read.",
};
const CUT_OFF: Problem = Problem {
    severity: Severity::Rejection,
    place: "MSH^1",
    code: "100^Segment sequence error^HL70357",
    text: "The file stops in the middle of this message. Nothing of this message was read.",
};
const NO_CLIENT: Problem = Problem {
    severity: Severity::Error,
    place: "PID^1",
    code: MISSING,
    text: "Client rejected. The message names no client.",
};
const ADULT_CONSENT: Problem = Problem {
    severity: Severity::Error,
    place: "PD1^1^12",
    code: WRONG,
    text: "CLR-101::Client rejected. The consent code is one for adults, and this client is a child.",
};
const CHILD_CONSENT: Problem = Problem {
    severity: Severity::Error,
    place: "PD1^1^12",
    code: WRONG,
    text: "CLR-101::Client rejected. The consent code is one for children, and this client is an adult.",
};
const NO_CITY: Problem = Problem {
    severity: Severity::Error,
    place: "PID^1^11^1^3",
    code: MISSING,
    text: "PID-11-3 missing. The client's address has no city.",
};
const NOBODY_RESPONSIBLE: Problem = Problem {
    severity: Severity::Warning,
    place: "NK1^^0",
    code: MISSING,
    text: "IEE-519::Warning. Nobody responsible for this child is named.",
};
const BEFORE_BIRTH: Problem = Problem {
    severity: Severity::Error,
    place: "RXA^1^3",
    code: TYPE,
    text: "IMR-100::Immunization rejected. It was given before the client was born.",
};
const FUTURE: Problem = Problem {
    severity: Severity::Error,
    place: "RXA^1^3",
    code: TYPE,
    text: "IMR-100::Immunization rejected. Future Date: it was given after this message was written.",
};

fn problems(message: &Message<'_>) -> Vec<Problem> {
    let Some(patient) = message.segment(*b"PID") else {
        return vec![NO_CLIENT];
    };
    let written = date(message.header(7));
    let born = date(patient.field(7));
    let is_child = written
        .zip(born)
        .map(|(written, born)| written.years_since(born).is_none_or(|age| age < ADULT_YEARS));
    let consent = message.segment(*b"PD1").map(|segment| segment.field(12));
    let mut found = Vec::new();
    match (is_child, consent) {
        (Some(true), Some(b"TXA")) => found.push(ADULT_CONSENT),
        (Some(false), Some(b"TXY")) => found.push(CHILD_CONSENT),
        (Some(_) | None, Some(_) | None) => {}
    }
    if patient.component(11, 3).is_empty() {
        found.push(NO_CITY);
    }
    if is_child == Some(true) && message.segment(*b"NK1").is_none() {
        found.push(NOBODY_RESPONSIBLE);
    }
    for given in message
        .segments(*b"RXA")
        .filter_map(|vaccination| date(vaccination.field(3)))
    {
        if born.is_some_and(|born| given < born) {
            found.push(BEFORE_BIRTH);
        }
        if written.is_some_and(|written| given > written) {
            found.push(FUTURE);
        }
    }
    found
}

/// The day at the beginning of an HL7 time.
fn date(field: &[u8]) -> Option<NaiveDate> {
    let digits = std::str::from_utf8(field.get(..8)?).ok()?;
    NaiveDate::parse_from_str(digits, "%Y%m%d").ok()
}

struct Writer {
    bytes: Vec<u8>,
    time: String,
    acknowledgments: usize,
}

impl Writer {
    fn new(taken_at: DateTime<Utc>) -> Self {
        let time = taken_at.format("%Y%m%d%H%M%S+0000").to_string();
        let mut writer = Self {
            bytes: Vec::new(),
            time,
            acknowledgments: 0,
        };
        for name in ["FHS", "BHS"] {
            let line = format!("{name}|^~\\&|DEMO|DROPOFF DEMO|||{}", writer.time);
            writer.line(line.as_bytes());
        }
        writer
    }

    fn line(&mut self, bytes: &[u8]) {
        self.bytes.extend_from_slice(bytes);
        self.bytes.push(b'\r');
    }

    fn acknowledge(&mut self, message: Option<&Message<'_>>, problems: &[Problem]) {
        self.acknowledgments += 1;
        let (number, time) = (self.acknowledgments, self.time.clone());
        let (sender, control_id) = message.map_or_else(Default::default, |message| {
            (plain(message.header_component(4, 1)), plain(message.header(10)))
        });
        let verdict = match problems.iter().map(|problem| problem.severity).max() {
            None => "AA",
            Some(Severity::Warning | Severity::Error) => "AE",
            Some(Severity::Rejection) => "AR",
        };
        self.line(
            format!("MSH|^~\\&|DEMO|DROPOFF DEMO||{sender}|{time}||ACK^V04^ACK|DEMO-{number:06}|P|2.5.1").as_bytes(),
        );
        self.line(format!("MSA|{verdict}|{control_id}").as_bytes());
        for problem in problems {
            let Problem { place, code, text, .. } = problem;
            let severity = match problem.severity {
                Severity::Warning => "W",
                Severity::Error | Severity::Rejection => "E",
            };
            self.line(format!("ERR||{place}|{code}|{severity}||||{text}").as_bytes());
        }
    }

    fn finish(mut self) -> Vec<u8> {
        let count = self.acknowledgments;
        self.line(format!("BTS|{count}").as_bytes());
        self.line(b"FTS|1");
        self.bytes
    }
}

/// A sender's value as it may stand in our own message: without anything that separates, and not long.
fn plain(value: &[u8]) -> String {
    value
        .iter()
        .take(199)
        .map(|byte| match byte {
            b'|' | b'^' | b'~' | b'\\' | b'&' => '?',
            b' '..=b'}' => char::from(*byte),
            0..b' ' | b'~'..=u8::MAX => '?',
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demo::samples;

    /// The report as lines.
    fn lines(file: &[u8]) -> Vec<String> {
        let taken_at = "2026-11-20T12:00:00Z".parse().unwrap();
        let text = String::from_utf8(report(file, taken_at)).unwrap();
        text.split_terminator('\r').map(str::to_owned).collect()
    }

    /// The lines that begin so, without that beginning.
    fn starting<'a>(lines: &'a [String], start: &str) -> Vec<&'a str> {
        lines.iter().filter_map(|line| line.strip_prefix(start)).collect()
    }

    #[track_caller]
    fn check(segments: &[&str], expected: &[Problem]) {
        let file = segments.join("\r");
        let split = split_messages(file.as_bytes());
        assert_eq!(problems(&split.messages[0]), expected);
    }

    const HEADER: &str = "MSH|^~\\&|EHR|4200731965|TxImmTrac|TxDSHS|20261105120000-0600||VXU^V04^VXU_V04|ID1|P|2.5.1";
    const CHILD: &str = "PID|1||1^^^X^MR||Marlow^Linden^^^^^L||20200101|F|||1 Elm^^Waco^TX^76701";
    const ADULT: &str = "PID|1||1^^^X^MR||Marlow^Linden^^^^^L||19800101|F|||1 Elm^^Waco^TX^76701";
    const NK1: &str = "NK1|1|Marlow^Fern|MTH";

    #[test]
    fn the_good_sample_is_accepted_message_by_message() {
        let lines = lines(samples::GOOD.1);
        assert!(lines[0].starts_with("FHS|^~\\&|DEMO|"));
        let verdicts = starting(&lines, "MSA|");
        assert_eq!(verdicts.len(), 12);
        assert!(
            verdicts.iter().all(|verdict| verdict.starts_with("AA|")),
            "{verdicts:?}"
        );
        assert_eq!(lines[lines.len() - 2..], ["BTS|12", "FTS|1"]);
    }

    #[test]
    fn the_second_sample_gets_one_error_and_one_warning_back() {
        let lines = lines(samples::TWO_PROBLEMS.1);
        assert_eq!(
            starting(&lines, "MSA|"),
            [
                "AA|PDF261109-HL2101",
                "AE|PDF261109-HL2102",
                "AE|PDF261110-HL2103",
                "AA|PDF261110-HL2104"
            ]
        );
        assert_eq!(
            starting(&lines, "ERR||"),
            [
                "PD1^1^12|103^Table value not found^HL70357|E||||CLR-101::Client rejected. The consent code is one for adults, and this client is a child.",
                "NK1^^0|101^Required field missing^HL70357|W||||IEE-519::Warning. Nobody responsible for this child is named.",
            ]
        );
    }

    #[test]
    fn of_a_file_that_was_cut_off_the_last_message_is_not_read() {
        let lines = lines(samples::CUT_OFF.1);
        let verdicts: Vec<_> = starting(&lines, "MSA|")
            .iter()
            .map(|line| line.get(..2).unwrap())
            .collect();
        assert_eq!(verdicts, ["AA", "AA", "AA", "AR"]);
    }

    #[test]
    fn a_web_page_is_rejected_as_a_whole() {
        let lines = lines(samples::WEB_PAGE.1);
        assert_eq!(starting(&lines, "MSA|"), ["AR|"]);
        assert_eq!(starting(&lines, "ERR||").len(), 1);
    }

    #[test]
    fn the_consent_code_has_to_fit_the_age_on_the_day_of_the_message() {
        let with = |code| format!("PD1||||||||||||{code}|20261105");
        check(&[HEADER, CHILD, &with("TXA"), NK1], &[ADULT_CONSENT]);
        check(&[HEADER, CHILD, &with("TXY"), NK1], &[]);
        check(&[HEADER, ADULT, &with("TXY")], &[CHILD_CONSENT]);
        check(&[HEADER, ADULT, &with("TXA")], &[]);
        let eighteen_today = CHILD.replace("20200101", "20081105");
        check(&[HEADER, &eighteen_today, &with("TXA"), NK1], &[]);
    }

    #[test]
    fn a_message_without_a_client_or_a_city_is_an_error() {
        check(&[HEADER], &[NO_CLIENT]);
        check(&[HEADER, &ADULT.replace("Waco", "")], &[NO_CITY]);
    }

    #[test]
    fn a_vaccination_lies_between_birth_and_the_message() {
        let on = |day| format!("RXA|0|1|{day}||140^Flu^CVX");
        check(&[HEADER, ADULT, &on("20261105")], &[]);
        check(&[HEADER, ADULT, &on("20261106")], &[FUTURE]);
        check(&[HEADER, ADULT, &on("19791231")], &[BEFORE_BIRTH]);
    }

    #[test]
    fn what_the_sender_wrote_cannot_break_the_report() {
        let header = HEADER.replace("ID1", "A^B~C\u{e9}");
        let lines = lines(header.as_bytes());
        assert_eq!(starting(&lines, "MSA|"), ["AE|A?B?C??"]);
    }

    #[test]
    fn no_patient_is_named_in_a_report() {
        for (_, bytes) in samples::ALL {
            let text = lines(bytes).join("\n");
            for name in ["Quillfeather", "Foxglove", "Riverstone", "Buckthorn"] {
                assert!(!text.contains(name));
            }
        }
    }
}
