//! Each rule of the envelope, where it fires and where it does not.

use crate::domain::check::tests::{message, whole};

#[track_caller]
fn check(bytes: impl AsRef<[u8]>, expected: &[&str]) {
    crate::domain::check::tests::check(&["file", "envelope"], bytes, expected);
}

#[test]
fn messages_without_an_envelope_are_a_warning() {
    check(message("A1"), &["envelope.missing"]);
    check(whole(), &[]);
}
