//! The system's own dialogs: Windows' and the Mac's; on Linux the desktop's portal, else `zenity`.
//!
//! Each call waits for a person and runs on the desk's thread. On a Mac the dialog itself must run on the main thread: rfd hands
//! it over there and waits, which works because the window's event loop is running. No dialog is opened before the window is.

use std::path::{Path, PathBuf};

use rfd::FileDialog;

use crate::ports::Dialogs;

/// The words in the dialogs that are not in their titles.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DialogWords {
    /// The files that are usually sent, for example `HL7 files`.
    pub hl7_files: String,
    /// Certificates of an authority.
    pub certificates: String,
    /// Plain text.
    pub text_files: String,
    /// Pages that a browser shows.
    pub web_pages: String,
    /// Every file.
    pub all_files: String,
}

/// The dialogs of this desktop.
#[derive(Debug, Clone)]
pub struct SystemDialogs {
    words: DialogWords,
}

impl SystemDialogs {
    /// Dialogs that speak with these words.
    pub fn new(words: DialogWords) -> Self {
        Self { words }
    }

    fn dialog(&self, title: &str, filter: &str, endings: &[&str]) -> FileDialog {
        let dialog = FileDialog::new().set_title(title);
        // On a Mac rfd joins all filters into one, in which "every file" has no meaning: files with another ending could not
        // be chosen at all.
        if cfg!(target_os = "macos") {
            return dialog;
        }
        dialog
            .add_filter(filter, endings)
            .add_filter(&self.words.all_files, &["*"])
    }
}

impl Dialogs for SystemDialogs {
    fn choose_files(&self, title: &str) -> Vec<PathBuf> {
        let chosen = self
            .dialog(title, &self.words.hl7_files, &["hl7", "txt", "dat"])
            .pick_files();
        if cfg!(target_os = "linux") && chosen.is_none() {
            tracing::warn!("no dialog for files: neither the desktop's portal nor zenity answers");
        }
        chosen.unwrap_or_default()
    }

    fn choose_authority(&self, title: &str) -> Option<PathBuf> {
        self.dialog(title, &self.words.certificates, &["pem", "crt", "cer"])
            .pick_file()
    }

    fn choose_save_place(&self, title: &str, suggested_name: &str) -> Option<PathBuf> {
        let is_page = Path::new(suggested_name)
            .extension()
            .is_some_and(|ending| ending == "html");
        let (filter, ending) = if is_page {
            (&self.words.web_pages, "html")
        } else {
            (&self.words.text_files, "txt")
        };
        self.dialog(title, filter, &[ending])
            .set_file_name(suggested_name)
            .save_file()
    }
}
