//! The little that needs no data folder: files, and the clinic's day.

use std::sync::Arc;

use chrono::NaiveDate;

use crate::{
    adapters::{files::LocalFiles, profile, system::SystemClock},
    build::StartFailure,
    domain::{check::Standard, naming::clinic_day, profile::Expected},
    ports::{Clock, Files},
};

/// What a command has that neither reads nor writes a data folder.
pub struct Bare {
    /// The files of this computer.
    pub files: Box<dyn Files>,
    /// Today where most clinics of the built-in registry are.
    pub today: NaiveDate,
    /// What that registry expects of records.
    pub expected: Expected,
    /// What files are held against: the built-in tables, and the national guide.
    pub standard: Arc<Standard>,
}

/// Builds it.
pub fn bare() -> Result<Bare, StartFailure> {
    let profile = profile::immtrac2()?;
    Ok(Bare {
        files: Box::new(LocalFiles),
        today: clinic_day(SystemClock.now(), profile.time_zone),
        expected: profile.records,
        standard: Arc::new(Standard::built_in()?),
    })
}
