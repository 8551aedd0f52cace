//! A file on its way to the registry: what was read, where it stands, how an attempt ended.

mod record;
mod repair;
pub mod retry;
pub mod road;
mod state;

use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

use crate::domain::{
    check::Report,
    failure::{FileFailure, RegistryFailure, SealFailure, VaultFailure},
    fingerprint::Overlap,
    hl7::Facilities,
};

pub use self::{
    record::{By, Copy, Counts, NewSubmission, Record, Road, Step, Why, Wish, part_left},
    repair::{RepairOrder, Repaired},
    state::State,
};

/// Which submission. Made when a file is chosen; it stands in logs and receipts, where the file's name may not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SubmissionId(pub Uuid);

impl std::fmt::Display for SubmissionId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

/// SHA-256 of a file's bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ContentHash(pub [u8; 32]);

/// 64 lower-case digits, as `sha256sum` prints them.
impl std::fmt::Display for ContentHash {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

/// What one reading of a chosen file found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// Bytes.
    pub size_bytes: u64,
    /// Of all of them.
    pub sha256: ContentHash,
    /// What it is, what it holds, and what is wrong with it.
    pub report: Arc<Report>,
}

/// Why a file is not sent although it could be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HoldReason {
    /// The check says that it cannot be sent.
    Checked,
    /// The check found errors or warnings, and somebody wanted such files held.
    Faulty,
    /// The same content is on another card.
    OnAnotherCard,
}

/// Where the file with the same content was seen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Duplicate {
    /// The name it has at the registry.
    pub name: String,
    /// When the registry says that it was written, in the server's own time.
    pub seen_at: Option<chrono::NaiveDateTime>,
    /// When it was delivered, and by whom, where this computer's ledger knows it.
    pub delivered: Option<(DateTime<Utc>, By)>,
}

impl Duplicate {
    /// A submission of the same content that was delivered.
    pub fn of(record: &Record) -> Option<Self> {
        record.delivery.as_ref().map(|delivery| Self {
            name: delivery.sent_as.clone(),
            seen_at: None,
            delivered: Some((delivery.verified, record.entered.by.clone())),
        })
    }
}

/// A file that has vaccinations of a later one, and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Earlier {
    /// It was delivered then.
    Went(DateTime<Utc>),
    /// It waits here, or is held.
    WaitsHere(NotDelivered),
    /// Somebody is sending it, or is about to.
    OnItsWay(NotDelivered),
    /// Nobody knows yet whether it arrived.
    MayHaveArrived(NotDelivered),
}

/// What a person knows such a file by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotDelivered {
    /// Its own name; `None` where it cannot be opened.
    pub file_name: Option<String>,
    /// When it was entered.
    pub entered: DateTime<Utc>,
}

impl Earlier {
    /// Where this submission stands; `None` where it never went and never will.
    pub fn of(record: &Record, file_name: Option<String>) -> Option<Self> {
        let file = NotDelivered {
            file_name,
            entered: record.entered.at,
        };
        match record.state {
            State::Delivered | State::AtRegistry | State::PickedUp | State::Reported | State::Closed => {
                let delivery = record.delivery.as_ref();
                delivery.map(|delivery| Self::Went(delivery.verified))
            }
            State::Waiting | State::Held => Some(Self::WaitsHere(file)),
            State::Queued | State::NameClaimed | State::Sending => Some(Self::OnItsWay(file)),
            State::Unknown => Some(Self::MayHaveArrived(file)),
            State::Cancelled | State::Failed => None,
        }
    }

    /// When it was delivered, or entered where it is not.
    pub const fn at(&self) -> DateTime<Utc> {
        match self {
            Self::Went(at) => *at,
            Self::WaitsHere(file) | Self::OnItsWay(file) | Self::MayHaveArrived(file) => file.entered,
        }
    }
}

