//! A dose as an `RXA` tells of it.

use chrono::NaiveDate;

use crate::domain::{
    check::{Argument, Code, Findings, Place, SegmentView},
    codes::Cvx,
    hl7::{Coded, Reading, Timestamp},
};

use super::{VaccinationRule, amount, dates, lot, maker, setting::Setting, status, vaccine};

/// An `RXA`, and what most rules ask of it.
#[derive(Clone, Copy)]
pub(super) struct Dose<'a> {
    pub(super) segment: SegmentView<'a>,
    /// RXA-3.
    pub(super) given: Reading<Timestamp>,
    /// What is wrong with RXA-3 beside other days.
    pub(super) misdated: Option<VaccinationRule>,
    /// RXA-5.
    pub(super) vaccine: Option<Coded<'a>>,
    /// Its CVX code, and in which component it stands.
    pub(super) cvx: Option<(Cvx, usize)>,
    pub(super) outcome: Outcome,
    pub(super) origin: Origin,
}

/// What became of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Outcome {
    /// It was given, in part or in whole, or nothing says otherwise.
    Given,
    /// It was refused.
    Refused,
    /// It was not given for another reason, or is no vaccine at all.
    NotGiven,
    /// The record of it is to be deleted.
    Deleted,
}

/// How the clinic knows of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Origin {
    /// It gave the dose itself.
    New,
    /// From somebody else.
    Historical,
    /// Nothing says.
    Unknown,
}

impl<'a> Dose<'a> {
    pub(super) fn read(segment: SegmentView<'a>, setting: &Setting<'_>) -> Self {
        let vaccine = segment.coded(5).filter(|coded| !coded.is_empty());
        let cvx = vaccine.as_ref().and_then(vaccine::cvx_of);
        let outcome = match (segment.value(20, 1), segment.value(21, 1)) {
            (_, b"D") => Outcome::Deleted,
            (b"RE", _) => Outcome::Refused,
            (b"NA", _) => Outcome::NotGiven,
            _ if cvx.is_some_and(|(cvx, _)| is_no_vaccine(cvx)) => Outcome::NotGiven,
            _ => Outcome::Given,
        };
        let origin = match segment.value(9, 1) {
            b"00" => Origin::New,
            [] => Origin::Unknown,
            _ => Origin::Historical,
        };
        let given = segment.timestamp(3);
        Self {
            segment,
            given,
            misdated: given.value().and_then(|given| dates::misdated(&given, setting)),
            vaccine,
            cvx,
            outcome,
            origin,
        }
    }

    /// Whether it was given here: of such a dose most is known, and most is asked.
    pub(super) fn is_new(&self) -> bool {
        self.origin == Origin::New && self.outcome == Outcome::Given
    }

    /// Whether RXA-5 says that no vaccine was given.
    pub(super) fn is_no_vaccine(&self) -> bool {
        self.cvx.is_some_and(|(cvx, _)| is_no_vaccine(cvx))
    }

    /// RXA-3, unless something is wrong with it already: nothing more is concluded from a wrong date.
    pub(super) fn time(&self) -> Option<Timestamp> {
        self.given.value().filter(|_| self.misdated.is_none())
    }

    /// The day of [`Self::time`].
    pub(super) fn day(&self) -> Option<NaiveDate> {
        self.time()?.day()
    }

    /// Whether it was given here within a year.
    pub(super) fn is_new_and_recent(&self, setting: &Setting<'_>) -> bool {
        self.is_new() && self.day().is_some_and(|day| setting.is_recent(day))
    }

    /// The place of a field.
    pub(super) fn place(&self, field: usize) -> Place<'a> {
        self.segment.place_of(field)
    }
}

/// What a dose itself shows.
pub(super) fn check(dose: &Dose<'_>, setting: &Setting<'_>, findings: &mut Findings) {
    dates::check(dose, setting, findings);
    vaccine::check(dose, setting, findings);
    status::check(dose, setting.rules, findings);
    amount::check(dose, findings);
    lot::check(dose, findings);
    maker::check(dose, setting, findings);
}

/// The argument that a code of a public table is; none where it is no such code.
pub(super) fn code(bytes: &[u8]) -> Option<Argument> {
    Code::of(bytes).map(Argument::Code)
}

/// Whether it is CVX 998: no vaccine administered.
pub(super) fn is_no_vaccine(cvx: Cvx) -> bool {
    Cvx::parse(b"998") == Some(cvx)
}
