//! Whether the registry has the same content already.

use std::io::{self, Write};

use sha2::{Digest, Sha256};

use crate::{
    app::message::Shipment,
    domain::{
        account::AccountId,
        remote::{Folder, RemoteFile},
        submission::{ContentHash, Duplicate},
    },
    worker::courier::{Courier, look::Seen},
};

impl Courier {
    /// The file at the registry with this content. Only files of the same size are fetched, each once.
    pub(super) fn duplicate(&mut self, shipment: &Shipment, seen: &Seen) -> Option<Duplicate> {
        let same_size = |file: &&RemoteFile| file.size_bytes == Some(shipment.size_bytes);
        let dropoff = seen.dropoff.iter().map(|file| (Folder::Dropoff, file));
        let accepted = seen.accepted.iter().map(|file| (Folder::Accepted, file));
        dropoff
            .chain(accepted)
            .filter(|(_, file)| same_size(file))
            .find(|(folder, file)| {
                let id = shipment.account.id();
                self.content(&id, *folder, &file.name, shipment.size_bytes) == Some(shipment.sha256)
            })
            .map(|(_, file)| Duplicate {
                name: file.name.clone(),
                seen_at: file.modified,
            })
    }

    /// The hash of a file at the registry, or nothing where it cannot be downloaded.
    pub(super) fn content(
        &mut self,
        account: &AccountId,
        folder: Folder,
        name: &str,
        size_bytes: u64,
    ) -> Option<ContentHash> {
        let key = (account.clone(), name.to_ascii_lowercase(), size_bytes);
        if let Some(known) = self.memory.contents.get(&key) {
            return Some(*known);
        }
        let mut sink = HashSink(Sha256::new());
        let registry = &mut self.connection.as_mut()?.registry;
        match registry.fetch(folder, name, &mut sink, size_bytes) {
            Ok(fetched) if fetched == size_bytes => {
                let hash = ContentHash(sink.0.finalize().into());
                self.memory.contents.insert(key, hash);
                Some(hash)
            }
            Ok(_) => None,
            Err(failure) => {
                tracing::info!(trouble = %failure.trouble, "a file at the registry could not be compared");
                None
            }
        }
    }

    /// Notes the content of a file that was just delivered.
    pub(super) fn note_content(&mut self, shipment: &Shipment, name: &str) {
        let key = (shipment.account.id(), name.to_ascii_lowercase(), shipment.size_bytes);
        self.memory.contents.insert(key, shipment.sha256);
    }
}

struct HashSink(Sha256);

impl Write for HashSink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
