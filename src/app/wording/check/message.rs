//! Words on the message.

use crate::{
    app::wording::{check::Words, quantity},
    domain::check::{Argument, message::MessageRule},
};

const ASK_VENDOR: &str = "Nothing to do now. Your EHR vendor can put it right in the export.";
const ASK_BEFORE: &str = "Ask your EHR vendor to put it right, then export it again.";

#[expect(clippy::too_many_lines, reason = "a catalogue is as long as it has rules")]
pub(super) fn words(rule: MessageRule, arguments: &[Argument]) -> Words {
    let counted = |words: Words, one: &str, many: &str| match arguments {
        [Argument::Count(count)] => words.titled(Some(format!("{}.", quantity::count(*count, one, many)))),
        _ => words,
    };
    match rule {
        MessageRule::OtherKind => Words::new(
            "This message is not about vaccinations.",
            "It is another kind of HL7 message, such as an admission (ADT) or an answer (ACK). The registry stores vaccination updates (VXU) only.",
            "Export vaccinations only. If it stays so, ask your EHR vendor.",
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
            "The header's special characters were damaged.",
            "MSH-2 should be ^~\\& and names the characters that split the message. Names and codes may be split in the wrong places.",
            "Export it again, and don't open it in another program. If it stays so, ask your EHR vendor.",
        ),
        MessageRule::OtherDelimiters => Words::new(
            "The message is split by other characters than usual.",
            "It says so properly (MSH-1, MSH-2), and HL7 allows that. Not every registry reads it.",
            ASK_VENDOR,
        ),
        MessageRule::SenderMissing => Words::new(
            "The message does not say which clinic sends it.",
            "The sending facility (MSH-4) is empty. It should be the number that the registry gave to your organization.",
            "Ask your EHR vendor to enter your organization's number as the sending facility.",
        ),
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
            "The segment PID is missing. The registry cannot tell whose vaccination it is, and stores nothing of it.",
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
            "The segment ORC is missing before this RXA. The registry may not store the vaccination.",
            ASK_BEFORE,
        ),
        MessageRule::OrderEmpty => Words::new(
            "An order stands there without its vaccination.",
            "The segment RXA is missing after this ORC. If a vaccination was given, the registry will not know of it.",
            "Export it again. If it stays so and the vaccination is complete in the patient's chart, ask your EHR vendor.",
        ),
        MessageRule::BeforeVaccination => Words::new(
            "What belongs to a vaccination stands before it.",
            "This RXR or OBX must stand after its RXA. The registry may skip it, and eligibility, route or site with it.",
            ASK_VENDOR,
        ),
        MessageRule::SegmentOrder => Words::new(
            "This segment stands in the wrong place.",
            "The registry expects MSH, PID, PD1, NK1 and then ORC, RXA, RXR, OBX for each vaccination. It may skip what stands elsewhere.",
            ASK_VENDOR,
        ),
        MessageRule::SegmentTwice => Words::new(
            "This segment stands there twice.",
            "Only one of its name may stand here. The registry may read only one of them.",
            ASK_VENDOR,
        ),
        MessageRule::SetId => Words::new(
            "Segments are not numbered one after the other.",
            "The first field of NK1 and of OBX counts from 1 on. Where a number is left out, a segment may be missing.",
            "Nothing to do now. Your EHR vendor can number the segments.",
        ),
        MessageRule::SmallLetters => counted(
            Words::new(
                "Segment names are in small letters.",
                "HL7 writes them in capitals (PID, not pid). The registry may not know them.",
                ASK_VENDOR,
            ),
            "segment name is in small letters",
            "segment names are in small letters",
        ),
        MessageRule::UnknownSegments => counted(
            Words::new(
                "There are segments that belong to other messages.",
                "The registry skips what it does not expect.",
                "Nothing to do.",
            ),
            "segment belongs to other messages",
            "segments belong to other messages",
        ),
        MessageRule::ZSegments => counted(
            Words::new(
                "There are segments of your EHR's own making.",
                "Their names begin with Z. The registry skips them.",
                "Nothing to do.",
            ),
            "segment is of your EHR's own making",
            "segments are of your EHR's own making",
        ),
        MessageRule::EligibilityOfVisit => Words::new(
            "The eligibility is told for the visit, not for the vaccination.",
            "It stands in PV1-20. The registry reads it with each vaccination, in OBX 64994-7.",
            ASK_VENDOR,
        ),
    }
}
