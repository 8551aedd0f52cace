//! The desk: files, keychain, settings, dialogs. One job at a time, in order.

mod broken;
mod enter;
mod excerpts;
mod expand;
mod ledger;
mod proof;
mod questions;
mod read;
mod repair;
mod tidy;

use std::{
    io::Read,
    path::Path,
    sync::{Arc, mpsc::Receiver},
};

use crate::{
    app::message::{AtSignIn, DeskJob, Event},
    domain::{
        account::Account, cancel::Cancel, check::Standard, failure::FileFailure, person::Person, profile::Expected,
    },
    ports::{Clock, DemoStarter, Dialogs, Files, Kept, SettingsStore, Shelf, SignIn, Vault},
    worker::{Reporter, guard::guarded},
};

/// The longest authority file, in bytes: a bundle of a few certificates.
const AUTHORITY_BYTES: u64 = 256 * 1024;
/// The technical reason where a chosen authority is longer: cut off, it would be another.
const TOO_LONG: &str = "longer than a certificate file";
/// The technical reason where the feature `demo` was left out.
const NO_DEMO: &str = "this build has no Demo";

pub(super) struct Desk {
    pub(super) files: Arc<dyn Files>,
    pub(super) vault: Arc<dyn Vault>,
    pub(super) settings: Arc<dyn SettingsStore>,
    pub(super) shelf: Shelf,
    pub(super) person: Person,
    pub(super) expected: Expected,
    pub(super) standard: Arc<Standard>,
    pub(super) clock: Arc<dyn Clock>,
    pub(super) dialogs: Box<dyn Dialogs>,
    pub(super) demo: Option<Box<dyn DemoStarter>>,
    pub(super) sign_in: Box<dyn SignIn>,
    /// Nobody waits for answers any more.
    pub(super) stop: Cancel,
    pub(super) reporter: Reporter,
}

impl Desk {
    pub(super) fn run(mut self, jobs: Receiver<DeskJob>) {
        for job in jobs {
            if self.stop.is_requested() && !is_worth_doing_last(&job) {
                continue;
            }
            let broken = broken::event(&job);
            let event = guarded("desk", || self.work(job)).unwrap_or(Some(broken));
            if let Some(event) = event {
                self.reporter.report(event);
            }
        }
    }

    fn work(&mut self, job: DeskJob) -> Option<Event> {
        Some(match job {
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
                Event::PasswordGivenOnce(account)
            }
            DeskJob::ForgetPassword(account) => {
                let result = self.vault.forget(&account);
                Event::PasswordForgotten(account, result)
            }
            DeskJob::ChooseFiles { title } => expand::expand(self, self.dialogs.choose_files(&title)),
            DeskJob::ChooseAuthority { title } => Event::AuthorityChosen(self.choose_authority(&title)),
            DeskJob::Expand(paths) => expand::expand(self, paths),
            DeskJob::Read {
                card,
                path,
                occasion,
                cancel,
            } => return read::read(self, card, &path, occasion, &cancel),
            DeskJob::ReadExcerpts(request) => return excerpts::read(self, &request),
            DeskJob::TryRepair(trial) => return repair::try_it(self, &trial),
            DeskJob::SaveRepaired(copy) => repair::save(self, &copy),
            DeskJob::Enter(entry) => enter::enter(self, &entry),
            DeskJob::Withdraw {
                submission,
                destination,
                initials,
            } => ledger::withdraw(self, submission, destination, initials),
            DeskJob::NoteAnswer {
                submission,
                destination,
                initials,
            } => {
                ledger::note_answer(self, self.shelf.of(destination), submission, initials);
                Event::AnswerNoted
            }
            DeskJob::ReadOutbox {
                account,
                destination,
                since,
            } => ledger::outbox(self, account, destination, since),
            DeskJob::ReadHistory {
                account,
                destination,
                leave_out,
            } => ledger::history(self, account, destination, leave_out),
            DeskJob::ReadProof(request) => proof::read(self, request),
            DeskJob::TidyCopies { destination, retention } => {
                tidy::tidy(self, destination, retention);
                Event::CopiesTidied
            }
            DeskJob::SaveText {
                title,
                suggested_name,
                text,
            } => Event::TextSaved(self.save_text(&title, &suggested_name, &text)),
            DeskJob::SaveNew(path, text) => Event::TextSaved(self.files.save_new(&path, &text).map(|()| true)),
            DeskJob::SetAtSignIn(what) => {
                let set = match what {
                    AtSignIn::StartBackground => self.sign_in.add(),
                    AtSignIn::StartNothing => self.sign_in.remove(),
                };
                Event::AtSignInSet(what, set)
            }
            DeskJob::Acknowledge(file) => {
                let noted = self.shelf.clinic.ledger.acknowledge(&file);
                Event::Acknowledged(file, noted)
            }
            DeskJob::LookBeforeRetiring => ledger::before_retiring(self),
            DeskJob::StartDemo => Event::DemoStarted(self.start_demo()),
            DeskJob::WriteSamples => Event::SamplesWritten(
                self.demo
                    .as_mut()
                    .ok_or_else(|| NO_DEMO.to_owned())
                    .and_then(|demo| demo.sample_files()),
            ),
        })
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
            .take(AUTHORITY_BYTES + 1)
            .read_to_string(&mut text)
            .map_err(|error| FileFailure::Other(error.kind().to_string()))?;
        if text.len() as u64 > AUTHORITY_BYTES {
            return Err(FileFailure::Other(TOO_LONG.to_owned()));
        }
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

/// What a person wanted kept is kept, and what was to be cancelled is, also when the program ends; nothing else is begun any more.
fn is_worth_doing_last(job: &DeskJob) -> bool {
    match job {
        DeskJob::SaveSettings(_)
        | DeskJob::KeepPassword(..)
        | DeskJob::ForgetPassword(_)
        | DeskJob::Withdraw { .. }
        | DeskJob::NoteAnswer { .. }
        | DeskJob::Acknowledge(_)
        | DeskJob::SetAtSignIn(_) => true,
        DeskJob::LookForPassword(_)
        | DeskJob::KeepPasswordForThisRun(..)
        | DeskJob::ChooseFiles { .. }
        | DeskJob::ChooseAuthority { .. }
        | DeskJob::Expand(_)
        | DeskJob::Read { .. }
        | DeskJob::ReadExcerpts(_)
        | DeskJob::TryRepair(_)
        | DeskJob::SaveRepaired(_)
        | DeskJob::Enter(_)
        | DeskJob::ReadOutbox { .. }
        | DeskJob::ReadHistory { .. }
        | DeskJob::ReadProof(_)
        | DeskJob::TidyCopies { .. }
        | DeskJob::SaveText { .. }
        | DeskJob::SaveNew(..)
        | DeskJob::LookBeforeRetiring
        | DeskJob::StartDemo
        | DeskJob::WriteSamples => false,
    }
}
