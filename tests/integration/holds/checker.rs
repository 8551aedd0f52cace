//! What the check keeps for any bytes, in any chunks.

use std::ops::Range;

use dropoff::domain::{
    check::{Checker, Finding, Report, Rules},
    hl7::{ContentKind, Segment, Tokenizer},
};

/// Checks all of it.
pub(crate) fn everything(input: &[u8], chunk_bytes: usize, rules: &Rules) {
    let report = report(&[input], rules);
    assert_eq!(in_chunks(input, chunk_bytes, rules), report);
    places(input, &report);
    whole_letters(&report);
    counts(&report, rules);
}

/// Any chunks give the same report.
pub(crate) fn in_chunks(input: &[u8], chunk_bytes: usize, rules: &Rules) -> Report {
    report(&input.chunks(chunk_bytes).collect::<Vec<_>>(), rules)
}

/// What the check of a file in these chunks comes to.
pub(crate) fn report(chunks: &[&[u8]], rules: &Rules) -> Report {
    let mut checker = Checker::new(rules);
    for chunk in chunks {
        checker.feed(chunk);
    }
    checker.finish()
}

/// Every finding lies in the file, and in what it names.
pub(crate) fn places(input: &[u8], report: &Report) {
    assert_eq!(report.size_bytes, input.len() as u64);
    for finding in &report.findings {
        assert!(within(&finding.range, &(0..report.size_bytes)), "{finding:?}");
        if report.kind != ContentKind::Hl7Utf16 {
            check_nesting(input, finding);
        }
    }
}

/// Findings in UTF-16 lie on whole letters of the file, whose last one may be half a letter.
pub(crate) fn whole_letters(report: &Report) {
    if report.kind != ContentKind::Hl7Utf16 {
        return;
    }
    for Finding { range, .. } in &report.findings {
        let is_whole = range.end % 2 == 0 || range.end == report.size_bytes;
        assert!(range.start % 2 == 0 && is_whole, "{range:?}");
    }
}

/// Every rule that was broken is counted, and its findings are kept up to the limit.
pub(crate) fn counts(report: &Report, rules: &Rules) {
    for (rule, count) in &report.counts {
        let kept = report.findings.iter().filter(|finding| finding.rule == *rule).count() as u64;
        assert_eq!(kept, (*count).min(rules.limit));
    }
    assert_eq!(report.findings.is_empty(), report.counts.is_empty());
}

fn within(inner: &Range<u64>, outer: &Range<u64>) -> bool {
    outer.start <= inner.start && inner.start <= inner.end && inner.end <= outer.end
}

/// The segment on which a finding is, by reading the bytes once more.
fn segments(bytes: &[u8], mut look: impl FnMut(Segment<'_>)) {
    let mut tokenizer = Tokenizer::new();
    tokenizer.feed(bytes, &mut look);
    tokenizer.finish(&mut look);
}

/// Checks that a finding lies in its field, its segment and its message.
fn check_nesting(bytes: &[u8], finding: &Finding) {
    let (mut message, mut number, mut found) = (0..0, 0, false);
    segments(bytes, |segment| {
        if segment.is_named(*b"MSH") {
            number += 1;
            message = segment.range();
        }
        message.end = segment.whole_range().end;
        let is_it = finding.segment_index.is_some()
            && finding.segment == segment.standard_name()
            && finding.line == Some(segment.line())
            && within(&finding.range, &segment.range());
        if is_it {
            found = true;
            if finding.message.is_some() {
                assert_eq!(finding.message, Some(number), "{finding:?}");
                assert!(within(&finding.range, &message), "{finding:?}");
            }
            if let Some(field) = finding.field.and_then(|field| segment.field(field)) {
                assert!(within(&finding.range, &field.range()), "{finding:?}");
            }
        }
    });
    assert!(found || finding.segment_index.is_none(), "{finding:?} is on no segment");
}
