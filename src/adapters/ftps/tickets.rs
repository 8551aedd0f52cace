//! The TLS sessions of one login, so that its data connections can resume the control connection's session.

use std::{
    collections::VecDeque,
    sync::{Mutex, MutexGuard, PoisonError},
};

use rustls::{
    NamedGroup,
    client::{ClientSessionStore, Tls12ClientSessionValue, Tls13ClientSessionValue},
    pki_types::ServerName,
};

/// How many TLS 1.3 tickets are kept. Servers send one or two with each connection.
const KEPT: usize = 16;

/// What a server gave out for resuming. It belongs to one login at one server, so the server's name is not looked at.
#[derive(Debug, Default)]
pub(super) struct Tickets(Mutex<Given>);

#[derive(Debug, Default)]
struct Given {
    group: Option<NamedGroup>,
    tls12: Option<Tls12ClientSessionValue>,
    tls13: VecDeque<Tls13ClientSessionValue>,
}

impl Tickets {
    /// Whether a further TLS 1.3 connection could resume. A ticket is good for one connection only.
    pub(super) fn are_used_up(&self) -> bool {
        self.given().tls13.is_empty()
    }

    fn given(&self) -> MutexGuard<'_, Given> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl ClientSessionStore for Tickets {
    fn set_kx_hint(&self, _: ServerName<'static>, group: NamedGroup) {
        self.given().group = Some(group);
    }

    fn kx_hint(&self, _: &ServerName<'_>) -> Option<NamedGroup> {
        self.given().group
    }

    fn set_tls12_session(&self, _: ServerName<'static>, value: Tls12ClientSessionValue) {
        self.given().tls12 = Some(value);
    }

    fn tls12_session(&self, _: &ServerName<'_>) -> Option<Tls12ClientSessionValue> {
        self.given().tls12.clone()
    }

    fn remove_tls12_session(&self, _: &ServerName<'static>) {
        self.given().tls12 = None;
    }

    fn insert_tls13_ticket(&self, _: ServerName<'static>, value: Tls13ClientSessionValue) {
        let mut given = self.given();
        if given.tls13.len() == KEPT {
            given.tls13.pop_front();
        }
        given.tls13.push_back(value);
    }

    fn take_tls13_ticket(&self, _: &ServerName<'static>) -> Option<Tls13ClientSessionValue> {
        self.given().tls13.pop_back()
    }
}
