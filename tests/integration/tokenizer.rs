//! What holds for any bytes, in any chunks.

use dropoff::domain::hl7::{MAX_SEGMENT_BYTES, Terminator};
use proptest::prelude::*;

use crate::holds::tokenizer::{self as holds, chunks, tokenize};

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

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn any_bytes_in_any_chunks_give_the_same_segments(
        input in bytes(),
        lengths in prop::collection::vec(1_usize..9, 1..5),
    ) {
        holds::same_in_any_chunks(&input, &lengths);
    }

    #[test]
    fn junk_segments_and_terminators_are_the_whole_file(input in bytes()) {
        holds::the_whole_file(&input);
    }

    #[test]
    fn every_part_shows_the_bytes_of_its_place_and_lies_in_the_part_above(input in bytes()) {
        holds::places_of_parts(&input);
    }

    #[test]
    fn a_plainer_rule_finds_the_same_segments(input in bytes()) {
        holds::a_plainer_rule(&input);
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
