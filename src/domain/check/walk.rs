//! Walks through a file segment by segment, gathers messages, and asks the rooms.

use crate::domain::{
    check::{
        Rules,
        envelope::{Compared, Levels, Newness},
        file::{self, Damage, FileRule, Line, Wholeness},
        finding::Argument,
        findings::Findings,
        guide,
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
const ROOMS: [Room; 3] = [patient::check, vaccination::check, guide::check];

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
    compared: Compared,
    /// The message at hand; empty between messages.
    message: MessageBuffer,
    /// Its number, counted from 1.
    number: u32,
    /// Which of its name in the file the last segment is, where it is one of the envelope.
    of_envelope: Option<u32>,
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
            compared: Compared::default(),
            message: MessageBuffer::default(),
            number: 0,
            of_envelope: None,
        }
    }

    /// Takes the next segment.
    pub(super) fn read(&mut self, segment: Segment<'_>) {
        let name = segment.standard_name();
        self.summary.add(segment);
        self.damage.read(&segment, name);
        let seen = self.summary.envelope;
        match name.as_ref().map(SegmentName::bytes) {
            Some(b"MSH") => {
                self.end_message(Extent::Whole);
                self.number = self.number.saturating_add(1);
                let place = Place::of_segment(&segment, name, Some(self.number));
                self.levels.message(place);
                self.message.push(segment, name);
            }
            Some(b"FHS") => {
                let place = self.leave_message(&segment, name, seen.file_headers);
                self.levels.open_file(place, &mut self.findings);
            }
            Some(b"BHS") => {
                let place = self.leave_message(&segment, name, seen.batch_headers);
                self.levels.open_batch(place, &mut self.findings);
            }
            Some(b"BTS") => {
                let place = self.leave_message(&segment, name, seen.batch_trailers);
                self.levels.close_batch(&segment, place, &mut self.findings);
            }
            Some(b"FTS") => {
                let place = self.leave_message(&segment, name, seen.file_trailers);
                self.levels.close_file(&segment, place, &mut self.findings);
            }
            _ if !self.message.is_empty() => self.message.push(segment, name),
            _ => {
                self.of_envelope = None;
                if let Some(name) = name {
                    self.damage.read_stray(&segment, name);
                }
                let place = || Place::of_segment(&segment, name, None);
                let line = file::check_line(&segment, name, place, &mut self.findings);
                self.levels.see(line);
            }
        }
    }

    /// Takes what stands after the last segment, and says what only the whole file can show.
    pub(super) fn end(&mut self, after: Option<Junk>) {
        self.damage.number_open(|| {
            let is_whole = self.message.left_out() == 0;
            let last = self.message.members().next_back().filter(|_| is_whole);
            last.map(|member| member.index).or(self.of_envelope)
        });
        let wholeness = self.levels.wholeness();
        if wholeness == Wholeness::Unknown {
            self.findings.leave_out(self.damage.open_line());
        }
        self.end_message(if self.levels.is_open() || self.damage.is_cut_off() {
            Extent::BrokenOff
        } else {
            Extent::Whole
        });
        self.findings.leave_out(None);
        self.damage.read_end(after);
        let wholeness = if self.damage.is_one_line() {
            // Its messages, and the end of its envelope, stand on that line.
            Wholeness::Refuted
        } else {
            // A line that was cut says why the envelope is open.
            if !self.damage.is_cut_off() {
                self.levels.leave_open(&mut self.findings);
            }
            self.levels.finish(&mut self.findings);
            wholeness
        };
        self.damage.tell(wholeness, &mut self.findings);
        self.compared.finish(self.summary.messages, &mut self.findings);
        if self.letters == Letters::Narrowed {
            self.findings.add(FileRule::Utf16, &Place::whole_file(), &[]);
        }
        if self.summary.messages == 0 && !self.damage.is_one_line() {
            self.findings.add(FileRule::NoMessage, &Place::whole_file(), &[]);
        }
    }

    /// Takes a segment of the envelope, which is the `index`th of its name in the file. It ends the message before it.
    fn leave_message(&mut self, segment: &Segment<'_>, name: Option<SegmentName>, index: u64) -> Place<'static> {
        self.end_message(Extent::Whole);
        self.of_envelope = u32::try_from(index).ok();
        let place = Place::of_segment(segment, name, self.of_envelope);
        let line = file::check_line(segment, name, || place.clone(), &mut self.findings);
        self.levels.see(line);
        place
    }

    /// Checks the message at hand, now that nothing more of it comes.
    fn end_message(&mut self, extent: Extent) {
        if let Some(message) = MessageView::of(&self.message, self.number) {
            let mut is_sound = true;
            for segment in message.segments() {
                let name = segment.standard_name();
                let line = file::check_line(&segment, name, || segment.place(), &mut self.findings);
                self.levels.see(line);
                is_sound &= line == Line::Sound;
            }
            if self.letters == Letters::AsTheyAre {
                file::check_letters(&message, &mut self.findings);
            }
            let newness = self.compared.check_whole(&message, &mut self.findings);
            let left_out = self.message.left_out();
            // Half a message, or one with half a segment, would be blamed for what its other half has.
            if left_out > 0 {
                let place = message.header().place();
                self.findings
                    .add(FileRule::HugeMessage, &place, &[Argument::Count(left_out)]);
            } else if extent == Extent::Whole && is_sound {
                message::check(&message, self.rules, &mut self.findings);
                if message::can_be_judged(&message) {
                    if newness == Newness::New {
                        self.compared.check_content(&message, &mut self.findings);
                    }
                    for room in ROOMS {
                        room(&message, self.rules, &mut self.findings);
                    }
                }
            }
        }
        self.message.clear();
    }
}
