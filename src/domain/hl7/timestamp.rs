//! Days and times as HL7 writes them.

use std::fmt;

use chrono::{Datelike, Days, FixedOffset, Months, NaiveDate, NaiveTime};

use super::part::Part;

/// A day or a time, as exact as the sender knew it: `YYYY[MM[DD[HH[MM[SS[.S…]]]]]][±ZZZZ]`.
///
/// Source: HL7 2.5.1, chapter 2.A, DTM. It is a day of the calendar in the years 1 to 9999. Its `Debug` shows how exact it is only,
/// since it can be a birth date.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Timestamp {
    first_day: NaiveDate,
    time: NaiveTime,
    precision: Precision,
    zone: Option<FixedOffset>,
}

/// Down to what a time is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Precision {
    /// `2019`
    Year,
    /// `201904`
    Month,
    /// `20190402`
    Day,
    /// `2019040217`
    Hour,
    /// `201904021730`
    Minute,
    /// `20190402173000`, with or without a fraction.
    Second,
}

/// What stands where a value of one kind is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reading<T> {
    /// Nothing.
    Empty,
    /// The HL7 null: what was there before is to be deleted.
    Null,
    /// Something else.
    Other,
    /// A value.
    Is(T),
}

impl<T> Reading<T> {
    /// The value, where there is one.
    pub fn value(self) -> Option<T> {
        match self {
            Self::Is(value) => Some(value),
            Self::Empty | Self::Null | Self::Other => None,
        }
    }
}

impl Timestamp {
    /// What these bytes say, spaces around them or not; `None` where they are no time.
    pub fn parse(bytes: &[u8]) -> Option<Self> {
        let (stamp, zone) = split_zone(bytes.trim_ascii())?;
        let (digits, fraction) = match stamp.iter().position(|byte| *byte == b'.') {
            Some(point) => (stamp.get(..point)?, stamp.get(point + 1..)),
            None => (stamp, None),
        };
        let precision = match digits.len() {
            4 => Precision::Year,
            6 => Precision::Month,
            8 => Precision::Day,
            10 => Precision::Hour,
            12 => Precision::Minute,
            14 => Precision::Second,
            _ => return None,
        };
        if let Some(fraction) = fraction
            && (precision != Precision::Second || number(fraction).is_none())
        {
            return None;
        }
        let part = |from: usize, to: usize, unsaid: u32| digits.get(from..to).map_or(Some(unsaid), number);
        let year = i32::try_from(part(0, 4, 0)?).ok().filter(|year| *year > 0)?;
        Some(Self {
            first_day: NaiveDate::from_ymd_opt(year, part(4, 6, 1)?, part(6, 8, 1)?)?,
            time: NaiveTime::from_hms_opt(part(8, 10, 0)?, part(10, 12, 0)?, part(12, 14, 0)?)?,
            precision,
            zone,
        })
    }

    /// What a component, or a field without components, says.
    pub fn read<Level>(part: &Part<'_, Level>) -> Reading<Self> {
        if part.is_null() {
            return Reading::Null;
        }
        match part.bytes().trim_ascii() {
            [] => Reading::Empty,
            bytes => Self::parse(bytes).map_or(Reading::Other, Reading::Is),
        }
    }

    /// The day; `None` where only month or year are told.
    pub fn day(&self) -> Option<NaiveDate> {
        (self.precision >= Precision::Day).then_some(self.first_day)
    }

    /// The first day that it can mean.
    pub fn first_day(&self) -> NaiveDate {
        self.first_day
    }

    /// The last day that it can mean.
    pub fn last_day(&self) -> NaiveDate {
        let next = match self.precision {
            Precision::Year => self.first_day.checked_add_months(Months::new(12)),
            Precision::Month => self.first_day.checked_add_months(Months::new(1)),
            Precision::Day | Precision::Hour | Precision::Minute | Precision::Second => return self.first_day,
        };
        next.and_then(|next| next.checked_sub_days(Days::new(1)))
            .unwrap_or(self.first_day)
    }

    /// The time of that day; midnight where none is told.
    pub fn time(&self) -> NaiveTime {
        self.time
    }

    /// Down to what it is told.
    pub fn precision(&self) -> Precision {
        self.precision
    }

    /// Its time zone, where it is told.
    pub fn zone(&self) -> Option<FixedOffset> {
        self.zone
    }

    /// Whether it is earlier by the calendar, whatever the day is that it leaves open.
    pub fn is_before(&self, other: &Self) -> bool {
        self.last_day() < other.first_day
    }

    /// Whole years from it to a day: somebody's age, if they were born then. Of a year or a month the first day counts, and
    /// there are none to an earlier day.
    pub fn years_until(&self, day: NaiveDate) -> u32 {
        day.years_since(self.first_day).unwrap_or_default()
    }

    /// Whether its year is one in which patients and vaccinations of today can have a date: 1900 to 2100.
    pub fn is_of_these_times(&self) -> bool {
        (1900..=2100).contains(&self.first_day.year())
    }
}

impl fmt::Debug for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Timestamp({:?})", self.precision)
    }
}

