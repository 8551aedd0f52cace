//! MSH-1 and MSH-2: the characters that split the message.

use crate::domain::check::{Findings, SegmentView, message::MessageRule};

/// What MSH-2 is in every message of the guide, behind the usual separator.
const USUAL: &[u8] = b"^~\\&";

pub(super) fn check(header: &SegmentView<'_>, findings: &mut Findings) {
    let separator = header.field(1).map_or(&[][..], |field| field.bytes());
    let encoding = header.field(2).map_or(&[][..], |field| field.bytes());
    if separator == b"|" && encoding == USUAL {
        return;
    }
    if is_proper(separator, encoding) {
        let field = if separator == b"|" { 2 } else { 1 };
        findings.add(MessageRule::OtherDelimiters, &header.place_of(field), &[]);
    } else {
        findings.add(MessageRule::DelimitersDamaged, &header.place_of(2), &[]);
    }
}

/// Whether they are four characters, each another one. Since version 2.7 there may be a fifth, for what was cut.
///
/// `^~\\&`, with the backslash doubled, is none of that: it has a character twice.
fn is_proper(separator: &[u8], encoding: &[u8]) -> bool {
    let is_once = |place: usize, byte: &u8| {
        let others = encoding.get(..place).unwrap_or_default();
        byte.is_ascii_punctuation() && !separator.contains(byte) && !others.contains(byte)
    };
    matches!(encoding.len(), 4 | 5) && encoding.iter().enumerate().all(|(place, byte)| is_once(place, byte))
}
