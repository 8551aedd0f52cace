//! What has arrived at a server, against what was sent: everything exactly once, nothing else, no name used twice.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use crate::support::front_desk::names_in;

/// The two folders in which a file may end.
const FOLDERS: [&str; 2] = ["HL7-Dropoff", "Accepted"];

/// A server's login folder on this computer, and the parts that its registry took away by mistake.
pub(crate) struct Arrivals<'a> {
    pub(crate) root: &'a Path,
    /// Names in Accepted that are only a part of a file.
    pub(crate) taken_parts: &'a BTreeSet<String>,
}

impl Arrivals<'_> {
    /// Fails unless each content is there exactly once, whole, and nothing else but what the registry took as a part.
    #[track_caller]
    pub(crate) fn must_be(&self, contents: &[Vec<u8>]) {
        let troubles = self.troubles(contents);
        assert!(troubles.is_empty(), "{}", troubles.join("\n"));
    }

    /// One line for each thing that is wrong.
    pub(crate) fn troubles(&self, contents: &[Vec<u8>]) -> Vec<String> {
        let mut troubles = Vec::new();
        let mut places = BTreeMap::<String, Vec<PathBuf>>::new();
        let mut found: Vec<Vec<PathBuf>> = vec![Vec::new(); contents.len()];
        for path in FOLDERS.iter().flat_map(|folder| files_in(&self.root.join(folder))) {
            let name = path.file_name().unwrap().to_str().unwrap().to_owned();
            let place = path.strip_prefix(self.root).unwrap().to_owned();
            places.entry(name.to_ascii_lowercase()).or_default().push(place.clone());
            if place.starts_with("Accepted") && self.taken_parts.contains(&name) {
                continue;
            }
            let bytes = fs::read(&path).unwrap();
            match contents.iter().position(|content| *content == bytes) {
                Some(index) => found[index].push(place),
                None => troubles.push(format!("{} is {}", place.display(), describe(&bytes, contents))),
            }
        }
        troubles.extend(
            places
                .values()
                .filter(|places| places.len() > 1)
                .map(|places| format!("one name twice: {places:?}")),
        );
        troubles.extend(
            found
                .iter()
                .enumerate()
                .filter(|(_, places)| places.len() != 1)
                .map(|(index, places)| format!("content {index} is there {} times: {places:?}", places.len())),
        );
        troubles
    }
}

fn files_in(folder: &Path) -> Vec<PathBuf> {
    names_in(folder).iter().map(|name| folder.join(name)).collect()
}

fn describe(bytes: &[u8], contents: &[Vec<u8>]) -> String {
    match contents.iter().position(|content| content.starts_with(bytes)) {
        Some(index) => format!(
            "a part of content {index}: {} of {} bytes",
            bytes.len(),
            contents[index].len()
        ),
        None => format!("nothing that was sent: {} bytes", bytes.len()),
    }
}

#[test]
fn what_is_wrong_with_the_arrivals_is_seen() {
    let root = tempfile::tempdir().unwrap();
    for folder in FOLDERS {
        fs::create_dir(root.path().join(folder)).unwrap();
    }
    let contents = [b"one".to_vec(), b"two".to_vec()];
    let put = |place: &str, bytes: &[u8]| fs::write(root.path().join(place), bytes).unwrap();
    let taken_parts = BTreeSet::from(["p.hl7".to_owned()]);
    let troubles = || {
        Arrivals {
            root: root.path(),
            taken_parts: &taken_parts,
        }
        .troubles(&contents)
    };
    assert_eq!(troubles().len(), 2, "both are missing");
    put("HL7-Dropoff/a.hl7", b"one");
    put("Accepted/b.hl7", b"two");
    put("Accepted/p.hl7", b"tw");
    assert_eq!(troubles(), Vec::<String>::new());
    put("HL7-Dropoff/c.hl7", b"tw");
    assert_eq!(troubles(), ["HL7-Dropoff/c.hl7 is a part of content 1: 2 of 3 bytes"]);
    put("HL7-Dropoff/c.hl7", b"twone");
    assert_eq!(troubles(), ["HL7-Dropoff/c.hl7 is nothing that was sent: 5 bytes"]);
    put("HL7-Dropoff/c.hl7", b"two");
    assert_eq!(
        troubles(),
        ["content 1 is there 2 times: [\"HL7-Dropoff/c.hl7\", \"Accepted/b.hl7\"]"]
    );
    fs::rename(
        root.path().join("HL7-Dropoff/c.hl7"),
        root.path().join("HL7-Dropoff/P.hl7"),
    )
    .unwrap();
    assert!(troubles().contains(&"one name twice: [\"HL7-Dropoff/P.hl7\", \"Accepted/p.hl7\"]".to_owned()));
}
