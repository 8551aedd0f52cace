//! The desk: files, keychain, settings, dialogs. One job at a time, in order.

mod expand;
mod read;

use std::{
    io::Read,
    path::Path,
    sync::{Arc, mpsc::Receiver},
};

use crate::{
    app::message::{DeskJob, Event},
    domain::{account::Account, failure::FileFailure},
    ports::{DemoStarter, Dialogs, Files, Kept, SettingsStore, Vault},
    worker::Reporter,
};

/// The longest authority file, in bytes: a bundle of a few certificates.
const AUTHORITY_BYTES: u64 = 256 * 1024;
/// The technical reason where the feature `demo` was left out.
const NO_DEMO: &str = "this build has no Demo";

pub(super) struct Desk {
    pub(super) files: Arc<dyn Files>,
    pub(super) vault: Arc<dyn Vault>,
    pub(super) settings: Arc<dyn SettingsStore>,
    pub(super) dialogs: Box<dyn Dialogs>,
    pub(super) demo: Option<Box<dyn DemoStarter>>,
    pub(super) reporter: Reporter,
}

impl Desk {
    pub(super) fn run(mut self, jobs: Receiver<DeskJob>) {
        for job in jobs {
            self.work(job);
        }
    }

    fn work(&mut self, job: DeskJob) {
        let event = match job {
            DeskJob::SaveSettings(settings) => Event::SettingsSaved(self.settings.save(&settings)),
            DeskJob::LookForPassword(account) => {
                let found = self.vault.password(&account).map(|password| password.is_some());
                Event::PasswordLookedFor(account, found)
            }
            DeskJob::KeepPassword(account, password) => {
                let kept = match self.vault.keep(&account, password) {
                    Kept::Keychain => Ok(()),
                    Kept::ThisRun(reason) => Err(reason),
                };
                Event::PasswordKept(account, kept)
            }
            DeskJob::KeepPasswordForThisRun(account, password) => {
                self.vault.keep_for_this_run(&account, password);
                Event::PasswordLookedFor(account, Ok(true))
            }
            DeskJob::ForgetPassword(account) => {
                let result = self.vault.forget(&account);
                Event::PasswordForgotten(account, result)
            }
            DeskJob::ChooseFiles { title } => expand::expand(&*self.files, self.dialogs.choose_files(&title)),
            DeskJob::ChooseAuthority { title } => Event::AuthorityChosen(self.choose_authority(&title)),
            DeskJob::Expand(paths) => expand::expand(&*self.files, paths),
            DeskJob::Read { card, path, cancel } => match read::read(self, card, &path, &cancel) {
                Some(event) => event,
                None => return,
            },
            DeskJob::SaveText {
                title,
                suggested_name,
                text,
            } => Event::TextSaved(self.save_text(&title, &suggested_name, &text)),
            DeskJob::StartDemo => Event::DemoStarted(self.start_demo()),
            DeskJob::WriteSamples => Event::SamplesWritten(
                self.demo
                    .as_mut()
                    .ok_or_else(|| NO_DEMO.to_owned())
                    .and_then(|demo| demo.sample_files()),
            ),
        };
        self.reporter.report(event);
    }

    fn choose_authority(&self, title: &str) -> Result<Option<String>, FileFailure> {
        self.dialogs
            .choose_authority(title)
            .map(|path| self.read_text(&path))
            .transpose()
    }

    fn read_text(&self, path: &Path) -> Result<String, FileFailure> {
        let mut text = String::new();
        self.files
            .open(path)?
            .take(AUTHORITY_BYTES)
            .read_to_string(&mut text)
            .map_err(|error| FileFailure::Other(error.kind().to_string()))?;
        Ok(text)
    }

    fn save_text(&self, title: &str, suggested_name: &str, text: &str) -> Result<bool, FileFailure> {
        match self.dialogs.choose_save_place(title, suggested_name) {
            Some(path) => self.files.save(&path, text).map(|()| true),
            None => Ok(false),
        }
    }

    fn start_demo(&mut self) -> Result<Box<Account>, String> {
        let demo = self.demo.as_mut().ok_or_else(|| NO_DEMO.to_owned())?;
        let access = demo.start()?;
        self.vault.keep_for_this_run(&access.account.id(), access.password);
        Ok(Box::new(access.account))
    }
}
