//! The rules on vaccinations, as tables.

use crate::domain::check::{
    Severity,
    Who::{Nobody, Nurse, Vendor},
    rule::{CONTRADICTION, DATE_ALONE, SAME_DOSE, Sheet, UNIQUE_ORDER, rules},
};

const REQUIRED: &str = "National guide 1.5, profile Z22: usage R";
const REQUIRED_OF_NEW: &str =
    "National guide 1.5, profile Z22: required of a new dose (RXA-9 is 00) that was given (RXA-20 is CP or PA)";
const EXPECTED_OF_NEW: &str =
    "National guide 1.5, profile Z22: usage RE of a new dose (RXA-9 is 00) that was given (RXA-20 is CP or PA)";
const WHOLE_DAYS: &str = "National guide 1.5, IZ-TS_NZ: year, month and day";
const TEXAS_DATES: &str = "Texas: Future Date, and a vaccination before birth, are errors";
const SAME_DAY: &str = "National guide 1.5, IZ-30: RXA-4 is identical to RXA-3";
const TEXAS_CODE: &str = "Texas: Administrative Code invalid";
const CVX: &str = "CDC, table of CVX codes: the status of a code and its notes";
const UNGIVEN: &str = "National guide 1.5, IZ-47, IZ-48 and IZ-49: what was not given has amount 999 and no source";
const UNGIVEN_ORDER: &str = "National guide 1.5, IZ-45: ORC-3.1 is 9999 where RXA-20 is NA or RE";
const SOURCES: &str = "National guide 1.5, IZ-31: RXA-9 is one of NIP001";
const REFUSED: &str = "National guide 1.5, RXA-18: required where RXA-20 is RE, not supported elsewhere (IZ-32)";
const REFUSAL_CODES: &str = "CDC, NIP002: substance refusal reason";
const STATUS: &str = "HL7 table 0322: completion status";
const ACTION: &str = "HL7 table 0323: action code; required unless RXA-5 is 998";
const DELETE: &str = "Texas, IEE-594 and IEE-596: only the owner of a stored vaccination can delete it";
const PRESCRIBER: &str = "Texas, IEE-526: licence number or NPI in ORC-12.1";

