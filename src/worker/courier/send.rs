//! Delivering one file: look, name, put, verify.

use chrono::{DateTime, Utc};

use crate::{
    app::message::{Event, Shipment},
    domain::{
        account::AccountId,
        failure::{Arrival, FileFailure, PutFailure, RegistryFailure, Step, Trouble},
        naming::{FreeName, clinic_day, first_free_name},
        submission::{Delivery, IfDuplicate, Outcome, Phase},
    },
    ports::PutProof,
    worker::courier::{
        Courier, broken,
        doubt::Doubt,
        duplicate::Incomparable,
        look::Seen,
        no_connection,
        progress::Progress,
        whole_file::{Rehearsal, WholeFile, rehearse},
    },
};

/// Names tried before something must be wrong with the server.
const MAX_NAMES: usize = 1_000;

impl Courier {
    pub(super) fn send(&mut self, shipment: &Shipment) -> Outcome {
        let outcome = self
            .guarded(|courier| courier.attempt(shipment))
            .or_else(|| self.guarded(|courier| courier.settle(shipment, broken())))
            .unwrap_or_else(|| not_sent(broken()));
        let outcome = self.honest(shipment, outcome);
        log(shipment, &outcome);
        outcome
    }

    fn attempt(&mut self, shipment: &Shipment) -> Outcome {
        if let Some(doubt) = self.doubt(shipment).cloned() {
            self.phase(shipment, Phase::Connecting);
            if let Some(outcome) = self.look_after(shipment, doubt) {
                return outcome;
            }
        }
        if shipment.cancel.is_requested() {
            return Outcome::Cancelled;
        }
        self.phase(shipment, Phase::Connecting);
        match rehearse(&*self.outfit.files, shipment) {
            Ok(Rehearsal::Same) => {}
            Ok(Rehearsal::Cancelled) => return Outcome::Cancelled,
            Err(failure) => return Outcome::FileTrouble(failure),
        }
        self.deliver_with_patience(shipment).unwrap_or_else(|failure| {
            if !leaves_a_connection(&failure.trouble) {
                self.drop_connection();
            }
            not_sent(failure)
        })
    }

    /// A server may end a connection while nobody asks it anything. Then nothing was offered, and a new connection goes on, once.
    fn deliver_with_patience(&mut self, shipment: &Shipment) -> Result<Outcome, RegistryFailure> {
        let mut incomparable = Incomparable::new();
        match self.deliver(shipment, &mut incomparable) {
            Err(failure)
                if self.connection.is_some() && matches!(failure.trouble, Trouble::ConnectionLost | Trouble::Busy) =>
            {
                tracing::info!(submission = %shipment.submission, trouble = %failure.trouble, "connecting once more");
                self.drop_connection();
                self.deliver(shipment, &mut incomparable)
            }
            ended => ended,
        }
    }

    /// `Err` means that not a byte was offered.
    fn deliver(&mut self, shipment: &Shipment, incomparable: &mut Incomparable) -> Result<Outcome, RegistryFailure> {
        let mut seen = self.see(&shipment.account, &shipment.cancel)?;
        for _ in 0..MAX_NAMES {
            if shipment.if_duplicate == IfDuplicate::Hold
                && let Some(duplicate) = self.duplicate(shipment, &seen, incomparable)?
            {
                return Ok(Outcome::Duplicate(duplicate));
            }
            if shipment.cancel.is_requested() {
                return Ok(Outcome::Cancelled);
            }
            let began = self.outfit.clock.now();
            let name = self.claim_name(shipment, &seen, began);
            match self.put(shipment, &name, began) {
                Ok(proof) => return Ok(Outcome::Delivered(self.delivered(shipment, name, began, proof))),
                // Somebody was faster, perhaps with the same content.
                Err(put) if put.failure.trouble == Trouble::NameExists => seen = self.see_here()?,
                Err(put) => match put.arrival {
                    Arrival::Nothing => {
                        self.memory.used_names.remove(&used(shipment, &name));
                        return Err(put.failure);
                    }
                    Arrival::Doubtful => {
                        self.drop_connection();
                        self.phase(shipment, Phase::Connecting);
                        return Ok(self.settle(shipment, put.failure));
                    }
                },
            }
        }
        Err(RegistryFailure::new(Trouble::NameExists, Step::Transfer, ""))
    }

