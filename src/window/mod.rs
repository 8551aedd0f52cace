//! The window: joins the model, the screens and the worker.

pub mod arguments;
pub mod cannot_start;
pub mod hands;
pub mod host;
mod launch;
pub mod system_fonts;
pub mod tab_order;

use std::process::ExitCode;

use clap::Parser;

pub use self::{
    arguments::Arguments,
    cannot_start::CannotStart,
    hands::{EguiWake, Hands},
    host::Window,
};
use crate::build::{Start, StartIn};

/// The window, from its command line to its end.
pub fn run() -> ExitCode {
    let arguments = Arguments::parse();
    let start = Start {
        data: arguments.data,
        destination: if arguments.demo {
            StartIn::Demo
        } else {
            StartIn::Settings
        },
    };
    let files = arguments
        .files
        .into_iter()
        // A relative path is relative to where the program was started, not to where it is later.
        .map(|file| std::path::absolute(&file).unwrap_or(file))
        .collect();
    match launch::launch(start, files) {
        Ok(()) => ExitCode::SUCCESS,
        Err(reason) => {
            tracing::error!("no window: {reason}");
            say_there_is_no_window(&reason);
            ExitCode::FAILURE
        }
    }
}

#[expect(clippy::print_stderr, reason = "without a window there is no other place to say it")]
fn say_there_is_no_window(reason: &str) {
    eprintln!("{}", crate::app::wording::screen::NO_WINDOW);
    eprintln!("  {reason}");
}
