//! After a doubtful delivery: look what the registry has, before anybody says anything about it.

use crate::{
    app::message::Shipment,
    domain::{
        cancel::Cancel,
        failure::RegistryFailure,
        remote::Folder,
        submission::{Delivery, Outcome},
    },
    worker::courier::{
        Courier,
        doubt::Doubt,
        duplicate::Content,
        look::Seen,
        send::{ended_here, not_sent},
    },
};

/// What became of a doubtful delivery.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Found {
    Whole,
    PartRemoved,
    Nothing,
    Unclear,
}

/// What the folders show of it.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Sight {
    Whole,
    /// Under this name in HL7-Dropoff, and nowhere else.
    Part(String),
    Nothing,
    Unclear,
}

impl Courier {
    /// Right after a delivery failed. Whole: delivered. A part in HL7-Dropoff: removed. Anything else: unknown, never guessed.
    pub(super) fn settle(&mut self, shipment: &Shipment, failure: RegistryFailure) -> Outcome {
        let Some(doubt) = self.doubt(shipment).cloned() else {
            return not_sent(failure);
        };
        // A wish to cancel does not keep anybody from finding out.
        let outcome = match self.see(&shipment.account, &Cancel::default()) {
            Ok(seen) => self.conclude(shipment, doubt, failure, &seen),
            Err(_) => unknown(doubt, failure),
        };
        if matches!(outcome, Outcome::Unknown { .. }) {
            self.drop_connection();
        }
        outcome
    }

    /// Another try of what is in doubt only looks: who asks for news is not to send by it. `None` means that the doubt was
    /// another shipment's and is cleared, so that this one goes its way.
    pub(super) fn look_after(&mut self, shipment: &Shipment, doubt: Doubt) -> Option<Outcome> {
        let seen = match self.see(&shipment.account, &shipment.cancel) {
            Ok(seen) => seen,
            Err(failure) => {
                self.drop_connection();
                return Some(not_sent(failure));
            }
        };
        let is_own = doubt.submission == shipment.submission;
        let failure = doubt.failure.clone();
        let said = self.conclude(shipment, doubt, failure, &seen);
        (is_own || self.doubt(shipment).is_some()).then_some(said)
    }

    /// What may be said of it, now that somebody has looked.
    fn conclude(&mut self, shipment: &Shipment, doubt: Doubt, failure: RegistryFailure, seen: &Seen) -> Outcome {
        match self.find_out(shipment, &doubt, seen) {
            Found::Whole => Outcome::Delivered(self.found_whole(shipment, doubt)),
            Found::PartRemoved => {
                self.forget_doubt(shipment);
                ended_here(&failure.trouble).unwrap_or(Outcome::PartRemoved(failure))
            }
            Found::Nothing => {
                self.forget_doubt(shipment);
                not_sent(failure)
            }
            Found::Unclear => unknown(doubt, failure),
        }
    }

    fn find_out(&mut self, shipment: &Shipment, doubt: &Doubt, seen: &Seen) -> Found {
        match self.sight(shipment, doubt, seen) {
            Sight::Whole => Found::Whole,
            Sight::Part(name) => self.remove_part(shipment, doubt, &name),
            Sight::Nothing => Found::Nothing,
            Sight::Unclear => Found::Unclear,
        }
    }

    fn sight(&mut self, shipment: &Shipment, doubt: &Doubt, seen: &Seen) -> Sight {
        let mut sights = Vec::new();
        for (folder, file) in seen.named(&doubt.name) {
            let sight = match file.size_bytes {
                Some(size) if size < shipment.size_bytes => Content::Shorter,
                Some(size) if size > shipment.size_bytes => Content::Other,
                // A size that the listing keeps to itself is no proof of a part.
                Some(_) | None => match self.compare(shipment, folder, &file.name, &Cancel::default()) {
                    Ok(Content::Same) => return Sight::Whole,
                    Ok(content @ (Content::Other | Content::Shorter)) => content,
                    Err(failure) => {
                        tracing::info!(trouble = %failure.trouble, "a delivery could not be compared");
                        Content::Other
                    }
                },
            };
            sights.push((folder, sight, file.name.clone()));
        }
        match sights.as_slice() {
            [] if doubt.ends_when_unseen(self.outfit.clock.now()) => Sight::Nothing,
            [(Folder::Dropoff, Content::Shorter, name)] => Sight::Part(name.clone()),
            _ => Sight::Unclear,
        }
    }

    /// Removes the part under this name, and looks whether it is gone.
    fn remove_part(&mut self, shipment: &Shipment, doubt: &Doubt, name: &str) -> Found {
        let Some(open) = &mut self.connection else {
            return Found::Unclear;
        };
        let removal = open.registry.remove(name);
        if let Err(failure) = &removal {
            tracing::warn!(trouble = %failure.trouble, "a part could not be removed");
        }
        let Ok(seen) = self.see(&shipment.account, &Cancel::default()) else {
            return Found::Unclear;
        };
        if removal.is_ok() && seen.named(name).next().is_none() {
            return Found::PartRemoved;
        }
        // It may have become whole, or have been taken, in the meantime.
        match self.sight(shipment, doubt, &seen) {
            Sight::Whole => Found::Whole,
            Sight::Part(_) | Sight::Nothing | Sight::Unclear => Found::Unclear,
        }
    }

    /// A delivery that was found by looking again: the content was compared byte for byte, but there is no reply to show.
    fn found_whole(&mut self, shipment: &Shipment, doubt: Doubt) -> Delivery {
        self.note_delivered(shipment, &doubt.name);
        Delivery {
            sent_as: doubt.name,
            began: doubt.began,
            verified: self.outfit.clock.now(),
            verified_bytes: shipment.size_bytes,
            reply: String::new(),
        }
    }
}

fn unknown(doubt: Doubt, failure: RegistryFailure) -> Outcome {
    Outcome::Unknown {
        sent_as: doubt.name,
        failure,
    }
}
