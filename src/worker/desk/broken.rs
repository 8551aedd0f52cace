//! What is reported of a job that ended by a panic.

use uuid::Uuid;

use crate::{
    app::message::{DeskJob, EntryRefusal, Event, LeftOut},
    domain::{
        failure::{FileFailure, LedgerFailure, SettingsFailure, VaultFailure},
        submission::SubmissionId,
    },
    worker::{desk::excerpts::reread, guard::BROKEN},
};

/// The answer for whoever waits for this job, when it ends by a panic.
pub(super) fn event(job: &DeskJob) -> Event {
    let vault = || VaultFailure::Other(BROKEN.to_owned());
    let ledger = || LedgerFailure::Other(BROKEN.to_owned());
    let file = || FileFailure::Other(BROKEN.to_owned());
    match job {
        DeskJob::SaveSettings(_) => Event::SettingsSaved(Err(SettingsFailure::Folder(BROKEN.to_owned()))),
        DeskJob::LookForPassword(account) => Event::PasswordLookedFor(account.clone(), Err(vault())),
        // Whether it is there shows at the door: the courier asks the vault itself.
        DeskJob::KeepPassword(account, _) => Event::PasswordKept(account.clone(), Err(vault())),
        DeskJob::KeepPasswordForThisRun(account, _) => Event::PasswordGivenOnce(account.clone()),
        DeskJob::ForgetPassword(account) => Event::PasswordForgotten(account.clone(), Err(vault())),
        DeskJob::ChooseFiles { .. } => Event::FilesFound {
            files: Vec::new(),
            left_out: LeftOut::default(),
        },
        DeskJob::ChooseAuthority { .. } => Event::AuthorityChosen(Err(file())),
        // Each gets a card, and its card says what can be said.
        DeskJob::Expand(paths) => Event::FilesFound {
            files: paths.clone(),
            left_out: LeftOut::default(),
        },
        DeskJob::Read { card, .. } => Event::FileRead {
            card: *card,
            submission: SubmissionId(Uuid::new_v4()),
            result: Err(file()),
        },
        DeskJob::ReadExcerpts(request) => Event::ExcerptsRead(Box::new(reread(request, Err(file())))),
        DeskJob::TryRepair(trial) => Event::RepairTried(trial.card, Err(file().into())),
        DeskJob::Enter(entry) => Event::Entered(entry.submission, Box::new(Err(EntryRefusal::Ledger(ledger())))),
        DeskJob::Withdraw { submission, .. } => Event::Moved(*submission, Box::new(Err(ledger()))),
        DeskJob::NoteAnswer { .. } => Event::AnswerNoted,
        DeskJob::ReadOutbox { account, .. } => Event::OutboxRead(account.clone(), Err(ledger())),
        DeskJob::ReadHistory { account, .. } => Event::HistoryRead(account.clone(), Err(ledger())),
        DeskJob::ReadProof(request) => Event::ProofRead(request.account.clone(), Err(ledger())),
        DeskJob::TidyCopies { .. } => Event::CopiesTidied,
        DeskJob::SaveText { .. } | DeskJob::SaveNew(..) | DeskJob::SaveRepaired(_) => Event::TextSaved(Err(file())),
        DeskJob::SetAtSignIn(what) => Event::AtSignInSet(*what, Err(BROKEN.to_owned())),
        DeskJob::Acknowledge(file) => Event::Acknowledged(file.clone(), Err(ledger())),
        DeskJob::LookBeforeRetiring => Event::LookedBeforeRetiring(Err(ledger())),
        DeskJob::StartDemo => Event::DemoStarted(Err(BROKEN.to_owned())),
        DeskJob::WriteSamples => Event::SamplesWritten(Err(BROKEN.to_owned())),
    }
}
