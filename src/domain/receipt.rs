//! What a clinic can show afterwards: that a file went, when, by whom, and what the registry answered. No patient data.

use chrono_tz::Tz;

use crate::domain::{
    account::{AccountId, ImportCode},
    check::repair::Made,
    person::Person,
    submission::{ContentHash, Delivery, SubmissionId},
};

/// Everything that stands on a receipt. The name of the chosen file does not: it can hold a patient's name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// Which submission.
    pub submission: SubmissionId,
    /// Through which account.
    pub account: AccountId,
    /// What started the file's name.
    pub import_code: ImportCode,
    /// Whether it went to the Demo, where nothing counts.
    pub destination: Destination,
    /// Name, times, size and answer.
    pub delivery: Delivery,
    /// SHA-256 of what was sent.
    pub sha256: ContentHash,
    /// What was put right before it was sent.
    pub repairs: Made,
    /// Messages in the file.
    pub messages: u64,
    /// Patients in the file.
    pub patients: u64,
    /// Vaccinations in the file.
    pub vaccinations: u64,
    /// Who was signed in, at which computer.
    pub person: Person,
    /// Initials of who sent it; may be empty.
    pub initials: String,
    /// The clinic's time zone, in which times are written.
    pub time_zone: Tz,
}

/// Where a file went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Destination {
    /// The registry, the clinic being live.
    Live,
    /// The registry, the clinic still testing.
    Testing,
    /// The Demo inside this program.
    Demo,
}
