//! Sealed copies: what is to be sent, independent of the file that was chosen.

use std::io::Read;

use chrono::{DateTime, Utc};

use crate::domain::{failure::SealFailure, fingerprint::VaccinationPrint, submission::SubmissionId};

/// Keeps copies that nobody can read, change, cut, or exchange without its being noticed.
pub trait Sealed: Send + Sync {
    /// Whether there is a key to seal with. The first call may make one.
    fn is_ready(&self) -> Result<(), SealFailure>;

    /// Reads the source to its end and keeps a sealed copy of it, whole or not at all. An error of the source comes back as
    /// `SealFailure::Source`. A copy of the same submission is replaced.
    fn keep(&self, id: SubmissionId, source: &mut dyn Read) -> Result<(), SealFailure>;

    /// Opens a copy for reading. Each chunk is authenticated before it is handed out; one that is not right, a chunk that is
    /// missing, a copy of another submission, or an end without the mark of the last chunk is an `io::Error` with a
    /// `SealFailure` inside. Whoever must know before the first byte reads it twice.
    fn open(&self, id: SubmissionId) -> Result<Box<dyn Read + Send>, SealFailure>;

    /// Removes a copy. Removing what is not there succeeds.
    fn remove(&self, id: SubmissionId) -> Result<(), SealFailure>;

    /// The submissions that have a copy.
    fn kept(&self) -> Result<Vec<SubmissionId>, SealFailure>;

    /// When a copy was sealed, as the file system says; `None` where there is none.
    fn sealed_at(&self, id: SubmissionId) -> Result<Option<DateTime<Utc>>, SealFailure>;

    /// Seals a short text, bound to its submission.
    fn seal_text(&self, id: SubmissionId, text: &str) -> Result<Vec<u8>, SealFailure>;

    /// Opens it.
    fn open_text(&self, id: SubmissionId, sealed: &[u8]) -> Result<String, SealFailure>;

    /// The keyed fingerprint of each of these facts, in order.
    fn prints(&self, facts: &[Vec<u8>]) -> Result<Vec<VaccinationPrint>, SealFailure>;
}
