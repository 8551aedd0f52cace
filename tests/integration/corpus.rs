//! Messages that the CDC and NIST made, where they stand beside the project.

mod judged;

use std::{
    fs::{self, File},
    io::{self, Read},
    path::{Path, PathBuf},
};

use dropoff::domain::{
    check::{Checker, Report, Rule, Severity},
    hl7::{ContentKind, Segment, Tokenizer},
    settings::Stage,
};

use crate::support::{clinic::rules, left_out::say_left_out};

/// The folder with `MANIFEST.csv`; `None`, and a line that says so, where it is not there.
pub(crate) fn corpus() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus");
    if folder.join("MANIFEST.csv").is_file() {
        return Some(folder);
    }
    say_left_out("the corpus, which is not beside the project");
    None
}

/// A row of the manifest.
struct Row {
    file: PathBuf,
    messages: u64,
    /// Where it was published.
    origin: String,
}

fn manifest_rows(folder: &Path) -> Vec<Row> {
    let mut reader = csv::Reader::from_path(folder.join("MANIFEST.csv")).unwrap();
    let row = |columns: csv::Result<csv::StringRecord>| {
        let columns = columns.unwrap();
        Row {
            file: folder.join(&columns[0]),
            messages: columns[3].parse().unwrap(),
            origin: columns[9].to_owned(),
        }
    };
    reader.records().map(row).collect()
}

/// Each file with the number of messages that the manifest gives.
pub(crate) fn manifest(folder: &Path) -> Vec<(PathBuf, u64)> {
    let rows = manifest_rows(folder).into_iter();
    rows.map(|row| (row.file, row.messages)).collect()
}

fn read_in_chunks(path: &Path, mut read: impl FnMut(&[u8])) -> io::Result<()> {
    let mut file = File::open(path)?;
    let mut buffer = [0; 4099];
    loop {
        match file.read(&mut buffer)? {
            0 => return Ok(()),
            length => read(&buffer[..length]),
        }
    }
}

fn check(path: &Path) -> Report {
    let rules = rules();
    let mut checker = Checker::new(&rules);
    read_in_chunks(path, |chunk| checker.feed(chunk)).unwrap();
    checker.finish()
}

#[test]
fn every_file_of_the_corpus_has_as_many_messages_as_its_manifest_says() {
    let Some(folder) = corpus() else { return };
    let files = manifest(&folder);
    assert!(!files.is_empty());
    for (path, messages) in files {
        let report = check(&path);
        assert_eq!(report.kind, ContentKind::Hl7, "{}", path.display());
        assert_eq!(report.summary.messages, messages, "{}", path.display());
        assert!(report.summary.version.is_some(), "{}", path.display());
    }
}

/// What the file and the envelope may say of NIST's messages, and why it is so.
const KNOWN: [&str; 5] = [
    // Each is a message alone, as one system hands it to another.
    "envelope.missing",
    // They were saved as text files, with the line ends of Windows or Unix,
    "file.line-ends",
    // seven of them with both,
    "file.mixed-line-ends",
    // four with a blank line at the end,
    "file.blank-lines",
    // and sixty without an end of the last line.
    "file.no-final-line-end",
];

#[test]
fn on_the_messages_of_nist_the_file_and_the_envelope_raise_no_error() {
    let Some(folder) = corpus() else { return };
    let is_nist = |path: &Path| path.components().any(|part| part.as_os_str() == "nist-vxu");
    let files: Vec<_> = manifest(&folder)
        .into_iter()
        .filter(|(path, _)| is_nist(path))
        .collect();
    assert!(!files.is_empty());
    for (path, _) in files {
        for rule in check(&path).counts.into_keys() {
            if matches!(rule, Rule::File(_) | Rule::Envelope(_)) {
                assert!(
                    rule.severity(Stage::Testing) < Severity::Error,
                    "{} {}",
                    rule.id(),
                    path.display()
                );
                assert!(KNOWN.contains(&rule.id()), "{} {}", rule.id(), path.display());
            }
        }
    }
}

#[test]
fn the_fields_of_every_corpus_segment_join_to_the_segment() {
    let Some(folder) = corpus() else { return };
    for (path, _) in manifest(&folder) {
        let mut end = 0;
        let mut check = |segment: Segment<'_>| {
            // The separator itself is MSH-1, so the fields from 2 on are what follows it.
            let skipped = usize::from(segment.is_named(*b"MSH"));
            let fields: Vec<_> = segment.fields().skip(skipped).map(|field| field.bytes()).collect();
            let joined = [segment.name(), &fields.join(&b'|')].join(&b'|');
            if segment.standard_name().is_some() {
                assert_eq!(joined, segment.bytes(), "{} line {}", path.display(), segment.line());
            }
            end = segment.range().end + segment.terminator().len_bytes();
        };
        let mut tokenizer = Tokenizer::new();
        read_in_chunks(&path, |chunk| tokenizer.feed(chunk, &mut check)).unwrap();
        let ending = tokenizer.finish(&mut check);
        assert_eq!(ending.junk.map_or(end, |junk| junk.range().end), ending.size_bytes);
        assert_eq!(ending.size_bytes, fs::metadata(&path).unwrap().len());
    }
}
