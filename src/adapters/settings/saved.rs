//! The form in which settings are written, and the way from older forms to this one.

use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use crate::domain::{
    account::{Account, Endpoint, Fingerprint, ImportCode, Protocol, Trust},
    failure::SettingsFailure,
    naming::SameDayTemplate,
    settings::{Appearance, Retention, Role, Settings, Stage},
};

/// The form that this program writes.
const VERSION: u32 = 2;

#[derive(Deserialize)]
struct Version {
    version: u32,
}

/// Unknown values are damage, not noise: the next save would lose them.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Saved {
    version: u32,
    role: Option<SavedRole>,
    stage: Option<SavedStage>,
    clinic_name: String,
    day_of_month: Option<u8>,
    initials: String,
    time_zone: String,
    same_day_template: String,
    #[serde(default = "usual_days")]
    keep_copies_days: u16,
    appearance: SavedAppearance,
    text_percent: u16,
    account: Option<SavedAccount>,
}

fn usual_days() -> u16 {
    Retention::Days90.days()
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum SavedRole {
    WeSend,
    EhrSends,
    JustLooking,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum SavedStage {
    Testing,
    Live,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum SavedAppearance {
    System,
    Light,
    Dark,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct SavedAccount {
    user: String,
    import_code: String,
    host: String,
    port: u16,
    protocol: String,
    trust: SavedTrust,
}

/// `"system"`, `{ pinned = "AB:CD:…" }` or `{ authority = "-----BEGIN CERTIFICATE-----…" }`.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum SavedTrust {
    System,
    Pinned(String),
    Authority(String),
}

/// The settings in a text of this or an older form.
pub(super) fn read(text: &str) -> Result<Settings, SettingsFailure> {
    let Version { version } = toml::from_str(text).map_err(|error| damaged_toml(text, &error))?;
    migrate(version, text)?.try_into()
}

/// The text in this form.
pub(super) fn write(settings: &Settings) -> Result<String, SettingsFailure> {
    toml::to_string(&Saved::from(settings)).map_err(|error| SettingsFailure::Folder(error.to_string()))
}

/// One arm for each form that was ever written, each leading to the newest.
fn migrate(version: u32, text: &str) -> Result<Saved, SettingsFailure> {
    match version {
        // Version 1 had no choice of how long copies stay.
        1 | VERSION => toml::from_str(text).map_err(|error| damaged_toml(text, &error)),
        newer if newer > VERSION => Err(SettingsFailure::FromNewerVersion(newer)),
        older => Err(damaged("version", format!("there was never a version {older}"))),
    }
}

/// The line and the reason. The library's own text also quotes the line, which may hold anything.
fn damaged_toml(text: &str, error: &toml::de::Error) -> SettingsFailure {
    let before = error.span().and_then(|span| text.get(..span.start)).unwrap_or_default();
    let line = 1 + before.matches('\n').count();
    SettingsFailure::Damaged(format!("line {line}: {}", error.message()))
}

fn damaged(field: &str, reason: impl std::fmt::Display) -> SettingsFailure {
    SettingsFailure::Damaged(format!("{field}: {reason}"))
}

impl TryFrom<Saved> for Settings {
    type Error = SettingsFailure;

    fn try_from(saved: Saved) -> Result<Self, Self::Error> {
        if saved.day_of_month.is_some_and(|day| !(1..=31).contains(&day)) {
            return Err(damaged("day_of_month", "it is not between 1 and 31"));
        }
        if !Self::TEXT_PERCENT.contains(&saved.text_percent) {
            return Err(damaged("text_percent", "it is not between 100 and 200"));
        }
        Ok(Self {
            role: saved.role.map(Role::from),
            stage: saved.stage.map(Stage::from),
            account: saved.account.map(Account::try_from).transpose()?,
            clinic_name: saved.clinic_name,
            day_of_month: saved.day_of_month,
            initials: saved.initials,
            time_zone: saved
                .time_zone
                .parse::<Tz>()
                .map_err(|error| damaged("time_zone", error))?,
            same_day_template: SameDayTemplate::parse(&saved.same_day_template)
                .map_err(|error| damaged("same_day_template", error))?,
            retention: Retention::ALL
                .into_iter()
                .find(|retention| retention.days() == saved.keep_copies_days)
                .ok_or_else(|| damaged("keep_copies_days", "it is not 0, 30, 90 or 365"))?,
            appearance: saved.appearance.into(),
            text_percent: saved.text_percent,
        })
    }
}

impl TryFrom<SavedAccount> for Account {
    type Error = SettingsFailure;

    fn try_from(saved: SavedAccount) -> Result<Self, Self::Error> {
        if saved.user.is_empty() || saved.user.contains(char::is_control) {
            return Err(damaged("account.user", "it is not a user name"));
        }
        if saved.host.is_empty() || saved.host.contains(|c: char| c.is_whitespace() || c.is_control()) {
            return Err(damaged("account.host", "it is not a host name"));
        }
        if saved.port == 0 {
            return Err(damaged("account.port", "there is no port 0"));
        }
        Ok(Self {
            user: saved.user,
            import_code: ImportCode::parse(&saved.import_code)
                .map_err(|error| damaged("account.import_code", error))?,
            endpoint: Endpoint {
                host: saved.host,
                port: saved.port,
                protocol: saved
                    .protocol
                    .parse::<Protocol>()
                    .map_err(|error| damaged("account.protocol", error))?,
                trust: saved.trust.try_into()?,
            },
        })
    }
}

impl TryFrom<SavedTrust> for Trust {
    type Error = SettingsFailure;

    fn try_from(saved: SavedTrust) -> Result<Self, Self::Error> {
        match saved {
            SavedTrust::System => Ok(Self::System),
            SavedTrust::Pinned(digits) => digits
                .parse::<Fingerprint>()
                .map(Self::Pinned)
                .map_err(|error| damaged("account.trust.pinned", error)),
            SavedTrust::Authority(pem) => Ok(Self::ExtraAuthority(pem)),
        }
    }
}

impl From<&Settings> for Saved {
    fn from(settings: &Settings) -> Self {
        Self {
            version: VERSION,
            role: settings.role.map(SavedRole::from),
            stage: settings.stage.map(SavedStage::from),
            clinic_name: settings.clinic_name.clone(),
            day_of_month: settings.day_of_month,
            initials: settings.initials.clone(),
            time_zone: settings.time_zone.name().to_owned(),
            same_day_template: settings.same_day_template.to_string(),
            keep_copies_days: settings.retention.days(),
            appearance: settings.appearance.into(),
            text_percent: settings.text_percent,
            account: settings.account.as_ref().map(SavedAccount::from),
        }
    }
}

impl From<&Account> for SavedAccount {
    fn from(account: &Account) -> Self {
        let Endpoint {
            host,
            port,
            protocol,
            trust,
        } = &account.endpoint;
        Self {
            user: account.user.clone(),
            import_code: account.import_code.as_str().to_owned(),
            host: host.clone(),
            port: *port,
            protocol: protocol.as_str().to_owned(),
            trust: trust.into(),
        }
    }
}

impl From<&Trust> for SavedTrust {
    fn from(trust: &Trust) -> Self {
        match trust {
            Trust::System => Self::System,
            Trust::Pinned(fingerprint) => Self::Pinned(fingerprint.to_string()),
            Trust::ExtraAuthority(pem) => Self::Authority(pem.clone()),
        }
    }
}

impl From<SavedRole> for Role {
    fn from(saved: SavedRole) -> Self {
        match saved {
            SavedRole::WeSend => Self::WeSend,
            SavedRole::EhrSends => Self::EhrSends,
            SavedRole::JustLooking => Self::JustLooking,
        }
    }
}

impl From<Role> for SavedRole {
    fn from(role: Role) -> Self {
        match role {
            Role::WeSend => Self::WeSend,
            Role::EhrSends => Self::EhrSends,
            Role::JustLooking => Self::JustLooking,
        }
    }
}

impl From<SavedStage> for Stage {
    fn from(saved: SavedStage) -> Self {
        match saved {
            SavedStage::Testing => Self::Testing,
            SavedStage::Live => Self::Live,
        }
    }
}

impl From<Stage> for SavedStage {
    fn from(stage: Stage) -> Self {
        match stage {
            Stage::Testing => Self::Testing,
            Stage::Live => Self::Live,
        }
    }
}

impl From<SavedAppearance> for Appearance {
    fn from(saved: SavedAppearance) -> Self {
        match saved {
            SavedAppearance::System => Self::System,
            SavedAppearance::Light => Self::Light,
            SavedAppearance::Dark => Self::Dark,
        }
    }
}

impl From<Appearance> for SavedAppearance {
    fn from(appearance: Appearance) -> Self {
        match appearance {
            Appearance::System => Self::System,
            Appearance::Light => Self::Light,
            Appearance::Dark => Self::Dark,
        }
    }
}
