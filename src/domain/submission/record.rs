//! What the ledger keeps of a submission. Never patient data in clear.

use chrono::{DateTime, NaiveDate, Utc};

use crate::domain::{
    account::AccountId,
    check::repair::Made,
    failure::{self, FileFailure, RegistryFailure, SealFailure, Trouble},
    hl7::summary::Summary,
    person::Person,
    receipt::Destination,
    submission::{ContentHash, Delivery, Duplicate, Outcome, State, SubmissionId},
};

/// Who did something, at which computer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct By {
    /// As the operating system names them.
    pub person: Person,
    /// Initials, where several people share a login. May be empty.
    pub initials: String,
}

impl By {
    /// The program did it by itself while this person was signed in.
    pub fn nobody_in_particular(person: &Person) -> Self {
        Self {
            person: person.clone(),
            initials: String::new(),
        }
    }
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

impl Counts {
    /// What of a reading is kept.
    pub fn of(summary: &Summary) -> Self {
        Self {
            messages: summary.messages,
            patients: summary.patients,
            vaccinations: summary.vaccinations,
            first_vaccination: summary.first_vaccination,
            last_vaccination: summary.last_vaccination,
            sending_facility: summary.sending_facility.clone(),
        }
    }
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
    /// It is to be sent, also where the registry has the same content: somebody has said so.
    SendAgain,
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
    /// What was put right on the copy, which is what goes; nothing where the chosen file goes as it is.
    pub repairs: Made,
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
    /// The server had said that it has all of it, and before that was noted neither folder showed it. A second look has to come
    /// after a pause: the registry may be moving it, or another computer may have removed it.
    Gone,
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
    /// Somebody wants it tried at once.
    TryNow,
}

impl Why {
    /// The name of a part that stays at the registry, where this tells of one.
    pub fn part(&self) -> Option<&str> {
        match self {
            Self::PartStays { name } | Self::TakenUnfinished { name } => Some(name),
            Self::Registry(_)
            | Self::File(_)
            | Self::Copy(_)
            | Self::Duplicate(_)
            | Self::Interrupted
            | Self::NotSeen
            | Self::Gone
            | Self::NotThere
            | Self::PartRemoved
            | Self::NameLost { .. }
            | Self::TryNow => None,
        }
    }
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

/// Why a part of it stays at the registry, where one does: nobody could take it back before the file went under another name.
pub fn part_left(steps: &[Step]) -> Option<Why> {
    let stays = |why: &&Why| why.part().is_some();
    let settled = steps.iter().rev().filter(|step| step.state == State::Queued);
    settled.filter_map(|step| step.why.as_ref()).find(stays).cloned()
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
    /// How often it was put off: how many steps it took to `Waiting` or `Unknown`.
    pub tries: u32,
    /// What proves that the registry has it.
    pub delivery: Option<Delivery>,
    /// What is to become of it.
    pub wish: Wish,
    /// When it first came to each station of its road.
    pub road: Road,
}

impl Record {
    /// A submission that was just entered.
    pub fn new(entered: NewSubmission) -> Self {
        Self {
            state: State::Queued,
            since: entered.at,
            sent_as: None,
            until: None,
            why: None,
            tries: 0,
            delivery: None,
            wish: Wish::Send,
            road: Road::default(),
            entered,
        }
    }

    /// A step from here that says no more than the state: name and wish stay.
    pub fn step_to(&self, state: State, at: DateTime<Utc>, by: By) -> Step {
        Step {
            state,
            at,
            by,
            sent_as: self.sent_as.clone(),
            until: None,
            why: None,
            delivery: None,
            wish: self.wish,
        }
    }

    /// The same record after this step, as the ledger keeps it.
    pub fn take(&mut self, step: &Step) {
        if matches!(step.state, State::Waiting | State::Unknown) {
            self.tries = self.tries.saturating_add(1);
        }
        let station = match step.state {
            State::Delivered => Some(&mut self.road.delivered),
            State::AtRegistry => Some(&mut self.road.at_registry),
            State::PickedUp => Some(&mut self.road.picked_up),
            State::Reported => Some(&mut self.road.reported),
            State::Queued
            | State::NameClaimed
            | State::Sending
            | State::Closed
            | State::Waiting
            | State::Held
            | State::Unknown
            | State::Cancelled
            | State::Failed => None,
        };
        if let Some(station) = station {
            station.get_or_insert(step.at);
        }
        self.state = step.state;
        self.since = step.at;
        self.sent_as.clone_from(&step.sent_as);
        self.until = step.until;
        self.why.clone_from(&step.why);
        self.wish = step.wish;
        if let Some(delivery) = &step.delivery {
            self.delivery = Some(delivery.clone());
        }
    }

    /// How the last attempt ended; `None` while it is on its way and nothing of it is at the registry.
    pub fn outcome(&self) -> Option<Outcome> {
        match self.state {
            State::Queued | State::NameClaimed => None,
            State::Delivered | State::AtRegistry | State::PickedUp | State::Reported | State::Closed => {
                self.delivery.clone().map(Outcome::Delivered)
            }
            State::Sending | State::Unknown => Some(Outcome::Unknown {
                sent_as: self.sent_as.clone().unwrap_or_default(),
                failure: self.doubt(),
                until: self.until,
            }),
            State::Waiting => Some(Outcome::Waiting {
                until: self.until.unwrap_or(self.since),
                why: Box::new(self.why.clone().unwrap_or(Why::TryNow)),
            }),
            // Somebody has answered, and nobody has acted on it yet.
            State::Held if self.is_answered() => Some(Outcome::Waiting {
                until: self.since,
                why: Box::new(Why::TryNow),
            }),
            State::Held | State::Failed => Some(self.stopped()),
            State::Cancelled => Some(match &self.why {
                Some(Why::Duplicate(duplicate)) => Outcome::Duplicate(duplicate.clone()),
                Some(Why::PartStays { name } | Why::TakenUnfinished { name }) => {
                    Outcome::PartLeft { sent_as: name.clone() }
                }
                Some(_) | None => Outcome::Cancelled,
            }),
        }
    }

    /// Whether it is held for its content's being there, and somebody has said that it goes all the same.
    pub fn is_answered(&self) -> bool {
        let is_asked = self.state == State::Held && matches!(self.why, Some(Why::Duplicate(_)));
        is_asked && self.wish == Wish::SendAgain
    }

    /// Why nobody knows. A program that ended in the middle is a connection that ended in the middle.
    fn doubt(&self) -> RegistryFailure {
        match &self.why {
            Some(Why::Registry(failure)) => failure.clone(),
            Some(_) | None => RegistryFailure::new(Trouble::ConnectionLost, failure::Step::Transfer, ""),
        }
    }

    fn stopped(&self) -> Outcome {
        match &self.why {
            Some(Why::Registry(failure)) => Outcome::NotSent(failure.clone()),
            Some(Why::File(failure)) => Outcome::FileTrouble(failure.clone()),
            Some(Why::Copy(failure)) => Outcome::CopyTrouble(failure.clone()),
            Some(Why::Duplicate(duplicate)) => Outcome::Duplicate(duplicate.clone()),
            Some(_) | None => Outcome::NotSent(self.doubt()),
        }
    }
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
