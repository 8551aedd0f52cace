//! The Demo's own folder, emptied when its registry starts.

use std::{io, path::Path};

/// A file by which the Demo knows a folder as its own.
pub(super) const MARK: &str = "emptied-by-dropoff-demo";

/// Empties the folder, if it is the Demo's own: a data folder can be chosen, and somebody's `demo` may stand in it.
pub(super) fn empty(folder: &Path) -> io::Result<()> {
    let is_ours = folder.join(MARK).is_file();
    let holds_something = match std::fs::read_dir(folder) {
        Ok(mut entries) => entries.next().is_some(),
        Err(error) if error.kind() == io::ErrorKind::NotFound => false,
        Err(error) => return Err(error),
    };
    if holds_something && !is_ours {
        return Err(io::Error::other("it holds files that are not the Demo's"));
    }
    if holds_something {
        std::fs::remove_dir_all(folder)?;
    }
    std::fs::create_dir_all(folder)?;
    std::fs::File::create(folder.join(MARK))?.sync_all()
}

#[cfg(test)]
mod tests {
    use crate::{demo::Demo, ports::DemoStarter};

    #[test]
    fn a_folder_that_is_not_the_demos_is_left_alone() {
        let data = tempfile::tempdir().unwrap();
        let folder = data.path().join("demo");
        std::fs::create_dir(&folder).unwrap();
        std::fs::File::create(folder.join("holiday.txt")).unwrap();
        assert!(Demo::new(folder.clone()).start().is_err());
        assert!(folder.join("holiday.txt").is_file());
    }

    #[test]
    fn the_demos_own_folder_is_emptied_at_the_next_start() {
        let data = tempfile::tempdir().unwrap();
        let folder = data.path().join("demo");
        let mut first = Demo::new(folder.clone());
        first.start().unwrap();
        let samples = first.sample_files().unwrap();
        drop(first);
        Demo::new(folder).start().unwrap();
        assert!(samples.iter().all(|sample| !sample.exists()));
    }
}