rules! {
    /// What is wrong with what was given to whom and when.
    VaccinationRule {
        /// RXA-3 is empty.
        DateMissing => Sheet::error("vaccination.date-missing", Nurse, REQUIRED),
        /// RXA-3 is no day of the calendar.
        DateUnreal => Sheet::error("vaccination.date-unreal", Nurse, WHOLE_DAYS),
        /// RXA-3 has no day.
        DateIncomplete => Sheet::error("vaccination.date-incomplete", Nurse, WHOLE_DAYS),
        /// Spaces stand around RXA-3.
        DateSpaces => Sheet::warning("vaccination.date-spaces", Vendor, DATE_ALONE),
        /// RXA-3 lies in the future.
        DateInFuture => Sheet::error("vaccination.date-in-future", Nurse, TEXAS_DATES),
        /// RXA-3 lies before PID-7.
        BeforeBirth => Sheet::error("vaccination.before-birth", Nurse, TEXAS_DATES),
        /// RXA-3 lies after PID-29.
        AfterDeath => Sheet::warning("vaccination.after-death", Nurse, CONTRADICTION),
        /// RXA-3 lies after the day of MSH-7.
        AfterMessage => Sheet::warning("vaccination.after-message", Nurse, CONTRADICTION),
        /// RXA-4 is another day than RXA-3.
        EndDiffers => Sheet::warning("vaccination.end-differs", Vendor, SAME_DAY),
        /// RXA-22 is no time, or lies in the future.
        EntryUnreal => Sheet::warning("vaccination.entry-unreal", Vendor, CONTRADICTION),
        /// RXA-22 lies before RXA-3.
        EnteredBefore => Sheet::warning("vaccination.entered-before", Nurse, CONTRADICTION),
        /// RXA-5 is empty.
        VaccineMissing => Sheet::error("vaccination.vaccine-missing", Nurse, TEXAS_CODE),
        /// RXA-5 names no system.
        VaccineSystemMissing => Sheet::warning("vaccination.vaccine-system-missing", Vendor, TEXAS_CODE).while_testing(Severity::Error),
        /// RXA-5 has neither CVX nor NDC.
        VaccineSystem => Sheet::error("vaccination.vaccine-system", Vendor, TEXAS_CODE),
        /// RXA-5 has NDC alone.
        VaccineByNdc => Sheet::note("vaccination.vaccine-by-ndc", Vendor, "Dropoff: it has no table of NDC, so the vaccine is not checked"),
        /// The CVX code is not in the table. Argument: the code.
        VaccineUnknown => Sheet::error("vaccination.vaccine-unknown", Nurse, TEXAS_CODE),
        /// Spaces stand around the CVX code. Argument: the code.
        VaccineSpaces => Sheet::warning("vaccination.vaccine-spaces", Vendor, CVX),
        /// The CVX code is written otherwise than in the table. Argument: how it stands there.
        VaccineSpelling => Sheet::warning("vaccination.vaccine-spelling", Vendor, CVX),
        /// A new dose is of a vaccine that is no longer given. Argument: the code.
        VaccineInactive => Sheet::warning("vaccination.vaccine-inactive", Nurse, CVX),
        /// A new dose has a code that leaves the vaccine open. Argument: the code.
        VaccineUnspecified => Sheet::warning("vaccination.vaccine-unspecified", Nurse, CVX),
        /// A dose is of a vaccine that was never on the market. Argument: the code.
        VaccineNeverSold => Sheet::warning("vaccination.vaccine-never-sold", Nurse, CVX),
        /// A new dose is of a vaccine that is given in other countries only. Argument: the code.
        VaccineForeign => Sheet::warning("vaccination.vaccine-foreign", Nurse, CVX),
        /// RXA-5 is 998, and RXA-20 says that something was given.
        NothingGivenYetComplete => Sheet::warning("vaccination.nothing-given-yet-complete", Nurse, UNGIVEN),
        /// RXA-5 is 998, and nothing says why.
        NothingGivenWithoutReason => Sheet::warning("vaccination.nothing-given-without-reason", Nurse, CONTRADICTION),
        /// What was not given has another amount than 999 or 0.
        NothingGivenYetAmount => Sheet::warning("vaccination.nothing-given-yet-amount", Nurse, UNGIVEN),
        /// What was not given has a lot.
        NothingGivenYetLot => Sheet::warning("vaccination.nothing-given-yet-lot", Nurse, CONTRADICTION),
        /// What was not given has a source in RXA-9.
        NothingGivenYetSource => Sheet::note("vaccination.nothing-given-yet-source", Vendor, UNGIVEN).while_testing(Severity::Warning),
        /// What was not given has an order number of its own.
        NothingGivenYetOrdered => Sheet::note("vaccination.nothing-given-yet-ordered", Vendor, UNGIVEN_ORDER).while_testing(Severity::Warning),
        /// RXA-9 is empty, and the dose was given.
        SourceMissing => Sheet::error("vaccination.source-missing", Nurse, SOURCES),
        /// RXA-9 is none of NIP001.
        SourceUnknown => Sheet::error("vaccination.source-unknown", Vendor, SOURCES),
        /// RXA-20 is RE, and RXA-18 is empty.
        RefusalUnexplained => Sheet::error("vaccination.refusal-unexplained", Nurse, REFUSED),
        /// RXA-18 is none of NIP002.
        RefusalUnknown => Sheet::warning("vaccination.refusal-unknown", Nurse, REFUSAL_CODES),
        /// RXA-18 is 02, other, without a text.
        RefusalWithoutText => Sheet::warning("vaccination.refusal-without-text", Nurse, REFUSAL_CODES),
        /// RXA-18 has a reason, and RXA-20 is not RE.
        RefusedYetGiven => Sheet::error("vaccination.refused-yet-given", Nurse, REFUSED),
        /// RXA-20 is empty.
        StatusMissing => Sheet::warning("vaccination.status-missing", Vendor, "National guide 1.5, profile Z22, RXA-20: usage RE"),
        /// RXA-20 is none of its table.
        StatusUnknown => Sheet::error("vaccination.status-unknown", Vendor, STATUS),
        /// RXA-21 is empty.
        ActionMissing => Sheet::warning("vaccination.action-missing", Vendor, ACTION).while_testing(Severity::Error),
        /// RXA-21 is none of its table.
        ActionUnknown => Sheet::error("vaccination.action-unknown", Vendor, ACTION),
        /// RXA-21 is D.
        Deletion => Sheet::note("vaccination.deletion", Nobody, DELETE),
        /// ORC-3 is empty.
        OrderMissing => Sheet::error("vaccination.order-missing", Vendor, REQUIRED),
        /// ORC-3 was in the message before. Argument: at which vaccination.
        OrderRepeated => Sheet::warning("vaccination.order-repeated", Vendor, UNIQUE_ORDER),
        /// ORC-12 of a new dose is empty.
        OrdererMissing => Sheet::warning("vaccination.orderer-missing", Nurse, EXPECTED_OF_NEW),
        /// ORC-12.1 of a new dose is empty.
        OrdererWithoutNumber => Sheet::warning("vaccination.orderer-without-number", Nurse, PRESCRIBER),
        /// The same vaccine on the same day was in the message before. Argument: which vaccination it was.
        SameDose => Sheet::warning("vaccination.same-dose", Nurse, SAME_DOSE),
    }
}

