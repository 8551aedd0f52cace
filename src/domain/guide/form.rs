//! Forms that a value can have. NIST states them as regular expressions.

/// A form that the guide demands of a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Form {
    /// `YYYYMMDD[HH[MM[SS[.SSSS]]]]`: at least a day, and no time zone.
    Day,
    /// `YYYYMMDDHHMMSS+ZZZZ`, with anything before the zone, such as fractions of a second.
    ZonedTime,
    /// An object identifier: `2.16.840.1.113883`.
    Oid,
    /// A whole number above zero.
    Positive,
}

impl Form {
    pub(super) const NAMES: [(&'static str, Self); 4] = [
        ("day", Self::Day),
        ("zoned-time", Self::ZonedTime),
        ("oid", Self::Oid),
        ("positive", Self::Positive),
    ];

    /// Whether a value has this form.
    pub fn fits(self, value: &[u8]) -> bool {
        match self {
            Self::Day => fits_day(value),
            Self::ZonedTime => fits_zoned_time(value),
            Self::Oid => fits_oid(value),
            Self::Positive => value.iter().all(u8::is_ascii_digit) && value.iter().any(|digit| *digit != b'0'),
        }
    }
}

fn fits_day(value: &[u8]) -> bool {
    let (moment, fraction) = match value.split_at_checked(14) {
        Some((moment, [b'.', fraction @ ..])) => (moment, Some(fraction)),
        _ => (value, None),
    };
    let is_fraction = |digits: &[u8]| digits.len() == 4 && digits.iter().all(u8::is_ascii_digit);
    matches!(moment.len(), 8 | 10 | 12 | 14) && is_moment(moment) && fraction.is_none_or(is_fraction)
}

fn fits_zoned_time(value: &[u8]) -> bool {
    let Some((moment, rest)) = value.split_at_checked(14) else {
        return false;
    };
    let Some((_, [sign, zone @ ..])) = rest.len().checked_sub(5).and_then(|start| rest.split_at_checked(start)) else {
        return false;
    };
    is_moment(moment) && matches!(sign, b'+' | b'-') && zone.iter().all(u8::is_ascii_digit)
}

fn fits_oid(value: &[u8]) -> bool {
    let is_arc = |arc: &[u8]| match arc {
        [b'0'] => true,
        [b'1'..=b'9', rest @ ..] => rest.iter().all(u8::is_ascii_digit),
        _ => false,
    };
    let mut arcs = value.split(|byte| *byte == b'.');
    matches!(arcs.next(), Some([b'0'..=b'2'])) && arcs.all(is_arc)
}

/// Whether these digits are a year, a month, a day, and as much of a time as there is. The month may be shorter.
fn is_moment(digits: &[u8]) -> bool {
    let most = [u8::MAX, u8::MAX, 12, 31, 23, 59, 59];
    let least = [0, 0, 1, 1, 0, 0, 0];
    digits
        .chunks(2)
        .zip(most.iter().zip(&least))
        .all(|(pair, (most, least))| match pair {
            [tens @ b'0'..=b'9', ones @ b'0'..=b'9'] => {
                let number = (tens - b'0') * 10 + (ones - b'0');
                (least..=most).contains(&&number)
            }
            _ => false,
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// These values have the form, and those have not.
    #[track_caller]
    fn check(form: Form, yes: &[&str], no: &[&str]) {
        for value in yes {
            assert!(form.fits(value.as_bytes()), "{value:?} is a {form:?}");
        }
        for value in no {
            assert!(!form.fits(value.as_bytes()), "{value:?} is no {form:?}");
        }
    }

    #[test]
    fn a_day_may_have_a_time_but_no_zone() {
        check(
            Form::Day,
            &[
                "20261120",
                "2026112015",
                "202611201530",
                "20261120153059",
                "20261120153059.1234",
                "20260231",
            ],
            &[
                "",
                "2026",
                "202611",
                "2026112",
                "20261320",
                "20260020",
                "20261132",
                "20261100",
                "2026112024",
                "202611201560",
                "20261120153060",
                "20261120153059.123",
                "20261120153059.",
                "20261120-0600",
                "20261120153059-0600",
                "2026-11-20",
                "2026112O",
                " 20261120",
            ],
        );
    }

    #[test]
    fn a_zoned_time_has_seconds_and_a_zone() {
        check(
            Form::ZonedTime,
            &[
                "20261120153059-0600",
                "20261120153059.12+0000",
                "20261120153059.1234-0600",
            ],
            &[
                "",
                "20261120153059",
                "202611201530-0600",
                "20261120153059-06",
                "20261120153059Z",
                "20261320153059-0600",
            ],
        );
    }

    #[test]
    fn an_object_identifier_is_numbers_with_points() {
        check(
            Form::Oid,
            &["2.16.840.1.113883.3.72", "1.0", "2"],
            &["", "3.1", "2.", "2..1", "2.01", "2.16.x", ".2", "2.16 "],
        );
    }

    #[test]
    fn a_positive_number_counts_from_one() {
        check(
            Form::Positive,
            &["1", "01", "120"],
            &["", "0", "000", "-1", "1.5", "one"],
        );
    }
}
