//! The name of a file at the registry: import code, two digits of the year, the day of the year.
//!
//! Source: the registry's "FTP Data Exchange Methods" (`ImportCodeYYDDD.hl7`). For a second file on one day it has published
//! no rule, so that part is a template which the clinic can edit.

use std::fmt;

use chrono::{DateTime, Datelike, NaiveDate, TimeDelta, Utc};
use chrono_tz::Tz;
use thiserror::Error;

use crate::domain::account::ImportCode;

/// The clinic's own day at a moment: what a calendar on its wall shows.
pub fn clinic_day(now: DateTime<Utc>, zone: Tz) -> NaiveDate {
    now.with_timezone(&zone).date_naive()
}

/// The moment at which the clinic's next day begins.
///
/// Where the clocks change at midnight, the day begins with the first moment that exists.
pub fn next_midnight(now: DateTime<Utc>, zone: Tz) -> DateTime<Utc> {
    let next_day = clinic_day(now, zone).succ_opt().unwrap_or(NaiveDate::MAX);
    (0..4)
        .filter_map(|hour| next_day.and_hms_opt(hour, 0, 0))
        .find_map(|time| time.and_local_timezone(zone).earliest())
        .map_or(now + TimeDelta::days(1), |time| time.to_utc())
}

/// The registry's official name for the first file of a day, for example `CLINIC0126324.hl7`.
pub fn official_name(code: &ImportCode, day: NaiveDate) -> String {
    format!("{code}{}.hl7", day_digits(day))
}

/// Five digits: the year's last two and the day of the year from 001 to 366.
fn day_digits(day: NaiveDate) -> String {
    format!("{:02}{:03}", day.year().rem_euclid(100), day.ordinal())
}

/// How a second file on one day is named: a pattern with `{code}`, `{yy}`, `{ddd}` and `{n}`, which counts from 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SameDayTemplate(String);

/// Why a text cannot be a template.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum TemplateError {
    /// It must begin as the official name does.
    #[error("the template begins with {{code}}{{yy}}{{ddd}}")]
    Beginning,
    /// Without it every further file would have the same name.
    #[error("the template contains {{n}} once")]
    Number,
    /// The registry takes `.hl7` files.
    #[error("the template ends with .hl7")]
    Ending,
    /// Something in it is not safe in a file name.
    #[error("the character {0:?} is not safe in a file name")]
    UnsafeCharacter(char),
    /// It would not fit beside the longest import code.
    #[error("the template is longer than 60 characters")]
    TooLong,
}

impl SameDayTemplate {
    const BEGINNING: &str = "{code}{yy}{ddd}";
    const ENDING: &str = ".hl7";
    const MAX_CHARS: usize = 60;

    /// Accepts a template that gives safe names, each different.
    pub fn parse(text: &str) -> Result<Self, TemplateError> {
        let text = text.trim();
        let middle = text.strip_prefix(Self::BEGINNING).ok_or(TemplateError::Beginning)?;
        let middle = middle.strip_suffix(Self::ENDING).ok_or(TemplateError::Ending)?;
        if text.len() > Self::MAX_CHARS {
            return Err(TemplateError::TooLong);
        }
        let mut parts = middle.split("{n}");
        let (before, after) = (
            parts.next().unwrap_or_default(),
            parts.next().ok_or(TemplateError::Number)?,
        );
        if parts.next().is_some() {
            return Err(TemplateError::Number);
        }
        // A digit beside the day or the number could read as another day or another number.
        let unsafe_char = before
            .chars()
            .chain(after.chars())
            .find(|c| !(c.is_ascii_alphabetic() || matches!(c, '.' | '-' | '_')));
        match unsafe_char {
            Some(c) => Err(TemplateError::UnsafeCharacter(c)),
            None if before.is_empty() => Err(TemplateError::Number),
            None => Ok(Self(text.to_owned())),
        }
    }

    /// The name of the file after the official one, `n` counting from 1.
    fn name(&self, code: &ImportCode, day: NaiveDate, n: u32) -> String {
        let digits = day_digits(day);
        let (yy, ddd) = digits.split_at_checked(2).unwrap_or((&digits, ""));
        self.0
            .replace("{n}", &n.to_string())
            .replace("{yy}", yy)
            .replace("{ddd}", ddd)
            .replace("{code}", code.as_str())
    }
}

impl fmt::Display for SameDayTemplate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A name that is free, and how it came about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FreeName {
    /// The name itself.
    pub name: String,
    /// The clinic's day that stands in it.
    pub day: NaiveDate,
    /// 0 for the official name, else the number in the template.
    pub number: u32,
}

/// The first name for this day that nobody used: the official one, else the template with 1, 2, ….
///
/// `is_used` is asked with each candidate; it compares without case, since a registry may.
pub fn first_free_name(
    code: &ImportCode,
    day: NaiveDate,
    template: &SameDayTemplate,
    is_used: impl Fn(&str) -> bool,
) -> FreeName {
    let official = official_name(code, day);
    if !is_used(&official) {
        return FreeName {
            name: official,
            day,
            number: 0,
        };
    }
    let (number, name) = (1..)
        .map(|n| (n, template.name(code, day, n)))
        .find(|(_, name)| !is_used(name))
        .unwrap_or((u32::MAX, official));
    FreeName { name, day, number }
}

/// The day in a name, if it is an official one of this account or one from a template: `CLINIC0126324.1.hl7` is day 324 of 2026.
pub fn day_of_name(code: &ImportCode, name: &str) -> Option<NaiveDate> {
    let (start, rest) = name.split_at_checked(code.as_str().len())?;
    let (digits, rest) = rest.split_at_checked(5)?;
    let is_ours = start.eq_ignore_ascii_case(code.as_str())
        && digits.bytes().all(|b| b.is_ascii_digit())
        && !rest.starts_with(|c: char| c.is_ascii_digit());
    if !is_ours {
        return None;
    }
    let (yy, ddd) = digits.split_at_checked(2)?;
    NaiveDate::from_yo_opt(2000 + yy.parse::<i32>().ok()?, ddd.parse().ok()?)
}
