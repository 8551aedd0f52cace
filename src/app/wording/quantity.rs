//! Numbers, sizes, dates and times as people say them.

use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, TimeDelta, Utc};
use chrono_tz::Tz;

/// `1 patient`, `40 patients`, `1,200 patients`.
pub fn count(n: u64, one: &str, many: &str) -> String {
    format!("{} {}", thousands(n), if n == 1 { one } else { many })
}

/// `1,234,567`
pub fn thousands(n: u64) -> String {
    let digits = n.to_string();
    let mut shown = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            shown.push(',');
        }
        shown.push(digit);
    }
    shown
}

/// `84 KB`, `1.2 MB`: 1 KB is 1,000 bytes, as file managers of the day count.
pub fn size(bytes: u64) -> String {
    const UNITS: [(&str, u64); 3] = [("GB", 1_000_000_000), ("MB", 1_000_000), ("KB", 1_000)];
    match UNITS.into_iter().find(|(_, unit)| bytes >= *unit) {
        Some((name, unit)) if bytes >= unit * 10 => format!("{} {name}", thousands(bytes / unit)),
        Some((name, unit)) => format!("{}.{} {name}", bytes / unit, bytes % unit * 10 / unit),
        None => count(bytes, "byte", "bytes"),
    }
}

/// `Friday, November 20`; with the year where it is not this one.
pub fn day(day: NaiveDate, today: NaiveDate) -> String {
    if day.year() == today.year() {
        day.format("%A, %B %-d").to_string()
    } else {
        day.format("%A, %B %-d, %Y").to_string()
    }
}

/// `9:12 AM` in the clinic's zone.
pub fn time(at: DateTime<Utc>, zone: Tz) -> String {
    at.with_timezone(&zone).format("%-I:%M %p").to_string()
}

/// `Friday, November 20, 2026, 9:12:05 AM CST`, for a paper that is kept.
pub fn full_time(at: DateTime<Utc>, zone: Tz) -> String {
    at.with_timezone(&zone)
        .format("%A, %B %-d, %Y, %-I:%M:%S %p %Z")
        .to_string()
}

/// `Nov 20, 2026, 9:12:05 AM CST`, for a column of a paper that is kept: a line may end between day and time only.
pub fn paper_moment(at: DateTime<Utc>, zone: Tz) -> String {
    at.with_timezone(&zone)
        .format("%b\u{a0}%-d,\u{a0}%Y, %-I:%M:%S\u{a0}%p\u{a0}%Z")
        .to_string()
}

/// `today at 9:12 AM`, `Friday, November 20, at 9:12 AM`.
pub fn day_and_time(at: DateTime<Utc>, now: DateTime<Utc>, zone: Tz) -> String {
    let (then, today) = (
        at.with_timezone(&zone).date_naive(),
        now.with_timezone(&zone).date_naive(),
    );
    if then == today {
        format!("today at {}", time(at, zone))
    } else {
        format!("{}, at {}", day(then, today), time(at, zone))
    }
}

/// `today at 9:12 AM`, `November 20, 2026, at 9:12 AM`.
pub fn day_and_time_of_any_year(at: DateTime<Utc>, now: DateTime<Utc>, zone: Tz) -> String {
    let (then, today) = (
        at.with_timezone(&zone).date_naive(),
        now.with_timezone(&zone).date_naive(),
    );
    if then == today {
        format!("today at {}", time(at, zone))
    } else {
        format!("{}, at {}", then.format("%B %-d, %Y"), time(at, zone))
    }
}

/// `listed with November 20, 2026`: a server's listing has a clock and a zone of its own, so it is no day of the clinic's.
pub fn listed(at: NaiveDateTime) -> String {
    format!("listed with {}", at.format("%B %-d, %Y"))
}

/// `Nov 20, 9:12 AM`, for a place with little room.
pub fn short_moment(at: DateTime<Utc>, zone: Tz) -> String {
    at.with_timezone(&zone).format("%b %-d, %-I:%M %p").to_string()
}

