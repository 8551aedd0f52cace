//! The registry's profile: a file of data, built in, which a file in the data folder replaces.

mod records;

use std::{fs::File, io::Read, path::Path, time::Duration};

use serde::Deserialize;
use thiserror::Error;

use self::records::SavedRecords;

use crate::{
    adapters::os_error,
    domain::{
        naming::SameDayTemplate,
        profile::{Contact, FolderNames, Profile},
    },
};

/// Why a profile cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ProfileError {
    /// The system does not let this person read it.
    #[error("the profile cannot be read: {0}")]
    Unreadable(String),
    /// It is not TOML, or a value is missing or of another kind.
    #[error("the profile is damaged: {0}")]
    Damaged(String),
    /// It is written in a form that this program does not know.
    #[error("the profile has version {0}, and this program reads version 1")]
    OtherVersion(u32),
    /// A value is there, but cannot be used.
    #[error("the profile's {field} cannot be used: {reason}")]
    Unusable {
        /// Which value, as it is called in the file.
        field: &'static str,
        /// Why.
        reason: String,
    },
}

/// A profile is a page of text; more is something else.
const MAX_BYTES: u64 = 1 << 20;

const VERSION: u32 = 1;

/// The built-in profile: the Texas Immunization Registry.
pub fn immtrac2() -> Result<Profile, ProfileError> {
    parse(include_str!("../../assets/immtrac2.toml"))
}

/// The profile `<data>/profile.toml`, or the built-in one where there is none.
pub fn load(data: &Path) -> Result<Profile, ProfileError> {
    let mut text = String::new();
    match File::open(data.join("profile.toml")).and_then(|file| file.take(MAX_BYTES).read_to_string(&mut text)) {
        Ok(_length) => parse(&text),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => immtrac2(),
        Err(error) => Err(ProfileError::Unreadable(os_error::line(&error))),
    }
}

