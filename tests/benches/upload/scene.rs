//! The server, the files, and the account that stand ready before anything is measured.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use dropoff::domain::account::{Protocol, Trust};
use tempfile::TempDir;

use crate::{
    contender::{self, measure},
    support::{
        clinic::PASSWORD,
        servers::{Product, RealServer, Speaks, start},
    },
};

/// Length of one invented message.
const MESSAGE_BYTES: usize = 2048;

/// What travels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Cargo {
    OneBigFile,
    ManySmallFiles,
}

impl Cargo {
    pub(crate) fn title(self) -> &'static str {
        match self {
            Self::OneBigFile => "200 MB in one file",
            Self::ManySmallFiles => "200 files of 2 KB",
        }
    }

    fn files(self) -> usize {
        match self {
            Self::OneBigFile => 1,
            Self::ManySmallFiles => 200,
        }
    }

    /// Messages in each file.
    fn messages(self) -> usize {
        match self {
            Self::OneBigFile => 200_000_000 / MESSAGE_BYTES,
            Self::ManySmallFiles => 1,
        }
    }

    fn bytes_of_each(self) -> u64 {
        (self.messages() * MESSAGE_BYTES) as u64
    }
}

pub(crate) struct Scene {
    pub(crate) server: RealServer,
    folder: TempDir,
}

impl Scene {
    /// Nothing where vsftpd cannot run: then it was said why.
    pub(crate) fn start() -> Option<Self> {
        let server = start(Product::Vsftpd, Protocol::FtpsImplicit, Speaks::Tls12And13)?;
        let scene = Self {
            server,
            folder: TempDir::with_prefix("dropoff-bench-").unwrap(),
        };
        let Trust::ExtraAuthority(pem) = &scene.server.account.endpoint.trust else {
            panic!("the test servers are trusted by their authority");
        };
        fs::write(scene.authority(), pem).unwrap();
        for cargo in [Cargo::OneBigFile, Cargo::ManySmallFiles] {
            write_files(cargo, &scene.folder_of(cargo));
        }
        contender::set_account(&scene);
        Some(scene)
    }

    /// The certificate that the server's is signed by.
    pub(crate) fn authority(&self) -> PathBuf {
        self.folder.path().join("authority.pem")
    }

    /// Where the files lie.
    pub(crate) fn folder_of(&self, cargo: Cargo) -> PathBuf {
        self.folder.path().join(match cargo {
            Cargo::OneBigFile => "big",
            Cargo::ManySmallFiles => "small",
        })
    }

    pub(crate) fn files_of(&self, cargo: Cargo) -> Vec<PathBuf> {
        let folder = self.folder_of(cargo);
        (0..cargo.files()).map(|at| folder.join(file_name(at))).collect()
    }

    /// `dropoff-cli` with a data folder of its own and without a keychain.
    pub(crate) fn command_line(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_dropoff-cli"));
        command
            .arg("--data")
            .arg(self.folder.path().join("data"))
            .env("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command
    }

    /// What the command line takes for a login without a file.
    pub(crate) fn idle_memory_kib(&self) -> u64 {
        let mut command = self.command_line();
        command.args(["account", "test", "--password-stdin"]);
        measure(command, PASSWORD).unwrap().peak_memory_kib.unwrap()
    }

    /// Makes sure that everything arrived whole, and clears the server for the next run.
    pub(crate) fn clear(&self, cargo: Cargo) -> Result<(), String> {
        let dropoff = self.server.root.join("HL7-Dropoff");
        let mut arrived = 0;
        for entry in fs::read_dir(&dropoff).unwrap() {
            let entry = entry.unwrap();
            arrived += usize::from(entry.metadata().unwrap().len() == cargo.bytes_of_each());
            fs::remove_file(entry.path()).unwrap();
        }
        if arrived == cargo.files() {
            Ok(())
        } else {
            Err(format!("{arrived} of {} files arrived whole", cargo.files()))
        }
    }
}

fn file_name(at: usize) -> String {
    format!("{at:03}.hl7")
}

fn write_files(cargo: Cargo, folder: &Path) {
    fs::create_dir(folder).unwrap();
    for at in 0..cargo.files() {
        let mut content = Vec::new();
        for number in 0..cargo.messages() {
            content.extend(message(at + number));
        }
        fs::write(folder.join(file_name(at)), content).unwrap();
    }
}

/// An invented message, different for each number. A note fills it up to its length.
fn message(number: usize) -> Vec<u8> {
    let text = format!(
        "MSH|^~\\&|EHR|1100100033|TxImmTrac|TxDSHS|20260301120000||VXU^V04^VXU_V04|{number}|P|2.5.1\r\
         PID|1||{number}^^^CLINIC^MR||Invented^Blossom||20200229|F\r\
         ORC|RE||{number}^CLINIC\r\
         RXA|0|1|20260301||20^DTaP^CVX|0.5|mL\r\
         NTE|1||"
    );
    let mut bytes = text.into_bytes();
    bytes.resize(MESSAGE_BYTES - 1, b'x');
    bytes.push(b'\r');
    bytes
}
