//! What a file holds, counted in one reading.

use chrono::NaiveDate;

use super::{facilities::Facilities, name::SegmentName, segment::Segment, shown::shown, timestamp::Timestamp};

/// Counts and marks of a whole file. No patient data but the counts and dates.
///
/// Segments are counted by their names, in capitals or small letters, whatever else is in them. So a refused vaccination and
/// one that was not given (CVX 998) count like any other `RXA`, and a patient counts once for each message.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Summary {
    /// `MSH` segments.
    pub messages: u64,
    /// `PID` segments.
    pub patients: u64,
    /// `RXA` segments.
    pub vaccinations: u64,
    /// The earliest day in RXA-3 that is a date between 1900 and 2100.
    pub first_vaccination: Option<NaiveDate>,
    /// The latest day in RXA-3 that is a date between 1900 and 2100.
    pub last_vaccination: Option<NaiveDate>,
    /// MSH-12, first component, of the first message: at most 100 characters, none of them a control character.
    pub version: Option<String>,
    /// MSH-4, first component, of the first message: at most 100 characters, none of them a control character.
    pub sending_facility: Option<String>,
    /// Whose it is.
    pub facilities: Facilities,
    /// The file and batch segments.
    pub envelope: Envelope,
}

/// How often each segment of the envelope stands in the file.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Envelope {
    /// `FHS`
    pub file_headers: u64,
    /// `FTS`
    pub file_trailers: u64,
    /// `BHS`
    pub batch_headers: u64,
    /// `BTS`
    pub batch_trailers: u64,
}

impl Summary {
    /// Counts one segment more.
    pub fn add(&mut self, segment: Segment<'_>) {
        if let Some(name) = segment.standard_name() {
            self.count(name, segment);
        }
    }

    fn count(&mut self, name: SegmentName, segment: Segment<'_>) {
        match name.bytes() {
            b"MSH" => {
                if self.messages == 0 {
                    self.version = first_component(segment, 12);
                    self.sending_facility = first_component(segment, 4);
                }
                self.messages += 1;
                self.facilities.add_sender(segment);
            }
            b"PID" => self.patients += 1,
            b"RXA" => {
                self.vaccinations += 1;
                self.facilities.add_place_of_dose(segment);
                if let Some(day) = segment.field(3).and_then(|field| day_of(field.bytes())) {
                    self.first_vaccination = Some(self.first_vaccination.map_or(day, |first| first.min(day)));
                    self.last_vaccination = Some(self.last_vaccination.map_or(day, |last| last.max(day)));
                }
            }
            b"FHS" => self.envelope.file_headers += 1,
            b"FTS" => self.envelope.file_trailers += 1,
            b"BHS" => self.envelope.batch_headers += 1,
            b"BTS" => self.envelope.batch_trailers += 1,
            _ => {}
        }
    }
}

/// The day of a time stamp that can be one of a vaccination. What follows the day does not matter here.
fn day_of(stamp: &[u8]) -> Option<NaiveDate> {
    let stamp = Timestamp::parse(stamp.get(..8)?)?;
    stamp.day().filter(|_| stamp.is_of_these_times())
}

/// The text of a field's first component; `None` where there is none.
fn first_component(segment: Segment<'_>, field: usize) -> Option<String> {
    const MAX_CHARS: usize = 100;
    shown(&segment.field(field)?.component(1)?.unescaped(), MAX_CHARS)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::hl7::Tokenizer;

    fn summarize(text: impl AsRef<[u8]>) -> Summary {
        let mut summary = Summary::default();
        let mut tokenizer = Tokenizer::new();
        tokenizer.feed(text.as_ref(), &mut |segment| summary.add(segment));
        tokenizer.finish(&mut |segment| summary.add(segment));
        summary
    }

    fn day(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).unwrap()
    }

    const BATCH: &str = "FHS|^~\\&|EHR\rBHS|^~\\&|EHR\r\
        MSH|^~\\&|EHR|1100100033^Invented Clinic|||20260301||VXU^V04^VXU_V04|1|P|2.5.1^USA\rPID|1\r\
        RXA|0|1|20260228|20260228|08^HepB^CVX\rRXA|0|1|202401011200-0600||998^none^CVX|||||||||||||||NA\r\
        MSH|^~\\&|EHR|Other|||20260301||VXU^V04^VXU_V04|2|P|2.3\rPID|1\rRXA|0|1|2025||\rOBX|1\r\
        BTS|2\rFTS|1\r";

    #[test]
    fn a_batch_is_counted() {
        assert_eq!(
            summarize(BATCH),
            Summary {
                messages: 2,
                patients: 2,
                vaccinations: 3,
                first_vaccination: Some(day(2024, 1, 1)),
                last_vaccination: Some(day(2026, 2, 28)),
                version: Some("2.5.1".to_owned()),
                sending_facility: Some("1100100033".to_owned()),
                facilities: Facilities {
                    names: vec!["1100100033".to_owned(), "Other".to_owned()],
                    has_more: false,
                },
                envelope: Envelope {
                    file_headers: 1,
                    file_trailers: 1,
                    batch_headers: 1,
                    batch_trailers: 1,
                },
            }
        );
    }

    #[test]
    fn names_in_small_letters_count_and_longer_names_do_not() {
        let summary = summarize("msh|^~\\&|EHR|CLINIC\rpid|1\rrxa|0|1|20260228\rPIDX|1\rPI|1\rPID1|1\r");
        assert_eq!((summary.messages, summary.patients, summary.vaccinations), (1, 1, 1));
        assert_eq!(summary.sending_facility.as_deref(), Some("CLINIC"));
    }

    #[test]
    fn only_real_days_are_vaccination_days() {
        for stamp in [
            "20260230", "20261301", "00000000", "99991231", "18991231", "2026022", "2026O228", "", "\"\"", "+2026022",
        ] {
            let summary = summarize(format!("MSH|^~\\&|\rRXA|0|1|{stamp}|\r"));
            assert_eq!((summary.vaccinations, summary.first_vaccination), (1, None), "{stamp}");
        }
        let summary = summarize("MSH|^~\\&|\rRXA|0|1|202602281530|\r");
        assert_eq!(summary.first_vaccination, Some(day(2026, 2, 28)));
    }

    #[test]
    fn the_sender_is_bounded_and_harmless() {
        let sender = |value: &str| summarize(format!("MSH|^~\\&|EHR|{value}|\r")).sending_facility;
        assert_eq!(sender(""), None);
        assert_eq!(sender(" \u{202E}\u{7} "), None);
        assert_eq!(sender("A\u{7}B\u{202E}C \\T\\ D").as_deref(), Some("ABC & D"));
        assert_eq!(sender("\\X1B\\[31mA").as_deref(), Some("[31mA"));
        assert_eq!(sender(&"é".repeat(5000)).unwrap(), "é".repeat(100));
        let summary = summarize(b"MSH|^~\\&|EHR|Cl\xEDnica|\r");
        assert_eq!(summary.sending_facility.as_deref(), Some("Clínica"));
    }
}
