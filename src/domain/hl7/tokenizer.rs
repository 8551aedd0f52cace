//! Cuts a stream of bytes into segments. It is fed in chunks, cannot fail, and holds at most one segment.

use memchr::memchr3;

use super::{
    delimiters::Scopes,
    junk::{CR, CTRL_Z, END_BLOCK, Junk, JunkKind, JunkReader, LF, NUL},
    segment::{Segment, Terminator},
};

/// The longest segment that is kept. What is longer is cut here, marked, and the rest of it skipped.
pub const MAX_SEGMENT_BYTES: usize = 1 << 20;

/// What is known when the file is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ending {
    /// What stands after the last segment.
    pub junk: Option<Junk>,
    /// The length of the file.
    pub size_bytes: u64,
}

/// Cuts a stream of bytes into segments, whatever the bytes and however they are divided into chunks.
///
/// A segment ends with CR, LF, CR LF, CR CR LF, an MLLP end of block, or the end of the file. Byte order marks, MLLP framing,
/// NUL, Ctrl-Z, white space and blank lines before a segment are no part of it. Junk, segments and terminators, in their order,
/// are the whole file without a gap.
///
/// A segment that lies within one chunk is not copied. One that does not is collected in a buffer of at most
/// [`MAX_SEGMENT_BYTES`].
#[derive(Debug)]
pub struct Tokenizer {
    state: State,
    /// Offset of the next byte.
    position: u64,
    /// The line at hand, counted from 1.
    line: u64,
    /// What was skipped since the last segment.
    skipped: JunkReader,
    /// Where the segment at hand begins, and the junk before it.
    begun: (u64, Option<Junk>),
    /// White space before the segment at hand, on its line.
    indentation: Vec<u8>,
    /// Bytes of the segment at hand that came in earlier chunks.
    carry: Vec<u8>,
    scopes: Scopes,
}

#[derive(Debug, Clone, Copy)]
enum State {
    /// No segment has begun since the last one ended.
    Between,
    /// A segment has begun.
    Within,
    /// A segment has ended at this offset; what follows the carriage returns decides how.
    Ended { end: u64, held: Held },
}

/// Carriage returns after a segment, at the end of a chunk.
#[derive(Debug, Clone, Copy)]
enum Held {
    One,
    Two,
}

impl Default for Tokenizer {
    fn default() -> Self {
        Self::new()
    }
}

impl Tokenizer {
    /// A tokenizer at the beginning of a file.
    pub fn new() -> Self {
        Self {
            state: State::Between,
            position: 0,
            line: 1,
            skipped: JunkReader::on_a_new_line(0),
            begun: (0, None),
            indentation: Vec::new(),
            carry: Vec::new(),
            scopes: Scopes::default(),
        }
    }

    /// Reads the next chunk and hands each segment that is complete to `sink`.
    pub fn feed(&mut self, bytes: &[u8], sink: &mut impl FnMut(Segment<'_>)) {
        let mut rest = bytes;
        while !rest.is_empty() {
            rest = match self.state {
                State::Between => self.skip_junk(rest),
                State::Within => self.read_segment(rest, sink),
                State::Ended { end, held } => self.read_terminator(end, held, rest, sink),
            };
        }
    }

    /// Hands over the last segment, where the file ends without a terminator, and says what else stands at the end.
    ///
    /// NUL and Ctrl-Z at the end of a last segment without a terminator are junk.
    pub fn finish(mut self, sink: &mut impl FnMut(Segment<'_>)) -> Ending {
        if self.skipped.awaits_mark() {
            self.begin_segment();
        }
        match self.state {
            State::Between => {}
            State::Within => self.end_with_the_file(sink),
            State::Ended { end, held } => self.end_with_carriage_return(end, held, sink),
        }
        Ending {
            junk: self.skipped.close(self.position).0,
            size_bytes: self.position,
        }
    }

    fn skip_junk<'b>(&mut self, bytes: &'b [u8]) -> &'b [u8] {
        let (junk, rest) = bytes.split_at(self.skipped.read(bytes));
        self.position += junk.len() as u64;
        if !rest.is_empty() {
            self.begin_segment();
        }
        rest
    }

    fn begin_segment(&mut self) {
        let first_bytes = self.skipped.take_broken_mark();
        let start = self.position - first_bytes.len() as u64;
        let (junk, lines) = self.skipped.close(start);
        self.indentation = self.skipped.take_white();
        self.carry.extend_from_slice(first_bytes);
        self.line += lines;
        self.begun = (start, junk);
        self.state = State::Within;
    }

