//! Where the settings are kept.

use crate::domain::{failure::SettingsFailure, settings::Settings};

/// Loads and saves the settings of this data folder.
pub trait SettingsStore: Send + Sync {
    /// The settings, or the defaults on a fresh machine.
    fn load(&self) -> Result<Settings, SettingsFailure>;

    /// Writes them, whole or not at all.
    fn save(&self, settings: &Settings) -> Result<(), SettingsFailure>;
}
