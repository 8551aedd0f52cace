//! What a server answers: a code and a text, bounded; and what a person can do about it.

use std::io;

use suppaftp::types::Response;

use crate::domain::{
    failure::{RegistryFailure, Step, Trouble},
    secret::Secret,
};

/// Longest technical line, in characters.
pub(super) const DETAIL_CHARS: usize = 300;

/// A server's answer. The code comes from the text itself, because suppaftp does not know every code (522).
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Reply {
    pub(super) code: u16,
    /// All of it on one line, printable, at most [`DETAIL_CHARS`] characters.
    pub(super) text: String,
    /// All of it, as it came. suppaftp bounds it to 256 KiB.
    pub(super) body: String,
}

impl Reply {
    pub(super) fn new(response: &Response) -> Self {
        Self::from_text(String::from_utf8_lossy(&response.body).into_owned())
    }

    /// The code of a long reply stands on its last line.
    pub(super) fn from_text(body: String) -> Self {
        let last = body.lines().rev().find(|line| !line.trim().is_empty()).unwrap_or("");
        Self {
            code: last.get(..3).and_then(|digits| digits.parse().ok()).unwrap_or(0),
            text: printable(&body, DETAIL_CHARS),
            body,
        }
    }

    /// The number behind the code, as in `213 4096`.
    pub(super) fn number(&self) -> Option<u64> {
        self.body.split_ascii_whitespace().nth(1)?.parse().ok()
    }

    /// What a refusal means at this step.
    pub(super) fn trouble(&self, step: Step) -> Trouble {
        match (self.code, step) {
            (421 | 425 | 426 | 434 | 450 | 451, _) => Trouble::Busy,
            (452 | 552, _) => Trouble::NoRoom,
            (430 | 530, Step::Login) => Trouble::PasswordRefused,
            (530 | 532 | 550 | 553, _) => Trouble::PermissionDenied,
            _ => Trouble::Unexpected,
        }
    }

    pub(super) fn failure(self, step: Step) -> RegistryFailure {
        RegistryFailure {
            trouble: self.trouble(step),
            step,
            detail: self.text,
        }
    }
}

/// The text on one line, without control characters, at most `chars` long.
pub(super) fn printable(text: &str, chars: usize) -> String {
    text.split(|c: char| c.is_control() || c.is_whitespace())
        .filter(|word| !word.is_empty())
        .flat_map(|word| [" ", word])
        .skip(1)
        .flat_map(str::chars)
        .take(chars)
        .collect()
}

/// Takes a password out of a line that a server may have made of what it was sent.
pub(super) fn without_password(failure: RegistryFailure, password: &Secret) -> RegistryFailure {
    if password.is_empty() || !failure.detail.contains(password.expose()) {
        return failure;
    }
    RegistryFailure {
        detail: failure.detail.replace(password.expose(), "…"),
        ..failure
    }
}

/// A failure with a technical line of ours or of the system's.
pub(super) fn failure(trouble: Trouble, step: Step, detail: impl AsRef<str>) -> RegistryFailure {
    RegistryFailure {
        trouble,
        step,
        detail: printable(detail.as_ref(), DETAIL_CHARS),
    }
}

/// What an error of a connection that was open means.
pub(super) fn connection_trouble(error: &io::Error) -> Trouble {
    let kind = error.kind();
    if is_timeout(kind) {
        Trouble::Silent
    } else if is_without_network(kind) {
        Trouble::Offline
    } else if kind == io::ErrorKind::InvalidData {
        Trouble::Unexpected
    } else {
        Trouble::ConnectionLost
    }
}

/// Whether a wait was as long as it may be. Systems differ in how they say so.
pub(super) fn is_timeout(kind: io::ErrorKind) -> bool {
    matches!(kind, io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut)
}

/// Whether the system says that this computer has no way to the network.
pub(super) fn is_without_network(kind: io::ErrorKind) -> bool {
    matches!(kind, io::ErrorKind::NetworkUnreachable | io::ErrorKind::NetworkDown)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reply(body: &str) -> Reply {
        Reply::from_text(body.to_owned())
    }

    #[test]
    fn the_code_of_a_long_reply_is_that_of_its_last_line() {
        let reply = reply("220-hello\r\n220-522 is no code here\r\n421 too many\r\n");
        assert_eq!(reply.code, 421);
        assert_eq!(reply.trouble(Step::Login), Trouble::Busy);
    }

    #[test]
    fn a_reply_that_suppaftp_does_not_know_keeps_its_code() {
        let reply = reply("522 SSL connection failed; session reuse required\r\n");
        assert_eq!(
            (reply.code, reply.text.as_str()),
            (522, "522 SSL connection failed; session reuse required")
        );
    }

    #[test]
    fn the_technical_line_is_bounded_and_printable() {
        let shown = reply(&format!(
            "550 {}\u{1b}[2J\u{7}\tend {}",
            "x".repeat(90),
            "é".repeat(900)
        ))
        .text;
        assert_eq!(shown.chars().count(), DETAIL_CHARS);
        assert!(!shown.chars().any(char::is_control));
    }

    #[test]
    fn a_password_that_comes_back_is_taken_out() {
        let failure = failure(
            Trouble::PasswordRefused,
            Step::Login,
            "530 PASS bluebonnet is not it: bluebonnet",
        );
        let cleaned = without_password(failure, &Secret::new("bluebonnet".to_owned()));
        assert_eq!(cleaned.detail, "530 PASS … is not it: …");
    }

    #[test]
    fn a_number_behind_the_code_is_read() {
        assert_eq!(reply("213 5000000000\r\n").number(), Some(5_000_000_000));
        assert_eq!(reply("213\r\n").number(), None);
        assert_eq!(reply("213 -1\r\n").number(), None);
    }
}
