//! Commands that a person can run next: each acts on the data folder of the command that names it. What needs no data folder, as
//! `check`, `repair` and `explain`, is named without.

use std::path::Path;

/// The program of the command line, as it stands on a terminal.
const PROGRAM: &str = "dropoff-cli";

/// How Dropoff is called from a terminal to act on the data folder of this run.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CommandLine {
    /// The folder that `--data` named, as a shell takes it; `None` for the usual one.
    data: Option<String>,
}

impl CommandLine {
    /// For the folder that `--data` named, or for the usual one.
    pub fn new(data: Option<&Path>) -> Self {
        Self {
            data: data.map(|data| quoted(&data.display().to_string())),
        }
    }

    /// What a person can type: `outbox remove ID` becomes `dropoff-cli --data DIR outbox remove ID`.
    pub fn hint(&self, command: &str) -> String {
        match &self.data {
            None => format!("{PROGRAM} {command}"),
            Some(data) => format!("{PROGRAM} --data {data} {command}"),
        }
    }
}

/// As one word of a command line. A folder on Windows has no quotation marks in its name.
fn quoted(path: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || "/\\:._-".contains(c);
    if !path.is_empty() && path.chars().all(is_plain) && (cfg!(windows) || !path.contains('\\')) {
        path.to_owned()
    } else if cfg!(windows) {
        format!("\"{path}\"")
    } else {
        format!("'{}'", path.replace('\'', "'\\''"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hint_names_the_data_folder_where_the_command_named_one() {
        let hint = |data: Option<&str>| CommandLine::new(data.map(Path::new)).hint("run --held");
        assert_eq!(hint(None), "dropoff-cli run --held");
        assert_eq!(
            hint(Some("data/clinic-1")),
            "dropoff-cli --data data/clinic-1 run --held"
        );
    }

    #[cfg(unix)]
    #[test]
    fn a_folder_that_a_shell_would_take_apart_is_quoted() {
        let hint = |data| CommandLine::new(Some(Path::new(data))).hint("run");
        assert_eq!(hint("/srv/Main Street"), "dropoff-cli --data '/srv/Main Street' run");
        assert_eq!(hint("it's"), "dropoff-cli --data 'it'\\''s' run");
        assert_eq!(hint("$HOME"), "dropoff-cli --data '$HOME' run");
        assert_eq!(hint("a\\b"), "dropoff-cli --data 'a\\b' run");
    }
}
