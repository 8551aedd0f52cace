//! The text that a value stands for, once its escape sequences are resolved.

use std::borrow::Cow;

use memchr::memchr;

use super::delimiters::Delimiters;

/// Resolves `\F\`, `\S\`, `\T\`, `\R\`, `\E\` and `\X…\` (pairs of hexadecimal digits). Source: HL7 2.5.1, chapter 2.7.
///
/// Everything else stays as it stands: formatting such as `\.br\`, other sequences, a lone escape character.
pub fn unescape<'a>(value: &'a [u8], delimiters: &Delimiters) -> Cow<'a, [u8]> {
    let Some(escape) = delimiters.escape.filter(|escape| memchr(*escape, value).is_some()) else {
        return Cow::Borrowed(value);
    };
    let mut text = Vec::with_capacity(value.len());
    let mut rest = value;
    while let Some((plain, sequence, after)) = split_sequence(rest, escape) {
        text.extend_from_slice(plain);
        if let Some(bytes) = resolve(sequence, delimiters, escape) {
            text.extend_from_slice(&bytes);
            rest = after;
        } else {
            // The closing character may open the next sequence.
            text.push(escape);
            text.extend_from_slice(sequence);
            rest = rest.get(plain.len() + 1 + sequence.len()..).unwrap_or_default();
        }
    }
    text.extend_from_slice(rest);
    Cow::Owned(text)
}

/// What stands before the first escape character, between it and the next one, and after that.
fn split_sequence(bytes: &[u8], escape: u8) -> Option<(&[u8], &[u8], &[u8])> {
    let open = memchr(escape, bytes)?;
    let (plain, inner) = (bytes.get(..open)?, bytes.get(open + 1..)?);
    let close = memchr(escape, inner)?;
    Some((plain, inner.get(..close)?, inner.get(close + 1..)?))
}

fn resolve(sequence: &[u8], delimiters: &Delimiters, escape: u8) -> Option<Vec<u8>> {
    let usual = Delimiters::default();
    match sequence {
        b"F" => Some(vec![delimiters.field]),
        b"S" => delimiters.component.or(usual.component).map(|byte| vec![byte]),
        b"T" => delimiters.subcomponent.or(usual.subcomponent).map(|byte| vec![byte]),
        b"R" => delimiters.repetition.or(usual.repetition).map(|byte| vec![byte]),
        b"E" => Some(vec![escape]),
        [b'X', digits @ ..] if !digits.is_empty() => digits.chunks(2).map(hex_pair).collect(),
        _ => None,
    }
}

fn hex_pair(pair: &[u8]) -> Option<u8> {
    let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|value| u8::try_from(value).ok());
    match pair {
        [high, low] => Some(digit(*high)? * 16 + digit(*low)?),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check(value: &str, expected: &str) {
        let text = unescape(value.as_bytes(), &Delimiters::default());
        assert_eq!(String::from_utf8_lossy(&text), expected, "{value}");
    }

    #[test]
    fn escape_sequences_become_what_they_stand_for() {
        check(r"Smith \T\ Sons", "Smith & Sons");
        check(r"\F\\S\\T\\R\\E\", r"|^&~\");
        check(r"a\X0D\b\X0d0A\c", "a\rb\r\nc");
        check(r"\X4A6F\", "Jo");
    }

    #[test]
    fn what_is_no_escape_sequence_stays() {
        for value in [
            "",
            "plain",
            r"C:\EHR",
            r"\",
            r"\\",
            r"line\.br\line",
            r"\X\",
            r"\X0\",
            r"\XZZ\",
            r"\f\",
            r"\H\bold\N\",
        ] {
            check(value, value);
        }
        check(r"C:\EHR\T\x", r"C:\EHR&x");
    }

    #[test]
    fn sequences_stand_for_the_declared_delimiters() {
        let delimiters = Delimiters::declared_by(b"MSH*!%$+*").unwrap();
        assert_eq!(&*unescape(b"a$F$$S$$R$$E$$T$", &delimiters), b"a*!%$+");
        assert_eq!(&*unescape(br"a\F\", &delimiters), br"a\F\");
    }

    proptest! {
        #[test]
        fn a_value_without_the_escape_character_is_not_copied(value in "[^\\\\]{0,40}") {
            let text = unescape(value.as_bytes(), &Delimiters::default());
            prop_assert!(matches!(text, Cow::Borrowed(_)));
        }

        #[test]
        fn a_resolved_value_is_never_longer(value in "[\\\\FSTRX0-9a]{0,60}") {
            prop_assert!(unescape(value.as_bytes(), &Delimiters::default()).len() <= value.len());
        }
    }
}