/// `9:12 AM` on the same day, else `Nov 20, 9:12 AM`.
pub fn short_moment_beside(at: DateTime<Utc>, now: DateTime<Utc>, zone: Tz) -> String {
    let day = |at: DateTime<Utc>| at.with_timezone(&zone).date_naive();
    if day(at) == day(now) {
        time(at, zone)
    } else {
        short_moment(at, zone)
    }
}

/// `November 1 to 20`, `October 28 to November 3`, `November 5`.
pub fn span(first: NaiveDate, last: NaiveDate) -> String {
    let long = "%B %-d";
    if first == last {
        return first.format(long).to_string();
    }
    if first.year() != last.year() {
        return format!("{} to {}", first.format("%B %-d, %Y"), last.format("%B %-d, %Y"));
    }
    let end = if first.month() == last.month() { "%-d" } else { long };
    format!("{} to {}", first.format(long), last.format(end))
}

/// `a few seconds`, `40 seconds`, `3 minutes`, `2 hours`: rounded up, never a false promise of precision.
pub fn duration(left: TimeDelta) -> String {
    match left.num_seconds().max(0).unsigned_abs() {
        0..=9 => "a few seconds".to_owned(),
        seconds @ 10..=59 => format!("{} seconds", seconds.div_ceil(10) * 10),
        seconds @ 60..=3599 => count(seconds.div_ceil(60), "minute", "minutes"),
        seconds => count(seconds.div_ceil(3600), "hour", "hours"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_and_counts_read_as_people_say_them() {
        assert_eq!(size(0), "0 bytes");
        assert_eq!(size(1), "1 byte");
        assert_eq!(size(999), "999 bytes");
        assert_eq!(size(1_000), "1.0 KB");
        assert_eq!(size(84_400), "84 KB");
        assert_eq!(size(1_299_999), "1.2 MB");
        assert_eq!(size(3_000_000_000), "3.0 GB");
        assert_eq!(size(u64::MAX), "18,446,744,073 GB");
        assert_eq!(count(1, "patient", "patients"), "1 patient");
        assert_eq!(count(1_234_567, "patient", "patients"), "1,234,567 patients");
    }

    #[test]
    fn spans_name_a_month_once() {
        let day = |m, d| NaiveDate::from_ymd_opt(2026, m, d).unwrap();
        assert_eq!(span(day(11, 1), day(11, 20)), "November 1 to 20");
        assert_eq!(span(day(10, 28), day(11, 3)), "October 28 to November 3");
        assert_eq!(span(day(11, 5), day(11, 5)), "November 5");
        let before = NaiveDate::from_ymd_opt(2025, 12, 30).unwrap();
        assert_eq!(span(before, day(1, 4)), "December 30, 2025 to January 4, 2026");
    }

    #[test]
    fn times_are_the_clinics_own() {
        let at: DateTime<Utc> = "2026-11-20T15:12:05Z".parse().unwrap();
        assert_eq!(time(at, chrono_tz::America::Chicago), "9:12 AM");
        assert_eq!(time(at, chrono_tz::America::Denver), "8:12 AM");
        assert_eq!(
            full_time(at, chrono_tz::America::Chicago),
            "Friday, November 20, 2026, 9:12:05 AM CST"
        );
        let next_day = at + TimeDelta::days(1);
        assert_eq!(day_and_time(at, at, chrono_tz::America::Chicago), "today at 9:12 AM");
        assert_eq!(
            day_and_time(at, next_day, chrono_tz::America::Chicago),
            "Friday, November 20, at 9:12 AM"
        );
    }

    #[test]
    fn time_left_is_rounded_up() {
        let shown = |seconds| duration(TimeDelta::seconds(seconds));
        assert_eq!(shown(-5), "a few seconds");
        assert_eq!(shown(41), "50 seconds");
        assert_eq!(shown(60), "1 minute");
        assert_eq!(shown(61), "2 minutes");
        assert_eq!(shown(3601), "2 hours");
    }
}
