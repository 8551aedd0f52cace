//! Listing the folders.

use crate::{
    app::message::FoldersSeen,
    domain::{account::Account, cancel::Cancel, failure::RegistryFailure, remote::Folder},
    ports::Listing,
    worker::courier::{Courier, connection::Freshness},
};

/// What stands in the way of a new name and of a second delivery.
pub(super) struct Seen {
    pub(super) dropoff: Listing,
    pub(super) accepted: Listing,
}

impl Courier {
    pub(super) fn look(&mut self, account: &Account) -> Result<Box<FoldersSeen>, RegistryFailure> {
        let seen = self.see(account, &Cancel::default())?;
        Ok(Box::new(FoldersSeen {
            at: self.outfit.clock.now(),
            account: account.id(),
            dropoff: seen.dropoff,
            accepted: seen.accepted,
            reports: self.list(Folder::Reports)?,
            receive: self.list(Folder::Receive)?,
        }))
    }

    /// Both folders, through the open connection or a new one. A connection that the server closed meanwhile is opened anew, once.
    pub(super) fn see(&mut self, account: &Account, cancel: &Cancel) -> Result<Seen, RegistryFailure> {
        let freshness = self.connect(account, cancel)?;
        match (self.see_here(), freshness) {
            (Ok(seen), _) => Ok(seen),
            (Err(failure), Freshness::Used) if failure.trouble.passes_by_itself() => {
                self.drop_connection();
                self.connect(account, cancel)?;
                self.see_here()
            }
            (Err(failure), Freshness::Fresh | Freshness::Used) => {
                self.drop_connection();
                Err(failure)
            }
        }
    }

    /// HL7-Dropoff first: a file that the registry moves between the two listings is then seen twice, not never.
    fn see_here(&mut self) -> Result<Seen, RegistryFailure> {
        Ok(Seen {
            dropoff: self.list(Folder::Dropoff)?,
            accepted: self.list(Folder::Accepted)?,
        })
    }

    fn list(&mut self, folder: Folder) -> Result<Listing, RegistryFailure> {
        match &mut self.connection {
            Some(open) => open.registry.list(folder),
            None => Err(super::no_connection()),
        }
    }
}
