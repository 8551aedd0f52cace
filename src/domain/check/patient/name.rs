//! PID-5: the patient's name.

use crate::domain::{
    check::{
        Argument, Findings, Place, SegmentView,
        patient::{
            PatientRule,
            invented::{self, Doubt},
        },
    },
    codes::Tables,
    hl7::Repetition,
};

/// What the parts are called that must be there.
const LAST: &str = "last name";
const FIRST: &str = "first name";
const WHOLE: &str = "name";

pub(super) fn check(pid: &SegmentView<'_>, tables: &Tables, findings: &mut Findings) {
    let place = pid.place_of(5);
    let Some(name) = of_law(pid.repetitions(5)) else {
        findings.add(PatientRule::NameMissing, &place, &[Argument::Word(WHOLE)]);
        return;
    };
    let place = place.repetition(&name);
    match of(&name) {
        [b"", b""] => findings.add(PatientRule::NameMissing, &place, &[Argument::Word(WHOLE)]),
        names => match invented::doubt(names) {
            Doubt::Certain => findings.add(PatientRule::Invented, &place, &[]),
            Doubt::Perhaps => findings.add(PatientRule::PerhapsInvented, &place, &[]),
            Doubt::None if invented::is_not_named_yet(names) => findings.add(PatientRule::NotNamedYet, &place, &[]),
            Doubt::None => check_parts(&name, &place, findings),
        },
    }
    let is_type = |kind: &[u8]| tables.list("HL70200").is_none_or(|list| list.has(kind));
    if let Some(kind) = name.component(7)
        && !kind.value().is_empty()
        && !is_type(kind.value())
    {
        findings.add(PatientRule::NameType, &place.component(&kind), &[]);
    }
}

/// Last and first name.
pub(super) fn of<'a>(name: &Repetition<'a>) -> [&'a [u8]; 2] {
    let mut components = name.components();
    // A last name can have its prefix in a subcomponent of its own.
    let last = components.next().map_or(&[][..], |last| last.first().value());
    let first = components.next().map_or(&[][..], |first| first.value());
    [last, first]
}

/// The legal name, or else the first that is one.
fn of_law<'a>(mut names: impl Iterator<Item = Repetition<'a>> + Clone) -> Option<Repetition<'a>> {
    let is_legal = |name: &Repetition<'_>| {
        let kind = name.component(7);
        kind.is_some_and(|kind| kind.value() == b"L") && of(name).iter().any(|part| !part.is_empty())
    };
    let legal = names.clone().find(is_legal);
    legal.or_else(|| names.find(|name| of(name).iter().any(|part| !part.is_empty())))
}

fn check_parts(name: &Repetition<'_>, place: &Place<'_>, findings: &mut Findings) {
    for (number, (part, word)) in (1..).zip(of(name).into_iter().zip([LAST, FIRST])) {
        let place = match name.component(number) {
            Some(component) => place.clone().component(&component),
            None => place.clone().lacks_component(number),
        };
        let rule = if part.is_empty() {
            PatientRule::NameMissing
        } else if invented::letters(part) == 1 {
            PatientRule::NameShort
        } else if invented::is_placeholder(part) || (word == FIRST && invented::is_newborn_in_initials(part)) {
            PatientRule::NamePlaceholder
        } else if part.iter().any(u8::is_ascii_digit) {
            PatientRule::NameDigits
        } else {
            continue;
        };
        findings.add(rule, &place, &[Argument::Word(word)]);
    }
}
