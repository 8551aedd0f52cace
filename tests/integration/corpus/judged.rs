//! Which rules fire how often on the CDC's good file, its error file and NIST's conformant messages, each row judged.
//!
//! `judged.txt` is written anew with `DROPOFF_WRITE_TABLES=1 cargo test --test integration -- judged`. What was judged stays; a new
//! row has no judgement, and the test fails until somebody has read the findings and written one.

use std::{
    collections::BTreeMap,
    env,
    fmt::Write,
    fs,
    path::{Path, PathBuf},
};

use dropoff::domain::{
    check::{Report, Rule},
    settings::Stage,
};

use super::{check, corpus, manifest_rows};
use crate::support::left_out::say_left_out;

const TABLE: &str = "tests/integration/corpus/judged.txt";

const REMARKS: &str = "\
# Which rules fire how often on messages that the CDC and NIST made, on November 20, 2026, by the rules of Texas.
#
# group|rule|live|testing|findings|why it is so
#
# cdc-good    the CDC's file of good extracts, of which patients were taken out: names are Redacted, and most of HL7 is left off
# cdc-error   its file of extracts with errors of the CDC's own rules
# nist        the messages of NIST's certification test plan for 2015, conformant to the national guide
";

/// The files of each group.
fn groups(folder: &Path) -> Vec<(&'static str, Vec<PathBuf>)> {
    let nist = manifest_rows(folder)
        .into_iter()
        .filter(|row| is_conformant(&row.origin));
    vec![
        ("cdc-good", vec![folder.join("cdc/0001.hl7")]),
        ("cdc-error", vec![folder.join("cdc/0003.hl7")]),
        ("nist", nist.map(|row| row.file).collect()),
    ]
}

/// Whether NIST published a message as an example of how one is sent.
fn is_conformant(origin: &str) -> bool {
    origin.contains("Contextbased/ONC 2015 Test Plan/") && origin.ends_with("/TestStep_1/Message.txt")
}

/// `group|rule` with severities and count.
fn rows(folder: &Path) -> BTreeMap<String, String> {
    let mut counts: BTreeMap<(&str, Rule), u64> = BTreeMap::new();
    for (group, files) in groups(folder) {
        assert!(!files.is_empty(), "{group}");
        for file in files {
            let Report { counts: found, .. } = check(&file);
            for (rule, count) in found {
                *counts.entry((group, rule)).or_default() += count;
            }
        }
    }
    let row = |((group, rule), count): ((&str, Rule), u64)| {
        let severity = |stage| format!("{:?}", rule.severity(stage)).to_lowercase();
        let key = format!("{group}|{}", rule.id());
        (
            key,
            format!("{}|{}|{count}", severity(Stage::Live), severity(Stage::Testing)),
        )
    };
    counts.into_iter().map(row).collect()
}

/// What the table says of each row, and why.
fn judged() -> BTreeMap<String, (String, String)> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(TABLE);
    let text = fs::read_to_string(path).unwrap_or_default().replace("\r\n", "\n");
    let lines = text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    let row = |line: &str| {
        let cells: Vec<_> = line.splitn(6, '|').collect();
        (cells[..2].join("|"), (cells[2..5].join("|"), cells[5].to_owned()))
    };
    lines.map(row).collect()
}

#[test]
fn the_findings_on_the_corpus_are_those_that_were_judged() {
    let Some(folder) = corpus() else { return };
    let (found, judged) = (rows(&folder), judged());
    if env::var_os("DROPOFF_WRITE_TABLES").is_some() {
        let mut text = REMARKS.to_owned();
        for (key, told) in &found {
            let why = judged.get(key).map_or("", |(_, why)| why);
            writeln!(text, "{key}|{told}|{why}").unwrap();
        }
        fs::write(Path::new(env!("CARGO_MANIFEST_DIR")).join(TABLE), text).unwrap();
        return say_left_out("the comparison of judged.txt, which is now written");
    }
    let told: BTreeMap<_, _> = judged
        .iter()
        .map(|(key, (told, _))| (key.clone(), told.clone()))
        .collect();
    assert_eq!(found, told);
}

#[test]
fn each_row_has_a_judgement_and_nist_has_no_error_but_those_of_texas() {
    let rows = judged();
    assert!(rows.len() > 20);
    for (key, (told, why)) in rows {
        assert!(why.len() > 10, "{key} was not judged");
        let is_bad = ["blocker", "error"].iter().any(|bad| told.starts_with(bad));
        if key.starts_with("nist|") && is_bad {
            assert!(why.starts_with("Texas: "), "{key}: {why}");
        }
    }
}
