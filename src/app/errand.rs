//! What the desk needs to enter one file, what comes of that, and what the courier needs to deliver it.

use std::path::PathBuf;

use chrono_tz::Tz;

use crate::domain::{
    account::{Account, AccountId},
    cancel::Cancel,
    failure::{FileFailure, LedgerFailure, SealFailure},
    hl7::Facilities,
    naming::SameDayTemplate,
    receipt::Destination,
    submission::{Answers, ContentHash, Counts, Duplicate, IfDuplicate, Question, Record, SubmissionId},
};

/// A file that is to be entered in the ledger.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// What it is called from now on.
    pub submission: SubmissionId,
    /// Through which account.
    pub account: AccountId,
    /// Where it goes, and so in whose books.
    pub destination: Destination,
    /// The file.
    pub path: PathBuf,
    /// What its reading found: the sealed copy must have this length and hash.
    pub size_bytes: u64,
    /// Its hash when it was read.
    pub sha256: ContentHash,
    /// What was counted.
    pub counts: Counts,
    /// Whose it is.
    pub facilities: Facilities,
    /// Of who sends it. May be empty.
    pub initials: String,
    /// What somebody has said about it.
    pub answers: Answers,
    /// Asked at every chunk.
    pub cancel: Cancel,
}

/// A file that was entered.
#[derive(Debug, Clone, PartialEq)]
pub struct Entered {
    /// As it stands in the ledger.
    pub record: Record,
    /// What was not asked, since somebody had said that the file is right.
    pub remarks: Vec<Question>,
}

/// Why a file was not entered. Nothing of it is sent.
#[derive(Debug, Clone, PartialEq)]
pub enum EntryRefusal {
    /// It could not be read, or is not the one that was looked at.
    File(FileFailure),
    /// The sealed copy could not be made.
    Copy(SealFailure),
    /// The ledger could not be written.
    Ledger(LedgerFailure),
    /// The same content was delivered before.
    Duplicate(Box<Duplicate>),
    /// Somebody has to say something about it first.
    Asked(Question),
    /// Somebody cancelled.
    Cancelled,
}

/// Everything that the courier needs to deliver one file that is in the ledger.
#[derive(Debug, Clone, PartialEq)]
pub struct Shipment {
    /// Which submission.
    pub submission: SubmissionId,
    /// Through this account.
    pub account: Account,
    /// Where it goes, and so in whose books it stands.
    pub destination: Destination,
    /// The chosen file, where it is known: it is read when there is no sealed copy.
    pub original: Option<PathBuf>,
    /// Its length when it was read, in bytes.
    pub size_bytes: u64,
    /// Its hash when it was read.
    pub sha256: ContentHash,
    /// Of who sends it. May be empty.
    pub initials: String,
    /// For a second file on one day.
    pub template: SameDayTemplate,
    /// The clinic's, for the day in the name.
    pub zone: Tz,
    /// What to do when the content is there already.
    pub if_duplicate: IfDuplicate,
    /// Asked at every chunk.
    pub cancel: Cancel,
}
