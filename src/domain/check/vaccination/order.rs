//! The order of a vaccination: ORC-3, ORC-12; and what two vaccinations of a message have in common.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::domain::{
    check::{Argument, Findings, SegmentView},
    codes::Cvx,
};

use super::{
    VaccinationRule as Rule,
    dose::{Dose, Outcome},
};

/// What ORC-3.1 says where nothing was given.
const NO_ORDER: &[u8] = b"9999";

/// ORC-3 as it stands there; `None` where it names no vaccination.
pub(in crate::domain::check) fn number<'a>(order: &SegmentView<'a>) -> Option<&'a [u8]> {
    let code = order.value(3, 1);
    (!code.is_empty() && code != NO_ORDER).then(|| order.field(3).map_or(&[][..], |field| field.bytes()))
}

pub(super) fn check(order: &SegmentView<'_>, dose: &Dose<'_>, findings: &mut Findings) {
    let number = order.value(3, 1);
    if number.is_empty() {
        findings.add(Rule::OrderMissing, &order.place_of(3), &[]);
    } else if number != NO_ORDER && matches!(dose.outcome, Outcome::Refused | Outcome::NotGiven) {
        findings.add(Rule::NothingGivenYetOrdered, &order.place_of(3), &[]);
    }
    if dose.is_new() {
        if order.filled(12).is_none_or(|field| field.is_null()) {
            findings.add(Rule::OrdererMissing, &order.place_of(12), &[]);
        } else if order.value(12, 1).is_empty() {
            findings.add(Rule::OrdererWithoutNumber, &order.place_of_component(12, 1), &[]);
        }
    }
}

/// The vaccinations of a message before the one at hand. Each is remembered with its number, counted from 1.
#[derive(Default)]
pub(super) struct Before<'a> {
    orders: BTreeMap<&'a [u8], u32>,
    doses: BTreeMap<(Cvx, NaiveDate), u32>,
}

impl<'a> Before<'a> {
    /// Says what was there before, and remembers.
    pub(super) fn check(&mut self, order: Option<&SegmentView<'a>>, dose: &Dose<'a>, findings: &mut Findings) {
        let which = dose.segment.index();
        if let Some(order) = order
            && let Some(number) = number(order)
        {
            let first = *self.orders.entry(number).or_insert(which);
            if first != which {
                let argument = Argument::Count(first.into());
                findings.add(Rule::OrderRepeated, &order.place_of(3), &[argument]);
            }
        }
        if let (Outcome::Given, Some((cvx, _)), Some(day)) = (dose.outcome, dose.cvx, dose.day()) {
            let first = *self.doses.entry((cvx, day)).or_insert(which);
            if first != which {
                findings.add(Rule::SameDose, &dose.place(5), &[Argument::Count(first.into())]);
            }
        }
    }
}
