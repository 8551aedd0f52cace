//! Removing everything from a computer: what Dropoff keeps there, in which order it goes, and what came of it.

use thiserror::Error;

use crate::domain::{
    account::AccountId,
    failure::{LedgerFailure, SetAside, VaultFailure},
    submission::Record,
};

/// Something that Dropoff keeps on a computer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Trace {
    /// That the system starts it at sign-in.
    AtSignIn,
    /// The key of the sealed copies, in the keychain.
    SealKey,
    /// The sealed copies.
    Copies,
    /// The passwords, in the keychain.
    Passwords,
    /// The settings, with the account.
    Settings,
    /// The samples of the Demo.
    Demo,
    /// The logs.
    Logs,
    /// The ledger, also one that was set aside.
    Ledger,
}

impl Trace {
    /// In the order in which they go. A removal that breaks off anywhere, by a crash or because something refuses, leaves neither
    /// patients' data that anybody can read nor a file that could go a second time:
    ///
    /// * Nothing waits when it begins, and from the first step on nothing starts by itself.
    /// * Without the key nobody opens a copy, a sealed name or a fingerprint any more, wherever they still lie. So it goes before
    ///   the copies, which may be many.
    /// * Without password and settings nothing can be sent from here.
    /// * Only then the ledger goes, which knows what was sent: at no moment is there an account without its ledger.
    pub const IN_ORDER: [Self; 8] = [
        Self::AtSignIn,
        Self::SealKey,
        Self::Copies,
        Self::Passwords,
        Self::Settings,
        Self::Demo,
        Self::Logs,
        Self::Ledger,
    ];
}

/// Why something was not removed.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Stays {
    /// The system refused; a technical line without a path.
    #[error("{0}")]
    Refused(String),
    /// The keychain did not do it. Where none answers there may be nothing in it, either.
    #[error(transparent)]
    Keychain(VaultFailure),
    /// Another data folder of this person may have copies that only this key opens.
    #[error("another data folder needs it")]
    NeededElsewhere,
    /// The settings stay, so the account could still send: the ledger has to know what went.
    #[error("the account could still send")]
    AccountStays,
}

/// What came of a removal.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Removal {
    /// Gone, or not there before.
    pub removed: Vec<Trace>,
    /// Still there, each with the reason.
    pub left: Vec<(Trace, Stays)>,
    /// Files and folders in the data folder that Dropoff did not make. They stay.
    pub strangers: usize,
}

/// What the ledger says before everything is removed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LastLook {
    /// What still has to be sent or found out about, of every account, oldest first.
    pub undelivered: Vec<Record>,
    /// Every account that the ledger knows.
    pub accounts: Vec<AccountId>,
    /// Sealed copies that the ledger does not know. Whether they were sent, nobody knows.
    pub unknown_copies: usize,
    /// Earlier ledgers that nobody has been told of.
    pub set_aside: Vec<SetAside>,
}

/// What becomes of sealed copies that the ledger does not know.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum UnknownCopies {
    /// They may hold files that were never sent: nothing is removed while there are any.
    #[default]
    KeepEverything,
    /// Somebody was told of them and has said that they may go.
    MayGo,
}

/// Why nothing was removed.
#[derive(Debug, Clone, PartialEq, Error)]
pub enum RetireRefusal {
    /// These submissions wait, are held or in doubt.
    #[error("{} not delivered", .0.len())]
    Undelivered(Vec<Record>),
    /// A ledger was set aside, and nobody has acknowledged it: files may wait that no list knows.
    #[error("{} was set aside and is not acknowledged", .0.file)]
    SetAside(SetAside),
    /// So many sealed copies are here that the ledger does not know.
    #[error("{0} sealed copies that the ledger does not know")]
    UnknownCopies(usize),
    /// Another Dropoff works in this data folder.
    #[error("another Dropoff works in this data folder")]
    AnotherDropoff,
    /// Nobody knows what waits.
    #[error("ledger: {0}")]
    Ledger(#[from] LedgerFailure),
    /// The data folder cannot be used; a technical line.
    #[error("data folder: {0}")]
    Folder(String),
}
