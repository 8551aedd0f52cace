//! What a dose that was given here must have, and one of the past need not.

use crate::domain::{check::Findings, hl7::SegmentName};

use super::{
    DoseRule, ObservationRule, VaccinationRule,
    dose::{Dose, Outcome},
    observation::Observations,
};

/// Whether an `RXR` follows the dose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Route {
    Told,
    Missing,
}

pub(super) fn check(dose: &Dose<'_>, route: Route, observations: &Observations<'_>, findings: &mut Findings) {
    if dose.is_no_vaccine() && dose.outcome == Outcome::NotGiven && !observations.tell_why() {
        findings.add(VaccinationRule::NothingGivenWithoutReason, &dose.place(5), &[]);
    }
    if !dose.is_new() {
        return;
    }
    let fields = &dose.segment;
    let is_empty = |field: usize| fields.filled(field).is_none_or(|field| field.is_null());
    for (field, rule) in [
        (10, DoseRule::ProviderMissing),
        (15, DoseRule::LotMissing),
        (17, DoseRule::MakerMissing),
    ] {
        if is_empty(field) {
            findings.add(rule, &dose.place(field), &[]);
        }
    }
    // Without a lot, its expiry is not asked for.
    if is_empty(16) && !is_empty(15) {
        findings.add(DoseRule::ExpiryMissing, &dose.place(16), &[]);
    }
    if fields.value(11, 1).is_empty() && fields.value(11, 4).is_empty() {
        findings.add(DoseRule::FacilityMissing, &dose.place(11), &[]);
    }
    let lacks = |name: [u8; 3]| fields.place().lacks_segment(SegmentName::new(name));
    if route == Route::Missing {
        findings.add(DoseRule::RouteMissing, &lacks(*b"RXR"), &[]);
    }
    if observations.lack_eligibility() {
        findings.add(ObservationRule::EligibilityMissing, &lacks(*b"OBX"), &[]);
    }
}
