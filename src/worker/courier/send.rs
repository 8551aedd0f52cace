//! Delivering one file: look, name, put, verify.

use std::rc::Rc;

use chrono::{DateTime, Utc};

use crate::{
    app::message::{Event, Shipment},
    domain::{
        cancel::Cancel,
        failure::{Arrival, FileFailure, PutFailure, RegistryFailure, Step, Trouble},
        remote::RemoteFile,
        submission::{Copy, Delivery, Outcome, Phase, State, Why, Wish},
    },
    ports::PutProof,
    worker::courier::{
        Courier, broken,
        claim::Offered,
        duplicate::Incomparable,
        look::Seen,
        no_connection,
        progress::Progress,
        reconcile::Found,
        steps::Parcel,
        whole_file::{Flaw, Rehearsal, rehearse},
    },
};

/// Names tried before something must be wrong with the server.
const MAX_NAMES: usize = 1_000;
/// Tries in a row over a connection that breaks, before it is left for later.
const MAX_SENDINGS: usize = 3;

impl Courier {
    /// One whole try. `None` means that the file is put, and waits to be confirmed.
    pub(super) fn send_on(&mut self, shipment: &Shipment) -> Option<Outcome> {
        let waiting = self.unconfirmed.len();
        let outcome = self.send(shipment);
        (self.unconfirmed.len() == waiting).then_some(outcome)
    }

    /// Finds out first where nobody knows, then delivers. What comes of it is in the ledger.
    fn send(&mut self, shipment: &Shipment) -> Outcome {
        let outcome = self
            .guarded(|courier| courier.attempt(shipment))
            .or_else(|| self.guarded(|courier| courier.after_a_fault(shipment)))
            .unwrap_or_else(|| self.nobody_knows(broken()));
        log(shipment, &outcome);
        outcome
    }

    fn attempt(&mut self, shipment: &Shipment) -> Outcome {
        self.phase(shipment, Phase::Connecting);
        let taken = self.take_turn().and_then(|()| self.parcel(shipment));
        let mut parcel = match taken {
            Ok(parcel) => parcel,
            Err(failure) => return self.without_the_turn(shipment, failure),
        };
        match self.deliver_with_patience(&mut parcel) {
            Ok(outcome) => outcome,
            Err(failure) => {
                if !leaves_a_connection(&failure.trouble) {
                    self.drop_connection();
                }
                self.put_off(&mut parcel, failure)
            }
        }
    }

    /// A fault inside the program: what may have arrived is looked for, and nothing is sent.
    fn after_a_fault(&mut self, shipment: &Shipment) -> Outcome {
        let mut parcel = match self.parcel(shipment) {
            Ok(parcel) => parcel,
            Err(failure) => return self.nobody_knows(failure),
        };
        if let Some(outcome) = parcel.ended() {
            return outcome;
        }
        if parcel.is_doubtful() {
            match self.find_out(&mut parcel) {
                Ok(found) => {
                    if let Some(outcome) = found.outcome(&parcel, broken()) {
                        return outcome;
                    }
                }
                Err(_) => self.drop_connection(),
            }
        }
        self.put_off(&mut parcel, broken())
    }

    /// A server may end a connection while nobody asks it anything. Then nothing was offered, and a new connection goes on, once.
    fn deliver_with_patience(&mut self, parcel: &mut Parcel<'_>) -> Result<Outcome, RegistryFailure> {
        match self.try_to_deliver(parcel) {
            Err(failure)
                if self.connection.is_some()
                    && !parcel.is_doubtful()
                    && matches!(failure.trouble, Trouble::ConnectionLost | Trouble::Busy) =>
            {
                tracing::info!(submission = %parcel.shipment.submission, trouble = %failure.trouble, "connecting once more");
                self.drop_connection();
                self.try_to_deliver(parcel)
            }
            ended => ended,
        }
    }

    /// `Err` means that the last thing was a failure; the ledger says whether anything was offered.
    fn try_to_deliver(&mut self, parcel: &mut Parcel<'_>) -> Result<Outcome, RegistryFailure> {
        if let Some(outcome) = parcel.ended() {
            return Ok(outcome);
        }
        if parcel.is_doubtful()
            && let Some(outcome) = self.find_out(parcel)?.outcome(parcel, broken())
        {
            return Ok(outcome);
        }
        if parcel.wish() == Wish::Cancel {
            return self.cancelled(parcel);
        }
        if let Some(outcome) = self.check_the_file(parcel)? {
            return Ok(outcome);
        }
        let seen = self.see(parcel.shipment)?;
        self.deliver(parcel, seen)
    }

