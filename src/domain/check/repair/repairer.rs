//! Writes the repaired copy of a file, while it is read.

use memchr::memchr_iter;

use crate::domain::{
    check::{
        Rule,
        file::{Declared, FileRule},
        input::{Input, Letters},
        repair::{Envelope, Made, Plan, Refusal, Repair, letters::LettersOfMessage},
    },
    hl7::{ContentKind, Junk, JunkKind, MAX_SEGMENT_BYTES, Segment, SegmentName, Terminator, Tokenizer},
};

/// What ends a segment.
const CR: u8 = b'\r';
/// Until its end, a header of the envelope says the same as that of a message: the delimiters, and from whom to whom.
const SAME_FIELDS: usize = 6;

/// Repairs one file, fed in chunks of any size; the copy has the same bytes whatever they are.
///
/// Once it refuses, it writes nothing more: what it wrote until then is no copy. A file that is not HL7 has none either.
pub struct Repairer {
    input: Input,
    tokenizer: Tokenizer,
    writer: Writer,
}

/// What is written, and what was changed.
struct Writer {
    envelope: Envelope,
    made: Made,
    refusal: Option<Refusal>,
    /// Messages so far.
    messages: u64,
    /// Between two segments of the envelope, what the message at hand is written in.
    letters: Option<LettersOfMessage>,
    /// How the segment before ended.
    before: Terminator,
    /// What separates fields in the envelope that is put around.
    separator: u8,
}

impl Repairer {
    /// A repairer at the beginning of the file for which this plan was made.
    pub fn new(plan: Plan) -> Self {
        Self {
            input: Input::as_utf8(),
            tokenizer: Tokenizer::new(),
            writer: Writer {
                envelope: plan.envelope,
                made: Made::default(),
                refusal: None,
                messages: 0,
                letters: None,
                before: Terminator::Cr,
                separator: b'|',
            },
        }
    }

    /// Reads the next chunk and writes what is complete.
    pub fn feed(&mut self, bytes: &[u8], sink: &mut impl FnMut(&[u8])) {
        let Self {
            input,
            tokenizer,
            writer,
        } = self;
        input.feed(bytes, &mut |text, letters| {
            tokenizer.feed(text, &mut |segment| writer.write(segment, letters, sink));
        });
    }

    /// Writes what was kept back, and says what was changed; or why this is no copy.
    pub fn finish(self, sink: &mut impl FnMut(&[u8])) -> Result<Made, Refusal> {
        let Self {
            input,
            mut tokenizer,
            mut writer,
        } = self;
        let ended = input.finish(&mut |text, letters| {
            tokenizer.feed(text, &mut |segment| writer.write(segment, letters, sink));
        });
        let letters = if ended.kind == ContentKind::Hl7Utf16 {
            Letters::Decoded
        } else {
            Letters::AsTheyAre
        };
        let ending = tokenizer.finish(&mut |segment| writer.write(segment, letters, sink));
        if !ended.kind.is_hl7() {
            return Ok(Made::default());
        }
        if !ended.is_whole {
            return Err(Refusal::UnknownLetters);
        }
        if letters == Letters::Decoded {
            writer.made += (Repair::Utf16, 1);
        }
        writer.end(ending.junk, sink)
    }
}

impl Writer {
    fn write(&mut self, segment: Segment<'_>, letters: Letters, sink: &mut impl FnMut(&[u8])) {
        if self.refusal.is_none()
            && let Err(refusal) = self.try_to_write(segment, letters, sink)
        {
            self.refusal = Some(refusal);
        }
    }

