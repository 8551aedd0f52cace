//! Whether the registry has the same content already.

use crate::{
    app::message::Shipment,
    domain::{
        cancel::Cancel,
        failure::{RegistryFailure, Step, Trouble},
        remote::Folder,
        submission::{ContentHash, Duplicate},
    },
    worker::{
        courier::{Courier, look::Seen, steps::books},
        hashing::HashSink,
    },
};

/// The longest file that is fetched where that is not necessary, in bytes: a clinic's month is far below.
pub(super) const MAX_FETCHED_BYTES: u64 = 16 << 20;

/// What a file at the registry holds, beside a file of this computer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Content {
    /// Every byte is the same.
    Same,
    /// As long, with other bytes.
    Other,
    /// Shorter than what is looked for.
    Shorter(Beginning),
}

/// All that there is of a file that is shorter than another one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Beginning {
    pub(super) size_bytes: u64,
    pub(super) sha256: ContentHash,
}

/// Files that could not be compared. They are not fetched again for the same shipment.
pub(super) type Incomparable = Vec<(Folder, String)>;

impl Courier {
    /// The file at the registry with this content: one that was delivered before, or one that is there now.
    ///
    /// Only files of the same size are fetched. One that the registry does not hand out stays out of the comparison; trouble
    /// with the connection is a failure, since whoever cannot compare must not send.
    pub(super) fn duplicate(
        &mut self,
        shipment: &Shipment,
        seen: &Seen,
        incomparable: &mut Incomparable,
    ) -> Result<Option<Duplicate>, RegistryFailure> {
        let ledger = &self.outfit.shelf.of(shipment.destination).ledger;
        let same = ledger.with_content(&shipment.account.id(), shipment.sha256);
        if let Some(duplicate) = same.map_err(books)?.iter().rev().find_map(Duplicate::of) {
            return Ok(Some(duplicate));
        }
        for (folder, file) in seen.files() {
            let place = (folder, file.name.to_ascii_lowercase());
            if file.size_bytes != Some(shipment.size_bytes) || incomparable.contains(&place) {
                continue;
            }
            match self.compare(shipment, folder, &file.name, &shipment.cancel) {
                Ok(Content::Same) => {
                    return Ok(Some(Duplicate {
                        name: file.name.clone(),
                        seen_at: file.modified,
                        delivered: None,
                    }));
                }
                Ok(Content::Other | Content::Shorter(_)) => {}
                Err(failure) if failure.trouble.passes_by_itself() || failure.trouble == Trouble::Cancelled => {
                    return Err(failure);
                }
                Err(failure) => {
                    tracing::info!(trouble = %failure.trouble, "a file at the registry could not be compared");
                    incomparable.push(place);
                }
            }
        }
        Ok(None)
    }

    /// Compares a file at the registry with the one that is to be sent. What was in HL7-Dropoff may be in Accepted by now.
    pub(super) fn compare(
        &mut self,
        shipment: &Shipment,
        folder: Folder,
        name: &str,
        cancel: &Cancel,
    ) -> Result<Content, RegistryFailure> {
        match (folder, self.compare_here(shipment, folder, name, cancel)) {
            (Folder::Dropoff, Err(failure)) if failure.trouble == Trouble::PermissionDenied => self
                .compare_here(shipment, Folder::Accepted, name, cancel)
                .map_err(|second| {
                    if second.trouble.passes_by_itself() {
                        second
                    } else {
                        failure
                    }
                }),
            (_, result) => result,
        }
    }

    fn compare_here(
        &mut self,
        shipment: &Shipment,
        folder: Folder,
        name: &str,
        cancel: &Cancel,
    ) -> Result<Content, RegistryFailure> {
        let size_bytes = shipment.size_bytes;
        let Some(open) = &mut self.connection else {
            return Err(super::no_connection());
        };
        let key = (folder, name.to_ascii_lowercase(), size_bytes);
        if let Some(known) = open.contents.get(&key) {
            return Ok(beside(*known, shipment));
        }
        let mut sink = HashSink::until(cancel);
        let fetched = match open.registry.fetch(folder, name, &mut sink, size_bytes) {
            Err(_) if cancel.is_requested() => {
                return Err(RegistryFailure::new(Trouble::Cancelled, Step::Transfer, ""));
            }
            // Where a listing tells no sizes, the fetching shows that it is longer.
            Err(failure) if failure.trouble == Trouble::Unexpected && sink.taken_bytes() >= size_bytes => {
                return Ok(Content::Other);
            }
            other => other?,
        };
        let hash = sink.finish();
        if fetched < size_bytes {
            return Ok(Content::Shorter(Beginning {
                size_bytes: fetched,
                sha256: hash,
            }));
        }
        open.contents.insert(key, hash);
        Ok(beside(hash, shipment))
    }

    /// Notes the content of a file that was just delivered, so that it need not be fetched.
    pub(super) fn note_content(&mut self, shipment: &Shipment, name: &str) {
        if let Some(open) = &mut self.connection {
            let key = (Folder::Dropoff, name.to_ascii_lowercase(), shipment.size_bytes);
            open.contents.insert(key, shipment.sha256);
        }
    }
}

fn beside(there: ContentHash, shipment: &Shipment) -> Content {
    if there == shipment.sha256 {
        Content::Same
    } else {
        Content::Other
    }
}
