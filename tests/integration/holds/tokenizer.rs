//! What the tokenizer keeps for any bytes, in any chunks.

use std::{fmt::Write, ops::Range};

use dropoff::domain::hl7::{Ending, Part, Segment, Tokenizer};

/// Checks all of it.
pub(crate) fn everything(input: &[u8], lengths: &[usize]) {
    same_in_any_chunks(input, lengths);
    the_whole_file(input);
    places_of_parts(input);
    a_plainer_rule(input);
}

/// Any chunks give the same segments.
pub(crate) fn same_in_any_chunks(input: &[u8], lengths: &[usize]) {
    assert_eq!(describe(&chunks(input, lengths)), describe(&[input]));
}

/// Junk, segments and terminators are the whole file.
pub(crate) fn the_whole_file(input: &[u8]) {
    let mut next = 0;
    let ending = tokenize(&[input], |segment| {
        if let Some(junk) = segment.junk() {
            assert_eq!(junk.range().start, next);
            assert!(!junk.range().is_empty());
            assert!(junk.kinds().iter().next().is_some());
            next = junk.range().end;
        }
        assert_eq!(segment.whole_range().start, next);
        next = segment.whole_range().end + segment.terminator().len_bytes();
    });
    if let Some(junk) = ending.junk {
        assert_eq!(junk.range().start, next);
        next = junk.range().end;
    }
    assert_eq!(next, ending.size_bytes);
    assert_eq!(next, input.len() as u64);
}

/// Every part shows the bytes of its place, and lies in the part above.
pub(crate) fn places_of_parts(input: &[u8]) {
    tokenize(&[input], |segment| check_segment(input, segment));
}

/// A plainer rule finds the same segments.
pub(crate) fn a_plainer_rule(input: &[u8]) {
    let mut seen = Vec::new();
    tokenize(&[input], |segment| {
        seen.push(segment.bytes().to_vec());
        assert_eq!(segment.line(), line_by_plain_rule(input, segment.range().start) as u64);
    });
    assert_eq!(seen, segments_by_plain_rule(input));
}

/// The same bytes, cut into chunks of these lengths over and over.
pub(crate) fn chunks<'b>(mut bytes: &'b [u8], lengths: &[usize]) -> Vec<&'b [u8]> {
    let mut chunks = Vec::new();
    for length in lengths.iter().cycle() {
        if bytes.is_empty() {
            break;
        }
        let (chunk, rest) = bytes.split_at((*length).min(bytes.len()));
        chunks.push(chunk);
        bytes = rest;
    }
    chunks
}

pub(crate) fn tokenize(chunks: &[&[u8]], mut sink: impl FnMut(Segment<'_>)) -> Ending {
    let mut tokenizer = Tokenizer::new();
    for chunk in chunks {
        tokenizer.feed(chunk, &mut sink);
    }
    tokenizer.finish(&mut sink)
}

/// All that can be seen of the segments, as text.
fn describe(chunks: &[&[u8]]) -> String {
    let mut text = String::new();
    let ending = tokenize(chunks, |segment| {
        let (junk, delimiters) = (segment.junk(), segment.delimiters());
        writeln!(text, "{segment:?} {:?} {junk:?} {delimiters:?}", segment.bytes()).unwrap();
        for field in segment.fields() {
            writeln!(text, "  {field:?} {:?}", field.bytes()).unwrap();
        }
    });
    writeln!(text, "{ending:?}").unwrap();
    text
}

fn slice(bytes: &[u8], range: Range<u64>) -> &[u8] {
    let place = |offset: u64| usize::try_from(offset).unwrap();
    &bytes[place(range.start)..place(range.end)]
}

/// Checks that the parts fill the whole but for a separator between each two, and show the bytes of their places.
fn check_parts<'a, Level>(input: &[u8], whole: Range<u64>, parts: impl Iterator<Item = Part<'a, Level>>) {
    let mut next = whole.start;
    for (index, part) in parts.enumerate() {
        assert_eq!(part.number(), index + 1);
        assert_eq!(part.range().start, next);
        assert_eq!(part.bytes(), slice(input, part.range()));
        next = part.range().end + 1;
    }
    assert_eq!(next, whole.end + 1);
}

/// The line on which a place is, by counting the line ends before it.
fn line_by_plain_rule(input: &[u8], start: u64) -> usize {
    let mut before = String::from_utf8_lossy(slice(input, 0..start)).into_owned();
    let mut line = 1;
    for line_end in ["\r\r\n", "\r\n", "\r", "\n"] {
        line += before.matches(line_end).count();
        before = before.replace(line_end, " ");
    }
    line
}

fn check_segment(input: &[u8], segment: Segment<'_>) {
    assert!(!segment.bytes().is_empty());
    assert_eq!(segment.bytes(), slice(input, segment.range()));
    for field in segment.fields() {
        assert!(segment.range().start <= field.range().start && field.range().end <= segment.range().end);
        check_parts(input, field.range(), field.repetitions());
        for repetition in field.repetitions() {
            check_parts(input, repetition.range(), repetition.components());
            for component in repetition.components() {
                check_parts(input, component.range(), component.subcomponents());
            }
        }
    }
    if let Some(last) = segment.fields().last() {
        assert_eq!(last.range().end, segment.range().end);
        assert_eq!(segment.field(last.number()), Some(last));
        assert_eq!(segment.field(last.number() + 1), None);
    }
}

/// The segments as a second, plainer rule finds them: split at every line end, take the junk off, drop what is empty.
fn segments_by_plain_rule(input: &[u8]) -> Vec<&[u8]> {
    let mut lines: Vec<_> = input.split(|byte| matches!(byte, b'\r' | b'\n' | 0x1C)).collect();
    for line in &mut lines {
        while let Some(rest) = line.strip_prefix(b"\xEF\xBB\xBF").or_else(|| {
            line.split_first()
                .filter(|(first, _)| b" \t\x0B\x0C\x1A\0".contains(first))
                .map(|(_, rest)| rest)
        }) {
            *line = rest;
        }
    }
    if let Some(last) = lines.last_mut() {
        while let Some(rest) = last.strip_suffix(b"\0").or_else(|| last.strip_suffix(b"\x1A")) {
            *last = rest;
        }
    }
    lines.retain(|line| !line.is_empty());
    lines
}
