//! The text of a piece, harmless: what nobody would see, or what would steer the screen, becomes a word about it.

use std::ops::Range;

use super::{COVER, PieceKind, Spot};
use crate::{
    app::wording::{findings::spot as words, name::steers},
    domain::hl7::Segment,
};

/// The text of these bytes, in pieces of one kind. Of a covered value only what is pointed at and is no letter is told.
///
/// A sender that does not write UTF-8 writes Latin-1, or nearly so.
pub(super) fn shown(
    segment: &Segment<'_>,
    range: &Range<u64>,
    kind: PieceKind,
    spot: Spot,
) -> Vec<(String, PieceKind)> {
    if kind == PieceKind::Covered && spot == Spot::Elsewhere {
        return vec![(COVER.to_owned(), kind)];
    }
    let text = text(segment, range);
    let mut pieces: Vec<(String, PieceKind)> = Vec::new();
    let mut rest = text.as_str();
    while let Some(first) = rest.chars().next() {
        let is_alike = |c: char| {
            if is_unseen(first) { c == first } else { !is_unseen(c) }
        };
        let end = rest.find(|c| !is_alike(c)).unwrap_or(rest.len());
        let (run, after) = rest.split_at(end);
        pieces.push(if is_unseen(first) {
            (words::unseen(first, run.chars().count()), PieceKind::Unseen(first))
        } else if kind == PieceKind::Covered {
            (COVER.to_owned(), kind)
        } else {
            (run.to_owned(), kind)
        });
        rest = after;
    }
    pieces
}

fn text(segment: &Segment<'_>, range: &Range<u64>) -> String {
    let start = segment.range().start;
    let place = |at: u64| usize::try_from(at.saturating_sub(start)).unwrap_or(usize::MAX);
    let bytes = segment
        .bytes()
        .get(place(range.start)..place(range.end))
        .unwrap_or_default();
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => bytes.iter().copied().map(char::from).collect(),
    }
}

/// Whether it does something instead of standing there, takes no room, or stands for a letter that was lost.
fn is_unseen(c: char) -> bool {
    steers(c) || c == char::REPLACEMENT_CHARACTER || hides(c)
}

fn hides(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}'..='\u{2064}' | '\u{feff}')
}
