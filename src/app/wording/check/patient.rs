//! Words on the patient.

use crate::{
    app::wording::{
        check::{ASK_VENDOR, Words},
        quantity,
    },
    domain::check::{Argument, patient::PatientRule},
};

const CORRECT: &str = "Correct it in the patient's chart, then export again.";
const ENTER: &str = "Ask the patient or the family, enter it in the chart, then export again.";
const FIX_CODE: &str = "Ask your EHR vendor to send one of the guide's codes for what the chart says.";
const REFUSED: &str = "The registry may not store the patient, nor the vaccinations.";
const COMPLAINS: &str = "The registry may complain, or not find the patient again.";

#[expect(clippy::too_many_lines, reason = "a catalogue is as long as it has rules")]
pub(super) fn words(rule: PatientRule, arguments: &[Argument]) -> Words {
    // A title that names the part of the name, or the number.
    let of_part = |words: Words, title: &dyn Fn(&str) -> String| match arguments {
        [Argument::Word(part)] => words.titled(Some(title(part))),
        _ => words,
    };
    let of_count = |words: Words, title: &dyn Fn(u64) -> String| match arguments {
        [Argument::Count(count)] => words.titled(Some(title(*count))),
        _ => words,
    };
    match rule {
        PatientRule::IdMissing => Words::new(
            "The patient has no id.",
            "PID-3 is empty. The registry needs the number that your EHR gives to the patient.",
            "Ask your EHR vendor to export the patient's number.",
        ),
        PatientRule::IdTypeMissing => Words::new(
            "The patient's id does not say of what type it is.",
            "PID-3 should have a type in its fifth component, such as MR for a medical record number.",
            ASK_VENDOR,
        ),
        PatientRule::NameMissing => of_part(Words::new("The patient's name is missing.", REFUSED, ENTER), &|part| {
            format!("The patient's {part} is missing.")
        }),
        PatientRule::NameShort => of_part(
            Words::new("A part of the patient's name is only one letter.", REFUSED, ENTER),
            &|part| format!("The patient's {part} is only one letter."),
        ),
        PatientRule::NotNamedYet => Words::new(
            "The patient is a newborn without a name.",
            "The registry refuses BABY, BABY BOY and the like, and nobody would find the child again.",
            "Enter the child's name in the chart, then export again. If there is none yet, leave the patient out of the export until there is.",
        ),
        PatientRule::NamePlaceholder => of_part(
            Words::new("A word stands where the patient's name should be.", REFUSED, ENTER),
            &|part| format!("A word stands where the patient's {part} should be."),
        ),
        PatientRule::Invented => Words::new(
            "The patient looks invented.",
            "The name is one that test patients have. Their records do not belong among those of real patients.",
            "Leave test patients out of the export, then export again. If the patient is real, say so when the file is sent.",
        ),
        PatientRule::PerhapsInvented => Words::new(
            "The patient may be invented.",
            "The name is one that test patients often have.",
            "If it is a real patient, there is nothing to do. If not, leave the patient out and export again.",
        ),
        PatientRule::NameDigits => of_part(
            Words::new("There are digits in the patient's name.", COMPLAINS, CORRECT),
            &|part| format!("There are digits in the patient's {part}."),
        ),
        PatientRule::NameType => Words::new(
            "The type of the patient's name is none that HL7 knows.",
            "PID-5.7 should be L for the legal name.",
            ASK_VENDOR,
        ),
        PatientRule::BirthDateMissing => Words::new("The birth date is missing.", REFUSED, ENTER),
        PatientRule::BirthDateUnreadable => Words::new(
            "The birth date is not a date.",
            "It should be a day of the calendar, written as year, month and day in eight digits.",
            "Correct it in the patient's chart, then export again. If it looks right there, ask your EHR vendor.",
        ),
        PatientRule::BirthDateInexact => Words::new("The birth date has no day.", REFUSED, ENTER),
        PatientRule::BirthDateFuture => Words::new("The birth date lies in the future.", REFUSED, CORRECT),
        PatientRule::BirthDateLongAgo => Words::new("The birth date lies over 120 years ago.", REFUSED, CORRECT),
        PatientRule::SexMissing => Words::new("The patient's sex is missing.", REFUSED, ENTER),
        PatientRule::SexUnknown => Words::new(
            "The code for the patient's sex is not one of the guide's.",
            "PID-8 should be F, M or U.",
            FIX_CODE,
        ),
        PatientRule::RaceMissing => Words::new(
            "The patient's race is missing.",
            "The registry asks for it, and may complain.",
            ENTER,
        ),
        PatientRule::RaceUnknown => Words::new(
            "The code for the patient's race is not one of the guide's.",
            "The registry may complain, and store none.",
            FIX_CODE,
        ),
        PatientRule::SeveralRaces => of_count(
            Words::new(
                "The patient has more than one race.",
                "The registry may complain and want one.",
                "Nothing to do, unless the registry complains. Then choose one in the patient's chart.",
            ),
            &|count| format!("The patient has {} races.", quantity::thousands(count)),
        ),
        PatientRule::EthnicityMissing => Words::new(
            "The patient's ethnicity is missing.",
            "The registry asks for it, and may complain.",
            ENTER,
        ),
        PatientRule::EthnicityUnknown => Words::new(
            "The code for the patient's ethnicity is not one of the guide's.",
            "The registry may complain, and store none.",
            FIX_CODE,
        ),
        PatientRule::SeveralEthnicities => of_count(
            Words::new(
                "The patient has more than one ethnicity.",
                "The registry wants one, and may complain.",
                "Choose one in the patient's chart, then export again.",
            ),
            &|count| format!("The patient has {} ethnicities.", quantity::thousands(count)),
        ),
        PatientRule::AddressMissing => Words::new("The patient's address is missing.", REFUSED, ENTER),
        PatientRule::CityMissing => Words::new("The city is missing in the patient's address.", REFUSED, ENTER),
        PatientRule::StreetMissing => Words::new("The street is missing in the patient's address.", COMPLAINS, ENTER),
        PatientRule::StateMissing => Words::new("The state is missing in the patient's address.", COMPLAINS, ENTER),
        PatientRule::StateUnknown => Words::new(
            "The state in the patient's address is none that there is.",
            "It should be two letters, such as TX.",
            CORRECT,
        ),
        PatientRule::ZipMissing => Words::new("The ZIP code is missing in the patient's address.", COMPLAINS, ENTER),
        PatientRule::ZipUnreadable => Words::new(
            "The ZIP code in the patient's address is none that there is.",
            "It should be five digits, or five and four.",
            CORRECT,
        ),
        PatientRule::ZipElsewhere => Words::new(
            "The ZIP code and the state do not go together.",
            "The ZIP code in the patient's address is one of another state.",
            CORRECT,
        ),
        PatientRule::PhoneMissing => Words::new(
            "The patient has no phone number.",
            "The registry uses it to tell patients of the same name apart.",
            "Enter it in the patient's chart where it is known.",
        ),
        PatientRule::PhoneUnreadable => Words::new(
            "The patient's phone number cannot be dialled.",
            "It should be ten digits, area code first.",
            CORRECT,
        ),
        PatientRule::PhonePlaceholder => Words::new(
            "The patient's phone number is made up.",
            "It is one that is entered where none is known, such as 555-555-5555. The registry may complain.",
            "Enter the real number in the patient's chart, or none, then export again.",
        ),
        PatientRule::MultipleBirthUnknown => Words::new(
            "The code for twins is not one of the guide's.",
            "PID-24 should be Y for one of several who were born together, or N.",
            ASK_VENDOR,
        ),
        PatientRule::BirthOrderMissing => Words::new(
            "The patient is a twin, and the order of birth is missing.",
            "Without it the registry may take twins for one child.",
            ENTER,
        ),
        PatientRule::BirthOrderUnreadable => Words::new(
            "The order of birth is not a number that can be.",
            "PID-25 should be 1 for the first child of a birth, 2 for the second.",
            ASK_VENDOR,
        ),
        PatientRule::BirthOrderAlone => Words::new(
            "The patient was born second, but is not marked as a twin.",
            "The registry may take twins for one child.",
            CORRECT,
        ),
        PatientRule::DeathUnknown => Words::new(
            "The code for death is not one of the guide's.",
            "PID-30 should be Y or N.",
            ASK_VENDOR,
        ),
        PatientRule::DeathDateMissing => Words::new(
            "The date of death is missing.",
            "The patient is marked as having died.",
            "Enter the date in the patient's chart, or take back the mark, then export again.",
        ),
        PatientRule::DeathDateUnreadable => Words::new(
            "The date of death is not a date.",
            "It should be a day of the calendar.",
            CORRECT,
        ),
        PatientRule::DeathDateFuture => Words::new("The date of death lies in the future.", REFUSED, CORRECT),
        PatientRule::DeathBeforeBirth => Words::new(
            "The date of death lies before the birth date.",
            "One of the two is wrong.",
            CORRECT,
        ),
        PatientRule::DeathNotSaid => Words::new(
            "There is a date of death, but the patient is not marked as having died.",
            "The registry may send reminders to the family.",
            CORRECT,
        ),
        PatientRule::GuardianMissing => Words::new(
            "The child has no guardian.",
            "The registry stores the child, and answers with a warning (IEE-519).",
            ENTER,
        ),
        PatientRule::GuardianEmpty => Words::new(
            "A guardian has neither name, address nor phone number.",
            "The registry answers with a warning (IEE-411).",
            ENTER,
        ),
        PatientRule::GuardianNameMissing => Words::new("A guardian has no last name.", COMPLAINS, ENTER),
        PatientRule::RelationMissing => Words::new(
            "It does not say how a guardian is related to the patient.",
            "NK1-3 is empty. The registry may complain.",
            ENTER,
        ),
        PatientRule::RelationUnknown => Words::new(
            "The code for how a guardian is related is not one of the guide's.",
            "NK1-3 should be a code such as MTH, FTH or GRD.",
            FIX_CODE,
        ),
        PatientRule::GuardianNotSelf => Words::new(
            "The guardian should be the patient, and has another name.",
            "The relation is \"self\" (NK1-3). The registry complains where the names differ (IEE-409).",
            CORRECT,
        ),
        PatientRule::GuardianPhone => Words::new(
            "A guardian's phone number is not a real one.",
            "It should be ten digits, and none that stands for an unknown number. The registry may complain (IEE-413).",
            CORRECT,
        ),
        PatientRule::RemindersUnknown => Words::new(
            "The code for reminders is not one of the guide's.",
            "PD1-11 should be 01 to 12.",
            ASK_VENDOR,
        ),
        PatientRule::ConsentMissing => Words::new(
            "The file has no consent of this patient.",
            "If the registry has none on file either, it stores nothing of the patient (CLR-100).",
            "Check that a signed consent is in the chart, with its type and date. If the registry has it, there is nothing to do.",
        ),
        PatientRule::ConsentUnknown => Words::new(
            "The kind of consent is none that the registry knows.",
            "Without a consent that it knows, the registry may not store the patient (CLR-100).",
            "Choose the kind of consent again in the chart. If you cannot, ask your EHR vendor for the registry's codes in PD1-12.",
        ),
        PatientRule::ConsentOfChild => of_count(
            Words::new("An adult has a child's consent.", CONSENT_AGE, CONSENT_AGAIN),
            &|years| format!("The patient is {years} or older and has a child's consent."),
        ),
        PatientRule::ConsentOfAdult => of_count(
            Words::new("A child has an adult's consent.", CONSENT_AGE, CONSENT_AGAIN),
            &|years| format!("The patient is under {years} and has an adult's consent."),
        ),
        PatientRule::ConsentDateMissing => Words::new(
            "The date of the consent is missing.",
            "The registry asks since when there is a consent (PD1-13).",
            "Enter the date on which the consent was signed, then export again.",
        ),
        PatientRule::ConsentDateUnreadable => Words::new(
            "The date of the consent is not a date.",
            "It should be a day of the calendar. The registry may not store the patient (CLR-105).",
            "Correct the date on which the consent was signed, then export again.",
        ),
        PatientRule::ConsentDateFuture => Words::new(
            "The date of the consent lies in the future.",
            "The registry may not store the patient (CLR-106).",
            "Correct the date on which the consent was signed, then export again.",
        ),
        PatientRule::BirthDateSpaces => Words::new(
            "Spaces stand around the birth date.",
            "PID-7 should be digits alone (YYYYMMDD). The registry may not read the date.",
            "Nothing to do now. Your EHR vendor can leave the spaces out.",
        ),
        PatientRule::ConsentBeforeBirth => Words::new(
            "The consent was given before the patient was born.",
            "One of the two dates is wrong.",
            "Compare the birth date and the date of the consent in the chart, and correct the wrong one.",
        ),
    }
}

const CONSENT_AGE: &str = "The registry rejects a consent that does not fit the age (CLR-101).";
const CONSENT_AGAIN: &str = "Check the birth date and the kind of consent in the chart. Have the right consent signed, choose it, then export again.";
