//! Words on the envelope and on messages that are there twice.

use crate::{
    app::wording::{check::Words, quantity},
    domain::check::{Argument, envelope::EnvelopeRule},
};

const EXPORT_AGAIN: &str = "Export it again, then drop it here.";
const EXPORT_ALONE: &str = "Export each file by itself, and drop them here one by one.";
const ASK_VENDOR: &str = "Nothing to do now. Your EHR vendor can put it right in the export.";

#[expect(clippy::too_many_lines, reason = "a catalogue is as long as it has rules")]
pub(super) fn words(rule: EnvelopeRule, arguments: &[Argument]) -> Words {
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
        EnvelopeRule::MessageCount => {
            let words = Words::new(
                "This file has another number of messages than it says.",
                "Its last lines (BTS) say how many messages there should be. Where fewer are there, patients are missing.",
                "Export it again, then drop it here. If it stays so, ask your EHR vendor.",
            );
            match arguments {
                [Argument::Count(stated), Argument::Count(found)] => words.titled(format!(
                    "This file says that it has {}, but it has {}.",
                    quantity::count(*stated, "message", "messages"),
                    quantity::thousands(*found)
                )),
                _ => words,
            }
        }
        EnvelopeRule::MessageCountNotANumber => Words::new(
            "This file does not say how many messages it has.",
            "Where the number of messages should stand (BTS-1) is something else. Nobody can tell whether patients are missing.",
            "Export it again, then drop it here. If it stays so, ask your EHR vendor.",
        ),
        EnvelopeRule::BatchCount => {
            let words = Words::new(
                "This file has another number of batches than it says.",
                "Its last line (FTS) says how many batches there should be. Where fewer are there, patients are missing.",
                "Export it again, then drop it here. If it stays so, ask your EHR vendor.",
            );
            match arguments {
                [Argument::Count(stated), Argument::Count(found)] => words.titled(format!(
                    "This file says that it has {}, but it has {}.",
                    quantity::count(*stated, "batch", "batches"),
                    quantity::thousands(*found)
                )),
                _ => words,
            }
        }
        EnvelopeRule::BatchCountNotANumber => Words::new(
            "This file does not say how many batches it has.",
            "Where the number of batches should stand (FTS-1) is something else. Nobody can tell whether patients are missing.",
            "Export it again, then drop it here. If it stays so, ask your EHR vendor.",
        ),
        EnvelopeRule::Missing => Words::new(
            "The messages have no envelope.",
            "The segments FHS, BHS, BTS and FTS are missing. The registry may want them, and without them nobody can tell whether the file is whole.",
            "Nothing to do now. Your EHR vendor can export with the envelope.",
        ),
        EnvelopeRule::FileNeverOpened => Words::new(
            "The end of a file stands here without its beginning.",
            "There is FTS without FHS before it. The beginning of the export may be missing.",
            "Compare the number of patients with your EHR. If it is too small, export again.",
        ),
        EnvelopeRule::BatchNeverOpened => Words::new(
            "The end of a batch stands here without its beginning.",
            "There is BTS without BHS before it. The beginning of the export may be missing.",
            "Compare the number of patients with your EHR. If it is too small, export again.",
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
        EnvelopeRule::MessageOutside => {
            let words = Words::new(
                "Messages stand outside of the envelope.",
                "The file has batches, and these messages are in none of them. The registry may not read them.",
                "Ask your EHR vendor to put every message between BHS and BTS.",
            );
            match arguments {
                [Argument::Count(count)] => words.titled(format!(
                    "{} outside of the envelope.",
                    quantity::count(*count, "message stands", "messages stand")
                )),
                _ => words,
            }
        }
        EnvelopeRule::DuplicateControlId => {
            let words = Words::new(
                "Two messages have the same control id.",
                "The registry's answer names the control id (MSH-10). Nobody could tell which of the two it means.",
                "Nothing to do now. Your EHR vendor can give each message an id of its own.",
            );
            match arguments {
                [Argument::Count(first)] => words.titled(format!(
                    "The control id is that of message {}, too.",
                    quantity::thousands(*first)
                )),
                _ => words,
            }
        }
        EnvelopeRule::DuplicateMessage => {
            let words = Words::new(
                "The same message is in the file twice.",
                "Nothing is stored twice: the registry answers that it has the vaccination already.",
                "Nothing to do now. If it happens each month, ask your EHR vendor.",
            );
            match arguments {
                [Argument::Count(first)] => words.titled(format!(
                    "This message is the same as message {}.",
                    quantity::thousands(*first)
                )),
                _ => words,
            }
        }
        EnvelopeRule::SeveralBatches => {
            let words = Words::new("The file has several batches.", "HL7 allows that.", "Nothing to do.");
            match arguments {
                [Argument::Count(count)] => {
                    words.titled(format!("The file has {}.", quantity::count(*count, "batch", "batches")))
                }
                _ => words,
            }
        }
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
        EnvelopeRule::TooManyToCompare => {
            let words = Words::new(
                "Not all messages were compared with one another.",
                "The file has more messages than are remembered. One that is there twice may not be found.",
                "Nothing to do.",
            );
            match arguments {
                [Argument::Count(count)] => words.titled(format!(
                    "Only the first {} messages were compared with one another.",
                    quantity::thousands(*count)
                )),
                _ => words,
            }
        }
    }
}
