//! MSH-4 to MSH-21: who sends what to whom.

use crate::domain::{
    check::{Argument, Findings, Rules, SegmentView, message::MessageRule},
    hl7::{Precision, Reading, char_count},
    settings::Stage,
};

pub(super) fn check(header: &SegmentView<'_>, rules: &Rules, findings: &mut Findings) {
    check_parties(header, rules, findings);
    check_time(header, rules, findings);
    check_kind(header, findings);
    check_control_id(header, findings);
    check_processing(header, rules.stage, findings);
    check_version(header, findings);
    check_profile(header, findings);
}

fn check_parties(header: &SegmentView<'_>, rules: &Rules, findings: &mut Findings) {
    if names_nobody(header, 4) {
        findings.add(MessageRule::SenderMissing, &header.place_of(4), &[]);
    } else if let Some(digits) = rules.expected.sender_digits
        && !header.value(4, 1).is_empty()
        && ![1, 2]
            .iter()
            .any(|&component| is_number_of(digits, header.value(4, component)))
    {
        findings.add(
            MessageRule::SenderNotANumber,
            &header.place_of(4),
            &[Argument::Count(digits.into())],
        );
    }
    let expected = &rules.expected;
    let parties = [
        (
            5,
            &expected.receiving_application,
            MessageRule::ReceiverMissing,
            MessageRule::OtherReceiver,
        ),
        (
            6,
            &expected.receiving_facility,
            MessageRule::ReceivingFacilityMissing,
            MessageRule::OtherReceivingFacility,
        ),
    ];
    for (field, expected, missing, other) in parties {
        if names_nobody(header, field) {
            findings.add(missing, &header.place_of(field), &[]);
        } else if !expected.is_empty() && !header.value(field, 1).eq_ignore_ascii_case(expected.as_bytes()) {
            findings.add(other, &header.place_of(field), &[]);
        }
    }
}

/// Whether a field of type HD has neither a name nor an object identifier.
fn names_nobody(header: &SegmentView<'_>, field: usize) -> bool {
    header.value(field, 1).is_empty() && header.value(field, 2).is_empty()
}

fn is_number_of(digits: u8, value: &[u8]) -> bool {
    value.len() == usize::from(digits) && value.iter().all(u8::is_ascii_digit)
}

fn check_time(header: &SegmentView<'_>, rules: &Rules, findings: &mut Findings) {
    let rule = match header.timestamp(7) {
        Reading::Empty | Reading::Null => MessageRule::TimeMissing,
        Reading::Other => MessageRule::TimeUnreadable,
        Reading::Is(time) if rules.is_future(&time) => MessageRule::TimeInTheFuture,
        Reading::Is(time) if time.precision() < Precision::Second || time.zone().is_none() => MessageRule::TimeInexact,
        Reading::Is(_) => return,
    };
    findings.add(rule, &header.place_of(7), &[]);
}

fn check_kind(header: &SegmentView<'_>, findings: &mut Findings) {
    let rule = match [1, 2, 3].map(|component| header.value(9, component)) {
        [b"VXU", b"V04", b"VXU_V04"] => return,
        [b"", b"", _] => MessageRule::KindMissing,
        _ => MessageRule::KindIncomplete,
    };
    findings.add(rule, &header.place_of(9), &[]);
}

fn check_control_id(header: &SegmentView<'_>, findings: &mut Findings) {
    /// Source: national guide 1.5, MSH-10.
    const MAX_CHARS: usize = 199;
    let id = header.value(10, 1);
    if id.is_empty() {
        findings.add(MessageRule::ControlIdMissing, &header.place_of(10), &[]);
    } else if char_count(id) > MAX_CHARS {
        findings.add(MessageRule::ControlIdLong, &header.place_of(10), &[]);
    }
}

fn check_processing(header: &SegmentView<'_>, stage: Stage, findings: &mut Findings) {
    let rule = match (header.value(11, 1), stage) {
        (b"", _) => MessageRule::ProcessingMissing,
        (b"P", Stage::Live) | (b"T" | b"D", Stage::Testing) => return,
        (_, Stage::Live) => MessageRule::NotProduction,
        (_, Stage::Testing) => MessageRule::NotTest,
    };
    findings.add(rule, &header.place_of(11), &[]);
}

fn check_version(header: &SegmentView<'_>, findings: &mut Findings) {
    let rule = match header.value(12, 1) {
        b"2.5.1" => return,
        b"" => MessageRule::VersionMissing,
        _ => MessageRule::OtherVersion,
    };
    findings.add(rule, &header.place_of(12), &[]);
}

fn check_profile(header: &SegmentView<'_>, findings: &mut Findings) {
    let Some(field) = header.filled(21).filter(|field| !field.is_null()) else {
        findings.add(MessageRule::ProfileMissing, &header.place_of(21), &[]);
        return;
    };
    if !field.repetitions().any(|profile| profile.first().value() == b"Z22") {
        findings.add(MessageRule::OtherProfile, &header.place_of(21), &[]);
    }
}