    fn read_segment<'b>(&mut self, bytes: &'b [u8], sink: &mut impl FnMut(Segment<'_>)) -> &'b [u8] {
        let length = memchr3(CR, LF, END_BLOCK, bytes).unwrap_or(bytes.len());
        let (body, after) = bytes.split_at(length);
        let end = self.position + body.len() as u64;
        if let Some((terminator, rest)) = Terminator::split_off(after) {
            if self.carry.is_empty() {
                self.hand_over(body, end, terminator, sink);
            } else {
                self.keep(body);
                self.hand_over_carry(end, terminator, sink);
            }
            return rest;
        }
        self.keep(body);
        self.position += bytes.len() as u64;
        match after.len() {
            0 => {}
            1 => self.state = State::Ended { end, held: Held::One },
            _ => self.state = State::Ended { end, held: Held::Two },
        }
        &[]
    }

    fn read_terminator<'b>(
        &mut self,
        end: u64,
        held: Held,
        bytes: &'b [u8],
        sink: &mut impl FnMut(Segment<'_>),
    ) -> &'b [u8] {
        match (held, bytes) {
            (Held::One, [LF, rest @ ..]) => {
                self.hand_over_carry(end, Terminator::CrLf, sink);
                rest
            }
            (Held::Two, [LF, rest @ ..]) => {
                self.hand_over_carry(end, Terminator::CrCrLf, sink);
                rest
            }
            (Held::One, [CR, rest @ ..]) => {
                self.position += 1;
                self.state = State::Ended { end, held: Held::Two };
                rest
            }
            (Held::One | Held::Two, _) => {
                self.end_with_carriage_return(end, held, sink);
                bytes
            }
        }
    }

