//! Each rule of the message, where it fires and where it does not.

use crate::domain::{
    check::{
        Argument, Rules,
        message::MessageRule::{self, *},
        tests::{self, check_one, envelope, live, message, report_by, with, without},
    },
    settings::Stage,
};

#[track_caller]
fn check(bytes: impl AsRef<[u8]>, expected: &[&str]) {
    tests::check(&["message"], bytes, expected);
}

/// Checks the one thing that is said of a message in which a field of the header says this.
#[track_caller]
fn check_field(path: &str, value: &str, rule: MessageRule) {
    let text = with(&[(path, value)]);
    check(&text, &[rule.sheet().id]);
    let finding = check_one(&text, rule, value, &[]);
    let at = format!("{}-{}", finding.segment.unwrap(), finding.field.unwrap());
    assert_eq!(at, path);
}

/// Checks that nothing is said of a message in which fields say this.
#[track_caller]
fn check_fine(changes: &[(&str, &str)]) {
    check(with(changes), &[]);
}

/// The sample, after its segments were changed.
fn changed(change: impl FnOnce(&mut Vec<String>)) -> String {
    let mut segments = message("A1").split_inclusive('\r').map(str::to_owned).collect();
    change(&mut segments);
    envelope(&[segments.concat()])
}

/// The sample, with this segment before the one of that name.
fn before(name: &str, segment: &str) -> String {
    changed(|segments| {
        let place = segments.iter().position(|text| text.starts_with(name)).unwrap();
        segments.insert(place, format!("{segment}\r"));
    })
}

#[test]
fn delimiters_that_were_damaged_are_an_error() {
    for damaged in ["^~&", r"^~\&amp;", r"^~\\&", "^~", "^^^^", "ABCD"] {
        check_field("MSH-2", damaged, DelimitersDamaged);
    }
    let empty = with(&[("MSH-2", "")]);
    check(&empty, &["message.delimiters-damaged"]);
}

#[test]
fn other_delimiters_that_are_declared_are_a_note() {
    check_field("MSH-2", r"^~\&#", OtherDelimiters);
    let stars = message("A1").replace('|', "*");
    check(envelope(&[stars]), &["message.other-delimiters"]);
    let all = message("A1")
        .replace('^', "!")
        .replace('~', "%")
        .replace('\\', "$")
        .replace('&', "+");
    check(envelope(&[all]), &["message.other-delimiters"]);
}

#[test]
fn a_message_names_sender_and_receiver() {
    check_field("MSH-4", "", SenderMissing);
    check_field("MSH-4", "\"\"", SenderMissing);
    for name in [
        "INVENTED CLINIC",
        "110010003",
        "11001000330",
        "110010003X",
        "INVENTED^2.16.840.1.113883.19^ISO",
    ] {
        check_one(with(&[("MSH-4", name)]), SenderNotANumber, name, &[Argument::Count(10)]);
    }
    check_field("MSH-5", "", ReceiverMissing);
    check_field("MSH-5", "IRIS", OtherReceiver);
    check_field("MSH-6", "", ReceivingFacilityMissing);
    check_field("MSH-6", "DOH", OtherReceivingFacility);
    check_fine(&[
        // What registry gave it is not told by an object identifier, nor is it by the number's check digit.
        ("MSH-4", "^2.16.840.1.113883.19^ISO"),
        ("MSH-5", "TXIMMTRAC"),
        ("MSH-6", "TxDSHS^2.16^ISO"),
    ]);
}

#[test]
fn a_registry_without_a_name_takes_any() {
    let mut rules = live();
    rules.expected.receiving_application.clear();
    rules.expected.sender_digits = None;
    let report = report_by(&rules, with(&[("MSH-4", "INVENTED CLINIC"), ("MSH-5", "IRIS")]));
    assert_eq!(report.findings, []);
}

#[test]
fn a_message_has_a_time_that_can_be() {
    check_field("MSH-7", "", TimeMissing);
    check_field("MSH-7", "11/20/2026", TimeUnreadable);
    check_field("MSH-7", "20261301", TimeUnreadable);
    check_field("MSH-7", "20261122000000-0600", TimeInTheFuture);
    check_field("MSH-7", "20261121", TimeInTheFuture);
    check_field("MSH-7", "202611200915-0600", TimeInexact);
    check_field("MSH-7", "20261120091500", TimeInexact);
    // In another time zone it can be tomorrow.
    check_fine(&[("MSH-7", "20261121031500.123+0000")]);
}

