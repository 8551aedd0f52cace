//! What may stand behind the window's name on a command line.

use std::path::PathBuf;

use clap::Parser;

/// Sends a clinic's immunization files to the registry.
#[derive(Debug, Clone, PartialEq, Eq, Parser)]
#[command(name = "dropoff", version, about)]
pub struct Arguments {
    /// Keep settings and logs in this folder instead of the usual one.
    #[arg(long, value_name = "DIR")]
    pub data: Option<PathBuf>,
    /// Go straight to the Demo: nothing leaves this computer.
    #[arg(long)]
    pub demo: bool,
    /// Work without a window: try what waits to be sent, show messages on the desktop, and end when nothing waits.
    #[arg(long, conflicts_with_all = ["demo", "files"])]
    pub background: bool,
    /// Files or folders to put on cards.
    #[arg(value_name = "FILE")]
    pub files: Vec<PathBuf>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_and_options_stand_in_any_order() {
        let arguments = Arguments::try_parse_from(["dropoff", "a.hl7", "--demo", "b.hl7", "--data", "folder"]).unwrap();
        assert!(arguments.demo);
        assert_eq!(arguments.data, Some(PathBuf::from("folder")));
        assert_eq!(arguments.files, [PathBuf::from("a.hl7"), PathBuf::from("b.hl7")]);
    }

    #[test]
    fn the_background_takes_neither_files_nor_the_demo() {
        let parse = |words: &[&str]| Arguments::try_parse_from([&["dropoff", "--background"], words].concat());
        assert!(parse(&["--data", "folder"]).unwrap().background);
        assert!(parse(&["--demo"]).is_err());
        assert!(parse(&["a.hl7"]).is_err());
    }

    #[test]
    fn an_unknown_option_is_refused_and_not_read_as_a_file() {
        assert!(Arguments::try_parse_from(["dropoff", "--dmeo"]).is_err());
    }
}
