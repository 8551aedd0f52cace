//! `check`: what is wrong with a file, without an account, a keychain or a data folder.

use std::{path::Path, sync::Arc};

use serde::Serialize;

use crate::{
    app::wording::{check::listing, failure, repair},
    build::{Bare, bare},
    cli::{
        Exit,
        args::CheckOptions,
        findings::{self, CountsReport, FindingReport},
        print::Printer,
    },
    domain::{
        check::{Occasion, Report, Rules, Severity, repair::Plan},
        failure::FileFailure,
        settings::Stage,
        submission::Reading,
    },
    worker::read_whole,
};

#[derive(Serialize)]
struct CheckReport<'a> {
    files: Vec<FileReport<'a>>,
}

/// A file. What is not known of one that cannot be read is null.
#[derive(Serialize)]
struct FileReport<'a> {
    file: String,
    sha256: Option<String>,
    bytes: Option<u64>,
    messages: Option<u64>,
    patients: Option<u64>,
    vaccinations: Option<u64>,
    can_send: bool,
    counts: CountsReport,
    findings: Vec<FindingReport<'a>>,
    /// Why it cannot be read; without it, it was.
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<String>,
}

pub(super) fn run(printer: &Printer, options: &CheckOptions) -> Exit {
    let bare = match bare() {
        Ok(bare) => bare,
        Err(failure) => {
            printer.cannot_start(&failure);
            return Exit::Failed;
        }
    };
    let stage = if options.testing { Stage::Testing } else { Stage::Live };
    let rules = Rules {
        limit: options.limit,
        ..Rules::on(
            Occasion {
                today: options.today.unwrap_or(bare.today),
                stage,
            },
            bare.expected.clone(),
            Arc::clone(&bare.standard),
        )
    };
    let mut readings = Vec::new();
    for path in &options.files {
        let file = path.display().to_string();
        let reading = read(&bare, path, &rules);
        text(&file, &reading, printer);
        readings.push((file, reading));
    }
    let files = readings
        .iter()
        .map(|(file, reading)| file_report(file, reading.as_ref()));
    printer.json(&CheckReport { files: files.collect() });
    worst(readings.iter().map(|(_, reading)| exit(reading)))
}

fn read(bare: &Bare, path: &Path, rules: &Rules) -> Result<Reading, FileFailure> {
    let reading = read_whole(bare.files.open(path)?, rules, &[], |_| {})?;
    // Nobody can cancel, so there is one.
    reading.ok_or(FileFailure::Changed)
}

fn exit(reading: &Result<Reading, FileFailure>) -> Exit {
    match reading.as_ref().map(|reading| reading.report.worst()) {
        Err(_) => Exit::Failed,
        Ok(Some(Severity::Blocker)) => Exit::Held,
        Ok(Some(Severity::Error | Severity::Warning)) => Exit::Complaints,
        Ok(Some(Severity::Note) | None) => Exit::Done,
    }
}

/// 1 before 4 before 5.
fn worst(exits: impl Iterator<Item = Exit>) -> Exit {
    let exits: Vec<Exit> = exits.collect();
    [Exit::Failed, Exit::Held, Exit::Complaints]
        .into_iter()
        .find(|exit| exits.contains(exit))
        .unwrap_or(Exit::Done)
}

fn text(file: &str, reading: &Result<Reading, FileFailure>, printer: &Printer) {
    let report = match reading {
        Ok(reading) => &reading.report,
        Err(trouble) => {
            let words = failure::file(trouble);
            printer.error(&format!("{file}: {}", words.paragraph()), &words.details);
            return;
        }
    };
    printer.line(&format!("{file}: {}", listing::verdict(report)));
    for line in listing::counts(report).into_iter().chain([listing::totals(report)]) {
        printer.line(&format!("  {line}"));
    }
    findings::text(report, Severity::Note, printer);
    if Plan::can_be_made(report) {
        printer.line("");
        printer.line(&format!("  {}", repair::COMMAND));
    }
    printer.line("");
}

fn file_report<'a>(file: &str, reading: Result<&'a Reading, &FileFailure>) -> FileReport<'a> {
    let error = reading.err().map(|trouble| failure::file(trouble).paragraph());
    let reading = reading.ok();
    let report = reading.map(|reading| &*reading.report);
    FileReport {
        file: file.to_owned(),
        sha256: reading.map(|reading| reading.sha256.to_string()),
        bytes: reading.map(|reading| reading.size_bytes),
        messages: report.map(|report| report.summary.messages),
        patients: report.map(|report| report.summary.patients),
        vaccinations: report.map(|report| report.summary.vaccinations),
        can_send: report.is_some_and(Report::can_be_sent),
        counts: report.map_or_else(CountsReport::default, CountsReport::of),
        findings: report.map_or_else(Vec::new, FindingReport::all_of),
        error,
    }
}
