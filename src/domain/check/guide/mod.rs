//! The national guide, field by field, out of its table: what must be there and may not, how often, how long, of which type and
//! with which codes.
//!
//! No rule here knows a field. The table is made into a [`Plan`] once: what the guide leaves to the sender (usage O) is not looked
//! into, and where another room says something of a field (its `OWNED`), this one is silent. What is only required where it is
//! known (RE) and is not there is nothing to talk of: nobody can see from a message what a clinic knows.
//!
//! How bad a thing is comes from the table, too. A field with usage R is an error in a segment that the message cannot do without.
//! It is a note where the field says nothing of patient or vaccination, since it counts or can have one value only. A component
//! that is missing is a warning: the field is there.

mod compile;
mod look;
mod plan;
#[cfg(test)]
mod tests;
mod values;

pub use self::plan::Plan;

use crate::domain::check::{
    Findings, MessageView, Rules, Severity,
    Who::Vendor,
    rule::{Sheet, rules},
};

const USAGE: &str = "National guide 1.5, profile Z22: usage R, or C where its condition holds";
const EXCLUDED: &str = "National guide 1.5, profile Z22: usage X, or C where its condition does not hold";
const CARDINALITY: &str = "National guide 1.5, profile Z22: cardinality";
const LENGTH: &str = "National guide 1.5, profile Z22: length";
const TYPES: &str =
    "HL7 2.5.1, chapter 2.A: NM, SI, DT, TM, DTM; national guide 1.5, IZ-DT_D and IZ-TS_NZ: year, month and day";
const OIDS: &str = "National guide 1.5, IZ-3 and IZ-5: it is an ISO object identifier";
const SETS: &str = "National guide 1.5, profile Z22: value sets";
const CONSTANTS: &str =
    "National guide 1.5, profile Z22: constraints, such as IZ-25, IZ-28, IZ-29, IZ-41, IZ-42, IZ-46 and IZ-66";

rules! {
    /// What differs from the national guide's table.
    GuideRule {
        /// A field that must be there is empty.
        FieldMissing => Sheet::error("guide.field-missing", Vendor, USAGE),
        /// It must be there in a segment that need not.
        BesideMissing => Sheet::warning("guide.beside-missing", Vendor, USAGE).while_testing(Severity::Error),
        /// It must be there, and would say nothing of patient or vaccination.
        FormalityMissing => Sheet::note("guide.formality-missing", Vendor, USAGE).while_testing(Severity::Error),
        /// A component that must be there is empty.
        PartMissing => Sheet::warning("guide.part-missing", Vendor, USAGE),
        /// A field is there that should not be.
        FieldUnwanted => Sheet::warning("guide.field-unwanted", Vendor, EXCLUDED),
        /// A component is there that should not be.
        PartUnwanted => Sheet::note("guide.part-unwanted", Vendor, EXCLUDED),
        /// A field has more values than it may. Argument: how many it may have.
        TooMany => Sheet::warning("guide.too-many", Vendor, CARDINALITY),
        /// A value is too long. Argument: how many characters it may have.
        TooLong => Sheet::warning("guide.too-long", Vendor, LENGTH),
        /// What should be a number is none.
        NotANumber => Sheet::warning("guide.not-a-number", Vendor, TYPES),
        /// What should be a day or a time is none.
        NotADate => Sheet::warning("guide.not-a-date", Vendor, TYPES),
        /// What should be an object identifier is none.
        NotAnOid => Sheet::note("guide.not-an-oid", Vendor, OIDS),
        /// A code is none of the guide's. Argument: the code.
        CodeUnknown => Sheet::warning("guide.code-unknown", Vendor, SETS),
        /// The guide knows one value here, and this is another.
        OtherValue => Sheet::note("guide.other-value", Vendor, CONSTANTS).while_testing(Severity::Warning),
    }
}

pub(super) fn check(message: &MessageView<'_>, rules: &Rules, findings: &mut Findings) {
    let plan = &rules.standard.guide;
    for segment in message.segments() {
        if let Some(asked) = segment.standard_name().and_then(|name| plan.segment(name)) {
            look::at(segment, asked, plan, findings);
        }
    }
}
