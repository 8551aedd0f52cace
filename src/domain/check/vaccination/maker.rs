//! Who made it: RXA-17.

use crate::domain::{
    check::Findings,
    codes::{Making, Standing},
};

use super::{
    DoseRule as Rule,
    dose::{Dose, Outcome, code},
    setting::Setting,
};

/// MVX as HL7 names its table, before it had a name: 0227.
const HL7_0227: &[u8] = b"HL70227";

pub(super) fn check(dose: &Dose<'_>, setting: &Setting<'_>, findings: &mut Findings) {
    let Some(coded) = dose.segment.coded(17).filter(|coded| !coded.is_empty()) else {
        return;
    };
    if dose.outcome != Outcome::Given {
        return;
    }
    let named = coded.of_system(b"MVX").or_else(|| coded.of_system(HL7_0227));
    let (mvx, component) = named.unwrap_or((coded.any(), if coded.code.is_empty() { 4 } else { 1 }));
    let place = dose.segment.place_of_component(17, component);
    let tables = setting.rules.tables();
    if named.is_none() {
        findings.add(
            Rule::MakerSystem,
            &dose.segment.place_of_component(17, component + 2),
            &[],
        );
    }
    let Some(maker) = tables.maker(mvx) else {
        // A code of another table is not looked for in this one.
        if named.is_some() || coded.system.is_empty() {
            findings.add(Rule::MakerUnknown, &place, code(mvx).as_slice());
        }
        return;
    };
    if !maker.is_written(mvx) {
        findings.add(Rule::MakerSpelling, &place, &[]);
    }
    if maker.is_nobody() {
        if dose.is_new() {
            findings.add(Rule::MakerUnnamed, &place, &[]);
        }
        return;
    }
    let Some((cvx, place_of_cvx)) = dose.cvx else { return };
    match tables.making(cvx, mvx) {
        Making::OthersMake(_) => {
            let vaccine = dose
                .segment
                .component(5, place_of_cvx)
                .and_then(|cvx| code(cvx.value()));
            let arguments: Vec<_> = code(mvx).into_iter().chain(vaccine).collect();
            findings.add(Rule::MakerOther, &place, &arguments);
        }
        Making::Makes(_) | Making::Unsure => {
            if maker.standing == Standing::Inactive && dose.is_new_and_recent(setting) {
                findings.add(Rule::MakerInactive, &place, code(mvx).as_slice());
            }
        }
    }
}
