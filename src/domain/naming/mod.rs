//! The name of a file at the registry: import code, two digits of the year, the day of the year.
//!
//! Source: the registry's "FTP Data Exchange Methods" (`ImportCodeYYDDD.hl7`). For a second file on one day it has published
//! no rule, so that part is a template which the clinic can edit.

mod template;

use chrono::{DateTime, Datelike, NaiveDate, TimeDelta, Utc};
use chrono_tz::Tz;

pub use template::{SameDayTemplate, TemplateError};

use crate::domain::{account::ImportCode, calendar::day_begins};

/// The clinic's own day at a moment: what a calendar on its wall shows.
pub fn clinic_day(now: DateTime<Utc>, zone: Tz) -> NaiveDate {
    now.with_timezone(&zone).date_naive()
}

/// The moment at which the clinic's next day begins.
pub fn next_midnight(now: DateTime<Utc>, zone: Tz) -> DateTime<Utc> {
    let next_day = clinic_day(now, zone).succ_opt().unwrap_or(NaiveDate::MAX);
    day_begins(next_day, zone).unwrap_or(now + TimeDelta::days(1))
}

/// The registry's official name for the first file of a day, for example `CLINIC0126324.hl7`.
pub fn official_name(code: &ImportCode, day: NaiveDate) -> String {
    format!("{code}{}.hl7", day_digits(day))
}

/// Five digits: the year's last two and the day of the year from 001 to 366.
fn day_digits(day: NaiveDate) -> String {
    format!("{:02}{:03}", day.year().rem_euclid(100), day.ordinal())
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

/// How many names of one day are tried.
const MAX_ASKED: u32 = 9_999;

/// The first name for this day that nobody used: the official one, else the template with 1, 2, ….
///
/// `is_used` is asked with each candidate; it compares without case, since a registry may. After 9,999 names it is not asked
/// any more; the registry never overwrites, so that a used name fails there.
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
    let number = (1..=MAX_ASKED)
        .find(|n| !is_used(&template.name(code, day, *n)))
        .unwrap_or(MAX_ASKED + 1);
    FreeName {
        name: template.name(code, day, number),
        day,
        number,
    }
}

/// The day in a name, if it is an official one of this account or one from a template: `CLINIC0126324.1.hl7` is day 324 of 2026.
///
/// Compared without case. The century is 2000. No digit may follow the day: so the name of another account, whose import code
/// begins with this one and goes on with digits, is not taken for one of this account.
pub fn day_of_name(code: &ImportCode, name: &str) -> Option<NaiveDate> {
    day_and_rest(code, name).map(|(day, _)| day)
}

/// Whether a name is one of this account and holds nothing beside the day but numbers, so that it cannot hold anybody's name.
pub fn holds_only_a_day(code: &ImportCode, name: &str) -> bool {
    day_and_rest(code, name).is_some_and(|(_, rest)| {
        let before_ending = rest.len().checked_sub(SameDayTemplate::ENDING.len());
        let beside = before_ending.and_then(|end| rest.get(..end)).unwrap_or_default();
        beside
            .chars()
            .all(|c| c.is_ascii_digit() || matches!(c, '.' | '-' | '_'))
    })
}

/// The day in a name of this account, and what stands after it.
fn day_and_rest<'a>(code: &ImportCode, name: &'a str) -> Option<(NaiveDate, &'a str)> {
    let (start, rest) = name.split_at_checked(code.as_str().len())?;
    let (digits, rest) = rest.split_at_checked(5)?;
    let is_ours = start.eq_ignore_ascii_case(code.as_str())
        && digits.bytes().all(|b| b.is_ascii_digit())
        && !rest.starts_with(|c: char| c.is_ascii_digit())
        && has_hl7_ending(rest);
    if !is_ours {
        return None;
    }
    let (yy, ddd) = digits.split_at_checked(2)?;
    let day = NaiveDate::from_yo_opt(2000 + yy.parse::<i32>().ok()?, ddd.parse().ok()?)?;
    Some((day, rest))
}

fn has_hl7_ending(text: &str) -> bool {
    text.len()
        .checked_sub(SameDayTemplate::ENDING.len())
        .and_then(|start| text.get(start..))
        .is_some_and(|ending| ending.eq_ignore_ascii_case(SameDayTemplate::ENDING))
}

#[cfg(test)]
mod tests {
    use std::{cell::Cell, collections::HashSet};

    use chrono::TimeZone;
    use chrono_tz::America::{Chicago, Denver};
    use proptest::prelude::*;

    use super::*;

    fn code(text: &str) -> ImportCode {
        ImportCode::parse(text).unwrap()
    }

