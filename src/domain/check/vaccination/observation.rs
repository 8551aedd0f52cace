//! What stands beside a vaccination: `OBX`.

use crate::domain::{
    check::{Findings, Rules, SegmentView},
    codes::Cvx,
    guide::Primitive,
    hl7::{Reading, Timestamp},
};

use super::{
    ObservationRule as Rule,
    dose::{Dose, Outcome, code},
    eligibility,
    setting::Setting,
    statement::Statements,
};

/// What an observation tells, by its code in OBX-3. Source: national guide 1.5, NIP003.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// 64994-7, vaccine funding program eligibility.
    Eligibility,
    /// 30963-3, vaccine funding source.
    Funding,
    /// 69764-9, document type: the bar code of a vaccine information statement.
    Document,
    /// 30956-7, vaccine type: of which vaccine a statement is.
    VaccineType,
    /// 29768-9, when the statement was published.
    Published,
    /// 29769-7, when the statement was presented.
    Presented,
    /// 59784-9, disease with presumed immunity.
    Immunity,
    /// 75505-8, serological evidence of immunity; 30945-0, contraindication; 59785-6, special indication.
    Reason,
    /// Another code, or none.
    Other,
}

impl Kind {
    fn of(code: &[u8]) -> Self {
        match code {
            b"64994-7" => Self::Eligibility,
            b"30963-3" => Self::Funding,
            b"69764-9" => Self::Document,
            b"30956-7" => Self::VaccineType,
            b"29768-9" => Self::Published,
            b"29769-7" => Self::Presented,
            b"59784-9" => Self::Immunity,
            b"75505-8" | b"30945-0" | b"59785-6" => Self::Reason,
            _ => Self::Other,
        }
    }

    /// Whether its value can be of this type.
    fn can_be(self, data_type: &[u8], rules: &Rules) -> bool {
        match self {
            Self::Eligibility | Self::Funding | Self::Document | Self::VaccineType | Self::Immunity => {
                matches!(data_type, b"CE" | b"CWE")
            }
            Self::Published | Self::Presented => is_of_time(data_type),
            Self::Reason | Self::Other => rules.tables().list("HL70125").is_none_or(|types| types.has(data_type)),
        }
    }
}

fn is_of_time(data_type: &[u8]) -> bool {
    matches!(data_type, b"DT" | b"TS" | b"DTM")
}

/// What the observations of one dose told so far.
#[derive(Default)]
pub(super) struct Observations<'a> {
    pub(super) eligibility: Option<&'a [u8]>,
    /// Its code, and its place.
    pub(super) funding: Option<(&'a [u8], SegmentView<'a>)>,
    immunity: Option<SegmentView<'a>>,
    has_reason: bool,
    /// Whether one of them does not say what it is.
    has_nameless: bool,
    statements: Statements<'a>,
}

impl<'a> Observations<'a> {
    /// Whether they say why nothing was given.
    pub(super) fn tell_why(&self) -> bool {
        self.has_reason || self.immunity.is_some()
    }

    /// Whether they lack the eligibility, for all that is known: one without a code may be it, and is a finding itself.
    pub(super) fn lack_eligibility(&self) -> bool {
        self.eligibility.is_none() && !self.has_nameless
    }

    /// Says what they show together.
    pub(super) fn finish(&self, dose: &Dose<'a>, rules: &Rules, findings: &mut Findings) {
        if dose.outcome != Outcome::Given {
            return;
        }
        if let Some(immunity) = &self.immunity {
            findings.add(Rule::ImmuneYetGiven, &immunity.place_of(5), &[]);
        }
        eligibility::check_funding(self, findings);
        self.statements.check(dose, rules, findings);
    }
}

pub(super) fn check<'a>(
    observation: SegmentView<'a>,
    beside: Option<(&Dose<'a>, &mut Observations<'a>)>,
    setting: &Setting<'_>,
    findings: &mut Findings,
) {
    check_shape(&observation, setting, findings);
    let kind = Kind::of(observation.value(3, 1));
    if kind != Kind::Other && !observation.value(3, 3).eq_ignore_ascii_case(b"LN") {
        findings.add(Rule::CodeSystem, &observation.place_of(3), &[]);
    }
    check_type(&observation, kind, setting.rules, findings);
    check_code(&observation, kind, setting.rules, findings);
    let Some((dose, told)) = beside else { return };
    told.has_nameless |= is_nameless(&observation);
    match kind {
        Kind::Eligibility => {
            let code = observation.value(5, 1);
            if told.eligibility.is_none() && dose.outcome == Outcome::Given {
                eligibility::check(&observation, dose, setting, findings);
            }
            told.eligibility = told.eligibility.or(Some(code));
        }
        Kind::Funding => told.funding = told.funding.or(Some((observation.value(5, 1), observation))),
        Kind::Immunity => told.immunity = told.immunity.or(Some(observation)),
        Kind::Reason => told.has_reason = true,
        Kind::Document | Kind::VaccineType | Kind::Published | Kind::Presented => {
            told.statements.add(&observation, kind);
        }
        Kind::Other => {}
    }
}

