//! Makes the adapters and joins them with the model and the worker, for the window and for the command line alike.

mod bare;
mod marker;
mod retire;
mod session;
mod shelf;
mod turns;

use std::{path::PathBuf, sync::Arc};

use thiserror::Error;

use crate::{
    adapters::{
        data_folder::DEMO,
        dialogs::{DialogWords, SystemDialogs},
        files::LocalFiles,
        ftps::FtpsDoor,
        keychain::{KeyEntry, Keychain},
        log::{self, LogGuard},
        own_program::OwnProgram,
        profile::{self, ProfileError},
        settings::TomlSettings,
        sign_in::SystemSignIn,
        system::{self, DataFolderFailure, SystemClock},
        tables,
    },
    app::{
        model::{Model, Notice, Unread},
        wording::{Explanation, books, failure, hint::CommandLine, screen},
    },
    domain::{
        check::{Standard, StandardError},
        failure::{LedgerFailure, SetAside, SettingsFailure},
    },
    ports::{Clock, DemoStarter, SettingsStore, Wake},
    worker::{self, Outside, Worker},
};

pub use self::{
    bare::{Bare, bare},
    marker::StartNote,
    retire::{RetiredFrom, Retirement},
    session::Session,
};

/// How the program was started.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Start {
    /// Another data folder than the platform's own.
    pub data: Option<PathBuf>,
    /// Straight into the Demo, whatever the settings say.
    pub destination: StartIn,
}

/// Where the program goes at start.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum StartIn {
    /// What the settings say.
    #[default]
    Settings,
    /// The Demo.
    Demo,
}

