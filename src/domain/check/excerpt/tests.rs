//! An excerpt shows whom and what a finding is about, and nothing else of the file.

use super::*;
use crate::domain::check::{
    Report,
    tests::{envelope, message, report, with},
};

/// What is read again, in whatever chunks it comes.
fn read_again(bytes: &[u8]) -> (Report, Excerpts) {
    let report = report(bytes);
    let in_chunks = |chunk_bytes: usize| {
        let mut reader = ExcerptReader::new(&report);
        bytes.chunks(chunk_bytes).for_each(|chunk| reader.feed(chunk));
        reader.finish()
    };
    let excerpts = in_chunks(bytes.len().max(1));
    for chunk_bytes in [1, 7, 512] {
        assert_eq!(in_chunks(chunk_bytes), excerpts);
    }
    (report, excerpts)
}

/// The one finding of this rule.
fn finding<'r>(report: &'r Report, rule: &str) -> &'r Finding {
    let mut of_it = report.findings.iter().filter(|finding| finding.rule.id() == rule);
    let first = of_it.next().unwrap_or_else(|| panic!("{:?}", report.counts));
    assert!(of_it.next().is_none());
    first
}

fn names(excerpt: &Excerpt) -> Vec<&str> {
    let names = excerpt.lines.iter();
    names
        .map(|line| line.name.as_ref().map_or("", SegmentName::as_str))
        .collect()
}

#[test]
fn a_finding_of_a_message_shows_its_patient_and_its_segments_only() {
    let bad = with(&[("PID-8", "")]);
    let bad = bad
        .split_inclusive('\r')
        .filter(|line| !line.starts_with(['F', 'B']))
        .collect();
    let text = envelope(&[message("A1"), bad, message("A2")]);
    let (report, excerpts) = read_again(text.as_bytes());
    let finding = finding(&report, "patient.sex-missing");
    assert_eq!(finding.message, Some(2));
    let excerpt = excerpts.of(finding).unwrap();
    let patient = excerpt.patient.as_ref().unwrap();
    assert!(
        patient.name.as_ref().unwrap().contains(", "),
        "family name and given name"
    );
    assert!(patient.born.is_some());
    assert_eq!(names(excerpt).first(), Some(&"MSH"));
    assert!(!names(excerpt).contains(&"BTS"));
    assert_eq!(excerpt.left_out, 0);
    let spot = excerpts.spot(finding);
    let line = excerpt.lines.iter().find(|line| line.name == finding.segment).unwrap();
    let field = line.segment().field(8).unwrap();
    assert_eq!(field.range(), spot);
    let kept = excerpts.messages.keys().copied().collect::<Vec<_>>();
    let with_findings: std::collections::BTreeSet<_> = report.findings.iter().filter_map(|one| one.message).collect();
    assert_eq!(kept, with_findings.into_iter().collect::<Vec<_>>());
}

#[test]
fn a_finding_outside_of_messages_shows_its_neighbours() {
    let text = envelope(&[message("A1")]).replace("BTS|1", "BTS|2");
    let (report, excerpts) = read_again(text.as_bytes());
    let excerpt = excerpts.of(finding(&report, "envelope.message-count")).unwrap();
    assert_eq!(names(excerpt)[1..], ["BTS", "FTS"]);
    assert_eq!(excerpt.patient, None);
}

#[test]
fn what_stands_after_the_last_segment_is_shown_with_it() {
    let (report, excerpts) = read_again(format!("{}\x1a", envelope(&[message("A1")])).as_bytes());
    let excerpt = excerpts.of(finding(&report, "file.ctrl-z")).unwrap();
    assert_eq!(names(excerpt), ["FTS"]);
}

#[test]
fn what_is_said_of_the_whole_file_has_no_place() {
    let (report, excerpts) = read_again(b"%PDF-1.7");
    assert_eq!(excerpts.of(&report.findings[0]), None);
}

#[test]
fn a_spot_in_utf16_is_a_spot_in_its_text() {
    let text = with(&[("PID-8", "")]);
    let wide: Vec<u8> = format!("\u{feff}{text}")
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    let (report, excerpts) = read_again(&wide);
    let finding = finding(&report, "patient.sex-missing");
    let excerpt = excerpts.of(finding).unwrap();
    let line = excerpt.lines.iter().find(|line| line.name == finding.segment).unwrap();
    assert_eq!(line.segment().field(8).unwrap().range(), excerpts.spot(finding));
}

#[test]
fn long_segments_and_long_messages_are_kept_in_part() {
    let long = format!("OBX|1|ED|{}\r", "x".repeat(5_000));
    let many = "NTE|1\r".repeat(MAX_LINES + 50);
    let text = with(&[("PID-8", "")]).replace("BTS", &format!("{long}{many}BTS"));
    let (report, excerpts) = read_again(text.as_bytes());
    let excerpt = excerpts.of(finding(&report, "patient.sex-missing")).unwrap();
    assert!(excerpt.left_out >= 50, "{}", excerpt.left_out);
    let long = excerpt.lines.iter().find(|line| line.left_out_bytes() > 0).unwrap();
    assert_eq!(long.segment().bytes().len(), MAX_LINE_BYTES);
    assert_eq!(
        long.left_out_bytes(),
        5_000 + "OBX|1|ED|".len() as u64 - MAX_LINE_BYTES as u64
    );
}

#[test]
fn debug_shows_nobody() {
    let (_, excerpts) = read_again(with(&[("PID-8", ""), ("PID-5", "Hartley^Rosalind")]).as_bytes());
    assert!(!format!("{excerpts:?}").contains("Hartley"));
}
