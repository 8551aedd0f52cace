//! Codes as HL7 writes them: CE, CWE, or a single code (IS, ID).

use std::fmt;

use super::part::Repetition;

/// A coded value: a code of one system, and perhaps the same in another. Spaces around are left away; what is missing or null
/// is empty. Source: HL7 2.5.1, chapter 2.A, CE and CWE.
///
/// Its `Debug` shows nothing, since any value can stand in the wrong field.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Coded<'a> {
    /// Component 1.
    pub code: &'a [u8],
    /// Component 3: the table that the code is of.
    pub system: &'a [u8],
    /// Component 4.
    pub alternate: &'a [u8],
    /// Component 6: the table that the alternate code is of.
    pub alternate_system: &'a [u8],
}

impl<'a> Coded<'a> {
    /// What a value says.
    pub fn of(value: &Repetition<'a>) -> Self {
        let mut parts: [&[u8]; 6] = [&[]; 6];
        for (place, component) in parts.iter_mut().zip(value.components()) {
            *place = component.value();
        }
        let [code, _, system, alternate, _, alternate_system] = parts;
        Self {
            code,
            system,
            alternate,
            alternate_system,
        }
    }

    /// Whether there is no code at all.
    pub fn is_empty(&self) -> bool {
        self.code.is_empty() && self.alternate.is_empty()
    }

    /// The code, or the alternate one where there is no other.
    pub fn any(&self) -> &'a [u8] {
        if self.code.is_empty() {
            self.alternate
        } else {
            self.code
        }
    }

    /// The code and its component's number, where one of the two is of this system, in any case: `b"CVX"`.
    pub fn of_system(&self, system: &[u8]) -> Option<(&'a [u8], usize)> {
        let pairs = [(self.code, self.system, 1), (self.alternate, self.alternate_system, 4)];
        let is_of = |(code, of, _): &(&[u8], &[u8], usize)| !code.is_empty() && of.eq_ignore_ascii_case(system);
        pairs.into_iter().find(is_of).map(|(code, _, number)| (code, number))
    }

    /// Whether it says in a code that the value is not known or not told: `UNK`, `ASKU`, `NASK`, `NI`, `NAV`, `MSK`, `OTH`.
    /// Source: HL7 version 3, `NullFlavor`, as the national guide takes it over.
    pub fn is_null_flavor(&self) -> bool {
        matches!(
            self.any(),
            b"UNK" | b"ASKU" | b"NASK" | b"NI" | b"NAV" | b"MSK" | b"OTH"
        )
    }
}

impl fmt::Debug for Coded<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Coded")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::hl7::Tokenizer;

    fn check(value: &str, look: impl Fn(Coded<'_>)) {
        let mut tokenizer = Tokenizer::new();
        tokenizer.feed(format!("PID|{value}\r").as_bytes(), &mut |_| {});
        tokenizer.finish(&mut |segment| look(Coded::of(&segment.field(1).unwrap().first())));
    }

    #[test]
    fn a_code_is_found_by_its_system() {
        check("49281-0560-05^Pentacel^NDC^ 120 ^DTaP-Hib-IPV^cvx", |coded| {
            assert_eq!(coded.of_system(b"CVX"), Some((&b"120"[..], 4)));
            assert_eq!(coded.of_system(b"NDC"), Some((&b"49281-0560-05"[..], 1)));
            assert_eq!(coded.of_system(b"MVX"), None);
            assert_eq!(coded.any(), b"49281-0560-05");
        });
        check("^^^120^^CVX", |coded| {
            assert_eq!((coded.any(), coded.is_empty()), (&b"120"[..], false));
        });
    }

    #[test]
    fn what_is_null_or_missing_is_empty() {
        for value in ["", "^^", "\"\"", "^Influenza^CVX", "\"\"^\"\"^\"\"~08^^CVX"] {
            check(value, |coded| assert!(coded.is_empty(), "{value}"));
        }
    }

    #[test]
    fn what_is_not_known_can_be_told_in_a_code() {
        for value in ["UNK^Unknown^NULLFL", "ASKU", "^^^NI"] {
            check(value, |coded| assert!(coded.is_null_flavor(), "{value}"));
        }
        check("2106-3^White^CDCREC", |coded| assert!(!coded.is_null_flavor()));
    }
}
