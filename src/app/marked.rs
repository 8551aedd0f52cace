//! A message as it stands in its file, line by line, with one spot marked in it.

mod letters;
#[cfg(test)]
mod tests;

use std::ops::Range;

use crate::{
    app::{findings::Names, wording::findings::spot as words},
    domain::{
        check::{Excerpt, Finding, Line},
        guide::Legend,
        hl7::{Segment, SegmentName, identifying, shown_name},
    },
};

/// Stands where a value is covered: it tells nothing of its length.
pub const COVER: &str = "\u{2022}\u{2022}\u{2022}\u{2022}\u{2022}";

/// A segment, or the place where one is missing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MarkedLine {
    /// Its name, where it has one that may be seen.
    pub name: Option<SegmentName>,
    /// Its text, from left to right.
    pub pieces: Vec<Piece>,
}

/// A piece of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// As a screen may show it.
    pub text: String,
    /// What it is.
    pub kind: PieceKind,
    /// In which field it stands.
    pub field: Option<usize>,
    /// Whether it is the spot.
    pub spot: Spot,
}

/// What a piece is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PieceKind {
    /// The name of the segment.
    Name,
    /// What splits fields.
    Separator,
    /// What stands in a field.
    Value,
    /// The same, of somebody whose name is covered: its text is [`COVER`].
    Covered,
    /// A character that nobody would see, or that would steer the screen, or that stands for a lost letter: its text says so.
    Unseen(char),
    /// Not in the file: a word about what is not there.
    Remark,
}

/// Whether a piece is what is pointed at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spot {
    /// It is.
    Here,
    /// It is not.
    Elsewhere,
}

impl MarkedLine {
    /// Whether all of it is the spot.
    pub fn is_marked_whole(&self) -> bool {
        let mut pieces = self.pieces.iter();
        pieces.any(|piece| piece.kind == PieceKind::Name && piece.spot == Spot::Here)
    }

    /// Whether the spot is in it.
    pub fn is_marked(&self) -> bool {
        self.pieces.iter().any(|piece| piece.spot == Spot::Here)
    }
}

/// Whether something stands there that can tell who somebody is.
pub fn names_somebody(excerpt: &Excerpt) -> bool {
    excerpt
        .lines
        .iter()
        .any(|line| !identifying(&line.segment()).is_empty())
}

/// The lines of an excerpt. `spot` is where the finding is, as the lines count bytes.
pub fn marked(
    excerpt: &Excerpt,
    finding: &Finding,
    spot: &Range<u64>,
    legend: &Legend,
    names: Names,
) -> Vec<MarkedLine> {
    let anchor = excerpt.lines.iter().position(|line| holds(&line.segment(), spot));
    let missing = finding.segment.filter(|segment| {
        let at = anchor.and_then(|anchor| excerpt.lines.get(anchor));
        finding.segment_index.is_none() && at.is_some_and(|line| line.name() != Some(*segment))
    });
    let plain = |line: &Line| pieces(line, &(u64::MAX..u64::MAX), finding, names);
    let mut lines: Vec<MarkedLine> = excerpt
        .lines
        .iter()
        .enumerate()
        .map(|(index, line)| match missing {
            None if anchor == Some(index) => pieces(line, spot, finding, names),
            None | Some(_) => plain(line),
        })
        .collect();
    match (missing, anchor) {
        (Some(segment), Some(anchor)) => {
            let at = place_for(segment, anchor, excerpt, legend);
            lines.insert(at.min(lines.len()), absent(segment));
        }
        (_, None) => mark_between(&mut lines, excerpt, spot),
        (None, Some(_)) => {}
    }
    lines
}

/// Whether a spot begins in a segment, or right at its end.
fn holds(segment: &Segment<'_>, spot: &Range<u64>) -> bool {
    let whole = segment.whole_range();
    let is_at_its_line_end = spot.start == whole.end && spot.end > spot.start;
    whole.start <= spot.start && spot.start <= whole.end && !is_at_its_line_end
}

