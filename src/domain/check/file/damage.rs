//! Damage done to a whole file: counted while it is read, told when it is over.

use std::ops::Range;

use crate::domain::{
    check::{
        file::{FileRule, cut_off::Shortest},
        finding::Argument,
        findings::Findings,
        place::Place,
    },
    hl7::{Junk, JunkKind, Segment, SegmentName, Terminator},
};

/// What was seen of a file's damage so far.
#[derive(Debug, Default)]
pub(in crate::domain::check) struct Damage {
    ends: LineEnds,
    marks: Seen,
    framing: Seen,
    padding: Seen,
    ctrl_z: Seen,
    blank_lines: Seen,
    indented: Seen,
    escaped: Seen,
    stray: Seen,
    shortest: Shortest,
    /// Where the last segment is, if no line end closes it.
    open: Option<Open>,
    /// The line on which the last segment ended, and those that its terminator ended.
    line: Line,
}

/// The line at hand, counted from 1.
#[derive(Debug)]
struct Line(u64);

impl Default for Line {
    fn default() -> Self {
        Self(1)
    }
}

/// How often something is in the file, and where it is first.
#[derive(Debug, Default)]
struct Seen {
    count: u64,
    first: Option<(Range<u64>, u64)>,
}

impl Seen {
    fn add(&mut self, range: Range<u64>, line: u64) {
        self.count += 1;
        self.first.get_or_insert((range, line));
    }

    fn tell(&self, rule: FileRule, findings: &mut Findings) {
        if let Some((range, line)) = &self.first {
            let place = Place::in_file(range.clone(), *line);
            findings.add(rule, &place, &[Argument::Count(self.count)]);
        }
    }
}

/// The kinds of line end.
#[derive(Debug, Default)]
struct LineEnds {
    cr: u64,
    lf: Seen,
    cr_lf: Seen,
    cr_cr_lf: Seen,
}

impl LineEnds {
    /// One finding at most. CR CR LF between lines that end in CR is a blank line with an end of another kind, and no doubled end.
    fn tell(&self, findings: &mut Findings) {
        let others = [&self.lf, &self.cr_lf, &self.cr_cr_lf].map(|seen| seen.count);
        match (self.cr, others) {
            (_, [0, 0, 0]) => {}
            (cr, [lf, cr_lf, doubled]) if doubled > cr + lf + cr_lf => {
                self.cr_cr_lf.tell(FileRule::DoubledLineEnds, findings);
            }
            (0, [_, 0, 0]) => self.lf.tell(FileRule::LineEnds, findings),
            (0, [0, _, 0]) => self.cr_lf.tell(FileRule::LineEnds, findings),
            (_, others) => {
                let seen = [&self.lf, &self.cr_lf, &self.cr_cr_lf].into_iter();
                let first = seen.filter_map(|seen| seen.first.clone());
                let mixed = Seen {
                    count: others.iter().sum(),
                    first: first.min_by_key(|(range, _)| range.start),
                };
                mixed.tell(FileRule::MixedLineEnds, findings);
            }
        }
    }
}

/// The last segment, which no line end closes.
#[derive(Debug)]
struct Open {
    place: Place<'static>,
    is_cut: bool,
}

/// What the envelope tells of whether the file is whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::domain::check) enum Wholeness {
    /// It is: the envelope is closed, or there is one message and no envelope.
    Shown,
    /// It is not: the envelope is open.
    Refuted,
    /// Nothing: there are several messages and no envelope.
    Unknown,
}

impl Damage {
    /// Takes note of a segment and of what stands before it.
    pub(in crate::domain::check) fn read(&mut self, segment: &Segment<'_>, name: Option<SegmentName>) {
        if let Some(junk) = segment.junk() {
            self.read_junk(junk);
            if junk.ends_with_white_space() {
                self.indented.add(junk.range(), segment.line());
            }
        }
        let (end, line) = (segment.terminator_range(), segment.line());
        match segment.terminator() {
            Terminator::Cr => self.ends.cr += 1,
            Terminator::Lf => self.ends.lf.add(end, line),
            Terminator::CrLf => self.ends.cr_lf.add(end, line),
            Terminator::CrCrLf => self.ends.cr_cr_lf.add(end, line),
            Terminator::EndBlock => self.framing.add(end, line),
            Terminator::EndOfFile => self.open = Some(self.open_end(segment, name)),
        }
        if let Some(name) = name.filter(|_| segment.terminator() != Terminator::EndOfFile) {
            self.shortest.add(segment, name);
        }
        for range in super::lines::escaped_line_ends(segment) {
            self.escaped.add(range, line);
        }
        self.line = Line(line + segment.terminator().lines());
    }

    /// Takes note of a segment that belongs to no message.
    pub(in crate::domain::check) fn read_stray(&mut self, segment: &Segment<'_>) {
        self.stray.add(segment.range(), segment.line());
    }

    /// Takes note of what stands after the last segment.
    pub(in crate::domain::check) fn read_end(&mut self, junk: Option<Junk>) {
        let Some(junk) = junk else { return };
        self.read_junk(junk);
        if junk.ends_with_white_space() && !junk.kinds().contains(JunkKind::BlankLine) {
            self.blank_lines.add(junk.range(), self.line.0);
        }
    }

    /// Whether line ends were written as `\r` in two characters, so that what follows them is on the same line.
    pub(in crate::domain::check) fn is_one_line(&self) -> bool {
        self.escaped.count > 0
    }

    /// Whether the last segment was cut.
    pub(in crate::domain::check) fn is_cut_off(&self) -> bool {
        self.open.as_ref().is_some_and(|open| open.is_cut)
    }

    /// Says what was seen.
    pub(in crate::domain::check) fn tell(&self, wholeness: Wholeness, findings: &mut Findings) {
        self.ends.tell(findings);
        self.marks.tell(FileRule::ByteOrderMark, findings);
        self.framing.tell(FileRule::Framing, findings);
        self.padding.tell(FileRule::Padding, findings);
        self.ctrl_z.tell(FileRule::CtrlZ, findings);
        self.blank_lines.tell(FileRule::BlankLines, findings);
        self.indented.tell(FileRule::Indented, findings);
        self.escaped.tell(FileRule::EscapedLineEnds, findings);
        self.stray.tell(FileRule::Stray, findings);
        if let Some(open) = &self.open {
            let rule = match (open.is_cut, wholeness) {
                (true, _) => Some(FileRule::CutOff),
                (false, Wholeness::Shown) => Some(FileRule::OpenEnd),
                (false, Wholeness::Unknown) => Some(FileRule::PerhapsCutOff),
                (false, Wholeness::Refuted) => None,
            };
            if let Some(rule) = rule {
                findings.add(rule, &open.place, &[]);
            }
        }
    }

    fn read_junk(&mut self, junk: Junk) {
        for kind in junk.kinds().iter() {
            let seen = match kind {
                JunkKind::ByteOrderMark => &mut self.marks,
                JunkKind::Mllp => &mut self.framing,
                JunkKind::Nul => &mut self.padding,
                JunkKind::CtrlZ => &mut self.ctrl_z,
                JunkKind::BlankLine => &mut self.blank_lines,
                JunkKind::WhiteSpace => continue,
            };
            seen.add(junk.range(), self.line.0);
        }
    }

    fn open_end(&self, segment: &Segment<'_>, name: Option<SegmentName>) -> Open {
        Open {
            place: Place::of_segment(segment, name, None),
            is_cut: self.shortest.shows_cut(segment),
        }
    }
}