    fn end_with_carriage_return(&mut self, end: u64, held: Held, sink: &mut impl FnMut(Segment<'_>)) {
        self.hand_over_carry(end, Terminator::Cr, sink);
        match held {
            Held::One => {}
            Held::Two => {
                self.skip_junk(&[CR]);
            }
        }
    }

    fn end_with_the_file(&mut self, sink: &mut impl FnMut(Segment<'_>)) {
        let size = self.position;
        let overlong = size - self.begun.0 > MAX_SEGMENT_BYTES as u64;
        let is_padding = |byte: &u8| matches!(*byte, NUL | CTRL_Z);
        let kept = self
            .carry
            .iter()
            .rposition(|byte| !is_padding(byte))
            .map_or(0, |at| at + 1);
        if overlong || kept == self.carry.len() {
            self.hand_over_carry(size, Terminator::EndOfFile, sink);
            return;
        }
        let padding = self.carry.split_off(kept);
        self.hand_over_carry(size - padding.len() as u64, Terminator::EndOfFile, sink);
        self.skip_junk(&padding);
    }

    /// Adds to the carry as much as it has room for.
    fn keep(&mut self, bytes: &[u8]) {
        let room = MAX_SEGMENT_BYTES.saturating_sub(self.carry.len());
        self.carry.extend_from_slice(bytes.get(..room).unwrap_or(bytes));
    }

    fn hand_over_carry(&mut self, end: u64, terminator: Terminator, sink: &mut impl FnMut(Segment<'_>)) {
        let mut carry = std::mem::take(&mut self.carry);
        self.hand_over(&carry, end, terminator, sink);
        carry.clear();
        self.carry = carry;
    }

    fn hand_over(&mut self, body: &[u8], end: u64, terminator: Terminator, sink: &mut impl FnMut(Segment<'_>)) {
        let bytes = body.get(..MAX_SEGMENT_BYTES).unwrap_or(body);
        let (start, junk) = self.begun;
        sink(Segment {
            bytes,
            start,
            end,
            line: self.line,
            terminator,
            delimiters: self.scopes.enter(bytes),
            junk,
            indentation: &self.indentation,
        });
        self.line += terminator.lines();
        self.position = end + terminator.len_bytes();
        self.skipped = match terminator {
            Terminator::EndBlock => JunkReader::within_a_line(self.position, JunkKind::Mllp),
            Terminator::Cr | Terminator::Lf | Terminator::CrLf | Terminator::CrCrLf | Terminator::EndOfFile => {
                JunkReader::on_a_new_line(self.position)
            }
        };
        self.state = State::Between;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One segment as `line@start name ending`, after the kinds of junk before it.
    fn describe(segment: Segment<'_>) -> String {
        let junk: String = segment
            .junk()
            .map(|junk| format!("{} ", describe_junk(junk)))
            .unwrap_or_default();
        let bytes = String::from_utf8_lossy(segment.bytes());
        format!(
            "{junk}{}@{} {bytes} {:?}",
            segment.line(),
            segment.range().start,
            segment.terminator()
        )
    }

    fn describe_junk(junk: Junk) -> String {
        let kinds: Vec<_> = junk.kinds().iter().map(|kind| format!("{kind:?}")).collect();
        format!("[{}..{} {}]", junk.range().start, junk.range().end, kinds.join("+"))
    }

    /// Checks the segments, and the junk at the end, with the text in one chunk and byte by byte.
    #[track_caller]
    fn check(text: impl AsRef<[u8]>, expected: &[&str]) {
        let bytes = text.as_ref();
        for chunk_size in [bytes.len().max(1), 1, 2, 3] {
            let mut seen = Vec::new();
            let mut tokenizer = Tokenizer::new();
            for chunk in bytes.chunks(chunk_size) {
                tokenizer.feed(chunk, &mut |segment| seen.push(describe(segment)));
            }
            let ending = tokenizer.finish(&mut |segment| seen.push(describe(segment)));
            seen.extend(ending.junk.map(describe_junk));
            assert_eq!(seen, expected, "in chunks of {chunk_size}");
            assert_eq!(ending.size_bytes, bytes.len() as u64);
        }
    }

    #[test]
    fn every_kind_of_line_end_ends_one_line() {
        check(
            "A|1\rB|2\nC|3\r\nD|4\r\r\nE|5",
            &[
                "1@0 A|1 Cr",
                "2@4 B|2 Lf",
                "3@8 C|3 CrLf",
                "4@13 D|4 CrCrLf",
                "5@19 E|5 EndOfFile",
            ],
        );
    }

    #[test]
    fn blank_lines_are_counted_and_skipped() {
        check("A\r\rB\r", &["1@0 A Cr", "[2..3 BlankLine] 3@3 B Cr"]);
        check(
            "A\n\nB\n\n",
            &["1@0 A Lf", "[2..3 BlankLine] 3@3 B Lf", "[5..6 BlankLine]"],
        );
        check("A\r\n\r\nB", &["1@0 A CrLf", "[3..5 BlankLine] 3@5 B EndOfFile"]);
        check("A\r\r\n\r\r\nB", &["1@0 A CrCrLf", "[4..7 BlankLine] 3@7 B EndOfFile"]);
        check("A\r\r\r\nB", &["1@0 A Cr", "[2..5 BlankLine] 3@5 B EndOfFile"]);
        check("A\r\r\r\r\nB", &["1@0 A Cr", "[2..6 BlankLine] 4@6 B EndOfFile"]);
        check("A\r\r\r\rB", &["1@0 A Cr", "[2..5 BlankLine] 5@5 B EndOfFile"]);
        check("A\r\r", &["1@0 A Cr", "[2..3 BlankLine]"]);
        check(
            "A\r \t\rB",
            &["1@0 A Cr", "[2..5 WhiteSpace+BlankLine] 3@5 B EndOfFile"],
        );
    }

    #[test]
    fn a_file_without_a_segment_has_junk_at_most() {
        check("", &[]);
        check("\r\n", &["[0..2 BlankLine]"]);
        check([0_u8; 5], &["[0..5 Nul]"]);
        check("\u{FEFF}", &["[0..3 ByteOrderMark]"]);
    }

    #[test]
    fn framing_is_skipped_and_named() {
        check("\u{FEFF}A\r", &["[0..3 ByteOrderMark] 1@3 A Cr"]);
        check(
            "\u{B}A\rB\r\u{1C}\r\u{B}C\r\u{1C}\r",
            &[
                "[0..1 Mllp] 1@1 A Cr",
                "2@3 B Cr",
                "[5..8 Mllp] 4@8 C Cr",
                "[10..12 Mllp]",
            ],
        );
        check(
            "A\u{1C}\r\u{B}C\u{1C}\u{B}D",
            &[
                "1@0 A EndBlock",
                "[2..4 Mllp] 2@4 C EndBlock",
                "[6..7 Mllp] 2@7 D EndOfFile",
            ],
        );
        check("A\r  \tB\r", &["1@0 A Cr", "[2..5 WhiteSpace] 2@5 B Cr"]);
        check("A\r\u{1A}", &["1@0 A Cr", "[2..3 CtrlZ]"]);
    }

    #[test]
    fn a_segment_knows_the_white_space_before_it_on_its_line() {
        let text = "A\r \t\r \u{C}B\rC\u{1C} \0\tD";
        for chunk_bytes in [1, 2, 100] {
            let mut seen = Vec::new();
            let mut tokenizer = Tokenizer::new();
            let mut look = |segment: Segment<'_>| seen.push(segment.indentation().to_vec());
            for chunk in text.as_bytes().chunks(chunk_bytes) {
                tokenizer.feed(chunk, &mut look);
            }
            tokenizer.finish(&mut look);
            assert_eq!(seen, [&b""[..], b" \x0C", b"", b" \t"]);
        }
    }

    #[test]
    fn padding_after_an_open_last_segment_is_no_part_of_it() {
        check("A|x\0\0\u{1A}\0", &["1@0 A|x EndOfFile", "[3..7 Nul+CtrlZ]"]);
        check("A|x\0\r", &["1@0 A|x\0 Cr"]);
    }

    #[test]
    fn half_a_byte_order_mark_belongs_to_the_segment() {
        check(b"\xEF\xBBA\r", &["1@0 \u{FFFD}A Cr"]);
        check(b"\xEF\r", &["1@0 \u{FFFD} Cr"]);
        check(b"A\r\xEF\xBB", &["1@0 A Cr", "2@2 \u{FFFD} EndOfFile"]);
        check(b"\xEF\xEF\xBB\xBFA", &["1@0 \u{FFFD}\u{FEFF}A EndOfFile"]);
    }

    #[test]
    fn memory_does_not_grow_with_a_segment_without_end() {
        let mut tokenizer = Tokenizer::new();
        let chunk = vec![b'x'; 100_000];
        for _ in 0..100 {
            tokenizer.feed(&chunk, &mut |_| panic!("it does not end"));
            assert!(tokenizer.carry.capacity() <= 2 * MAX_SEGMENT_BYTES);
        }
    }
}
