//! What stands between segments and belongs to none: byte order marks, framing, padding, white space, blank lines.

use std::ops::Range;

use super::tokenizer::MAX_SEGMENT_BYTES;

pub(super) const CR: u8 = b'\r';
pub(super) const LF: u8 = b'\n';
const START_BLOCK: u8 = 0x0B;
pub(super) const END_BLOCK: u8 = 0x1C;
pub(super) const CTRL_Z: u8 = 0x1A;
pub(super) const NUL: u8 = 0;
const FORM_FEED: u8 = 0x0C;
const MARK: &[u8] = &[0xEF, 0xBB, 0xBF];

/// A kind of byte that was skipped before a segment or at the end of the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum JunkKind {
    /// The mark with which some programs begin a UTF-8 file.
    ByteOrderMark,
    /// A byte of the network protocol MLLP: start of block (0x0B) or end of block (0x1C).
    Mllp,
    /// NUL: padding, or a disk that lost what was written.
    Nul,
    /// The end-of-file mark of old systems (0x1A).
    CtrlZ,
    /// A space, a tab or a form feed.
    WhiteSpace,
    /// A line with nothing on it but white space.
    BlankLine,
}

impl JunkKind {
    /// Every kind.
    pub const ALL: [Self; 6] = [
        Self::ByteOrderMark,
        Self::Mllp,
        Self::Nul,
        Self::CtrlZ,
        Self::WhiteSpace,
        Self::BlankLine,
    ];

    fn bit(self) -> u8 {
        match self {
            Self::ByteOrderMark => 1,
            Self::Mllp => 2,
            Self::Nul => 4,
            Self::CtrlZ => 8,
            Self::WhiteSpace => 16,
            Self::BlankLine => 32,
        }
    }
}

/// A set of kinds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct JunkKinds(u8);

impl JunkKinds {
    /// Whether this kind is among them.
    pub fn contains(self, kind: JunkKind) -> bool {
        self.0 & kind.bit() != 0
    }

    /// The kinds in it.
    pub fn iter(self) -> impl Iterator<Item = JunkKind> {
        JunkKind::ALL.into_iter().filter(move |kind| self.contains(*kind))
    }

    fn insert(&mut self, kind: JunkKind) {
        self.0 |= kind.bit();
    }
}

/// A stretch of bytes that belongs to no segment. Line ends of blank lines are part of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Junk {
    start: u64,
    end: u64,
    kinds: JunkKinds,
    last_line_is_white: bool,
}

impl Junk {
    /// Its bytes in the original file.
    pub fn range(&self) -> Range<u64> {
        self.start..self.end
    }

    /// What it consists of.
    pub fn kinds(&self) -> JunkKinds {
        self.kinds
    }

    /// Whether white space stands on its last line: before a segment, that segment is indented.
    pub fn ends_with_white_space(&self) -> bool {
        self.last_line_is_white
    }
}

/// What the line at hand holds so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Line {
    Blank,
    Junk,
}

/// Reads junk until a segment begins, in whatever pieces it comes.
#[derive(Debug)]
pub(super) struct JunkReader {
    start: u64,
    kinds: JunkKinds,
    line: Line,
    /// The white space on the line at hand.
    white: Vec<u8>,
    /// Lines that ended in it.
    lines: u64,
    /// Carriage returns at the end of what was read, which the next byte makes one line end or more.
    pending: u8,
    /// Bytes of a byte order mark at the end of what was read.
    mark: usize,
}

impl JunkReader {
    /// Junk that begins at this offset, on a new line.
    pub(super) fn on_a_new_line(start: u64) -> Self {
        Self {
            start,
            kinds: JunkKinds::default(),
            line: Line::Blank,
            white: Vec::new(),
            lines: 0,
            pending: 0,
            mark: 0,
        }
    }

    /// Junk that begins at this offset, on a line that has something on it.
    pub(super) fn within_a_line(start: u64, kind: JunkKind) -> Self {
        let mut junk = Self::on_a_new_line(start);
        junk.note(kind);
        junk
    }

    /// How many of these bytes are junk. Fewer than all: a segment begins with the bytes of [`Self::take_broken_mark`] and the rest.
    pub(super) fn read(&mut self, bytes: &[u8]) -> usize {
        bytes
            .iter()
            .position(|byte| !self.accepts(*byte))
            .unwrap_or(bytes.len())
    }

    /// Takes the bytes that could have become a byte order mark, but did not. They belong to the segment.
    pub(super) fn take_broken_mark(&mut self) -> &'static [u8] {
        MARK.get(..std::mem::take(&mut self.mark)).unwrap_or_default()
    }

    /// Takes the white space on the line at hand, at most [`MAX_SEGMENT_BYTES`] of it. Ask [`Self::close`] first.
    pub(super) fn take_white(&mut self) -> Vec<u8> {
        std::mem::take(&mut self.white)
    }

    /// Whether the last bytes could become a byte order mark.
    pub(super) fn awaits_mark(&self) -> bool {
        self.mark > 0
    }

    /// What was read, up to `end`, and how many lines ended in it.
    pub(super) fn close(&mut self, end: u64) -> (Option<Junk>, u64) {
        self.end_lines();
        let junk = Junk {
            start: self.start,
            end,
            kinds: self.kinds,
            last_line_is_white: !self.white.is_empty(),
        };
        ((self.start < end).then_some(junk), self.lines)
    }

    fn accepts(&mut self, byte: u8) -> bool {
        if self.mark > 0 || Some(&byte) == MARK.first() {
            return self.accepts_as_mark(byte);
        }
        match byte {
            CR => self.take_carriage_return(),
            LF => self.take_line_feed(),
            b' ' | b'\t' | FORM_FEED => {
                self.end_lines();
                self.kinds.insert(JunkKind::WhiteSpace);
                if self.white.len() < MAX_SEGMENT_BYTES {
                    self.white.push(byte);
                }
            }
            NUL => self.note(JunkKind::Nul),
            CTRL_Z => self.note(JunkKind::CtrlZ),
            START_BLOCK | END_BLOCK => self.note(JunkKind::Mllp),
            _ => return false,
        }
        true
    }

    fn accepts_as_mark(&mut self, byte: u8) -> bool {
        if MARK.get(self.mark) != Some(&byte) {
            return false;
        }
        self.mark += 1;
        if self.mark == MARK.len() {
            self.mark = 0;
            self.note(JunkKind::ByteOrderMark);
        }
        true
    }

    fn note(&mut self, kind: JunkKind) {
        self.end_lines();
        self.kinds.insert(kind);
        self.line = Line::Junk;
    }

    /// CR CR LF is one line end, so two carriage returns wait for what follows; with a third one, the first is a line end.
    fn take_carriage_return(&mut self) {
        if self.pending == 2 {
            self.pending = 1;
            self.end_line();
        }
        self.pending += 1;
    }

    fn take_line_feed(&mut self) {
        self.pending = 0;
        self.end_line();
    }

    fn end_lines(&mut self) {
        for _ in 0..std::mem::take(&mut self.pending) {
            self.end_line();
        }
    }

    fn end_line(&mut self) {
        if self.line == Line::Blank {
            self.kinds.insert(JunkKind::BlankLine);
        }
        self.line = Line::Blank;
        self.white.clear();
        self.lines += 1;
    }
}

/// The bytes from the first on that belongs to a segment; nothing where all are junk.
pub(super) fn skip(bytes: &[u8]) -> &[u8] {
    let mut junk = JunkReader::on_a_new_line(0);
    let length = junk.read(bytes);
    let start = length - junk.take_broken_mark().len();
    bytes.get(start..).unwrap_or_default()
}
