//! Reads a file once more and keeps what stands where something was found.

use std::collections::{BTreeMap, BTreeSet};

use zeroize::Zeroizing;

use super::{Excerpt, Excerpts, Line, MAX_BYTES, MAX_LINES, Patient};
use crate::domain::{
    check::{finding::Finding, input::Input, report::Report},
    hl7::{Segment, SegmentName, Timestamp, Tokenizer, shown},
};

/// The longest name of a patient, in characters.
const MAX_NAME_CHARS: usize = 60;
/// So many lines before a finding the segment before it is looked for.
const NEAR: u64 = 64;

/// Is fed the file of a report, in chunks of any size.
pub struct ExcerptReader {
    input: Input,
    tokenizer: Tokenizer,
    gathering: Gathering,
}

impl ExcerptReader {
    /// A reader for what was found in this file.
    pub fn new(report: &Report) -> Self {
        let of_messages = |finding: &Finding| finding.message;
        let outside = report.findings.iter().filter(|finding| finding.message.is_none());
        Self {
            input: Input::default(),
            tokenizer: Tokenizer::new(),
            gathering: Gathering {
                wanted: report.findings.iter().filter_map(of_messages).collect(),
                spots: report.findings.iter().filter_map(|finding| finding.line).collect(),
                waiting: outside
                    .filter_map(|finding| Some((finding.line?, Excerpt::default())))
                    .collect(),
                messages: BTreeMap::new(),
                around: BTreeMap::new(),
                previous: None,
                number: 0,
                is_wanted: false,
                bytes: 0,
            },
        }
    }

    /// Reads the next chunk.
    pub fn feed(&mut self, bytes: &[u8]) {
        let Self {
            input,
            tokenizer,
            gathering,
        } = self;
        input.feed(bytes, &mut |text, _| {
            tokenizer.feed(text, &mut |segment| gathering.read(segment));
        });
    }

    /// What was kept.
    pub fn finish(self) -> Excerpts {
        let Self {
            input,
            mut tokenizer,
            mut gathering,
        } = self;
        let ended = input.finish(&mut |text, _| tokenizer.feed(text, &mut |segment| gathering.read(segment)));
        tokenizer.finish(&mut |segment| gathering.read(segment));
        gathering.end();
        Excerpts {
            messages: gathering.messages,
            around: gathering.around,
            offsets: ended.offsets,
        }
    }
}

struct Gathering {
    /// Numbers of messages with a finding.
    wanted: BTreeSet<u32>,
    /// Lines with a finding.
    spots: BTreeSet<u64>,
    /// Outside of messages, what is not yet whole, by the line of the finding.
    waiting: BTreeMap<u64, Excerpt>,
    messages: BTreeMap<u32, Excerpt>,
    around: BTreeMap<u64, Excerpt>,
    /// The segment before, where a finding outside of messages may follow it.
    previous: Option<Line>,
    /// The message at hand, counted from 1.
    number: u32,
    /// Whether the segment at hand stands in a message with a finding.
    is_wanted: bool,
    bytes: usize,
}

impl Gathering {
    fn read(&mut self, segment: Segment<'_>) {
        let name = segment.standard_name();
        match name.as_ref().map(SegmentName::bytes) {
            Some(b"MSH") => {
                self.number = self.number.saturating_add(1);
                self.is_wanted = self.wanted.contains(&self.number);
            }
            Some(b"FHS" | b"BHS" | b"BTS" | b"FTS") => self.is_wanted = false,
            _ => {}
        }
        if self.is_wanted {
            self.read_member(segment, name);
        }
        let next = self.waiting.keys().next();
        if next.is_some_and(|next| *next <= segment.line() + NEAR) {
            self.read_neighbour(segment, name);
        }
    }

    /// A segment of a message with a finding.
    fn read_member(&mut self, segment: Segment<'_>, name: Option<SegmentName>) {
        let excerpt = self.messages.entry(self.number).or_default();
        if segment.is_named(*b"PID") && excerpt.patient.is_none() {
            excerpt.patient = Some(patient(segment));
        }
        let is_spot = self.spots.contains(&segment.line());
        let has_room = self.bytes < MAX_BYTES && (is_spot || excerpt.lines.len() < MAX_LINES);
        if has_room {
            keep(excerpt, Line::of(segment, name), &mut self.bytes);
        } else {
            excerpt.left_out += 1;
        }
    }

    /// A segment that may stand beside a finding outside of messages: the one before it, the one on its line or after that, and
    /// the next.
    fn read_neighbour(&mut self, segment: Segment<'_>, name: Option<SegmentName>) {
        const MOST: usize = 3;
        let line = Line::of(segment, name);
        for (_, excerpt) in self.waiting.range_mut(..=segment.line()) {
            let before = self.previous.as_ref().filter(|_| excerpt.lines.is_empty());
            for line in before.into_iter().chain([&line]) {
                keep(excerpt, line.clone(), &mut self.bytes);
            }
        }
        while let Some(first) = self.waiting.first_entry()
            && (first.get().lines.len() >= MOST || self.bytes >= MAX_BYTES)
        {
            let (line, excerpt) = first.remove_entry();
            self.around.insert(line, excerpt);
        }
        self.previous = Some(line);
    }

    /// What was found after the last segment stands beside that.
    fn end(&mut self) {
        for (at, mut excerpt) in std::mem::take(&mut self.waiting) {
            let last = self.previous.as_ref().filter(|_| excerpt.lines.is_empty());
            if let Some(last) = last {
                keep(&mut excerpt, last.clone(), &mut self.bytes);
            }
            self.around.insert(at, excerpt);
        }
    }
}

fn keep(excerpt: &mut Excerpt, line: Line, bytes: &mut usize) {
    *bytes += line.bytes.len() + size_of::<Line>();
    excerpt.lines.push(line);
}

/// PID-5 and PID-7.
fn patient(segment: Segment<'_>) -> Patient {
    let part = |number| {
        let value = Zeroizing::new(segment.field(5)?.component(number)?.unescaped().into_owned());
        shown(&value, MAX_NAME_CHARS).map(Zeroizing::new)
    };
    let name = match (part(1), part(2)) {
        (Some(family), Some(given)) => Some(Zeroizing::new(format!("{}, {}", *family, *given))),
        (family, given) => family.or(given),
    };
    let born = segment.field(7).and_then(|field| field.component(1));
    Patient {
        name,
        born: born.and_then(|born| Timestamp::read(&born).value()?.day()),
    }
}
