//! What cannot go now: it waits, is held for somebody, stays in doubt, or is cancelled. All of it is written down.

use chrono::{DateTime, TimeDelta, Utc};

use crate::{
    app::message::Shipment,
    domain::{
        failure::{RegistryFailure, Trouble},
        submission::{
            Copy, Outcome, State, Why, part_left,
            retry::{self, Remedy},
        },
    },
    worker::{
        copies,
        courier::{Courier, steps::Parcel, whole_file::Flaw},
    },
};

/// Somebody else is at it. It is asked again after this pause, since nobody says when it is done.
const TURN_PAUSE: TimeDelta = TimeDelta::seconds(2);
/// Where not even the ledger answers.
const LEDGER_PAUSE: TimeDelta = TimeDelta::seconds(30);

impl Courier {
    /// What cannot go now: it is tried again, or somebody has to do something. In doubt stays in doubt.
    pub(super) fn put_off(&mut self, parcel: &mut Parcel<'_>, failure: RegistryFailure) -> Outcome {
        if parcel.is_doubtful() {
            return self
                .in_doubt(parcel, failure.clone())
                .unwrap_or_else(|failure| self.nobody_knows(failure));
        }
        let noted = if failure.trouble == Trouble::Cancelled {
            self.cancelled(parcel)
        } else if let Trouble::LocalFile(file) = &failure.trouble {
            self.flawed(parcel, Flaw::File(file.clone()))
        } else {
            match failure.trouble.remedy() {
                Remedy::TryAgain => self.waiting(parcel, failure),
                Remedy::Person | Remedy::ClinicIt | Remedy::Impossible => self.held(parcel, failure),
            }
        };
        // What could not be written down is said all the same: nothing was offered.
        noted.unwrap_or_else(|failure| Outcome::Waiting {
            until: retry::next_try(self.outfit.clock.now(), 1, parcel.shipment.submission),
            why: Box::new(Why::Registry(failure)),
        })
    }

    pub(super) fn in_doubt(
        &mut self,
        parcel: &mut Parcel<'_>,
        failure: RegistryFailure,
    ) -> Result<Outcome, RegistryFailure> {
        let looking = failure.clone();
        self.not_looked(parcel, failure, &looking)
    }

    /// In doubt after a failure, and then something kept us from looking: when that passes by itself, so does the doubt.
    pub(super) fn not_looked(
        &mut self,
        parcel: &mut Parcel<'_>,
        failure: RegistryFailure,
        looking: &RegistryFailure,
    ) -> Result<Outcome, RegistryFailure> {
        let by_itself = looking.trouble.passes_by_itself();
        let until = by_itself.then(|| self.later(parcel, &failure.trouble));
        let why = Why::Registry(failure.clone());
        self.note(parcel, State::Unknown, |step| {
            step.until = until;
            step.why = Some(why);
        })?;
        Ok(parcel.outcome(failure))
    }

    fn waiting(&mut self, parcel: &mut Parcel<'_>, failure: RegistryFailure) -> Result<Outcome, RegistryFailure> {
        let until = self.later(parcel, &failure.trouble);
        let why = Why::Registry(failure.clone());
        self.note_from_anywhere(parcel, State::Waiting, |step| {
            step.until = Some(until);
            step.why = Some(why);
        })?;
        Ok(parcel.outcome(failure))
    }

    fn held(&mut self, parcel: &mut Parcel<'_>, failure: RegistryFailure) -> Result<Outcome, RegistryFailure> {
        let why = Why::Registry(failure.clone());
        self.note_from_anywhere(parcel, State::Held, |step| step.why = Some(why))?;
        Ok(parcel.outcome(failure))
    }

    pub(super) fn flawed(&mut self, parcel: &mut Parcel<'_>, flaw: Flaw) -> Result<Outcome, RegistryFailure> {
        let (why, outcome) = match flaw {
            Flaw::File(file) => (Why::File(file.clone()), Outcome::FileTrouble(file)),
            Flaw::Copy(copy) => (Why::Copy(copy.clone()), Outcome::CopyTrouble(copy)),
        };
        self.note_from_anywhere(parcel, State::Held, |step| step.why = Some(why))?;
        Ok(outcome)
    }

    /// What is over without having been sent needs no copy any more.
    pub(super) fn discard_copy(&self, parcel: &Parcel<'_>) {
        if parcel.record.entered.copy == Copy::Sealed {
            let books = self.outfit.shelf.of(parcel.shipment.destination);
            copies::remove(books, parcel.shipment.submission, self.outfit.clock.now());
        }
    }

    pub(super) fn cancelled(&mut self, parcel: &mut Parcel<'_>) -> Result<Outcome, RegistryFailure> {
        let left = part_left(&self.steps(parcel)?);
        self.note_from_anywhere(parcel, State::Cancelled, |step| step.why = left)?;
        self.discard_copy(parcel);
        Ok(parcel.record.outcome().unwrap_or(Outcome::Cancelled))
    }

    fn later(&self, parcel: &Parcel<'_>, trouble: &Trouble) -> DateTime<Utc> {
        retry::next_try_after(
            trouble,
            self.outfit.clock.now(),
            parcel.record.tries.saturating_add(1),
            parcel.shipment.submission,
        )
    }

    /// Another Dropoff has the turn, or the ledger cannot be read: nothing is written, since it is not this one's to write.
    pub(super) fn without_the_turn(&self, shipment: &Shipment, failure: RegistryFailure) -> Outcome {
        match self.parcel(shipment) {
            Ok(parcel) if parcel.is_doubtful() => Outcome::Unknown {
                sent_as: parcel.record.sent_as.unwrap_or_default(),
                failure,
                until: Some(self.outfit.clock.now() + TURN_PAUSE),
            },
            Ok(parcel) => parcel.ended().unwrap_or_else(|| Outcome::Waiting {
                until: self.outfit.clock.now() + TURN_PAUSE,
                why: Box::new(Why::Registry(failure)),
            }),
            Err(_) => self.nobody_knows(failure),
        }
    }

    /// The ledger does not say where it stands: then nobody may say that nothing of it is at the registry.
    pub(super) fn nobody_knows(&self, failure: RegistryFailure) -> Outcome {
        Outcome::Unknown {
            sent_as: String::new(),
            failure,
            until: Some(self.outfit.clock.now() + LEDGER_PAUSE),
        }
    }
}
