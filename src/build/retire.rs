//! Everything that a removal needs, without a worker: for the window that has ended its own, and for the command line.

use std::path::{Path, PathBuf};

use crate::{
    adapters::{
        data_folder::OwnFolder,
        instance::Seat,
        keychain::{KeyEntry, Keychain},
        profile,
        settings::TomlSettings,
        sign_in::SystemSignIn,
    },
    build::{Start, StartFailure, data_path, demo, sign_in},
    domain::{
        account::{Account, AccountId},
        retire::{Removal, RetireRefusal, UnknownCopies},
    },
    ports::{DataFolder, DemoStarter, SettingsStore},
    worker::retire::{Retiring, may_begin, retire},
};

/// Who removes everything: its own seat is not in its way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RetiredFrom {
    /// The window, which keeps its seat until it is closed.
    Window,
    /// The command line, which has none.
    CommandLine,
}

/// A removal of everything from this computer. Nothing of this process may have the ledger open any more.
pub struct Retirement {
    data: PathBuf,
    folder: OwnFolder,
    keychain: Keychain,
    sign_in: SystemSignIn,
    demo: Option<Box<dyn DemoStarter>>,
    account: Option<AccountId>,
    unknown_copies: UnknownCopies,
}

impl Retirement {
    /// For the data folder of this start, which need not be there.
    pub fn of(start: &Start, from: RetiredFrom, unknown_copies: UnknownCopies) -> Result<Self, StartFailure> {
        let data = data_path(start)?;
        let others = match from {
            RetiredFrom::Window => vec![Seat::Background],
            RetiredFrom::CommandLine => vec![Seat::Window, Seat::Background],
        };
        // Settings that cannot be read go, too.
        let settings = profile::load(&data)
            .ok()
            .and_then(|profile| TomlSettings::new(&data, profile).load().ok());
        // One that cannot be found stays.
        let key_entry = KeyEntry::find(&data).unwrap_or(KeyEntry::Common);
        Ok(Self {
            folder: OwnFolder::new(data.clone(), others),
            keychain: Keychain::new().with_key_in(key_entry),
            sign_in: sign_in(start)?,
            demo: demo(&data),
            account: settings.and_then(|settings| settings.account).as_ref().map(Account::id),
            unknown_copies,
            data,
        })
    }

    /// The data folder.
    pub fn data(&self) -> &Path {
        &self.data
    }

    /// Whether everything may be removed. Removes nothing.
    pub fn look(&self) -> Result<(), RetireRefusal> {
        may_begin(&self.folder, self.unknown_copies).map(drop)
    }

    /// Removes everything but what says that somebody is at work.
    pub fn carry_out(&mut self) -> Result<Removal, RetireRefusal> {
        let done = retire(&mut Retiring {
            folder: &self.folder,
            sign_in: &self.sign_in,
            keys: &self.keychain,
            vault: &self.keychain,
            demo: self.demo.as_deref_mut().map(|demo| demo as &mut dyn DemoStarter),
            account: self.account.clone(),
            unknown_copies: self.unknown_copies,
        });
        match &done {
            Ok(removal) => tracing::info!(?removal, "everything was removed"),
            Err(refusal) => tracing::warn!(%refusal, "nothing was removed"),
        }
        done
    }

    /// Removes that as well, when nobody of this process is at work any more, and the data folder if it is empty then. What
    /// stays is of no use and holds nothing; the error is a technical line.
    pub fn leave(&self) -> Result<(), String> {
        self.folder.leave()
    }
}
