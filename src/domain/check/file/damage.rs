//! Damage done to a whole file: counted while it is read, told when it is over.

use std::ops::Range;

use crate::domain::{
    check::{
        file::{FileRule, cut_off::Shortest, lines::escaped_line_ends},
        findings::Findings,
        place::Place,
        seen::Seen,
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

/// The kinds of line end.
#[derive(Debug, Default)]
struct LineEnds {
    cr: u64,
    lf: Seen,
    cr_lf: Seen,
    cr_cr_lf: Seen,
}

impl LineEnds {
    /// One finding at most. CR CR LF among lines that end in CR is a blank line with an end of another kind, and no doubled end.
    fn tell(&mut self, findings: &mut Findings) {
        let Self {
            cr,
            lf,
            cr_lf,
            cr_cr_lf,
        } = self;
        match (*cr, lf.count(), cr_lf.count(), cr_cr_lf.count()) {
            (_, 0, 0, 0) => {}
            (cr, lf, cr_lf, doubled) if doubled > cr + lf + cr_lf => {
                cr_cr_lf.tell(FileRule::DoubledLineEnds, findings);
            }
            (0, _, 0, 0) => lf.tell(FileRule::LineEnds, findings),
            (0, 0, _, 0) => cr_lf.tell(FileRule::LineEnds, findings),
            _ => {
                lf.absorb(cr_lf);
                lf.absorb(cr_cr_lf);
                lf.tell(FileRule::MixedLineEnds, findings);
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
                self.indented.add(|| Place::in_file(junk.range(), segment.line()));
            }
        }
        let end = || Place::in_file(segment.terminator_range(), segment.line());
        match segment.terminator() {
            Terminator::Cr => self.ends.cr += 1,
            Terminator::Lf => self.ends.lf.add(end),
            Terminator::CrLf => self.ends.cr_lf.add(end),
            Terminator::CrCrLf => self.ends.cr_cr_lf.add(end),
            Terminator::EndBlock => self.framing.add(end),
            Terminator::EndOfFile => {
                self.open = Some(Open {
                    place: Place::of_segment(segment, name, None),
                    is_cut: self.shortest.shows_cut(segment),
                });
            }
        }
        if let Some(name) = name.filter(|_| segment.terminator() != Terminator::EndOfFile) {
            self.shortest.add(segment, name);
        }
        for range in escaped_line_ends(segment) {
            self.escaped.add(|| Place::in_file(range, segment.line()));
        }
        self.line = Line(segment.line() + segment.terminator().lines());
    }

    /// Takes note of a segment that belongs to no message.
    pub(in crate::domain::check) fn read_stray(&mut self, segment: &Segment<'_>, name: SegmentName) {
        // Only the first is told, which is the first of its name.
        self.stray.add(|| Place::of_segment(segment, Some(name), Some(1)));
    }

    /// Takes note of which of its name the last segment is, if no line end closes it.
    pub(in crate::domain::check) fn number_open(&mut self, index: impl FnOnce() -> Option<u32>) {
        if let Some(open) = &mut self.open {
            open.place = open.place.clone().numbered(index());
        }
    }

    /// Takes note of what stands after the last segment.
    pub(in crate::domain::check) fn read_end(&mut self, junk: Option<Junk>) {
        let Some(junk) = junk else { return };
        self.read_junk(junk);
        if junk.ends_with_white_space() && !junk.kinds().contains(JunkKind::BlankLine) {
            self.blank_lines.add(|| Place::in_file(junk.range(), self.line.0));
        }
    }

    /// Whether line ends were written as `\r` in two characters, so that what follows them is on the same line.
    pub(in crate::domain::check) fn is_one_line(&self) -> bool {
        self.escaped.count() > 0
    }

    /// Whether the last segment was cut.
    pub(in crate::domain::check) fn is_cut_off(&self) -> bool {
        self.open.as_ref().is_some_and(|open| open.is_cut)
    }

    /// Where the last segment is, if no line end closes it.
    pub(in crate::domain::check) fn open_line(&self) -> Option<Range<u64>> {
        self.open.as_ref().map(|open| open.place.range.clone())
    }

    /// Says what was seen.
    pub(in crate::domain::check) fn tell(&mut self, wholeness: Wholeness, findings: &mut Findings) {
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
            match (open.is_cut, wholeness) {
                (true, _) => findings.add(FileRule::CutOff, &open.place, &[]),
                (false, Wholeness::Shown) => findings.add(FileRule::OpenEnd, &open.place.end(), &[]),
                (false, Wholeness::Unknown) => findings.add(FileRule::PerhapsCutOff, &open.place.end(), &[]),
                (false, Wholeness::Refuted) => {}
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
            seen.add(|| Place::in_file(junk.range(), self.line.0));
        }
    }
}
