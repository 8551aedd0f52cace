//! The three kinds of message: a person asked, the worker should, it happened.

use std::path::PathBuf;

use chrono::{DateTime, Utc};
use chrono_tz::Tz;

use crate::{
    app::{account_form::AccountForm, model::Screen},
    domain::{
        account::{Account, AccountId},
        cancel::Cancel,
        failure::{FileFailure, RegistryFailure, SettingsFailure, VaultFailure},
        naming::SameDayTemplate,
        remote::{ConnectionFacts, FoldersSeen},
        secret::Secret,
        settings::{Role, Settings, Stage},
        submission::{ContentHash, IfDuplicate, Outcome, Phase, Reading, SubmissionId},
    },
};

/// Which card on *This month*.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CardId(pub u64);

/// A person asked for it.
#[derive(Debug, Clone, PartialEq)]
pub enum Command {
    /// Show another screen.
    OpenScreen(Screen),
    /// First start, step 1.
    ChooseRole(Role),
    /// First start, step 2.
    ChooseStage(Stage),
    /// First start: one step back.
    SetupBack,
    /// First start, step 3, and Settings: this is the account. Without a password the kept one stays.
    SetAccount(Box<AccountForm>, Option<Secret>),
    /// Try the way to the registry with what is typed; without a password the kept one is used.
    TestConnection(Box<AccountForm>, Option<Secret>),
    /// A new password for the account in use.
    EnterPassword(Secret),
    /// A password for the account in use that is never kept.
    UsePasswordOnce(Secret),
    /// Remove the password from the keychain.
    ForgetPassword,
    /// Choose the authority's file for the form.
    ChooseAuthority,
    /// Open the system's file dialog.
    ChooseFiles,
    /// These files or folders were dropped, chosen or named on the command line.
    AddPaths(Vec<PathBuf>),
    /// Something was dropped that has no path.
    DropWithoutPath,
    /// Put the invented sample files on cards.
    UseSamples,
    /// Take a card away. The file itself stays where it is.
    RemoveCard(CardId),
    /// Send every card that is ready.
    SendReady,
    /// Send this card once more after it could not be sent.
    TryAgain(CardId),
    /// Send this card although the registry has the same content.
    SendAnyway(CardId),
    /// Stop reading or sending this card.
    CancelCard(CardId),
    /// Save the receipt of a delivered card.
    SaveReceipt(CardId),
    /// Look into the registry's folders now.
    LookAtRegistry,
    /// These settings from now on.
    ChangeSettings(Box<Settings>),
    /// Leave the Demo and set up the real account.
    LeaveDemo,
    /// Somebody wants to close the window.
    RequestClose,
    /// The answer to the question before closing.
    AnswerClose(CloseAnswer),
    /// Take the notice away.
    DismissNotice,
}

/// What to do with a transfer under way when the window should close.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CloseAnswer {
    /// Keep the window open.
    Stay,
    /// Stop sending and close.
    StopAndClose,
}

/// The worker should do it, or the window.
#[derive(Debug, Clone, PartialEq)]
pub enum Job {
    /// For the thread that reads, writes and asks.
    Desk(DeskJob),
    /// For the thread that owns the connection.
    Courier(CourierJob),
    /// For the window: send `Event::Tick` then.
    WakeAt(DateTime<Utc>),
    /// For the window: close it.
    CloseWindow,
}

/// Anything that can block, other than the registry.
#[derive(Debug, Clone, PartialEq)]
pub enum DeskJob {
    /// Write the settings.
    SaveSettings(Box<Settings>),
    /// Find out whether a password is kept.
    LookForPassword(AccountId),
    /// Keep a password.
    KeepPassword(AccountId, Secret),
    /// Keep a password in memory only.
    KeepPasswordForThisRun(AccountId, Secret),
    /// Forget a password.
    ForgetPassword(AccountId),
    /// Ask for files.
    ChooseFiles {
        /// Of the dialog.
        title: String,
    },
    /// Ask for the authority's file and read it.
    ChooseAuthority {
        /// Of the dialog.
        title: String,
    },
    /// Find the files behind these paths.
    Expand(Vec<PathBuf>),
    /// Read, hash and count a file.
    Read {
        /// For this card.
        card: CardId,
        /// The file.
        path: PathBuf,
        /// Asked at every chunk.
        cancel: Cancel,
    },
    /// Ask where, and write the text there.
    SaveText {
        /// Of the dialog.
        title: String,
        /// The name that the dialog suggests.
        suggested_name: String,
        /// What to write.
        text: String,
    },
    /// Start the pretend registry.
    StartDemo,
    /// Write the invented sample files.
    WriteSamples,
}