#[test]
fn a_message_of_another_kind_is_told_and_nothing_else_of_it() {
    for kind in ["ADT^A04^ADT_A01", "ACK^V04^ACK", "ORU^R01", "VXX^V02"] {
        let text = with(&[("MSH-9", kind), ("MSH-5", ""), ("PID-7", "20301111")]);
        let report = report_by(&live(), &text);
        let ids: Vec<_> = report.findings.iter().map(|finding| finding.rule.id()).collect();
        assert_eq!(ids, ["message.other-kind"], "{kind}");
        check_one(&text, OtherKind, kind, &[]);
    }
}

#[test]
fn the_kind_of_a_message_is_written_in_full() {
    check_field("MSH-9", "", KindMissing);
    check_field("MSH-9", "^^VXU_V04", KindMissing);
    check_field("MSH-9", "VXU^V04", KindIncomplete);
    check_field("MSH-9", "VXU^V05^VXU_V04", KindIncomplete);
}

#[test]
fn a_message_has_a_control_id_of_at_most_199_characters() {
    check_field("MSH-10", "", ControlIdMissing);
    check_field("MSH-10", &"9".repeat(200), ControlIdLong);
    check_fine(&[("MSH-10", &"9".repeat(199))]);
    check_fine(&[("MSH-10", &"é".repeat(199))]);
}

#[test]
fn a_message_is_marked_as_the_stage_asks() {
    check_field("MSH-11", "", ProcessingMissing);
    for mark in ["T", "D", "p", "X"] {
        check_field("MSH-11", mark, NotProduction);
    }
    let testing = Rules {
        stage: Stage::Testing,
        ..live()
    };
    let ids = |mark: &str| -> Vec<_> {
        let report = report_by(&testing, with(&[("MSH-11", mark)]));
        report.findings.iter().map(|finding| finding.rule.id()).collect()
    };
    assert_eq!(ids("T"), [""; 0]);
    assert_eq!(ids("D"), [""; 0]);
    assert_eq!(ids("P"), ["message.not-test"]);
    assert_eq!(ids(""), ["message.processing-missing"]);
}

#[test]
fn a_message_names_version_and_profile() {
    check_field("MSH-12", "", VersionMissing);
    check_field("MSH-12", "2.3.1", OtherVersion);
    check_field("MSH-21", "", ProfileMissing);
    check_field("MSH-21", "\"\"", ProfileMissing);
    check_field("MSH-21", "Z32^CDCPHINVS", OtherProfile);
    check_fine(&[("MSH-12", "2.5.1^USA"), ("MSH-21", "LOCAL~Z22^CDCPHINVS")]);
}

#[test]
fn a_message_has_one_patient() {
    let finding = check_one(without(&["PID", "PD1", "NK1"]), PatientMissing, whole_header(), &[]);
    assert_eq!(
        (finding.segment.unwrap().as_str(), finding.segment_index),
        ("PID", None)
    );
    let second = "PID|1||40078^^^MADEUP^MR||Larkspur^Tobias^^^^^L";
    let text = changed(|segments| {
        segments.extend([format!("{second}\r"), "PD1|||||||||||02\r".to_owned()]);
    });
    check(&text, &["message.second-patient"]);
    assert_eq!(check_one(&text, SecondPatient, second, &[]).segment_index, Some(2));
}

fn whole_header() -> &'static str {
    message("A1").leak().split('\r').next().unwrap()
}

#[test]
fn each_vaccination_has_its_order() {
    check(without(&["ORC"]), &["message.order-missing"]);
    check(
        before("RXR", "RXA|0|1|20261119||08^HepB^CVX"),
        &["message.order-missing"],
    );
    check(before("ORC", "ORC|RE||7^MADEUP"), &["message.order-empty"]);
    check(
        changed(|segments| segments.truncate(5)),
        &["message.vaccination-missing", "message.order-empty"],
    );
    check(
        changed(|segments| segments.truncate(4)),
        &["message.vaccination-missing"],
    );
    let twice = changed(|segments| segments.extend_from_within(4..));
    check(twice, &[]);
}

#[test]
fn what_belongs_to_a_vaccination_stands_behind_it() {
    check(
        before("RXA", "OBX|1|CE|64994-7^^LN|1|V01^^HL70064||||||F"),
        &["message.before-vaccination"],
    );
    check(before("ORC", "RXR|C28161^^NCIT"), &["message.before-vaccination"]);
    check(changed(|segments| segments.swap(6, 7)), &["message.segment-order"]);
    check(before("OBX", "RXR|C28161^^NCIT"), &["message.segment-twice"]);
    check(before("OBX", "NTE|1||note"), &["message.segment-order"]);
    check(changed(|segments| segments.push("NTE|1||note\r".to_owned())), &[]);
    let two_notes = changed(|segments| segments.push("NTE|1||note\rNTE|2||note\r".to_owned()));
    check(two_notes, &["message.segment-twice"]);
}

