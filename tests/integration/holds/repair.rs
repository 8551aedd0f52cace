//! What a repaired copy keeps, for any bytes, in any chunks.

use std::borrow::Cow;

use dropoff::domain::{
    check::{
        Checker, Report, Rules,
        repair::{Made, Plan, Refusal, Repair, Repairer},
    },
    hl7::{ContentKind, Segment, SegmentName, Tokenizer},
};

/// A copy has nothing left to repair, says what the file says, and is the same in any chunks.
pub(crate) fn everything(input: &[u8], chunk_bytes: usize, rules: &Rules) {
    let before = report(input, rules);
    let Some(Ok(plan)) = Plan::of(&before) else { return };
    let whole = repair(plan, input, input.len().max(1));
    assert_eq!(repair(plan, input, chunk_bytes), whole);
    let (copy, Ok(made)) = whole else { return };
    assert!(!made.is_nothing());
    let after = report(&copy, rules);
    let repairable = after.counts.keys().find(|rule| rule.repair().is_some());
    assert_eq!(repairable, None);
    assert_eq!(Plan::of(&after), None);
    assert_eq!(after.summary.messages, before.summary.messages);
    assert_eq!(
        without_envelope(said(&copy, after.kind), &made),
        said(input, before.kind)
    );
}

fn report(input: &[u8], rules: &Rules) -> Report {
    let mut checker = Checker::new(rules);
    checker.feed(input);
    checker.finish()
}

/// What the repairer writes of a file in chunks of this length.
pub(crate) fn repair(plan: Plan, input: &[u8], chunk_bytes: usize) -> (Vec<u8>, Result<Made, Refusal>) {
    let (mut copy, mut repairer) = (Vec::new(), Repairer::new(plan));
    let mut sink = |bytes: &[u8]| copy.extend_from_slice(bytes);
    for chunk in input.chunks(chunk_bytes) {
        repairer.feed(chunk, &mut sink);
    }
    let made = repairer.finish(&mut sink);
    (copy, made)
}

/// The copy, and what was changed, where there is a copy.
pub(crate) fn copy_of(input: &[u8], rules: &Rules) -> Option<(Vec<u8>, Made)> {
    let plan = Plan::of(&report(input, rules))?.ok()?;
    let (copy, made) = repair(plan, input, input.len().max(1));
    Some((copy, made.ok()?))
}

/// What each segment says, letter by letter, whatever it is written in.
fn said(bytes: &[u8], kind: ContentKind) -> Vec<String> {
    let text = if kind == ContentKind::Hl7Utf16 {
        Cow::from(from_utf16(bytes))
    } else {
        Cow::from(bytes)
    };
    let mut said = Vec::new();
    let mut tokenizer = Tokenizer::new();
    let mut look = |segment: Segment<'_>| {
        let name = segment.standard_name();
        let shown = |bytes: &[u8]| {
            let plain = std::str::from_utf8(bytes).map(str::to_owned);
            plain.unwrap_or_else(|_| bytes.iter().map(|byte| windows_1252(*byte)).collect())
        };
        let fields = segment.fields().map(|field| shown(field.bytes())).collect::<Vec<_>>();
        let indentation = segment.indentation().len();
        said.push(format!("{indentation} {name:?} {} {fields:?}", shown(segment.bytes())));
    };
    tokenizer.feed(&text, &mut look);
    tokenizer.finish(&mut look);
    said
}

fn from_utf16(bytes: &[u8]) -> Vec<u8> {
    let big = bytes.starts_with(b"\xFE\xFF") || bytes.first() == Some(&0);
    let unit_of = if big { u16::from_be_bytes } else { u16::from_le_bytes };
    let units = bytes.chunks_exact(2).map(|pair| unit_of([pair[0], pair[1]]));
    let text: String = char::decode_utf16(units).map(Result::unwrap).collect();
    text.strip_prefix('\u{FEFF}').unwrap_or(&text).as_bytes().to_vec()
}

fn windows_1252(byte: u8) -> char {
    match byte {
        0x8A => 'Š',
        0x8C => 'Œ',
        0x8E => 'Ž',
        0x83 => 'ƒ',
        0x91 => '‘',
        0x92 => '’',
        0x93 => '“',
        0x94 => '”',
        0x96 => '–',
        0x97 => '—',
        0x9A => 'š',
        0x9C => 'œ',
        0x9E => 'ž',
        0x9F => 'Ÿ',
        byte => char::from(byte),
    }
}

/// The segments of an envelope that was put around, by the plan alone: four.
fn without_envelope(said: Vec<String>, made: &Made) -> Vec<String> {
    if !made.iter().any(|(repair, _)| repair == Repair::Envelope) {
        return said;
    }
    let of_envelope = [*b"FHS", *b"BHS", *b"BTS", *b"FTS"].map(|name| format!("{:?}", Some(SegmentName::new(name))));
    let (around, within): (Vec<_>, Vec<_>) = said
        .into_iter()
        .partition(|segment| of_envelope.iter().any(|name| segment.split(' ').nth(1) == Some(name)));
    assert_eq!(around.len(), 4);
    within
}
