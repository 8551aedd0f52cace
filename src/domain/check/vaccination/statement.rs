//! Which vaccine information statement was handed out when.

use crate::domain::{
    check::{Findings, Rules, SegmentView},
    codes::{Cvx, Tables},
    hl7::{SegmentName, Timestamp},
};

use super::{ObservationRule as Rule, dose::Dose, observation::Kind};

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
    naming: Naming,
    /// The vaccine that it is for, and the observation that says so.
    vaccine: Option<(SegmentView<'a>, Cvx)>,
    published: Option<Timestamp>,
    presented: Option<(SegmentView<'a>, Option<Timestamp>)>,
}

/// By what a statement is named.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Naming {
    has_barcode: bool,
    has_vaccine: bool,
    has_edition: bool,
}

impl Naming {
    /// Whether it is known which statement it was: by its bar code, or by its vaccine and its edition.
    fn is_whole(self) -> bool {
        self.has_barcode || (self.has_vaccine && self.has_edition)
    }
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
    pub(super) fn add(&mut self, observation: &SegmentView<'a>, kind: Kind) {
        let group = observation.value(4, 1);
        let is_its_place = |place: &&mut Option<Statement<'a>>| place.is_none_or(|statement| statement.group == group);
        let Some(place) = self.known.iter_mut().find(is_its_place) else {
            return;
        };
        let statement = place.get_or_insert(Statement {
            group,
            first: *observation,
            naming: Naming::default(),
            vaccine: None,
            published: None,
            presented: None,
        });
        match kind {
            Kind::Document => {
                statement.naming.has_barcode = true;
                statement.published = Self::edition(observation.value(5, 1));
            }
            Kind::VaccineType => {
                statement.naming.has_vaccine = true;
                statement.vaccine = Cvx::parse(observation.value(5, 1)).map(|cvx| (*observation, cvx));
            }
            Kind::Published => {
                statement.naming.has_edition = true;
                statement.published = observation.timestamp(5).value();
            }
            Kind::Presented => statement.presented = Some((*observation, observation.timestamp(5).value())),
            Kind::Eligibility | Kind::Funding | Kind::Immunity | Kind::Reason | Kind::Other => {}
        }
    }

    pub(super) fn check(&self, dose: &Dose<'_>, rules: &Rules, findings: &mut Findings) {
        if self.known.iter().all(Option::is_none) && asks_for_statement(dose, rules) {
            findings.add(
                Rule::StatementMissing,
                &dose.segment.place().lacks_segment(SegmentName::new(*b"OBX")),
                &[],
            );
        }
        for statement in self.known.iter().flatten() {
            if dose.is_new() && !statement.naming.is_whole() {
                findings.add(Rule::StatementUnnamed, &statement.first.place(), &[]);
            }
            if let Some((segment, vaccine)) = statement.vaccine
                && dose
                    .cvx
                    .is_some_and(|(given, _)| !may_be_for(rules.tables(), vaccine, given))
            {
                findings.add(Rule::StatementOfOther, &segment.place_of(5), &[]);
            }
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
            findings.add(rule, &segment.place_of(5), &[]);
        }
    }
}

/// Whether a dose was given here of a vaccine that has a statement. Source: national guide 1.5, IZ-24.
fn asks_for_statement(dose: &Dose<'_>, rules: &Rules) -> bool {
    let has_statement = |(_, component)| {
        let list = rules.tables().list("PHVS_VISVaccines_IIS");
        list.is_some_and(|list| list.has(dose.segment.value(5, component)))
    };
    dose.is_new() && matches!(dose.segment.value(20, 1), b"CP" | b"PA") && dose.cvx.is_some_and(has_statement)
}

/// Whether a statement for this vaccine can be one for what was given: both count in one group, or it is not known in which.
fn may_be_for(tables: &Tables, vaccine: Cvx, given: Cvx) -> bool {
    let (of, for_given) = (tables.groups_of(vaccine), tables.groups_of(given));
    let is_shared = || {
        of.iter()
            .any(|one| for_given.iter().any(|other| one.group_cvx == other.group_cvx))
    };
    let is_group = || for_given.iter().any(|group| group.group_cvx == vaccine);
    vaccine == given || of.is_empty() || for_given.is_empty() || is_shared() || is_group()
}
