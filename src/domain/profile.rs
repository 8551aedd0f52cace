//! What is known of a registry: hosts, folders, naming, people, time-outs. Data, so that another state is another file.

use std::time::Duration;

use crate::domain::{account::Protocol, naming::SameDayTemplate, remote::Folder};

/// A registry as an uploader sees it. The source of each value stands beside it in `assets/immtrac2.toml`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Profile {
    /// Its full name, for example `Texas Immunization Registry (ImmTrac2)`.
    pub name: String,
    /// Where it is, as a button says it: `Texas`.
    pub place: String,
    /// Host of the transfer server.
    pub host: String,
    /// How to connect unless IT says otherwise.
    pub protocol: Protocol,
    /// Port for implicit TLS.
    pub implicit_port: u16,
    /// Port for explicit TLS.
    pub explicit_port: u16,
    /// First and last passive data port, for the firewall.
    pub data_ports: (u16, u16),
    /// The website for the same account: always a way out.
    pub website: String,
    /// The names of the four folders.
    pub folder_names: FolderNames,
    /// The parent folder of all accounts, under which the folders may stand instead: `/users`.
    pub users_folder: String,
    /// How a second file on one day is named.
    pub same_day_template: SameDayTemplate,
    /// IANA name of the time zone in which most clinics are.
    pub time_zone: chrono_tz::Tz,
    /// Time-out of connecting, of replies and of data, each.
    pub timeout: Duration,
    /// The pause between two looks before a file that no folder shows counts as not there: a registry may move a file in steps.
    pub between_looks: Duration,
    /// The pause before a file that was put is looked at once more. Whoever asked for the same name before has begun to write then.
    pub settling: Duration,
    /// Who answers questions on data exchange.
    pub data_exchange: Contact,
    /// Who answers questions on users and agreements.
    pub users_and_agreements: Contact,
    /// When the phone is answered, in words.
    pub hours: String,
    /// What it expects of the records themselves.
    pub records: Expected,
}

/// What a registry expects of records where registries differ: what the check asks of a file beside the national guide.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expected {
    /// Of how many digits an organization's number in MSH-4 is; `None` where a registry takes any name.
    pub sender_digits: Option<u8>,
    /// MSH-5, the receiving application.
    pub receiving_application: String,
    /// MSH-6, the receiving facility.
    pub receiving_facility: String,
    /// How an address names the state.
    pub state: String,
    /// The first three digits of its ZIP codes, as ranges with both ends.
    pub zip_areas: Vec<(u16, u16)>,
    /// From this many years on somebody is an adult and consents alone.
    pub adult_from_years: u8,
    /// What PD1-12 may say. Where it is empty, the national Y and N hold.
    pub consents: Vec<Consent>,
}

/// A kind of consent, as PD1-12 says it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Consent {
    /// Its code.
    pub code: String,
    /// For whom it is.
    pub ages: ConsentAges,
}

/// Of what age somebody is whom a consent is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ConsentAges {
    /// Under age.
    Child,
    /// Of age.
    Adult,
    /// Of any age.
    Any,
}

/// Whom to ask.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contact {
    /// E-mail address.
    pub email: String,
    /// Phone number with the option to press, in words.
    pub phone: String,
}

/// The four folder names as the registry writes them. They are compared without case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FolderNames {
    /// `HL7-Dropoff`
    pub dropoff: String,
    /// `Accepted`
    pub accepted: String,
    /// `DQA-Reports`
    pub reports: String,
    /// `Receive`
    pub receive: String,
}

impl FolderNames {
    /// The name of one folder.
    pub fn name(&self, folder: Folder) -> &str {
        match folder {
            Folder::Dropoff => &self.dropoff,
            Folder::Accepted => &self.accepted,
            Folder::Reports => &self.reports,
            Folder::Receive => &self.receive,
        }
    }
}

impl Profile {
    /// The port for a protocol.
    pub fn port(&self, protocol: Protocol) -> u16 {
        match protocol {
            Protocol::FtpsImplicit => self.implicit_port,
            Protocol::FtpsExplicit => self.explicit_port,
        }
    }
}
