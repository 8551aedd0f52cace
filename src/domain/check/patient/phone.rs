//! PID-13: phone numbers. Those of a guardian are read in the same way.

use crate::domain::{
    check::{Findings, SegmentView, patient::PatientRule},
    hl7::Repetition,
};

/// What a phone number is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Dialling {
    /// None stands there: nothing at all, or an e-mail address.
    Nothing,
    /// One that can be dialled, or one of another country, which is not looked at.
    Possible,
    /// Not ten digits, or an area that there is not.
    Unreadable,
    /// `555-555-5555` and the like.
    Placeholder,
}

pub(super) fn check(pid: &SegmentView<'_>, findings: &mut Findings) {
    let place = pid.place_of(13);
    let mut has_phone = false;
    for phone in pid.repetitions(13) {
        let rule = match dialling(&phone) {
            Dialling::Nothing => continue,
            Dialling::Possible => None,
            Dialling::Unreadable => Some(PatientRule::PhoneUnreadable),
            Dialling::Placeholder => Some(PatientRule::PhonePlaceholder),
        };
        has_phone = true;
        if let Some(rule) = rule {
            findings.add(rule, &place.clone().repetition(&phone), &[]);
        }
    }
    if !has_phone {
        findings.add(PatientRule::PhoneMissing, &place, &[]);
    }
}

/// What stands in an XTN: the number in components 6 and 7, or in 12, or, as before version 2.3, in 1.
pub(super) fn dialling(phone: &Repetition<'_>) -> Dialling {
    let mut parts: [&[u8]; 12] = [&[]; 12];
    for (place, component) in parts.iter_mut().zip(phone.components()) {
        *place = component.value();
    }
    let [whole, usage, kind, _, country, area, local, _, _, _, _, unformatted] = parts;
    if usage == b"NET" || matches!(kind, b"Internet" | b"X.400") {
        return Dialling::Nothing;
    }
    if !matches!(country, b"" | b"1" | b"+1" | b"001") {
        return Dialling::Possible;
    }
    if [whole, area, local, unformatted].iter().all(|part| part.is_empty()) {
        return Dialling::Nothing;
    }
    let said = if !local.is_empty() || !area.is_empty() {
        Digits::of(area.iter().chain(local))
    } else if unformatted.is_empty() {
        Digits::of(whole)
    } else {
        Digits::of(unformatted)
    };
    match (said.count, said.begins_with_1) {
        (10, _) | (11, true) => judge(said.ten),
        _ => Dialling::Unreadable,
    }
}

/// Whether ten digits can be dialled: neither area nor exchange begins with 0 or 1. Source: North American Numbering Plan.
fn judge(ten: [u8; 10]) -> Dialling {
    let [first, second, third, exchange, rest @ ..] = ten;
    let is_row = matches!(&ten, b"1234567890" | b"0123456789" | b"9876543210");
    // No area has 555; with it all numbers of films begin, and many placeholders.
    let has_no_area = [first, second, third] == *b"555";
    if is_row || has_no_area || rest.iter().all(|digit| *digit == exchange) {
        Dialling::Placeholder
    } else if [first, exchange].iter().any(|digit| matches!(digit, b'0' | b'1')) {
        Dialling::Unreadable
    } else {
        Dialling::Possible
    }
}

/// The last ten digits of a number, and how many it has.
struct Digits {
    count: usize,
    ten: [u8; 10],
    begins_with_1: bool,
}

impl Digits {
    /// Those of a text. An extension after an `x` is not of the number; other letters make it none.
    fn of<'a>(text: impl IntoIterator<Item = &'a u8>) -> Self {
        let mut digits = Self {
            count: 0,
            ten: [0; 10],
            begins_with_1: false,
        };
        for byte in text {
            match byte {
                b'0'..=b'9' => {
                    if digits.count == 0 {
                        digits.begins_with_1 = *byte == b'1';
                    }
                    digits.ten.rotate_left(1);
                    let [.., last] = &mut digits.ten;
                    *last = *byte;
                    digits.count += 1;
                }
                b'x' | b'X' if digits.count >= 10 => break,
                byte if byte.is_ascii_alphabetic() => {
                    return Self {
                        count: usize::MAX,
                        ..digits
                    };
                }
                _ => {}
            }
        }
        digits
    }
}
