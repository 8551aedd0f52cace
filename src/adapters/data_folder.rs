//! The data folder as a whole: what Dropoff makes in it, known by name, and how it is left.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use crate::{
    adapters::{
        instance::{Seat, Seated},
        keychain::{KeyEntry, SEAL_KEY_ID, SEAL_KEY_LOCK, is_usual},
        ledger::{self, LedgerAlone},
        log, os_error, sealed, settings,
        system::{COURIER_LOCK, CourierLock, DataFolderFailure},
        whole_file,
    },
    domain::{failure::LedgerFailure, retire::LastLook},
    ports::{AloneInFolder, DataFolder, OwnFiles},
};

/// The folder of the sealed copies.
pub const OUTBOX: &str = "outbox";
/// The Demo's own folder; its copies are in an outbox of its own.
pub const DEMO: &str = "demo";
/// The note that a start is under way.
pub const START_NOTE: &str = "starting";

/// The data folder of this run.
#[derive(Debug, Clone)]
pub struct OwnFolder {
    data: PathBuf,
    others: Vec<Seat>,
}

impl OwnFolder {
    /// This folder, in which nobody else may have one of these seats: a window does not stand in its own way.
    pub fn new(data: PathBuf, others: Vec<Seat>) -> Self {
        Self { data, others }
    }

    fn try_alone(&self) -> Result<Option<Box<dyn AloneInFolder>>, DataFolderFailure> {
        let mut alone = Alone {
            data: self.data.clone(),
            held: None,
        };
        // Locks would make the folder that is to go.
        if self.data.try_exists()? {
            let Some(held) = Held::take(&self.data, &self.others)? else {
                return Ok(None);
            };
            alone.held = Some(held);
        }
        Ok(Some(Box::new(alone)))
    }
}

impl DataFolder for OwnFolder {
    fn alone(&self) -> Result<Option<Box<dyn AloneInFolder>>, String> {
        self.try_alone().map_err(|failure| failure.to_string())
    }

    /// A key of its own is nobody else's. The common one stays for whoever else has it, which nobody knows, until the usual folder
    /// is left. An id that cannot be read says nothing.
    fn may_share_its_key(&self) -> bool {
        match KeyEntry::find(&self.data) {
            Ok(KeyEntry::Own(_)) => false,
            Ok(KeyEntry::Common) => !is_usual(&self.data),
            Err(_) => true,
        }
    }

    fn leave(&self) -> Result<(), String> {
        let left = self.try_alone().and_then(|alone| {
            // Whoever came in the meantime needs the locks.
            let Some(_alone) = alone else {
                return Ok(());
            };
            whole_file::remove_each(&self.data, is_of_use_while_running)?;
            Ok(())
        });
        let demo = self.data.join(DEMO);
        let within_demo = entries_in(&demo).map(|entry| entry.path());
        let own = [
            demo.clone(),
            self.data.join(OUTBOX),
            self.data.join(log::FOLDER),
            self.data.clone(),
        ];
        for folder in within_demo.chain(own) {
            // One that holds something is not removed, and stays.
            fs::remove_dir(folder).unwrap_or_default();
        }
        left.map_err(|failure| failure.to_string())
    }
}

/// Everything that keeps others out.
#[derive(Debug)]
struct Held {
    _seats: Vec<Seated>,
    _turn: CourierLock,
    ledger: LedgerAlone,
}

impl Held {
    fn take(data: &Path, others: &[Seat]) -> Result<Option<Self>, DataFolderFailure> {
        let seats: Option<Vec<Seated>> = others.iter().map(|seat| seat.take(data)).collect::<Result<_, _>>()?;
        let turn = CourierLock::take(data)?;
        let ledger = LedgerAlone::take(data).map_err(|failure| DataFolderFailure::Refused(failure.to_string()))?;
        Ok(match (seats, turn, ledger) {
            (Some(seats), Some(turn), Some(ledger)) => Some(Self {
                _seats: seats,
                _turn: turn,
                ledger,
            }),
            _ => None,
        })
    }
}

struct Alone {
    data: PathBuf,
    /// `None` where there is no such folder.
    held: Option<Held>,
}

impl Alone {
    fn copies(&self) -> [PathBuf; 2] {
        [self.data.join(OUTBOX), self.data.join(DEMO).join(OUTBOX)]
    }

    fn try_to_remove(&self, what: OwnFiles) -> io::Result<()> {
        match what {
            OwnFiles::Copies => self
                .copies()
                .iter()
                .map(|folder| whole_file::remove_each(folder, sealed::is_copy))
                .fold(Ok(()), Result::and),
            OwnFiles::Settings => whole_file::remove(&self.data.join(settings::FILE)),
            OwnFiles::Logs => whole_file::remove_each(&self.data.join(log::FOLDER), log::is_log),
            OwnFiles::Ledger => self.held.as_ref().map_or(Ok(()), |held| held.ledger.remove()),
        }
    }
}

impl AloneInFolder for Alone {
    fn last_look(&self) -> Result<LastLook, LedgerFailure> {
        match &self.held {
            Some(held) => {
                let outbox = self.data.join(OUTBOX);
                let copies = entries_in(&outbox).filter_map(|entry| sealed::id_of(&entry.file_name()));
                let copies: Vec<_> = copies.collect();
                held.ledger.last_look(&copies)
            }
            None => Ok(LastLook::default()),
        }
    }

    fn remove(&self, what: OwnFiles) -> Result<(), String> {
        self.try_to_remove(what).map_err(|error| os_error::line(&error))
    }

    fn strangers(&self) -> usize {
        let ours = |name: &str| {
            is_of_use_while_running(name)
                || ledger::is_part_of_a_ledger(name)
                || [settings::FILE, OUTBOX, DEMO, log::FOLDER].contains(&name)
        };
        let here = entries_in(&self.data).filter(|entry| !is_named(entry, ours)).count();
        here + foreign_below(&self.data.join(OUTBOX), sealed::is_copy)
            + foreign_below(&self.data.join(DEMO), sealed::is_copy)
            + foreign_below(&self.data.join(log::FOLDER), log::is_log)
    }
}

/// How many files in a folder of ours, and in those within it, are not ours.
fn foreign_below(folder: &Path, is_ours: fn(&str) -> bool) -> usize {
    let foreign = entries_in(folder).map(|entry| {
        if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            foreign_below(&entry.path(), is_ours)
        } else {
            usize::from(!is_named(&entry, is_ours))
        }
    });
    foreign.sum()
}

/// What cannot be listed is not there for us.
fn entries_in(folder: &Path) -> impl Iterator<Item = fs::DirEntry> {
    fs::read_dir(folder).into_iter().flatten().flatten()
}

fn is_named(entry: &fs::DirEntry, is_meant: impl Fn(&str) -> bool) -> bool {
    entry.file_name().to_str().is_some_and(is_meant)
}

/// Whether a file of this name in the data folder is of no use once no Dropoff runs.
fn is_of_use_while_running(name: &str) -> bool {
    let seats = [Seat::Window, Seat::Background].map(Seat::files);
    whole_file::is_unfinished(name)
        || [COURIER_LOCK, ledger::LOCK_FILE, SEAL_KEY_ID, SEAL_KEY_LOCK, START_NOTE].contains(&name)
        || seats.as_flattened().contains(&name)
}
