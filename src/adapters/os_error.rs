//! What the system said about a file, without the file's name.

use std::io;

/// The system's words for an error. Some libraries put the path into theirs, and a path can hold a patient's name.
pub(super) fn line(error: &io::Error) -> String {
    match error.raw_os_error() {
        Some(code) => io::Error::from_raw_os_error(code).to_string(),
        None => error.kind().to_string(),
    }
}

/// Whether there was no room: on the disk, or for this person on it.
pub(super) fn is_no_room(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_path_in_a_library_s_words_is_left_out() {
        let missing = std::path::Path::new("no such folder of Jane Doe");
        let error = tempfile::NamedTempFile::new_in(missing).unwrap_err();
        assert!(
            error.to_string().contains("Jane"),
            "else this test shows nothing: {error}"
        );
        assert_eq!(line(&error), "entity not found");
    }
}
