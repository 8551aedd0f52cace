//! The one place that writes to the terminal.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "the command line's printer")]

use std::io::{self, IsTerminal};

use serde::Serialize;

use crate::app::wording::Explanation;

/// What standard output is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Text,
    Json,
}

/// Writes results to standard output, and troubles and progress to standard error.
pub(super) struct Printer {
    form: Form,
}

impl Printer {
    pub(super) fn new(json: bool) -> Self {
        Self {
            form: if json { Form::Json } else { Form::Text },
        }
    }

    /// A line for a person; nothing with `--json`.
    pub(super) fn line(&self, text: &str) {
        if self.form == Form::Text {
            println!("{text}");
        }
    }

    /// The one object, with `--json` only.
    pub(super) fn json(&self, object: &impl Serialize) {
        if self.form == Form::Json {
            self.object(object);
        }
    }

    /// An object, whatever the form.
    #[expect(clippy::unused_self, reason = "who writes to the terminal has the printer")]
    pub(super) fn object(&self, object: &impl Serialize) {
        match serde_json::to_string(object) {
            Ok(text) => println!("{text}"),
            Err(error) => eprintln!("{error}"),
        }
    }

    /// A trouble, with technical lines.
    #[expect(clippy::unused_self, reason = "who writes to the terminal has the printer")]
    pub(super) fn error(&self, title: &str, details: &[String]) {
        eprintln!("{title}");
        for detail in details {
            eprintln!("  {detail}");
        }
    }

    /// A trouble in the catalogue's words.
    pub(super) fn explanation(&self, explanation: &Explanation) {
        self.error(&explanation.paragraph(), &explanation.details);
    }

    /// A line that is overwritten by the next one, on a terminal only.
    pub(super) fn progress(&self, text: &str) {
        if self.form == Form::Text && io::stderr().is_terminal() {
            eprint!("\r\x1b[K{text}");
        }
    }
}
