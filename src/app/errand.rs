//! What the desk needs to enter one file, what comes of that, and what the courier needs to deliver it.

use std::path::PathBuf;

use chrono_tz::Tz;

use crate::app::message::CardId;
use crate::domain::{
    account::{Account, AccountId},
    cancel::Cancel,
    check::{Occasion, repair::Made},
    failure::{FileFailure, LedgerFailure, SealFailure},
    hl7::Facilities,
    naming::SameDayTemplate,
    receipt::Destination,
    submission::{Answers, ContentHash, Counts, Duplicate, IfDuplicate, Question, Record, RepairOrder, SubmissionId},
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
    /// What is put right on the copy; then length, hash and counts are those of the copy.
    pub repair: Option<EntryRepair>,
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

/// What is put right on the way into the sealed copy.
#[derive(Debug, Clone, PartialEq)]
pub struct EntryRepair {
    /// What is to be done with which bytes.
    pub order: RepairOrder,
    /// What that changes.
    pub made: Made,
}

/// A file that is to be put right on a copy, to see what it comes to. Nothing is written.
#[derive(Debug, Clone, PartialEq)]
pub struct Trial {
    /// For this card.
    pub card: CardId,
    /// The file.
    pub path: PathBuf,
    /// What is to be put right.
    pub order: RepairOrder,
    /// For when the copy is checked.
    pub occasion: Occasion,
    /// Where it is to go, and so in whose books.
    pub destination: Destination,
    /// Asked at every chunk.
    pub cancel: Cancel,
}

/// A copy that is to be saved where the person says.
#[derive(Debug, Clone, PartialEq)]
pub struct CopyToSave {
    /// Of the dialog.
    pub title: String,
    /// The name that the dialog suggests. Shown, never logged.
    pub suggested_name: String,
    /// The file.
    pub path: PathBuf,
    /// What is to be put right.
    pub order: RepairOrder,
    /// For when the copy is checked.
    pub occasion: Occasion,
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