const MANUFACTURER: &str = "Texas: Manufacturer Code, and IMR-111 in the category of manufacturers";
const MVX: &str = "CDC, table of MVX codes";
const PRODUCTS: &str = "CDC, table of trade names: which maker makes which vaccine";
const UNKNOWN_AMOUNT: &str = "National guide 1.5, RXA-6: 999 stands for an amount that is not known";
const UNITS: &str = "National guide 1.5, RXA-7: required unless RXA-6 is 999; units of UCUM";
const TEXAS_FACILITY: &str =
    "Texas: RXA-11 names the organization in component 1 or 4; national guide 1.5: usage RE of a new dose";
const ROUTES: &str = "Texas, IEE-570; national guide 1.5, RXR-1: routes of NCIT";
const SITES: &str = "Texas, IEE-571; HL7 table 0163: body site";

rules! {
    /// What is wrong with what was in the syringe, and how it got where.
    DoseRule {
        /// RXA-6 is empty.
        AmountMissing => Sheet::error("dose.amount-missing", Vendor, REQUIRED),
        /// RXA-6 is no number.
        AmountNotANumber => Sheet::error("dose.amount-not-a-number", Nurse, REQUIRED),
        /// RXA-6 of a new dose is 999.
        AmountUnknown => Sheet::warning("dose.amount-unknown", Nurse, UNKNOWN_AMOUNT),
        /// RXA-6 of a new dose is 0.
        AmountZero => Sheet::warning("dose.amount-zero", Nurse, CONTRADICTION),
        /// RXA-7 is empty, and the amount is known.
        UnitsMissing => Sheet::error("dose.units-missing", Vendor, UNITS),
        /// RXA-7 is not of UCUM.
        UnitsUnknown => Sheet::warning("dose.units-unknown", Vendor, UNITS),
        /// RXA-15 of a new dose is empty.
        LotMissing => Sheet::error("dose.lot-missing", Nurse, REQUIRED_OF_NEW),
        /// RXA-15 of a new dose is a word that stands for nothing.
        LotPlaceholder => Sheet::warning("dose.lot-placeholder", Nurse, REQUIRED_OF_NEW),
        /// RXA-16 of a new dose is empty.
        ExpiryMissing => Sheet::warning("dose.expiry-missing", Nurse, "National guide 1.5, RXA-16: usage RE where RXA-15 has a lot"),
        /// RXA-16 is no day and no month of the calendar.
        ExpiryUnreal => Sheet::warning("dose.expiry-unreal", Nurse, "National guide 1.5, IZ-TS_M: year and month at least"),
        /// RXA-3 lies after RXA-16.
        GivenAfterExpiry => Sheet::warning("dose.given-after-expiry", Nurse, CONTRADICTION),
        /// RXA-17 of a new dose is empty.
        MakerMissing => Sheet::error("dose.maker-missing", Nurse, REQUIRED_OF_NEW),
        /// RXA-17 of a new dose names nobody: UNK or OTH.
        MakerUnnamed => Sheet::warning("dose.maker-unnamed", Nurse, MVX),
        /// RXA-17 is of another system than MVX, or of none that is named.
        MakerSystem => Sheet::warning("dose.maker-system", Vendor, MANUFACTURER).while_testing(Severity::Error),
        /// RXA-17 is not in the table. Argument: the code.
        MakerUnknown => Sheet::error("dose.maker-unknown", Nurse, MANUFACTURER),
        /// RXA-17 is written otherwise than in the table.
        MakerSpelling => Sheet::warning("dose.maker-spelling", Vendor, MVX),
        /// A new dose is of a maker that makes no vaccines any more. Argument: the code.
        MakerInactive => Sheet::warning("dose.maker-inactive", Nurse, MVX),
        /// The maker of RXA-17 is not known to make the vaccine of RXA-5. Arguments: maker, vaccine.
        MakerOther => Sheet::warning("dose.maker-other", Nurse, PRODUCTS),
        /// RXA-10 of a new dose is empty.
        ProviderMissing => Sheet::warning("dose.provider-missing", Nurse, EXPECTED_OF_NEW),
        /// RXA-11 of a new dose names no organization in component 1 or 4.
        FacilityMissing => Sheet::warning("dose.facility-missing", Vendor, TEXAS_FACILITY),
        /// A new dose has no RXR.
        RouteMissing => Sheet::warning("dose.route-missing", Nurse, "National guide 1.5, profile Z22, RXR: usage RE"),
        /// RXR-1 is empty.
        RouteEmpty => Sheet::error("dose.route-empty", Nurse, REQUIRED),
        /// RXR-1 is none of the routes.
        RouteUnknown => Sheet::warning("dose.route-unknown", Nurse, ROUTES),
        /// RXR-1 has a known code of a system that is another or not named.
        RouteSystem => Sheet::warning("dose.route-system", Vendor, ROUTES),
        /// RXR-2 of a new dose that was injected is empty.
        SiteMissing => Sheet::warning("dose.site-missing", Nurse, "National guide 1.5, RXR-2: usage RE"),
        /// RXR-2 is none of the sites.
        SiteUnknown => Sheet::warning("dose.site-unknown", Nurse, SITES),
        /// RXR-2 is an arm or a leg, and the dose was swallowed or breathed in.
        SiteDisagrees => Sheet::warning("dose.site-disagrees", Nurse, CONTRADICTION),
    }
}

