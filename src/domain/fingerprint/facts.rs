//! What a file says about whom: the facts of which fingerprints are made.

#[cfg(test)]
mod tests;

use std::{borrow::Cow, collections::HashMap, fmt, hash};

use zeroize::{Zeroize, Zeroizing};

use crate::domain::hl7::{Part, Segment, Tokenizer};

/// How many vaccinations of a file are looked at.
pub const MAX_VACCINATIONS: usize = 200_000;

/// The longest value that makes a difference, in characters.
const MAX_CHARS: usize = 80;

/// Reads a file in chunks and collects its facts. What it holds grows with the vaccinations, not with the file.
///
/// A fact is `patient \0 vaccine code \0 date`. The patient is the first id of PID-3 with its assigning authority, and the last name,
/// the first name (PID-5) and the birth date (PID-7). The id alone would not do: two clinics, or two systems of one, give
/// the same number to different people. So somebody whose name was corrected is somebody else here, and their vaccinations count as
/// new, as they should: the registry has not seen the correction. Without an id the other three must be there; whoever has neither is
/// counted and never known again. Values are compared without their case, spaces around them, and the letters' encoding.
///
/// The vaccine is RXA-5's first component, or its fourth where that is empty; the date is the day of RXA-3. Times, control ids, lot numbers
/// and everything else of a message make no difference. What was not given (RXA-20 `RE` or `NA`, vaccine 998) is no fact. A
/// deletion (RXA-21 `D`) is a fact of its own, with `\0D` at the end: it does not repeat what it deletes. Source: the national
/// implementation guide, release 1.5, profile Z22.
pub struct Facts {
    tokenizer: Tokenizer,
    found: Found,
}

/// The facts of a file.
#[derive(Debug)]
pub struct FileFacts {
    /// Whoever has a vaccination, in the order in which they come. Somebody in several messages is one patient.
    pub patients: Vec<PatientFacts>,
    /// Whether that is everybody.
    pub reach: Reach,
}

/// How much of a file was looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// All of it.
    WholeFile,
    /// Its first [`MAX_VACCINATIONS`] vaccinations: it has more.
    Beginning,
}

/// The facts about one patient. Their memory is wiped when they are dropped, and `Debug` shows their number only.
pub struct PatientFacts {
    /// Each once, sorted; none where the patient cannot be told from others.
    pub facts: Vec<Vec<u8>>,
}

impl Drop for PatientFacts {
    fn drop(&mut self) {
        self.facts.zeroize();
    }
}

impl fmt::Debug for PatientFacts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PatientFacts({})", self.facts.len())
    }
}

impl Default for Facts {
    fn default() -> Self {
        Self::new()
    }
}

impl Facts {
    /// At the beginning of a file.
    pub fn new() -> Self {
        Self {
            tokenizer: Tokenizer::new(),
            found: Found {
                patients: Vec::new(),
                places: HashMap::new(),
                current: Current::Nobody,
                vaccinations: 0,
                reach: Reach::WholeFile,
            },
        }
    }

    /// Reads the next chunk.
    pub fn feed(&mut self, bytes: &[u8]) {
        let found = &mut self.found;
        if found.reach == Reach::WholeFile {
            self.tokenizer.feed(bytes, &mut |segment| found.add(segment));
        }
    }

    /// The facts of the whole file.
    pub fn finish(self) -> FileFacts {
        let mut found = self.found;
        self.tokenizer.finish(&mut |segment| found.add(segment));
        for patient in &mut found.patients {
            patient.facts.sort_unstable();
            patient.facts.dedup_by(|again, first| {
                let is_there = again == first;
                if is_there {
                    again.zeroize();
                }
                is_there
            });
        }
        FileFacts {
            patients: found.patients,
            reach: found.reach,
        }
    }
}

struct Found {
    patients: Vec<PatientFacts>,
    /// Where in `patients` somebody is.
    places: HashMap<Patient, usize>,
    current: Current,
    vaccinations: usize,
    reach: Reach,
}

/// Whose the next vaccination is.
enum Current {
    /// There was no `PID` since the last `MSH`, or it does not say enough.
    Nobody,
    /// Who has no vaccination in this message so far.
    Patient(Patient),
    /// Who has one, and where in the list they are; `Patient` where they can be told from others.
    Listed(usize, Option<Patient>),
}

/// Who, in the form that is compared.
#[derive(Clone, PartialEq, Eq)]
struct Patient(Zeroizing<Vec<u8>>);

impl hash::Hash for Patient {
    fn hash<H: hash::Hasher>(&self, state: &mut H) {
        self.0.as_slice().hash(state);
    }
}

impl Found {
    fn add(&mut self, segment: Segment<'_>) {
        if segment.is_named(*b"MSH") {
            self.current = Current::Nobody;
        } else if segment.is_named(*b"PID") {
            self.current = Patient::of(segment).map_or(Current::Nobody, Current::Patient);
        } else if segment.is_named(*b"RXA") {
            self.add_vaccination(segment);
        }
    }

