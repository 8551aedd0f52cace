//! The facts beside the project, and the files of ours that are made from them.

use std::{
    collections::BTreeMap,
    env, fs,
    path::{Path, PathBuf},
};

use super::left_out::say_left_out;

/// A row of the facts, by the names of its columns.
pub(crate) type Fact = BTreeMap<String, String>;

/// A folder of facts; `None`, and a line that says so, where it is not there.
pub(crate) fn facts(folder: &str) -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../shared/facts")
        .join(folder);
    if path.is_dir() {
        return Some(path);
    }
    say_left_out(&format!(
        "what needs the facts about {folder}, which are not beside the project"
    ));
    None
}

/// The rows of a file of facts.
pub(crate) fn rows(folder: &Path, file: &str) -> Vec<Fact> {
    let mut reader = csv::Reader::from_path(folder.join(file)).unwrap();
    reader.deserialize().map(|row| row.unwrap()).collect()
}

/// The file of ours is this text, to the letter. With `DROPOFF_WRITE_TABLES` set, it becomes it, and what was built in is old: `false`.
#[track_caller]
pub(crate) fn compare_asset(name: &str, text: &str) -> bool {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets").join(name);
    if env::var_os("DROPOFF_WRITE_TABLES").is_some() {
        fs::write(&path, text).unwrap();
        say_left_out(&format!("the comparison of {name}, which is now written"));
        return false;
    }
    // A checkout on Windows may have changed the line ends.
    let ours = fs::read_to_string(&path).unwrap().replace("\r\n", "\n");
    assert_eq!(ours, text, "{name} is not as it would be written today");
    true
}

/// Without spaces around it, with one where there are more, and without what our tables mean something by.
pub(crate) fn tidy(text: &str) -> String {
    let tidy = text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(!tidy.contains('|') && !tidy.starts_with(['#', '[']), "{tidy}");
    tidy
}
