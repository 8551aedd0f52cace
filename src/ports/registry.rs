//! The registry: one connection, one transfer at a time.

use std::io::{Read, Write};

use crate::domain::{
    account::Account,
    cancel::Cancel,
    failure::{PutFailure, RegistryFailure},
    remote::{ConnectionFacts, Folder, RemoteFile},
    secret::Secret,
};

/// Whether a transfer goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flow {
    /// On with it.
    Continue,
    /// Stop at once.
    Stop,
}

/// The files of one folder.
pub type Listing = Vec<RemoteFile>;

/// What shows that a whole file arrived.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PutProof {
    /// Bytes that the server says it has, asked after the transfer. Equal to what was sent.
    pub size_bytes: u64,
    /// What the server answered to the transfer, at most 300 characters, for example `226 Transfer complete`.
    pub reply: String,
}

/// Opens connections.
pub trait RegistryDoor: Send {
    /// Connects, checks the certificate, logs in, opens a data connection and finds the folders.
    ///
    /// Not even the user name is sent before the certificate is believed. The steps are those of `Step::TESTED`, in that
    /// order, and the failure names the one that failed. `cancel` is asked between the steps.
    fn open(&self, account: &Account, password: &Secret, cancel: &Cancel)
    -> Result<Box<dyn Registry>, RegistryFailure>;
}

/// An open connection. Dropping it closes the socket; `close` says good-bye first.
pub trait Registry {
    /// What was found out on the way in.
    fn facts(&self) -> &ConnectionFacts;

    /// The files of a folder, without folders in it.
    fn list(&mut self, folder: Folder) -> Result<Listing, RegistryFailure>;

    /// Puts a file into HL7-Dropoff and verifies that the server has all of it. Never overwrites, never appends.
    ///
    /// `source` must yield exactly `size_bytes`. `progress` is told the bytes sent so far after each chunk (64 to 256 KiB).
    /// When it says `Stop`, or `source` fails, the control connection is dropped and no reply is believed any more: this
    /// `Registry` is of no further use then.
    fn put(
        &mut self,
        name: &str,
        size_bytes: u64,
        source: &mut dyn Read,
        progress: &mut dyn FnMut(u64) -> Flow,
    ) -> Result<PutProof, PutFailure>;

    /// Copies a file of the registry into `sink`, at most `limit_bytes` of it, and returns how many bytes it had.
    /// A longer file is an `Unexpected` trouble.
    fn fetch(
        &mut self,
        folder: Folder,
        name: &str,
        sink: &mut dyn Write,
        limit_bytes: u64,
    ) -> Result<u64, RegistryFailure>;

    /// Removes a file from HL7-Dropoff: only ever one that this program put there, a part, or what stands there twice.
    fn remove(&mut self, name: &str) -> Result<(), RegistryFailure>;

    /// Says good-bye and closes.
    fn close(self: Box<Self>);
}
