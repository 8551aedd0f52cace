//! The command line of Dropoff.

use std::process::ExitCode;

fn main() -> ExitCode {
    dropoff::cli::run()
}
