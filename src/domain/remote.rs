//! What is seen at the registry: its folders, the files in them, the certificate it shows.

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use chrono_tz::Tz;

use crate::domain::{
    account::{AccountId, Fingerprint},
    naming::clinic_day,
};

/// One of the four folders of an account. Source: the registry's "FTP Data Exchange Methods".
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Folder {
    /// Where the clinic puts its files.
    Dropoff,
    /// Copies of the files that the registry took.
    Accepted,
    /// One Data Quality Assurance report for each processed file.
    Reports,
    /// Consent notification files.
    Receive,
}

impl Folder {
    /// All four, in the order in which the registry lists them.
    pub const ALL: [Self; 4] = [Self::Dropoff, Self::Accepted, Self::Reports, Self::Receive];
}

/// A file as a listing shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RemoteFile {
    /// Its name, without a path.
    pub name: String,
    /// Its length in bytes, where the listing says so.
    pub size_bytes: Option<u64>,
    /// When it was last written, as the server says, in a time zone that only the server knows.
    pub modified: Option<NaiveDateTime>,
}

/// What stood in the registry's folders at one moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoldersSeen {
    /// When.
    pub at: DateTime<Utc>,
    /// In which account.
    pub account: AccountId,
    /// Files in HL7-Dropoff.
    pub dropoff: Vec<RemoteFile>,
    /// Files in Accepted.
    pub accepted: Vec<RemoteFile>,
    /// Files in DQA-Reports.
    pub reports: Vec<RemoteFile>,
    /// Files in Receive.
    pub receive: Vec<RemoteFile>,
}

impl FoldersSeen {
    /// The files of one folder.
    pub fn files(&self, folder: Folder) -> &[RemoteFile] {
        match folder {
            Folder::Dropoff => &self.dropoff,
            Folder::Accepted => &self.accepted,
            Folder::Reports => &self.reports,
            Folder::Receive => &self.receive,
        }
    }
}

/// A file at the registry that was seen at least once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeenFile {
    /// Its name.
    pub name: String,
    /// Its length, where a listing said so.
    pub size_bytes: Option<u64>,
    /// When a listing last said that it was written, in the server's own time.
    pub modified: Option<NaiveDateTime>,
    /// When it was first seen in Accepted, if it ever was.
    pub accepted: Option<DateTime<Utc>>,
    /// When it was first seen in any folder.
    pub first_seen: DateTime<Utc>,
}

impl SeenFile {
    /// The day that the registry gives, else the clinic's day on which it was first seen.
    pub fn day(&self, zone: Tz) -> NaiveDate {
        self.modified
            .map_or_else(|| clinic_day(self.first_seen, zone), |modified| modified.date())
    }
}

/// The certificate that a server showed, in the words that IT compares.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeenCertificate {
    /// Whom it names, for example `CN=ftp.example.org`.
    pub subject: String,
    /// Who signed it.
    pub issuer: String,
    /// Every host name it is good for.
    pub names: Vec<String>,
    /// The first moment it is good for.
    pub not_before: DateTime<Utc>,
    /// The last moment it is good for.
    pub not_after: DateTime<Utc>,
    /// SHA-256 of the whole certificate.
    pub fingerprint: Fingerprint,
}

/// What a connection found out on its way, for *Test the connection* and for the folded details.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ConnectionFacts {
    /// The address that answered, with its port.
    pub address: Option<String>,
    /// For example `TLS 1.3`.
    pub tls_version: Option<String>,
    /// The certificate that was trusted.
    pub certificate: Option<SeenCertificate>,
    /// The server's own greeting, at most 200 characters of it.
    pub greeting: Option<String>,
    /// Each folder that was found, with its path on the server.
    pub folders: Vec<(Folder, String)>,
}
