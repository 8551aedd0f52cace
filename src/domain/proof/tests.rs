//! What gets into a proof.

use chrono::TimeDelta;
use chrono_tz::America::Chicago;
use uuid::Uuid;

use super::*;
use crate::domain::{
    check::repair::Made,
    failure::{self, RegistryFailure, Trouble},
    person::Person,
    receipt::Destination,
    submission::{ContentHash, Copy, Counts, Delivery, NewSubmission, SubmissionId},
};

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

fn november() -> Period {
    Period::Month("2026-11".parse().unwrap())
}

fn by(user: &str) -> By {
    By::nobody_in_particular(&Person {
        user: user.to_owned(),
        computer: "FRONT-1".to_owned(),
    })
}

fn entered(number: u128, when: &str) -> Course {
    let new = NewSubmission {
        id: SubmissionId(Uuid::from_u128(number)),
        account: AccountId::of("CLINIC01", "registry.example"),
        destination: Destination::Live,
        at: at(when),
        by: by("rose"),
        size_bytes: 1_000,
        sha256: ContentHash([7; 32]),
        counts: Counts {
            messages: 40,
            patients: 38,
            vaccinations: 61,
            ..Counts::default()
        },
        copy: Copy::Sealed,
        sealed_name: None,
        repairs: Made::default(),
    };
    let record = Record::new(new);
    let steps = vec![record.step_to(State::Queued, at(when), by("rose"))];
    Course { record, steps }
}

fn moved(mut course: Course, state: State, when: &str, change: impl FnOnce(&mut Step)) -> Course {
    let mut step = course.record.step_to(state, at(when), by("may"));
    change(&mut step);
    course.record.take(&step);
    course.steps.push(step);
    course
}

fn delivered(course: Course, name: &str, when: &str) -> Course {
    moved(course, State::Delivered, when, |step| {
        step.sent_as = Some(name.to_owned());
        step.delivery = Some(Delivery {
            sent_as: name.to_owned(),
            began: at(when) - TimeDelta::seconds(4),
            verified: at(when),
            verified_bytes: 1_000,
            reply: "226 Transfer complete".to_owned(),
        });
    })
}

fn waits(course: Course, when: &str) -> Course {
    let failure = RegistryFailure::new(Trouble::Silent, failure::Step::Port, "");
    moved(course, State::Waiting, when, |step| {
        step.why = Some(Why::Registry(failure));
    })
}

fn seen(name: &str, modified: Option<&str>, first_seen: &str) -> SeenFile {
    SeenFile {
        name: name.to_owned(),
        size_bytes: Some(1_000),
        modified: modified.map(|text| text.parse().unwrap()),
        accepted: Some(at(first_seen)),
        first_seen: at(first_seen),
    }
}

fn prove(period: Period, courses: Vec<Course>, strangers: Vec<SeenFile>) -> Proof {
    let code = ImportCode::parse("CLINIC01").unwrap();
    let evidence = Evidence { courses, strangers };
    let account = AccountId::of("CLINIC01", "registry.example");
    Proof::new(period, account, &code, Chicago, evidence)
}

fn names(proof: &Proof) -> Vec<&str> {
    let files = proof.files.iter();
    files
        .map(|file| file.record.sent_as.as_deref().unwrap_or("-"))
        .collect()
}

#[test]
fn a_month_is_the_clinics_own_and_holds_what_was_entered_or_moved_in_it() {
    let courses = || {
        vec![
            // 11:59 PM on October 31 and midnight in Texas, where summer time ends on November 1.
            delivered(entered(1, "2026-11-01T04:58:00Z"), "OCTOBER", "2026-11-01T04:59:59Z"),
            delivered(entered(2, "2026-11-01T04:59:59Z"), "BOTH", "2026-11-01T05:00:00Z"),
            entered(3, "2026-12-01T05:59:59Z"),
            delivered(entered(4, "2026-12-01T06:00:00Z"), "DECEMBER", "2026-12-01T06:01:00Z"),
        ]
    };
    assert_eq!(names(&prove(november(), courses(), vec![])), ["BOTH", "-"]);
    let everything = prove(Period::Everything, courses(), vec![]);
    assert_eq!(names(&everything), ["OCTOBER", "BOTH", "-", "DECEMBER"]);
}

