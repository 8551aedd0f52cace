//! Which vaccine information statement was handed out when.

use crate::domain::{
    check::{Findings, SegmentView},
    hl7::Timestamp,
};

use super::{
    ObservationRule as Rule,
    dose::Dose,
    observation::{Kind, Observation},
};

/// How many statements of one dose are looked at. A vaccine against many diseases has three.
const MAX_STATEMENTS: usize = 6;

/// How the bar codes of the CDC's statements begin: 253 for a document type of GS1, then the CDC's number. Source: CDC, lookup
/// table of vaccine information statements, fully encoded text string; NIST's test messages have them.
const BARCODE: &[u8] = b"253088698300";
/// The document's type and its check digit follow, then 11, for a date, and the edition in six digits.
const BARCODE_DIGITS: usize = 24;

/// The statements of a dose. What belongs to one of them has the same OBX-4.
#[derive(Default)]
pub(super) struct Statements<'a> {
    known: [Option<Statement<'a>>; MAX_STATEMENTS],
}

#[derive(Clone, Copy)]
struct Statement<'a> {
    group: &'a [u8],
    /// The observation that named it first.
    first: SegmentView<'a>,
    published: Option<Timestamp>,
    presented: Option<(SegmentView<'a>, Option<Timestamp>)>,
}

impl<'a> Statements<'a> {
    /// The day on which the statement with this bar code was published: its last six digits. `None` where it is no such bar code.
    pub(super) fn edition(barcode: &[u8]) -> Option<Timestamp> {
        let is_one = barcode.len() == BARCODE_DIGITS && barcode.starts_with(BARCODE);
        let &[.., b'1', b'1', y1, y2, m1, m2, d1, d2] = barcode else {
            return None;
        };
        let day = Timestamp::parse(&[b'2', b'0', y1, y2, m1, m2, d1, d2]);
        day.filter(|_| is_one && barcode.iter().all(u8::is_ascii_digit))
    }

    /// Takes what an observation says of a statement.
    pub(super) fn add(&mut self, observation: &Observation<'a>, kind: Kind) {
        let group = observation.value(4, 1);
        let is_its_place = |place: &&mut Option<Statement<'a>>| place.is_none_or(|statement| statement.group == group);
        let Some(place) = self.known.iter_mut().find(is_its_place) else {
            return;
        };
        let statement = place.get_or_insert(Statement {
            group,
            first: **observation,
            published: None,
            presented: None,
        });
        match kind {
            Kind::Document => statement.published = Self::edition(observation.value(5, 1)),
            Kind::Published => statement.published = observation.timestamp(5).value(),
            Kind::Presented => statement.presented = Some((**observation, observation.timestamp(5).value())),
            Kind::Eligibility | Kind::Funding | Kind::VaccineType | Kind::Immunity | Kind::Reason | Kind::Other => {}
        }
    }

    pub(super) fn check(&self, dose: &Dose<'_>, findings: &mut Findings) {
        for statement in self.known.iter().flatten() {
            let Some((segment, presented)) = statement.presented else {
                findings.add(Rule::NeverPresented, &statement.first.place(), &[]);
                continue;
            };
            let Some(presented) = presented else { continue };
            let given = dose.time();
            let rule = if statement
                .published
                .is_some_and(|published| presented.is_before(&published))
            {
                Rule::PresentedBeforePublished
            } else if given.is_some_and(|given| given.is_before(&presented)) {
                Rule::PresentedAfterGiven
            } else {
                continue;
            };
            findings.add(rule, &segment.place_of_field(5), &[]);
        }
    }
}
