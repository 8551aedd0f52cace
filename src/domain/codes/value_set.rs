//! Sets of codes that elements of the guide are bound to.

/// A set of codes, made ready once so that asking costs little: the checker asks for every coded value of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ValueSet {
    /// Codes of up to 16 bytes, each as a number, in order.
    short: Box<[u128]>,
    /// Longer ones, in order.
    long: Box<[Box<[u8]>]>,
    /// How codes may begin that the set leaves room for.
    beginnings: Box<[Box<[u8]>]>,
}

impl ValueSet {
    /// The set of these codes. One that ends in `*` stands for all that begin so.
    pub(super) fn of<'a>(codes: impl Iterator<Item = &'a str>) -> Self {
        let (mut short, mut long, mut beginnings) = (Vec::new(), Vec::new(), Vec::new());
        for code in codes {
            let bytes = code.as_bytes();
            match (code.strip_suffix('*'), packed(bytes)) {
                (Some(beginning), _) => beginnings.push(beginning.as_bytes().into()),
                (None, Some(number)) => short.push(number),
                (None, None) => long.push(bytes.into()),
            }
        }
        short.sort_unstable();
        long.sort_unstable();
        Self {
            short: short.into(),
            long: long.into(),
            beginnings: beginnings.into(),
        }
    }

    /// Whether this value is in it, written as the table writes it.
    pub fn has(&self, value: &[u8]) -> bool {
        let is_listed = match packed(value) {
            Some(number) => self.short.binary_search(&number).is_ok(),
            None => self.long.binary_search_by(|code| (**code).cmp(value)).is_ok(),
        };
        is_listed || (!value.is_empty() && self.beginnings.iter().any(|beginning| value.starts_with(beginning)))
    }
}

/// The bytes as one number; `None` where there are too many, or a NUL, which would look like none.
fn packed(bytes: &[u8]) -> Option<u128> {
    let mut whole = [0; 16];
    whole.get_mut(..bytes.len())?.copy_from_slice(bytes);
    (!bytes.contains(&0)).then_some(u128::from_be_bytes(whole))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_has_its_codes_and_what_begins_as_it_allows() {
        let set = ValueSet::of(["M", "F", "A-code-of-more-than-sixteen-bytes", "99*"].into_iter());
        for value in ["M", "F", "A-code-of-more-than-sixteen-bytes", "99LAB", "99"] {
            assert!(set.has(value.as_bytes()), "{value}");
        }
        for value in ["", "m", "MF", "A-code-of-more-than-sixteen-byte", "9", "M\0", "*"] {
            assert!(!set.has(value.as_bytes()), "{value}");
        }
    }

    #[test]
    fn a_set_that_leaves_room_for_all_has_everything_but_nothing() {
        let set = ValueSet::of(["1", "*"].into_iter());
        assert!(set.has(b"anything"));
        assert!(!set.has(b""));
    }
}
