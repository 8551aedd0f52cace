//! The little that the pretend registry understands of HL7. It plays another program, so it does not lean on this one's tokenizer.

/// The messages of a file.
pub(super) struct Messages<'a> {
    pub(super) messages: Vec<Message<'a>>,
    /// An envelope was opened and not closed.
    pub(super) is_cut_off: bool,
}

/// One message: the segments from one `MSH` to the next.
pub(super) struct Message<'a> {
    separators: Separators,
    segments: Vec<&'a [u8]>,
}

/// A segment of a message.
pub(super) struct Segment<'a> {
    separators: Separators,
    bytes: &'a [u8],
}

#[derive(Clone, Copy)]
struct Separators {
    field: u8,
    component: u8,
}

/// Splits a file into messages. What stands outside of messages and is no envelope is passed over.
pub(super) fn split_messages(file: &[u8]) -> Messages<'_> {
    let mut messages: Vec<Message<'_>> = Vec::new();
    let mut open_envelopes = 0_i64;
    for line in file.split(|byte| matches!(byte, b'\r' | b'\n')) {
        let segment = line.trim_ascii_start();
        match segment.get(..3) {
            Some(b"FHS" | b"BHS") => open_envelopes += 1,
            Some(b"FTS" | b"BTS") => open_envelopes -= 1,
            Some(b"MSH") => messages.extend(Message::begin(segment)),
            Some(_) => {
                if let Some(message) = messages.last_mut() {
                    message.segments.push(segment);
                }
            }
            None => {}
        }
    }
    Messages {
        messages,
        is_cut_off: open_envelopes > 0,
    }
}

impl<'a> Message<'a> {
    fn begin(header: &'a [u8]) -> Option<Self> {
        let separators = Separators {
            field: *header.get(3)?,
            component: *header.get(4)?,
        };
        Some(Self {
            separators,
            segments: vec![header],
        })
    }

    /// All segments of this name.
    pub(super) fn segments(&self, name: [u8; 3]) -> impl Iterator<Item = Segment<'a>> {
        self.segments
            .iter()
            .filter(move |segment| segment.starts_with(&name))
            .map(|bytes| Segment {
                separators: self.separators,
                bytes,
            })
    }

    /// The first segment of this name.
    pub(super) fn segment(&self, name: [u8; 3]) -> Option<Segment<'a>> {
        self.segments(name).next()
    }

    /// A field of the header, from MSH-3 on.
    pub(super) fn header(&self, number: usize) -> &'a [u8] {
        // MSH-1 is the separator itself, so everything behind it stands one place earlier.
        self.segment(*b"MSH")
            .map_or(b"", |header| header.field(number.saturating_sub(1)))
    }

    /// A component of a field of the header, from MSH-3 on.
    pub(super) fn header_component(&self, number: usize, component: usize) -> &'a [u8] {
        self.segment(*b"MSH")
            .map_or(b"", |header| header.component(number.saturating_sub(1), component))
    }
}

impl<'a> Segment<'a> {
    /// A field, counted from 1; empty when it is not there.
    pub(super) fn field(&self, number: usize) -> &'a [u8] {
        let separator = self.separators.field;
        self.bytes
            .split(|byte| *byte == separator)
            .nth(number)
            .unwrap_or_default()
    }

    /// A component of the first repetition of a field, both counted from 1; empty when it is not there.
    pub(super) fn component(&self, field: usize, component: usize) -> &'a [u8] {
        let separator = self.separators.component;
        self.field(field)
            .split(|byte| *byte == separator)
            .nth(component.saturating_sub(1))
            .unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_found_with_the_separators_that_the_message_declares() {
        let split = split_messages(b"MSH#*~\\&#EHR#A*B\nPID#1##77");
        let message = &split.messages[0];
        assert_eq!(message.header(3), b"EHR");
        assert_eq!(message.header_component(4, 2), b"B");
        assert_eq!(message.segment(*b"PID").unwrap().field(3), b"77");
        assert_eq!(message.segment(*b"PID").unwrap().field(9), b"");
        assert!(message.segment(*b"NK1").is_none());
    }

    #[test]
    fn an_envelope_that_is_not_closed_shows_that_the_file_was_cut_off() {
        assert!(split_messages(b"FHS|\rBHS|\rMSH|^~\\&|\rBTS|1").is_cut_off);
        assert!(!split_messages(b"FHS|\rBHS|\rMSH|^~\\&|\rBTS|1\rFTS|1").is_cut_off);
        assert!(!split_messages(b"MSH|^~\\&|").is_cut_off);
    }

    #[test]
    fn any_bytes_are_split_without_a_panic() {
        for bytes in [
            &b""[..],
            b"MSH",
            b"MSH|",
            b"\r\r\n",
            b"\xff\xfe\x00",
            b"PID|1\rMSH|^\rZZ",
        ] {
            let split = split_messages(bytes);
            for message in &split.messages {
                assert!(message.header(99).is_empty());
            }
        }
    }
}
