//! Words on what differs from the national guide's table. The field is named by what it is, so that nobody has to know HL7.

use super::{ASK_BEFORE, ASK_VENDOR, Words, fields};
use crate::domain::check::{Argument, Finding, guide::GuideRule};

const LEFT_OUT: &str = "The registry may complain, or leave this field out.";

/// The words of a finding, with the field's own name.
pub(super) fn of(rule: GuideRule, finding: &Finding) -> Words {
    words(rule).titled(field(finding).map(|field| format!("{field}: {}.", told(rule, finding))))
}

/// `Mother's maiden name`, or `IN1-36` where it has no name.
fn field(finding: &Finding) -> Option<String> {
    let (segment, field) = (finding.segment?, finding.field?);
    let name = fields::name(segment, field).map(str::to_owned);
    Some(name.unwrap_or_else(|| format!("{segment}-{field}")))
}

/// What is wrong with it, within a sentence.
fn told(rule: GuideRule, finding: &Finding) -> String {
    let part = part(finding);
    let of_part = |end: &str| match part {
        Some(part) => format!("the {part} {end}"),
        None => format!("it {end}"),
    };
    match (rule, finding.arguments.as_slice()) {
        (GuideRule::FieldMissing | GuideRule::BesideMissing | GuideRule::FormalityMissing, _) => {
            "it is missing".to_owned()
        }
        (GuideRule::PartMissing, _) => match part {
            Some(part) => format!("the {part} is missing"),
            None => "a part is missing".to_owned(),
        },
        (GuideRule::FieldUnwanted, _) => "it should not be sent".to_owned(),
        (GuideRule::PartUnwanted, _) => match part {
            Some(part) => format!("the {part} should not be sent"),
            None => "a part should not be sent".to_owned(),
        },
        (GuideRule::TooMany, [Argument::Count(1)]) => "there is more than one".to_owned(),
        (GuideRule::TooMany, [Argument::Count(max)]) => format!("there are more than {max}"),
        (GuideRule::TooMany, _) => "there are too many".to_owned(),
        (GuideRule::TooLong, [Argument::Count(1)]) => of_part("is longer than one character"),
        (GuideRule::TooLong, [Argument::Count(max)]) => of_part(&format!("is longer than {max} characters")),
        (GuideRule::TooLong, _) => of_part("is too long"),
        (GuideRule::NotANumber, _) => of_part("is not a number"),
        (GuideRule::NotADate, _) => of_part("is not a date"),
        (GuideRule::NotAnOid, _) => of_part("is not an object identifier"),
        (GuideRule::CodeUnknown, [Argument::Code(code)]) => {
            of_part(&format!("is not one of the guide's codes, {}", code.as_str()))
        }
        (GuideRule::CodeUnknown, _) => of_part("is not one of the guide's codes"),
        (GuideRule::OtherValue, _) => of_part("is not what the guide prescribes"),
    }
}

/// What the component at fault is called, where the fault is in one.
fn part(finding: &Finding) -> Option<&'static str> {
    fields::part(finding.segment?, finding.field?, finding.component?)
}

/// The words of a rule, for whatever field.
pub(super) fn words(rule: GuideRule) -> Words {
    match rule {
        GuideRule::FieldMissing => Words::new(
            "A field is missing that the national guide requires.",
            "The registry may not store the vaccination.",
            ASK_BEFORE,
        ),
        GuideRule::BesideMissing => Words::new(
            "A field is missing in a line that is not always sent.",
            "Whoever sends this line has to fill the field. The registry may leave the line out.",
            ASK_VENDOR,
        ),
        GuideRule::FormalityMissing => Words::new(
            "A field is missing that always says the same.",
            "It says nothing of the patient or the vaccination. Most registries do not mind.",
            ASK_VENDOR,
        ),
        GuideRule::PartMissing => Words::new(
            "A part of a field is missing that the national guide requires.",
            LEFT_OUT,
            ASK_VENDOR,
        ),
        GuideRule::FieldUnwanted => Words::new(
            "A field is sent that the national guide does not want.",
            "The registry leaves it out or complains. It may tell more of the patient than is needed.",
            "Nothing to do now. Ask your EHR vendor to leave it out of the export.",
        ),
        GuideRule::PartUnwanted => Words::new(
            "A part of a field is sent that the national guide does not want.",
            "The registry leaves it out.",
            ASK_VENDOR,
        ),
        GuideRule::TooMany => Words::new(
            "A field has more values than the national guide allows.",
            "The registry may take the first and leave the others out.",
            "Ask your EHR vendor to send one value. If the chart has several, leave one there.",
        ),
        GuideRule::TooLong => Words::new(
            "A value is longer than the national guide allows.",
            "The registry may cut it, or complain.",
            "Ask your EHR vendor how to send it. If it is too long in the chart, shorten it there.",
        ),
        GuideRule::NotANumber => Words::new(
            "There is something else where a number should be.",
            LEFT_OUT,
            ASK_VENDOR,
        ),
        GuideRule::NotADate => Words::new(
            "There is something else where a date should be.",
            "It should be a day of the calendar, written as year, month and day in eight digits.",
            ASK_VENDOR,
        ),
        GuideRule::NotAnOid => Words::new(
            "There is something else where an object identifier should be.",
            "Object identifiers are numbers with points. The registry may not know whose number it is.",
            ASK_VENDOR,
        ),
        GuideRule::CodeUnknown => Words::new(
            "A code is not one of the national guide's.",
            LEFT_OUT,
            "Ask your EHR vendor to send one of the guide's codes for what the chart says.",
        ),
        GuideRule::OtherValue => Words::new(
            "A field says something else than the national guide prescribes.",
            "The guide knows one value here. Most registries do not mind another.",
            ASK_VENDOR,
        ),
    }
}