    fn add_vaccination(&mut self, segment: Segment<'_>) {
        let vaccine = vaccine(segment);
        let status = first_value(segment, 20);
        if vaccine.as_str() == "998" || matches!(status.as_str(), "RE" | "NA") {
            return;
        }
        if self.vaccinations == MAX_VACCINATIONS {
            self.reach = Reach::Beginning;
            return;
        }
        self.vaccinations += 1;
        let (place, patient) = self.listed();
        let Some(patient) = patient else { return };
        let stamp = first_value(segment, 3);
        let date = day(&stamp);
        let mut fact = Vec::with_capacity(patient.0.len() + vaccine.len() + date.len() + 4);
        fact.extend_from_slice(&patient.0);
        fact.push(0);
        fact.extend_from_slice(vaccine.as_bytes());
        fact.push(0);
        fact.extend_from_slice(date.as_bytes());
        if first_value(segment, 21).as_str() == "D" {
            fact.extend_from_slice(b"\0D");
        }
        if let Some(listed) = self.patients.get_mut(place) {
            listed.facts.push(fact);
        }
    }

    /// The place of the patient at hand, who is listed if they were not.
    fn listed(&mut self) -> (usize, Option<Patient>) {
        let (place, patient) = match std::mem::replace(&mut self.current, Current::Nobody) {
            Current::Listed(place, patient) => (place, patient),
            Current::Nobody => (self.list(), None),
            Current::Patient(patient) => {
                let place = self.places.get(&patient).copied();
                let place = place.unwrap_or_else(|| self.list());
                self.places.insert(patient.clone(), place);
                (place, Some(patient))
            }
        };
        self.current = Current::Listed(place, patient.clone());
        (place, patient)
    }

    fn list(&mut self) -> usize {
        self.patients.push(PatientFacts { facts: Vec::new() });
        self.patients.len() - 1
    }
}

impl Patient {
    /// `None` where nobody could be told from others.
    fn of(segment: Segment<'_>) -> Option<Self> {
        let id = value(segment, 3, 1);
        let authority = value(segment, 3, 4);
        let last_name = value(segment, 5, 1);
        let first_name = value(segment, 5, 2);
        let born = Zeroizing::new(day(&first_value(segment, 7)).to_owned());
        if id.is_empty() && (last_name.is_empty() || first_name.is_empty() || born.is_empty()) {
            return None;
        }
        let parts = [id, authority, last_name, first_name, born];
        let bytes = parts.iter().map(|part| part.len() + 1).sum();
        let mut patient = Zeroizing::new(Vec::with_capacity(bytes));
        for part in &parts {
            // No value has a control character, so the parts cannot run into one another.
            patient.extend_from_slice(part.as_bytes());
            patient.push(0x1F);
        }
        Some(Self(patient))
    }
}

fn vaccine(segment: Segment<'_>) -> Zeroizing<String> {
    let code = first_value(segment, 5);
    if code.is_empty() { value(segment, 5, 4) } else { code }
}

/// The day of a time stamp.
fn day(stamp: &str) -> &str {
    stamp.get(..8).unwrap_or(stamp)
}

fn first_value(segment: Segment<'_>, field: usize) -> Zeroizing<String> {
    value(segment, field, 1)
}

/// A component of a field's first repetition, in the form that is compared; empty where there is none.
fn value(segment: Segment<'_>, field: usize, component: usize) -> Zeroizing<String> {
    let component = segment.field(field).and_then(|field| field.component(component));
    component.map(|component| comparable(&component)).unwrap_or_default()
}

/// In capitals, with single spaces between words and none around them, without control characters.
fn comparable<Level>(part: &Part<'_, Level>) -> Zeroizing<String> {
    // As long as it can become: a character has at most four bytes.
    let mut text = Zeroizing::new(String::with_capacity(4 * MAX_CHARS));
    if part.is_null() {
        return text;
    }
    let bytes = part.unescaped();
    let decoded = Zeroizing::new(match std::str::from_utf8(&bytes) {
        Ok(text) => text.to_owned(),
        // As in the summary: a sender that does not write UTF-8 writes Windows-1252, which for letters is Latin-1.
        Err(_) => bytes.iter().copied().map(char::from).collect(),
    });
    if let Cow::Owned(mut bytes) = bytes {
        bytes.zeroize();
    }
    let mut chars = 0;
    for word in decoded.split_whitespace() {
        let space = (chars > 0).then_some(' ');
        let letters = word.chars().filter(|c| !c.is_control()).flat_map(char::to_uppercase);
        for character in space.into_iter().chain(letters).take(MAX_CHARS - chars) {
            text.push(character);
            chars += 1;
        }
    }
    text
}