    fn day(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).unwrap()
    }

    fn template(text: &str) -> SameDayTemplate {
        SameDayTemplate::parse(text).unwrap()
    }

    const DOTTED: &str = "{code}{yy}{ddd}.{n}.hl7";

    #[test]
    fn the_official_name_has_the_day_of_the_year() {
        for (date, name) in [
            (day(2026, 11, 20), "CLINIC0126324.hl7"),
            (day(2026, 1, 1), "CLINIC0126001.hl7"),
            (day(2026, 12, 31), "CLINIC0126365.hl7"),
            (day(2024, 2, 28), "CLINIC0124059.hl7"),
            (day(2024, 2, 29), "CLINIC0124060.hl7"),
            (day(2024, 3, 1), "CLINIC0124061.hl7"),
            (day(2025, 3, 1), "CLINIC0125060.hl7"),
            (day(2024, 12, 31), "CLINIC0124366.hl7"),
            (day(2009, 1, 9), "CLINIC0109009.hl7"),
            (day(2100, 3, 1), "CLINIC0100060.hl7"),
        ] {
            assert_eq!(official_name(&code("CLINIC01"), date), name);
        }
    }

    #[test]
    fn the_import_code_stands_in_the_name_as_it_is() {
        for text in ["nomihealtv", "7", "Clinic2026", "a.b-c_9"] {
            assert_eq!(official_name(&code(text), day(2026, 2, 1)), format!("{text}26032.hl7"));
        }
    }

    #[track_caller]
    fn check_day(utc: &str, zone: Tz, expected: NaiveDate) {
        let now: DateTime<Utc> = utc.parse().unwrap();
        assert_eq!(clinic_day(now, zone), expected, "{utc} in {zone}");
    }

    #[test]
    fn the_day_is_the_clinics_own_around_midnight() {
        // Winter: Chicago is six hours behind UTC, Denver seven.
        check_day("2026-01-01T05:59:00Z", Chicago, day(2025, 12, 31));
        check_day("2026-01-01T06:01:00Z", Chicago, day(2026, 1, 1));
        check_day("2026-01-01T06:59:00Z", Denver, day(2025, 12, 31));
        check_day("2026-01-01T07:01:00Z", Denver, day(2026, 1, 1));
        check_day("2026-01-01T05:59:00Z", Tz::UTC, day(2026, 1, 1));
        // Summer: five and six.
        check_day("2026-07-01T04:59:00Z", Chicago, day(2026, 6, 30));
        check_day("2026-07-01T05:01:00Z", Chicago, day(2026, 7, 1));
        check_day("2026-07-01T05:59:00Z", Denver, day(2026, 6, 30));
        check_day("2026-07-01T06:01:00Z", Denver, day(2026, 7, 1));
        check_day("2024-03-01T05:59:00Z", Chicago, day(2024, 2, 29));
    }

    #[test]
    fn the_day_holds_on_both_time_changes() {
        // 8 March 2026 begins in winter time and ends in summer time; 1 November the other way.
        check_day("2026-03-08T05:59:00Z", Chicago, day(2026, 3, 7));
        check_day("2026-03-08T06:01:00Z", Chicago, day(2026, 3, 8));
        check_day("2026-03-09T04:59:00Z", Chicago, day(2026, 3, 8));
        check_day("2026-03-09T05:01:00Z", Chicago, day(2026, 3, 9));
        check_day("2026-11-01T04:59:00Z", Chicago, day(2026, 10, 31));
        check_day("2026-11-01T05:01:00Z", Chicago, day(2026, 11, 1));
        check_day("2026-11-02T05:59:00Z", Chicago, day(2026, 11, 1));
        check_day("2026-11-02T06:01:00Z", Chicago, day(2026, 11, 2));
        check_day("2026-11-02T06:59:00Z", Denver, day(2026, 11, 1));
        check_day("2026-11-02T07:01:00Z", Denver, day(2026, 11, 2));
    }

    #[test]
    fn the_next_day_begins_at_the_clinics_midnight() {
        for (now, zone, midnight) in [
            ("2026-11-20T12:00:00Z", Chicago, "2026-11-21T06:00:00Z"),
            ("2026-11-21T05:59:59Z", Chicago, "2026-11-21T06:00:00Z"),
            ("2026-11-21T06:00:00Z", Chicago, "2026-11-22T06:00:00Z"),
            ("2025-12-31T18:00:00Z", Denver, "2026-01-01T07:00:00Z"),
            ("2026-03-08T12:00:00Z", Chicago, "2026-03-09T05:00:00Z"),
            ("2026-11-01T12:00:00Z", Chicago, "2026-11-02T06:00:00Z"),
            // Santiago has no midnight on 6 September 2026: the clocks go from 24:00 to 01:00.
            (
                "2026-09-05T12:00:00Z",
                chrono_tz::America::Santiago,
                "2026-09-06T04:00:00Z",
            ),
        ] {
            let expected: DateTime<Utc> = midnight.parse().unwrap();
            assert_eq!(next_midnight(now.parse().unwrap(), zone), expected, "{now} in {zone}");
        }
    }

    #[test]
    fn the_clinics_clock_and_its_day_agree_for_a_whole_year() {
        let start = Utc.with_ymd_and_hms(2026, 1, 1, 0, 0, 0).unwrap();
        for zone in [Chicago, Denver] {
            for half_hours in 0..366 * 48 {
                let now = start + chrono::TimeDelta::minutes(30 * half_hours);
                let shown = now.with_timezone(&zone).format("%y%j").to_string();
                assert_eq!(day_digits(clinic_day(now, zone)), shown);
            }
        }
    }

    #[test]
    fn the_second_file_of_a_day_takes_the_next_free_name() {
        let mut used = HashSet::new();
        for (number, name) in [
            (0, "CLINIC0126324.hl7"),
            (1, "CLINIC0126324.1.hl7"),
            (2, "CLINIC0126324.2.hl7"),
            (3, "CLINIC0126324.3.hl7"),
        ] {
            let free = first_free_name(&code("CLINIC01"), day(2026, 11, 20), &template(DOTTED), |name| {
                used.contains(name)
            });
            assert_eq!(
                (free.number, free.name.as_str(), free.day),
                (number, name, day(2026, 11, 20))
            );
            used.insert(free.name);
        }
        let tomorrow = first_free_name(&code("CLINIC01"), day(2026, 11, 21), &template(DOTTED), |name| {
            used.contains(name)
        });
        assert_eq!(tomorrow.name, "CLINIC0126325.hl7");
    }

    #[test]
    fn a_gap_among_the_used_names_is_filled() {
        let used = ["clinic0126324.hl7", "clinic0126324.2.HL7"];
        let is_used = |name: &str| used.iter().any(|used| used.eq_ignore_ascii_case(name));
        let free = first_free_name(&code("CLINIC01"), day(2026, 11, 20), &template(DOTTED), is_used);
        assert_eq!(free.name, "CLINIC0126324.1.hl7");
    }

    #[test]
    fn a_registry_where_every_name_is_used_ends_the_search() {
        let asked = Cell::new(0);
        let free = first_free_name(&code("CLINIC01"), day(2026, 11, 20), &template(DOTTED), |_| {
            asked.set(asked.get() + 1);
            true
        });
        assert_eq!((free.number, asked.get()), (10_000, 10_000));
        assert_eq!(free.name, "CLINIC0126324.10000.hl7");
    }

    #[test]
    fn the_day_is_read_back_from_a_name() {
        let ours = code("CLINIC01");
        for name in [
            "CLINIC0124366.hl7",
            "clinic0124366.HL7",
            "CLINIC0124366.1.hl7",
            "CLINIC0124366_part12.hl7",
        ] {
            assert_eq!(day_of_name(&ours, name), Some(day(2024, 12, 31)), "{name}");
        }
    }

    #[test]
    fn other_names_have_no_day() {
        for name in [
            "",
            "CLINIC01",
            "CLINIC0125366.hl7",
            "CLINIC0125000.hl7",
            "CLINIC012536.hl7",
            "CLINIC01253655.hl7",
            "CLINIC0125365",
            "CLINIC0125365.pdf",
            "CLINIC01+5365.hl7",
            "CLINIC0225365.hl7",
            "CLINIC01é5365.hl7",
            "CLINIC0é25365.hl7",
            "export 25365.hl7",
        ] {
            assert_eq!(day_of_name(&code("CLINIC01"), name), None, "{name}");
        }
    }

    #[test]
    fn a_name_that_holds_more_than_a_day_and_numbers_could_hold_a_patients_name() {
        for name in ["CLINIC0126324.hl7", "clinic0126324.1.HL7", "CLINIC0126324_2-3.hl7"] {
            assert!(holds_only_a_day(&code("CLINIC01"), name), "{name}");
        }
        for name in [
            "CLINIC0126324.quillfeather.hl7",
            "CLINIC0126324-é.hl7",
            "quillfeather.hl7",
            "CLINIC01quill.hl7",
            "",
        ] {
            assert!(!holds_only_a_day(&code("CLINIC01"), name), "{name}");
        }
    }

    #[test]
    fn an_import_code_that_begins_another_does_not_take_its_names() {
        let codes = [
            "CLINIC",
            "CLINIC0",
            "CLINIC01",
            "CLINIC26",
            "CLINIC26324",
            "CLINIC01-B",
            "clinicx",
        ];
        for owner in codes {
            let official = official_name(&code(owner), day(2026, 11, 20));
            let second = template(DOTTED).name(&code(owner), day(2026, 11, 20), 1);
            for other in codes.into_iter().filter(|other| *other != owner) {
                assert_eq!(day_of_name(&code(other), &official), None, "{official} for {other}");
                assert_eq!(day_of_name(&code(other), &second), None, "{second} for {other}");
            }
        }
    }

    proptest! {
        #[test]
        fn every_name_gives_its_day_back(
            text in "[A-Za-z0-9_][A-Za-z0-9_.-]{0,20}",
            days in 0_i64..36_500,
            number in 1_u32..10_000,
        ) {
            let (code, date) = (code(&text), day(2000, 1, 1) + chrono::TimeDelta::days(days));
            prop_assert_eq!(day_of_name(&code, &official_name(&code, date)), Some(date));
            prop_assert_eq!(day_of_name(&code, &template(DOTTED).name(&code, date, number)), Some(date));
        }

        #[test]
        fn any_name_is_read_without_a_panic(text in "[A-Z]{1,4}[0-9]{0,3}", name in "\\PC{0,20}") {
            day_of_name(&code(&text), &name);
            day_of_name(&code(&text), &format!("{text}{name}"));
        }
    }
}
