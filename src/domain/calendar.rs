//! Days as an office counts them.

use std::{fmt, ops::Range, str::FromStr};

use chrono::{DateTime, Datelike, Months, NaiveDate, Utc, Weekday};
use chrono_tz::Tz;
use thiserror::Error;

/// How many whole working days, Monday to Friday, lie between two days. Neither of them counts. Holidays are not known.
pub fn working_days_between(first: NaiveDate, last: NaiveDate) -> usize {
    first
        .iter_days()
        .skip(1)
        .take_while(|day| *day < last)
        .filter(|day| !matches!(day.weekday(), Weekday::Sat | Weekday::Sun))
        .count()
}

/// The first moment of a day. Where the clocks change at midnight, the day begins with the first moment that exists.
pub fn day_begins(day: NaiveDate, zone: Tz) -> Option<DateTime<Utc>> {
    (0..4)
        .filter_map(|hour| day.and_hms_opt(hour, 0, 0))
        .find_map(|time| time.and_local_timezone(zone).earliest())
        .map(|time| time.to_utc())
}

/// The moment at which this month began, by the calendar on the clinic's wall.
pub fn month_began(now: DateTime<Utc>, zone: Tz) -> DateTime<Utc> {
    let this_month = Month::of(now.with_timezone(&zone).date_naive());
    day_begins(this_month.first, zone).unwrap_or(now)
}

/// A month of the calendar, written `2026-11`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month {
    first: NaiveDate,
}

/// A text that names no month.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("a month is written as year and month, for example 2026-11")]
pub struct NoMonth;

impl Month {
    /// The month of this day.
    pub fn of(day: NaiveDate) -> Self {
        Self {
            first: day.with_day(1).unwrap_or(day),
        }
    }

    /// Its first day.
    pub fn first(self) -> NaiveDate {
        self.first
    }

    /// Its last day.
    pub fn last(self) -> NaiveDate {
        self.after().first.pred_opt().unwrap_or(self.first)
    }

    /// The month before it.
    #[must_use]
    pub fn before(self) -> Self {
        Self {
            first: self.first.checked_sub_months(Months::new(1)).unwrap_or(self.first),
        }
    }

    /// The month after it.
    #[must_use]
    pub fn after(self) -> Self {
        Self {
            first: self.first.checked_add_months(Months::new(1)).unwrap_or(self.first),
        }
    }

    /// From its first moment to the first one of the next month, by the calendar on the clinic's wall.
    pub fn moments(self, zone: Tz) -> Range<DateTime<Utc>> {
        let begins = |day| day_begins(day, zone).unwrap_or(DateTime::UNIX_EPOCH);
        begins(self.first)..begins(self.after().first)
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.first.format("%Y-%m"))
    }
}

impl FromStr for Month {
    type Err = NoMonth;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (year, month) = text.split_once('-').ok_or(NoMonth)?;
        let is_written_so = |part: &str, digits| part.len() == digits && part.bytes().all(|b| b.is_ascii_digit());
        if !is_written_so(year, 4) || !is_written_so(month, 2) {
            return Err(NoMonth);
        }
        let first = year
            .parse()
            .ok()
            .zip(month.parse().ok())
            .and_then(|(year, month)| NaiveDate::from_ymd_opt(year, month, 1));
        first.map(Self::of).ok_or(NoMonth)
    }
}

#[cfg(test)]
mod tests {
    use chrono_tz::America::Chicago;

    use super::*;

    fn november(day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, day).unwrap()
    }

    #[test]
    fn a_weekend_is_no_working_day() {
        // November 20, 2026 is a Friday.
        for (last, days) in [(20, 0), (21, 0), (23, 0), (24, 1), (25, 2), (26, 3), (27, 4), (30, 5)] {
            assert_eq!(working_days_between(november(20), november(last)), days, "until {last}");
        }
        assert_eq!(working_days_between(november(21), november(24)), 1);
        assert_eq!(working_days_between(november(16), november(20)), 3);
    }

    #[test]
    fn nothing_lies_between_a_day_and_an_earlier_one() {
        assert_eq!(working_days_between(november(20), november(2)), 0);
    }

    #[test]
    fn a_month_begins_at_the_clinics_midnight() {
        for (now, began) in [
            ("2026-11-20T15:12:00Z", "2026-11-01T05:00:00Z"),
            ("2026-12-01T05:59:59Z", "2026-11-01T05:00:00Z"),
            ("2026-12-01T06:00:00Z", "2026-12-01T06:00:00Z"),
        ] {
            let now: DateTime<Utc> = now.parse().unwrap();
            assert_eq!(month_began(now, Chicago), began.parse::<DateTime<Utc>>().unwrap());
        }
    }

    #[test]
    fn a_month_is_read_as_it_is_written() {
        for text in ["2026-11", "2024-02", "0001-01", "9999-12"] {
            assert_eq!(text.parse::<Month>().unwrap().to_string(), text);
        }
        for bad in [
            "",
            "2026",
            "2026-13",
            "2026-00",
            "26-11",
            "2026-1",
            "2026-11-20",
            "+026-11",
            "2026-1a",
            "11-2026",
        ] {
            assert_eq!(bad.parse::<Month>(), Err(NoMonth), "{bad:?}");
        }
    }

    #[test]
    fn months_follow_each_other_over_the_year_and_know_their_last_day() {
        let month = |text: &str| text.parse::<Month>().unwrap();
        assert_eq!(month("2026-01").before(), month("2025-12"));
        assert_eq!(month("2025-12").after(), month("2026-01"));
        assert_eq!(month("2024-02").last(), NaiveDate::from_ymd_opt(2024, 2, 29).unwrap());
        assert_eq!(Month::of(november(20)), month("2026-11"));
    }

    #[test]
    fn a_month_lasts_from_midnight_to_midnight_also_when_the_clocks_change_in_it() {
        let moments = "2026-11".parse::<Month>().unwrap().moments(Chicago);
        assert_eq!(
            moments.start,
            "2026-11-01T05:00:00Z".parse::<DateTime<Utc>>().unwrap(),
            "summer time"
        );
        assert_eq!(
            moments.end,
            "2026-12-01T06:00:00Z".parse::<DateTime<Utc>>().unwrap(),
            "winter time"
        );
    }
}
