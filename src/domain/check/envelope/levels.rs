//! Follows the envelope of a file from segment to segment: which levels are open, and what they hold.

use crate::domain::{
    check::{
        envelope::EnvelopeRule,
        file::{Line, Wholeness},
        finding::Argument,
        findings::Findings,
        place::{Of, Place},
        seen::Seen,
    },
    hl7::{Segment, SegmentName},
};

/// Where the envelope stands.
#[derive(Debug, Default)]
pub(in crate::domain::check) struct Levels {
    file: Level,
    /// The batch at hand. `Never` until this file has one.
    batch: Level,
    /// Messages since the last segment of the envelope.
    run: u64,
    /// Messages of this file that stand before its first batch. They are a batch of their own, unless one comes.
    loose: Seen,
    /// Messages where none should be.
    outside: Seen,
    /// The first trailer of a batch in this file whose header is not there.
    unopened: Option<Place<'static>>,
    /// Batches of this file.
    batches: u64,
    /// Batches beyond the first of all.
    more_batches: Seen,
    messages: u64,
    /// Whether messages or parts of the envelope run together on one line: from there on nothing can be told.
    is_blurred: bool,
    /// Whether there was `FHS` or `FTS`.
    has_file: bool,
    /// Whether there was `BHS` or `BTS`.
    has_batch: bool,
    /// The first message, or the batch that begins before it.
    first: Option<Place<'static>>,
}

/// A pair of header and trailer.
#[derive(Debug, Default)]
enum Level {
    /// There was no header so far.
    #[default]
    Never,
    /// The header, whose trailer has not come.
    Open(Place<'static>),
    /// The trailer has come.
    Closed,
}

impl Levels {
    /// Whether a header waits for its trailer.
    pub(in crate::domain::check) fn is_open(&self) -> bool {
        let is_open = |level| matches!(level, &Level::Open(_));
        is_open(&self.file) || is_open(&self.batch)
    }

    /// Any line.
    pub(in crate::domain::check) fn see(&mut self, line: Line) {
        self.is_blurred |= line == Line::RunTogether;
    }

    /// `FHS`
    pub(in crate::domain::check) fn open_file(&mut self, place: Place<'static>, findings: &mut Findings) {
        let is_first = self.messages == 0 && !self.has_file && !self.has_batch;
        if !is_first {
            self.say(findings, EnvelopeRule::JoinedFiles, &place, &[]);
        }
        self.leave_open(findings);
        self.file = Level::Open(place);
        self.batch = Level::Never;
        self.batches = 0;
        self.run = 0;
        self.loose = Seen::default();
        self.has_file = true;
    }

    /// `BHS`
    pub(in crate::domain::check) fn open_batch(&mut self, place: Place<'static>, findings: &mut Findings) {
        if let Level::Open(header) = &self.batch {
            self.say(findings, EnvelopeRule::BatchNotClosed, header, &[]);
        }
        if matches!(self.file, Level::Closed) {
            self.say(findings, EnvelopeRule::WronglyNested, &place, &[]);
        }
        self.outside.absorb(&mut self.loose);
        self.first.get_or_insert_with(|| place.clone());
        self.begin_batch(place.clone());
        self.batch = Level::Open(place);
        self.run = 0;
    }

    /// `MSH`
    pub(in crate::domain::check) fn message(&mut self, place: Place<'static>) {
        self.messages += 1;
        self.run += 1;
        self.first.get_or_insert_with(|| place.clone());
        let place = place.in_message(Of {
            message: u32::try_from(self.messages).unwrap_or(u32::MAX),
            control_id: &[],
        });
        match (&self.file, &self.batch) {
            (_, Level::Open(_)) => {}
            (Level::Closed, _) | (_, Level::Closed) => self.outside.add(|| place),
            (Level::Never | Level::Open(_), Level::Never) => self.loose.add(|| place),
        }
    }

    /// `BTS`
    pub(in crate::domain::check) fn close_batch(
        &mut self,
        segment: &Segment<'_>,
        place: Place<'static>,
        findings: &mut Findings,
    ) {
        let rules = [
            EnvelopeRule::MessageCountMissing,
            EnvelopeRule::MessageCountNotANumber,
            EnvelopeRule::MessageCount,
        ];
        self.check_count(segment, &place, rules, &[self.run], findings);
        match (&self.batch, &self.file) {
            (Level::Open(_), Level::Closed) => self.say(findings, EnvelopeRule::WronglyNested, &place, &[]),
            (Level::Open(_), _) => {}
            (Level::Never | Level::Closed, _) => {
                self.unopened.get_or_insert_with(|| place.clone());
                self.loose = Seen::default();
                self.begin_batch(place);
            }
        }
        self.batch = Level::Closed;
        self.run = 0;
    }

