//! What the system starts at sign-in: on Linux a desktop entry, on Windows and macOS what `auto-launch` writes there.

use crate::adapters::own_program::OwnProgram;

/// The entry of one data folder.
#[derive(Debug, Clone)]
pub struct SystemSignIn {
    program: OwnProgram,
}

impl SystemSignIn {
    /// The entry that starts this background.
    pub fn new(program: OwnProgram) -> Self {
        Self { program }
    }

    /// What the entry is called. Another data folder has an entry of its own.
    fn name(&self) -> String {
        use sha2::{Digest, Sha256};
        use std::fmt::Write;
        let mut name = "dropoff".to_owned();
        if let Some(data) = self.program.data() {
            name.push('-');
            for byte in Sha256::digest(data.as_os_str().as_encoded_bytes()).iter().take(4) {
                // Writing into a text cannot fail.
                write!(name, "{byte:02x}").unwrap_or_default();
            }
        }
        name
    }
}

#[cfg(target_os = "linux")]
mod here {
    use std::{
        io,
        path::{Path, PathBuf},
    };

    use super::SystemSignIn;
    use crate::{
        adapters::{
            os_error, system,
            whole_file::{self, Readers},
        },
        ports::SignIn,
    };

    impl SignIn for SystemSignIn {
        fn add(&self) -> Result<(), String> {
            let (program, arguments) = self.program.words()?;
            let entry = entry(&program, &arguments)?;
            let folder = autostart().ok_or("this person has no home folder")?;
            let written = system::create_own_folder(&folder)
                .and_then(|()| whole_file::write(&self.file(&folder), &entry, Readers::AsUsual));
            written.map_err(line)
        }

        fn remove(&self) -> Result<(), String> {
            // Without a home there is no entry.
            autostart().map_or(Ok(()), |folder| whole_file::remove(&self.file(&folder)).map_err(line))
        }
    }

    impl SystemSignIn {
        fn file(&self, folder: &Path) -> PathBuf {
            folder.join(format!("{}.desktop", self.name()))
        }
    }

    /// Source: Desktop Application Autostart Specification: `$XDG_CONFIG_HOME/autostart`.
    fn autostart() -> Option<PathBuf> {
        directories::BaseDirs::new().map(|base| base.config_dir().join("autostart"))
    }

    fn line(error: io::Error) -> String {
        os_error::line(&error)
    }

    /// Source: Desktop Entry Specification, "The Exec key".
    pub(super) fn entry(program: &str, arguments: &[String]) -> Result<String, String> {
        let words: Result<Vec<String>, String> = std::iter::once(program)
            .chain(arguments.iter().map(String::as_str))
            .map(quoted)
            .collect();
        Ok(format!(
            "[Desktop Entry]\nType=Application\nVersion=1.0\nName=Dropoff\nExec={}\nTerminal=false\nStartupNotify=false\n",
            words?.join(" ")
        ))
    }

    /// In double quotes; then once more, since every backslash of a value counts twice, and `%` begins a field code.
    fn quoted(word: &str) -> Result<String, String> {
        if word.chars().any(char::is_control) {
            return Err("a path with a control character".to_owned());
        }
        let mut quoted = String::from('"');
        for c in word.chars() {
            match c {
                '"' | '`' | '$' => quoted.extend(['\\', '\\', c]),
                '\\' => quoted.push_str(r"\\\\"),
                '%' => quoted.push_str("%%"),
                plain => quoted.push(plain),
            }
        }
        quoted.push('"');
        Ok(quoted)
    }
}

#[cfg(windows)]
mod here {
    use auto_launch::{AutoLaunch, WindowsEnableMode};

    use super::SystemSignIn;
    use crate::ports::SignIn;

    impl SignIn for SystemSignIn {
        fn add(&self) -> Result<(), String> {
            self.entry()?.enable().map_err(|error| error.to_string())
        }

        fn remove(&self) -> Result<(), String> {
            self.entry()?.disable().map_err(|error| error.to_string())
        }
    }

    impl SystemSignIn {
        /// For this person alone: below HKEY_CURRENT_USER, in `Run`.
        fn entry(&self) -> Result<AutoLaunch, String> {
            let (program, arguments) = self.program.words()?;
            let arguments: Vec<String> = arguments.iter().map(|argument| quoted(argument)).collect();
            Ok(AutoLaunch::new(
                &self.name(),
                &quoted(&program),
                WindowsEnableMode::CurrentUser,
                &arguments,
            ))
        }
    }

    /// A path holds no quotation mark. A backslash at its end would hide the closing one.
    fn quoted(word: &str) -> String {
        let hides = word.chars().rev().take_while(|c| *c == '\\').count();
        format!("\"{word}{}\"", "\\".repeat(hides))
    }
}

#[cfg(target_os = "macos")]
mod here {
    use auto_launch::{AutoLaunch, MacOSLaunchMode};

    use super::SystemSignIn;
    use crate::ports::SignIn;

    impl SignIn for SystemSignIn {
        fn add(&self) -> Result<(), String> {
            self.entry()?.enable().map_err(|error| error.to_string())
        }

        fn remove(&self) -> Result<(), String> {
            self.entry()?.disable().map_err(|error| error.to_string())
        }
    }

    impl SystemSignIn {
        /// A launch agent of this person. Its arguments stand in XML.
        fn entry(&self) -> Result<AutoLaunch, String> {
            let (program, arguments) = self.program.words()?;
            let arguments: Vec<String> = arguments.iter().map(|argument| escaped(argument)).collect();
            let no_identifiers: [&str; 0] = [];
            Ok(AutoLaunch::new(
                &self.name(),
                &program,
                MacOSLaunchMode::LaunchAgent,
                &arguments,
                &no_identifiers,
                "",
            ))
        }
    }

    fn escaped(word: &str) -> String {
        word.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
    }
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn each_data_folder_has_an_entry_of_its_own() {
        let name = |data| SystemSignIn::new(OwnProgram::of("/usr/bin/dropoff", data)).name();
        assert_eq!(name(None), "dropoff");
        assert_eq!(name(Some("/a")), name(Some("/a")));
        assert_ne!(name(Some("/a")), name(Some("/b")));
        assert_ne!(name(None), name(Some("/a")));
    }

    #[test]
    fn spaces_and_signs_of_a_path_stay_what_they_are() {
        let program = OwnProgram::of("/opt/Drop off/dropoff", Some(r#"/home/a $HOME "b" \ 100%/data"#));
        let (program, arguments) = program.words().unwrap();
        let entry = here::entry(&program, &arguments).unwrap();
        let exec = entry.lines().find(|line| line.starts_with("Exec=")).unwrap();
        assert_eq!(
            exec,
            r#"Exec="/opt/Drop off/dropoff" "--background" "--data" "/home/a \\$HOME \\"b\\" \\\\ 100%%/data""#
        );
    }

    #[test]
    fn a_path_that_would_begin_another_line_is_refused() {
        assert!(here::entry("/opt/a\nExec=evil", &[]).is_err());
    }
}
