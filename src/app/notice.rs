//! The one line on top that tells of something that just happened.

use crate::{
    app::{account_form::AccountFormError, message::LeftOut},
    domain::{
        codes::{CdcTable, Refusal},
        failure::{FileFailure, LedgerFailure, SetAside, SettingsFailure, VaultFailure},
    },
};

/// Earlier ledgers that were set aside. They are told of, at each start, until somebody has acknowledged them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Unread {
    /// The oldest first.
    pub ledgers: Vec<SetAside>,
    /// Sealed copies that the ledger of now does not know.
    pub copies: usize,
}

/// One line that tells of something that just happened.
#[derive(Debug, Clone, PartialEq)]
pub enum Notice {
    /// A drop out of an e-mail or a zip window.
    DropWithoutPath,
    /// The same file is on a card already.
    AlreadyOnACard,
    /// A folder held something else, too.
    LeftOut {
        /// HL7 files found.
        found: usize,
        /// What else.
        left_out: LeftOut,
    },
    /// So many files of the clinic wait while the Demo is shown.
    WaitsForTheClinic(usize),
    /// The ledger could not be read or written.
    Ledger(LedgerFailure),
    /// The settings were not written.
    SettingsNotSaved(SettingsFailure),
    /// A text was saved where the person said.
    Saved,
    /// It was not.
    NotSaved(FileFailure),
    /// The sample files could not be written; the technical reason.
    NoSamples(String),
    /// The password is forgotten.
    PasswordForgotten,
    /// It could not be forgotten.
    PasswordNotForgotten(VaultFailure),
    /// The program is busy with many things; the last click did nothing.
    TooBusy,
    /// What was typed is not an account.
    AccountForm(AccountFormError),
    /// The authority's file cannot be read.
    AuthorityUnreadable(FileFailure),
    /// The system does not let Dropoff start at sign-in; the technical reason.
    NotAtSignIn(String),
    /// A second start asked for the Demo while this window is no Demo.
    OpenAlready,
    /// The settings could not be read at the start; these are defaults.
    SettingsNotLoaded(SettingsFailure),
    /// A newer code table is there and is not used.
    CodeTable {
        /// Which.
        table: CdcTable,
        /// Why.
        refusal: Refusal,
    },
}