/// Why the program cannot start.
#[derive(Debug, Error)]
pub enum StartFailure {
    /// Its data folder cannot be used.
    #[error(transparent)]
    Data(#[from] DataFolderFailure),
    /// The registry's profile cannot be understood.
    #[error(transparent)]
    Profile(#[from] ProfileError),
    /// A built-in code table, or the guide, cannot be understood.
    #[error(transparent)]
    Standard(#[from] StandardError),
    /// Its ledger cannot be opened.
    #[error(transparent)]
    Ledger(#[from] LedgerFailure),
    /// The system gives no thread, or does not say where this program is.
    #[error("system: {0}")]
    Threads(#[from] std::io::Error),
}

impl StartFailure {
    /// What happened, and the next step.
    pub fn explanation(&self) -> Explanation {
        let detail = self.to_string();
        match self {
            Self::Data(DataFolderFailure::DiskFull) => books::ledger(&LedgerFailure::DiskFull),
            Self::Data(DataFolderFailure::NoHome | DataFolderFailure::Refused(_)) | Self::Threads(_) => {
                failure::settings(&SettingsFailure::Folder(detail))
            }
            Self::Profile(_) | Self::Standard(_) => failure::settings(&SettingsFailure::Damaged(detail)),
            Self::Ledger(ledger) => books::ledger(ledger),
        }
    }
}

/// A built program. The log ends when this is dropped, after everything else.
pub struct Built {
    /// What the program knows.
    pub model: Model,
    /// What it does.
    pub worker: Worker,
    /// Now.
    pub clock: Arc<dyn Clock>,
    /// Its data folder.
    pub data: PathBuf,
    /// Keeps the log open.
    pub log: Option<LogGuard>,
}

/// Builds the program. `wake` is told of every event of the worker.
pub fn build(start: &Start, wake: Arc<dyn Wake>) -> Result<Built, StartFailure> {
    let data = data_folder(start)?;
    let profile = profile::load(&data)?;
    let (tables, sources) = tables::load(&data).map_err(StandardError::from)?;
    let standard = Arc::new(Standard::with(tables)?);
    let settings = Arc::new(TomlSettings::new(&data, profile.clone()));
    let clock = Arc::new(SystemClock);
    // Without a log the program still works; a full disk must not keep a clinic from sending.
    let log = log::start(&data, clock.now().date_naive()).ok();
    let person = system::person();
    let model = Model::new(clock.now(), profile.clone(), person.clone(), settings.load());
    let mut model = match start.destination {
        StartIn::Settings => model,
        StartIn::Demo => model.bound_for_the_demo(),
    };
    model.command_line = CommandLine::new(start.data.as_deref());
    for source in &sources {
        if let Some(refusal) = &source.refusal {
            tracing::warn!(table = ?source.table, ?refusal, "a code table is not used");
            // Settings that could not be loaded matter more.
            model.notice.get_or_insert(Notice::CodeTable {
                table: source.table,
                refusal: refusal.clone(),
            });
        }
    }
    model.code_tables = sources;
    let key_entry = KeyEntry::of(&data).map_err(DataFolderFailure::from)?;
    let keychain = Arc::new(Keychain::new().with_key_in(key_entry));
    let (shelf, unread) = shelf::open(&data, &keychain, clock.now())?;
    for SetAside { why, .. } in &unread {
        tracing::error!(%why, "the ledger was set aside, and nobody has acknowledged it");
    }
    if !unread.is_empty() {
        model.unread = Unread {
            copies: worker::unknown_copies(&shelf.clinic).len(),
            ledgers: unread,
        };
    }
    let worker = Worker::start(Outside {
        files: Arc::new(LocalFiles),
        shelf,
        person,
        between_looks: profile.between_looks,
        settling: profile.settling,
        expected: profile.records.clone(),
        standard,
        vault: keychain,
        settings,
        clock: Arc::clone(&clock) as _,
        dialogs: Box::new(SystemDialogs::new(dialog_words())),
        demo: demo(&data),
        door: Box::new(FtpsDoor::new(&profile)),
        sign_in: Box::new(sign_in(start)?),
        turns: Box::new(turns::DataFolderTurns::new(data.clone())),
        wake,
    })?;
    Ok(Built {
        model,
        worker,
        clock,
        data,
        log,
    })
}

/// The pretend registry of this data folder, or `None` where this build has none.
pub fn demo_registry(start: &Start) -> Result<Option<Box<dyn DemoStarter>>, StartFailure> {
    Ok(demo(&data_folder(start)?))
}

/// What the system starts at sign-in for this data folder.
pub fn sign_in(start: &Start) -> Result<SystemSignIn, StartFailure> {
    Ok(SystemSignIn::new(background(start)?))
}

/// How the background of this data folder is started.
pub fn background(start: &Start) -> Result<OwnProgram, StartFailure> {
    OwnProgram::new(start.data.as_deref()).map_err(StartFailure::Threads)
}

/// The data folder, made where it is missing.
pub fn data_folder(start: &Start) -> Result<PathBuf, StartFailure> {
    let data = data_path(start)?;
    system::create_data_folder(&data)?;
    Ok(data)
}

/// Where the data folder is, or would be.
fn data_path(start: &Start) -> Result<PathBuf, StartFailure> {
    match &start.data {
        Some(data) => Ok(data.clone()),
        None => Ok(system::data_folder()?),
    }
}

fn dialog_words() -> DialogWords {
    DialogWords {
        hl7_files: screen::HL7_FILES.to_owned(),
        certificates: screen::CERTIFICATES.to_owned(),
        text_files: screen::TEXT_FILES.to_owned(),
        web_pages: screen::WEB_PAGES.to_owned(),
        all_files: screen::ALL_FILES.to_owned(),
    }
}

#[cfg(feature = "demo")]
#[expect(clippy::unnecessary_wraps, reason = "without the feature there is none")]
fn demo(data: &std::path::Path) -> Option<Box<dyn DemoStarter>> {
    Some(Box::new(crate::demo::Demo::new(data.join(DEMO))))
}

#[cfg(not(feature = "demo"))]
fn demo(_data: &std::path::Path) -> Option<Box<dyn DemoStarter>> {
    None
}

#[cfg(test)]
mod tests {
    use std::io;

    use super::*;

    #[test]
    fn a_disk_without_room_is_told_at_the_start_with_the_next_step() {
        for kind in [io::ErrorKind::StorageFull, io::ErrorKind::QuotaExceeded] {
            let failure = StartFailure::from(DataFolderFailure::from(io::Error::from(kind)));
            let words = failure.explanation();
            assert_eq!(words, StartFailure::from(LedgerFailure::DiskFull).explanation());
            assert_eq!(words.title, "The disk of this computer is full.");
            assert!(words.next.contains("Make room"), "{words:?}");
        }
    }
}
