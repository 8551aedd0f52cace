//! A proof that somebody asked for, on its way from the ledger to a page.

use std::path::PathBuf;

use chrono_tz::Tz;

use crate::domain::{
    account::{AccountId, ImportCode},
    proof::Period,
    receipt::Destination,
};

/// Where a page is saved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SaveTo {
    /// Where the person says, in the system's dialog.
    Asked,
    /// Here, unless something is there already.
    New(PathBuf),
}

/// What is needed to read a proof.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProofRequest {
    /// Of what.
    pub period: Period,
    /// Of this account.
    pub account: AccountId,
    /// What starts its file names.
    pub import_code: ImportCode,
    /// In whose books.
    pub destination: Destination,
    /// The clinic's time zone: it says when a month begins.
    pub zone: Tz,
}
