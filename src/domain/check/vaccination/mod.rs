//! The vaccination: what was given, when, to whom it belongs, by whom it was paid.
//!
//! A message tells of each vaccination in an order: `ORC`, then `RXA`, then `RXR` and `OBX`. `check` goes through the segments once.
//! An `RXA` is read into a `Dose`, and what follows is judged beside it. What the order lacks is said at its end.
//! Nothing is said here of an `RXA` without `ORC`, nor of segments that belong to no `RXA`: that is the order of segments.
//!
//! The rules are in three tables: [`VaccinationRule`] for what was given to whom and when, [`DoseRule`] for what was in the syringe
//! and how it got where, [`ObservationRule`] for what stands beside it.

mod amount;
mod dates;
mod demands;
mod dose;
mod eligibility;
mod lot;
mod maker;
mod observation;
mod order;
mod route;
mod rules;
mod setting;
mod statement;
mod status;
#[cfg(test)]
mod tests;
mod vaccine;

pub(super) use self::order::number as order_number;
pub use self::rules::{DoseRule, ObservationRule, VaccinationRule};

use chrono::NaiveDate;

use crate::domain::{
    check::{
        Aspect::{Codes, Missing},
        Findings, MessageView, Owned, Rules, SegmentView,
    },
    codes::Cvx,
    hl7::{SegmentName, Timestamp},
};

use self::{demands::Route, dose::Dose, observation::Observations, order::Before, setting::Setting};

/// What this room says, so that no other repeats it.
pub const OWNED: &[Owned] = &[
    Owned::of(*b"ORC", 3, &[0, 1], &[Missing, Codes]),
    Owned::of(*b"ORC", 12, &[0, 1], &[Missing]),
    Owned::all(*b"RXA", 3),
    Owned::all(*b"RXA", 4),
    Owned::of(*b"RXA", 5, &[0, 1, 3], &[Missing, Codes]),
    Owned::all(*b"RXA", 6),
    Owned::all(*b"RXA", 7),
    Owned::all(*b"RXA", 9),
    Owned::of(*b"RXA", 10, &[0], &[Missing]),
    Owned::of(*b"RXA", 11, &[0, 1, 4], &[Missing]),
    Owned::of(*b"RXA", 15, &[0], &[Missing]),
    Owned::all(*b"RXA", 16),
    Owned::of(*b"RXA", 17, &[0, 1, 3], &[Missing, Codes]),
    Owned::all(*b"RXA", 18),
    Owned::all(*b"RXA", 20),
    Owned::all(*b"RXA", 21),
    Owned::all(*b"RXA", 22),
    Owned::of(*b"RXR", 1, &[0, 1, 3], &[Missing, Codes]),
    Owned::of(*b"RXR", 2, &[0, 1], &[Missing, Codes]),
    Owned::all(*b"OBX", 2),
    Owned::of(*b"OBX", 3, &[0, 1, 3], &[Missing, Codes]),
    Owned::all(*b"OBX", 4),
    Owned::all(*b"OBX", 5),
    Owned::all(*b"OBX", 11),
    Owned::all(*b"OBX", 14),
];

/// A vaccination whose segments are still coming.
struct Open<'a> {
    order: Option<SegmentView<'a>>,
    dose: Dose<'a>,
    route: Route,
    observations: Observations<'a>,
}

pub(super) fn check(message: &MessageView<'_>, rules: &Rules, findings: &mut Findings) {
    let setting = Setting::of(message, rules);
    let mut before = Before::default();
    let mut order = None;
    let mut open: Option<Open<'_>> = None;
    for segment in message.segments() {
        match segment.standard_name().as_ref().map(SegmentName::bytes) {
            Some(b"ORC") => {
                close(open.take().as_ref(), rules, findings);
                order = Some(segment);
            }
            Some(b"RXA") => {
                close(open.as_ref(), rules, findings);
                let dose = Dose::read(segment, &setting);
                let order = order.take();
                dose::check(&dose, &setting, findings);
                before.check(order.as_ref(), &dose, findings);
                open = Some(Open {
                    order,
                    dose,
                    route: Route::Missing,
                    observations: Observations::default(),
                });
            }
            Some(b"RXR") => {
                if let Some(open) = &mut open {
                    route::check(segment, &open.dose, rules, findings);
                    open.route = Route::Told;
                }
            }
            Some(b"OBX") => {
                let beside = open.as_mut().map(|open| (&open.dose, &mut open.observations));
                observation::check(segment, beside, &setting, findings);
            }
            _ => {}
        }
    }
    close(open.as_ref(), rules, findings);
}

/// The vaccine and the day of an `RXA`; `None` where nothing was given, the record is to be deleted, or one of the two is not told.
pub(super) fn given(segment: &SegmentView<'_>) -> Option<(Cvx, NaiveDate)> {
    if matches!(segment.value(20, 1), b"RE" | b"NA") || segment.value(21, 1) == b"D" {
        return None;
    }
    let (cvx, _) = vaccine::cvx_of(&segment.coded(5)?)?;
    let day = Timestamp::parse(segment.value(3, 1))?.day()?;
    (!dose::is_no_vaccine(cvx)).then_some((cvx, day))
}

/// Says what a vaccination lacks, now that all of it is there.
fn close(open: Option<&Open<'_>>, rules: &Rules, findings: &mut Findings) {
    let Some(open) = open else { return };
    if let Some(order) = &open.order {
        order::check(order, &open.dose, findings);
    }
    demands::check(&open.dose, open.route, &open.observations, findings);
    open.observations.finish(&open.dose, rules, findings);
}
