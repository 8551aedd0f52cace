//! What a file holds, counted in one reading.

use chrono::NaiveDate;

/// Counts and marks of a whole file. No patient data but the counts and dates.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Summary {
    /// `MSH` segments.
    pub messages: u64,
    /// `PID` segments.
    pub patients: u64,
    /// `RXA` segments.
    pub vaccinations: u64,
    /// The earliest day in RXA-3 that is a date.
    pub first_vaccination: Option<NaiveDate>,
    /// The latest day in RXA-3 that is a date.
    pub last_vaccination: Option<NaiveDate>,
    /// MSH-12 of the first message.
    pub version: Option<String>,
    /// MSH-4, first component, of the first message.
    pub sending_facility: Option<String>,
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

impl Envelope {
    /// An envelope was opened and not closed: how a file that was cut off shows.
    pub fn is_left_open(&self) -> bool {
        self.file_headers > self.file_trailers || self.batch_headers > self.batch_trailers
    }
}