    /// The sealed copy, or the original where there is none, must be wholly right before the first byte goes.
    fn check_the_file(&mut self, parcel: &mut Parcel<'_>) -> Result<Option<Outcome>, RegistryFailure> {
        if parcel.record.entered.copy != Copy::Sealed && parcel.shipment.original.is_none() {
            // It waits for whoever knows where the original is. Nothing has changed that the ledger would have to know.
            return Ok(Some(Outcome::FileTrouble(FileFailure::PlaceUnknown)));
        }
        let tell = |checked_bytes| self.phase(parcel.shipment, Phase::Checking { checked_bytes });
        match rehearse(&self.outfit, parcel, tell) {
            Ok(Rehearsal::Same) => {
                self.phase(parcel.shipment, Phase::Connecting);
                Ok(None)
            }
            Ok(Rehearsal::Cancelled) => self.cancelled(parcel).map(Some),
            Err(flaw) => self.flawed(parcel, flaw).map(Some),
        }
    }

    fn deliver(&mut self, parcel: &mut Parcel<'_>, mut seen: Seen) -> Result<Outcome, RegistryFailure> {
        let mut incomparable = Incomparable::new();
        let mut sendings = 0;
        for _ in 0..MAX_NAMES {
            if parcel.wish() == Wish::Cancel {
                return self.cancelled(parcel);
            }
            if self.came_after_all(parcel, &seen)? {
                let failure = RegistryFailure::new(Trouble::NameExists, Step::Transfer, "");
                if let Some(outcome) = self.settle(parcel, failure, 1)? {
                    return Ok(outcome);
                }
                seen = self.see(parcel.shipment)?;
                continue;
            }
            if parcel.wish() != Wish::SendAgain
                && let Some(duplicate) = self.duplicate(parcel.shipment, &seen, &mut incomparable)?
            {
                let why = Why::Duplicate(duplicate.clone());
                self.note_from_anywhere(parcel, State::Held, |step| step.why = Some(why))?;
                return Ok(Outcome::Duplicate(duplicate));
            }
            let began = self.outfit.clock.now();
            let (name, offered) = self.claim_name(parcel, &seen, began)?;
            self.note(parcel, State::Sending, |_| {})?;
            match self.put(parcel, &name, began) {
                Ok(proof) => return Ok(self.put_down(parcel, began, proof)),
                Err(put) if put.failure.trouble == Trouble::NameExists && put.arrival == Arrival::Nothing => {
                    if offered == Offered::Before {
                        return self.in_doubt(parcel, put.failure);
                    }
                    self.note(parcel, State::Queued, |step| {
                        step.sent_as = None;
                        step.why = Some(Why::NameLost { name });
                    })?;
                }
                Err(put) if put.arrival == Arrival::Nothing => {
                    self.note(parcel, State::Queued, |_| {})?;
                    return Err(put.failure);
                }
                Err(put) => {
                    sendings += 1;
                    if let Some(outcome) = self.settle(parcel, put.failure, sendings)? {
                        return Ok(outcome);
                    }
                }
            }
            seen = self.see(parcel.shipment)?;
        }
        Err(RegistryFailure::new(Trouble::NameExists, Step::Transfer, ""))
    }

    /// Right after a delivery failed: finds out, and says whether it may go once more at once (`None`).
    fn settle(
        &mut self,
        parcel: &mut Parcel<'_>,
        failure: RegistryFailure,
        sendings: usize,
    ) -> Result<Option<Outcome>, RegistryFailure> {
        let why = Why::Registry(failure.clone());
        // If this ends here, whoever comes next looks at once.
        let now = self.outfit.clock.now();
        self.note_from_anywhere(parcel, State::Unknown, |step| {
            step.until = Some(now);
            step.why = Some(why);
        })?;
        self.drop_connection();
        self.phase(parcel.shipment, Phase::Connecting);
        let found = match self.find_out(parcel) {
            Ok(found) => found,
            Err(looking) => {
                self.drop_connection();
                return self.not_looked(parcel, failure, &looking).map(Some);
            }
        };
        if found == Found::LookAgain {
            self.drop_connection();
        }
        if let Some(outcome) = found.outcome(parcel, failure.clone()) {
            return Ok(Some(outcome));
        }
        if parcel.wish() == Wish::Cancel {
            return self.cancelled(parcel).map(Some);
        }
        if let Trouble::LocalFile(file) = &failure.trouble {
            return self.flawed(parcel, Flaw::File(file.clone())).map(Some);
        }
        if sendings >= MAX_SENDINGS {
            // What breaks again and again is not tried over a new connection either.
            self.drop_connection();
            return Err(failure);
        }
        if failure.trouble.passes_by_itself() {
            Ok(None)
        } else {
            Err(failure)
        }
    }

    fn put(&mut self, parcel: &Parcel<'_>, name: &str, began: DateTime<Utc>) -> Result<PutProof, PutFailure> {
        let shipment = parcel.shipment;
        let mut file = self
            .outfit
            .whole_file(parcel)
            .map_err(|flaw| nothing_read(flaw.file()))?;
        let mut progress = Progress::new(&*self.outfit.clock, &self.reporter, shipment, began);
        let result = match &mut self.connection {
            Some(open) => {
                open.sighting = None;
                open.registry
                    .put(name, shipment.size_bytes, &mut file, &mut |sent| progress.tell(sent))
            }
            None => Err(PutFailure {
                failure: no_connection(),
                arrival: Arrival::Nothing,
            }),
        };
        result.and_then(|proof| proven(shipment, proof))
    }

