//! The window: joins the model, the screens and the worker.

pub mod arguments;
pub mod cannot_start;
mod first;
pub mod hands;
pub mod host;
mod launch;
mod parting;
pub mod system_fonts;
pub mod tab_order;

use std::{
    path::{Path, PathBuf},
    process::ExitCode,
};

use clap::Parser;

pub use self::{
    arguments::Arguments,
    cannot_start::CannotStart,
    hands::{EguiWake, Hands},
    host::Window,
};
use self::{first::Found, launch::Plan, parting::Parting};
use crate::{
    adapters::instance::{NoAnswer, Reply},
    app::wording::{Explanation, screen},
    background,
    build::{Start, StartIn},
};

/// `dropoff`, from its command line to its end.
pub fn run() -> ExitCode {
    let arguments = Arguments::parse();
    let start = Start {
        data: arguments.data.as_deref().map(absolute),
        destination: if arguments.demo {
            StartIn::Demo
        } else {
            StartIn::Settings
        },
    };
    if arguments.background {
        return background::run(&start);
    }
    let files: Vec<PathBuf> = arguments.files.iter().map(|file| absolute(file)).collect();
    match first::come(&start, &files) {
        Ok(Found::Nobody(mut place)) => {
            let parting = Parting::default();
            let plan = Plan::program(&start, files, place.take_door(), parting.clone());
            let end = show(plan);
            // The place is free before the background looks for a window.
            drop(place);
            parting.part(&start);
            end
        }
        Ok(Found::Window(Reply::Done)) => ExitCode::SUCCESS,
        Ok(Found::Window(Reply::NotDone)) => {
            say(screen::OPEN_ALREADY, "");
            ExitCode::FAILURE
        }
        Ok(Found::Silence(silence)) => say_nobody_answers(&silence),
        // The window says why.
        Err(_) => show(Plan::program(&start, files, None, Parting::default())),
    }
}

/// A relative path is relative to where the program was started, not to where it is later.
fn absolute(path: &Path) -> PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| path.to_owned())
}

fn show(plan: Plan) -> ExitCode {
    match launch::launch(plan) {
        Ok(()) => ExitCode::SUCCESS,
        Err(reason) => {
            tracing::error!("no window: {reason}");
            say(screen::NO_WINDOW, &reason);
            ExitCode::FAILURE
        }
    }
}

fn say_nobody_answers(silence: &NoAnswer) -> ExitCode {
    say(screen::NO_ANSWER, &silence.to_string());
    show(Plan::explanation(Explanation {
        title: screen::NO_ANSWER.to_owned(),
        file: String::new(),
        next: screen::NO_ANSWER_NEXT.to_owned(),
        details: vec![silence.to_string()],
    }));
    ExitCode::FAILURE
}

#[expect(
    clippy::print_stderr,
    reason = "without a window of its own there is no other place to say it"
)]
fn say(line: &str, detail: &str) {
    eprintln!("{line}");
    if !detail.is_empty() {
        eprintln!("  {detail}");
    }
}
