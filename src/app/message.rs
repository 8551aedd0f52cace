//! The three kinds of message: a person asked, the worker should, it happened.

use std::path::PathBuf;

use chrono::{DateTime, Utc};

pub use crate::app::{
    errand::{CopyToSave, Entered, Entry, EntryRefusal, EntryRepair, Shipment, Trial},
    findings::{ExcerptRequest, FindingsCommand, Reread},
    leaving::{AtSignIn, CloseAnswer},
    proof::{ProofRequest, SaveTo},
    repair::{RepairStep, Tried},
    retire::BeforeRetiring,
};
use crate::{
    app::{account_form::AccountForm, model::Screen},
    domain::{
        account::{Account, AccountId},
        cancel::Cancel,
        check::{Occasion, SoFar},
        failure::{FileFailure, LedgerFailure, RegistryFailure, RepairFailure, SettingsFailure, VaultFailure},
        outage::Outage,
        proof::{Period, Proof},
        receipt::Destination,
        remote::{ConnectionFacts, FoldersSeen, SeenFile},
        retire::{Removal, RetireRefusal},
        secret::Secret,
        settings::{Retention, Role, Settings, Stage},
        submission::{Outcome, Phase, Reading, Record, SubmissionId},
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
    /// On the page of a file's findings.
    Findings(FindingsCommand),
    /// Take a card away. The file itself stays where it is.
    RemoveCard(CardId),
    /// Send every card that is ready.
    SendReady,
    /// Send this card once more after it could not be sent.
    TryAgain(CardId),
    /// Send this card although the registry has the same content.
    SendAnyway(CardId),
    /// Put this card's file right on a copy, step by step.
    Repair(CardId, RepairStep),
    /// The question about this card is answered: it is right as it is.
    ThisIsRight(CardId),
    /// Try everything that waits now.
    TryNow,
    /// Stop reading or sending this card, or cancel one that waits.
    CancelCard(CardId),
    /// Cancel in the ledger what nobody is sending just now.
    Withdraw(SubmissionId),
    /// Save the receipt of a delivered card.
    SaveReceipt(CardId),
    /// Save the receipt of a delivered file of *Past files*.
    SavePastReceipt(SubmissionId),
    /// Save a page that proves what was sent in this time, and what came of it.
    SaveProof(Period, SaveTo),
    /// Show older files on *Past files*.
    ShowOlder,
    /// Look into the registry's folders now.
    LookAtRegistry,
    /// These settings from now on.
    ChangeSettings(Box<Settings>),
    /// A second start asked for the Demo.
    AskForDemo,
    /// Leave the Demo and set up the real account.
    LeaveDemo,
    /// Somebody wants to close the window.
    RequestClose,
    /// The answer to the question before closing.
    AnswerClose(CloseAnswer),
    /// Remove everything from this computer: somebody has said so twice.
    RemoveEverything,
    /// Take the notice away.
    DismissNotice,
    /// Somebody has read that this earlier ledger was set aside, by its name.
    Acknowledge(String),
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
    /// For the window: start the background once it is closed.
    StartBackground,
    /// For the window: end the worker, then remove everything from this computer.
    RemoveEverything,
    /// For the window: remove the data folder, if it is empty, once it is closed.
    RemoveDataFolder,
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
    /// Read, hash and check a file.
    Read {
        /// For this card.
        card: CardId,
        /// The file.
        path: PathBuf,
        /// For when it is checked.
        occasion: Occasion,
        /// Asked at every chunk.
        cancel: Cancel,
    },
    /// Read a file once more, for whoever looks at its findings.
    ReadExcerpts(Box<ExcerptRequest>),
    /// Put a file right on a copy, and see what it comes to.
    TryRepair(Box<Trial>),
    /// Ask where, and write the repaired copy there.
    SaveRepaired(Box<CopyToSave>),
    /// Seal a copy of a file and enter it in the ledger.
    Enter(Box<Entry>),
    /// Cancel a submission that nobody is sending just now.
    Withdraw {
        /// Which.
        submission: SubmissionId,
        /// In whose books.
        destination: Destination,
        /// Of whoever wants it so.
        initials: String,
    },
    /// Write down that a submission is to be sent although the registry has its content.
    NoteAnswer {
        /// Which.
        submission: SubmissionId,
        /// In whose books.
        destination: Destination,
        /// Of whoever says so.
        initials: String,
    },
    /// Read what the ledger knows: of this account what still has to be sent and what was entered since then, of every other one
    /// what still has to be sent.
    ReadOutbox {
        /// The one in use, if there is one.
        account: Option<AccountId>,
        /// In whose books.
        destination: Destination,
        /// The beginning of the month, for example.
        since: DateTime<Utc>,
    },
    /// Read everything that was ever sent, page by page, and what was seen in Accepted.
    ReadHistory {
        /// Of this account.
        account: AccountId,
        /// In whose books.
        destination: Destination,
        /// So many of the newest are left out.
        leave_out: u32,
    },
    /// Read what proves a month, or everything.
    ReadProof(ProofRequest),
    /// Remove the sealed copies that have been kept long enough.
    TidyCopies {
        /// In whose books.
        destination: Destination,
        /// How long a copy stays after its file was delivered.
        retention: Retention,
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
    /// Write this text here, unless something is there already.
    SaveNew(PathBuf, String),
    /// Have the system start this at sign-in.
    SetAtSignIn(AtSignIn),
    /// Find out what waits or is in doubt in any account of the clinic, before everything is removed.
    LookBeforeRetiring,
    /// Note that somebody has read that this earlier ledger was set aside, by its name.
    Acknowledge(String),
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
    /// List the folders, and note in the ledger how far the delivered files have come.
    Look(Box<Account>, Destination),
    /// Somebody entered a password: a refusal of the same one no longer stops the next try.
    AllowLogin(AccountId),
}

/// A submission of the ledger, with the name of the chosen file where it can be opened.
#[derive(Debug, Clone, PartialEq)]
pub struct Tracked {
    /// As it stands in the ledger.
    pub record: Record,
    /// Shown, never logged: it may hold a patient's name.
    pub file_name: Option<String>,
}

/// What the ledger knows.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct InLedger {
    /// Of the account in use: what still has to be sent or found out about, and what was entered since then, oldest first.
    pub here: Vec<Tracked>,
    /// Of every other account: what still has to be sent or found out about, oldest first.
    pub elsewhere: Vec<Tracked>,
    /// The outage of the account in use that goes on.
    pub outage: Option<Box<Outage>>,
}

/// A page of everything that was ever sent.
#[derive(Debug, Clone, PartialEq)]
pub struct History {
    /// So many newer ones were left out.
    pub leave_out: u32,
    /// Newest first.
    pub submissions: Vec<Tracked>,
    /// Whether there are older ones.
    pub has_more: bool,
    /// Files that were seen at the registry, ours or not, newest first.
    pub seen: Vec<SeenFile>,
}

/// What stands in dropped folders and was left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct LeftOut {
    /// Files that are no HL7 files.
    pub not_hl7: usize,
    /// Files beyond the first 1,000, which nobody looked at.
    pub more_files: usize,
    /// Folders, which nobody looked into.
    pub folders: usize,
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
        /// What of dropped folders is not among them.
        left_out: LeftOut,
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
        /// What was found in them.
        so_far: SoFar,
    },
    /// A file was read once more.
    ExcerptsRead(Box<Reread>),
    /// A file was read.
    FileRead {
        /// Whose.
        card: CardId,
        /// What it is called in logs from now on.
        submission: SubmissionId,
        /// What was found.
        result: Result<Box<Reading>, FileFailure>,
    },
    /// What a file comes to once it is put right, or why there is no copy.
    RepairTried(CardId, Result<Box<Tried>, RepairFailure>),
    /// A file is in the ledger, perhaps as an earlier submission of the same content that was not delivered; or it is not.
    Entered(SubmissionId, Box<Result<Entered, EntryRefusal>>),
    /// A submission moved in the ledger, or could not be moved.
    Moved(SubmissionId, Box<Result<Record, LedgerFailure>>),
    /// What the ledger knows, while this account was in use.
    OutboxRead(Option<AccountId>, Result<InLedger, LedgerFailure>),
    /// A page of what was ever sent.
    HistoryRead(AccountId, Result<Box<History>, LedgerFailure>),
    /// What proves a month, or everything, in this account.
    ProofRead(AccountId, Result<Box<Proof>, LedgerFailure>),
    /// What somebody said of a submission was written down, or somebody else has it.
    AnswerNoted,
    /// Sealed copies that were kept long enough are gone.
    CopiesTidied,
    /// The courier goes on to the next phase with this submission.
    PhaseChanged(SubmissionId, Phase),
    /// The courier is done with this submission for now.
    Finished(SubmissionId, Box<Outcome>),
    /// *Test the connection* is done.
    Tested(Result<Box<ConnectionFacts>, RegistryFailure>),
    /// The folders were looked at.
    Looked(Result<Box<FoldersSeen>, RegistryFailure>),
    /// The pretend registry runs, or the technical reason why not.
    DemoStarted(Result<Box<Account>, String>),
    /// The sample files are there, or the technical reason why not.
    SamplesWritten(Result<Vec<PathBuf>, String>),
    /// The system starts this at sign-in from now on, or the technical reason why not.
    AtSignInSet(AtSignIn, Result<(), String>),
    /// It was noted that somebody knows of this earlier ledger, or not.
    Acknowledged(String, Result<(), LedgerFailure>),
    /// What waits or is in doubt.
    LookedBeforeRetiring(Result<Box<BeforeRetiring>, LedgerFailure>),
    /// Everything was removed, or nothing. There is no worker any more.
    Retired(Box<Result<Removal, RetireRefusal>>),
    /// The text was saved; `false` when nobody chose a place.
    TextSaved(Result<bool, FileFailure>),
    /// The worker's queue was full.
    Refused(Box<Job>),
}
