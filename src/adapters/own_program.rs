//! This very program, started once more without a window.

use std::{
    env, io,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

/// What makes the program work without a window.
pub const BACKGROUND: &str = "--background";
/// What names another data folder than the usual one.
pub const DATA: &str = "--data";

/// How the background of a data folder is started.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnProgram {
    program: PathBuf,
    data: Option<PathBuf>,
}

impl OwnProgram {
    /// This program with this data folder, or with the usual one.
    pub fn new(data: Option<&Path>) -> io::Result<Self> {
        let data = data.map(std::path::absolute).transpose()?;
        Ok(Self {
            program: env::current_exe()?,
            data,
        })
    }

    /// The same for another program.
    #[cfg(test)]
    pub(super) fn of(program: &str, data: Option<&str>) -> Self {
        Self {
            program: program.into(),
            data: data.map(PathBuf::from),
        }
    }

    /// The data folder, where it is not the usual one.
    pub(super) fn data(&self) -> Option<&Path> {
        self.data.as_deref()
    }

    /// Its path and its arguments as text; the error is for a path that is none.
    pub(super) fn words(&self) -> Result<(String, Vec<String>), String> {
        let text = |path: &Path| {
            path.to_str()
                .map(str::to_owned)
                .ok_or("a path that is no text".to_owned())
        };
        let mut arguments = vec![BACKGROUND.to_owned()];
        if let Some(data) = &self.data {
            arguments.extend([DATA.to_owned(), text(data)?]);
        }
        Ok((text(&self.program)?, arguments))
    }

    /// Starts the background, which goes on when this process ends.
    ///
    /// It stands in `folder`: where this process was started may be a USB stick that somebody wants to pull out.
    pub fn start(&self, folder: &Path) -> io::Result<()> {
        let mut command = Command::new(&self.program);
        command.arg(BACKGROUND);
        if let Some(data) = &self.data {
            command.arg(DATA).arg(data);
        }
        command
            .current_dir(folder)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        detach(&mut command);
        command.spawn().map(drop)
    }
}

/// An interrupt on the terminal of this process is not meant for it.
#[cfg(unix)]
fn detach(command: &mut Command) {
    std::os::unix::process::CommandExt::process_group(command, 0);
}

/// No console window, and an interrupt is not meant for it.
#[cfg(windows)]
fn detach(command: &mut Command) {
    const CREATE_NEW_PROCESS_GROUP: u32 = 0x0000_0200;
    const CREATE_NO_WINDOW: u32 = 0x0800_0000;
    std::os::windows::process::CommandExt::creation_flags(command, CREATE_NEW_PROCESS_GROUP | CREATE_NO_WINDOW);
}
