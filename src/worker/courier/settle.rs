//! After a doubtful delivery: look what the registry has, before anybody says anything about it.

use chrono::{DateTime, Utc};

use crate::{
    app::message::Shipment,
    domain::{
        cancel::Cancel,
        failure::RegistryFailure,
        remote::{Folder, RemoteFile},
        submission::{Delivery, Outcome},
    },
    worker::courier::{Courier, look::Seen, send::ended_here},
};

impl Courier {
    /// Whole: delivered. A part in HL7-Dropoff: removed. Anything else: unknown, never guessed.
    pub(super) fn settle(
        &mut self,
        shipment: &Shipment,
        name: &str,
        began: DateTime<Utc>,
        failure: RegistryFailure,
    ) -> Outcome {
        let unknown = |failure| Outcome::Unknown {
            sent_as: name.to_owned(),
            failure,
        };
        // A wish to cancel does not keep anybody from finding out.
        let Ok(seen) = self.see(&shipment.account, &Cancel::default()) else {
            return unknown(failure);
        };
        match found(&seen, name) {
            Some((folder, file)) if file.size_bytes == Some(shipment.size_bytes) => {
                match self.content(&shipment.account.id(), folder, name, shipment.size_bytes) {
                    Some(hash) if hash == shipment.sha256 => {
                        let delivery = self.found_whole(shipment, name.to_owned());
                        Outcome::Delivered(Delivery { began, ..delivery })
                    }
                    Some(_) | None => unknown(failure),
                }
            }
            Some((Self::TARGET, _)) if self.remove(name) => {
                ended_here(&failure.trouble).unwrap_or(Outcome::PartRemoved(failure))
            }
            Some(_) | None => unknown(failure),
        }
    }

    /// Removes the part under this name, and looks whether it is gone.
    fn remove(&mut self, name: &str) -> bool {
        let Some(open) = &mut self.connection else {
            return false;
        };
        let registry = &mut open.registry;
        if let Err(failure) = registry.remove(name) {
            tracing::warn!(trouble = %failure.trouble, "a part could not be removed");
            return false;
        }
        registry
            .list(Self::TARGET)
            .is_ok_and(|files| !files.iter().any(|file| file.name.eq_ignore_ascii_case(name)))
    }
}

fn found<'a>(seen: &'a Seen, name: &str) -> Option<(Folder, &'a RemoteFile)> {
    let dropoff = seen.dropoff.iter().map(|file| (Folder::Dropoff, file));
    let accepted = seen.accepted.iter().map(|file| (Folder::Accepted, file));
    dropoff
        .chain(accepted)
        .find(|(_, file)| file.name.eq_ignore_ascii_case(name))
}
