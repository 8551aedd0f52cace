//! Words on what was in the syringe, and how it got where.

use crate::{
    app::wording::check::Words,
    domain::check::{Argument, vaccination::DoseRule},
};

#[expect(clippy::too_many_lines, reason = "a catalogue is as long as it has rules")]
pub(in crate::app::wording::check) fn words(rule: DoseRule, arguments: &[Argument]) -> Words {
    let words = match rule {
        DoseRule::AmountMissing => Words::new(
            "The record does not say how much was given.",
            "RXA-6 is required. An amount that is not known is written as 999.",
            "Ask your EHR vendor to fill RXA-6.",
        ),
        DoseRule::AmountNotANumber => Words::new(
            "How much was given is not a number.",
            "RXA-6 must be a plain number, such as 0.5, with the unit in RXA-7.",
            "Look at the amount in the chart. If it is a number there, ask your EHR vendor.",
        ),
        DoseRule::AmountUnknown => Words::new(
            "How much was given is not known.",
            "RXA-6 is 999, which is meant for doses of the past. Of a dose given here, the amount is known.",
            "Enter the amount in the chart.",
        ),
        DoseRule::AmountZero => Words::new(
            "The amount is 0, but a dose was given.",
            "Either nothing was given, or the amount was not entered.",
            "Look at the vaccination in the chart. Enter the amount, or record that nothing was given.",
        ),
        DoseRule::UnitsMissing => Words::new(
            "The amount has no unit.",
            "RXA-7 is required where the amount is known: most often mL.",
            "Ask your EHR vendor to fill RXA-7.",
        ),
        DoseRule::UnitsUnknown => Words::new(
            "The unit of the amount is not written as it should be.",
            "RXA-7 takes units of UCUM, such as mL^mL^UCUM.",
            "Nothing to do now. Your EHR vendor can correct RXA-7.",
        ),
        DoseRule::LotMissing => Words::new(
            "The lot number is missing.",
            "Of a dose given here the lot is required. The registry may not store it without.",
            "Enter the lot number from the box in the chart, then export again.",
        ),
        DoseRule::LotPlaceholder => Words::new(
            "The lot number is not a lot number.",
            "A word such as unknown or test stands in its place.",
            "Enter the lot number from the box in the chart.",
        ),
        DoseRule::ExpiryMissing => Words::new(
            "The expiration date of the lot is missing.",
            "Of a dose given here it is expected together with the lot number.",
            "Enter the expiration date from the box in the chart.",
        ),
        DoseRule::ExpiryUnreal => Words::new(
            "The expiration date of the lot is not a real date.",
            "RXA-16 is not a day or a month of the calendar.",
            "Look at the lot in the chart. If its date is right there, ask your EHR vendor.",
        ),
        DoseRule::GivenAfterExpiry => Words::new(
            "The dose was given after its lot had expired.",
            "If the dates are right, the dose may have to be given again.",
            "Compare both dates with the box. Correct the wrong one, or follow your clinic's rule for expired doses.",
        ),
        DoseRule::MakerMissing => Words::new(
            "The manufacturer is missing.",
            "Of a dose given here the manufacturer is required. The registry may not store it without.",
            "Choose the manufacturer by the box in the chart, then export again.",
        ),
        DoseRule::MakerUnnamed => Words::new(
            "The manufacturer is recorded as unknown.",
            "Of a dose given here the manufacturer is known: it stands on the box.",
            "Choose the manufacturer by the box in the chart.",
        ),
        DoseRule::MakerSystem => Words::new(
            "The manufacturer's code does not say which table it is of.",
            "RXA-17.3 should be MVX.",
            "Nothing to do now. Your EHR vendor can write MVX in RXA-17.3.",
        ),
        DoseRule::MakerUnknown => Words::new(
            "The manufacturer's code is not in the CDC's table.",
            "The registry may refuse the vaccination because of it.",
            "Choose the manufacturer again in the chart. If it stays so, ask your EHR vendor for newer codes.",
        ),
        DoseRule::MakerSpelling => Words::new(
            "The manufacturer's code is written in small letters.",
            "The CDC writes MVX codes in capitals. The registry may not know it otherwise.",
            "Nothing to do now. Your EHR vendor can write the code as the CDC does.",
        ),
        DoseRule::MakerInactive => Words::new(
            "This manufacturer makes no vaccines any more.",
            "The dose is recorded as given here within the last year.",
            "Compare the manufacturer in the chart with the box.",
        ),
        DoseRule::MakerOther => Words::new(
            "This manufacturer is not known to make this vaccine.",
            "Vaccine and manufacturer do not fit. The registry may refuse the vaccination because of it.",
            "Compare vaccine and manufacturer in the chart with the box, and correct the wrong one.",
        ),
        DoseRule::ProviderMissing => Words::new(
            "The record does not say who gave the vaccine.",
            "RXA-10 is expected of a dose given here.",
            "Enter who gave it in the chart.",
        ),
        DoseRule::FacilityMissing => Words::new(
            "The record does not say where the vaccine was given.",
            "RXA-11 should name your organization in component 1 or 4.",
            "Ask your EHR vendor to write your organization's number in RXA-11.",
        ),
        DoseRule::RouteMissing => Words::new(
            "The record does not say how and where on the body the vaccine was given.",
            "Route and site (RXR) are expected of a dose given here.",
            "Enter route and site in the chart.",
        ),
        DoseRule::RouteEmpty => Words::new(
            "The record does not say how the vaccine was given.",
            "The line for the route is there, and the route in it is empty.",
            "Choose the route in the chart: into the muscle, under the skin, by mouth, into the nose.",
        ),
        DoseRule::RouteUnknown => Words::new(
            "The route is a code that the registry may not accept.",
            "RXR-1 takes the routes of the NCI Thesaurus, such as C28161 for into the muscle.",
            "Choose the route again in the chart. If it stays so, ask your EHR vendor.",
        ),
        DoseRule::RouteSystem => Words::new(
            "The route's code does not say which table it is of.",
            "RXR-1.3 should be NCIT.",
            "Nothing to do now. Your EHR vendor can write NCIT in RXR-1.3.",
        ),
        DoseRule::SiteMissing => Words::new(
            "The record does not say where on the body the vaccine was given.",
            "Of a dose that was injected here, the site is expected.",
            "Choose the site in the chart.",
        ),
        DoseRule::SiteUnknown => Words::new(
            "The body site is a code that the registry may not accept.",
            "RXR-2 takes the sites of HL7 table 0163, such as LD for the left deltoid.",
            "Choose the site again in the chart. If it stays so, ask your EHR vendor.",
        ),
        DoseRule::SiteDisagrees => Words::new(
            "Route and body site do not fit.",
            "The vaccine was swallowed or breathed in, and an arm or a leg is recorded.",
            "Look at route and site in the chart, and correct the wrong one.",
        ),
    };
    super::told(words, arguments)
}