/// Something that a person has to say about a file before it is sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Question {
    /// Patients look invented (TEST, ZZZ) or have no name yet (BABY BOY), and the clinic is live.
    Invented {
        /// How many.
        patients: u64,
    },
    /// It names facilities that no file of this account named before: it may be another clinic's.
    OtherClinic {
        /// Those.
        named: Facilities,
        /// What those named, the latest first.
        earlier: Vec<String>,
    },
    /// Most of its vaccinations went before, or are to go, in other bytes.
    SentBefore {
        /// How many patients.
        overlap: Overlap,
        /// The latest file that has some of them.
        earlier: Earlier,
    },
    /// Whether they went before cannot be told: there is no key to compare with.
    NotCompared(VaultFailure),
    /// Days are missing between the last file and this one.
    Gap {
        /// The last day that any delivered file has.
        last_ended: NaiveDate,
        /// The first day that this file has.
        starts: NaiveDate,
    },
}

/// Whether a question is asked, or somebody has said that the file is right as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Asked {
    /// It is asked, and the file stays until somebody answers.
    #[default]
    First,
    /// The same, and it stays also where nobody can tell whether there is something to ask.
    Strictly,
    /// The file goes; what would have been asked is said all the same.
    ThisIsRight,
}

/// What somebody has said about a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Answers {
    /// That the same content was delivered.
    pub duplicate: IfDuplicate,
    /// That it names other facilities than earlier files.
    pub facility: Asked,
    /// That most of its vaccinations went before.
    pub overlap: Asked,
    /// That days are missing.
    pub gap: Asked,
}

/// A file that the registry has, whole and verified.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivery {
    /// Its name at the registry.
    pub sent_as: String,
    /// When the transfer began.
    pub began: DateTime<Utc>,
    /// When the registry's size was found equal.
    pub verified: DateTime<Utc>,
    /// The size that the registry gave.
    pub verified_bytes: u64,
    /// What the server answered.
    pub reply: String,
}

/// How an attempt to send ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// The registry has it, whole, verified.
    Delivered(Delivery),
    /// The same content is there already. Nothing was sent.
    Duplicate(Duplicate),
    /// It may have arrived in part or whole under this name; nobody knows until somebody looks.
    Unknown {
        /// The name that was used.
        sent_as: String,
        /// What happened.
        failure: RegistryFailure,
        /// When somebody looks again by himself; `None` when a person has to.
        until: Option<DateTime<Utc>>,
    },
    /// Nothing of it is at the registry; it is tried again by itself.
    Waiting {
        /// When.
        until: DateTime<Utc>,
        /// Why it waits.
        why: Box<Why>,
    },
    /// Nothing of it is at the registry; a person has to do something first.
    NotSent(RegistryFailure),
    /// The file on this computer could not be read, or is not the one that was looked at. Nothing of it is at the registry.
    FileTrouble(FileFailure),
    /// Somebody has to say something about it first. Nothing of it is at the registry, nor in the ledger.
    Asked(Question),
    /// The sealed copy cannot be used. Nothing of it is at the registry.
    CopyTrouble(SealFailure),
    /// Somebody cancelled; the registry has a part under this name, took it or does not let it be removed.
    PartLeft {
        /// The name of the part.
        sent_as: String,
    },
    /// Somebody cancelled before it arrived; nothing of it is at the registry.
    Cancelled,
}

/// What the courier is doing with a file right now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    /// A sealed copy is being made, and it is entered in the ledger.
    Entering {
        /// Bytes of the file that are in the copy.
        copied_bytes: u64,
    },
    /// In line behind another file.
    Queued,
    /// Every byte is compared with what was read before, so that nothing wrong is ever sent.
    Checking {
        /// Bytes that were compared.
        checked_bytes: u64,
    },
    /// Logging in and looking at the folders.
    Connecting,
    /// Travelling.
    Uploading {
        /// Bytes sent.
        sent_bytes: u64,
        /// When the first byte went.
        began: DateTime<Utc>,
        /// When this was counted.
        at: DateTime<Utc>,
    },
    /// The last byte went; the registry is asked what it has.
    Verifying,
}

/// What to do when the same content is at the registry already.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum IfDuplicate {
    /// Hold it and say so.
    #[default]
    Hold,
    /// Send it again: somebody said so clearly.
    SendAgain,
}
