//! Delivering one file: look, name, put, verify.

use chrono::{DateTime, TimeDelta, Utc};

use crate::{
    app::message::{Event, Shipment},
    domain::{
        failure::{Arrival, RegistryFailure, Step, Trouble},
        naming::{FreeName, clinic_day, first_free_name},
        remote::Folder,
        submission::{Delivery, IfDuplicate, Outcome, Phase},
    },
    ports::{Flow, PutProof},
    worker::courier::{Courier, look::Seen, whole_file::WholeFile},
};

/// Time between two reports of progress.
const REPORT_EVERY: TimeDelta = TimeDelta::milliseconds(100);
/// Names tried before something must be wrong with the server.
const MAX_NAMES: usize = 1_000;

impl Courier {
    pub(super) fn send(&mut self, shipment: &Shipment) -> Outcome {
        let outcome = self.attempt(shipment);
        let submission = shipment.submission;
        match &outcome {
            Outcome::Delivered(delivery) => tracing::info!(%submission, sent_as = delivery.sent_as, "delivered"),
            Outcome::Duplicate(duplicate) => tracing::info!(%submission, name = duplicate.name, "already there"),
            Outcome::NotSent(failure) | Outcome::PartRemoved(failure) | Outcome::Unknown { failure, .. } => {
                tracing::warn!(%submission, trouble = %failure.trouble, step = ?failure.step, "not delivered");
            }
            Outcome::FileTrouble(failure) => tracing::warn!(%submission, %failure, "not sent"),
            Outcome::Cancelled => tracing::info!(%submission, "cancelled"),
        }
        outcome
    }

    fn attempt(&mut self, shipment: &Shipment) -> Outcome {
        if shipment.cancel.is_requested() {
            return Outcome::Cancelled;
        }
        self.phase(shipment, Phase::Connecting);
        let mut file = match self.open_file(shipment) {
            Ok(file) => file,
            Err(outcome) => return outcome,
        };
        let seen = match self.see(&shipment.account, &shipment.cancel) {
            Ok(seen) => seen,
            Err(failure) => return not_sent(failure),
        };
        if let Some(outcome) = self.already_there(shipment, &seen) {
            return outcome;
        }
        for _ in 0..MAX_NAMES {
            if shipment.cancel.is_requested() {
                return Outcome::Cancelled;
            }
            let name = self.claim_name(shipment, &seen);
            match self.put(shipment, &mut file, &name) {
                Put::Done(outcome) => return outcome,
                Put::NameExists => {}
            }
        }
        not_sent(RegistryFailure::new(Trouble::NameExists, Step::Transfer, ""))
    }

    /// Nothing travels unless the file is still the one that was read.
    fn open_file(&self, shipment: &Shipment) -> Result<WholeFile, Outcome> {
        let Shipment {
            path,
            size_bytes,
            sha256,
            cancel,
            ..
        } = shipment;
        match WholeFile::open(&*self.outfit.files, path, *size_bytes, *sha256, cancel) {
            Ok(Some(file)) => Ok(file),
            Ok(None) => Err(Outcome::Cancelled),
            Err(failure) => Err(Outcome::FileTrouble(failure)),
        }
    }

    fn already_there(&mut self, shipment: &Shipment, seen: &Seen) -> Option<Outcome> {
        let duplicate = self.duplicate(shipment, seen)?;
        let is_our_own_try = self
            .memory
            .tried_as
            .get(&shipment.submission)
            .is_some_and(|name| name.eq_ignore_ascii_case(&duplicate.name));
        if is_our_own_try {
            return Some(Outcome::Delivered(self.found_whole(shipment, duplicate.name)));
        }
        match shipment.if_duplicate {
            IfDuplicate::Hold => Some(Outcome::Duplicate(duplicate)),
            IfDuplicate::SendAgain => None,
        }
    }

