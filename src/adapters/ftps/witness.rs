//! Remembers what a connection's parts saw and suppaftp does not hand on: errors as they were, and the text of the last reply.

use std::{
    io,
    sync::{Mutex, MutexGuard, PoisonError},
};

/// How much of the control connection's last bytes is kept: more than one line of a reply.
const HEARD_BYTES: usize = 4096;

/// Shared by a login's connector, its streams and its session.
#[derive(Debug, Default)]
pub(super) struct Witness(Mutex<Seen>);

#[derive(Debug, Default)]
struct Seen {
    control_tls: Option<&'static str>,
    tls_error: Option<io::Error>,
    data_error: Option<io::Error>,
    data_port: DataPort,
    heard: Vec<u8>,
}

/// How far a data connection has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum DataPort {
    /// The server has not named a port yet, or it did not answer.
    #[default]
    Closed,
    /// It answered. What follows is the command that needs it.
    Open,
}

impl Witness {
    /// The first connection is the control connection: tells whether this is it.
    pub(super) fn control_is_secure(&self, version: &'static str) -> bool {
        let mut seen = self.seen();
        let first = seen.control_tls.is_none();
        if first {
            seen.control_tls = Some(version);
        }
        first
    }

    pub(super) fn control_tls(&self) -> Option<&'static str> {
        self.seen().control_tls
    }

    pub(super) fn tls_failed(&self, error: io::Error) {
        self.seen().tls_error = Some(error);
    }

    pub(super) fn take_tls_error(&self) -> Option<io::Error> {
        self.seen().tls_error.take()
    }

    /// A new data connection is about to be asked for.
    pub(super) fn data_begins(&self) {
        let mut seen = self.seen();
        seen.data_port = DataPort::Closed;
        seen.data_error = None;
        seen.tls_error = None;
    }

    pub(super) fn data_port_answered(&self) {
        self.seen().data_port = DataPort::Open;
    }

    pub(super) fn data_port_failed(&self, error: io::Error) {
        self.seen().data_error = Some(error);
    }

    pub(super) fn data_port(&self) -> DataPort {
        self.seen().data_port
    }

    pub(super) fn take_data_error(&self) -> Option<io::Error> {
        self.seen().data_error.take()
    }

    /// Bytes of the control connection, as they came.
    pub(super) fn hear(&self, bytes: &[u8]) {
        let heard = &mut self.seen().heard;
        heard.extend_from_slice(bytes);
        let excess = heard.len().saturating_sub(HEARD_BYTES);
        heard.drain(..excess);
    }

    /// The last line of the last reply.
    pub(super) fn last_line(&self) -> String {
        let seen = self.seen();
        let text = String::from_utf8_lossy(&seen.heard);
        text.trim_end().lines().next_back().unwrap_or("").to_owned()
    }

    fn seen(&self) -> MutexGuard<'_, Seen> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_line_is_kept_however_much_was_said() {
        let witness = Witness::default();
        witness.hear(&b"220-blah\r\n".repeat(2000));
        witness.hear(b"226 Trans");
        witness.hear(b"fer complete.\r\n");
        assert_eq!(witness.last_line(), "226 Transfer complete.");
        assert!(witness.seen().heard.len() <= HEARD_BYTES);
    }

    #[test]
    fn only_the_first_connection_is_the_control_connection() {
        let witness = Witness::default();
        assert!(witness.control_is_secure("TLS 1.3"));
        assert!(!witness.control_is_secure("TLS 1.2"));
        assert_eq!(witness.control_tls(), Some("TLS 1.3"));
    }
}