/// Anything that needs the registry.
#[derive(Debug, Clone, PartialEq)]
pub enum CourierJob {
    /// Go in and out again.
    Test {
        /// The account, perhaps not yet saved.
        account: Box<Account>,
        /// What was typed; `None` means the kept password.
        password: Option<Secret>,
    },
    /// Deliver a file.
    Send(Box<Shipment>),
    /// List the folders.
    Look(Box<Account>),
    /// Somebody entered a password: a refusal of the same one no longer stops the next try.
    AllowLogin(AccountId),
}

/// Everything that the courier needs to deliver one file.
#[derive(Debug, Clone, PartialEq)]
pub struct Shipment {
    /// Whose progress it is.
    pub card: CardId,
    /// What it is called in logs.
    pub submission: SubmissionId,
    /// Through this account.
    pub account: Account,
    /// The file.
    pub path: PathBuf,
    /// Its length when it was read, in bytes.
    pub size_bytes: u64,
    /// Its hash when it was read.
    pub sha256: ContentHash,
    /// For a second file on one day.
    pub template: SameDayTemplate,
    /// The clinic's, for the day in the name.
    pub zone: Tz,
    /// What to do when the content is there already.
    pub if_duplicate: IfDuplicate,
    /// Asked at every chunk.
    pub cancel: Cancel,
}

/// It happened.
#[derive(Debug, Clone, PartialEq)]
pub enum Event {
    /// It is this time now.
    Tick(DateTime<Utc>),
    /// The settings were written, or not.
    SettingsSaved(Result<(), SettingsFailure>),
    /// Whether a password is kept.
    PasswordLookedFor(AccountId, Result<bool, VaultFailure>),
    /// The password is in the keychain, or, with the reason, in memory until the program ends.
    PasswordKept(AccountId, Result<(), VaultFailure>),
    /// The password is in memory until the program ends, because somebody wanted it so.
    PasswordGivenOnce(AccountId),
    /// The password is forgotten, or not.
    PasswordForgotten(AccountId, Result<(), VaultFailure>),
    /// These files were chosen or found in a dropped folder.
    FilesFound {
        /// The files, in order.
        files: Vec<PathBuf>,
        /// Files in dropped folders that are no HL7 files, and were left out.
        left_out: usize,
    },
    /// What the authority's file holds; `None` when nobody chose one.
    AuthorityChosen(Result<Option<String>, FileFailure>),
    /// A file is being read.
    ReadProgress {
        /// Whose.
        card: CardId,
        /// Bytes read.
        read_bytes: u64,
        /// Bytes in all.
        total_bytes: u64,
    },
    /// A file was read.
    FileRead {
        /// Whose.
        card: CardId,
        /// What it is called in logs from now on.
        submission: SubmissionId,
        /// What was found.
        result: Result<Box<Reading>, FileFailure>,
    },
    /// The courier goes on to the next phase with this card.
    PhaseChanged(CardId, Phase),
    /// The courier is done with this card.
    Finished(CardId, Box<Outcome>),
    /// *Test the connection* is done.
    Tested(Result<Box<ConnectionFacts>, RegistryFailure>),
    /// The folders were looked at.
    Looked(Result<Box<FoldersSeen>, RegistryFailure>),
    /// The pretend registry runs, or the technical reason why not.
    DemoStarted(Result<Box<Account>, String>),
    /// The sample files are there, or the technical reason why not.
    SamplesWritten(Result<Vec<PathBuf>, String>),
    /// The text was saved; `false` when nobody chose a place.
    TextSaved(Result<bool, FileFailure>),
    /// The worker's queue was full.
    Refused(Box<Job>),
}