/// Whether OBX-3 has no code.
fn is_nameless(observation: &SegmentView<'_>) -> bool {
    observation.value(3, 1).is_empty() && observation.value(3, 4).is_empty()
}

/// What every observation must have.
fn check_shape(observation: &SegmentView<'_>, setting: &Setting<'_>, findings: &mut Findings) {
    let mut say = |rule: Rule, field: usize| findings.add(rule, &observation.place_of(field), &[]);
    if is_nameless(observation) {
        say(Rule::CodeMissing, 3);
    }
    let group = observation.value(4, 1);
    if group.is_empty() {
        say(Rule::GroupMissing, 4);
    } else if !group.iter().all(u8::is_ascii_digit) || group.iter().all(|byte| *byte == b'0') {
        say(Rule::GroupNotANumber, 4);
    }
    match observation.value(11, 1) {
        [] => say(Rule::ResultStatusMissing, 11),
        b"F" => {}
        _ => say(Rule::ResultStatus, 11),
    }
    match observation.timestamp(14) {
        Reading::Empty | Reading::Null => say(Rule::DateMissing, 14),
        Reading::Is(time) if setting.rules.is_future(&time) => say(Rule::DateInFuture, 14),
        Reading::Is(time) if setting.born.is_some_and(|born| time.is_before(&born)) => say(Rule::DateBeforeBirth, 14),
        Reading::Is(time) if time.day().is_some() => {}
        Reading::Is(_) | Reading::Other => say(Rule::DateUnreal, 14),
    }
}

/// Whether OBX-2 and OBX-5 fit each other, and OBX-3.
fn check_type(observation: &SegmentView<'_>, kind: Kind, rules: &Rules, findings: &mut Findings) {
    let data_type = observation.value(2, 1);
    let has_value = observation.filled(5).is_some_and(|value| !value.is_null());
    if data_type.is_empty() {
        findings.add(Rule::TypeMissing, &observation.place_of(2), &[]);
    } else if !kind.can_be(data_type, rules) {
        findings.add(Rule::TypeDisagrees, &observation.place_of(2), &[]);
        return;
    }
    if !has_value {
        findings.add(Rule::ValueMissing, &observation.place_of(5), &[]);
        return;
    }
    let is_time = || Timestamp::parse(observation.value(5, 1)).is_some();
    let fits = match data_type {
        b"NM" => Primitive::Number.fits(observation.value(5, 1)),
        data_type if is_of_time(data_type) => is_time(),
        [] if matches!(kind, Kind::Published | Kind::Presented) => is_time(),
        _ => true,
    };
    if !fits {
        findings.add(Rule::TypeDisagrees, &observation.place_of(5), &[]);
    }
}

/// Whether the code in OBX-5 is one of those that OBX-3 asks for.
fn check_code(observation: &SegmentView<'_>, kind: Kind, rules: &Rules, findings: &mut Findings) {
    let value = observation.value(5, 1);
    let rule = match kind {
        _ if value.is_empty() => return,
        Kind::Document if Statements::edition(value).is_none() => Rule::BarcodeUnknown,
        Kind::VaccineType if Cvx::parse(value).and_then(|cvx| rules.tables().vaccine(cvx)).is_none() => {
            Rule::VaccineTypeUnknown
        }
        Kind::Funding
            if !observation
                .coded(5)
                .is_none_or(|source| eligibility::is_funding(&source, rules)) =>
        {
            Rule::FundingUnknown
        }
        Kind::Eligibility
        | Kind::Funding
        | Kind::Document
        | Kind::VaccineType
        | Kind::Published
        | Kind::Presented
        | Kind::Immunity
        | Kind::Reason
        | Kind::Other => return,
    };
    findings.add(rule, &observation.place_of(5), code(value).as_slice());
}
