//! The settings in `<data>/settings.toml`. There is never a password in them.

mod saved;

use std::{
    fs::File,
    io::{self, Read},
    path::{Path, PathBuf},
};

use crate::{
    adapters::{
        os_error,
        whole_file::{self, Readers},
    },
    domain::{failure::SettingsFailure, profile::Profile, settings::Settings},
    ports::SettingsStore,
};

/// The settings' file in a data folder.
pub(super) const FILE: &str = "settings.toml";

/// The settings of one data folder.
#[derive(Debug, Clone)]
pub struct TomlSettings {
    path: PathBuf,
    profile: Profile,
}

/// Settings are a page of text; more is something else.
const MAX_BYTES: u64 = 1 << 20;

impl TomlSettings {
    /// The settings of this data folder. `profile` gives a fresh machine's defaults.
    pub fn new(data: &Path, profile: Profile) -> Self {
        Self {
            path: data.join(FILE),
            profile,
        }
    }
}

impl SettingsStore for TomlSettings {
    fn load(&self) -> Result<Settings, SettingsFailure> {
        let mut text = String::new();
        match File::open(&self.path).and_then(|file| file.take(MAX_BYTES).read_to_string(&mut text)) {
            Ok(_length) => saved::read(&text),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Settings::fresh(&self.profile)),
            Err(error) if error.kind() == io::ErrorKind::InvalidData => {
                Err(SettingsFailure::Damaged("the file is not text".to_owned()))
            }
            Err(error) => Err(SettingsFailure::Folder(os_error::line(&error))),
        }
    }

    fn save(&self, settings: &Settings) -> Result<(), SettingsFailure> {
        let text = saved::write(settings)?;
        whole_file::write(&self.path, &text, Readers::OwnerOnly)
            .map_err(|error| SettingsFailure::Folder(os_error::line(&error)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        adapters::profile,
        domain::{
            account::{Account, Endpoint, Fingerprint, ImportCode, Protocol, Trust},
            naming::SameDayTemplate,
            settings::{Appearance, Retention, Role, Stage},
        },
    };

    fn store(data: &Path) -> TomlSettings {
        TomlSettings::new(data, profile::immtrac2().unwrap())
    }

    fn account(trust: Trust) -> Account {
        Account {
            user: "CLINIC01".to_owned(),
            import_code: ImportCode::parse("CLINIC01").unwrap(),
            endpoint: Endpoint {
                host: "registry.example".to_owned(),
                port: 2121,
                protocol: Protocol::FtpsExplicit,
                trust,
            },
        }
    }

    fn everything_chosen(trust: Trust) -> Settings {
        Settings {
            role: Some(Role::EhrSends),
            stage: Some(Stage::Live),
            account: Some(account(trust)),
            clinic_name: "Niño Sano \"Clinic\" — №1".to_owned(),
            day_of_month: Some(31),
            initials: "AB".to_owned(),
            time_zone: chrono_tz::America::Denver,
            same_day_template: SameDayTemplate::parse("{code}{yy}{ddd}_{n}.hl7").unwrap(),
            retention: Retention::Days365,
            appearance: Appearance::Dark,
            text_percent: 150,
        }
    }

    fn write_raw(data: &Path, text: &str) {
        std::io::Write::write_all(&mut File::create(data.join("settings.toml")).unwrap(), text.as_bytes()).unwrap();
    }

    fn raw(data: &Path) -> String {
        std::io::read_to_string(File::open(data.join("settings.toml")).unwrap()).unwrap()
    }

    #[test]
    fn a_fresh_machine_has_the_profile_s_defaults_and_writes_nothing() {
        let data = tempfile::tempdir().unwrap();
        let fresh = Settings::fresh(&profile::immtrac2().unwrap());
        assert_eq!(store(data.path()).load(), Ok(fresh));
        assert_eq!(std::fs::read_dir(data.path()).unwrap().count(), 0);
    }

    #[test]
    fn what_is_saved_is_loaded_again() {
        let data = tempfile::tempdir().unwrap();
        let pem = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n".to_owned();
        for trust in [
            Trust::System,
            Trust::Pinned(Fingerprint([0xA7; 32])),
            Trust::ExtraAuthority(pem),
        ] {
            let settings = everything_chosen(trust);
            assert_eq!(store(data.path()).save(&settings), Ok(()));
            assert_eq!(store(data.path()).load(), Ok(settings));
        }
        let fresh = Settings::fresh(&profile::immtrac2().unwrap());
        assert_eq!(store(data.path()).save(&fresh), Ok(()));
        assert_eq!(store(data.path()).load(), Ok(fresh));
        assert_eq!(
            std::fs::read_dir(data.path()).unwrap().count(),
            1,
            "nothing is left beside it"
        );
    }

    #[test]
    fn the_file_reads_as_it_is_documented() {
        let data = tempfile::tempdir().unwrap();
        let settings = everything_chosen(Trust::Pinned(Fingerprint([0xA7; 32])));
        assert_eq!(store(data.path()).save(&settings), Ok(()));
        let expected = format!(
            r#"version = 2
role = "ehr-sends"
stage = "live"
clinic_name = 'Niño Sano "Clinic" — №1'
day_of_month = 31
initials = "AB"
time_zone = "America/Denver"
same_day_template = "{{code}}{{yy}}{{ddd}}_{{n}}.hl7"
keep_copies_days = 365
appearance = "dark"
text_percent = 150

[account]
user = "CLINIC01"
import_code = "CLINIC01"
host = "registry.example"
port = 2121
protocol = "ftps-explicit"

[account.trust]
pinned = "{}A7"
"#,
            "A7:".repeat(31)
        );
        assert_eq!(raw(data.path()), expected);
    }

    #[test]
    fn settings_of_the_first_form_keep_copies_as_long_as_usual() {
        let data = tempfile::tempdir().unwrap();
        assert_eq!(store(data.path()).save(&everything_chosen(Trust::System)), Ok(()));
        let first = raw(data.path())
            .replace("version = 2", "version = 1")
            .replace("keep_copies_days = 365\n", "");
        write_raw(data.path(), &first);
        let expected = Settings {
            retention: Retention::Days90,
            ..everything_chosen(Trust::System)
        };
        assert_eq!(store(data.path()).load(), Ok(expected));
        write_raw(
            data.path(),
            &raw(data.path()).replace("version = 1", "version = 1\nkeep_copies_days = 31"),
        );
        assert!(matches!(store(data.path()).load(), Err(SettingsFailure::Damaged(_))));
    }

    #[cfg(unix)]
    #[test]
    fn only_its_owner_reads_the_file() {
        use std::os::unix::fs::PermissionsExt;
        let data = tempfile::tempdir().unwrap();
        assert_eq!(store(data.path()).save(&everything_chosen(Trust::System)), Ok(()));
        let mode = data
            .path()
            .join("settings.toml")
            .metadata()
            .unwrap()
            .permissions()
            .mode();
        assert_eq!(mode & 0o777, 0o600);
    }

    #[test]
    fn damaged_settings_are_told_and_left_alone() {
        let data = tempfile::tempdir().unwrap();
        assert_eq!(store(data.path()).save(&everything_chosen(Trust::System)), Ok(()));
        let good = raw(data.path());
        let bad = [
            String::new(),
            good.chars().take(90).collect(),
            good.replace("version = 2\n", ""),
            good.replace("version = 2\n", "version = 0\n"),
            good.replace("\"ehr-sends\"", "\"everything\""),
            good.replace("= 31", "= 32"),
            good.replace("= 150", "= 500"),
            good.replace("America/Denver", "America/Gotham"),
            good.replace("_{n}", ""),
            good.replace("\"CLINIC01\"", "\"../CLINIC01\""),
            good.replace("port = 2121", "port = 0"),
            good.replace("\"ftps-explicit\"", "\"ftp\""),
            good.replace("trust = \"system\"", "trust = { pinned = \"A7\" }"),
            good.replace("[account]", "[account]\npassword = \"bluebonnet\""),
        ];
        for text in bad {
            assert_ne!(text, good);
            write_raw(data.path(), &text);
            match store(data.path()).load() {
                Err(SettingsFailure::Damaged(why)) => assert!(!why.contains("bluebonnet"), "{why}"),
                other => panic!("{text}\n{other:?}"),
            }
            assert_eq!(raw(data.path()), text);
        }
    }

    #[test]
    fn bytes_that_are_no_text_are_damage() {
        let data = tempfile::tempdir().unwrap();
        let mut file = File::create(data.path().join("settings.toml")).unwrap();
        std::io::Write::write_all(&mut file, b"version = 1\xFF").unwrap();
        assert!(matches!(store(data.path()).load(), Err(SettingsFailure::Damaged(_))));
    }

    #[test]
    fn settings_of_a_newer_version_are_told_whatever_else_is_in_them() {
        let data = tempfile::tempdir().unwrap();
        write_raw(data.path(), "version = 7\nsomething = \"new\"\n");
        assert_eq!(store(data.path()).load(), Err(SettingsFailure::FromNewerVersion(7)));
    }

    #[test]
    fn a_data_folder_that_cannot_be_used_is_told_without_its_name() {
        let data = tempfile::tempdir().unwrap();
        let store = store(&data.path().join("of Jane Doe"));
        match store.save(&everything_chosen(Trust::System)) {
            Err(SettingsFailure::Folder(why)) => assert!(!why.contains("Jane"), "{why}"),
            other => panic!("{other:?}"),
        }
    }
}