/// Where a missing segment belongs, as an index among the lines.
fn place_for(segment: SegmentName, anchor: usize, excerpt: &Excerpt, legend: &Legend) -> usize {
    let rank = legend.rank(segment);
    let rank_of = |line: &Line| line.name().map_or(usize::MAX, |name| legend.rank(name));
    let name = excerpt.lines.get(anchor).and_then(Line::name);
    match name.as_ref().map(SegmentName::bytes) {
        // The header stands for the whole message.
        Some(b"MSH") if rank > 0 && ![*b"FHS", *b"BHS"].contains(segment.bytes()) => {
            let later = excerpt
                .lines
                .iter()
                .skip(anchor + 1)
                .position(|line| rank_of(line) > rank);
            later.map_or(excerpt.lines.len(), |later| anchor + 1 + later)
        }
        // What begins the file stands before it.
        Some(b"MSH" | b"BHS") => anchor,
        _ if excerpt.lines.get(anchor).is_some_and(|line| rank_of(line) > rank) => anchor,
        _ => anchor + 1,
    }
}

fn absent(segment: SegmentName) -> MarkedLine {
    MarkedLine {
        name: Some(segment),
        pieces: vec![remark(words::segment_missing(segment), None)],
    }
}

/// The spot is not in a segment: it is a line end, or stands between two.
fn mark_between(lines: &mut [MarkedLine], excerpt: &Excerpt, spot: &Range<u64>) {
    let ends_there = |line: &Line| line.segment().terminator_range().start == spot.start;
    if let Some(index) = excerpt.lines.iter().position(ends_there)
        && let (Some(marked), Some(line)) = (lines.get_mut(index), excerpt.lines.get(index))
    {
        let end = words::line_end(line.segment().terminator());
        marked.pieces.push(remark(end.to_owned(), None));
        return;
    }
    let after = |line: &Line| line.segment().range().start >= spot.end;
    let stands_here = || remark(words::STANDS_HERE.to_owned(), None);
    if let Some(next) = excerpt.lines.iter().position(after) {
        if let Some(line) = lines.get_mut(next) {
            line.pieces.insert(0, stands_here());
        }
    } else if let Some(last) = lines.last_mut() {
        last.pieces.push(stands_here());
    }
}

fn remark(text: String, field: Option<usize>) -> Piece {
    Piece {
        text,
        kind: PieceKind::Remark,
        field,
        spot: Spot::Here,
    }
}

/// A line in pieces, with what of it lies in the spot.
fn pieces(line: &Line, spot: &Range<u64>, finding: &Finding, names: Names) -> MarkedLine {
    let segment = line.segment();
    let spot = &of_whole_letters(&segment, spot);
    let kept = segment.range();
    let (name, covered) = match names {
        Names::Shown => (line.name(), Vec::new()),
        Names::Covered => (shown_name(&segment), identifying(&segment)),
    };
    let mut pieces = Vec::new();
    let mut is_told = false;
    for (range, kind, field) in parts(&segment).into_iter().flat_map(|part| split(part, &covered)) {
        let kind = if kind == PieceKind::Name && name.is_none() {
            PieceKind::Value
        } else {
            kind
        };
        let is_where_nothing_is = !is_told
            && spot.is_empty()
            && matches!(kind, PieceKind::Value | PieceKind::Covered)
            && field == finding.field
            && (range.start..=range.end).contains(&spot.start);
        let cuts = [
            range.start,
            spot.start.clamp(range.start, range.end),
            spot.end.clamp(range.start, range.end),
            range.end,
        ];
        for (index, pair) in cuts.windows(2).enumerate() {
            let &[start, end] = pair else { continue };
            if index == 1 && is_where_nothing_is {
                pieces.push(remark(words::nothing_in(finding), field));
                is_told = true;
            }
            if start < end {
                let spot = if index == 1 { Spot::Here } else { Spot::Elsewhere };
                let piece = |(text, kind)| Piece {
                    text,
                    kind,
                    field,
                    spot,
                };
                pieces.extend(
                    letters::shown(&segment, &(start..end), kind, spot)
                        .into_iter()
                        .map(piece),
                );
            }
        }
    }
    let left_out = line.left_out_bytes();
    if left_out > 0 {
        let is_there = spot.start >= kept.end && spot.start != u64::MAX;
        pieces.push(Piece {
            spot: if is_there { Spot::Here } else { Spot::Elsewhere },
            ..remark(words::left_out(left_out), None)
        });
    }
    let mut marked = MarkedLine { name, pieces };
    if !marked.is_marked() && spot.start != u64::MAX {
        // The segment ends before the field, or nothing stands where something should.
        marked.pieces.push(remark(words::nothing_in(finding), finding.field));
    }
    marked
}

