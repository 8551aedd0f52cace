//! The book of everything that was ever sent, or is to be. What is in it is never forgotten.

use chrono::{DateTime, NaiveDate, Utc};

use crate::domain::{
    account::AccountId,
    failure::LedgerFailure,
    fingerprint::VaccinationPrint,
    proof::{Course, Moments},
    remote::{FoldersSeen, SeenFile},
    submission::{ContentHash, NewSubmission, Record, Step, SubmissionId},
};

/// Whose a name is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Claim {
    /// This submission's own, from now on and for ever.
    Ours,
    /// Another submission has it, or a file of this name was once seen at the registry.
    Used,
}

/// The ledger. Every writing is on the disk when the call returns, whole or not at all.
///
/// Window, background and command line may have it open at once: each call is a transaction of its own.
pub trait Ledger: Send + Sync {
    /// Enters a submission, with its first step, `Queued`.
    fn enter(&self, new: &NewSubmission) -> Result<(), LedgerFailure>;

    /// Notes a step. `IllegalMove` where the submission's present state does not allow it: somebody else was faster.
    fn advance(&self, id: SubmissionId, step: &Step) -> Result<(), LedgerFailure>;

    /// Notes a step that leaves a submission `Queued` or `Held`, as it is, and says what a person wants with it. `IllegalMove` where it
    /// is no longer there: somebody has it.
    fn note_answer(&self, id: SubmissionId, step: &Step) -> Result<(), LedgerFailure>;

    /// Makes a name this submission's own, and notes the step (`NameClaimed`, with this name), both or neither. Names are
    /// compared without case, in the submission's account. A name that this submission claimed before is its own still.
    fn claim(&self, id: SubmissionId, name: &str, step: &Step) -> Result<Claim, LedgerFailure>;

    /// Whether a submission has or had this name, or it was seen at the registry, in this account. Compared without case.
    fn is_name_used(&self, account: &AccountId, name: &str) -> Result<bool, LedgerFailure>;

    /// A submission as it stands.
    fn record(&self, id: SubmissionId) -> Result<Option<Record>, LedgerFailure>;

    /// All steps of a submission, in the order in which they were written.
    fn steps(&self, id: SubmissionId) -> Result<Vec<Step>, LedgerFailure>;

    /// What still has to be sent or found out about, oldest first.
    fn outbox(&self, account: &AccountId) -> Result<Vec<Record>, LedgerFailure>;

    /// The same of every account that this ledger knows, also those that are no longer in use.
    fn outbox_of_all(&self) -> Result<Vec<Record>, LedgerFailure>;

    /// What was entered since then, and everything of the outbox, oldest first.
    fn since(&self, account: &AccountId, then: DateTime<Utc>) -> Result<Vec<Record>, LedgerFailure>;

    /// Delivered submissions whose road has not come to its end (`Delivered`, `AtRegistry`, `PickedUp`), oldest first.
    fn on_the_road(&self, account: &AccountId) -> Result<Vec<Record>, LedgerFailure>;

    /// Everything that was ever entered, newest first: so many, after leaving out so many.
    fn history(&self, account: &AccountId, leave_out: u32, at_most: u32) -> Result<Vec<Record>, LedgerFailure>;

    /// All submissions with this content in this account, oldest first.
    fn with_content(&self, account: &AccountId, sha256: ContentHash) -> Result<Vec<Record>, LedgerFailure>;

    /// The submissions that took a step in these moments, each with all its steps, in the order in which they were entered.
    fn courses(&self, account: &AccountId, moments: &Moments) -> Result<Vec<Course>, LedgerFailure>;

    /// Files that were seen in Accepted under a name with which no submission was delivered; with the submission that once
    /// claimed the name, if one did.
    fn unexplained(&self, account: &AccountId) -> Result<Vec<(SeenFile, Option<SubmissionId>)>, LedgerFailure>;

    /// Notes that the sealed copy was removed.
    fn copy_removed(&self, id: SubmissionId, at: DateTime<Utc>) -> Result<(), LedgerFailure>;

    /// Notes that there is a sealed copy now, where there was only the original.
    fn copy_sealed(&self, id: SubmissionId, sealed_name: &[u8]) -> Result<(), LedgerFailure>;

    /// Delivered submissions with a sealed copy that were delivered before then.
    fn copies_older_than(&self, then: DateTime<Utc>) -> Result<Vec<SubmissionId>, LedgerFailure>;

    /// Notes what stands in the folders. Names that were seen count as used from then on.
    fn note_seen(&self, seen: &FoldersSeen) -> Result<(), LedgerFailure>;

    /// Files that were seen at the registry in HL7-Dropoff or Accepted, newest first, at most so many.
    fn seen_files(&self, account: &AccountId, at_most: u32) -> Result<Vec<SeenFile>, LedgerFailure>;

    /// Keeps the fingerprints of a submission's vaccinations.
    fn keep_prints(&self, id: SubmissionId, prints: &[VaccinationPrint]) -> Result<(), LedgerFailure>;

    /// Which of these went, or are to go, with which submission of this account. Not with one that was cancelled or failed.
    fn known_prints(
        &self,
        account: &AccountId,
        prints: &[VaccinationPrint],
    ) -> Result<Vec<(VaccinationPrint, SubmissionId)>, LedgerFailure>;

    /// Keeps which facilities a submission's file names.
    fn keep_facilities(&self, id: SubmissionId, names: &[String]) -> Result<(), LedgerFailure>;

    /// The facilities that submissions of this account named, delivered or still to go; each once whatever its capitals, the latest
    /// first.
    fn known_facilities(&self, account: &AccountId) -> Result<Vec<String>, LedgerFailure>;

    /// The latest day of a vaccination that any delivered submission of this account has.
    fn last_vaccination(&self, account: &AccountId) -> Result<Option<NaiveDate>, LedgerFailure>;

    /// Notes that the registry refused this account's password: nobody logs in until it is allowed again.
    fn note_refusal(&self, account: &AccountId, at: DateTime<Utc>) -> Result<(), LedgerFailure>;

    /// Somebody entered a password.
    fn allow_login(&self, account: &AccountId) -> Result<(), LedgerFailure>;

    /// Since when the password is refused.
    fn refused_since(&self, account: &AccountId) -> Result<Option<DateTime<Utc>>, LedgerFailure>;

    /// Every account that something was ever noted of.
    fn accounts(&self) -> Result<Vec<AccountId>, LedgerFailure>;

    /// Somebody was told that this earlier ledger was set aside, by its name in the data folder. It is not told of any more.
    fn acknowledge(&self, set_aside: &str) -> Result<(), LedgerFailure>;

    /// A number that changes whenever another process has written.
    fn changes(&self) -> Result<u64, LedgerFailure>;
}
