//! The patient: who it is, where they live, who answers for them, and their consent.
//!
//! Only the first `PID` of a message is looked at: a second one is a finding on the message.

mod address;
mod birth;
mod consent;
mod guardian;
mod identity;
mod invented;
mod life;
mod name;
mod phone;
mod race;
#[cfg(test)]
mod tests;

use crate::domain::check::{
    Aspect::{Codes, Count, Form, Length, Missing},
    Findings, MessageView, Owned, Rules, Severity,
    Who::{FrontDesk, Vendor},
    rule::{CONTRADICTION, DATE_ALONE, Sheet, rules},
};

/// What this room says, so that no other repeats it.
pub const OWNED: &[Owned] = &[
    Owned::of(*b"PID", 3, &[0, 1, 5], &[Missing]),
    Owned::of(*b"PID", 5, &[0, 1, 2], &[Missing]),
    Owned::of(*b"PID", 5, &[7], &[Codes]),
    Owned::all(*b"PID", 7),
    Owned::all(*b"PID", 8),
    Owned::of(*b"PID", 10, &[0, 1], &[Missing, Codes]),
    Owned::of(*b"PID", 11, &[0, 1, 2, 3, 4, 5], &[Missing]),
    Owned::of(*b"PID", 11, &[4, 5], &[Form, Codes, Length]),
    Owned::of(*b"PID", 13, &[0, 4, 6, 7], &[Missing]),
    Owned::of(*b"PID", 13, &[6, 7], &[Form, Length]),
    Owned::of(*b"PID", 22, &[0, 1], &[Missing, Codes]),
    Owned::of(*b"PID", 22, &[0], &[Count]),
    Owned::all(*b"PID", 24),
    Owned::all(*b"PID", 25),
    Owned::all(*b"PID", 29),
    Owned::all(*b"PID", 30),
    Owned::of(*b"PD1", 11, &[0, 1], &[Missing, Codes]),
    Owned::all(*b"PD1", 12),
    Owned::all(*b"PD1", 13),
    Owned::of(*b"NK1", 2, &[0, 1], &[Missing]),
    Owned::of(*b"NK1", 3, &[0, 1], &[Missing, Codes]),
    Owned::of(*b"NK1", 5, &[0, 4, 6, 7], &[Missing]),
    Owned::of(*b"NK1", 5, &[6, 7], &[Form, Length]),
];

const ID: &str = "National guide 1.5, PID-3: usage R, with its type in CX.5";
const NAME: &str = "Texas, error text: the name cannot be empty; national guide 1.5, PID-5: usage R";
const SHORT_NAME: &str = "Texas, error text: a name of one character";
const REAL_NAME: &str = "Texas, error text: BABY; a name must be the patient's own";
const INVENTED: &str = "Dropoff: records of invented patients do not belong among real ones";
const ODD_NAME: &str = "Dropoff: no name has digits";
const NAME_TYPE: &str = "HL7 table 0200: the types of a name";
const BIRTH: &str = "Texas, error text: birth date; national guide 1.5, PID-7: usage R, told to the day";
const BORN_LATER: &str = "Texas, error text: Future Date";
const SEX: &str = "National guide 1.5, PID-8: usage R; HL7 table 0001";
const RACE: &str = "Texas, IEE-320: one valid race; national guide 1.5, PID-10: CDCREC";
const ETHNICITY: &str = "Texas, IEE-319 and IEE-321: one valid ethnicity; national guide 1.5, PID-22: CDCREC";
const ADDRESS: &str = "Texas, error text: PID-11 missing";
const CITY: &str = "Texas, error text: PID-11-3 missing";
const WHOLE_ADDRESS: &str = "Texas, IEE-998: the address should be complete and valid";
const PHONE: &str = "National guide 1.5, PID-13: usage RE";
const REAL_PHONE: &str = "Texas, IEE-413: a phone number must be a real one";
const TWINS: &str =
    "National guide 1.5, PID-24 and PID-25: the order of birth is told where several were born together";
