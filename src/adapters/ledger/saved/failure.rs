//! Failures in the saved form. Each mirrors the domain's own enum; a variant that is missing here does not compile.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::text;
use crate::domain::{
    account::Fingerprint,
    failure::{FileFailure, LedgerFailure, RegistryFailure, SealFailure, Step, Trouble, VaultFailure},
    remote::{Folder, SeenCertificate},
    submission::State,
};

#[derive(Serialize, Deserialize)]
#[serde(remote = "RegistryFailure", deny_unknown_fields)]
pub(super) struct SavedRegistryFailure {
    #[serde(with = "SavedTrouble")]
    trouble: Trouble,
    #[serde(with = "SavedStep")]
    step: Step,
    detail: String,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "Step", rename_all = "kebab-case")]
enum SavedStep {
    Name,
    Port,
    Tls,
    Login,
    DataPorts,
    Folders,
    Transfer,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "Trouble", rename_all = "kebab-case", deny_unknown_fields)]
enum SavedTrouble {
    HostNotFound,
    Offline,
    PortClosed,
    Silent,
    TlsRefused,
    CertificateUnknown(#[serde(with = "optional_certificate")] Option<Box<SeenCertificate>>),
    CertificateExpired(#[serde(with = "optional_certificate")] Option<Box<SeenCertificate>>),
    CertificateWrongName(#[serde(with = "optional_certificate")] Option<Box<SeenCertificate>>),
    CertificateChanged {
        #[serde(with = "text::fingerprint")]
        pinned: Fingerprint,
        #[serde(with = "optional_certificate")]
        seen: Option<Box<SeenCertificate>>,
    },
    PasswordRefused,
    NoPassword,
    Keychain(#[serde(with = "SavedVaultFailure")] VaultFailure),
    AnotherDropoff,
    DataPortsBlocked,
    FolderMissing(#[serde(with = "SavedFolder")] Folder),
    NoRoom,
    PermissionDenied,
    NameExists,
    Busy,
    ConnectionLost,
    WrongSize {
        expected_bytes: u64,
        actual_bytes: Option<u64>,
    },
    Overwritten,
    LocalFile(#[serde(with = "SavedFileFailure")] FileFailure),
    Books(#[serde(with = "SavedLedgerFailure")] LedgerFailure),
    Cancelled,
    Unexpected,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "Folder", rename_all = "kebab-case")]
enum SavedFolder {
    Dropoff,
    Accepted,
    Reports,
    Receive,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "SeenCertificate", deny_unknown_fields)]
struct SavedCertificate {
    subject: String,
    issuer: String,
    names: Vec<String>,
    #[serde(with = "text::time")]
    not_before: DateTime<Utc>,
    #[serde(with = "text::time")]
    not_after: DateTime<Utc>,
    #[serde(with = "text::fingerprint")]
    fingerprint: Fingerprint,
}

/// A certificate, where one was seen.
mod optional_certificate {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    use super::{SavedCertificate, SeenCertificate};

    #[derive(Serialize)]
    struct Written<'a>(#[serde(with = "SavedCertificate")] &'a SeenCertificate);

    #[derive(Deserialize)]
    struct Read(#[serde(with = "SavedCertificate")] SeenCertificate);

    #[expect(clippy::ref_option, reason = "the derive hands over a reference to the field")]
    pub(super) fn serialize<S: Serializer>(
        seen: &Option<Box<SeenCertificate>>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        seen.as_deref().map(Written).serialize(serializer)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Option<Box<SeenCertificate>>, D::Error> {
        let read: Option<Read> = Option::deserialize(deserializer)?;
        Ok(read.map(|read| Box::new(read.0)))
    }
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "FileFailure", rename_all = "kebab-case")]
pub(super) enum SavedFileFailure {
    NotFound,
    NotAFile,
    AlreadyThere,
    NotReadable,
    Locked,
    Changed,
    NoPath,
    PlaceUnknown,
    DiskFull,
    Other(String),
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "VaultFailure", rename_all = "kebab-case")]
enum SavedVaultFailure {
    Unavailable(String),
    Locked(String),
    Other(String),
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "LedgerFailure", rename_all = "kebab-case", deny_unknown_fields)]
enum SavedLedgerFailure {
    Busy,
    DiskFull,
    IllegalMove {
        #[serde(with = "text::state")]
        from: State,
        #[serde(with = "text::state")]
        to: State,
    },
    NoSuchSubmission,
    Damaged(String),
    FromNewerVersion(u32),
    Other(String),
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "SealFailure", rename_all = "kebab-case")]
pub(super) enum SavedSealFailure {
    NoKey(#[serde(with = "SavedVaultFailure")] VaultFailure),
    AnotherKey,
    Missing,
    Damaged,
    Source(#[serde(with = "SavedFileFailure")] FileFailure),
    Disk(#[serde(with = "SavedFileFailure")] FileFailure),
}
