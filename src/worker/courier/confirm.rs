//! A file that was put is looked at once more before it counts as delivered.
//!
//! FTP has no way to take a name for oneself alone: two computers of a clinic may ask for a name in the same moment, both find it
//! free, and both write. So, after a pause in which anybody who had asked before has begun to write, the file is fetched and
//! compared; where it has gone by then, `gone` finds out why. And the same content may have gone in the same moment from the other
//! computer: then one of the two takes its own back.

use std::time::{Duration, Instant};

use crate::{
    app::message::{Event, Shipment},
    domain::{
        account::Account,
        cancel::Cancel,
        failure::{RegistryFailure, Step, Trouble},
        remote::Folder,
        submission::{Delivery, Duplicate, Outcome, State, Why, Wish},
    },
    worker::{
        courier::{
            Courier, broken,
            duplicate::{Content, MAX_FETCHED_BYTES},
            look::Seen,
            no_connection,
            steps::Parcel,
        },
        hashing::HashSink,
    },
};

/// A file that the server says it has whole.
pub(super) struct Unconfirmed {
    shipment: Shipment,
    delivery: Delivery,
    put_at: Instant,
}

/// What the folders of an account showed.
struct Sighting {
    account: Account,
    seen: Seen,
}

/// What stands under its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Back {
    Same,
    Different,
    /// The registry does not hand it out: its size, which the server gave, has to do, as long as it is there.
    Unread,
}

impl Courier {
    /// The server says that it has all of it. In the ledger it is still on its way.
    pub(super) fn was_put(&mut self, shipment: &Shipment, delivery: Delivery) {
        self.unconfirmed.push(Unconfirmed {
            shipment: shipment.clone(),
            delivery,
            put_at: self.outfit.clock.steady(),
        });
    }

    /// How long until the oldest of them can be confirmed; `None` when there is none.
    pub(super) fn until_confirmed(&self) -> Option<Duration> {
        self.unconfirmed.first().map(|oldest| self.until_settled(oldest))
    }

    fn until_settled(&self, one: &Unconfirmed) -> Duration {
        let passed = self.outfit.clock.steady().saturating_duration_since(one.put_at);
        self.outfit.settling.saturating_sub(passed)
    }

    /// Confirms those whose time has come, and reports what became of them.
    pub(super) fn confirm_settled(&mut self) {
        let is_settled = |one: &&Unconfirmed| self.until_settled(one) == Duration::ZERO;
        let count = self.unconfirmed.iter().take_while(is_settled).count();
        let settled: Vec<Unconfirmed> = self.unconfirmed.drain(..count).collect();
        let mut sighting = None;
        for one in settled {
            let outcome = self
                .guarded(|courier| courier.confirm(&one, &mut sighting))
                .unwrap_or_else(|| Some(self.nobody_knows(broken())));
            // What was overwritten has been put again, and waits to be confirmed.
            if let Some(outcome) = outcome {
                self.reporter
                    .report(Event::Finished(one.shipment.submission, Box::new(outcome)));
            }
        }
    }

    fn confirm(&mut self, one: &Unconfirmed, sighting: &mut Option<Sighting>) -> Option<Outcome> {
        let shipment = &one.shipment;
        let mut parcel = match self.parcel(shipment) {
            Ok(parcel) => parcel,
            Err(failure) => return Some(self.nobody_knows(failure)),
        };
        if let Some(outcome) = parcel.ended() {
            return Some(outcome);
        }
        match self.try_to_confirm(&mut parcel, one, sighting) {
            Ok(Some(outcome)) => Some(outcome),
            Ok(None) => {
                // Other bytes stand there: what became of its own is found out as after any doubtful delivery.
                *sighting = None;
                self.send_on(shipment)
            }
            Err(failure) => Some(self.put_off(&mut parcel, failure)),
        }
    }

