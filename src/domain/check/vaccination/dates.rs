//! When it was given: RXA-3, RXA-4, RXA-22.

use crate::domain::{
    check::Findings,
    hl7::{Reading, Timestamp},
};

use super::{VaccinationRule as Rule, dose::Dose, setting::Setting};

pub(super) fn check(dose: &Dose<'_>, setting: &Setting<'_>, findings: &mut Findings) {
    let place = || dose.place(3);
    match dose.given {
        Reading::Empty | Reading::Null => findings.add(Rule::DateMissing, &place(), &[]),
        Reading::Other => findings.add(Rule::DateUnreal, &place(), &[]),
        Reading::Is(given) => {
            if let Some(rule) = dose.misdated {
                findings.add(rule, &place(), &[]);
            } else if given.day().is_none() {
                findings.add(Rule::DateIncomplete, &place(), &[]);
            } else if dose.segment.component(3, 1).is_some_and(|day| day.is_padded()) {
                findings.add(Rule::DateSpaces, &place(), &[]);
            }
            check_end(dose, &given, findings);
        }
    }
    check_entry(dose, setting, findings);
}

/// The first thing that is wrong with a day beside other days. The rest follows from it.
pub(super) fn misdated(given: &Timestamp, setting: &Setting<'_>) -> Option<Rule> {
    let is_after = |other: Option<Timestamp>| other.is_some_and(|other| other.is_before(given));
    if setting.rules.is_future(given) {
        Some(Rule::DateInFuture)
    } else if setting.born.is_some_and(|born| given.is_before(&born)) {
        Some(Rule::BeforeBirth)
    } else if is_after(setting.died) {
        Some(Rule::AfterDeath)
    } else if is_after(setting.written) {
        Some(Rule::AfterMessage)
    } else {
        None
    }
}

fn check_end(dose: &Dose<'_>, given: &Timestamp, findings: &mut Findings) {
    let is_same = match dose.segment.timestamp(4) {
        Reading::Empty | Reading::Null => true,
        Reading::Other => false,
        Reading::Is(end) => end.first_day() == given.first_day(),
    };
    if !is_same {
        findings.add(Rule::EndDiffers, &dose.place(4), &[]);
    }
}

fn check_entry(dose: &Dose<'_>, setting: &Setting<'_>, findings: &mut Findings) {
    let rule = match dose.segment.timestamp(22) {
        Reading::Is(entered) if setting.rules.is_future(&entered) => Rule::EntryUnreal,
        Reading::Is(entered) if dose.time().is_some_and(|given| entered.is_before(&given)) => Rule::EnteredBefore,
        Reading::Other => Rule::EntryUnreal,
        Reading::Is(_) | Reading::Empty | Reading::Null => return,
    };
    findings.add(rule, &dose.place(22), &[]);
}
