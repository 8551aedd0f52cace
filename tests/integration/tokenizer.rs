//! What holds for any bytes, in any chunks.

use std::{fmt::Write, ops::Range};

use dropoff::domain::hl7::{Ending, MAX_SEGMENT_BYTES, Part, Segment, Terminator, Tokenizer};
use proptest::prelude::*;

/// Pieces of text that mean something to a tokenizer.
const WORDS: &[&[u8]] = &[
    b"MSH|^~\\&|",
    b"MSH*!%$+*",
    b"MSH|^~&|",
    b"msh|",
    b"FHS#^~\\&#",
    b"BHS|",
    b"BTS|1",
    b"FTS",
    b"PID|1||x^y~z&q",
    b"RXA|0|1|20260228",
    b"\xEF\xBB\xBF",
    b"\xEF\xBB",
    b"\xEF",
    b"\r\r\n",
];

/// Bytes that mean something, often; any others, sometimes.
fn bytes() -> impl Strategy<Value = Vec<u8>> {
    let marks = b"\r\n\r\n\x0B\x1C\x1A\0 \t|^~&\\AX09*".as_slice();
    let piece = prop_oneof![
        8 => prop::sample::select(marks).prop_map(|byte| vec![byte]),
        2 => prop::sample::select(WORDS).prop_map(<[u8]>::to_vec),
        1 => prop::collection::vec(any::<u8>(), 1..4),
    ];
    prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

/// The same bytes, cut into chunks of these lengths over and over.
fn chunks<'b>(mut bytes: &'b [u8], lengths: &[usize]) -> Vec<&'b [u8]> {
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

fn tokenize(chunks: &[&[u8]], mut sink: impl FnMut(Segment<'_>)) -> Ending {
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

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn any_bytes_in_any_chunks_give_the_same_segments(
        input in bytes(),
        lengths in prop::collection::vec(1_usize..9, 1..5),
    ) {
        prop_assert_eq!(describe(&chunks(&input, &lengths)), describe(&[&input]));
    }

    #[test]
    fn junk_segments_and_terminators_are_the_whole_file(input in bytes()) {
        let mut next = 0;
        let ending = tokenize(&[&input], |segment| {
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
            prop_assert_eq!(junk.range().start, next);
            next = junk.range().end;
        }
        prop_assert_eq!(next, ending.size_bytes);
        prop_assert_eq!(next, input.len() as u64);
    }

    #[test]
    fn every_part_shows_the_bytes_of_its_place_and_lies_in_the_part_above(input in bytes()) {
        tokenize(&[&input], |segment| check_segment(&input, segment));
    }

    #[test]
    fn a_plainer_rule_finds_the_same_segments(input in bytes()) {
        let mut seen = Vec::new();
        tokenize(&[&input], |segment| {
            seen.push(segment.bytes().to_vec());
            assert_eq!(segment.line(), line_by_plain_rule(&input, segment.range().start) as u64);
        });
        prop_assert_eq!(seen, segments_by_plain_rule(&input));
    }
}

#[test]
fn a_segment_beyond_the_limit_is_cut_and_the_rest_skipped() {
    for (extra, chunk) in [
        (0, 4096),
        (1, 4096),
        (3_000_000, 65_536),
        (1, usize::MAX),
        (3_000_000, usize::MAX),
    ] {
        let long = [b"NTE|".as_slice(), &vec![b'x'; MAX_SEGMENT_BYTES - 4 + extra]].concat();
        let text = [long.as_slice(), b"\r\nPID|1\r"].concat();
        let mut seen = Vec::new();
        tokenize(&chunks(&text, &[chunk]), |segment| {
            seen.push((
                segment.range(),
                segment.whole_range(),
                segment.is_overlong(),
                segment.terminator(),
            ));
        });
        let (limit, end) = (MAX_SEGMENT_BYTES as u64, long.len() as u64);
        let after = end + 2..end + 7;
        assert_eq!(seen[0], (0..limit, 0..end, extra > 0, Terminator::CrLf));
        assert_eq!(seen[1..], [(after.clone(), after, false, Terminator::Cr)]);
    }
}

#[test]
fn each_message_is_split_by_its_own_delimiters() {
    let text = b"MSH|^~\\&|A\rPID|1^2\rMSH*!%$+*A\rPID*1!2\rPID|1^2\r";
    let mut counts = Vec::new();
    tokenize(&[text], |segment| {
        let components = segment.fields().last().map(|field| field.first().components().count());
        counts.push((segment.fields().count(), components));
    });
    let (header, patient) = ((3, Some(1)), (1, Some(2)));
    assert_eq!(counts, [header, patient, header, patient, (0, None)]);
}
