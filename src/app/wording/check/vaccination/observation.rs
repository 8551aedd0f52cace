//! Words on what stands beside a vaccination.

use crate::{
    app::wording::check::Words,
    domain::check::{Argument, vaccination::ObservationRule},
};

#[expect(clippy::too_many_lines, reason = "a catalogue is as long as it has rules")]
pub(in crate::app::wording::check) fn words(rule: ObservationRule, arguments: &[Argument]) -> Words {
    let words = match rule {
        ObservationRule::CodeMissing => Words::new(
            "An observation does not say what it is about.",
            "OBX-3 is empty, so its value means nothing to the registry.",
            "Ask your EHR vendor to fill OBX-3.",
        ),
        ObservationRule::CodeSystem => Words::new(
            "The code of an observation does not say which table it is of.",
            "OBX-3.3 should be LN.",
            "Nothing to do now. Your EHR vendor can write LN in OBX-3.3.",
        ),
        ObservationRule::TypeMissing => Words::new(
            "An observation does not say of which type its value is.",
            "OBX-2 is empty, and required.",
            "Ask your EHR vendor to fill OBX-2.",
        ),
        ObservationRule::TypeDisagrees => Words::new(
            "The value of an observation is not of the type that it should be.",
            "OBX-2, OBX-3 and OBX-5 do not fit together: a date that is no date, or a code where a date is asked for.",
            "Look at the entry in the chart. If it is right there, ask your EHR vendor.",
        ),
        ObservationRule::GroupMissing => Words::new(
            "An observation does not say with which others it belongs.",
            "OBX-4 is empty, and required.",
            "Ask your EHR vendor to fill OBX-4.",
        ),
        ObservationRule::GroupNotANumber => Words::new(
            "An observation is not numbered as it should be.",
            "OBX-4 must be 1 or a greater number.",
            "Nothing to do now. Your EHR vendor can correct OBX-4.",
        ),
        ObservationRule::ValueMissing => Words::new(
            "An observation has no value.",
            "OBX-5 is empty, and required.",
            "Enter the value in the chart. If it is there, ask your EHR vendor.",
        ),
        ObservationRule::ResultStatusMissing => Words::new(
            "An observation does not say whether it is final.",
            "OBX-11 is empty, and required.",
            "Ask your EHR vendor to write F in OBX-11.",
        ),
        ObservationRule::ResultStatus => Words::new(
            "An observation is not marked as final.",
            "OBX-11 should be F.",
            "Nothing to do now. Your EHR vendor can write F in OBX-11.",
        ),
        ObservationRule::DateMissing => Words::new(
            "An observation has no date.",
            "Texas requires OBX-14, the day of the observation.",
            "Ask your EHR vendor to fill OBX-14.",
        ),
        ObservationRule::DateUnreal => Words::new(
            "The date of an observation is not a real date.",
            "OBX-14 is not a day of the calendar, written as year, month and day (YYYYMMDD).",
            "Ask your EHR vendor to correct OBX-14.",
        ),
        ObservationRule::DateInFuture => Words::new(
            "The date of an observation lies in the future.",
            "The registry may not store what has not happened yet.",
            "Correct the date in the chart, then export again.",
        ),
        ObservationRule::DateBeforeBirth => Words::new(
            "The date of an observation lies before the patient was born.",
            "One of the two dates is wrong: OBX-14, or the birth date.",
            "Compare both dates in the chart, and correct the wrong one.",
        ),
        ObservationRule::EligibilityMissing => Words::new(
            "The record does not say by which program the dose is paid.",
            "Of a dose given here the eligibility (VFC) is expected, also when the patient is not eligible.",
            "Choose the eligibility in the chart.",
        ),
        ObservationRule::EligibilityUnknown => Words::new(
            "The eligibility is a code that the registry may not accept.",
            "It is neither in the national table (HL7 0064) nor one of the state's own codes.",
            "Choose the eligibility again in the chart. If it stays so, ask your EHR vendor.",
        ),
        ObservationRule::EligibilityOfChild => Words::new(
            "The eligibility is one for children, and the patient was 19 or older.",
            "The federal program for children (VFC) ends at the age of 19.",
            "Choose an eligibility for adults in the chart.",
        ),
        ObservationRule::EligibilityOfAdult => Words::new(
            "The eligibility is one for adults, and the patient was younger than 19.",
            "Medicare was recorded for a child.",
            "Choose an eligibility for children in the chart.",
        ),
        ObservationRule::FundingUnknown => Words::new(
            "From which stock the dose came is a code that is not in the CDC's table.",
            "The registry may not use it.",
            "Nothing to do now. Your EHR vendor can correct the code in OBX-5.",
        ),
        ObservationRule::FundingDisagrees => Words::new(
            "The dose came from a stock that does not fit the eligibility.",
            "A dose of the program for children went to somebody not eligible, or a private dose to somebody who is.",
            "Check both in the chart. If a dose was borrowed, follow your program's rules.",
        ),
        ObservationRule::BarcodeUnknown => Words::new(
            "The information sheet is not named by a bar code of the CDC.",
            "OBX-5 should have the 24 digits that stand under the bar code.",
            "Nothing to do now. Ask your EHR vendor if it happens each time.",
        ),
        ObservationRule::VaccineTypeUnknown => Words::new(
            "The information sheet is for a vaccine code that is not in the CDC's table.",
            "OBX-5 should be a CVX code.",
            "Nothing to do now. Your EHR vendor can correct the code in OBX-5.",
        ),
        ObservationRule::StatementMissing => Words::new(
            "Which information sheet was handed out is not recorded.",
            "For this vaccine there is a sheet of the CDC (VIS). Its name and the day on which it was handed out belong to a dose given here.",
            "If the sheet was handed out, enter it in the chart. If it is there, ask your EHR vendor.",
        ),
        ObservationRule::StatementUnnamed => Words::new(
            "Which information sheet was handed out cannot be told.",
            "A sheet is named by its bar code (69764-9), or by its vaccine (30956-7) and its date of publication (29768-9).",
            "Ask your EHR vendor to send what is missing.",
        ),
        ObservationRule::StatementOfOther => Words::new(
            "The information sheet is for another vaccine.",
            "The vaccine of the sheet and the vaccine given protect against different diseases. One of the two entries may be wrong.",
            "Compare both in the chart, and correct the wrong one.",
        ),
        ObservationRule::NeverPresented => Words::new(
            "When the information sheet was handed out is not recorded.",
            "Which sheet it was is there, and the day is missing.",
            "Enter the day in the chart.",
        ),
        ObservationRule::PresentedBeforePublished => Words::new(
            "The information sheet was handed out before it was published.",
            "One of the two dates is wrong.",
            "Look at both dates in the chart. The date of the sheet stands at its foot.",
        ),
        ObservationRule::PresentedAfterGiven => Words::new(
            "The information sheet was handed out after the dose was given.",
            "It must be handed out before each dose. One of the two dates may be wrong.",
            "Compare both dates in the chart, and correct the wrong one.",
        ),
        ObservationRule::ImmuneYetGiven => Words::new(
            "The patient is recorded as immune, and the vaccine as given.",
            "Immunity is reported with vaccine code 998, no vaccine administered. The registry may not count the dose.",
            "Look at the entry in the chart. If the vaccine was given, ask your EHR vendor to report immunity apart.",
        ),
    };
    super::told(words, arguments)
}
