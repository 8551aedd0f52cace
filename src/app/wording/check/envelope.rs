//! Words on the envelope and on messages that are there twice.

use crate::{
    app::wording::{
        check::{ASK_VENDOR, COMPARE, EXPORT_AGAIN, Words},
        quantity::{count, thousands},
    },
    domain::check::{
        Argument::{self, Count},
        envelope::EnvelopeRule,
    },
};

const EXPORT_OR_ASK: &str = "Export it again, then drop it here. If it stays so, ask your EHR vendor.";
const EXPORT_ALONE: &str = "Export each file by itself, and drop them here one by one.";

pub(super) fn words(rule: EnvelopeRule, arguments: &[Argument]) -> Words {
    general(rule).titled(title(rule, arguments))
}

/// A title that names numbers, where there are any.
fn title(rule: EnvelopeRule, arguments: &[Argument]) -> Option<String> {
    Some(match (rule, arguments) {
        (EnvelopeRule::MessageCount, [Count(stated), Count(found)]) => format!(
            "This file says that it has {}, but it has {}.",
            count(*stated, "message", "messages"),
            thousands(*found)
        ),
        (EnvelopeRule::BatchCount, [Count(stated), Count(found)]) => format!(
            "This file says that it has {}, but it has {}.",
            count(*stated, "batch", "batches"),
            thousands(*found)
        ),
        (EnvelopeRule::MessageOutside, [Count(messages)]) => {
            format!(
                "{} outside of the envelope.",
                count(*messages, "message stands", "messages stand")
            )
        }
        (EnvelopeRule::DuplicateControlId, [Count(first)]) => {
            format!("The control id is that of message {}, too.", thousands(*first))
        }
        (EnvelopeRule::DuplicateMessage, [Count(first)]) => {
            format!("This message is the same as message {}.", thousands(*first))
        }
        (EnvelopeRule::DuplicateDose, [Count(first)]) => {
            format!("This vaccination is already in message {}.", thousands(*first))
        }
        (EnvelopeRule::MoreBatches, [Count(more)]) => format!("The file has {} batches.", thousands(more + 1)),
        (EnvelopeRule::TooManyToCompare, [Count(messages)]) => format!(
            "Only the first {} messages were compared with one another.",
            thousands(*messages)
        ),
        _ => return None,
    })
}

#[expect(clippy::too_many_lines, reason = "a catalogue is as long as it has rules")]
fn general(rule: EnvelopeRule) -> Words {
    match rule {
        EnvelopeRule::FileNotClosed => Words::new(
            "This file stops early.",
            "Its envelope is opened (FHS) and never closed (FTS). So a file looks whose end is missing, with the patients in it.",
            EXPORT_AGAIN,
        ),
        EnvelopeRule::BatchNotClosed => Words::new(
            "This file stops early.",
            "A batch is opened (BHS) and never closed (BTS). So a file looks whose end is missing, with the patients in it.",
            EXPORT_AGAIN,
        ),
        EnvelopeRule::MessageCount => Words::new(
            "This file has another number of messages than it says.",
            "Its last lines (BTS) say how many messages there should be. Where fewer are there, patients are missing.",
            EXPORT_OR_ASK,
        ),
        EnvelopeRule::MessageCountNotANumber => Words::new(
            "This file does not say how many messages it has.",
            "Where the number of messages should stand (BTS-1) is something else. Nobody can tell whether patients are missing.",
            EXPORT_OR_ASK,
        ),
        EnvelopeRule::BatchCount => Words::new(
            "This file has another number of batches than it says.",
            "Its last line (FTS) says how many batches there should be. Where fewer are there, patients are missing.",
            EXPORT_OR_ASK,
        ),
        EnvelopeRule::BatchCountNotANumber => Words::new(
            "This file does not say how many batches it has.",
            "Where the number of batches should stand (FTS-1) is something else. Nobody can tell whether patients are missing.",
            EXPORT_OR_ASK,
        ),
        EnvelopeRule::Missing => Words::new(
            "The messages have no envelope.",
            "The segments FHS, BHS, BTS and FTS are missing. The registry may want them, and without them nobody can tell whether the file is whole.",
            "Nothing to do now. Your EHR vendor can export with the envelope.",
        ),
        EnvelopeRule::FileNeverOpened => Words::new(
            "The end of a file stands here without its beginning.",
            "There is FTS without FHS before it. The beginning of the export may be missing.",
            COMPARE,
        ),
        EnvelopeRule::BatchNeverOpened => Words::new(
            "The end of a batch stands here without its beginning.",
            "There is BTS without BHS before it. The beginning of the export may be missing.",
            COMPARE,
        ),
        EnvelopeRule::JoinedFiles => Words::new(
            "Two files were joined into one.",
            "A second file header (FHS) stands in the middle. The registry may read only the first of them.",
            EXPORT_ALONE,
        ),
        EnvelopeRule::WronglyNested => Words::new(
            "The envelope is in the wrong order.",
            "A batch (BHS to BTS) must begin and end within the file (FHS to FTS).",
            ASK_VENDOR,
        ),
        EnvelopeRule::MessageOutside => Words::new(
            "Messages stand outside of the envelope.",
            "The file has batches, and these messages are in none of them. The registry may not read them.",
            "Ask your EHR vendor to put every message between BHS and BTS.",
        ),
        EnvelopeRule::DuplicateControlId => Words::new(
            "Two messages have the same control id.",
            "The registry's answer names the control id (MSH-10). Nobody could tell which of the two it means.",
            "Nothing to do now. Your EHR vendor can give each message an id of its own.",
        ),
        EnvelopeRule::DuplicateMessage => Words::new(
            "The same message is in the file twice.",
            "Nothing is stored twice: the registry answers that it has the vaccination already.",
            "Nothing to do now. If it happens each month, ask your EHR vendor.",
        ),
        EnvelopeRule::DuplicateDose => Words::new(
            "The same vaccination is in the file twice.",
            "Patient, vaccine and day are those of an earlier message. The registry may complain, or show the patient with two doses.",
            "Look in the patient's chart whether it was entered twice. If it is there once, ask your EHR vendor.",
        ),
        EnvelopeRule::MoreBatches => Words::new("The file has several batches.", "HL7 allows that.", "Nothing to do."),
        EnvelopeRule::NoFile => Words::new(
            "The envelope has its inner half only.",
            "There are batches (BHS, BTS), but no file header and trailer (FHS, FTS). HL7 allows that.",
            ASK_VENDOR,
        ),
        EnvelopeRule::NoBatch => Words::new(
            "The envelope has its outer half only.",
            "There are file header and trailer (FHS, FTS), but no batch (BHS, BTS). HL7 allows that.",
            ASK_VENDOR,
        ),
        EnvelopeRule::MessageCountMissing => Words::new(
            "The envelope does not say how many messages there are.",
            "BTS-1 is empty. HL7 allows that, but nobody can tell whether the file is whole.",
            ASK_VENDOR,
        ),
        EnvelopeRule::BatchCountMissing => Words::new(
            "The envelope does not say how many batches there are.",
            "FTS-1 is empty. HL7 allows that, but nobody can tell whether the file is whole.",
            ASK_VENDOR,
        ),
        EnvelopeRule::TooManyToCompare => Words::new(
            "Not all messages were compared with one another.",
            "The file has more messages or vaccinations than are remembered. One that is there twice may not be found.",
            "Nothing to do.",
        ),
    }
}
