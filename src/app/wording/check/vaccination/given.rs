//! Words on what was given to whom and when.

use crate::{
    app::wording::check::Words,
    domain::check::{Argument, vaccination::VaccinationRule},
};

#[expect(clippy::too_many_lines, reason = "a catalogue is as long as it has rules")]
pub(in crate::app::wording::check) fn words(rule: VaccinationRule, arguments: &[Argument]) -> Words {
    let words = match rule {
        VaccinationRule::DateMissing => Words::new(
            "The vaccination has no date.",
            "Without the day on which it was given, the registry may not store it.",
            "Enter the date of the vaccination in the chart, then export again.",
        ),
        VaccinationRule::DateUnreal => Words::new(
            "The vaccination date is not a real date.",
            "RXA-3 is not a day of the calendar, written as year, month and day (YYYYMMDD).",
            "Look at the vaccination in the chart. If its date is right there, ask your EHR vendor.",
        ),
        VaccinationRule::DateIncomplete => Words::new(
            "The vaccination date has no day.",
            "A year or a month alone is not enough: the registry asks for the day.",
            "Enter the whole date in the chart. Of a past dose, use the day on the patient's record.",
        ),
        VaccinationRule::DateInFuture => Words::new(
            "The vaccination date lies in the future.",
            "The registry may not store a dose that has not been given yet.",
            "Correct the date in the chart, then export again.",
        ),
        VaccinationRule::BeforeBirth => Words::new(
            "The vaccination date lies before the birth date.",
            "One of the two dates is wrong. The registry may not store the vaccination.",
            "Compare both dates in the chart, correct the wrong one, then export again.",
        ),
        VaccinationRule::AfterDeath => Words::new(
            "The vaccination date lies after the patient's death.",
            "One of the two dates is wrong, or the vaccination is another patient's.",
            "Compare both dates in the chart, and correct the wrong one.",
        ),
        VaccinationRule::AfterMessage => Words::new(
            "The vaccination date lies after the day on which the message was written.",
            "MSH-7 says when the message was written. A computer's clock may be wrong.",
            "Check the date in the chart. If it is right, ask your EHR vendor about MSH-7.",
        ),
        VaccinationRule::EndDiffers => Words::new(
            "The vaccination ends on another day than it begins.",
            "RXA-3 and RXA-4 must say the same: a vaccination takes no time.",
            "Nothing to do now. Your EHR vendor can leave RXA-4 empty or repeat RXA-3 in it.",
        ),
        VaccinationRule::EntryUnreal => Words::new(
            "The day on which the vaccination was entered is not right.",
            "RXA-22 is not a time of the past.",
            "Nothing to do now. Your EHR vendor can correct RXA-22.",
        ),
        VaccinationRule::EnteredBefore => Words::new(
            "The vaccination was entered before it was given.",
            "Perhaps it was planned and not given, or the date of the vaccination is wrong.",
            "Look at the date of the vaccination in the chart. Correct it if it is wrong.",
        ),
        VaccinationRule::VaccineMissing => Words::new(
            "The record does not say which vaccine it is.",
            "Without a vaccine code the registry may not store the vaccination.",
            "Choose the vaccine in the chart, then export again.",
        ),
        VaccinationRule::VaccineSystemMissing => Words::new(
            "The vaccine code does not say which table it is of.",
            "RXA-5.3 should be CVX. The code would fit that table.",
            "Nothing to do now. Your EHR vendor can write CVX in RXA-5.3.",
        ),
        VaccinationRule::VaccineSystem => Words::new(
            "The vaccine code is of a table that the registry does not use.",
            "The registry wants a CVX code in RXA-5, or an NDC code.",
            "Ask your EHR vendor to send the CVX code of each vaccine.",
        ),
        VaccinationRule::VaccineByNdc => Words::new(
            "The vaccine is named by its package code only.",
            "Dropoff has no table of package codes (NDC), so this vaccine was not checked.",
            "Nothing to do. Your EHR vendor can add the CVX code in RXA-5.4.",
        ),
        VaccinationRule::VaccineUnknown => Words::new(
            "The vaccine code is not in the CDC's table.",
            "The registry may not store a vaccination with an unknown code.",
            "Choose the vaccine again in the chart. If it stays so, ask your EHR vendor for newer vaccine codes.",
        ),
        VaccinationRule::DateSpaces => Words::new(
            "Spaces stand around the vaccination date.",
            "RXA-3 should be digits alone (YYYYMMDD). The registry may not read the date.",
            "Nothing to do now. Your EHR vendor can leave the spaces out.",
        ),
        VaccinationRule::VaccineSpaces => Words::new(
            "Spaces stand around the vaccine code.",
            "RXA-5 should be the CVX code alone, such as 08. The registry may not know it otherwise.",
            "Nothing to do now. Your EHR vendor can leave the spaces out.",
        ),
        VaccinationRule::VaccineSpelling => Words::new(
            "The vaccine code is written with a zero too few or too many.",
            "The CDC writes CVX codes with two digits at least, such as 08. The registry may not know it otherwise.",
            "Nothing to do now. Your EHR vendor can write the code as the CDC does.",
        ),
        VaccinationRule::VaccineInactive => Words::new(
            "This vaccine is no longer given.",
            "The dose is recorded as given here within the last year, and the CDC's table says that its code is not in use.",
            "Compare the vaccine in the chart with the box. If the dose was given elsewhere, record it as historical.",
        ),
        VaccinationRule::VaccineUnspecified => Words::new(
            "The code leaves open which vaccine was given.",
            "Codes for a whole group of vaccines are for doses of the past. Of a dose given here, the vaccine is known.",
            "Choose the vaccine by the name on the box, then export again.",
        ),
        VaccinationRule::VaccineNeverSold => Words::new(
            "The code is of a vaccine that was never on the market.",
            "The CDC's table has the code, but nobody can have been given that vaccine.",
            "Choose the vaccine again in the chart, then export again.",
        ),
        VaccinationRule::VaccineForeign => Words::new(
            "This vaccine is not given in the United States.",
            "The dose is recorded as given here. The code is meant for doses given abroad.",
            "Choose the vaccine by the name on the box. If it was given abroad, record the dose as historical.",
        ),
        VaccinationRule::NothingGivenYetComplete => Words::new(
            "The record says that no vaccine was given, and that it was completed.",
            "RXA-5 is 998, no vaccine administered, so RXA-20 should be NA.",
            "Look at the vaccination in the chart. If nothing was given, ask your EHR vendor about RXA-20.",
        ),
        VaccinationRule::NothingGivenWithoutReason => Words::new(
            "The record says that no vaccine was given, but not why.",
            "A reason is expected beside it: immunity, a contraindication or a special indication.",
            "Enter the reason in the chart, or remove the record if it is there by mistake.",
        ),
        VaccinationRule::NothingGivenYetAmount => Words::new(
            "An amount is recorded for a vaccine that was not given.",
            "RXA-6 should be 999 where nothing was given.",
            "Look at the vaccination in the chart. If nothing was given, ask your EHR vendor about RXA-6.",
        ),
        VaccinationRule::NothingGivenYetLot => Words::new(
            "A lot number is recorded for a vaccine that was not given.",
            "Either the dose was given, or the lot does not belong here. The registry may take a dose off your stock.",
            "Look at the vaccination in the chart. Record it as given, or remove the lot.",
        ),
        VaccinationRule::NothingGivenYetSource => Words::new(
            "A vaccine that was not given is marked as new or historical.",
            "RXA-9 should be empty where nothing was given.",
            "Nothing to do now. Your EHR vendor can leave RXA-9 empty.",
        ),
        VaccinationRule::NothingGivenYetOrdered => Words::new(
            "A vaccine that was not given has an order number of its own.",
            "The national guide wants 9999 in ORC-3 where nothing was given.",
            "Nothing to do now. Your EHR vendor can write 9999 in ORC-3.",
        ),
        VaccinationRule::SourceMissing => Words::new(
            "The record does not say whether the dose was given here.",
            "RXA-9 should be 00 for a dose given by your clinic, and 01 to 08 for one of the past.",
            "Mark the vaccination as given here or as historical in the chart. If it is, ask your EHR vendor about RXA-9.",
        ),
        VaccinationRule::SourceUnknown => Words::new(
            "How the clinic knows of the dose is a code that nobody knows.",
            "RXA-9 should be 00 for a dose given by your clinic, and 01 to 08 for one of the past.",
            "Ask your EHR vendor to correct the code in RXA-9.",
        ),
        VaccinationRule::RefusalUnexplained => Words::new(
            "The vaccine was refused, but not why.",
            "A reason goes with each refusal: a parent's or the patient's decision, religion, or another.",
            "Enter the reason for the refusal in the chart, then export again.",
        ),
        VaccinationRule::RefusalUnknown => Words::new(
            "The reason for the refusal is a code that nobody knows.",
            "Reasons are 00 parental decision, 01 religious exemption, 02 other and 03 patient decision.",
            "Choose the reason again in the chart. If it stays so, ask your EHR vendor.",
        ),
        VaccinationRule::RefusalWithoutText => Words::new(
            "The vaccine was refused for another reason, without saying which.",
            "Code 02, other, needs a text beside it.",
            "Write the reason in the chart, then export again.",
        ),
        VaccinationRule::RefusedYetGiven => Words::new(
            "A reason for refusal is recorded, but the vaccine is not marked as refused.",
            "The registry may store a dose that was never given, or none.",
            "Look at the vaccination in the chart. Mark it as refused, or remove the reason.",
        ),
        VaccinationRule::StatusMissing => Words::new(
            "The record does not say whether the vaccine was given.",
            "RXA-20 is empty. The registry may take it for given.",
            "Nothing to do now. Your EHR vendor can fill RXA-20.",
        ),
        VaccinationRule::StatusUnknown => Words::new(
            "Whether the vaccine was given is a code that nobody knows.",
            "RXA-20 is CP for complete, PA for partly, RE for refused and NA for not administered.",
            "Ask your EHR vendor to correct the code in RXA-20.",
        ),
        VaccinationRule::ActionMissing => Words::new(
            "The record does not say whether to add or to change it.",
            "RXA-21 is empty. The registry may take it for a new record.",
            "Nothing to do now. Your EHR vendor can write A, U or D in RXA-21.",
        ),
        VaccinationRule::ActionUnknown => Words::new(
            "What to do with the record is a code that nobody knows.",
            "RXA-21 is A for add, U for update and D for delete.",
            "Ask your EHR vendor to correct the code in RXA-21.",
        ),
        VaccinationRule::Deletion => Words::new(
            "This asks the registry to delete a vaccination.",
            "It deletes what your clinic reported before. What another clinic reported stays.",
            "Nothing to do if it is meant. If not, look at the vaccination in the chart.",
        ),
        VaccinationRule::OrderMissing => Words::new(
            "The vaccination has no number of its own.",
            "ORC-3 is empty. Without it the registry cannot find the vaccination again to change it.",
            "Ask your EHR vendor to fill ORC-3.",
        ),
        VaccinationRule::OrderRepeated => Words::new(
            "Two vaccinations have the same number.",
            "ORC-3 tells the vaccinations of a clinic apart. One of the two may replace the other.",
            "Nothing to do now. Ask your EHR vendor to give each vaccination its own ORC-3.",
        ),
        VaccinationRule::OrdererMissing => Words::new(
            "The record does not say who ordered the vaccine.",
            "The registry compares the prescriber with its list of providers.",
            "Enter the ordering provider in the chart.",
        ),
        VaccinationRule::OrdererWithoutNumber => Words::new(
            "Whoever ordered the vaccine has no licence number or NPI.",
            "The registry looks for that number in its list of providers, not for the name.",
            "Enter the provider's licence number or NPI in your EHR's settings.",
        ),
        VaccinationRule::SameDose => Words::new(
            "The same vaccine is there twice on the same day.",
            "The registry stores one of them and answers that the other matches it.",
            "If one was entered by mistake, remove it from the chart. Otherwise there is nothing to do.",
        ),
    };
    super::told(words, arguments)
}
