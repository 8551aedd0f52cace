//! Words on the message.

use crate::{
    app::wording::{
        check::{ASK_BEFORE, ASK_VENDOR, Words},
        quantity,
    },
    domain::check::{Argument, message::MessageRule},
};

#[expect(clippy::too_many_lines, reason = "a catalogue is as long as it has rules")]
pub(super) fn words(rule: MessageRule, arguments: &[Argument]) -> Words {
    let counted = |words: Words, one: &str, many: &str| match arguments {
        [Argument::Count(count)] => words.titled(Some(format!("{}.", quantity::count(*count, one, many)))),
        _ => words,
    };
    match rule {
        MessageRule::OtherKind => Words::new(
            "This message is not about vaccinations.",
            "It is another kind of message, such as an admission (ADT) or an answer (ACK). The registry stores vaccinations (VXU) only.",
            "Ask your EHR vendor to leave such messages out of the export. What else is in the file goes all the same.",
        ),
        MessageRule::KindMissing => Words::new(
            "The message does not say what kind it is.",
            "MSH-9 is empty. It must be VXU^V04^VXU_V04, and without it the registry may not store the message.",
            ASK_BEFORE,
        ),
        MessageRule::KindIncomplete => Words::new(
            "The kind of the message is not written in full.",
            "MSH-9 should be VXU^V04^VXU_V04. The registry may not know the message.",
            ASK_VENDOR,
        ),
        MessageRule::DelimitersDamaged => Words::new(
            "The signs that separate names and codes were damaged.",
            "They stand at the beginning of the message (MSH-2) and should be ^~\\&. Most often another program changed them. The registry may read names and codes wrong.",
            "Export it again, and don't open it in another program before you drop it here. If it stays so, ask your EHR vendor.",
        ),
        MessageRule::OtherDelimiters => Words::new(
            "Names and codes are separated by other signs than usual.",
            "The message says so (MSH-1, MSH-2), and HL7 allows that. The national guide does not. Whether the registry reads it is not published.",
            "Ask your EHR vendor to separate them by |^~\\&, as the national guide asks. The file can be sent meanwhile.",
        ),
        MessageRule::SenderMissing => Words::new(
            "The message does not say which clinic sends it.",
            "The sending facility (MSH-4) is empty. It should be the number that the registry gave to your organization.",
            "Ask your EHR vendor to enter your organization's number as the sending facility.",
        ),
        MessageRule::SenderNotANumber => {
            let words = Words::new(
                "Something else stands where your clinic's number should be.",
                "The sending facility (MSH-4) should be the number that the registry gave to your organization. Without it the registry may not know whose patients these are.",
                "Ask your EHR vendor to enter your organization's number as the sending facility. The registry can tell you the number.",
            );
            match arguments {
                [Argument::Count(digits)] => words.titled(Some(format!(
                    "Something else stands where your clinic's {digits}-digit number should be."
                ))),
                _ => words,
            }
        }
        MessageRule::ReceiverMissing => Words::new(
            "The message does not say for which registry it is.",
            "The receiving application (MSH-5) is empty. The registry answers that with an error.",
            "Ask your EHR vendor to enter the registry as the receiving application.",
        ),
        MessageRule::OtherReceiver => Words::new(
            "The message is addressed to another system.",
            "The receiving application (MSH-5) is not the registry's name. The registry may complain.",
            "Check that this export is for this registry. Your EHR vendor can correct MSH-5.",
        ),
        MessageRule::ReceivingFacilityMissing => Words::new(
            "The message does not name the receiving agency.",
            "The receiving facility (MSH-6) is empty. The registry may complain.",
            ASK_VENDOR,
        ),
        MessageRule::OtherReceivingFacility => Words::new(
            "The message is addressed to another agency.",
            "The receiving facility (MSH-6) is not the one that runs the registry. The registry may complain.",
            "Check that this export is for this registry. Your EHR vendor can correct MSH-6.",
        ),
        MessageRule::TimeMissing => Words::new(
            "The message does not say when it was written.",
            "MSH-7 is empty, and the national guide requires it.",
            ASK_BEFORE,
        ),
        MessageRule::TimeUnreadable => Words::new(
            "The time of the message is not a time.",
            "MSH-7 should be year, month, day and time in digits. The registry may not store the message.",
            ASK_BEFORE,
        ),
        MessageRule::TimeInTheFuture => Words::new(
            "The message was written in the future.",
            "The clock of the system that exports, or of this computer, is wrong (MSH-7).",
            "Check the date on this computer. If it is right, ask your EHR vendor about the clock.",
        ),
        MessageRule::TimeInexact => Words::new(
            "The time of the message is not told exactly.",
            "MSH-7 should have the seconds and the time zone, such as 20261120091500-0600.",
            ASK_VENDOR,
        ),
        MessageRule::ControlIdMissing => Words::new(
            "The message has no control id.",
            "The registry's answer names a message by it (MSH-10). Without it nobody can tell which patient the answer means.",
            ASK_BEFORE,
        ),
        MessageRule::ControlIdLong => Words::new(
            "The control id of the message is too long.",
            "MSH-10 may have 199 characters. The registry may cut it, and its answer will not name the message.",
            ASK_VENDOR,
        ),
        MessageRule::ProcessingMissing => Words::new(
            "The message does not say whether it is real or a test.",
            "MSH-11 is empty. It is P for real patients and T for a test.",
            ASK_BEFORE,
        ),
        MessageRule::NotProduction => Words::new(
            "The message is not marked as real.",
            "You are live, and MSH-11 should be P. The registry may treat the message as a test and not store it.",
            "Check in your EHR that the export is set to production. If you don't find it, ask your EHR vendor.",
        ),
        MessageRule::NotTest => Words::new(
            "The message is not marked as a test.",
            "You are testing, and MSH-11 should be T or D.",
            "Check that there are no real patients in the file. Your EHR vendor can mark it as a test.",
        ),
        MessageRule::VersionMissing => Words::new(
            "The message does not name its HL7 version.",
            "MSH-12 is empty. It must be 2.5.1.",
            ASK_BEFORE,
        ),
        MessageRule::OtherVersion => Words::new(
            "The message is of another HL7 version.",
            "MSH-12 should be 2.5.1. The registry may not read other versions.",
            "Ask your EHR vendor to export in version 2.5.1.",
        ),
        MessageRule::ProfileMissing => Words::new(
            "The message does not name its profile.",
            "MSH-21 is empty. It must be Z22^CDCPHINVS.",
            ASK_BEFORE,
        ),
        MessageRule::OtherProfile => Words::new(
            "The message names another profile.",
            "MSH-21 should be Z22^CDCPHINVS, which stands for vaccinations that are sent.",
            ASK_VENDOR,
        ),
        MessageRule::PatientMissing => Words::new(
            "This message has no patient.",
            "The line PID is missing. The registry cannot tell whose vaccination it is, and stores nothing of it.",
            "Export it again. If it stays so, ask your EHR vendor.",
        ),
        MessageRule::SecondPatient => Words::new(
            "Two patients stand in one message.",
            "A message header (MSH) is missing before the second. Their vaccinations may be stored under the first.",
            ASK_BEFORE,
        ),
        MessageRule::VaccinationMissing => Words::new(
            "This message has no vaccination.",
            "It tells the registry about the patient only (there is no RXA).",
            "Nothing to do, unless a vaccination should be there. Then look in the patient's chart.",
        ),
        MessageRule::OrderMissing => Words::new(
            "A vaccination stands there without its order.",
            "The line ORC is missing before this RXA. The registry may not store the vaccination.",
            ASK_BEFORE,
        ),
        MessageRule::OrderEmpty => Words::new(
            "An order stands there without its vaccination.",
            "The line RXA is missing after this ORC. If a vaccination was given, the registry will not know of it.",
            "Export it again. If it stays so and the vaccination is complete in the patient's chart, ask your EHR vendor.",
        ),
        MessageRule::BeforeVaccination => Words::new(
            "What belongs to a vaccination stands before it.",
            "This RXR or OBX must stand after its RXA. The registry may skip it, and eligibility, route or site with it.",
            ASK_VENDOR,
        ),
        MessageRule::SegmentOrder => Words::new(
            "This line stands in the wrong place.",
            "The registry expects MSH, PID, PD1, NK1 and then ORC, RXA, RXR, OBX for each vaccination. It may skip what stands elsewhere.",
            ASK_VENDOR,
        ),
        MessageRule::SegmentTwice => Words::new(
            "This line stands there twice.",
            "Only one of its name may stand here. The registry may read only one of them.",
            ASK_VENDOR,
        ),
        MessageRule::SetId => Words::new(
            "Lines are not numbered one after the other.",
            "The first field of NK1 and of OBX counts from 1 on. Where a number is left out, a line may be missing.",
            "Nothing to do now. Your EHR vendor can number the lines.",
        ),
        MessageRule::SmallLetters => counted(
            Words::new(
                "Lines begin in small letters, and the registry may not know them.",
                "Their names should stand in capitals: PID, not pid.",
                "Ask your EHR vendor to write them in capitals. The file can be sent.",
            ),
            "line begins in small letters, and may not be read",
            "lines begin in small letters, and may not be read",
        ),
        MessageRule::UnknownSegments => counted(
            Words::new(
                "There are lines that belong to other messages.",
                "The registry skips what it does not expect.",
                "Nothing to do.",
            ),
            "line belongs to other messages",
            "lines belong to other messages",
        ),
        MessageRule::ZSegments => counted(
            Words::new(
                "There are lines of your EHR's own making.",
                "Their names begin with Z. The registry skips them.",
                "Nothing to do.",
            ),
            "line is of your EHR's own making",
            "lines are of your EHR's own making",
        ),
        MessageRule::EligibilityOfVisit => Words::new(
            "The eligibility is told for the visit, not for the vaccination.",
            "It stands in PV1-20. The registry reads it with each vaccination, in OBX 64994-7.",
            ASK_VENDOR,
        ),
    }
}