#[test]
fn the_patients_part_has_its_order() {
    check(changed(|segments| segments.swap(2, 3)), &["message.segment-order"]);
    check(before("OBX", "NK1|2|Quillfeather^Rowan"), &["message.segment-order"]);
    check(before("NK1", "PD1|||||||||||02"), &["message.segment-twice"]);
    check(before("RXR", "TQ1|1"), &["message.segment-order"]);
    let whole = changed(|segments| {
        let more = [
            "NK1|2", "PV1|1|R", "PV2|1", "GT1|1", "GT1|2", "IN1|1", "IN2|1", "IN1|2", "IN3|1",
        ];
        let more = more.map(|segment| format!("{segment}\r"));
        segments.splice(4..4, more);
        segments.insert(1, "SFT|Made-up\r".to_owned());
    });
    check(whole, &[]);
}

#[test]
fn a_message_all_in_small_letters_is_told_by_the_names_of_its_segments() {
    let ids: Vec<_> = tests::report(envelope(&[message("A1").to_ascii_lowercase()]))
        .findings
        .iter()
        .map(|finding| finding.rule.id())
        .filter(|id| id.starts_with("message."))
        .collect();
    assert!(ids.contains(&"message.small-letters"), "{ids:?}");
    assert!(ids.contains(&"message.kind-incomplete"), "{ids:?}");
    assert!(!ids.contains(&"message.other-kind"), "{ids:?}");
}

#[test]
fn segments_of_a_name_are_counted_from_1_on() {
    check(with(&[("NK1-1", "3")]), &["message.set-id"]);
    let renumbered = |from: &str, to: &str| message("A1").replace(&format!("OBX|{from}|"), &format!("OBX|{to}|"));
    // The one after it goes on from there.
    let gap = renumbered("2", "7")
        .replace("OBX|3|", "OBX|8|")
        .replace("OBX|4|", "OBX|9|");
    check_one(envelope(&[gap]), SetId, "7", &[]);
    check(envelope(&[renumbered("1", "2")]), &["message.set-id"]);
    // What is no number is told elsewhere.
    check(envelope(&[renumbered("2", "")]), &[]);
}

#[test]
fn each_vaccination_may_count_its_observations_from_1_on() {
    let first = message("A1");
    let (_, order) = first.split_once("ORC|").unwrap();
    let second = format!("ORC|{order}")
        .replace("40077-1", "40077-2")
        .replace("140^", "150^");
    check(envelope(&[format!("{first}{second}")]), &[]);
    let on = (1..=4).fold(second, |text, number| {
        text.replace(&format!("OBX|{number}|"), &format!("OBX|{}|", number + 4))
    });
    check(envelope(&[format!("{first}{}", on.replace("OBX|9|", "OBX|5|"))]), &[]);
}

#[test]
fn names_in_small_letters_are_one_finding_of_a_message() {
    let text = changed(|segments| {
        for segment in segments.iter_mut().filter(|segment| segment.starts_with("OBX")) {
            *segment = segment.replacen("OBX", "obx", 1);
        }
    });
    check(&text, &["message.small-letters"]);
    check_one(&text, SmallLetters, "obx", &[Argument::Count(4)]);
}

#[test]
fn segments_that_nobody_expects_are_a_note() {
    let text = changed(|segments| {
        segments.extend(["ZPM|1|own\r", "ZPM|2|own\r", "AL1|1\r", "DG1|1\r"].map(str::to_owned));
    });
    check(&text, &["message.z-segments", "message.unknown-segments"]);
    check_one(&text, ZSegments, "ZPM", &[Argument::Count(2)]);
    check_one(&text, UnknownSegments, "AL1", &[Argument::Count(2)]);
}

#[test]
fn an_eligibility_of_the_visit_is_a_note_where_no_vaccination_has_one() {
    let visit = "PV1|1|R||||||||||||||||||V02^20261119";
    check(before("ORC", visit), &[]);
    let text = before("ORC", visit).replace("64994-7", "64994-8");
    check(&text, &["message.eligibility-of-visit"]);
    check_one(&text, EligibilityOfVisit, "V02^20261119", &[]);
    check(before("ORC", "PV1|1|R").replace("64994-7", "64994-8"), &[]);
}
