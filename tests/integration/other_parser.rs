//! The same values at every path as another parser, `hl7-parser`, finds in clean messages.

use std::{fs, path::Path};

use dropoff::domain::hl7::{Delimiters, Segment, Tokenizer};
use hl7_parser::Message;
use proptest::prelude::*;

use crate::corpus::{corpus, manifest};

/// A value, and where it is: the segment's place and name, the field, the repetition, the component, the subcomponent.
type Value = (usize, String, [usize; 4], String);

fn tokenize(text: &[u8], mut sink: impl FnMut(Segment<'_>)) {
    let mut tokenizer = Tokenizer::new();
    tokenizer.feed(text, &mut sink);
    tokenizer.finish(&mut sink);
}

/// The values that our tokenizer finds in a message, and how many fields each segment has.
fn ours(message: &str) -> (Vec<Value>, Vec<usize>) {
    let (mut values, mut counts) = (Vec::new(), Vec::new());
    tokenize(message.as_bytes(), |segment| {
        let (place, name) = (counts.len(), String::from_utf8_lossy(segment.name()).into_owned());
        counts.push(segment.fields().count());
        for field in segment.fields() {
            for repetition in field.repetitions() {
                for component in repetition.components() {
                    for below in component.subcomponents() {
                        let path = [field.number(), repetition.number(), component.number(), below.number()];
                        let value = String::from_utf8_lossy(below.bytes()).into_owned();
                        values.push((place, name.clone(), path, value));
                    }
                }
            }
        }
    });
    values.retain(|(_, _, _, value)| !value.is_empty());
    (values, counts)
}

/// The values that the other parser finds, and how many fields each segment has.
fn theirs(message: &str) -> (Vec<Value>, Vec<usize>) {
    let message = Message::parse(message).unwrap();
    let (mut values, mut counts) = (Vec::new(), Vec::new());
    for (place, segment) in message.segments().enumerate() {
        counts.push(segment.fields().count());
        for (field, number) in segment.fields().zip(1..) {
            for (repetition, again) in field.repeats().zip(1..) {
                for (component, part) in repetition.components().zip(1..) {
                    for (value, below) in component.subcomponents().zip(1..) {
                        let value = value.raw_value().to_owned();
                        values.push((place, segment.name.to_owned(), [number, again, part, below], value));
                    }
                }
            }
        }
    }
    values.retain(|(_, _, _, value)| !value.is_empty());
    (values, counts)
}

/// The messages of a file that are clean: UTF-8, of segments only, split by the usual characters.
fn clean_messages(bytes: &[u8]) -> Vec<String> {
    let mut messages: Vec<Option<String>> = Vec::new();
    tokenize(bytes, |segment| {
        if segment.is_named(*b"MSH") {
            // A fifth character is of HL7 2.7, which the other parser does not know.
            messages.push(segment.bytes().starts_with(b"MSH|^~\\&|").then(String::new));
        }
        let Some(message) = messages.last_mut() else { return };
        let is_clean = segment.standard_name().is_some()
            && segment.bytes().len() > 4
            && segment.delimiters() == Delimiters::default()
            && !segment.bytes().iter().any(u8::is_ascii_control);
        let text = std::str::from_utf8(segment.bytes()).ok().filter(|_| is_clean);
        *message = message.take().zip(text).map(|(message, text)| message + text + "\r");
    });
    messages.into_iter().flatten().collect()
}

#[test]
fn the_clean_messages_of_the_corpus_have_the_same_values_at_every_path() {
    let Some(folder) = corpus() else { return };
    let (mut messages, mut values) = (0, 0);
    for (path, _) in manifest(&folder) {
        for message in clean_messages(&read(&path)) {
            let found = ours(&message);
            assert_eq!(found, theirs(&message), "{}", path.display());
            messages += 1;
            values += found.0.len();
        }
    }
    assert!(
        messages > 1000 && values > 50_000,
        "{messages} messages, {values} values"
    );
}

fn read(path: &Path) -> Vec<u8> {
    fs::read(path).unwrap()
}

#[test]
fn the_sample_has_the_same_values_at_every_path() {
    let messages = clean_messages(include_bytes!("../../assets/samples/good-12-patients.hl7"));
    assert_eq!(messages.len(), 12);
    for message in messages {
        assert_eq!(ours(&message), theirs(&message));
    }
}

/// Text with the characters that split it, and none that ends a line. `|` becomes the message's own separator.
fn text() -> impl Strategy<Value = String> {
    let letters = prop::sample::select(vec!["a", "Ñ", "\\T\\", "\\X0D\\", "\"\"", " ", "7", ".", "'"]);
    let marks = prop::sample::select(vec!["|", "^", "~", "&"]);
    let piece = prop_oneof![3 => letters, 2 => marks];
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

fn segments() -> impl Strategy<Value = Vec<String>> {
    let name = prop::sample::select(vec!["PID", "PD1", "NK1", "ORC", "RXA", "OBX", "ZX1"]);
    prop::collection::vec((name, text()).prop_map(|(name, text)| format!("{name}|{text}")), 0..8)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn generated_messages_have_the_same_values_at_every_path(header in text(), segments in segments()) {
        let usual = format!("MSH|^~\\&|{header}\r{}\r", segments.join("\r"));
        let others = usual
            .replace('|', "#")
            .replace('^', "!")
            .replace('~', "%")
            .replace('\\', "$")
            .replace('&', "+");
        for message in [usual, others] {
            let message = message.trim_end_matches('\r').to_owned() + "\r";
            prop_assert_eq!(ours(&message), theirs(&message));
        }
    }
}
