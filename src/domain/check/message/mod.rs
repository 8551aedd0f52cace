//! The message: its header, and which segments it has in which order.
//!
//! A message of another kind, an ADT or an ACK, is one finding: nothing else is said of it, here or in the rooms that come after.
//! Where its kind is not told, it is taken for what the file is for. Nothing else is said either where the header names no character
//! that splits fields: every value would be another one.

mod delimiters;
mod header;
mod numbers;
mod segments;
#[cfg(test)]
mod tests;

use crate::domain::check::{
    Findings, MessageView, Owned, Rules, Severity,
    Who::{FrontDesk, Nobody, Vendor},
    rule::{Sheet, rules},
};

/// What this room says, so that no other repeats it.
pub const OWNED: &[Owned] = &[
    Owned::all(*b"MSH", 1),
    Owned::all(*b"MSH", 2),
    Owned::all(*b"MSH", 4),
    Owned::all(*b"MSH", 5),
    Owned::all(*b"MSH", 6),
    Owned::all(*b"MSH", 7),
    Owned::all(*b"MSH", 9),
    Owned::all(*b"MSH", 10),
    Owned::all(*b"MSH", 11),
    Owned::all(*b"MSH", 12),
    Owned::all(*b"MSH", 21),
    Owned::all(*b"PV1", 20),
];

const ENCODING: &str = "National guide 1.5, IZ-12 and IZ-13: MSH-1 is |, and MSH-2 is ^~\\&";
const SENDER: &str = "National guide 1.5, MSH-4: usage RE; Texas: it is the organization's number";
const NUMBER: &str = "Registry profile, organization's number: practice of senders in Texas";
const NO_RECEIVER: &str = "Texas, error text: Required field MSH-5 missing";
const RECEIVER: &str = "Registry profile, receiving application and facility: practice of senders in Texas";
const SENT: &str = "National guide 1.5, MSH-7: usage R; HL7 2.5.1, chapter 2.A, DTM";
const SENT_EXACTLY: &str = "National guide 1.5, IZ-TS_Z: MSH-7 is told to the second, with the time zone";
const FUTURE: &str = "Dropoff: a clock that is wrong dates vaccinations wrongly, too";
const KIND: &str = "National guide 1.5, IZ-17: MSH-9 is VXU^V04^VXU_V04";
const CONTROL_ID: &str = "National guide 1.5, MSH-10: usage R, length 1 to 199";
const SET_IDS: &str =
    "National guide 1.5, IZ-70: NK1-1 is counted from 1 on; NIST-01: OBX-1 likewise, in a message or for each group";
const PROCESSING: &str =
    "National guide 1.5, MSH-11: usage R; HL7 table 0103: P is production, T training, D debugging";
const VERSION: &str = "National guide 1.5, IZ-15: MSH-12 is 2.5.1";
const PROFILE: &str = "National guide 1.5, IZ-43: MSH-21 is Z22^CDCPHINVS";
const ONE_PATIENT: &str = "National guide 1.5, VXU_V04: PID has usage R and stands there once";
const ORDERS: &str = "National guide 1.5, VXU_V04: each order has ORC and RXA, both with usage R";
const STRUCTURE: &str = "HL7 2.5.1, chapter 4, VXU_V04, and national guide 1.5: order and number of its segments";
const NAMES: &str = "HL7 2.5.1, chapter 2, segments: names are written in capitals";
const OTHERS: &str = "HL7 2.5.1, chapter 2, receivers: a segment that is not expected is skipped";
const FINANCIAL: &str = "National guide 1.5, IZ-23: the eligibility stands in OBX 64994-7, with each vaccination";