    fn claim_name(&mut self, shipment: &Shipment, seen: &Seen) -> String {
        let account = &shipment.account;
        let day = clinic_day(self.outfit.clock.now(), shipment.zone);
        let used = &mut self.memory.used_names;
        let FreeName { name, .. } = first_free_name(&account.import_code, day, &shipment.template, |name| {
            let listed = seen.dropoff.iter().chain(&seen.accepted);
            listed.into_iter().any(|file| file.name.eq_ignore_ascii_case(name))
                || used.contains(&(account.id(), name.to_ascii_lowercase()))
        });
        used.insert((account.id(), name.to_ascii_lowercase()));
        name
    }

    /// Where the name exists nothing was read from the file, so that it serves for the next name.
    fn put(&mut self, shipment: &Shipment, file: &mut WholeFile, name: &str) -> Put {
        let began = self.outfit.clock.now();
        self.memory.tried_as.insert(shipment.submission, name.to_owned());
        let result = {
            let mut progress = Progress {
                courier: &self.outfit,
                reporter: &self.reporter,
                shipment,
                began,
                reported: began,
            };
            match &mut self.connection {
                Some(open) => open
                    .registry
                    .put(name, shipment.size_bytes, file, &mut |sent| progress.tell(sent)),
                None => return Put::Done(not_sent(super::no_connection())),
            }
        };
        match result {
            Ok(proof) => Put::Done(Outcome::Delivered(self.delivered(shipment, name, began, proof))),
            Err(put) if put.failure.trouble == Trouble::NameExists => Put::NameExists,
            Err(put) => {
                self.drop_connection();
                Put::Done(match put.arrival {
                    Arrival::Nothing => not_sent(put.failure),
                    Arrival::Doubtful => self.settle(shipment, name, began, put.failure),
                })
            }
        }
    }

    fn delivered(&mut self, shipment: &Shipment, name: &str, began: DateTime<Utc>, proof: PutProof) -> Delivery {
        self.note_content(shipment, name);
        Delivery {
            sent_as: name.to_owned(),
            began,
            verified: self.outfit.clock.now(),
            verified_bytes: proof.size_bytes,
            reply: proof.reply,
        }
    }

    /// A delivery that was found by looking again: the content was compared byte for byte, but there is no reply to show.
    pub(super) fn found_whole(&self, shipment: &Shipment, name: String) -> Delivery {
        let now = self.outfit.clock.now();
        Delivery {
            sent_as: name,
            began: now,
            verified: now,
            verified_bytes: shipment.size_bytes,
            reply: String::new(),
        }
    }

    fn phase(&self, shipment: &Shipment, phase: Phase) {
        self.reporter.report(Event::PhaseChanged(shipment.card, phase));
    }

    /// The folder into which files are put.
    pub(super) const TARGET: Folder = Folder::Dropoff;
}

enum Put {
    Done(Outcome),
    NameExists,
}

fn not_sent(failure: RegistryFailure) -> Outcome {
    ended_here(&failure.trouble).unwrap_or(Outcome::NotSent(failure))
}

/// The outcome of what ended on this computer and not at the registry.
pub(super) fn ended_here(trouble: &Trouble) -> Option<Outcome> {
    if let Trouble::LocalFile(file) = trouble {
        return Some(Outcome::FileTrouble(file.clone()));
    }
    (*trouble == Trouble::Cancelled).then_some(Outcome::Cancelled)
}

struct Progress<'a> {
    courier: &'a super::Outfit,
    reporter: &'a crate::worker::Reporter,
    shipment: &'a Shipment,
    began: DateTime<Utc>,
    reported: DateTime<Utc>,
}

impl Progress<'_> {
    fn tell(&mut self, sent_bytes: u64) -> Flow {
        if self.shipment.cancel.is_requested() {
            return Flow::Stop;
        }
        let at = self.courier.clock.now();
        let is_last = sent_bytes == self.shipment.size_bytes;
        if is_last {
            self.report(Phase::Verifying);
        } else if sent_bytes == 0 || at - self.reported >= REPORT_EVERY {
            self.reported = at;
            self.report(Phase::Uploading {
                sent_bytes,
                began: self.began,
                at,
            });
        }
        Flow::Continue
    }

    fn report(&self, phase: Phase) {
        self.reporter.report(Event::PhaseChanged(self.shipment.card, phase));
    }
}
