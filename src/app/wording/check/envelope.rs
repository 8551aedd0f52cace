//! Words on the envelope and on messages that are there twice.

use crate::{
    app::wording::{
        check::{ASK_VENDOR, COMPARE, EXPORT_OR_ASK, Words},
        quantity::{count, thousands},
    },
    domain::check::{
        Argument::{self, Count},
        envelope::EnvelopeRule,
    },
};

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
                "{} outside of the envelope, and may not be read.",
                count(*messages, "message stands", "messages stand")
            )
        }
        (EnvelopeRule::DuplicateControlId, [Count(first)]) => {
            format!("This message has the same number as message {}.", thousands(*first))
        }
        (EnvelopeRule::DuplicateMessage, [Count(first)]) => {
            format!("This message is the same as message {}.", thousands(*first))
        }
        (EnvelopeRule::DuplicateDose, [Count(first)]) => {
            format!("This vaccination is already in message {}.", thousands(*first))
        }
        (EnvelopeRule::SharedPatientId, [Count(first)]) => {
            format!(
                "This patient has the same number as the one in message {}, and another birth date.",
                thousands(*first)
            )
        }
        (EnvelopeRule::SharedOrder, [Count(first)]) => {
            format!(
                "This vaccination has the same number as one of another patient, in message {}.",
                thousands(*first)
            )
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
            "It begins with FHS, and the line that should end it, FTS, is missing. Patients may be missing with it.",
            EXPORT_OR_ASK,
        ),
        EnvelopeRule::BatchNotClosed => Words::new(
            "This file stops early.",
            "It has a batch that begins with BHS, and the line that should end it, BTS, is missing. Patients may be missing with it.",
            EXPORT_OR_ASK,
        ),
        EnvelopeRule::MessageCount => Words::new(
            "This file has another number of messages than it says.",
            "One of its last lines (BTS) says how many there should be. When some are missing, patients are missing.",
            EXPORT_OR_ASK,
        ),
        EnvelopeRule::MessageCountNotANumber => Words::new(
            "The number of messages at the end of this file is not a number.",
            "It should stand in BTS-1. Without it nobody can tell whether patients are missing.",
            "Ask your EHR vendor to write the number of messages in BTS-1, then export it again.",
        ),
        EnvelopeRule::BatchCount => Words::new(
            "This file has another number of batches than it says.",
            "A batch is a part of the file. Its last line (FTS) says how many there should be. When one is missing, patients are missing.",
            EXPORT_OR_ASK,
        ),
        EnvelopeRule::BatchCountNotANumber => Words::new(
            "The number of batches at the end of this file is not a number.",
            "A batch is a part of the file. Their number should stand in FTS-1. Without it nobody can tell whether patients are missing.",
            "Ask your EHR vendor to write the number of batches in FTS-1, then export it again.",
        ),
        EnvelopeRule::Missing => Words::new(
            "The lines around the messages are missing (the envelope).",
            "They are FHS and BHS at the beginning, BTS and FTS at the end. The registry may want them, and without them the file does not show whether it is whole.",
            "Dropoff can add them on a copy. Compare the number of patients with your EHR first. If it is too small, export again.",
        ),
        EnvelopeRule::FileNeverOpened => Words::new(
            "The beginning of this file may be missing.",
            "It has the line that ends a file (FTS), and not the one that begins it (FHS).",
            COMPARE,
        ),
        EnvelopeRule::BatchNeverOpened => Words::new(
            "The beginning of this file may be missing.",
            "It has the line that ends a batch (BTS), and not the one that begins it (BHS).",
            COMPARE,
        ),
        EnvelopeRule::JoinedFiles => Words::new(
            "Two files were joined into one. The registry may read only the first.",
            "A second beginning of a file (FHS) stands in the middle.",
            EXPORT_ALONE,
        ),
        EnvelopeRule::WronglyNested => Words::new(
            "The first and last lines of the file are in the wrong order.",
            "A batch (BHS to BTS) should begin and end within the file (FHS to FTS). Whether the registry reads it otherwise is not published.",
            "Ask your EHR vendor to put the order right. The file can be sent meanwhile.",
        ),
        EnvelopeRule::MessageOutside => Words::new(
            "Messages stand outside of the envelope, and the registry may not read them.",
            "The file has batches (BHS to BTS), and these messages are in none of them.",
            "Ask your EHR vendor to put every message between BHS and BTS, then export it again.",
        ),
        EnvelopeRule::DuplicateControlId => Words::new(
            "Two messages have the same number.",
            "The registry's answer names a message by it (the control id, MSH-10). Nobody could tell which of the two an answer means. Both are sent.",
            ASK_VENDOR,
        ),
        EnvelopeRule::DuplicateMessage => Words::new(
            "The same message is in the file twice.",
            "The registry answers that it has the vaccination already, and stores it once.",
            "Nothing to do now. If it happens each month, ask your EHR vendor.",
        ),
        EnvelopeRule::DuplicateDose => Words::new(
            "The same vaccination is in the file twice.",
            "Patient, vaccine and day are those of an earlier message. The registry may complain, or show the patient with two doses.",
            "Look in the patient's chart whether it was entered twice. If it is there once, ask your EHR vendor.",
        ),
        EnvelopeRule::SharedPatientId => Words::new(
            "Two patients have the same number, or one has two birth dates.",
            "The number is the one that your EHR gives to a patient (PID-3). The registry could take the two for one.",
            "Look up both in your EHR. If a birth date is wrong, correct it and export again. If both are right, ask your EHR vendor before you send.",
        ),
        EnvelopeRule::SharedOrder => Words::new(
            "Vaccinations of two patients have the same number.",
            "ORC-3 tells the vaccinations of a clinic apart. One of the two may replace the other.",
            "Ask your EHR vendor to give each vaccination its own ORC-3, then export again.",
        ),
        EnvelopeRule::MoreBatches => Words::new(
            "The file has several batches.",
            "A batch is a part of the file with its own count. HL7 allows several.",
            "Nothing to do.",
        ),
        EnvelopeRule::NoFile => Words::new(
            "The file has the inner half of its envelope only.",
            "The lines BHS and BTS are there, FHS and FTS are not. HL7 allows that.",
            ASK_VENDOR,
        ),
        EnvelopeRule::NoBatch => Words::new(
            "The file has the outer half of its envelope only.",
            "The lines FHS and FTS are there, BHS and BTS are not. HL7 allows that.",
            ASK_VENDOR,
        ),
        EnvelopeRule::MessageCountMissing => Words::new(
            "The file does not count its messages.",
            "BTS-1 is empty, and HL7 allows that. With a count, Dropoff would see if a patient were lost on the way.",
            ASK_VENDOR,
        ),
        EnvelopeRule::BatchCountMissing => Words::new(
            "The file does not count its batches.",
            "FTS-1 is empty, and HL7 allows that. With a count, Dropoff would see if a part were lost on the way.",
            ASK_VENDOR,
        ),
        EnvelopeRule::TooManyToCompare => Words::new(
            "Not all messages were compared with one another.",
            "The file has more messages or vaccinations than are remembered. One that is there twice may not be found.",
            "Nothing to do.",
        ),
    }
}