const OBX_14: &str = "Texas: Required field OBX-14 missing";
const TYPES: &str = "HL7 2.5.1, chapter 7, OBX-2: the data type of OBX-5";
const ELIGIBILITY_CODES: &str = "Texas, IEE-104; HL7 table 0064: financial class";
const VFC_AGE: &str =
    "Texas, IEE-533, IEE-539 and IEE-540; 42 CFR 441.605: vaccines for children are for those of 18 years or younger";
const FUNDING: &str = "CDC, PHVS_ImmunizationFundingSource_IIS, as NIST publishes it with profile Z22";
const STATEMENTS: &str = "National guide 1.5, IZ-24: which vaccine information statement was presented when";

rules! {
    /// What is wrong with what stands beside a vaccination.
    ObservationRule {
        /// OBX-3 is empty.
        CodeMissing => Sheet::error("observation.code-missing", Vendor, REQUIRED),
        /// OBX-3 has a code of LOINC and does not say so.
        CodeSystem => Sheet::warning("observation.code-system", Vendor, "CDC, NIP003: observation identifiers are of LOINC (LN)"),
        /// OBX-2 is empty.
        TypeMissing => Sheet::error("observation.type-missing", Vendor, REQUIRED),
        /// OBX-5 is not what OBX-2 says, or OBX-2 is not what OBX-3 asks for.
        TypeDisagrees => Sheet::error("observation.type-disagrees", Nurse, TYPES),
        /// OBX-4 is empty.
        GroupMissing => Sheet::error("observation.group-missing", Vendor, REQUIRED),
        /// OBX-4 is no number from 1 on.
        GroupNotANumber => Sheet::warning("observation.group-not-a-number", Vendor, "National guide 1.5, IZ-44: OBX-4 is a positive integer"),
        /// OBX-5 is empty.
        ValueMissing => Sheet::error("observation.value-missing", Nurse, REQUIRED),
        /// OBX-11 is empty.
        ResultStatusMissing => Sheet::error("observation.result-status-missing", Vendor, REQUIRED),
        /// OBX-11 is not F.
        ResultStatus => Sheet::warning("observation.result-status", Vendor, "National guide 1.5, IZ-22: OBX-11 is F"),
        /// OBX-14 is empty.
        DateMissing => Sheet::error("observation.date-missing", Vendor, OBX_14),
        /// OBX-14 is no day of the calendar.
        DateUnreal => Sheet::error("observation.date-unreal", Vendor, WHOLE_DAYS),
        /// OBX-14 lies in the future.
        DateInFuture => Sheet::error("observation.date-in-future", Nurse, TEXAS_DATES),
        /// OBX-14 lies before PID-7.
        DateBeforeBirth => Sheet::warning("observation.date-before-birth", Nurse, CONTRADICTION),
        /// A new dose has no eligibility.
        EligibilityMissing => Sheet::warning("observation.eligibility-missing", Nurse, "National guide 1.5, IZ-23: OBX 64994-7 with each new dose").while_testing(Severity::Error),
        /// The eligibility is none of the table. Argument: the code.
        EligibilityUnknown => Sheet::warning("observation.eligibility-unknown", Nurse, ELIGIBILITY_CODES),
        /// A child's eligibility, and the patient was an adult. Argument: the code.
        EligibilityOfChild => Sheet::warning("observation.eligibility-of-child", Nurse, VFC_AGE),
        /// An adult's eligibility, and the patient was a child. Argument: the code.
        EligibilityOfAdult => Sheet::warning("observation.eligibility-of-adult", Nurse, VFC_AGE),
        /// The funding source is none of the table. Argument: the code.
        FundingUnknown => Sheet::note("observation.funding-unknown", Vendor, FUNDING),
        /// A dose of public stock for somebody who is not eligible, or a private one for somebody who is.
        FundingDisagrees => Sheet::note("observation.funding-disagrees", Nurse, CONTRADICTION),
        /// The document type is no bar code of a vaccine information statement.
        BarcodeUnknown => Sheet::warning("observation.barcode-unknown", Vendor, STATEMENTS),
        /// The vaccine type is no CVX code of the table. Argument: the code.
        VaccineTypeUnknown => Sheet::warning("observation.vaccine-type-unknown", Vendor, "National guide 1.5, IZ-37: OBX-5 of 30956-7 is a CVX code"),
        /// A new dose has no statement, and its vaccine has one.
        StatementMissing => Sheet::note("observation.statement-missing", Nurse, STATEMENTS).while_testing(Severity::Warning),
        /// A statement has neither a bar code, nor both its vaccine and its edition.
        StatementUnnamed => Sheet::warning("observation.statement-unnamed", Vendor, STATEMENTS),
        /// A statement is for another vaccine than the one that was given.
        StatementOfOther => Sheet::warning("observation.statement-of-other", Nurse, CONTRADICTION),
        /// A statement has no day on which it was presented.
        NeverPresented => Sheet::warning("observation.never-presented", Nurse, STATEMENTS),
        /// A statement was presented before it was published.
        PresentedBeforePublished => Sheet::warning("observation.presented-before-published", Nurse, CONTRADICTION),
        /// A statement was presented after the dose was given.
        PresentedAfterGiven => Sheet::warning("observation.presented-after-given", Nurse, "42 U.S.C. 300aa-26 (d): the statement is provided prior to the administration of the vaccine"),
        /// Somebody is immune, and the vaccine was given all the same.
        ImmuneYetGiven => Sheet::warning("observation.immune-yet-given", Nurse, "National guide 1.5: evidence of immunity is sent with CVX 998"),
    }
}
