//! The check of a file: its fixtures, what holds for any bytes, what is repaired, and the command.

mod command;
mod fixtures;
mod properties;
mod repair;
mod repair_command;

use std::{
    path::{Path, PathBuf},
    sync::LazyLock,
};

use dropoff::domain::check::{Report, Rules};

use crate::{holds, support::clinic::rules};

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/fixtures/check")
        .join(name)
}

/// What a file is held against in these tests, read from the tables once.
pub(crate) static RULES: LazyLock<Rules> = LazyLock::new(rules);

fn report(chunks: &[&[u8]]) -> Report {
    holds::checker::report(chunks, &RULES)
}