rules! {
    /// What is wrong with a message's header or its segments.
    MessageRule {
        /// MSH-9 names another kind of message: an ADT, an ACK.
        OtherKind => Sheet::error("message.other-kind", Vendor, KIND),
        /// MSH-9 is empty.
        KindMissing => Sheet::error("message.kind-missing", Vendor, KIND),
        /// It is a VXU, and the rest of MSH-9 does not say so.
        KindIncomplete => Sheet::warning("message.kind-incomplete", Vendor, KIND).while_testing(Severity::Error),
        /// MSH-2 is missing, or was damaged on the way: `^~&`, `^~\&amp;`.
        DelimitersDamaged => Sheet::error("message.delimiters-damaged", FrontDesk, ENCODING),
        /// Other delimiters, properly declared.
        OtherDelimiters => Sheet::warning("message.other-delimiters", Vendor, ENCODING),
        /// MSH-4 is empty.
        SenderMissing => Sheet::warning("message.sender-missing", Vendor, SENDER),
        /// MSH-4 is no number of as many digits as an organization's has. Argument: how many.
        SenderNotANumber => Sheet::warning("message.sender-not-a-number", Vendor, NUMBER),
        /// MSH-5 is empty.
        ReceiverMissing => Sheet::error("message.receiver-missing", Vendor, NO_RECEIVER),
        /// MSH-5 names somebody else.
        OtherReceiver => Sheet::warning("message.other-receiver", Vendor, RECEIVER),
        /// MSH-6 is empty.
        ReceivingFacilityMissing => Sheet::warning("message.receiving-facility-missing", Vendor, RECEIVER),
        /// MSH-6 names somebody else.
        OtherReceivingFacility => Sheet::warning("message.other-receiving-facility", Vendor, RECEIVER),
        /// MSH-7 is empty.
        TimeMissing => Sheet::error("message.time-missing", Vendor, SENT),
        /// MSH-7 is no time.
        TimeUnreadable => Sheet::error("message.time-unreadable", Vendor, SENT),
        /// MSH-7 lies in the future.
        TimeInTheFuture => Sheet::warning("message.time-in-the-future", Vendor, FUTURE),
        /// MSH-7 lacks seconds or the zone.
        TimeInexact => Sheet::note("message.time-inexact", Vendor, SENT_EXACTLY),
        /// MSH-10 is empty.
        ControlIdMissing => Sheet::error("message.control-id-missing", Vendor, CONTROL_ID),
        /// MSH-10 is longer than 199 characters.
        ControlIdLong => Sheet::warning("message.control-id-long", Vendor, CONTROL_ID),
        /// MSH-11 is empty.
        ProcessingMissing => Sheet::error("message.processing-missing", Vendor, PROCESSING),
        /// MSH-11 is not P, and the clinic is live.
        NotProduction => Sheet::warning("message.not-production", Vendor, PROCESSING),
        /// MSH-11 is neither T nor D, and the clinic is testing.
        NotTest => Sheet::warning("message.not-test", Vendor, PROCESSING),
        /// MSH-12 is empty.
        VersionMissing => Sheet::error("message.version-missing", Vendor, VERSION),
        /// MSH-12 is another version.
        OtherVersion => Sheet::warning("message.other-version", Vendor, VERSION).while_testing(Severity::Error),
        /// MSH-21 is empty.
        ProfileMissing => Sheet::error("message.profile-missing", Vendor, PROFILE),
        /// MSH-21 names another profile.
        OtherProfile => Sheet::warning("message.other-profile", Vendor, PROFILE).while_testing(Severity::Error),
        /// There is no `PID`.
        PatientMissing => Sheet::error("message.patient-missing", Vendor, ONE_PATIENT),
        /// A second `PID` stands in one message.
        SecondPatient => Sheet::error("message.second-patient", Vendor, ONE_PATIENT),
        /// There is no `RXA`.
        VaccinationMissing => Sheet::note("message.vaccination-missing", Nobody, STRUCTURE),
        /// An `RXA` without an `ORC` of its own before it.
        OrderMissing => Sheet::error("message.order-missing", Vendor, ORDERS),
        /// An `ORC` without an `RXA` after it.
        OrderEmpty => Sheet::error("message.order-empty", Vendor, ORDERS),
        /// An `RXR` or `OBX` stands before the vaccination that it belongs to.
        BeforeVaccination => Sheet::warning("message.before-vaccination", Vendor, STRUCTURE),
        /// A segment stands after one that it should stand before.
        SegmentOrder => Sheet::warning("message.segment-order", Vendor, STRUCTURE),
        /// A segment stands there twice where one may stand.
        SegmentTwice => Sheet::warning("message.segment-twice", Vendor, STRUCTURE),
        /// NK1-1 or OBX-1 is not the number that follows.
        SetId => Sheet::note("message.set-id", Vendor, SET_IDS).while_testing(Severity::Warning),
        /// Segment names are in small letters. Argument: how many.
        SmallLetters => Sheet::warning("message.small-letters", Vendor, NAMES),
        /// Segments that no VXU has. Argument: how many.
        UnknownSegments => Sheet::note("message.unknown-segments", Vendor, OTHERS),
        /// Z segments, which a vendor makes. Argument: how many.
        ZSegments => Sheet::note("message.z-segments", Nobody, OTHERS),
        /// PV1-20 tells the eligibility, and no `OBX` does.
        EligibilityOfVisit => Sheet::note("message.eligibility-of-visit", Vendor, FINANCIAL),
    }
}

pub(super) fn check(message: &MessageView<'_>, rules: &Rules, findings: &mut Findings) {
    let header = message.header();
    delimiters::check(&header, findings);
    if header.delimiters().component.is_none() {
        return;
    }
    if is_of_another_kind(message) {
        findings.add(MessageRule::OtherKind, &header.place_of(9), &[]);
        return;
    }
    header::check(&header, rules, findings);
    segments::check(message, findings);
    numbers::check(message, findings);
}

/// Whether the other rooms can judge what it says: whether it can be split, and is no message of another kind.
pub(super) fn can_be_judged(message: &MessageView<'_>) -> bool {
    message.header().delimiters().component.is_some() && !is_of_another_kind(message)
}

fn is_of_another_kind(message: &MessageView<'_>) -> bool {
    let code = message.header().value(9, 1);
    // In small letters it is about vaccinations all the same: the header says what is wrong with it.
    !code.is_empty() && !code.eq_ignore_ascii_case(b"VXU")
}
