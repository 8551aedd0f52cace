//! Which servers need TLS 1.2, for as long as the program runs.

use std::{
    collections::BTreeSet,
    sync::{Mutex, PoisonError},
};

use crate::{adapters::ftps::tls::Level, domain::account::Endpoint};

/// Shared by a door and the connections that it opened.
#[derive(Debug, Default)]
pub(super) struct Memory(Mutex<BTreeSet<(String, u16)>>);

impl Memory {
    pub(super) fn level(&self, endpoint: &Endpoint) -> Level {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if known.contains(&key(endpoint)) {
            Level::Tls12
        } else {
            Level::Best
        }
    }

    pub(super) fn remember(&self, endpoint: &Endpoint) {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(key(endpoint));
    }
}

fn key(endpoint: &Endpoint) -> (String, u16) {
    (endpoint.host.to_ascii_lowercase(), endpoint.port)
}
