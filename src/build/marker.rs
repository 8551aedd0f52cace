//! A note in the data folder that a start is under way: it is still there when that start never came to its end.

use std::path::PathBuf;

use crate::{
    adapters::data_folder::START_NOTE,
    build::{Start, StartFailure, data_folder},
};

/// The note. Where it cannot be written, a start is as good as without it.
pub struct StartNote(PathBuf);

impl StartNote {
    /// The note of this data folder.
    pub fn of(start: &Start) -> Result<Self, StartFailure> {
        Ok(Self(data_folder(start)?.join(START_NOTE)))
    }

    /// What an unfinished start left behind, at most a few letters.
    pub fn read(&self) -> Option<String> {
        use std::io::Read;
        let mut text = String::new();
        let file = std::fs::File::open(&self.0).ok()?;
        file.take(16).read_to_string(&mut text).ok()?;
        Some(text)
    }

    /// A start begins.
    pub fn write(&self, text: &str) {
        use std::io::Write;
        let written = std::fs::File::create(&self.0).and_then(|mut file| file.write_all(text.as_bytes()));
        if let Err(error) = written {
            tracing::warn!("the note of the start was not written: {}", error.kind());
        }
    }

    /// The start is over.
    pub fn remove(&self) {
        if let Err(error) = std::fs::remove_file(&self.0) {
            tracing::warn!("the note of the start was not removed: {}", error.kind());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_note_stays_until_the_start_is_over() {
        let folder = tempfile::tempdir().unwrap();
        let start = Start {
            data: Some(folder.path().to_owned()),
            ..Start::default()
        };
        let note = StartNote::of(&start).unwrap();
        assert_eq!(note.read(), None);
        note.write("wgpu");
        assert_eq!(StartNote::of(&start).unwrap().read().as_deref(), Some("wgpu"));
        note.remove();
        assert_eq!(note.read(), None);
    }
}
