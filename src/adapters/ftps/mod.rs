//! The registry by FTPS: one connection, one transfer at a time, and never without TLS.
//!
//! suppaftp speaks FTP, rustls speaks TLS. suppaftp's own trace prints the password, so whoever sets up logging caps `suppaftp`
//! and `rustls` at `info`.

mod connection;
mod folders;
mod listing;
mod login;
mod memory;
mod reach;
mod reply;
mod session;
mod tickets;
mod tls;
mod trust;
mod upload;
mod witness;

use std::{sync::Arc, time::Duration};

use crate::{
    adapters::ftps::{connection::Connection, folders::Places, login::Visitor, memory::Memory},
    domain::{account::Account, cancel::Cancel, failure::RegistryFailure, profile::Profile, secret::Secret},
    ports::{Registry, RegistryDoor},
};

/// Opens FTPS connections to one registry, and remembers for each server which version of TLS it needs.
#[derive(Debug)]
pub struct FtpsDoor {
    places: Places,
    timeout: Duration,
    memory: Arc<Memory>,
}

impl FtpsDoor {
    /// A door to the registry of this profile: its folder names, its users folder and its time-out count here.
    pub fn new(profile: &Profile) -> Self {
        Self {
            places: Places {
                names: profile.folder_names.clone(),
                users_folder: profile.users_folder.clone(),
            },
            timeout: profile.timeout,
            memory: Arc::default(),
        }
    }
}

impl RegistryDoor for FtpsDoor {
    fn open(
        &self,
        account: &Account,
        password: &Secret,
        cancel: &Cancel,
    ) -> Result<Box<dyn Registry>, RegistryFailure> {
        let visitor = Visitor {
            account: account.clone(),
            password: password.clone(),
            timeout: self.timeout,
        };
        let connection = Connection::open(visitor, &self.places, Arc::clone(&self.memory), cancel)?;
        Ok(Box::new(connection))
    }
}