    fn claim_name(&mut self, shipment: &Shipment, seen: &Seen, now: DateTime<Utc>) -> String {
        let account = &shipment.account;
        let day = clinic_day(now, shipment.zone);
        let used_names = &mut self.memory.used_names;
        let FreeName { name, .. } = first_free_name(&account.import_code, day, &shipment.template, |name| {
            seen.named(name).next().is_some() || used_names.contains(&used(shipment, name))
        });
        used_names.insert(used(shipment, &name));
        name
    }

    fn put(&mut self, shipment: &Shipment, name: &str, began: DateTime<Utc>) -> Result<PutProof, PutFailure> {
        let mut file = WholeFile::open(&*self.outfit.files, shipment).map_err(nothing_read)?;
        self.note_doubt(shipment, Doubt::new(shipment, name, began));
        let mut progress = Progress::new(&*self.outfit.clock, &self.reporter, shipment, began);
        let result = match &mut self.connection {
            Some(open) => open
                .registry
                .put(name, shipment.size_bytes, &mut file, &mut |sent| progress.tell(sent)),
            None => Err(PutFailure {
                failure: no_connection(),
                arrival: Arrival::Nothing,
            }),
        };
        let result = result.and_then(|proof| proven(shipment, proof));
        match &result {
            Ok(_) => {
                self.note_delivered(shipment, name);
                self.note_content(shipment, name);
            }
            // The file of that name is somebody else's.
            Err(put) if put.arrival == Arrival::Nothing || put.failure.trouble == Trouble::NameExists => {
                self.forget_doubt(shipment);
            }
            Err(put) => {
                let doubt = Doubt {
                    since: self.outfit.clock.now(),
                    offered: file.offered(),
                    failure: put.failure.clone(),
                    ..Doubt::new(shipment, name, began)
                };
                self.note_doubt(shipment, doubt);
            }
        }
        result
    }

    fn delivered(&self, shipment: &Shipment, sent_as: String, began: DateTime<Utc>, proof: PutProof) -> Delivery {
        tracing::debug!(submission = %shipment.submission, bytes = proof.size_bytes, "verified");
        Delivery {
            sent_as,
            began,
            verified: self.outfit.clock.now(),
            verified_bytes: proof.size_bytes,
            reply: proof.reply,
        }
    }

    fn phase(&self, shipment: &Shipment, phase: Phase) {
        self.reporter.report(Event::PhaseChanged(shipment.card, phase));
    }
}

fn log(shipment: &Shipment, outcome: &Outcome) {
    let submission = shipment.submission;
    match outcome {
        Outcome::Delivered(delivery) => tracing::info!(%submission, sent_as = delivery.sent_as, "delivered"),
        Outcome::Duplicate(duplicate) => tracing::info!(%submission, name = duplicate.name, "already there"),
        Outcome::NotSent(failure) | Outcome::PartRemoved(failure) | Outcome::Unknown { failure, .. } => {
            tracing::warn!(%submission, trouble = %failure.trouble, step = ?failure.step, "not delivered");
        }
        Outcome::FileTrouble(failure) => tracing::warn!(%submission, %failure, "not sent"),
        Outcome::Cancelled => tracing::info!(%submission, "cancelled"),
    }
}

fn used(shipment: &Shipment, name: &str) -> (AccountId, String) {
    (shipment.account.id(), name.to_ascii_lowercase())
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
        Trouble::NoRoom | Trouble::PermissionDenied | Trouble::FolderMissing(_) | Trouble::LocalFile(_)
    )
}

pub(super) fn not_sent(failure: RegistryFailure) -> Outcome {
    ended_here(&failure.trouble).unwrap_or(Outcome::NotSent(failure))
}

/// The outcome of what ended on this computer and not at the registry.
pub(super) fn ended_here(trouble: &Trouble) -> Option<Outcome> {
    if let Trouble::LocalFile(file) = trouble {
        return Some(Outcome::FileTrouble(file.clone()));
    }
    (*trouble == Trouble::Cancelled).then_some(Outcome::Cancelled)
}
