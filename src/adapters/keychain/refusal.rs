//! Sorts what a keychain said by what can be done about it, without ever repeating a password.

use std::error::Error as StdError;

use keyring_core::Error;
use zeroize::Zeroize;

use crate::domain::{failure::VaultFailure, secret::Secret};

const MAX_CHARS: usize = 300;

/// What the keychain's error means. Passwords in it are wiped.
#[expect(clippy::wildcard_enum_match_arm, reason = "the library may add kinds")]
pub(super) fn failure(error: Error) -> VaultFailure {
    match error {
        Error::NoStorageAccess(cause) | Error::PlatformFailure(cause) => sorted(cause.as_ref()),
        Error::BadEncoding(mut bytes) => {
            bytes.zeroize();
            VaultFailure::Other("the entry is not text".to_owned())
        }
        Error::BadDataFormat(mut bytes, _cause) => {
            bytes.zeroize();
            VaultFailure::Other("the entry is damaged".to_owned())
        }
        Error::Ambiguous(entries) => VaultFailure::Other(format!("{} entries have this name", entries.len())),
        Error::NoDefaultStore => VaultFailure::Unavailable(Error::NoDefaultStore.to_string()),
        other => VaultFailure::Other(shortened(other.to_string())),
    }
}

/// What an error means that came up while the keychain was first called.
pub(super) fn unavailable(error: Error) -> VaultFailure {
    match failure(error) {
        VaultFailure::Unavailable(text) | VaultFailure::Locked(text) | VaultFailure::Other(text) => {
            VaultFailure::Unavailable(text)
        }
    }
}

/// The failure, unless its text repeats the password.
pub(super) fn without(password: &Secret, failure: VaultFailure) -> VaultFailure {
    let repeats = !password.is_empty() && failure.to_string().contains(password.expose());
    match failure {
        failure if !repeats => failure,
        VaultFailure::Unavailable(_) => VaultFailure::Unavailable(String::new()),
        VaultFailure::Locked(_) => VaultFailure::Locked(String::new()),
        VaultFailure::Other(_) => VaultFailure::Other(String::new()),
    }
}

fn sorted(cause: &(dyn StdError + Send + Sync)) -> VaultFailure {
    let text = shortened(cause.to_string());
    // The stores wrap errors of crates that this one does not use; their texts and codes are all there is to sort by.
    let said = format!("{cause} {cause:?}").to_lowercase();
    let says = |marks: &[&str]| marks.iter().any(|mark| said.contains(mark));
    if says(UNAVAILABLE) {
        VaultFailure::Unavailable(text)
    } else if says(LOCKED) {
        VaultFailure::Locked(text)
    } else {
        VaultFailure::Other(text)
    }
}

fn shortened(text: String) -> String {
    text.chars().take(MAX_CHARS).collect()
}

/// The Secret Service does not run, stopped, or has no keyring that is the default one. Source: secret-service 5, `Error`.
#[cfg(target_os = "linux")]
const UNAVAILABLE: &[&str] = &[
    "no secret service provider",
    "serviceunknown",
    "noreply",
    "disconnected",
    "inputoutput",
    "result not returned",
];

/// The keyring is locked, or its prompt was closed. Source: secret-service 5, `Error`.
#[cfg(target_os = "linux")]
const LOCKED: &[&str] = &["locked", "prompt"];

/// `errSecNotAvailable`, `errSecNoSuchKeychain`, `errSecInvalidKeychain`, `errSecNoDefaultKeychain`. Source: Apple, `SecBase.h`.
#[cfg(target_os = "macos")]
const UNAVAILABLE: &[&str] = &["-25291", "-25294", "-25295", "-25307"];

/// `errSecUserCanceled`, `errSecAuthFailed`, `errSecInteractionNotAllowed`. Source: Apple, `SecBase.h`.
#[cfg(target_os = "macos")]
const LOCKED: &[&str] = &["code: -128", "-25293", "-25308"];

/// `ERROR_NO_SUCH_LOGON_SESSION`: a network logon has no Credential Manager. Source: Windows, `CredWriteW`.
#[cfg(windows)]
const UNAVAILABLE: &[&str] = &["1312"];

/// The Credential Manager is unlocked while somebody is signed in.
#[cfg(windows)]
const LOCKED: &[&str] = &[];

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    fn platform(text: &str) -> Error {
        Error::PlatformFailure(Box::new(std::io::Error::other(text.to_owned())))
    }

    #[test]
    fn no_service_a_locked_one_and_anything_else_are_told_apart() {
        for text in [
            "no secret service provider or dbus session found",
            "zbus error: org.freedesktop.DBus.Error.ServiceUnknown: The name was not provided by any .service files",
            "SS error: result not returned from SS API",
        ] {
            let failure = failure(platform(text));
            assert!(matches!(failure, VaultFailure::Unavailable(_)), "{failure:?}");
        }
        for text in ["SS Error: object locked", "SS error: prompt dismissed"] {
            let failure = failure(platform(text));
            assert!(matches!(failure, VaultFailure::Locked(_)), "{failure:?}");
        }
        let failure = failure(platform("Crypto error: no key"));
        assert!(matches!(failure, VaultFailure::Other(_)), "{failure:?}");
    }

    #[test]
    fn an_endless_text_is_cut() {
        let VaultFailure::Other(text) = failure(platform(&"é".repeat(5_000))) else {
            panic!("another kind")
        };
        assert_eq!(text.chars().count(), MAX_CHARS);
    }
}
