//! Which facilities a file names: whose clinic's it is.

use super::{part::Part, segment::Segment, shown::shown};

/// How many facilities of one file are told apart. A clinic has a few; a file with more is not one clinic's.
pub const MAX_FACILITIES: usize = 50;
/// The longest name of a facility, in characters. An identifier has a dozen.
pub const MAX_NAME_CHARS: usize = 100;

/// The facilities that a file names: who sends it, and where its doses were given.
///
/// * MSH-4 of every message: the namespace (component 1), or else the universal id (component 2).
/// * RXA-11 of what the sender itself recorded, RXA-9 `00`: the facility (component 4, its namespace, or else its universal id), or
///   where that is empty component 1. Senders in Texas write the organization's number into either of the two.
///
/// A dose that somebody else gave (RXA-9 `01` to `08`) names that other provider in RXA-11, as it should: a child who has moved
/// here brings a history from three clinics, and the file is this clinic's all the same. Where RXA-9 is empty nobody can tell, and
/// the dose is left out; its message still has MSH-4.
///
/// Source: national guide 1.5, MSH-4 (HD), RXA-9 (NIP001) and RXA-11 (LA2); practice of senders in Texas.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Facilities {
    /// Each once, in the order in which they come. At most [`MAX_FACILITIES`], each at most [`MAX_NAME_CHARS`] long and without a
    /// control character. Names that differ in capitals only are the same.
    pub names: Vec<String>,
    /// Whether the file names others that are not among them: too many, or with names that are too long.
    pub has_more: bool,
}

impl Facilities {
    /// Whether this name is among them.
    pub fn has(&self, name: &str) -> bool {
        self.has_bytes(name.as_bytes())
    }

    /// Those that are not among the `known` ones of an account, and whether there are others that could not be compared; `None`
    /// where that is nothing. An account of which nothing is known has no strangers: its first file teaches.
    pub fn strangers(&self, known: &[String]) -> Option<Self> {
        let is_known = |name: &&String| known.iter().any(|known| known.eq_ignore_ascii_case(name));
        let names: Vec<String> = self.names.iter().filter(|name| !is_known(name)).cloned().collect();
        let is_strange = !known.is_empty() && (self.has_more || !names.is_empty());
        is_strange.then_some(Self {
            names,
            has_more: self.has_more,
        })
    }

    /// Takes MSH-4.
    pub(super) fn add_sender(&mut self, header: Segment<'_>) {
        let Some(field) = header.field(4) else { return };
        self.add_first([1, 2].map(|number| field.component(number)));
    }

    /// Takes RXA-11, where RXA-9 says that the sender gave the dose.
    pub(super) fn add_place_of_dose(&mut self, dose: Segment<'_>) {
        let is_new = dose
            .field(9)
            .is_some_and(|source| source.first().first().value() == b"00");
        let Some(place) = dose.field(11).filter(|_| is_new) else {
            return;
        };
        let part = |component, number| place.component(component)?.subcomponent(number);
        self.add_first([part(4, 1), part(4, 2), part(1, 1)]);
    }

