//! The little that needs no data folder: files, and the clinic's day.

use chrono::NaiveDate;

use crate::{
    adapters::{files::LocalFiles, profile, system::SystemClock},
    build::StartFailure,
    domain::naming::clinic_day,
    ports::{Clock, Files},
};

/// What a command has that neither reads nor writes a data folder.
pub struct Bare {
    /// The files of this computer.
    pub files: Box<dyn Files>,
    /// Today where most clinics of the built-in registry are.
    pub today: NaiveDate,
}

/// Builds it.
pub fn bare() -> Result<Bare, StartFailure> {
    Ok(Bare {
        files: Box::new(LocalFiles),
        today: clinic_day(SystemClock.now(), profile::immtrac2()?.time_zone),
    })
}
