//! The Demo's own folder, emptied when its registry starts.

use std::{io, path::Path};

use super::samples;

/// A file by which the Demo knows a folder as its own.
pub(super) const MARK: &str = "emptied-by-dropoff-demo";

/// The folder with the samples, within the Demo's own.
pub(super) const SAMPLES: &str = "samples";

/// Removes what the Demo wrote, if the folder is its own. Somebody may have saved something beside it: that stays, and so do
/// the folders, for whoever finds them empty.
pub(super) fn clear_away(folder: &Path) -> io::Result<()> {
    if !folder.join(MARK).is_file() {
        return Ok(());
    }
    let samples = samples::ALL
        .into_iter()
        .map(|(name, _)| folder.join(SAMPLES).join(name));
    // The mark goes last: what breaks off can be done again.
    for file in samples.chain([folder.join(MARK)]) {
        match std::fs::remove_file(file) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            Err(_) | Ok(()) => {}
        }
    }
    Ok(())
}

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
    fn what_the_demo_wrote_is_cleared_away_and_what_somebody_saved_there_stays() {
        let data = tempfile::tempdir().unwrap();
        let folder = data.path().join("demo");
        let mut demo = Demo::new(folder.clone());
        demo.start().unwrap();
        let samples = demo.sample_files().unwrap();
        let saved = folder.join("samples").join("Receipt.txt");
        std::fs::File::create(&saved).unwrap();
        for _ in 0..2 {
            assert_eq!(demo.clear_away(), Ok(()));
            assert!(samples.iter().all(|sample| !sample.exists()));
            assert!(saved.is_file() && folder.read_dir().unwrap().count() == 1);
        }
    }

    #[test]
    fn a_folder_that_is_not_the_demos_is_not_cleared_away() {
        let data = tempfile::tempdir().unwrap();
        let folder = data.path().join("demo");
        std::fs::create_dir_all(folder.join("samples")).unwrap();
        let alike = folder.join("samples").join("cut-off.hl7");
        std::fs::File::create(&alike).unwrap();
        assert_eq!(Demo::new(folder).clear_away(), Ok(()));
        assert!(alike.is_file());
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
