//! A delivery of which nobody knows how much arrived.

use chrono::{DateTime, TimeDelta, Utc};

use crate::{
    app::message::Shipment,
    domain::{
        account::AccountId,
        failure::{RegistryFailure, Trouble},
        submission::{ContentHash, Outcome, SubmissionId},
    },
    worker::courier::{Courier, broken},
};

/// A registry may take a file out of one folder before it shows it in the other. After this long, what is in neither is not there.
const BETWEEN_FOLDERS: TimeDelta = TimeDelta::minutes(10);

/// What may have arrived under a name. It is noted before the first byte travels, so that nothing can happen unnoticed.
#[derive(Debug, Clone)]
pub(super) struct Doubt {
    pub(super) name: String,
    pub(super) submission: SubmissionId,
    pub(super) began: DateTime<Utc>,
    /// When the delivery failed.
    pub(super) since: DateTime<Utc>,
    pub(super) offered: Offered,
    pub(super) failure: RegistryFailure,
}

/// How much of a file was handed to the connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Offered {
    /// Its last bytes never were: it cannot be at the registry whole.
    Part,
    /// All of it.
    Whole,
}

impl Doubt {
    pub(super) fn new(shipment: &Shipment, name: &str, began: DateTime<Utc>) -> Self {
        Self {
            name: name.to_owned(),
            submission: shipment.submission,
            began,
            since: began,
            offered: Offered::Whole,
            failure: broken(),
        }
    }

    /// Whether the file is surely not at the registry when neither folder shows it.
    pub(super) fn ends_when_unseen(&self, now: DateTime<Utc>) -> bool {
        match self.offered {
            Offered::Part => true,
            Offered::Whole => now - self.since >= BETWEEN_FOLDERS,
        }
    }
}

impl Courier {
    /// What may have arrived of this content.
    pub(super) fn doubt(&self, shipment: &Shipment) -> Option<&Doubt> {
        self.memory.doubts.get(&key(shipment))
    }

    pub(super) fn note_doubt(&mut self, shipment: &Shipment, doubt: Doubt) {
        self.memory.doubts.insert(key(shipment), doubt);
    }

    pub(super) fn forget_doubt(&mut self, shipment: &Shipment) {
        self.memory.doubts.remove(&key(shipment));
    }

    pub(super) fn note_delivered(&mut self, shipment: &Shipment, name: &str) {
        self.forget_doubt(shipment);
        self.memory.delivered.insert(key(shipment), name.to_owned());
    }

    /// No outcome may say that nothing is at the registry while that is in doubt.
    pub(super) fn honest(&self, shipment: &Shipment, outcome: Outcome) -> Outcome {
        let Some(doubt) = self.doubt(shipment) else {
            return outcome;
        };
        let failure = match outcome {
            Outcome::NotSent(failure) | Outcome::PartRemoved(failure) | Outcome::Unknown { failure, .. } => failure,
            Outcome::FileTrouble(file) => RegistryFailure {
                trouble: Trouble::LocalFile(file),
                ..doubt.failure.clone()
            },
            Outcome::Cancelled => doubt.failure.clone(),
            said @ (Outcome::Delivered(_) | Outcome::Duplicate(_)) => return said,
        };
        Outcome::Unknown {
            sent_as: doubt.name.clone(),
            failure,
        }
    }
}

pub(super) fn key(shipment: &Shipment) -> (AccountId, ContentHash) {
    (shipment.account.id(), shipment.sha256)
}