/// What stands before the zone, and the zone.
fn split_zone(bytes: &[u8]) -> Option<(&[u8], Option<FixedOffset>)> {
    let Some(at) = bytes.iter().position(|byte| matches!(byte, b'+' | b'-')) else {
        return Some((bytes, None));
    };
    let (stamp, zone) = bytes.split_at_checked(at)?;
    let &[sign, ref digits @ ..] = zone else { return None };
    if digits.len() != 4 {
        return None;
    }
    let number = i32::try_from(number(digits)?).ok()?;
    let (hours, minutes) = (number / 100, number % 100);
    if hours > 14 || minutes > 59 {
        return None;
    }
    let seconds = (hours * 60 + minutes) * 60;
    let zone = if sign == b'+' {
        FixedOffset::east_opt(seconds)
    } else {
        FixedOffset::west_opt(seconds)
    };
    Some((stamp, Some(zone?)))
}

/// The number that these digits are.
fn number(digits: &[u8]) -> Option<u32> {
    let mut number = (!digits.is_empty()).then_some(0_u32)?;
    for digit in digits {
        let digit = digit.checked_sub(b'0').filter(|digit| *digit < 10)?;
        number = number.checked_mul(10)?.checked_add(digit.into())?;
    }
    Some(number)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn day(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).unwrap()
    }

    #[track_caller]
    fn check(text: &str, precision: Precision, first: NaiveDate, last: NaiveDate) -> Timestamp {
        let stamp = Timestamp::parse(text.as_bytes()).expect(text);
        assert_eq!(
            (stamp.precision(), stamp.first_day(), stamp.last_day()),
            (precision, first, last),
            "{text}"
        );
        stamp
    }

    #[test]
    fn a_time_is_as_exact_as_it_is_told() {
        let born = day(2024, 2, 29);
        check("2024", Precision::Year, day(2024, 1, 1), day(2024, 12, 31));
        check("202402", Precision::Month, day(2024, 2, 1), born);
        check("20240229", Precision::Day, born, born);
        check("2024022917", Precision::Hour, born, born);
        check(" 202402291730 ", Precision::Minute, born, born);
        let exact = check("20240229173005.994-0600", Precision::Second, born, born);
        assert_eq!(exact.time(), NaiveTime::from_hms_opt(17, 30, 5).unwrap());
        assert_eq!(exact.zone(), FixedOffset::west_opt(6 * 3600));
        let zoned = check("20240229+0530", Precision::Day, born, born);
        assert_eq!(zoned.zone(), FixedOffset::east_opt(5 * 3600 + 1800));
        assert_eq!(zoned.day(), Some(born));
        assert_eq!(Timestamp::parse(b"202402").unwrap().day(), None);
        check("9999", Precision::Year, day(9999, 1, 1), day(9999, 12, 31));
    }

    #[test]
    fn what_is_no_time_is_none() {
        for text in [
            "",
            " ",
            "\"\"",
            "20230229",
            "20241301",
            "20240001",
            "20240200",
            "00000000",
            "0000",
            "2024-02-29",
            "02/29/2024",
            "2O240229",
            "202402291",
            "2024022924",
            "202402291760",
            "20240229173060",
            "20240229173005.",
            "202402291730.5",
            "20240229Z",
            "20240229-06",
            "20240229-1500",
            "20240229-0660",
            "20240229-",
            "-0600",
            "+2024022",
        ] {
            assert_eq!(Timestamp::parse(text.as_bytes()), None, "{text:?}");
        }
    }

    #[test]
    fn earlier_is_what_cannot_be_the_same_day() {
        let is_before = |one: &[u8], other: &[u8]| {
            let [one, other] = [one, other].map(|text| Timestamp::parse(text).unwrap());
            one.is_before(&other)
        };
        assert!(is_before(b"20240228", b"20240229"));
        assert!(!is_before(b"202402", b"20240229"));
        assert!(is_before(b"202401", b"20240229"));
        assert!(!is_before(b"20240229", b"2024"));
        assert!(!is_before(b"20240229", b"20240229"));
    }

    #[test]
    fn years_are_whole() {
        let born = Timestamp::parse(b"20061121").unwrap();
        assert_eq!(born.years_until(day(2026, 11, 20)), 19);
        assert_eq!(born.years_until(day(2026, 11, 21)), 20);
        assert_eq!(born.years_until(day(2001, 1, 1)), 0);
    }

    proptest! {
        #[test]
        fn any_bytes_are_read(bytes in prop::collection::vec(any::<u8>(), 0..30)) {
            if let Some(stamp) = Timestamp::parse(&bytes) {
                prop_assert!(stamp.first_day() <= stamp.last_day());
            }
        }

        #[test]
        fn any_day_is_read(days in 0_i32..40_000) {
            let day = day(1990, 1, 1) + chrono::TimeDelta::days(days.into());
            let text = day.format("%Y%m%d").to_string();
            prop_assert_eq!(Timestamp::parse(text.as_bytes()).and_then(|stamp| stamp.day()), Some(day));
        }
    }
}
