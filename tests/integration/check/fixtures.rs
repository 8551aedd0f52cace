//! Each kind of damage that real exports carry has a file of its own, named for it. Every patient in them is invented.

use std::{
    collections::BTreeSet,
    fs::{self, File},
    io::Read,
};

use super::{fixture, report};

/// The rules of the file and of the envelope that each fixture breaks, in the order in which they show. Those of a room that
/// looks at values stand in that room's own tests.
const FIXTURES: &[(&str, &[&str])] = &[
    ("whole.hl7", &[]),
    // Not HL7, or nothing in it.
    ("empty.hl7", &["file.empty"]),
    ("white-space.hl7", &["file.empty"]),
    ("pdf.hl7", &["file.not-hl7"]),
    ("spreadsheet.hl7", &["file.not-hl7"]),
    ("zip.hl7", &["file.not-hl7"]),
    ("error-page.hl7", &["file.not-hl7"]),
    ("comma-separated.hl7", &["file.not-hl7"]),
    ("envelope-alone.hl7", &["file.no-message"]),
    // Cut.
    ("cut-in-a-segment.hl7", &["envelope.missing", "file.cut-off"]),
    ("perhaps-cut.hl7", &["envelope.missing", "file.perhaps-cut-off"]),
    (
        "cut-in-the-envelope.hl7",
        &["envelope.file-not-closed", "envelope.message-count-missing"],
    ),
    ("no-final-terminator.hl7", &["file.no-final-line-end"]),
    // Line ends.
    ("line-feeds.hl7", &["file.line-ends"]),
    ("cr-lf.hl7", &["file.line-ends"]),
    ("cr-cr-lf.hl7", &["file.doubled-line-ends"]),
    ("mixed-line-ends.hl7", &["file.mixed-line-ends"]),
    ("escaped-line-ends.hl7", &["file.escaped-line-ends"]),
    ("run-together.hl7", &["file.run-together"]),
    ("hard-wrapped.hl7", &["file.broken-line", "file.broken-line"]),
    ("indented.hl7", &["file.indented"]),
    ("blank-lines.hl7", &["file.blank-lines"]),
    // Bytes that do not belong.
    ("byte-order-mark.hl7", &["file.byte-order-mark"]),
    ("mllp-around-messages.hl7", &["file.mllp-framing", "envelope.missing"]),
    ("mllp-around-the-file.hl7", &["file.mllp-framing"]),
    ("nul-padding.hl7", &["file.nul-padding"]),
    ("ctrl-z.hl7", &["file.ctrl-z"]),
    ("control-characters.hl7", &["file.control-characters"]),
    // Letters.
    ("utf-16-little-endian.hl7", &["file.utf-16", "file.line-ends"]),
    ("utf-16-big-endian.hl7", &["file.utf-16"]),
    ("windows-1252.hl7", &["file.windows-1252"]),
    ("utf-8-undeclared.hl7", &["file.letters-undeclared"]),
    ("latin-1-declared-utf-8-written.hl7", &["file.letters-not-as-declared"]),
    ("letters-lost.hl7", &["file.letters-lost"]),
    // The envelope.
    ("no-envelope.hl7", &["envelope.missing"]),
    ("inner-half.hl7", &["envelope.no-file-header"]),
    ("outer-half.hl7", &["envelope.no-batch-header"]),
    ("envelope-not-closed.hl7", &["envelope.file-not-closed"]),
    ("batch-not-closed.hl7", &["envelope.batch-not-closed"]),
    ("never-opened.hl7", &["envelope.file-never-opened"]),
    ("wrong-count.hl7", &["envelope.message-count"]),
    ("count-no-number.hl7", &["envelope.message-count-not-a-number"]),
    ("wrong-batch-count.hl7", &["envelope.batch-count"]),
    ("batch-count-no-number.hl7", &["envelope.batch-count-not-a-number"]),
    (
        "no-counts.hl7",
        &["envelope.message-count-missing", "envelope.batch-count-missing"],
    ),
    ("several-batches.hl7", &["envelope.several-batches"]),
    ("trailers-swapped.hl7", &["envelope.wrongly-nested"]),
    ("message-outside.hl7", &["envelope.message-outside"]),
    ("no-header.hl7", &["file.stray-segment"]),
    (
        "joined-files.hl7",
        &["envelope.joined-files", "envelope.several-batches"],
    ),
    ("joined-without-a-line-end.hl7", &["file.run-together"]),
    // The same twice.
    ("duplicate-control-id.hl7", &["envelope.duplicate-control-id"]),
    ("duplicate-message.hl7", &["envelope.duplicate-message"]),
    // What the header or a segment's name says, and what kind of message it is.
    ("lost-backslash.hl7", &[]),
    ("html-escaped.hl7", &[]),
    ("other-delimiters.hl7", &[]),
    ("lower-case.hl7", &[]),
    ("adt-among-vxu.hl7", &[]),
];

pub(super) fn read(name: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    File::open(fixture(name)).unwrap().read_to_end(&mut bytes).unwrap();
    bytes
}

#[test]
fn each_kind_of_damage_is_named() {
    for (name, expected) in FIXTURES {
        let report = report(&[&read(name)]);
        let ids = report.findings.iter().map(|finding| finding.rule.id());
        let of_these_rooms: Vec<_> = ids
            .filter(|id| id.starts_with("file.") || id.starts_with("envelope."))
            .collect();
        assert_eq!(of_these_rooms, *expected, "{name}");
    }
}

#[test]
fn every_fixture_is_in_the_table() {
    let files = fs::read_dir(fixture("")).unwrap();
    let files: BTreeSet<String> = files
        .map(|file| file.unwrap().file_name().into_string().unwrap())
        .collect();
    let table: BTreeSet<String> = FIXTURES.iter().map(|(name, _)| (*name).to_owned()).collect();
    assert_eq!(files, table);
}
