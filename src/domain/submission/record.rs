//! What the ledger keeps of a submission. Never patient data in clear.

use chrono::{DateTime, NaiveDate, Utc};

use crate::domain::{
    account::AccountId,
    failure::{FileFailure, RegistryFailure, SealFailure},
    person::Person,
    receipt::Destination,
    submission::{ContentHash, Delivery, Duplicate, State, SubmissionId},
};

/// Who did something, at which computer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct By {
    /// As the operating system names them.
    pub person: Person,
    /// Initials, where several people share a login. May be empty.
    pub initials: String,
}

/// What was counted in a file. No patient data.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Counts {
    /// Messages.
    pub messages: u64,
    /// Patients.
    pub patients: u64,
    /// Vaccinations.
    pub vaccinations: u64,
    /// The earliest day of a vaccination.
    pub first_vaccination: Option<NaiveDate>,
    /// The latest day of a vaccination.
    pub last_vaccination: Option<NaiveDate>,
    /// MSH-4 of the first message: the facility, at most 100 characters.
    pub sending_facility: Option<String>,
}

/// Whether Dropoff has its own sealed copy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Copy {
    /// It has: the original may go.
    Sealed,
    /// There is no key to seal with: the original must stay where it is until the file is delivered.
    OriginalOnly,
    /// It was removed at this time, after the file was delivered.
    Removed(DateTime<Utc>),
}

/// What is to become of it, as soon as nobody is in doubt about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Wish {
    /// It is to be sent.
    #[default]
    Send,
    /// It is to be cancelled.
    Cancel,
}

/// A submission when it is entered. It is `Queued` then.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewSubmission {
    /// Which.
    pub id: SubmissionId,
    /// Through which account.
    pub account: AccountId,
    /// Where it goes.
    pub destination: Destination,
    /// When it was entered.
    pub at: DateTime<Utc>,
    /// By whom.
    pub by: By,
    /// Bytes of the file.
    pub size_bytes: u64,
    /// Of all of them.
    pub sha256: ContentHash,
    /// What was counted.
    pub counts: Counts,
    /// Whether there is a sealed copy.
    pub copy: Copy,
    /// The chosen file's own name, sealed; `None` where there is no key.
    pub sealed_name: Option<Vec<u8>>,
}

/// Why a submission is where it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Why {
    /// The registry, or the way there.
    Registry(RegistryFailure),
    /// The file on this computer.
    File(FileFailure),
    /// The sealed copy.
    Copy(SealFailure),
    /// The same content is at the registry already.
    Duplicate(Duplicate),
    /// The program ended in the middle.
    Interrupted,
    /// A first look did not show it whole in either folder. A second one has to come after a pause.
    NotSeen,
    /// Neither folder showed it, twice: it goes again under the same name.
    NotThere,
    /// The registry had only a part, which was removed: it goes again under the same name.
    PartRemoved,
    /// The registry has only a part under this name and does not let it be removed: it goes again under the next name.
    PartStays {
        /// The name of the part.
        name: String,
    },
    /// The registry took a part under this name before the file was whole: it goes again under the next name.
    TakenUnfinished {
        /// The name of the part.
        name: String,
    },
    /// Under this name stands somebody else's file: it goes under the next name.
    NameLost {
        /// The name.
        name: String,
    },
    /// Somebody wants it sent although the same content is there.
    SendAgain,
    /// Somebody wants it tried at once.
    TryNow,
}

/// One step of a submission: it moved to this state. Written before what it says is done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// The state from now on.
    pub state: State,
    /// When, by the computer's clock. Steps are kept in the order in which they were written.
    pub at: DateTime<Utc>,
    /// Who was signed in where.
    pub by: By,
    /// Its name at the registry from now on; `None` means that it has none, or no more.
    pub sent_as: Option<String>,
    /// When it is tried or looked at again, where that comes by itself.
    pub until: Option<DateTime<Utc>>,
    /// Why, where there is a reason to tell.
    pub why: Option<Why>,
    /// What proves a delivery: only with `Delivered`.
    pub delivery: Option<Delivery>,
    /// What is to become of it from now on.
    pub wish: Wish,
}

/// A submission as it stands in the ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// As it was entered. `copy` is as it is now.
    pub entered: NewSubmission,
    /// Where it stands.
    pub state: State,
    /// Since when.
    pub since: DateTime<Utc>,
    /// Its name at the registry, where it has one.
    pub sent_as: Option<String>,
    /// When it is tried or looked at again, where that comes by itself.
    pub until: Option<DateTime<Utc>>,
    /// Why it stands there.
    pub why: Option<Why>,
    /// How often it came to `Waiting` since it was entered.
    pub tries: u32,
    /// What proves that the registry has it.
    pub delivery: Option<Delivery>,
    /// What is to become of it.
    pub wish: Wish,
    /// When it first came to each station of its road.
    pub road: Road,
}

/// When a delivered file was first seen at each station.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Road {
    /// Delivered.
    pub delivered: Option<DateTime<Utc>>,
    /// Seen in HL7-Dropoff.
    pub at_registry: Option<DateTime<Utc>>,
    /// Seen in Accepted.
    pub picked_up: Option<DateTime<Utc>>,
    /// A report with its name was seen.
    pub reported: Option<DateTime<Utc>>,
}
