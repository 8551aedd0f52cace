//! The one place that writes to the terminal.

use std::{
    cell::{Cell, RefCell},
    io::{self, IsTerminal, Write},
};

use serde::Serialize;

use crate::{
    app::wording::{
        Explanation,
        name::{harmless, steers},
        screen,
    },
    build::StartFailure,
    cli::Exit,
};

/// What standard output is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Text,
    Json,
}

/// Writes results to standard output, and troubles and progress to standard error. A file's name comes from outside, and so does
/// what a server says: nothing of it steers the terminal.
pub(super) struct Printer {
    form: Form,
    has_object: Cell<bool>,
    troubles: RefCell<Vec<Trouble>>,
}

/// What was said on standard error.
struct Trouble {
    title: String,
    details: Vec<String>,
}

/// The object of a command that has none of its own, or did not come to it.
#[derive(Serialize)]
struct Ended {
    ok: bool,
    error: Option<String>,
    details: Vec<String>,
}

impl Printer {
    pub(super) fn new(json: bool) -> Self {
        Self {
            form: if json { Form::Json } else { Form::Text },
            has_object: Cell::new(false),
            troubles: RefCell::default(),
        }
    }

    /// Nothing more comes. With `--json` whoever reads standard output finds one object there, however it ended.
    pub(super) fn end(&self, exit: Exit) {
        if self.has_object.get() {
            return;
        }
        let troubles = self.troubles.take();
        let titles: Vec<&str> = troubles.iter().map(|trouble| trouble.title.as_str()).collect();
        self.json(&Ended {
            ok: exit == Exit::Done,
            error: (!titles.is_empty()).then(|| titles.join(" ")),
            details: troubles.into_iter().flat_map(|trouble| trouble.details).collect(),
        });
    }

    /// A line for a person; nothing with `--json`.
    pub(super) fn line(&self, text: &str) {
        if self.form == Form::Text {
            print(io::stdout(), &format!("{}\n", harmless(text)));
        }
    }

    /// The one object, with `--json` only.
    pub(super) fn json(&self, object: &impl Serialize) {
        if self.form == Form::Json {
            self.object(object);
        }
    }

    /// An object, whatever the form.
    pub(super) fn object(&self, object: &impl Serialize) {
        self.has_object.set(true);
        match serde_json::to_string(object) {
            Ok(text) => print(io::stdout(), &format!("{}\n", escaped(&text))),
            Err(error) => print(io::stderr(), &format!("{error}\n")),
        }
    }

    /// A trouble, with technical lines.
    pub(super) fn error(&self, title: &str, details: &[String]) {
        print(io::stderr(), &format!("{}\n", harmless(title)));
        for detail in details {
            print(io::stderr(), &format!("  {}\n", harmless(detail)));
        }
        self.troubles.borrow_mut().push(Trouble {
            title: title.to_owned(),
            details: details.to_vec(),
        });
    }

    /// A trouble in the catalogue's words.
    pub(super) fn explanation(&self, explanation: &Explanation) {
        self.error(&explanation.paragraph(), &explanation.details);
    }

    /// Nothing could begin.
    pub(super) fn cannot_start(&self, failure: &StartFailure) {
        let why = failure.explanation();
        self.error(&format!("{}. {}", screen::CANNOT_START, why.paragraph()), &why.details);
    }

    /// A line that is overwritten by the next one, on a terminal only.
    pub(super) fn progress(&self, text: &str) {
        if self.form == Form::Text && io::stderr().is_terminal() {
            print(io::stderr(), &format!("\r\x1b[K{}", harmless(text)));
        }
    }
}

/// Whoever read it may have gone, as `head` does once it has enough: what is being done goes on, and the exit status tells.
fn print(mut to: impl Write, text: &str) {
    if to.write_all(text.as_bytes()).and_then(|()| to.flush()).is_err() {
        tracing::debug!("nobody reads what is printed");
    }
}

/// The same JSON: what would steer a terminal can only stand inside of a text there, and each such character is of one code unit.
fn escaped(json: &str) -> String {
    let mut text = String::with_capacity(json.len());
    for c in json.chars() {
        if steers(c) {
            text.extend(["\\u", &format!("{:04x}", u32::from(c))]);
        } else {
            text.push(c);
        }
    }
    text
}