const DEATH: &str = "National guide 1.5, PID-29 and PID-30: a date of death and its indicator go together";
const GUARDIAN: &str = "Texas, IEE-519: NK1 Segment/Responsible person, missing";
const EMPTY_GUARDIAN: &str = "Texas, IEE-411: Neither last name, address, nor telephone specified";
const GUARDIAN_NAME: &str = "National guide 1.5, NK1-2: usage R";
const RELATION: &str = "National guide 1.5, NK1-3: usage R; HL7 table 0063";
const SELF: &str = "Texas, IEE-409: who answers for themselves has the patient's name";
const REMINDERS: &str = "National guide 1.5, PD1-11: usage RE; HL7 table 0215";
const NO_CONSENT: &str = "Texas, CLR-100: Client Rejected. No existing consent on file";
const CONSENT_AGE: &str = "Texas, CLR-101: Client rejected. consent flag not valid for client age";
const CONSENT_DATE: &str = "Texas, CLR-105: Client rejected. Invalid Affirmation date format";
const CONSENT_LATER: &str = "Texas, CLR-106: the consent date lies in the future";
const CONSENT_DATED: &str = "National guide 1.5, PD1-13: usage RE where PD1-12 is valued";

rules! {
    /// What is wrong with what a message says of the patient.
    PatientRule {
        /// PID-3 has no id.
        IdMissing => Sheet::error("patient.id-missing", Vendor, ID),
        /// No id of PID-3 says of what type it is.
        IdTypeMissing => Sheet::warning("patient.id-type-missing", Vendor, ID),
        /// A part of PID-5 is missing. Argument: which.
        NameMissing => Sheet::error("patient.name-missing", FrontDesk, NAME),
        /// A part of PID-5 has one letter. Argument: which.
        NameShort => Sheet::error("patient.name-short", FrontDesk, SHORT_NAME),
        /// A newborn who had no name yet: BABY, BABY BOY.
        NotNamedYet => Sheet::blocker("patient.not-named-yet", FrontDesk, REAL_NAME).while_testing(Severity::Error),
        /// A word stands there because a name was not known. Argument: instead of which part.
        NamePlaceholder => Sheet::error("patient.name-placeholder", FrontDesk, REAL_NAME),
        /// The patient was invented: TEST, ZZZ.
        Invented => Sheet::blocker("patient.invented", FrontDesk, INVENTED).while_testing(Severity::Note),
        /// The patient may have been invented, or may have that name: DOE, SAMPLE.
        PerhapsInvented => Sheet::warning("patient.perhaps-invented", FrontDesk, INVENTED).while_testing(Severity::Note),
        /// There are digits in a name. Argument: in which part.
        NameDigits => Sheet::warning("patient.name-digits", FrontDesk, ODD_NAME),
        /// The type of the name is not one of the table.
        NameType => Sheet::warning("patient.name-type", Vendor, NAME_TYPE),
        /// PID-7 is empty.
        BirthDateMissing => Sheet::error("patient.birth-date-missing", FrontDesk, BIRTH),
        /// PID-7 is no date, or one that no calendar has.
        BirthDateUnreadable => Sheet::error("patient.birth-date-unreadable", FrontDesk, BIRTH),
        /// PID-7 tells month or year only.
        BirthDateInexact => Sheet::error("patient.birth-date-inexact", FrontDesk, BIRTH),
        /// Spaces stand around PID-7.
        BirthDateSpaces => Sheet::warning("patient.birth-date-spaces", Vendor, DATE_ALONE),
        /// PID-7 lies in the future.
        BirthDateFuture => Sheet::error("patient.birth-date-future", FrontDesk, BORN_LATER),
        /// PID-7 lies more than 120 years ago.
        BirthDateLongAgo => Sheet::error("patient.birth-date-long-ago", FrontDesk, BIRTH),
        /// PID-8 is empty.
        SexMissing => Sheet::error("patient.sex-missing", FrontDesk, SEX),
        /// PID-8 is none of the table's codes.
        SexUnknown => Sheet::warning("patient.sex-code", Vendor, SEX),
        /// PID-10 is empty.
        RaceMissing => Sheet::warning("patient.race-missing", FrontDesk, RACE),
        /// A code of PID-10 is none of the table's.
        RaceUnknown => Sheet::warning("patient.race-code", Vendor, RACE),
        /// PID-10 has several codes. Argument: how many.
        SeveralRaces => Sheet::note("patient.several-races", FrontDesk, RACE),
        /// PID-22 is empty.
        EthnicityMissing => Sheet::warning("patient.ethnicity-missing", FrontDesk, ETHNICITY),
        /// A code of PID-22 is none of the table's.
        EthnicityUnknown => Sheet::warning("patient.ethnicity-code", Vendor, ETHNICITY),
        /// PID-22 has several codes. Argument: how many.
        SeveralEthnicities => Sheet::warning("patient.several-ethnicities", FrontDesk, ETHNICITY),
        /// PID-11 is empty.
        AddressMissing => Sheet::error("patient.address-missing", FrontDesk, ADDRESS),
        /// PID-11 has no city, or a word instead of one.
        CityMissing => Sheet::error("patient.city-missing", FrontDesk, CITY),
        /// PID-11 has no street, or a word instead of one.
        StreetMissing => Sheet::warning("patient.street-missing", FrontDesk, WHOLE_ADDRESS),
        /// PID-11 has no state.
        StateMissing => Sheet::warning("patient.state-missing", FrontDesk, WHOLE_ADDRESS),
        /// The state is none of the postal service's two letters.
        StateUnknown => Sheet::warning("patient.state-code", FrontDesk, WHOLE_ADDRESS),
        /// PID-11 has no ZIP code.
        ZipMissing => Sheet::warning("patient.zip-missing", FrontDesk, WHOLE_ADDRESS),
        /// What stands there is no ZIP code.
        ZipUnreadable => Sheet::warning("patient.zip-unreadable", FrontDesk, WHOLE_ADDRESS),
        /// The ZIP code is one of another state.
        ZipElsewhere => Sheet::warning("patient.zip-elsewhere", FrontDesk, WHOLE_ADDRESS),
        /// PID-13 has no phone number.
        PhoneMissing => Sheet::note("patient.phone-missing", FrontDesk, PHONE),
        /// A phone number has not 10 digits, or cannot be dialled.
        PhoneUnreadable => Sheet::warning("patient.phone-unreadable", FrontDesk, REAL_PHONE),
        /// A phone number is a placeholder: 555-555-5555.
        PhonePlaceholder => Sheet::warning("patient.phone-placeholder", FrontDesk, REAL_PHONE),
        /// PID-24 is neither Y nor N.
        MultipleBirthUnknown => Sheet::warning("patient.multiple-birth-code", Vendor, TWINS),
        /// PID-24 says that several were born, and PID-25 does not say which of them it is.
        BirthOrderMissing => Sheet::warning("patient.birth-order-missing", FrontDesk, TWINS),
        /// PID-25 is no number that can be one.
        BirthOrderUnreadable => Sheet::warning("patient.birth-order-unreadable", Vendor, TWINS),
        /// PID-25 says second or later, and PID-24 that nobody else was born.
        BirthOrderAlone => Sheet::warning("patient.birth-order-alone", FrontDesk, TWINS),
        /// PID-30 is neither Y nor N.
        DeathUnknown => Sheet::warning("patient.death-code", Vendor, DEATH),
        /// PID-30 says that the patient died, and PID-29 does not say when.
        DeathDateMissing => Sheet::warning("patient.death-date-missing", FrontDesk, DEATH),
        /// PID-29 is no date.
        DeathDateUnreadable => Sheet::warning("patient.death-date-unreadable", FrontDesk, DEATH),
        /// PID-29 lies in the future.
        DeathDateFuture => Sheet::error("patient.death-date-future", FrontDesk, BORN_LATER),
        /// PID-29 lies before PID-7.
        DeathBeforeBirth => Sheet::warning("patient.death-before-birth", FrontDesk, DEATH),
        /// PID-29 tells a date, and PID-30 does not say that the patient died.
        DeathNotSaid => Sheet::warning("patient.death-not-said", FrontDesk, DEATH),
        /// A minor has no `NK1`.
        GuardianMissing => Sheet::warning("patient.guardian-missing", FrontDesk, GUARDIAN),
        /// An `NK1` has neither name, address nor phone number.
        GuardianEmpty => Sheet::warning("patient.guardian-empty", FrontDesk, EMPTY_GUARDIAN),
        /// NK1-2 has no last name.
        GuardianNameMissing => Sheet::warning("patient.guardian-name-missing", FrontDesk, GUARDIAN_NAME),
        /// NK1-3 is empty.
        RelationMissing => Sheet::warning("patient.relation-missing", FrontDesk, RELATION),
        /// NK1-3 is none of the table's codes.
        RelationUnknown => Sheet::warning("patient.relation-code", Vendor, RELATION),
        /// NK1-3 says that it is the patient, and NK1-2 names somebody else.
        GuardianNotSelf => Sheet::warning("patient.guardian-not-self", FrontDesk, SELF),
        /// A phone number of NK1-5 is none, or a placeholder.
        GuardianPhone => Sheet::warning("patient.guardian-phone", FrontDesk, REAL_PHONE),
        /// PD1-11 is none of the table's codes.
        RemindersUnknown => Sheet::warning("patient.reminders-code", Vendor, REMINDERS),
        /// PD1-12 is empty.
        ConsentMissing => Sheet::warning("patient.consent-missing", FrontDesk, NO_CONSENT),
        /// PD1-12 is none of the registry's codes.
        ConsentUnknown => Sheet::error("patient.consent-code", FrontDesk, NO_CONSENT),
        /// PD1-12 is a child's consent, and the patient is an adult. Argument: from how many years on.
        ConsentOfChild => Sheet::error("patient.consent-of-child", FrontDesk, CONSENT_AGE),
        /// PD1-12 is an adult's consent, and the patient is a child. Argument: under how many years.
        ConsentOfAdult => Sheet::error("patient.consent-of-adult", FrontDesk, CONSENT_AGE),
        /// PD1-12 tells a consent, and PD1-13 not since when.
        ConsentDateMissing => Sheet::warning("patient.consent-date-missing", FrontDesk, CONSENT_DATED),
        /// PD1-13 is no date to the day.
        ConsentDateUnreadable => Sheet::error("patient.consent-date-unreadable", FrontDesk, CONSENT_DATE),
        /// PD1-13 lies in the future.
        ConsentDateFuture => Sheet::error("patient.consent-date-future", FrontDesk, CONSENT_LATER),
        /// PD1-13 lies before PID-7.
        ConsentBeforeBirth => Sheet::warning("patient.consent-before-birth", FrontDesk, CONTRADICTION),
    }
}

pub(super) fn check(message: &MessageView<'_>, rules: &Rules, findings: &mut Findings) {
    let Some(pid) = message.first(*b"PID") else { return };
    identity::check(&pid, rules, findings);
    name::check(&pid, rules.tables(), findings);
    let age = birth::check(&pid, rules, findings);
    race::check(&pid, rules.tables(), findings);
    address::check(&pid, &rules.expected, findings);
    phone::check(&pid, findings);
    life::check(&pid, rules, findings);
    guardian::check(message, &pid, age, rules, findings);
    consent::check(message, &pid, age, rules, findings);
}