    /// What the server calls whole is confirmed before the ledger says so: where it cannot be, the next try finds it at the
    /// registry.
    fn put_down(&mut self, parcel: &Parcel<'_>, began: DateTime<Utc>, proof: PutProof) -> Outcome {
        let delivery = Delivery {
            sent_as: parcel.record.sent_as.clone().unwrap_or_default(),
            began,
            verified: self.outfit.clock.now(),
            verified_bytes: proof.size_bytes,
            reply: proof.reply,
        };
        self.was_put(parcel.shipment, delivery.clone());
        Outcome::Delivered(delivery)
    }

    fn phase(&self, shipment: &Shipment, phase: Phase) {
        self.reporter.report(Event::PhaseChanged(shipment.submission, phase));
    }

    /// Both folders, for this shipment.
    fn see(&mut self, shipment: &Shipment) -> Result<Seen, RegistryFailure> {
        self.see_account(&shipment.account, shipment.destination, &shipment.cancel)
    }

    /// A wish to cancel does not keep anybody from finding out.
    fn find_out(&mut self, parcel: &mut Parcel<'_>) -> Result<Found, RegistryFailure> {
        let seen = self.see_in_doubt(parcel)?;
        self.reconcile(parcel, &seen)
    }

    /// Both folders. What stands as sending was left by an earlier run, which ended before this connection was opened: one
    /// listing serves the first look at all of it, however much it is. Every other look is a new one, and nothing is called
    /// a part by an old one, since a part is removed.
    fn see_in_doubt(&mut self, parcel: &Parcel<'_>) -> Result<Rc<Seen>, RegistryFailure> {
        let shipment = parcel.shipment;
        self.connect(&shipment.account, &Cancel::default())?;
        let known = self.connection.as_ref().and_then(|open| open.sighting.clone());
        let name = parcel.record.sent_as.as_deref().unwrap_or_default();
        let is_no_part = |file: &RemoteFile| file.size_bytes == Some(shipment.size_bytes);
        if let Some(seen) = known
            && parcel.record.state == State::Sending
            && seen.named(name).all(|(_, file)| is_no_part(file))
        {
            return Ok(seen);
        }
        let seen = Rc::new(self.see_account(&shipment.account, shipment.destination, &Cancel::default())?);
        if let Some(open) = &mut self.connection {
            open.sighting = Some(Rc::clone(&seen));
        }
        Ok(seen)
    }
}

fn log(shipment: &Shipment, outcome: &Outcome) {
    let submission = shipment.submission;
    match outcome {
        Outcome::Delivered(delivery) => tracing::info!(%submission, sent_as = delivery.sent_as, "delivered"),
        Outcome::Asked(_) => tracing::info!(%submission, "asked about"),
        Outcome::Duplicate(duplicate) => tracing::info!(%submission, name = duplicate.name, "already there"),
        Outcome::NotSent(failure) | Outcome::Unknown { failure, .. } => {
            tracing::warn!(%submission, trouble = %failure.trouble, step = ?failure.step, "not delivered");
        }
        Outcome::Waiting { until, .. } => tracing::warn!(%submission, %until, "not delivered, tried again"),
        Outcome::FileTrouble(failure) => tracing::warn!(%submission, %failure, "not sent"),
        Outcome::CopyTrouble(failure) => tracing::warn!(%submission, %failure, "not sent"),
        Outcome::PartLeft { sent_as } => tracing::warn!(%submission, sent_as, "cancelled, a part stays"),
        Outcome::Cancelled => tracing::info!(%submission, "cancelled"),
    }
}

fn nothing_read(failure: FileFailure) -> PutFailure {
    PutFailure {
        failure: RegistryFailure::new(Trouble::LocalFile(failure), Step::Transfer, ""),
        arrival: Arrival::Nothing,
    }
}

/// Nothing is called delivered on another size than the file's own.
fn proven(shipment: &Shipment, proof: PutProof) -> Result<PutProof, PutFailure> {
    if proof.size_bytes == shipment.size_bytes {
        return Ok(proof);
    }
    let trouble = Trouble::WrongSize {
        expected_bytes: shipment.size_bytes,
        actual_bytes: Some(proof.size_bytes),
    };
    Err(PutFailure {
        failure: RegistryFailure::new(trouble, Step::Transfer, &proof.reply),
        arrival: Arrival::Doubtful,
    })
}

/// Whether the next file may go over the same connection.
fn leaves_a_connection(trouble: &Trouble) -> bool {
    matches!(
        trouble,
        Trouble::NoRoom
            | Trouble::PermissionDenied
            | Trouble::FolderMissing(_)
            | Trouble::LocalFile(_)
            | Trouble::Books(_)
    )
}