#[derive(Deserialize)]
struct Version {
    version: u32,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Saved {
    #[serde(rename = "version")]
    _version: u32,
    name: String,
    place: String,
    server: SavedServer,
    folders: SavedFolders,
    naming: SavedNaming,
    contacts: SavedContacts,
    records: SavedRecords,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SavedServer {
    host: String,
    protocol: String,
    implicit_port: u16,
    explicit_port: u16,
    data_ports: (u16, u16),
    timeout_secs: u64,
    #[serde(default = "between_looks_secs")]
    between_looks_secs: u64,
    #[serde(default = "settling_secs")]
    settling_secs: u64,
    website: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SavedFolders {
    dropoff: String,
    accepted: String,
    reports: String,
    receive: String,
    users: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SavedNaming {
    same_day_template: String,
    time_zone: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SavedContacts {
    hours: String,
    data_exchange: SavedContact,
    users_and_agreements: SavedContact,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SavedContact {
    email: String,
    phone: String,
}

fn parse(text: &str) -> Result<Profile, ProfileError> {
    let damaged = |error: toml::de::Error| ProfileError::Damaged(error.message().to_owned());
    let Version { version } = toml::from_str(text).map_err(damaged)?;
    if version != VERSION {
        return Err(ProfileError::OtherVersion(version));
    }
    toml::from_str::<Saved>(text).map_err(damaged)?.try_into()
}

impl TryFrom<Saved> for Profile {
    type Error = ProfileError;

    fn try_from(saved: Saved) -> Result<Self, Self::Error> {
        let Saved {
            server,
            folders,
            naming,
            contacts,
            records,
            ..
        } = saved;
        Ok(Self {
            name: filled("name", saved.name)?,
            place: filled("place", saved.place)?,
            host: host(server.host)?,
            protocol: parsed("server.protocol", &server.protocol)?,
            implicit_port: port("server.implicit_port", server.implicit_port)?,
            explicit_port: port("server.explicit_port", server.explicit_port)?,
            data_ports: data_ports(server.data_ports)?,
            website: website(server.website)?,
            folder_names: FolderNames {
                dropoff: folder_name("folders.dropoff", folders.dropoff)?,
                accepted: folder_name("folders.accepted", folders.accepted)?,
                reports: folder_name("folders.reports", folders.reports)?,
                receive: folder_name("folders.receive", folders.receive)?,
            },
            users_folder: users_folder(folders.users)?,
            same_day_template: SameDayTemplate::parse(&naming.same_day_template)
                .map_err(|error| unusable("naming.same_day_template", error))?,
            time_zone: parsed("naming.time_zone", &naming.time_zone)?,
            timeout: secs(server.timeout_secs, "server.timeout_secs")?,
            between_looks: secs(server.between_looks_secs, "server.between_looks_secs")?,
            settling: secs(server.settling_secs, "server.settling_secs")?,
            data_exchange: contact(contacts.data_exchange),
            users_and_agreements: contact(contacts.users_and_agreements),
            hours: contacts.hours,
            records: records.try_into()?,
        })
    }
}

fn unusable(field: &'static str, reason: impl ToString) -> ProfileError {
    ProfileError::Unusable {
        field,
        reason: reason.to_string(),
    }
}

fn parsed<T: std::str::FromStr<Err: ToString>>(field: &'static str, text: &str) -> Result<T, ProfileError> {
    text.parse().map_err(|error| unusable(field, error))
}

fn filled(field: &'static str, text: String) -> Result<String, ProfileError> {
    if text.trim().is_empty() {
        return Err(unusable(field, "it is empty"));
    }
    Ok(text)
}

fn host(text: String) -> Result<String, ProfileError> {
    if text.is_empty() || text.contains(|c: char| c.is_whitespace() || c.is_control() || matches!(c, '/' | '@')) {
        return Err(unusable("server.host", "it is not a host name"));
    }
    Ok(text)
}

fn port(field: &'static str, port: u16) -> Result<u16, ProfileError> {
    if port == 0 {
        return Err(unusable(field, "there is no port 0"));
    }
    Ok(port)
}

fn data_ports((first, last): (u16, u16)) -> Result<(u16, u16), ProfileError> {
    let field = "server.data_ports";
    if port(field, first)? > last {
        return Err(unusable(field, "the first is above the last"));
    }
    Ok((first, last))
}

fn website(text: String) -> Result<String, ProfileError> {
    if !text.starts_with("https://") {
        return Err(unusable("server.website", "it does not begin with https://"));
    }
    Ok(text)
}

/// A folder is one step in a path; with a line break in it, it could carry a second FTP command.
fn folder_name(field: &'static str, text: String) -> Result<String, ProfileError> {
    let text = filled(field, text)?;
    if text.contains(|c: char| c.is_control() || matches!(c, '/' | '\\')) || matches!(text.as_str(), "." | "..") {
        return Err(unusable(field, "it is not the name of one folder"));
    }
    Ok(text)
}

fn users_folder(text: String) -> Result<String, ProfileError> {
    if !text.starts_with('/') || text.contains(char::is_control) {
        return Err(unusable("folders.users", "it is not a path from the top"));
    }
    Ok(text)
}

/// A profile that was written before this was asked for does not say it.
fn between_looks_secs() -> u64 {
    60
}

fn settling_secs() -> u64 {
    1
}

fn secs(secs: u64, key: &'static str) -> Result<Duration, ProfileError> {
    if !(1..=3_600).contains(&secs) {
        return Err(unusable(key, "it is not between 1 and 3600"));
    }
    Ok(Duration::from_secs(secs))
}

fn contact(saved: SavedContact) -> Contact {
    Contact {
        email: saved.email,
        phone: saved.phone,
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;
    use crate::domain::{
        account::Protocol,
        profile::{Consent, ConsentAges, Expected},
    };

    const BUILT_IN: &str = include_str!("../../assets/immtrac2.toml");

    #[test]
    fn the_built_in_profile_says_what_the_registry_says() {
        let profile = immtrac2().unwrap();
        let expected = Profile {
            name: "Texas Immunization Registry (ImmTrac2)".to_owned(),
            place: "Texas".to_owned(),
            host: "immtrac-ftps1.dshs.state.tx.us".to_owned(),
            protocol: Protocol::FtpsImplicit,
            implicit_port: 990,
            explicit_port: 21,
            data_ports: (5000, 5010),
            website: "https://immtrac-ftps1.dshs.texas.gov/ThinClient/Login.aspx".to_owned(),
            folder_names: FolderNames {
                dropoff: "HL7-Dropoff".to_owned(),
                accepted: "Accepted".to_owned(),
                reports: "DQA-Reports".to_owned(),
                receive: "Receive".to_owned(),
            },
            users_folder: "/users".to_owned(),
            same_day_template: SameDayTemplate::parse("{code}{yy}{ddd}.{n}.hl7").unwrap(),
            time_zone: chrono_tz::America::Chicago,
            timeout: Duration::from_secs(65),
            between_looks: Duration::from_mins(1),
            settling: Duration::from_secs(1),
            data_exchange: Contact {
                email: "ImmTracMU@dshs.texas.gov".to_owned(),
                phone: "800-348-9158, option 3".to_owned(),
            },
            users_and_agreements: Contact {
                email: "ImmTrac2@dshs.texas.gov".to_owned(),
                phone: "800-348-9158, option 2 (registrations and renewals: option 4)".to_owned(),
            },
            hours: "Monday to Friday, 8:00 a.m. to 4:30 p.m. Central time".to_owned(),
            records: Expected {
                sender_digits: Some(10),
                receiving_application: "TxImmTrac".to_owned(),
                receiving_facility: "TxDSHS".to_owned(),
                state: "TX".to_owned(),
                zip_areas: vec![(733, 733), (750, 799), (885, 885)],
                adult_from_years: 18,
                consents: [
                    ("TXY", ConsentAges::Child),
                    ("TXA", ConsentAges::Adult),
                    ("TXF", ConsentAges::Any),
                    ("TXM", ConsentAges::Any),
                    ("TXD", ConsentAges::Any),
                ]
                .map(|(code, ages)| Consent {
                    code: code.to_owned(),
                    ages,
                })
                .to_vec(),
            },
        };
        assert_eq!(profile, expected);
    }

    #[test]
    fn a_file_in_the_data_folder_takes_its_place() {
        let data = tempfile::tempdir().unwrap();
        assert_eq!(load(data.path()), immtrac2());
        let text = BUILT_IN.replace("immtrac-ftps1.dshs.state.tx.us", "registry.example");
        let mut file = File::create(data.path().join("profile.toml")).unwrap();
        file.write_all(text.as_bytes()).unwrap();
        assert_eq!(load(data.path()).unwrap().host, "registry.example");
    }

    #[test]
    fn a_replacement_that_cannot_be_read_is_not_passed_over() {
        let data = tempfile::tempdir().unwrap();
        std::fs::create_dir(data.path().join("profile.toml")).unwrap();
        assert!(matches!(load(data.path()), Err(ProfileError::Unreadable(_))));
    }

    #[test]
    fn values_that_cannot_be_used_are_named() {
        for (was, becomes, field) in [
            ("implicit_port = 990", "implicit_port = 0", "server.implicit_port"),
            ("[5000, 5010]", "[5010, 5000]", "server.data_ports"),
            ("\"ftps-implicit\"", "\"ftp\"", "server.protocol"),
            ("\"https://", "\"http://", "server.website"),
            ("\"HL7-Dropoff\"", "\"HL7\\r\\nDELE x\"", "folders.dropoff"),
            ("\"Accepted\"", "\"../Accepted\"", "folders.accepted"),
            ("\"/users\"", "\"users\"", "folders.users"),
            (".{n}.hl7", ".hl7", "naming.same_day_template"),
            ("America/Chicago", "America/Gotham", "naming.time_zone"),
            ("timeout_secs = 65", "timeout_secs = 0", "server.timeout_secs"),
            (
                "between_looks_secs = 60",
                "between_looks_secs = 0",
                "server.between_looks_secs",
            ),
            ("\"immtrac-ftps1.dshs.state.tx.us\"", "\"\"", "server.host"),
            ("\"Texas\"", "\" \"", "place"),
            ("[885, 885]", "[885, 12]", "records.zip_areas"),
            ("[885, 885]", "[885, 1000]", "records.zip_areas"),
            ("\"TXY\"", "\"\"", "records.consents"),
            ("from_years = 18", "from_years = 0", "records.adult_from_years"),
        ] {
            let text = BUILT_IN.replacen(was, becomes, 1);
            assert_ne!(text, BUILT_IN, "{was}");
            match parse(&text) {
                Err(ProfileError::Unusable { field: named, .. }) => assert_eq!(named, field),
                other => panic!("{becomes}: {other:?}"),
            }
        }
    }

    #[test]
    fn a_damaged_profile_and_one_of_another_version_are_told_apart() {
        for text in [
            "",
            "version = ",
            "version = 1",
            &BUILT_IN.replace("place =", "plaice ="),
        ] {
            assert!(matches!(parse(text), Err(ProfileError::Damaged(_))), "{text}");
        }
        let newer = BUILT_IN.replace("version = 1", "version = 2");
        assert_eq!(parse(&newer), Err(ProfileError::OtherVersion(2)));
    }
}
