//! Listing the folders.

use crate::{
    domain::{
        account::Account,
        cancel::Cancel,
        failure::RegistryFailure,
        receipt::Destination,
        remote::{Folder, FoldersSeen, RemoteFile},
        submission::{By, Record, Step, road},
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
    pub(super) fn look(
        &mut self,
        account: &Account,
        destination: Destination,
    ) -> Result<Box<FoldersSeen>, RegistryFailure> {
        let seen = self.look_everywhere(account);
        match &seen {
            Ok(seen) => self.follow(seen, destination),
            Err(_) => self.drop_connection(),
        }
        seen
    }

    fn look_everywhere(&mut self, account: &Account) -> Result<Box<FoldersSeen>, RegistryFailure> {
        let stop = self.outfit.stop.clone();
        let seen = self.see_both(account, &stop)?;
        Ok(Box::new(FoldersSeen {
            at: self.outfit.clock.now(),
            account: account.id(),
            dropoff: seen.dropoff,
            accepted: seen.accepted,
            reports: self.list(Folder::Reports)?,
            receive: self.list(Folder::Receive)?,
        }))
    }

    /// Notes how far the delivered files have come. What cannot be noted now is noted after the next look.
    fn follow(&self, seen: &FoldersSeen, destination: Destination) {
        let ledger = &self.outfit.shelf.of(destination).ledger;
        let noted = ledger.note_seen(seen).and_then(|()| {
            for record in ledger.on_the_road(&seen.account)? {
                if let Some(step) = self.step_along(&record, seen) {
                    ledger.advance(record.entered.id, &step)?;
                }
            }
            Ok(())
        });
        if let Err(failure) = noted {
            tracing::warn!(%failure, "what was seen at the registry was not noted");
        }
    }

    fn step_along(&self, record: &Record, seen: &FoldersSeen) -> Option<Step> {
        let state = road::station(record.sent_as.as_deref()?, seen)?;
        let by = By::nobody_in_particular(&self.outfit.person);
        let may = record.state.may_become(state);
        may.then(|| record.step_to(state, seen.at, by))
    }

    /// Both folders, through the open connection or a new one, noted in the ledger: a name that was seen is never used.
    pub(super) fn see_account(
        &mut self,
        account: &Account,
        destination: Destination,
        cancel: &Cancel,
    ) -> Result<Seen, RegistryFailure> {
        let seen = self.see_both(account, cancel)?;
        let folders = FoldersSeen {
            at: self.outfit.clock.now(),
            account: account.id(),
            dropoff: seen.dropoff.clone(),
            accepted: seen.accepted.clone(),
            reports: Vec::new(),
            receive: Vec::new(),
        };
        if let Err(failure) = self.outfit.shelf.of(destination).ledger.note_seen(&folders) {
            tracing::warn!(%failure, "what was seen at the registry was not noted");
        }
        Ok(seen)
    }

    /// A connection that the server closed meanwhile is opened anew, once.
    fn see_both(&mut self, account: &Account, cancel: &Cancel) -> Result<Seen, RegistryFailure> {
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
