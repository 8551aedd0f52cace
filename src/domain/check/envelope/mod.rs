//! The envelope: what holds the messages together, and tells whether all of them are there.
//!
//! `FHS` opens the file and `FTS` closes it with the number of batches; `BHS` opens a batch and `BTS` closes it with the number of
//! messages. HL7 lets each pair be left out. What was opened must be closed: a file that was cut off shows in nothing else.

mod compared;
mod doses;
mod duplicates;
mod firsts;
mod levels;
mod shared_ids;
#[cfg(test)]
mod tests;

use crate::domain::check::{
    Who::{Dropoff, FrontDesk, Nobody, Nurse, Vendor},
    repair::Repair,
    rule::{SAME_DOSE, Sheet, UNIQUE_ORDER, rules},
};

pub(super) use self::{compared::Compared, duplicates::Newness, levels::Levels};

const PAIRS: &str =
    "HL7 2.5.1, chapter 2, batch protocol: FHS and FTS, BHS and BTS stand in pairs, batches within the file";
const COUNTS: &str = "HL7 2.5.1, chapter 2, BTS-1 and FTS-1: how many messages and batches there are";
const CONTROL_ID: &str = "HL7 2.5.1, chapter 2, MSH-10: it identifies the message, and the registry's answer names it";
const PATIENT_ID: &str = "HL7 2.5.1, chapter 3, PID-3: the id with which a facility identifies one patient";
const SOURCES_DIFFER: &str = "Texas: sources disagree whether a file without FHS, BHS, BTS and FTS is taken";
const OURS: &str = "Dropoff: what is not looked for is said";

rules! {
    /// What is wrong with a file's envelope, or with its messages beside one another.
    EnvelopeRule {
        /// `FHS` without `FTS`.
        FileNotClosed => Sheet::blocker("envelope.file-not-closed", FrontDesk, PAIRS),
        /// `BHS` without `BTS`.
        BatchNotClosed => Sheet::blocker("envelope.batch-not-closed", FrontDesk, PAIRS),
        /// BTS-1 is not the number of messages. Arguments: what it says, how many there are.
        MessageCount => Sheet::blocker("envelope.message-count", FrontDesk, COUNTS),
        /// BTS-1 is no number.
        MessageCountNotANumber => Sheet::blocker("envelope.message-count-not-a-number", Vendor, COUNTS),
        /// FTS-1 is not the number of batches. Arguments: what it says, how many there are.
        BatchCount => Sheet::blocker("envelope.batch-count", FrontDesk, COUNTS),
        /// FTS-1 is no number.
        BatchCountNotANumber => Sheet::blocker("envelope.batch-count-not-a-number", Vendor, COUNTS),
        /// There are messages and no envelope at all.
        Missing => Sheet::warning("envelope.missing", Dropoff, SOURCES_DIFFER).repaired_by(Repair::Envelope),
        /// `FTS` without `FHS`.
        FileNeverOpened => Sheet::warning("envelope.file-never-opened", FrontDesk, PAIRS),
        /// `BTS` without `BHS`.
        BatchNeverOpened => Sheet::warning("envelope.batch-never-opened", FrontDesk, PAIRS),
        /// A second file begins within the file.
        JoinedFiles => Sheet::warning("envelope.joined-files", FrontDesk, PAIRS),
        /// A batch lies across the end of the file, or begins after it.
        WronglyNested => Sheet::warning("envelope.wrongly-nested", Vendor, PAIRS),
        /// A message stands outside of the batches of a file that has some, or after the file's end. Argument: how many do.
        MessageOutside => Sheet::warning("envelope.message-outside", Vendor, PAIRS),
        /// A control id was used before, for another message. Argument: which message.
        DuplicateControlId => Sheet::warning("envelope.duplicate-control-id", Vendor, CONTROL_ID),
        /// The same message was there before. Argument: which message.
        DuplicateMessage => Sheet::warning("envelope.duplicate-message", Vendor, SAME_DOSE),
        /// The same vaccine for the same patient on the same day was in an earlier message. Argument: which message.
        DuplicateDose => Sheet::warning("envelope.duplicate-dose", Nurse, SAME_DOSE),
        /// The patient's id stood in an earlier message beside another birth date. Argument: which message.
        SharedPatientId => Sheet::warning("envelope.shared-patient-id", FrontDesk, PATIENT_ID),
        /// The vaccination's id stood in an earlier message with another patient. Argument: which message.
        SharedOrder => Sheet::warning("envelope.shared-order", Vendor, UNIQUE_ORDER),
        /// There is more than one batch. Argument: how many more.
        MoreBatches => Sheet::note("envelope.several-batches", Nobody, PAIRS),
        /// There are batches, but no `FHS` and no `FTS`.
        NoFile => Sheet::note("envelope.no-file-header", Vendor, SOURCES_DIFFER),
        /// There are `FHS` and `FTS`, but no batch.
        NoBatch => Sheet::note("envelope.no-batch-header", Vendor, SOURCES_DIFFER),
        /// BTS-1 is empty.
        MessageCountMissing => Sheet::note("envelope.message-count-missing", Vendor, COUNTS),
        /// FTS-1 is empty.
        BatchCountMissing => Sheet::note("envelope.batch-count-missing", Vendor, COUNTS),
        /// There are too many messages or vaccinations for all of them to be compared. Argument: how many are.
        TooManyToCompare => Sheet::note("envelope.too-many-to-compare", Nobody, OURS),
    }
}
