//! A file on *This month*: chosen in this run, or found in the ledger.

use std::path::{Path, PathBuf};

use crate::{
    app::{message::CardId, repair::CardRepair, wording::name::harmless},
    domain::{
        account::Account,
        cancel::Cancel,
        check::{Severity, SoFar},
        failure::{FileFailure, Trouble},
        receipt::Destination,
        settings::Stage,
        submission::{
            Answers, ContentHash, Copy, Delivery, HoldReason, Outcome, Phase, Question, Reading, Record, State,
            SubmissionId, Why,
        },
    },
};

/// A file on *This month*.
#[derive(Debug, Clone, PartialEq)]
pub struct Card {
    /// Which card.
    pub id: CardId,
    /// The chosen file, where it was chosen in this run. Its name may hold a patient's name: it is shown, never logged.
    pub source: Option<PathBuf>,
    /// What the card is called. Shown, never logged.
    pub file_name: String,
    /// What it is called in logs and receipts, once it has been read.
    pub submission: Option<SubmissionId>,
    /// What one reading found, once it has been read in this run.
    pub reading: Option<Reading>,
    /// As it last stood in the ledger, once it was entered there.
    pub record: Option<Record>,
    /// How far it is.
    pub state: CardState,
    /// Stops what is being done with it.
    pub cancel: Cancel,
    /// Where it went, or is going: what is changed afterwards does not change its receipt.
    pub sent_to: Option<SentTo>,
    /// What somebody has said about it.
    pub answers: Answers,
    /// What was not asked because of that.
    pub remarks: Vec<Question>,
    /// The copy on which something is put right.
    pub repair: Option<CardRepair>,
}

/// Where a file was handed over to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SentTo {
    /// The account.
    pub account: Account,
    /// The stage at that moment, or the Demo.
    pub destination: Destination,
}

/// How far a file is.
#[derive(Debug, Clone, PartialEq)]
pub enum CardState {
    /// Being read.
    Reading {
        /// Bytes read.
        read_bytes: u64,
        /// Bytes in all; 0 until it is known.
        total_bytes: u64,
        /// What was found in them.
        so_far: SoFar,
    },
    /// It could not be read.
    Unreadable(FileFailure),
    /// It was read, and cannot be sent.
    Held(HoldReason),
    /// It can be sent.
    Ready,
    /// The worker has it.
    Sending(Phase),
    /// An attempt to send it has ended.
    Done(Outcome),
}

/// How a card can be tried again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Again {
    /// It is in the ledger: the courier gets it once more.
    HandOver,
    /// It never got into the ledger, or its copy cannot be used: it is entered, from the chosen file.
    Enter,
    /// It is over: the chosen file is read anew, as another submission.
    Read,
}

impl Card {
    /// A file that was chosen just now.
    pub(crate) fn chosen(id: CardId, source: PathBuf) -> Self {
        Self {
            id,
            file_name: name_of(&source),
            source: Some(source),
            submission: None,
            reading: None,
            record: None,
            state: CardState::Reading {
                read_bytes: 0,
                total_bytes: 0,
                so_far: SoFar::default(),
            },
            cancel: Cancel::default(),
            sent_to: None,
            answers: Answers::default(),
            remarks: Vec::new(),
            repair: None,
        }
    }

    /// The name of the file, for the screen only: what would steer it is spelled out.
    pub fn shown_name(&self) -> String {
        harmless(&self.file_name)
    }

    /// Whether something was found in it.
    pub fn has_findings(&self) -> bool {
        self.reading
            .as_ref()
            .is_some_and(|reading| !reading.report.counts.is_empty())
    }

    /// Whether only the stage keeps it here: once the clinic is live, a file goes with errors in it.
    pub fn is_held_by_the_stage(&self) -> bool {
        let report = self.reading.as_ref().map(|reading| &reading.report);
        self.state == CardState::Held(HoldReason::Checked)
            && report.is_some_and(|report| report.stage == Stage::Testing && report.worst() == Some(Severity::Error))
    }

    /// Whether the worker has it.
    pub fn is_sending(&self) -> bool {
        matches!(self.state, CardState::Sending(_))
    }

    /// Whether it is on its way into the ledger: until it is there, it is lost when Dropoff ends.
    pub fn is_entering(&self) -> bool {
        matches!(self.state, CardState::Sending(Phase::Entering { .. }))
    }

    /// How the last attempt ended, if one did.
    pub fn outcome(&self) -> Option<&Outcome> {
        if let CardState::Done(outcome) = &self.state {
            Some(outcome)
        } else {
            None
        }
    }