    fn try_to_write(
        &mut self,
        segment: Segment<'_>,
        letters: Letters,
        sink: &mut impl FnMut(&[u8]),
    ) -> Result<(), Refusal> {
        let name = segment.standard_name();
        if segment.is_overlong() || segment.indentation().len() >= MAX_SEGMENT_BYTES {
            return Err(Refusal::Finding(FileRule::Overlong.into()));
        }
        self.leave_out(&segment, name)?;
        match name.as_ref().map(SegmentName::bytes) {
            Some(b"MSH") => self.letters = Some(LettersOfMessage::of(Declared::by(&segment))),
            Some(b"FHS" | b"BHS" | b"BTS" | b"FTS") => self.letters = None,
            _ => {}
        }
        let text = match (letters, &mut self.letters) {
            _ if segment.bytes().is_ascii() => segment.bytes().into(),
            // Nothing says what the letters of an envelope are, and no rule asks.
            (_, None) => segment.bytes().into(),
            (Letters::AsTheyAre | Letters::Narrowed, Some(message)) => {
                let (text, count) = message.repair(segment.bytes())?;
                self.made += (Repair::Windows1252, count);
                text
            }
            (Letters::Decoded, Some(message)) => message.write(segment.bytes())?,
        };
        if name.is_some_and(|name| name.bytes() == b"MSH") {
            if self.messages == 0 && self.envelope == Envelope::Added {
                self.open_envelope(&text, sink);
            }
            self.messages += 1;
        }
        sink(segment.indentation());
        sink(&text);
        sink(&[CR]);
        Ok(())
    }

    /// Takes note of what stands before and after a segment and does not go into the copy.
    fn leave_out(&mut self, segment: &Segment<'_>, name: Option<SegmentName>) -> Result<(), Refusal> {
        let before = std::mem::replace(&mut self.before, segment.terminator());
        let is_changed = match before {
            Terminator::Cr => segment.junk().is_some_and(|junk| self.note(junk)),
            Terminator::Lf | Terminator::CrLf | Terminator::CrCrLf | Terminator::EndBlock | Terminator::EndOfFile => {
                segment.junk().map(|junk| self.note(junk));
                true
            }
        };
        if is_changed && !is_surely_a_segment(segment, name) {
            return Err(Refusal::Finding(Rule::from(FileRule::BrokenLine)));
        }
        match segment.terminator() {
            Terminator::Cr => {}
            Terminator::Lf | Terminator::CrLf | Terminator::CrCrLf => self.made += (Repair::LineEnds, 1),
            Terminator::EndBlock => self.made += (Repair::Framing, 1),
            Terminator::EndOfFile => self.made += (Repair::FinalLineEnd, 1),
        }
        Ok(())
    }

    /// Counts what is left out of this junk: whether anything is.
    fn note(&mut self, junk: Junk) -> bool {
        let mut is_anything = false;
        for repair in junk.kinds().iter().filter_map(Repair::of_junk) {
            self.made += (repair, 1);
            is_anything = true;
        }
        is_anything
    }

    fn open_envelope(&mut self, header: &[u8], sink: &mut impl FnMut(&[u8])) {
        self.separator = header.get(3).copied().unwrap_or(self.separator);
        let end = memchr_iter(self.separator, header).nth(SAME_FIELDS - 1);
        let fields = header.get(3..end.unwrap_or(header.len())).unwrap_or_default();
        for name in [b"FHS", b"BHS"] {
            sink(name);
            sink(fields);
            sink(&[CR]);
        }
        self.made += (Repair::Envelope, 1);
    }

    fn end(mut self, after: Option<Junk>, sink: &mut impl FnMut(&[u8])) -> Result<Made, Refusal> {
        if let Some(junk) = after {
            self.note(junk);
            if junk.ends_with_white_space() && !junk.kinds().contains(JunkKind::BlankLine) {
                self.made += (Repair::BlankLines, 1);
            }
        }
        if let Some(refusal) = self.refusal {
            return Err(refusal);
        }
        if self.messages > 0 && self.envelope == Envelope::Added {
            let separator = char::from(self.separator);
            sink(format!("BTS{separator}{}\rFTS{separator}1\r", self.messages).as_bytes());
        }
        Ok(self.made)
    }
}

/// Whether a line is a segment, so that the line end before it is one. A name alone may be a word of a text.
fn is_surely_a_segment(segment: &Segment<'_>, name: Option<SegmentName>) -> bool {
    let is_more_than_a_name = segment.bytes().len() > 3;
    name.is_some_and(|name| is_more_than_a_name || matches!(name.bytes(), b"BTS" | b"FTS"))
}
