//! The characters that split a message, as its header declares them.

use memchr::memchr;

/// The delimiters of a message. Source: HL7 2.5.1, chapter 2, MSH-1 and MSH-2.
///
/// Each differs from the others. One that is not in use is `None`, and nothing is split by it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Delimiters {
    /// Between fields; usually `|`.
    pub field: u8,
    /// Between components; usually `^`.
    pub component: Option<u8>,
    /// Between repetitions; usually `~`.
    pub repetition: Option<u8>,
    /// Around an escape sequence; usually `\`.
    pub escape: Option<u8>,
    /// Between subcomponents; usually `&`.
    pub subcomponent: Option<u8>,
}

impl Default for Delimiters {
    fn default() -> Self {
        Self {
            field: b'|',
            component: Some(b'^'),
            repetition: Some(b'~'),
            escape: Some(b'\\'),
            subcomponent: Some(b'&'),
        }
    }
}

impl Delimiters {
    /// What an `MSH`, `FHS` or `BHS` segment declares, given the whole segment; `None` if its fourth byte cannot separate fields.
    ///
    /// A second field without a character means the usual ones. One that is too short leaves the rest unused, with one
    /// exception: `^~&` has lost its backslash on the way, so its `&` splits subcomponents. A letter, a digit or a character
    /// that has a part already is not used.
    pub fn declared_by(header: &[u8]) -> Option<Self> {
        let field = header.get(3).copied().filter(|b| can_delimit(*b))?;
        let encoding = header.get(4..).unwrap_or_default();
        let encoding = memchr(field, encoding)
            .and_then(|end| encoding.get(..end))
            .unwrap_or(encoding);
        let characters = match encoding {
            [] => [Some(b'^'), Some(b'~'), Some(b'\\'), Some(b'&')],
            [component, repetition, b'&'] => [Some(*component), Some(*repetition), None, Some(b'&')],
            shown => [0, 1, 2, 3].map(|place: usize| shown.get(place).copied()),
        };
        let mut taken = [Some(field), None, None, None, None];
        let [component, repetition, escape, subcomponent] = characters.map(|character| {
            let usable = character.filter(|b| can_delimit(*b) && !taken.contains(&Some(*b)))?;
            if let Some(free) = taken.iter_mut().find(|place| place.is_none()) {
                *free = Some(usable);
            }
            Some(usable)
        });
        Some(Self {
            field,
            component,
            repetition,
            escape,
            subcomponent,
        })
    }

    /// The same field separator, and nothing that splits a field: for MSH-1 and MSH-2.
    pub(super) fn verbatim(self) -> Self {
        Self {
            field: self.field,
            component: None,
            repetition: None,
            escape: None,
            subcomponent: None,
        }
    }
}

fn can_delimit(byte: u8) -> bool {
    byte.is_ascii_punctuation() || byte == b'\t'
}

/// Which delimiters hold: those of the message, and after it those of the batch and of the file again.
#[derive(Debug, Default)]
pub(super) struct Scopes {
    file: Option<Delimiters>,
    batch: Option<Delimiters>,
    current: Delimiters,
}

impl Scopes {
    /// The delimiters of this segment. A header declares its own; a trailer uses those of its header.
    pub(super) fn enter(&mut self, segment: &[u8]) -> Delimiters {
        let [a, b, c, after @ ..] = segment else {
            return self.current;
        };
        if after.first().is_some_and(u8::is_ascii_alphanumeric) {
            return self.current;
        }
        let declared = || Delimiters::declared_by(segment).unwrap_or_default();
        match [a, b, c].map(u8::to_ascii_uppercase) {
            [b'M', b'S', b'H'] => self.current = declared(),
            [b'B', b'H', b'S'] => {
                self.current = declared();
                self.batch = Some(self.current);
            }
            [b'F', b'H', b'S'] => {
                self.current = declared();
                self.file = Some(self.current);
                self.batch = None;
            }
            [b'B', b'T', b'S'] => self.current = self.batch.take().unwrap_or(self.current),
            [b'F', b'T', b'S'] => self.current = self.file.take().unwrap_or(self.current),
            _ => {}
        }
        self.current
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(header: &str, field: char, others: [Option<char>; 4]) {
        let byte = |c: char| u8::try_from(c).unwrap();
        let [component, repetition, escape, subcomponent] = others.map(|c| c.map(byte));
        let expected = Delimiters {
            field: byte(field),
            component,
            repetition,
            escape,
            subcomponent,
        };
        assert_eq!(Delimiters::declared_by(header.as_bytes()), Some(expected), "{header}");
    }

    #[test]
    fn a_header_declares_its_delimiters() {
        let usual = [Some('^'), Some('~'), Some('\\'), Some('&')];
        check(r"MSH|^~\&|EHR", '|', usual);
        check(r"MSH|^~\&", '|', usual);
        check(r"MSH|^~\&#|EHR", '|', usual);
        check(r"MSH|^~\&amp;|EHR", '|', usual);
        check("BHS*!%$+*EHR", '*', [Some('!'), Some('%'), Some('$'), Some('+')]);
        check("fhs\t^~\\&\tEHR", '\t', usual);
    }

    #[test]
    fn an_incomplete_declaration_splits_by_what_it_says_only() {
        check("MSH||EHR", '|', [Some('^'), Some('~'), Some('\\'), Some('&')]);
        check("MSH^^EHR", '^', [None, Some('~'), Some('\\'), Some('&')]);
        check("MSH|^~&|EHR", '|', [Some('^'), Some('~'), None, Some('&')]);
        check(r"MSH|^~\|EHR", '|', [Some('^'), Some('~'), Some('\\'), None]);
        check("MSH|^|EHR", '|', [Some('^'), None, None, None]);
        check("MSH|^^^^|EHR", '|', [Some('^'), None, None, None]);
        check("MSH|EHR|CLINIC", '|', [None, None, None, None]);
    }

    #[test]
    fn what_cannot_separate_fields_declares_nothing() {
        for header in ["", "MSH", "MSH ", "MSHA|", "MSH¦^~\\&¦", "MSH\0"] {
            assert_eq!(Delimiters::declared_by(header.as_bytes()), None, "{header:?}");
        }
    }

    #[test]
    fn trailers_use_the_delimiters_of_their_headers() {
        let mut scopes = Scopes::default();
        let mut field = |segment: &str| char::from(scopes.enter(segment.as_bytes()).field);
        assert_eq!(field("PID|1"), '|');
        assert_eq!(field(r"FHS!^~\&!"), '!');
        assert_eq!(field(r"BHS*^~\&*"), '*');
        assert_eq!(field(r"MSH|^~\&|"), '|');
        assert_eq!(field("PID|1"), '|');
        assert_eq!(field(r"MSH#^~\&#"), '#');
        assert_eq!(field("MSHX|^~"), '#');
        assert_eq!(field("PID#1"), '#');
        assert_eq!(field("BTS*1"), '*');
        assert_eq!(field("FTS!1"), '!');
        assert_eq!(field("BTS"), '!');
        assert_eq!(field("MSH"), '|');
    }
}