    fn try_to_confirm(
        &mut self,
        parcel: &mut Parcel<'_>,
        one: &Unconfirmed,
        sighting: &mut Option<Sighting>,
    ) -> Result<Option<Outcome>, RegistryFailure> {
        let shipment = parcel.shipment;
        let seen = self.see_once(shipment, sighting)?;
        let back = self.read_back(parcel, &one.delivery.sent_as)?;
        if back == Back::Same
            && let Some(duplicate) = self.twin(parcel, &one.delivery.sent_as, seen)?
        {
            let why = Why::Duplicate(duplicate.clone());
            self.note(parcel, State::Cancelled, |step| step.why = Some(why))?;
            self.discard_copy(parcel);
            return Ok(Some(Outcome::Duplicate(duplicate)));
        }
        if back == Back::Different {
            let now = self.outfit.clock.now();
            let failure = RegistryFailure::new(Trouble::Overwritten, Step::Transfer, "");
            self.note(parcel, State::Unknown, |step| {
                step.until = Some(now);
                step.why = Some(Why::Registry(failure));
            })?;
            return Ok(None);
        }
        if back == Back::Unread && self.is_gone(parcel, &one.delivery.sent_as)? {
            let found = self.first_look(parcel, Why::Gone)?;
            return Ok(found.outcome(parcel, RegistryFailure::new(Trouble::Unexpected, Step::Transfer, "")));
        }
        let delivery = one.delivery.clone();
        self.note(parcel, State::Delivered, |step| step.delivery = Some(delivery))?;
        self.note_content(shipment, &one.delivery.sent_as);
        Ok(Some(Outcome::Delivered(one.delivery.clone())))
    }

    /// All that are confirmed together were put before, so that one look at the folders serves them all.
    fn see_once<'a>(
        &mut self,
        shipment: &Shipment,
        sighting: &'a mut Option<Sighting>,
    ) -> Result<&'a Seen, RegistryFailure> {
        self.connect(&shipment.account, &Cancel::default())?;
        let found = match sighting.take() {
            Some(found) if found.account == shipment.account => found,
            Some(_) | None => Sighting {
                seen: self.see_account(&shipment.account, shipment.destination, &Cancel::default())?,
                account: shipment.account.clone(),
            },
        };
        Ok(&sighting.insert(found).seen)
    }

    fn read_back(&mut self, parcel: &Parcel<'_>, name: &str) -> Result<Back, RegistryFailure> {
        let shipment = parcel.shipment;
        if shipment.size_bytes > MAX_FETCHED_BYTES {
            return Ok(Back::Unread);
        }
        let open = self.connection.as_mut().ok_or_else(no_connection)?;
        let mut sink = HashSink::default();
        match open
            .registry
            .fetch(Folder::Dropoff, name, &mut sink, 2 * MAX_FETCHED_BYTES)
        {
            Ok(fetched) if fetched == shipment.size_bytes && sink.finish() == shipment.sha256 => Ok(Back::Same),
            Ok(_) => Ok(Back::Different),
            Err(failure) if failure.trouble.passes_by_itself() => Err(failure),
            Err(_) => match self.compare(shipment, Folder::Accepted, name, &Cancel::default()) {
                Ok(Content::Same) => Ok(Back::Same),
                Ok(Content::Other | Content::Shorter(_)) => Ok(Back::Different),
                Err(failure) if failure.trouble.passes_by_itself() => Err(failure),
                Err(_) => Ok(Back::Unread),
            },
        }
    }

    /// The same content under another name, which was not there before this file was put: the other computer was as fast. The
    /// one whose name comes later takes its own back. Where the registry does not let it, both stay.
    fn twin(&mut self, parcel: &Parcel<'_>, name: &str, seen: &Seen) -> Result<Option<Duplicate>, RegistryFailure> {
        let shipment = parcel.shipment;
        if parcel.wish() == Wish::SendAgain {
            return Ok(None);
        }
        for (folder, file) in seen.files() {
            let comes_first = rank(&file.name) < rank(name);
            if !comes_first || file.size_bytes != Some(shipment.size_bytes) {
                continue;
            }
            match self.compare(shipment, folder, &file.name, &Cancel::default()) {
                Ok(Content::Same) => {}
                Err(failure) if failure.trouble.passes_by_itself() => return Err(failure),
                Ok(Content::Other | Content::Shorter(_)) | Err(_) => continue,
            }
            let open = self.connection.as_mut().ok_or_else(no_connection)?;
            return match open.registry.remove(name) {
                Ok(()) => Ok(Some(Duplicate {
                    name: file.name.clone(),
                    seen_at: file.modified,
                    delivered: None,
                })),
                Err(failure) if failure.trouble.passes_by_itself() => Err(failure),
                Err(_) => Ok(None),
            };
        }
        Ok(None)
    }
}

/// Shorter names first, as `….hl7` before `….1.hl7` and `….9.hl7` before `….10.hl7`.
fn rank(name: &str) -> (usize, String) {
    (name.len(), name.to_ascii_lowercase())
}
