//! The check of a file: its fixtures, what holds for any bytes, and the command.

mod command;
mod fixtures;
mod properties;

use std::path::{Path, PathBuf};

use dropoff::domain::check::{Checker, Report, Rules};

use crate::support::clinic::occasion;

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/fixtures/check")
        .join(name)
}

fn report(chunks: &[&[u8]]) -> Report {
    let rules = Rules::on(occasion());
    let mut checker = Checker::new(&rules);
    for chunk in chunks {
        checker.feed(chunk);
    }
    checker.finish()
}
