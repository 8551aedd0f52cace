//! How a second file on one day is named, which a clinic can edit.

use std::fmt;

use chrono::NaiveDate;
use thiserror::Error;

use super::day_digits;
use crate::domain::account::ImportCode;

/// How a second file on one day is named: a pattern with `{code}`, `{yy}`, `{ddd}` and `{n}`, which counts from 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SameDayTemplate(String);

/// Why a text cannot be a template.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum TemplateError {
    /// It must begin as the official name does.
    #[error("the template begins with {{code}}{{yy}}{{ddd}}")]
    Beginning,
    /// Without it every further file would have the same name; right after the day, it would read as part of the day.
    #[error("the template contains {{n}} once, and not directly after {{ddd}}")]
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
    pub(super) const ENDING: &str = ".hl7";
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
    pub(super) fn name(&self, code: &ImportCode, day: NaiveDate, n: u32) -> String {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_template_that_gives_safe_and_different_names_passes() {
        for text in [
            "{code}{yy}{ddd}.{n}.hl7",
            "{code}{yy}{ddd}_{n}.hl7",
            "{code}{yy}{ddd}-part{n}x.hl7",
            " {code}{yy}{ddd}.{n}.hl7 ",
        ] {
            assert_eq!(SameDayTemplate::parse(text).unwrap().to_string(), text.trim());
        }
    }

    #[test]
    fn a_template_that_does_not_is_refused_with_the_reason() {
        for (text, error) in [
            ("", TemplateError::Beginning),
            ("{yy}{ddd}.{n}.hl7", TemplateError::Beginning),
            ("X{code}{yy}{ddd}.{n}.hl7", TemplateError::Beginning),
            ("{code}{yy}{ddd}.{n}", TemplateError::Ending),
            ("{code}{yy}{ddd}.{n}.txt", TemplateError::Ending),
            ("{code}{yy}{ddd}.hl7", TemplateError::Number),
            ("{code}{yy}{ddd}{n}.hl7", TemplateError::Number),
            ("{code}{yy}{ddd}.{n}.{n}.hl7", TemplateError::Number),
            ("{code}{yy}{ddd}/{n}.hl7", TemplateError::UnsafeCharacter('/')),
            ("{code}{yy}{ddd}. {n}.hl7", TemplateError::UnsafeCharacter(' ')),
            ("{code}{yy}{ddd}.{n}é.hl7", TemplateError::UnsafeCharacter('é')),
            ("{code}{yy}{ddd}.1{n}.hl7", TemplateError::UnsafeCharacter('1')),
            ("{code}{yy}{ddd}.{n}0.hl7", TemplateError::UnsafeCharacter('0')),
            ("{code}{yy}{ddd}.{n}.{yy}.hl7", TemplateError::UnsafeCharacter('{')),
            (
                &format!("{{code}}{{yy}}{{ddd}}.{{n}}{}.hl7", "x".repeat(40)),
                TemplateError::TooLong,
            ),
        ] {
            assert_eq!(SameDayTemplate::parse(text), Err(error), "{text}");
        }
    }

    #[test]
    fn the_longest_name_fits_into_a_file_name() {
        let longest = format!("{{code}}{{yy}}{{ddd}}.{}{{n}}.hl7", "x".repeat(37));
        assert_eq!(longest.len(), SameDayTemplate::MAX_CHARS);
        let template = SameDayTemplate::parse(&longest).unwrap();
        let code = ImportCode::parse(&"X".repeat(ImportCode::MAX_CHARS)).unwrap();
        let day = NaiveDate::from_ymd_opt(2026, 1, 1).unwrap();
        assert!(template.name(&code, day, 10_000).len() <= 255);
    }
}
