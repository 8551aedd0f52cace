//! Days as an office counts them.

use chrono::{DateTime, Datelike, NaiveDate, Utc, Weekday};
use chrono_tz::Tz;

/// How many whole working days, Monday to Friday, lie between two days. Neither of them counts. Holidays are not known.
pub fn working_days_between(first: NaiveDate, last: NaiveDate) -> usize {
    first
        .iter_days()
        .skip(1)
        .take_while(|day| *day < last)
        .filter(|day| !matches!(day.weekday(), Weekday::Sat | Weekday::Sun))
        .count()
}

/// The moment at which this month began, by the calendar on the clinic's wall.
pub fn month_began(now: DateTime<Utc>, zone: Tz) -> DateTime<Utc> {
    let today = now.with_timezone(&zone).date_naive();
    let first = today.with_day(1).unwrap_or(today);
    // Where the clocks change at midnight, the day begins with the first moment that exists.
    (0..4)
        .filter_map(|hour| first.and_hms_opt(hour, 0, 0))
        .find_map(|time| time.and_local_timezone(zone).earliest())
        .map_or(now, |time| time.to_utc())
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
}
