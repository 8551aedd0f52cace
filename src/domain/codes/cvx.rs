//! The number of a vaccine.

use std::fmt;

/// A CVX code. The CDC writes it with at least two digits: `08`, `115`.
///
/// Senders lose the zero (`8`) or add one (`008`), mostly in a spreadsheet. Both mean the same vaccine, since no two codes
/// differ in zeros alone; but a registry may compare letter by letter, so [`Cvx::is_written`] tells them apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Cvx(u16);

impl Cvx {
    /// The code in a value, whatever zeros and spaces stand before or after it. `None` where it is no number up to 65535.
    pub fn parse(value: &[u8]) -> Option<Self> {
        let digits = value.trim_ascii();
        let number = digits.iter().try_fold(0u16, |number, digit| {
            let digit = char::from(*digit).to_digit(10)?;
            number.checked_mul(10)?.checked_add(u16::try_from(digit).ok()?)
        })?;
        (!digits.is_empty()).then_some(Self(number))
    }

    /// Whether a value is written as in the CDC's table.
    pub fn is_written(self, value: &[u8]) -> bool {
        let length = match self.0 {
            ..=99 => 2,
            100..=999 => 3,
            1000..=9999 => 4,
            10000.. => 5,
        };
        value.len() == length && value.iter().all(u8::is_ascii_digit) && Self::parse(value) == Some(self)
    }
}

impl fmt::Display for Cvx {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_the_same_with_any_zeros_and_spaces() {
        let hepatitis_b = Cvx::parse(b"08").unwrap();
        for value in ["8", "08", "008", "00000000008", " 08", "08  "] {
            assert_eq!(Cvx::parse(value.as_bytes()), Some(hepatitis_b), "{value:?}");
        }
        assert_ne!(Cvx::parse(b"80"), Some(hepatitis_b));
    }

    #[test]
    fn only_one_way_of_writing_it_is_the_tables() {
        for (value, is_written) in [
            ("08", true),
            ("8", false),
            ("008", false),
            ("08 ", false),
            (" 8", false),
            ("20", true),
            ("020", false),
            ("115", true),
            ("0115", false),
            ("1000", true),
            ("65535", true),
        ] {
            let cvx = Cvx::parse(value.as_bytes()).unwrap();
            assert_eq!(cvx.is_written(value.as_bytes()), is_written, "{value:?}");
            assert_eq!(cvx.to_string() == value, is_written, "{value:?}");
        }
        assert!(!Cvx::parse(b"08").unwrap().is_written(b"09"));
    }

    #[test]
    fn what_is_no_number_is_no_code() {
        for value in [
            "",
            " ",
            "MMR",
            "8a",
            "-8",
            "+8",
            "0 8",
            "8.0",
            "65536",
            "99999999999999999999",
        ] {
            assert_eq!(Cvx::parse(value.as_bytes()), None, "{value:?}");
        }
    }
}
