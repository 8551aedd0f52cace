//! Writing down each step before it is taken.

use crate::{
    app::message::Shipment,
    domain::{
        failure::{LedgerFailure, RegistryFailure, Step as Way, Trouble},
        submission::{By, IfDuplicate, Outcome, Record, State, Step, Why, Wish},
    },
    ports::{Claim, Ledger},
    worker::courier::Courier,
};

/// A submission in the courier's hands: what it was asked to do, and where the ledger says that it stands.
pub(super) struct Parcel<'a> {
    pub(super) shipment: &'a Shipment,
    pub(super) record: Record,
}

impl Parcel<'_> {
    pub(super) fn is_doubtful(&self) -> bool {
        self.record.state.is_doubtful()
    }

    /// What was written down holds on: a wish to cancel, and the answer of whoever wants the content sent once more.
    pub(super) fn wish(&self) -> Wish {
        match (self.record.wish, self.shipment.if_duplicate) {
            _ if self.shipment.cancel.is_requested() => Wish::Cancel,
            (Wish::Send, IfDuplicate::SendAgain) => Wish::SendAgain,
            (wish @ (Wish::Send | Wish::SendAgain | Wish::Cancel), _) => wish,
        }
    }

    /// How it ended, when it is no longer to be sent: somebody else was faster.
    pub(super) fn ended(&self) -> Option<Outcome> {
        if self.record.state.is_undelivered() {
            None
        } else {
            self.record.outcome()
        }
    }

    /// What is said of it when nothing more is done for now.
    pub(super) fn outcome(&self, failure: RegistryFailure) -> Outcome {
        self.record.outcome().unwrap_or(Outcome::NotSent(failure))
    }
}

impl Courier {
    /// The submission as it stands. Only whoever has the turn can rely on it.
    pub(super) fn parcel<'a>(&self, shipment: &'a Shipment) -> Result<Parcel<'a>, RegistryFailure> {
        let record = self.ledger(shipment).record(shipment.submission).map_err(books)?;
        let record = record.ok_or_else(|| books(LedgerFailure::NoSuchSubmission))?;
        Ok(Parcel { shipment, record })
    }

    /// The ledger in whose books it stands.
    pub(super) fn ledger(&self, shipment: &Shipment) -> &dyn Ledger {
        &*self.outfit.shelf.of(shipment.destination).ledger
    }

    /// Everything that was written of it so far.
    pub(super) fn steps(&self, parcel: &Parcel<'_>) -> Result<Vec<Step>, RegistryFailure> {
        let ledger = self.ledger(parcel.shipment);
        ledger.steps(parcel.shipment.submission).map_err(books)
    }

    /// Why it moved, each time since it was last sent, the latest first.
    pub(super) fn whys_since_sending(&self, parcel: &Parcel<'_>) -> Result<Vec<Why>, RegistryFailure> {
        let steps = self.steps(parcel)?.into_iter().rev();
        let since_sending = steps.take_while(|step| step.state != State::Sending);
        Ok(since_sending.filter_map(|step| step.why).collect())
    }

    /// Writes that it moves to this state. `change` fills in what the step says beside that; its name stays unless it is changed.
    pub(super) fn note(
        &self,
        parcel: &mut Parcel<'_>,
        state: State,
        change: impl FnOnce(&mut Step),
    ) -> Result<(), RegistryFailure> {
        let step = self.step(parcel, state, change);
        let ledger = self.ledger(parcel.shipment);
        ledger.advance(parcel.shipment.submission, &step).map_err(books)?;
        tracing::debug!(submission = %parcel.shipment.submission, from = ?parcel.record.state, to = ?state, "step");
        parcel.record.take(&step);
        Ok(())
    }

    /// Makes this name the submission's own, unless somebody had it before.
    pub(super) fn note_claim(&self, parcel: &mut Parcel<'_>, name: &str) -> Result<Claim, RegistryFailure> {
        let step = self.step(parcel, State::NameClaimed, |step| step.sent_as = Some(name.to_owned()));
        let ledger = self.ledger(parcel.shipment);
        let claim = ledger.claim(parcel.shipment.submission, name, &step).map_err(books)?;
        if claim == Claim::Ours {
            parcel.record.take(&step);
        }
        Ok(claim)
    }

    /// As `note`, from wherever it stands: what is held or waits goes through `Queued`.
    pub(super) fn note_from_anywhere(
        &self,
        parcel: &mut Parcel<'_>,
        state: State,
        change: impl FnOnce(&mut Step),
    ) -> Result<(), RegistryFailure> {
        if !parcel.record.state.may_become(state) {
            self.note(parcel, State::Queued, |step| step.why = Some(Why::TryNow))?;
        }
        self.note(parcel, state, change)
    }

    fn step(&self, parcel: &Parcel<'_>, state: State, change: impl FnOnce(&mut Step)) -> Step {
        let by = By {
            person: self.outfit.person.clone(),
            initials: parcel.shipment.initials.clone(),
        };
        let mut step = parcel.record.step_to(state, self.outfit.clock.now(), by);
        step.wish = parcel.wish();
        change(&mut step);
        step
    }
}

pub(super) fn books(failure: LedgerFailure) -> RegistryFailure {
    RegistryFailure::new(Trouble::Books(failure), Way::Transfer, "")
}
