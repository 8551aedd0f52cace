//! What can go wrong outside, sorted by what a person can do about it. `app::wording` makes a title and a next step of each.

use thiserror::Error;

use crate::domain::{
    account::Fingerprint,
    check::repair::Refusal,
    remote::{Folder, SeenCertificate},
    submission::State,
};

/// A step on the way into the registry, in the order in which they are taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Step {
    /// The host name becomes an address.
    Name,
    /// The port answers.
    Port,
    /// TLS is set up and the certificate is believed.
    Tls,
    /// The user name and the password are accepted.
    Login,
    /// A data connection carries a listing.
    DataPorts,
    /// The four folders are there.
    Folders,
    /// A file or a listing travels.
    Transfer,
}

impl Step {
    /// The steps of *Test the connection*.
    pub const TESTED: [Self; 6] = [
        Self::Name,
        Self::Port,
        Self::Tls,
        Self::Login,
        Self::DataPorts,
        Self::Folders,
    ];
}

/// Why the registry was not reached, or did not do what it was asked.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{trouble} at step {step:?}: {detail}")]
pub struct RegistryFailure {
    /// What happened, by what can be done about it.
    pub trouble: Trouble,
    /// On which step.
    pub step: Step,
    /// The technical line, at most 300 characters, for IT: the server's reply or the system's error. No patient data.
    pub detail: String,
}

/// The kinds of trouble with the registry.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Trouble {
    /// The host name has no address, while this computer has a network.
    #[error("host not found")]
    HostNotFound,
    /// This computer has no network.
    #[error("offline")]
    Offline,
    /// The host refused the connection.
    #[error("port closed")]
    PortClosed,
    /// Nothing answered within the time-out.
    #[error("no answer in time")]
    Silent,
    /// The server did not agree to TLS.
    #[error("TLS refused")]
    TlsRefused,
    /// Nobody who is trusted signed the certificate.
    #[error("certificate unknown")]
    CertificateUnknown(Option<Box<SeenCertificate>>),
    /// The certificate was good once, or is not good yet.
    #[error("certificate out of date")]
    CertificateExpired(Option<Box<SeenCertificate>>),
    /// The certificate belongs to another name.
    #[error("certificate for another name")]
    CertificateWrongName(Option<Box<SeenCertificate>>),
    /// It is not the certificate that IT pinned.
    #[error("certificate changed")]
    CertificateChanged {
        /// What was pinned.
        pinned: Fingerprint,
        /// What the server showed.
        seen: Option<Box<SeenCertificate>>,
    },
    /// The user name or the password is wrong (530).
    #[error("password refused")]
    PasswordRefused,
    /// No password is kept on this computer.
    #[error("no password")]
    NoPassword,
    /// The keychain did not hand the password out.
    #[error("keychain: {0}")]
    Keychain(VaultFailure),
    /// Another Dropoff on this computer is connected.
    #[error("another Dropoff is connected")]
    AnotherDropoff,
    /// Logged in, but the data ports do not answer: a firewall.
    #[error("data ports blocked")]
    DataPortsBlocked,
    /// This folder is not there.
    #[error("folder missing")]
    FolderMissing(Folder),
    /// The server has no room (452, 552).
    #[error("registry's disk full")]
    NoRoom,
    /// The server does not allow it (550, 553).
    #[error("permission denied")]
    PermissionDenied,
    /// A file of this name is there already. It was left alone.
    #[error("name exists")]
    NameExists,
    /// The server says: later (421, 450, 451 and the like).
    #[error("registry busy")]
    Busy,
    /// The connection ended in the middle.
    #[error("connection lost")]
    ConnectionLost,
    /// The server has a file of another length than what was sent.
    #[error("the registry has {actual_bytes:?} of {expected_bytes} bytes")]
    WrongSize {
        /// What was sent.
        expected_bytes: u64,
        /// What the server has, where it says so.
        actual_bytes: Option<u64>,
    },
    /// Under the name of the file that was just put stand other bytes: another computer took the same name in the same moment.
    #[error("overwritten")]
    Overwritten,
    /// The file that was being sent could not be read to its end, or was no longer the one that was checked.
    #[error("the local file changed or could not be read")]
    LocalFile(FileFailure),
    /// Dropoff could not write down what it was about to do, so it did not do it.
    #[error("ledger: {0}")]
    Books(LedgerFailure),
    /// Somebody cancelled.
    #[error("cancelled")]
    Cancelled,
    /// The server said something that fits nowhere.
    #[error("unexpected reply")]
    Unexpected,
}

/// How much of a file the registry may have after a failed delivery.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Arrival {
    /// Not a byte was offered.
    Nothing,
    /// A part of it, or all of it: nobody knows without looking.
    Doubtful,
}

/// A delivery that failed.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{failure} ({arrival:?} arrived)")]
pub struct PutFailure {
    /// What happened.
    pub failure: RegistryFailure,
    /// What the registry may have.
    pub arrival: Arrival,
}