    /// Takes the first of these parts in which something stands.
    fn add_first<const N: usize, Level>(&mut self, parts: [Option<Part<'_, Level>>; N]) {
        let mut filled = parts.into_iter().flatten().filter(|part| !part.value().is_empty());
        let Some(part) = filled.next() else { return };
        let bytes = part.unescaped();
        // A file names the same few again and again.
        if self.has_bytes(bytes.trim_ascii()) {
            return;
        }
        let Some(name) = shown(&bytes, MAX_NAME_CHARS + 1).filter(|name| !self.has(name)) else {
            return;
        };
        if self.names.len() < MAX_FACILITIES && name.chars().count() <= MAX_NAME_CHARS {
            self.names.push(name);
        } else {
            self.has_more = true;
        }
    }

    fn has_bytes(&self, bytes: &[u8]) -> bool {
        self.names
            .iter()
            .any(|name| name.as_bytes().eq_ignore_ascii_case(bytes))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::hl7::Tokenizer;

    /// Of a header with this MSH-4, and a dose for each of these RXA-9 and RXA-11.
    fn facilities(sender: &str, doses: &[(&str, &str)]) -> Facilities {
        let mut facilities = Facilities::default();
        let dose =
            |(source, place): &(&str, &str)| format!("RXA|0|1|20261119||08^HepB^CVX|0.5|mL||{source}||{place}\r");
        let doses: String = doses.iter().map(dose).collect();
        let text = format!("MSH|^~\\&|EHR|{sender}|\rPID|1\r{doses}");
        let mut tokenizer = Tokenizer::new();
        let mut add = |segment: Segment<'_>| {
            if segment.is_named(*b"MSH") {
                facilities.add_sender(segment);
            } else if segment.is_named(*b"RXA") {
                facilities.add_place_of_dose(segment);
            }
        };
        tokenizer.feed(text.as_bytes(), &mut add);
        tokenizer.finish(&mut add);
        facilities
    }

    #[track_caller]
    fn check(sender: &str, doses: &[(&str, &str)], expected: &[&str]) {
        let found = facilities(sender, doses);
        assert_eq!(
            (found.names, found.has_more),
            (expected.iter().map(ToString::to_string).collect(), false)
        );
    }

    #[test]
    fn a_sender_is_named_by_its_namespace_or_else_by_its_universal_id() {
        check("1100100033^2.16.840.1.113883.9^ISO", &[], &["1100100033"]);
        check("^2.16.840.1.113883.9^ISO", &[], &["2.16.840.1.113883.9"]);
        check("\"\"^2.16.840.1.113883.9", &[], &["2.16.840.1.113883.9"]);
        check("", &[], &[]);
        check("^^", &[], &[]);
    }

    #[test]
    fn a_dose_given_here_names_its_facility_in_component_4_or_1() {
        check("", &[("00^New^NIP001", "^^^1100100033")], &["1100100033"]);
        check("", &[("00", "1100100033")], &["1100100033"]);
        check("", &[("00", "Room 2^^^1100100033&2.16&ISO^^CL")], &["1100100033"]);
        check("", &[("00", "Main Street^^^&1100100033&ISO")], &["1100100033"]);
        check("", &[("00", "")], &[]);
    }

    #[test]
    fn who_gave_a_dose_of_the_past_is_not_who_sends_the_file() {
        for source in ["01^Historical^NIP001", "08", "", "\"\""] {
            check("1100100033", &[(source, "^^^1117823000")], &["1100100033"]);
        }
    }

    #[test]
    fn each_facility_is_named_once_whatever_its_capitals_and_spaces() {
        let doses = [
            ("00", "^^^main street "),
            ("00", "Main Street"),
            ("00", "^^^MAIN STREET"),
            ("00", "North\\T\\South"),
        ];
        check("Main Street", &doses, &["Main Street", "North&South"]);
    }

    #[test]
    fn strangers_are_those_that_a_taught_account_does_not_know() {
        let of = |names: &[&str]| names.iter().map(ToString::to_string).collect::<Vec<_>>();
        let file = |names: &[&str], has_more| Facilities {
            names: of(names),
            has_more,
        };
        let known = of(&["1100100033", "Main Street"]);
        assert_eq!(file(&["MAIN STREET", "1100100033"], false).strangers(&known), None);
        assert_eq!(file(&[], false).strangers(&known), None);
        let strange = file(&["1117823000", "main street"], false).strangers(&known);
        assert_eq!(strange, Some(file(&["1117823000"], false)));
        assert_eq!(file(&["Main Street"], true).strangers(&known), Some(file(&[], true)));
        assert_eq!(
            file(&["1117823000"], true).strangers(&[]),
            None,
            "nothing was learned yet"
        );
    }

    #[test]
    fn a_name_is_harmless_and_one_that_is_too_long_is_said_to_be_there() {
        check("A\u{7}\\X1B\\B\u{202E}C", &[], &["ABC"]);
        check(&"9".repeat(MAX_NAME_CHARS), &[], &[&"9".repeat(MAX_NAME_CHARS)]);
        let long = facilities(&"9".repeat(MAX_NAME_CHARS + 1), &[("00", "1100100033")]);
        assert_eq!((long.names, long.has_more), (vec!["1100100033".to_owned()], true));
    }

    #[test]
    fn more_facilities_than_a_clinic_has_are_not_kept_and_are_said_to_be_there() {
        let places: Vec<String> = (0..=MAX_FACILITIES).map(|number| format!("^^^F{number}")).collect();
        let mut doses: Vec<(&str, &str)> = places.iter().map(|place| ("00", place.as_str())).collect();
        let too_many = facilities("", &doses);
        assert_eq!((too_many.names.len(), too_many.has_more), (MAX_FACILITIES, true));
        doses.pop();
        doses.push(("00", "^^^F0"));
        let as_many = facilities("", &doses);
        assert_eq!((as_many.names.len(), as_many.has_more), (MAX_FACILITIES, false));
    }
}
