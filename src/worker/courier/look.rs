//! Listing the folders.

use crate::{
    domain::{
        account::Account,
        cancel::Cancel,
        failure::RegistryFailure,
        remote::{Folder, FoldersSeen, RemoteFile},
    },
    ports::Listing,
    worker::courier::{Courier, connection::Freshness},
};

/// What stands in the way of a new name and of a second delivery.
pub(super) struct Seen {
    pub(super) dropoff: Listing,
    pub(super) accepted: Listing,
}

impl Seen {
    /// Every file, HL7-Dropoff first.
    pub(super) fn files(&self) -> impl Iterator<Item = (Folder, &RemoteFile)> {
        let dropoff = self.dropoff.iter().map(|file| (Folder::Dropoff, file));
        dropoff.chain(self.accepted.iter().map(|file| (Folder::Accepted, file)))
    }

    /// The files of this name. A registry may compare without case.
    pub(super) fn named(&self, name: &str) -> impl Iterator<Item = (Folder, &RemoteFile)> {
        self.files()
            .filter(move |(_, file)| file.name.eq_ignore_ascii_case(name))
    }
}

impl Courier {
    pub(super) fn look(&mut self, account: &Account) -> Result<Box<FoldersSeen>, RegistryFailure> {
        let seen = self.look_everywhere(account);
        if seen.is_err() {
            self.drop_connection();
        }
        seen
    }

    fn look_everywhere(&mut self, account: &Account) -> Result<Box<FoldersSeen>, RegistryFailure> {
        let stop = self.outfit.stop.clone();
        let seen = self.see(account, &stop)?;
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
        match (self.connect(account, cancel)?, self.see_here()) {
            (Freshness::Used, Err(failure)) if failure.trouble.passes_by_itself() => {
                self.drop_connection();
                self.connect(account, cancel)?;
                self.see_here()
            }
            (Freshness::Fresh | Freshness::Used, seen) => seen,
        }
    }

    /// HL7-Dropoff first: a file that the registry moves between the two listings is then seen twice, not never.
    pub(super) fn see_here(&mut self) -> Result<Seen, RegistryFailure> {
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
