//! What the clinic chose once, and may change under Settings.

use chrono_tz::Tz;

use crate::domain::{account::Account, naming::SameDayTemplate, profile::Profile};

/// How this clinic's records reach the registry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Staff send files with Dropoff.
    WeSend,
    /// The EHR sends; Dropoff is for the reports.
    EhrSends,
    /// Only the Demo.
    JustLooking,
}

/// How far the clinic is with the registry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// The registry has not yet said that the clinic is in production.
    Testing,
    /// The registry has e-mailed that the clinic is in production.
    Live,
}

/// Light or dark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Appearance {
    /// As the system has it.
    #[default]
    System,
    /// Always light.
    Light,
    /// Always dark.
    Dark,
}

/// How long sealed copies stay after a file was delivered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Retention {
    /// Removed as soon as it is delivered.
    None,
    /// A month.
    Days30,
    /// A quarter, which the questions about a file seldom outlive.
    Days90,
    /// A year.
    Days365,
}

impl Retention {
    /// All choices, the shortest first.
    pub const ALL: [Self; 4] = [Self::None, Self::Days30, Self::Days90, Self::Days365];

    /// In days.
    pub const fn days(self) -> u16 {
        match self {
            Self::None => 0,
            Self::Days30 => 30,
            Self::Days90 => 90,
            Self::Days365 => 365,
        }
    }
}

/// Everything that is chosen. Everything has a default but the role, the stage and the account, which the first start asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// Asked at first start.
    pub role: Option<Role>,
    /// Asked at first start.
    pub stage: Option<Stage>,
    /// Asked at first start.
    pub account: Option<Account>,
    /// What staff call the clinic, for the strip on top. May be empty.
    pub clinic_name: String,
    /// The day of the month on which the clinic sends, 1 to 31, where it has one.
    pub day_of_month: Option<u8>,
    /// Initials of who is at the desk, where the login is shared. May be empty.
    pub initials: String,
    /// The clinic's time zone: it decides the day in a file name.
    pub time_zone: Tz,
    /// How a second file on one day is named.
    pub same_day_template: SameDayTemplate,
    /// How long sealed copies stay.
    pub retention: Retention,
    /// Light or dark.
    pub appearance: Appearance,
    /// Size of text, 100 to 200 percent.
    pub text_percent: u16,
}

impl Settings {
    /// Smallest and largest size of text, in percent.
    pub const TEXT_PERCENT: std::ops::RangeInclusive<u16> = 100..=200;

    /// A fresh machine's settings for this registry.
    pub fn fresh(profile: &Profile) -> Self {
        Self {
            role: None,
            stage: None,
            account: None,
            clinic_name: String::new(),
            day_of_month: None,
            initials: String::new(),
            time_zone: profile.time_zone,
            same_day_template: profile.same_day_template.clone(),
            retention: Retention::Days90,
            appearance: Appearance::System,
            text_percent: *Self::TEXT_PERCENT.start(),
        }
    }

    /// Whether the first start has been gone through.
    pub fn is_set_up(&self) -> bool {
        match self.role {
            None => false,
            Some(Role::JustLooking) => true,
            Some(Role::WeSend | Role::EhrSends) => self.stage.is_some() && self.account.is_some(),
        }
    }
}