/// The spot, widened to whole letters: half of one is no text, and the rest would be shown as other letters.
fn of_whole_letters(segment: &Segment<'_>, spot: &Range<u64>) -> Range<u64> {
    let Range { start, end } = segment.range();
    if spot.is_empty() || spot.start < start || spot.end > end {
        return spot.clone();
    }
    let around = |at: u64| letter_around(segment.bytes(), usize::try_from(at - start).ok()?);
    let first = around(spot.start).map_or(spot.start, |letter| start + letter.start as u64);
    let last = around(spot.end - 1).map_or(spot.end, |letter| start + letter.end as u64);
    first..last
}

/// Where the letter stands to which this byte belongs, if that is UTF-8.
fn letter_around(bytes: &[u8], at: usize) -> Option<Range<usize>> {
    let longest = char::MAX.len_utf8();
    (0..longest).find_map(|before| {
        let start = at.checked_sub(before)?;
        let is_letter = |end: &usize| {
            bytes
                .get(start..*end)
                .is_some_and(|letter| std::str::from_utf8(letter).is_ok())
        };
        let end = (start + 1..=start + longest).find(is_letter)?;
        (at < end).then_some(start..end)
    })
}

/// A place in a segment, what stands there, and in which field.
type Part = (Range<u64>, PieceKind, Option<usize>);

/// Name, separators and fields of a segment, with their places.
fn parts(segment: &Segment<'_>) -> Vec<Part> {
    let Range { start, end } = segment.range();
    let mut parts = Vec::new();
    let mut at = start;
    for field in segment.fields() {
        let range = field.range();
        if at == start && range.start > at {
            let name = range.start.min(start + segment.name().len() as u64);
            parts.push((at..name, PieceKind::Name, None));
            at = name;
        }
        if range.start > at {
            parts.push((at..range.start, PieceKind::Separator, None));
        }
        at = range.end;
        let is_separator = segment.field(1).is_some_and(|first| first.range() == range) && declares(segment);
        let kind = if is_separator {
            PieceKind::Separator
        } else {
            PieceKind::Value
        };
        parts.push((range, kind, Some(field.number())));
    }
    if at < end {
        let kind = if at == start { PieceKind::Name } else { PieceKind::Value };
        parts.push((at..end, kind, None));
    }
    parts
}

/// Whether the first field is the separator itself.
fn declares(segment: &Segment<'_>) -> bool {
    [*b"MSH", *b"FHS", *b"BHS"]
        .into_iter()
        .any(|name| segment.is_named(name))
}

/// The same part in stretches: those of a covered value, and what stands around them.
fn split(part: Part, covered: &[Range<u64>]) -> Vec<Part> {
    let (range, kind, field) = part;
    let mut stretches = Vec::new();
    let mut at = range.start;
    for value in covered {
        let (start, end) = (value.start.max(at), value.end.min(range.end));
        if start < end {
            stretches.extend((at < start).then_some((at..start, kind, field)));
            stretches.push((start..end, PieceKind::Covered, field));
            at = end;
        }
    }
    stretches.extend((at < range.end || stretches.is_empty()).then_some((at..range.end, kind, field)));
    stretches
}