    /// `FTS`
    pub(in crate::domain::check) fn close_file(
        &mut self,
        segment: &Segment<'_>,
        place: Place<'static>,
        findings: &mut Findings,
    ) {
        let rules = [
            EnvelopeRule::BatchCountMissing,
            EnvelopeRule::BatchCountNotANumber,
            EnvelopeRule::BatchCount,
        ];
        // Messages before the first batch may count as one.
        let with_loose = self.batches + u64::from(self.loose.count() > 0);
        self.check_count(segment, &place, rules, &[self.batches, with_loose], findings);
        match (&self.file, self.unopened.take()) {
            (Level::Open(_), Some(trailer)) => self.say(findings, EnvelopeRule::BatchNeverOpened, &trailer, &[]),
            (Level::Open(_), None) => {}
            // It says it for the batch within.
            (Level::Never | Level::Closed, _) => self.say(findings, EnvelopeRule::FileNeverOpened, &place, &[]),
        }
        // A batch that is open here may still be closed: then it lies across the end of the file.
        if !matches!(self.batch, Level::Open(_)) {
            self.run = 0;
        }
        self.file = Level::Closed;
        self.has_file = true;
    }

    /// What it tells, once every segment was taken, of whether the file is whole.
    pub(in crate::domain::check) fn wholeness(&self) -> Wholeness {
        match (self.is_open(), self.has_file || self.has_batch) {
            _ if self.is_blurred => Wholeness::Refuted,
            (true, _) => Wholeness::Refuted,
            (false, false) if self.messages > 1 => Wholeness::Unknown,
            (false, _) => Wholeness::Shown,
        }
    }

    /// The end of the file.
    pub(in crate::domain::check) fn finish(&mut self, findings: &mut Findings) {
        if let Some(trailer) = &self.unopened {
            self.say(findings, EnvelopeRule::BatchNeverOpened, trailer, &[]);
        }
        if !self.is_blurred {
            self.outside.tell(EnvelopeRule::MessageOutside, findings);
            self.more_batches.tell(EnvelopeRule::MoreBatches, findings);
        }
        if let Some(first) = &self.first {
            let lacks = |name| first.start().lacks_segment(SegmentName::new(name));
            match (self.has_file, self.has_batch) {
                (false, false) => self.say(findings, EnvelopeRule::Missing, &lacks(*b"FHS"), &[]),
                (false, true) => self.say(findings, EnvelopeRule::NoFile, &lacks(*b"FHS"), &[]),
                (true, false) => self.say(findings, EnvelopeRule::NoBatch, &lacks(*b"BHS"), &[]),
                (true, true) => {}
            }
        }
    }

    fn say(&self, findings: &mut Findings, rule: EnvelopeRule, place: &Place<'_>, arguments: &[Argument]) {
        if !self.is_blurred {
            findings.add(rule, place, arguments);
        }
    }

    /// Holds what a trailer says of how many there are against these numbers, of which each is right and the first is told.
    /// The rules are for nothing, for no number, and for another number.
    fn check_count(
        &self,
        trailer: &Segment<'_>,
        place: &Place<'static>,
        [missing, not_a_number, wrong]: [EnvelopeRule; 3],
        found: &[u64],
        findings: &mut Findings,
    ) {
        let place = match trailer.field(1) {
            Some(field) => place.clone().field(&field),
            None => place.clone().lacks_field(1),
        };
        match Stated::by(trailer) {
            Stated::Nothing => self.say(findings, missing, &place, &[]),
            Stated::NoNumber => self.say(findings, not_a_number, &place, &[]),
            Stated::Number(stated) if !found.contains(&stated) => {
                let told = found.first().copied().unwrap_or_default();
                self.say(
                    findings,
                    wrong,
                    &place,
                    &[Argument::Count(stated), Argument::Count(told)],
                );
            }
            Stated::Number(_) => {}
        }
    }

    fn begin_batch(&mut self, place: Place<'static>) {
        if self.has_batch {
            self.more_batches.add(|| place);
        }
        self.batches += 1;
        self.has_batch = true;
    }

    /// Nothing will close what is open now. An open file says it for the batch within.
    pub(in crate::domain::check) fn leave_open(&self, findings: &mut Findings) {
        match (&self.file, &self.batch) {
            (Level::Open(header), _) => self.say(findings, EnvelopeRule::FileNotClosed, header, &[]),
            (Level::Never | Level::Closed, Level::Open(header)) => {
                self.say(findings, EnvelopeRule::BatchNotClosed, header, &[]);
            }
            (Level::Never | Level::Closed, Level::Never | Level::Closed) => {}
        }
    }
}

/// What a trailer says of how many there are.
enum Stated {
    Nothing,
    NoNumber,
    Number(u64),
}

impl Stated {
    fn by(trailer: &Segment<'_>) -> Self {
        let Some(component) = trailer.field(1).and_then(|field| field.component(1)) else {
            return Self::Nothing;
        };
        if component.is_null() {
            return Self::Nothing;
        }
        match component.bytes().trim_ascii() {
            [] => Self::Nothing,
            digits if digits.iter().all(u8::is_ascii_digit) => {
                let number = std::str::from_utf8(digits).ok().and_then(|digits| digits.parse().ok());
                // With too many digits it is the number of nothing.
                number.map_or(Self::NoNumber, Self::Number)
            }
            _ => Self::NoNumber,
        }
    }
}
