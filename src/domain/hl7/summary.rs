//! What a file holds, counted in one reading.

use chrono::NaiveDate;

use super::{
    content::ContentKind,
    head::Head,
    name::SegmentName,
    segment::{Segment, Terminator},
    shown::shown,
    timestamp::Timestamp,
    tokenizer::Tokenizer,
};

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
    /// The file and batch segments.
    pub envelope: Envelope,
    /// The file ends without a terminator after the last segment. Many whole files do; it does not show alone that one was cut.
    pub last_segment_open: bool,
}

impl Summary {
    /// Whether the file stops early: an envelope was opened and not closed.
    pub fn stops_early(&self) -> bool {
        self.envelope.is_left_open()
    }
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

impl Envelope {
    /// An envelope was opened and not closed: how a file that was cut off shows.
    pub fn is_left_open(&self) -> bool {
        self.file_headers > self.file_trailers || self.batch_headers > self.batch_trailers
    }
}

/// Reads a file in chunks and counts. Holds one segment and the first [`super::content::HEAD_BYTES`] of the file, however long
/// that is.
///
/// The bytes of a UTF-16 file are not decoded: it has its [`ContentKind`] and counts of zero.
#[derive(Debug, Default)]
pub struct Summarizer {
    tokenizer: Tokenizer,
    counts: Summary,
    head: Head,
}

impl Summarizer {
    /// A summarizer at the beginning of a file.
    pub fn new() -> Self {
        Self::default()
    }

    /// Reads the next chunk.
    pub fn feed(&mut self, bytes: &[u8]) {
        self.keep_head(bytes);
        let counts = &mut self.counts;
        self.tokenizer.feed(bytes, &mut |segment| counts.add(segment));
    }

    /// What the file is, as far as it has been fed.
    pub fn kind(&self) -> ContentKind {
        self.head.kind()
    }

    /// The counts of the whole file.
    pub fn finish(self) -> Summary {
        let mut counts = self.counts;
        self.tokenizer.finish(&mut |segment| counts.add(segment));
        counts
    }

    fn keep_head(&mut self, bytes: &[u8]) {
        let mut rest = bytes;
        while !self.head.is_full() && !rest.is_empty() {
            rest = self.head.fill(rest);
            if self.head.is_full() && self.head.is_junk() {
                self.head.forget_junk();
            }
        }
    }
}

impl Summary {
    /// Counts one segment more.
    pub fn add(&mut self, segment: Segment<'_>) {
        if let Some(name) = segment.standard_name() {
            self.count(name, segment);
        }
        self.last_segment_open = segment.terminator() == Terminator::EndOfFile;
    }

    fn count(&mut self, name: SegmentName, segment: Segment<'_>) {
        match name.bytes() {
            b"MSH" => {
                if self.messages == 0 {
                    self.version = first_component(segment, 12);
                    self.sending_facility = first_component(segment, 4);
                }
                self.messages += 1;
            }
            b"PID" => self.patients += 1,
            b"RXA" => {
                self.vaccinations += 1;
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

    fn summarize(text: &str) -> Summary {
        let mut summarizer = Summarizer::new();
        for chunk in text.as_bytes().chunks(7) {
            summarizer.feed(chunk);
        }
        summarizer.finish()
    }

    fn kind(bytes: &[u8]) -> ContentKind {
        let mut summarizer = Summarizer::new();
        for chunk in bytes.chunks(1000) {
            summarizer.feed(chunk);
        }
        summarizer.kind()
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
                envelope: Envelope {
                    file_headers: 1,
                    file_trailers: 1,
                    batch_headers: 1,
                    batch_trailers: 1,
                },
                last_segment_open: false,
            }
        );
    }

    #[test]
    fn a_batch_that_was_cut_stops_early() {
        assert!(!summarize(BATCH).stops_early());
        for last in ["FTS|1", "BTS|2", "OBX|1"] {
            let (cut, _) = BATCH.split_once(last).unwrap();
            assert!(summarize(cut).stops_early(), "before {last}");
        }
        assert!(!summarize("MSH|^~\\&|EHR\rPID|1").stops_early());
    }

    #[test]
    fn an_open_last_segment_shows() {
        for (text, open) in [
            ("MSH|^~\\&|\rPID|1", true),
            ("MSH|^~\\&|\rPI", true),
            ("MSH|^~\\&|\rPID|1\r\n", false),
            ("", false),
        ] {
            assert_eq!(summarize(text).last_segment_open, open, "{text:?}");
        }
        assert!(!summarize("MSH|^~\\&|\r\u{1A}").last_segment_open);
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
            let summary = summarize(&format!("MSH|^~\\&|\rRXA|0|1|{stamp}|\r"));
            assert_eq!((summary.vaccinations, summary.first_vaccination), (1, None), "{stamp}");
        }
        let summary = summarize("MSH|^~\\&|\rRXA|0|1|202602281530|\r");
        assert_eq!(summary.first_vaccination, Some(day(2026, 2, 28)));
    }

    #[test]
    fn the_sender_is_bounded_and_harmless() {
        let sender = |value: &str| summarize(&format!("MSH|^~\\&|EHR|{value}|\r")).sending_facility;
        assert_eq!(sender(""), None);
        assert_eq!(sender(" \u{202E}\u{7} "), None);
        assert_eq!(sender("A\u{7}B\u{202E}C \\T\\ D").as_deref(), Some("ABC & D"));
        assert_eq!(sender("\\X1B\\[31mA").as_deref(), Some("[31mA"));
        assert_eq!(sender(&"é".repeat(5000)).unwrap(), "é".repeat(100));
        let mut summarizer = Summarizer::new();
        summarizer.feed(b"MSH|^~\\&|EHR|Cl\xEDnica|\r");
        assert_eq!(summarizer.finish().sending_facility.as_deref(), Some("Clínica"));
    }

    #[test]
    fn junk_longer_than_the_head_does_not_hide_the_kind() {
        let after = |junk: &[u8], text: &str| [junk, text.as_bytes()].concat();
        assert_eq!(kind(&after(&[b' '; 10_000], BATCH)), ContentKind::Hl7);
        assert_eq!(kind(&after(&[0; 10_000], BATCH)), ContentKind::Hl7);
        assert_eq!(kind(&after(&[b'\n'; 10_000], "Dear clinic")), ContentKind::Text);
        assert_eq!(kind(&[b'\n'; 10_000]), ContentKind::Empty);
        assert_eq!(kind(&[0; 10_000]), ContentKind::Binary);
        assert_eq!(kind(b""), ContentKind::Empty);
        let wide: Vec<u8> = BATCH.encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(kind(&wide), ContentKind::Hl7Utf16);
    }
}
