//! PID-11: where the patient lives.

use crate::domain::{
    check::{
        Findings, Place, SegmentView,
        patient::{PatientRule, invented::letters},
    },
    hl7::Repetition,
    profile::Expected,
};

/// The states, the capital's district, the territories and the three areas of military post. Source: the postal service.
const STATES: [&[u8; 2]; 62] = [
    b"AA", b"AE", b"AK", b"AL", b"AP", b"AR", b"AS", b"AZ", b"CA", b"CO", b"CT", b"DC", b"DE", b"FL", b"FM", b"GA",
    b"GU", b"HI", b"IA", b"ID", b"IL", b"IN", b"KS", b"KY", b"LA", b"MA", b"MD", b"ME", b"MH", b"MI", b"MN", b"MO",
    b"MP", b"MS", b"MT", b"NC", b"ND", b"NE", b"NH", b"NJ", b"NM", b"NV", b"NY", b"OH", b"OK", b"OR", b"PA", b"PR",
    b"PW", b"RI", b"SC", b"SD", b"TN", b"TX", b"UT", b"VA", b"VI", b"VT", b"WA", b"WI", b"WV", b"WY",
];

/// What is written where street or city are not known.
const PLACEHOLDERS: [&[u8]; 7] = [
    b"UNKNOWN",
    b"UNK",
    b"NONE",
    b"N/A",
    b"NO ADDRESS",
    b"ADDRESS UNKNOWN",
    b"XXX",
];

pub(super) fn check(pid: &SegmentView<'_>, expected: &Expected, findings: &mut Findings) {
    let field = pid.filled(11).filter(|field| !field.is_null());
    let Some(address) = field.and_then(|field| of_home(field.repetitions())) else {
        findings.add(PatientRule::AddressMissing, &pid.place_of(11), &[]);
        return;
    };
    let place = pid.place_of(11).repetition(&address);
    Address { address, place }.check(expected, findings);
}

/// The first address in which something stands; one of an office, of a birth or a bad one only where there is no other.
fn of_home<'a>(addresses: impl Iterator<Item = Repetition<'a>> + Clone) -> Option<Repetition<'a>> {
    let mut addresses = addresses.filter(|address| !address.is_blank());
    let is_elsewhere = |address: &Repetition<'_>| {
        let kind = address.component(7);
        kind.is_some_and(|kind| matches!(kind.value(), b"BA" | b"BDL" | b"BR" | b"N" | b"B" | b"O"))
    };
    let home = addresses.clone().find(|address| !is_elsewhere(address));
    home.or_else(|| addresses.next())
}

struct Address<'a> {
    address: Repetition<'a>,
    place: Place<'a>,
}

impl<'a> Address<'a> {
    fn check(&self, expected: &Expected, findings: &mut Findings) {
        let street = self.address.first();
        // In subcomponents, the street's name and the number of the house may stand apart.
        let has_no_street = street.is_blank() || street.is_null() || is_placeholder(street.first().value());
        let more = self.value(2);
        if has_no_street && (more.is_empty() || is_placeholder(more)) {
            self.add(PatientRule::StreetMissing, 1, findings);
        }
        let city = self.value(3);
        // No city is a number, or has no letter at all.
        if is_placeholder(city) || letters(city) == 0 {
            self.add(PatientRule::CityMissing, 3, findings);
        }
        let country = self.value(6);
        if country.is_empty() || matches!(country, b"USA" | b"US") {
            self.check_state(expected, findings);
        }
    }

    fn check_state(&self, expected: &Expected, findings: &mut Findings) {
        let state = self.value(4);
        let is_known = STATES.iter().any(|known| known.eq_ignore_ascii_case(state));
        if state.is_empty() {
            self.add(PatientRule::StateMissing, 4, findings);
        } else if !is_known {
            self.add(PatientRule::StateUnknown, 4, findings);
        }
        let zip = self.value(5);
        if zip.is_empty() {
            self.add(PatientRule::ZipMissing, 5, findings);
            return;
        }
        let Some(area) = area(zip) else {
            self.add(PatientRule::ZipUnreadable, 5, findings);
            return;
        };
        let is_here = expected
            .zip_areas
            .iter()
            .any(|(first, last)| (*first..=*last).contains(&area));
        let says_here = state.eq_ignore_ascii_case(expected.state.as_bytes());
        if is_known && !expected.zip_areas.is_empty() && is_here != says_here {
            self.add(PatientRule::ZipElsewhere, 5, findings);
        }
    }

    fn value(&self, number: usize) -> &'a [u8] {
        self.address
            .component(number)
            .map_or(&[], |component| component.value())
    }

    fn add(&self, rule: PatientRule, component: usize, findings: &mut Findings) {
        let place = self.place.clone();
        let place = match self.address.component(component) {
            Some(component) => place.component(&component),
            None => place.lacks_component(component),
        };
        findings.add(rule, &place, &[]);
    }
}

fn is_placeholder(value: &[u8]) -> bool {
    PLACEHOLDERS.iter().any(|word| word.eq_ignore_ascii_case(value))
}

/// The first three digits of a ZIP code: five digits, or nine with or without a hyphen. Five of a kind, such as 00000 and 99999, are
/// none, but for 11111, 22222, 33333, 44444 and 55555, which towns have.
fn area(zip: &[u8]) -> Option<u16> {
    let (five, more) = zip.split_at_checked(5)?;
    let more = more.strip_prefix(b"-").unwrap_or(more);
    let are_digits = five.iter().chain(more).all(u8::is_ascii_digit);
    if !are_digits || !matches!((more.len(), zip.len()), (0, 5) | (4, 9 | 10)) {
        return None;
    }
    if matches!(five, b"00000" | b"66666" | b"77777" | b"88888" | b"99999") {
        return None;
    }
    let digits = five.get(..3)?;
    Some(digits.iter().fold(0, |area, digit| area * 10 + u16::from(digit - b'0')))
}
