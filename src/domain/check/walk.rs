//! Walks through a file segment by segment, gathers messages, and asks the rooms.

use crate::domain::{
    check::{
        Rules,
        envelope::{Duplicates, Levels},
        file::{self, Damage, FileRule, Wholeness},
        finding::Argument,
        findings::Findings,
        input::Letters,
        message, patient,
        place::Place,
        vaccination,
        view::MessageView,
    },
    hl7::{Junk, MessageBuffer, Segment, SegmentName, Summary},
};

/// A room that looks at whole messages.
type Room = fn(&MessageView<'_>, &Rules, &mut Findings);

/// The rooms that look at what a vaccination update says, in the order in which they are asked.
const ROOMS: [Room; 2] = [patient::check, vaccination::check];

/// How much of a message is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Extent {
    /// All of it: something else follows.
    Whole,
    /// Perhaps not all: the file stops in it.
    BrokenOff,
}

/// What the segments so far came to.
pub(super) struct Walk<'r> {
    pub(super) rules: &'r Rules,
    pub(super) letters: Letters,
    pub(super) summary: Summary,
    pub(super) findings: Findings,
    damage: Damage,
    levels: Levels,
    duplicates: Duplicates,
    /// The message at hand; empty between messages.
    message: MessageBuffer,
    /// Its number, counted from 1.
    number: u32,
}

impl<'r> Walk<'r> {
    pub(super) fn new(rules: &'r Rules) -> Self {
        Self {
            rules,
            letters: Letters::AsTheyAre,
            summary: Summary::default(),
            findings: Findings::new(rules.stage, rules.limit),
            damage: Damage::default(),
            levels: Levels::default(),
            duplicates: Duplicates::default(),
            message: MessageBuffer::default(),
            number: 0,
        }
    }

    /// Takes the next segment.
    pub(super) fn read(&mut self, segment: Segment<'_>) {
        let name = segment.standard_name();
        self.summary.add(segment);
        self.damage.read(&segment, name);
        match name.as_ref().map(SegmentName::bytes) {
            Some(b"MSH") => {
                self.end_message(Extent::Whole);
                self.number = self.number.saturating_add(1);
                self.levels
                    .message(Place::of_segment(&segment, name, Some(self.number)));
                self.message.push(segment, name);
            }
            Some(b"FHS" | b"BHS" | b"BTS" | b"FTS") => {
                self.end_message(Extent::Whole);
                self.read_envelope(&segment, name);
            }
            _ if self.message.is_empty() => {
                if name.is_some() {
                    self.damage.read_stray(&segment);
                }
                let place = || Place::of_segment(&segment, name, None);
                file::check_line(&segment, name, place, &mut self.findings);
            }
            _ => self.message.push(segment, name),
        }
    }

    /// Takes what stands after the last segment, and says what only the whole file can show.
    pub(super) fn end(&mut self, after: Option<Junk>) {
        self.end_message(if self.levels.is_open() || self.damage.is_cut_off() {
            Extent::BrokenOff
        } else {
            Extent::Whole
        });
        self.damage.read_end(after);
        let wholeness = if self.damage.is_one_line() {
            // Its messages, and the end of its envelope, stand on that line.
            Wholeness::Refuted
        } else {
            self.levels.finish(&mut self.findings)
        };
        self.damage.tell(wholeness, &mut self.findings);
        self.duplicates.finish(self.summary.messages, &mut self.findings);
        if self.letters == Letters::Narrowed {
            self.findings.add(FileRule::Utf16, &Place::whole_file(), &[]);
        }
        if self.summary.messages == 0 && !self.damage.is_one_line() {
            self.findings.add(FileRule::NoMessage, &Place::whole_file(), &[]);
        }
    }

    fn read_envelope(&mut self, segment: &Segment<'_>, name: Option<SegmentName>) {
        let (levels, findings) = (&mut self.levels, &mut self.findings);
        let seen = self.summary.envelope;
        let place = |index: u64| Place::of_segment(segment, name, u32::try_from(index).ok());
        let place = match name.as_ref().map(SegmentName::bytes) {
            Some(b"FHS") => {
                let place = place(seen.file_headers);
                levels.open_file(place.clone(), findings);
                place
            }
            Some(b"BHS") => {
                let place = place(seen.batch_headers);
                levels.open_batch(place.clone(), findings);
                place
            }
            Some(b"BTS") => {
                let place = place(seen.batch_trailers);
                levels.close_batch(segment, place.clone(), findings);
                place
            }
            _ => {
                let place = place(seen.file_trailers);
                levels.close_file(segment, place.clone(), findings);
                place
            }
        };
        file::check_line(segment, name, || place.clone(), findings);
    }

    /// Checks the message at hand, now that nothing more of it comes.
    fn end_message(&mut self, extent: Extent) {
        if let Some(message) = MessageView::of(&self.message, self.number) {
            for segment in message.segments() {
                let name = segment.standard_name();
                file::check_line(&segment, name, || segment.place(), &mut self.findings);
            }
            if self.letters == Letters::AsTheyAre {
                file::check_letters(&message, &mut self.findings);
            }
            self.duplicates.check(&message, &mut self.findings);
            let left_out = self.message.left_out();
            // Half a message would be blamed for what its other half has.
            if left_out > 0 {
                let place = message.header().place();
                self.findings
                    .add(FileRule::HugeMessage, &place, &[Argument::Count(left_out)]);
            } else if extent == Extent::Whole {
                message::check(&message, self.rules, &mut self.findings);
                if message::can_be_judged(&message) {
                    for room in ROOMS {
                        room(&message, self.rules, &mut self.findings);
                    }
                }
            }
        }
        self.message.clear();
    }
}