    /// The delivery, once the registry has it.
    pub fn delivery(&self) -> Option<&Delivery> {
        if let Some(Outcome::Delivered(delivery)) = self.outcome() {
            Some(delivery)
        } else {
            None
        }
    }

    /// Whether the registry has it.
    pub fn is_delivered(&self) -> bool {
        self.delivery().is_some()
    }

    /// Whether it is tried or looked at again by itself.
    pub fn is_waiting(&self) -> bool {
        matches!(
            self.outcome(),
            Some(Outcome::Waiting { .. } | Outcome::Unknown { until: Some(_), .. })
        )
    }

    /// Whether nobody knows what the registry has of it.
    pub fn is_unknown(&self) -> bool {
        matches!(self.outcome(), Some(Outcome::Unknown { .. }))
    }

    /// Whether the ledger says that it still has to be sent, or found out about.
    pub fn is_in_the_outbox(&self) -> bool {
        self.record.as_ref().is_some_and(|record| record.state.is_undelivered())
    }

    /// Whether it is in the ledger, not over, and whoever had it has not yet said how it ended.
    pub fn is_under_way_elsewhere(&self) -> bool {
        let is_moving = self
            .record
            .as_ref()
            .is_some_and(|record| matches!(record.state, State::Queued | State::NameClaimed | State::Sending));
        is_moving && self.is_waiting() && !self.could_not_be_noted()
    }

    /// Whether this process had it, and could not write down what came of it.
    pub fn could_not_be_noted(&self) -> bool {
        self.waits_for(|trouble| matches!(trouble, Trouble::Books(_)))
    }

    /// Whether it waits because another Dropoff on this computer has the connection.
    pub fn waits_for_another_dropoff(&self) -> bool {
        self.waits_for(|trouble| *trouble == Trouble::AnotherDropoff)
    }

    /// Whether it waits because of such a trouble with the registry.
    pub(crate) fn waits_for(&self, is_it: impl Fn(&Trouble) -> bool) -> bool {
        match self.outcome() {
            Some(Outcome::Waiting { why, .. }) => matches!(&**why, Why::Registry(failure) if is_it(&failure.trouble)),
            Some(Outcome::Unknown {
                failure,
                until: Some(_),
                ..
            }) => is_it(&failure.trouble),
            Some(_) | None => false,
        }
    }

    /// Whether Dropoff has no copy of its own: the chosen file must stay.
    pub fn needs_its_original(&self) -> bool {
        self.record
            .as_ref()
            .is_some_and(|record| record.entered.copy == Copy::OriginalOnly)
    }

    /// Whether nobody knows where its content is: there is no copy, and the file was chosen in an earlier run.
    pub fn lacks_its_file(&self) -> bool {
        self.needs_its_original() && self.source.is_none()
    }

    /// How it can be tried again, if it can.
    pub fn again(&self) -> Option<Again> {
        let outcome = self.outcome()?;
        let (from_the_file, is_entered) = (self.source.is_some(), self.is_in_the_outbox());
        let when = |can: bool, again| can.then_some(again);
        match outcome {
            Outcome::Delivered(_) | Outcome::Duplicate(_) | Outcome::Asked(_) => None,
            Outcome::Waiting { .. } | Outcome::Unknown { .. } => when(self.record.is_some(), Again::HandOver),
            Outcome::NotSent(_) if is_entered => Some(Again::HandOver),
            Outcome::FileTrouble(_) if is_entered => when(from_the_file, Again::HandOver),
            // Its copy is made anew.
            Outcome::CopyTrouble(_) if is_entered => when(from_the_file, Again::Enter),
            Outcome::NotSent(_) | Outcome::CopyTrouble(_) if self.record.is_none() => when(from_the_file, Again::Enter),
            Outcome::NotSent(_)
            | Outcome::CopyTrouble(_)
            | Outcome::FileTrouble(_)
            | Outcome::Cancelled
            | Outcome::PartLeft { .. } => when(from_the_file, Again::Read),
        }
    }

    /// How long it is, once that is known.
    pub fn size_bytes(&self) -> Option<u64> {
        let read = self.reading.as_ref().map(|reading| reading.size_bytes);
        read.or_else(|| self.record.as_ref().map(|record| record.entered.size_bytes))
    }

    /// SHA-256 of its content, once that is known.
    pub fn sha256(&self) -> Option<ContentHash> {
        let read = self.reading.as_ref().map(|reading| reading.sha256);
        read.or_else(|| self.record.as_ref().map(|record| record.entered.sha256))
    }
}

fn name_of(source: &Path) -> String {
    source
        .file_name()
        .map_or_else(|| source.to_string_lossy(), |name| name.to_string_lossy())
        .into_owned()
}
