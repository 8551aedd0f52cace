//! What is wrong with one line.

use std::ops::Range;

use memchr::memchr_iter;

use crate::domain::{
    check::{file::FileRule, finding::Argument, findings::Findings, place::Place},
    hl7::{Segment, SegmentName},
};

/// How far a line can be judged by what it says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::domain::check) enum Line {
    /// It is one segment, and all of it.
    Sound,
    /// It is no segment, or a part of one: the one before it may lack the rest.
    Broken,
    /// What follows stands on it, too.
    RunTogether,
}

/// Checks a line by itself. `place` says where it is, which is asked only where something is wrong with it.
pub(in crate::domain::check) fn check_line<'a>(
    segment: &Segment<'_>,
    name: Option<SegmentName>,
    place: impl Fn() -> Place<'a>,
    findings: &mut Findings,
) -> Line {
    if segment.is_overlong() {
        findings.add(FileRule::Overlong, &place(), &[]);
    }
    if name.is_none() {
        findings.add(FileRule::BrokenLine, &place(), &[]);
    }
    let second = second_header(segment);
    if let Some(header) = second.clone() {
        findings.add(FileRule::RunTogether, &place().bytes(header), &[]);
    }
    if let Some((first, count)) = control_characters(segment) {
        let spot = first..first + 1;
        let mut fields = segment.fields().filter(|_| name.is_some());
        let place = match fields.find(|field| field.range().contains(&first)) {
            Some(field) => place().field(&field).bytes(spot),
            None => place().bytes(spot),
        };
        findings.add(FileRule::ControlCharacters, &place, &[Argument::Count(count)]);
    }
    match (second, name) {
        (Some(_), _) => Line::RunTogether,
        (None, Some(_)) if !segment.is_overlong() => Line::Sound,
        (None, _) => Line::Broken,
    }
}

/// Where `\r` or `\n` stands in two characters, or both in four, and then what looks like a segment.
pub(super) fn escaped_line_ends(segment: &Segment<'_>) -> impl Iterator<Item = Range<u64>> {
    let (bytes, start) = (segment.bytes(), segment.range().start);
    let field = segment.delimiters().field;
    backslashes(bytes).filter_map(move |at| {
        let (before, rest) = bytes.split_at_checked(at)?;
        let after = [&br"\r\n"[..], br"\r", br"\n"]
            .into_iter()
            .find_map(|line_end| rest.strip_prefix(line_end))?;
        SegmentName::of(after.get(..3)?).filter(|_| after.get(3) == Some(&field))?;
        let is_second_half = rest.starts_with(br"\n") && before.ends_with(br"\r");
        let at = start + at as u64;
        (!is_second_half).then_some(at..at + (rest.len() - after.len()) as u64)
    })
}

/// Where a second header begins on the line of a segment: a line end is missing before it.
///
/// It is known by its name and its encoding characters, `MSH|^~\&`: a name alone can be the end of a value.
fn second_header(segment: &Segment<'_>) -> Option<Range<u64>> {
    const BEFORE_BACKSLASH: usize = "MSH|^~".len();
    let (bytes, start) = (segment.bytes(), segment.range().start);
    let mut headers = backslashes(bytes).filter_map(|at| {
        let at = at.checked_sub(BEFORE_BACKSLASH).filter(|at| *at > 0)?;
        let (before, header) = bytes.split_at_checked(at)?;
        let [a, b, c, field, component, repetition, ..] = header else {
            return None;
        };
        let is_header = matches!(
            [a, b, c].map(u8::to_ascii_uppercase),
            [b'M', b'S', b'H'] | [b'F' | b'B', b'H', b'S']
        );
        let declares = [field, component, repetition].into_iter().all(u8::is_ascii_punctuation);
        let is_escaped_line = before.ends_with(br"\r") || before.ends_with(br"\n");
        (is_header && declares && !is_escaped_line).then_some(start + at as u64)
    });
    headers.next().map(|at| at..start + bytes.len() as u64)
}

fn backslashes(bytes: &[u8]) -> impl Iterator<Item = usize> {
    memchr_iter(b'\\', bytes)
}

/// Where the first one is, and how many there are. A tab is none of them.
fn control_characters(segment: &Segment<'_>) -> Option<(u64, u64)> {
    let is_control = |byte: &u8| (*byte < b' ' && *byte != b'\t') || *byte == 0x7F;
    let bytes = segment.bytes();
    // Almost always there are none, and this looks at many bytes at once.
    if !bytes.iter().fold(false, |any, byte| any | is_control(byte)) {
        return None;
    }
    let first = bytes.iter().position(is_control)?;
    let count = bytes.iter().filter(|byte| is_control(byte)).count();
    Some((segment.range().start + first as u64, count as u64))
}