/// Why a chosen file cannot be read. Never carries its name.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum FileFailure {
    /// Nothing is there.
    #[error("not found")]
    NotFound,
    /// It is a folder, a device or something else that is not a file.
    #[error("not a file")]
    NotAFile,
    /// Something is there already, and was left alone.
    #[error("already there")]
    AlreadyThere,
    /// The system does not let this person read it.
    #[error("not readable")]
    NotReadable,
    /// Another program has it open for itself.
    #[error("locked by another program")]
    Locked,
    /// It grew or changed while it was read.
    #[error("changed while it was read")]
    Changed,
    /// The drop came without a path: out of an e-mail or a zip window.
    #[error("dropped without a path")]
    NoPath,
    /// It was chosen in another run of the program, and no copy was made: where it is, nobody knows any more.
    #[error("place unknown, and no copy")]
    PlaceUnknown,
    /// The disk of this computer is full.
    #[error("no room on this computer")]
    DiskFull,
    /// Anything else that the system said.
    #[error("{0}")]
    Other(String),
}

/// Why there is no repaired copy of a file.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum RepairFailure {
    /// Something in it cannot be put right safely.
    #[error("not repaired: {0}")]
    Refused(#[from] Refusal),
    /// The file.
    #[error("not repaired: {0}")]
    File(#[from] FileFailure),
    /// The place for the copy.
    #[error("no copy written: {0}")]
    Place(FileFailure),
}

/// Why the keychain did not do what it was asked.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum VaultFailure {
    /// No keychain answers on this computer.
    #[error("no keychain: {0}")]
    Unavailable(String),
    /// It answers, but is locked, and nobody unlocked it.
    #[error("keychain locked: {0}")]
    Locked(String),
    /// It answered with something else.
    #[error("keychain: {0}")]
    Other(String),
}

/// Why the settings could not be read or written.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum SettingsFailure {
    /// They are there but cannot be understood. They were left alone.
    #[error("settings damaged: {0}")]
    Damaged(String),
    /// A newer Dropoff wrote them. They were left alone.
    #[error("settings of version {0}, newer than this program")]
    FromNewerVersion(u32),
    /// The data folder cannot be read or written.
    #[error("data folder: {0}")]
    Folder(String),
}

/// Why the ledger could not be read or written.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum LedgerFailure {
    /// Another process was writing for longer than anybody waits.
    #[error("ledger busy")]
    Busy,
    /// The disk of this computer is full.
    #[error("no room on this computer")]
    DiskFull,
    /// The submission is in a state that does not allow this step: somebody else was faster.
    #[error("a submission that is {from:?} cannot become {to:?}")]
    IllegalMove {
        /// Where it stands.
        from: State,
        /// Where it was to go.
        to: State,
    },
    /// There is no such submission.
    #[error("no such submission")]
    NoSuchSubmission,
    /// It cannot be understood.
    #[error("ledger damaged: {0}")]
    Damaged(String),
    /// A newer Dropoff wrote it.
    #[error("ledger of version {0}, newer than this program")]
    FromNewerVersion(u32),
    /// Anything else that the system or the database said.
    #[error("ledger: {0}")]
    Other(String),
}

/// A ledger that could not be used, was renamed, and that nobody has been told of so far.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetAside {
    /// `Damaged` or `FromNewerVersion`.
    pub why: LedgerFailure,
    /// Its name in the data folder.
    pub file: String,
}

/// Why a sealed copy could not be made or used.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum SealFailure {
    /// There is no keychain to keep a key in.
    #[error("no key: {0}")]
    NoKey(VaultFailure),
    /// The keychain has another key, or none, than the one that sealed this: another user's, or it was lost.
    #[error("sealed with another key")]
    AnotherKey,
    /// The copy is not there.
    #[error("copy not found")]
    Missing,
    /// The copy was changed, cut or exchanged.
    #[error("copy damaged")]
    Damaged,
    /// What was to be sealed could not be read.
    #[error("source: {0}")]
    Source(FileFailure),
    /// The copy could not be written or read.
    #[error("disk: {0}")]
    Disk(FileFailure),
}

impl RegistryFailure {
    /// A failure with a technical line that is cut to 300 characters.
    pub fn new(trouble: Trouble, step: Step, detail: &str) -> Self {
        Self {
            trouble,
            step,
            detail: detail.chars().filter(|c| !c.is_control()).take(300).collect(),
        }
    }
}

impl Trouble {
    /// Whether it kept this computer from even trying to connect.
    pub fn is_before_connecting(&self) -> bool {
        matches!(self, Self::NoPassword | Self::Keychain(_) | Self::AnotherDropoff)
    }

    /// The certificate that the server showed, where this trouble is about it.
    pub fn seen_certificate(&self) -> Option<&SeenCertificate> {
        if let Self::CertificateUnknown(seen)
        | Self::CertificateExpired(seen)
        | Self::CertificateWrongName(seen)
        | Self::CertificateChanged { seen, .. } = self
        {
            seen.as_deref()
        } else {
            None
        }
    }
}