#[test]
fn figures_count_what_happened_in_the_period_and_say_where_it_stands_by_now() {
    let october = delivered(entered(1, "2026-10-30T15:00:00Z"), "A", "2026-10-30T15:01:00Z");
    let october = moved(october, State::PickedUp, "2026-11-02T15:00:00Z", |_| {});
    let november_file = delivered(entered(2, "2026-11-20T15:00:00Z"), "B", "2026-11-20T15:01:00Z");
    let november_file = moved(november_file, State::Reported, "2026-12-02T15:00:00Z", |_| {});
    let waiting = waits(entered(3, "2026-11-21T15:00:00Z"), "2026-11-21T15:01:00Z");
    let cancelled = moved(
        entered(4, "2026-11-22T15:00:00Z"),
        State::Cancelled,
        "2026-11-22T15:01:00Z",
        |_| {},
    );
    let proof = prove(november(), vec![october, november_file, waiting, cancelled], vec![]);
    let expected = Totals {
        entered: 3,
        delivered: 1,
        patients: 38,
        vaccinations: 61,
        picked_up: 1,
        reported: 1,
        undelivered: 1,
        ended: 1,
    };
    assert_eq!(proof.totals(), expected);
    assert_eq!(proof.files.len(), 4);
}

#[test]
fn who_delivered_or_cancelled_a_file_is_told_beside_who_entered_it() {
    let sent = delivered(entered(1, "2026-11-20T15:00:00Z"), "A", "2026-11-20T15:01:00Z");
    let picked_up = moved(sent, State::PickedUp, "2026-11-20T16:00:00Z", |step| {
        step.by = by("nobody");
    });
    let proof = prove(november(), vec![picked_up, entered(2, "2026-11-20T15:02:00Z")], vec![]);
    assert_eq!(proof.files[0].record.entered.by, by("rose"));
    assert_eq!(proof.files[0].settled_by, Some(by("may")));
    assert_eq!(proof.files[1].settled_by, None);
}

#[test]
fn an_outage_that_reaches_over_the_end_of_a_month_is_in_both() {
    let course = waits(entered(1, "2026-10-31T15:00:00Z"), "2026-10-31T15:01:00Z");
    let course = delivered(course, "A", "2026-11-02T15:00:00Z");
    let october = Period::Month("2026-10".parse().unwrap());
    let december = Period::Month("2026-12".parse().unwrap());
    for (period, outages) in [(october, 1), (november(), 1), (december, 0), (Period::Everything, 1)] {
        assert_eq!(
            prove(period, vec![course.clone()], vec![]).outages.len(),
            outages,
            "{period:?}"
        );
    }
    let read = november().moments_to_read(Chicago).unwrap();
    assert!(read.contains(&at("2026-10-31T15:01:00Z")) && read.contains(&at("2026-12-02T15:00:00Z")));
}

#[test]
fn files_of_others_stand_under_the_registrys_day_and_only_a_harmless_name_is_shown() {
    let strangers = vec![
        seen("QUILLFEATHER.hl7", None, "2026-11-21T15:00:00Z"),
        seen("CLINIC0126310.hl7", Some("2026-11-06T09:00:00"), "2026-12-02T15:00:00Z"),
        seen("CLINIC0126293.hl7", Some("2026-10-20T09:00:00"), "2026-11-02T15:00:00Z"),
    ];
    let proof = prove(november(), vec![], strangers);
    let shown: Vec<_> = proof.strangers.iter().map(|file| file.name.as_deref()).collect();
    assert_eq!(shown, [Some("CLINIC0126310.hl7"), None]);
}

#[test]
fn a_name_that_was_claimed_may_be_a_part_of_the_file_or_somebody_elses() {
    let lost = moved(
        entered(1, "2026-11-20T15:00:00Z"),
        State::Queued,
        "2026-11-20T15:01:00Z",
        |step| {
            step.why = Some(Why::NameLost {
                name: "A.hl7".to_owned(),
            });
        },
    );
    let lost = delivered(lost, "A.1.hl7", "2026-11-20T15:02:00Z");
    assert!(!lost.may_be("A.hl7") && lost.may_be("a.1.HL7"));
    let part = moved(
        entered(2, "2026-11-20T15:00:00Z"),
        State::Queued,
        "2026-11-20T15:01:00Z",
        |step| {
            step.why = Some(Why::TakenUnfinished {
                name: "A.hl7".to_owned(),
            });
        },
    );
    let part = delivered(part, "A.1.hl7", "2026-11-20T15:02:00Z");
    assert!(part.may_be("A.hl7"));
    let proof = prove(november(), vec![part], vec![]);
    assert_eq!(proof.files[0].part.as_deref(), Some("A.hl7"));
    let cancelled = moved(
        entered(3, "2026-11-20T15:00:00Z"),
        State::Cancelled,
        "2026-11-20T15:01:00Z",
        |step| {
            step.sent_as = Some("A.hl7".to_owned());
        },
    );
    assert!(!cancelled.may_be("A.hl7"));
}

#[test]
fn until_the_tenth_a_proof_means_the_month_that_is_over() {
    let day = |text: &str| text.parse::<NaiveDate>().unwrap();
    for (today, month) in [
        ("2026-11-10", "2026-10"),
        ("2026-11-11", "2026-11"),
        ("2026-01-03", "2025-12"),
        ("2026-11-30", "2026-11"),
    ] {
        assert_eq!(Period::usual_month(day(today)), month.parse().unwrap(), "{today}");
    }
}
