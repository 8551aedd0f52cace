//! The check of a file: its fixtures, what holds for any bytes, what is repaired, and the command.

mod command;
mod fixtures;
mod properties;
mod repair;
mod repair_command;

use std::path::{Path, PathBuf};

use dropoff::domain::check::{Checker, Report};

use crate::support::clinic::rules;

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/fixtures/check")
        .join(name)
}

fn report(chunks: &[&[u8]]) -> Report {
    let rules = rules();
    let mut checker = Checker::new(&rules);
    for chunk in chunks {
        checker.feed(chunk);
    }
    checker.finish()
}
