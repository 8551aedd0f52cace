//! Proofs: asked for, read, made a page, saved.

use super::*;
use crate::{
    app::{
        message::{ProofRequest, SaveTo},
        page,
    },
    domain::{
        account::AccountId,
        proof::{Period, Proof, ProvenFile, Stranger},
    },
};

fn november() -> Period {
    Period::Month("2026-11".parse().unwrap())
}

fn proven(record: Record) -> ProvenFile {
    ProvenFile {
        record,
        settled_by: Some(by()),
        part: None,
    }
}

fn proof(model: &Model, files: Vec<ProvenFile>) -> Proof {
    Proof {
        period: november(),
        account: model.account().unwrap().id(),
        zone: model.settings.time_zone,
        files,
        strangers: vec![],
        outages: vec![],
    }
}

fn delivered(model: &Model, n: u8, name: &str) -> ProvenFile {
    proven(stored(model, n, State::PickedUp, |record| {
        record.sent_as = Some(name.to_owned());
        record.delivery = Some(delivery(name));
        record.road.picked_up = Some(now() + TimeDelta::hours(2));
    }))
}

fn read(model: &mut Model, result: Result<Proof, LedgerFailure>) -> Vec<Job> {
    let account = model.account().unwrap().id();
    happen(model, Event::ProofRead(account, result.map(Box::new)))
}

/// The page as somebody reads it: without its tags, with its characters.
fn words(page: &str) -> String {
    let (_, body) = page.split_once("</head>").unwrap();
    let mut is_in_tag = false;
    let text: String = body
        .chars()
        .map(|c| match c {
            '<' => {
                is_in_tag = true;
                ' '
            }
            '>' => {
                is_in_tag = false;
                ' '
            }
            _ if is_in_tag => ' ',
            c => c,
        })
        .collect();
    let text = text
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&#39;", "'")
        .replace("&amp;", "&");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[track_caller]
fn says(page: &str, expected: &str) {
    let words = words(page);
    assert!(words.contains(expected), "{expected:?} is not in {words}");
}

#[test]
fn a_proof_is_read_from_the_books_then_saved_where_the_person_says() {
    let mut model = live();
    let command = Command::SaveProof(november(), SaveTo::Asked);
    let jobs = ask(&mut model, command.clone());
    let expected = ProofRequest {
        period: november(),
        account: model.account().unwrap().id(),
        import_code: model.account().unwrap().import_code.clone(),
        destination: Destination::Live,
        zone: chrono_tz::America::Chicago,
    };
    assert_eq!(jobs, [Job::Desk(DeskJob::ReadProof(expected))]);
    assert_eq!(ask(&mut model, command), [], "it is being read");
    let proof = proof(&model, vec![delivered(&model, 1, "CLINIC0126324.hl7")]);
    let jobs = read(&mut model, Ok(proof.clone()));
    let [
        Job::Desk(DeskJob::SaveText {
            suggested_name, text, ..
        }),
    ] = jobs.as_slice()
    else {
        panic!("{jobs:?}");
    };
    assert_eq!(suggested_name, "Proof CLINIC01 2026-11.html");
    assert_eq!(*text, page::proof::page(&proof, &model));
    assert_eq!(read(&mut model, Ok(proof)), [], "nobody asked for another");
}

#[test]
fn a_proof_for_a_place_is_written_there_only() {
    let mut model = live();
    let to = SaveTo::New(PathBuf::from("proof.html"));
    ask(&mut model, Command::SaveProof(Period::Everything, to));
    let proof = Proof {
        period: Period::Everything,
        ..proof(&model, vec![])
    };
    let jobs = read(&mut model, Ok(proof));
    let [Job::Desk(DeskJob::SaveNew(path, text))] = jobs.as_slice() else {
        panic!("{jobs:?}");
    };
    assert_eq!(path, &PathBuf::from("proof.html"));
    says(text, "History until November 20, 2026");
}

#[test]
fn a_proof_that_cannot_be_read_says_why_and_another_one_can_be_asked_for() {
    let mut model = live();
    let command = Command::SaveProof(november(), SaveTo::Asked);
    ask(&mut model, command.clone());
    assert_eq!(read(&mut model, Err(LedgerFailure::Busy)), []);
    assert_eq!(model.notice, Some(Notice::Ledger(LedgerFailure::Busy)));
    let jobs = ask(&mut model, command.clone());
    happen(&mut model, Event::Refused(Box::new(jobs[0].clone())));
    assert_eq!(model.notice, Some(Notice::TooBusy));
    assert_eq!(ask(&mut model, command).len(), 1);
}

#[test]
fn a_proof_of_an_account_that_was_left_is_not_saved() {
    let mut model = live();
    ask(&mut model, Command::SaveProof(november(), SaveTo::Asked));
    let proof = proof(&model, vec![]);
    let other = AccountId::of("CLINIC02", "registry.example");
    assert_eq!(happen(&mut model, Event::ProofRead(other, Ok(Box::new(proof)))), []);
    assert_eq!(model.proof_to, None);
}

#[test]
fn the_page_says_whose_it_is_what_was_sent_by_whom_and_what_came_of_it() {
    let mut model = live();
    model.settings.clinic_name = "Main Street".to_owned();
    model.settings.initials = "JR".to_owned();
    let mut file = delivered(&model, 1, "CLINIC0126324.1.hl7");
    file.part = Some("CLINIC0126324.hl7".to_owned());
    let page = page::proof::page(&proof(&model, vec![file]), &model);
    for expected in [
        "Monthly proof: November 2026 Which files",
        "Clinic Main Street Account CLINIC01@ftp.example.org Registry Registry of Somewhere Stage today Live",
        "Period November 1, 2026 until this page was made. The month is not over.",
        "Time zone America/Chicago, the clinic's own",
        "Made Friday, November 20, 2026, 9:12:00 AM CST Made by JR (mgarcia) at FRONTDESK2 Made with Dropoff",
        "Files entered in this period 1 Files delivered in this period 1 Patients in the files delivered 3",
        "1 CLINIC0126324.1.hl7 3 patients 0 vaccinations 3 messages \
         Nov 20, 2026, 9:11:00 AM CST MG (mgarcia) at FRONTDESK2 Nov 20, 2026, 9:12:02 AM CST MG (mgarcia) at FRONTDESK2 \
         Picked up Picked up: Nov 20, 2026, 11:12:00 AM CST A part of it stands at the registry as CLINIC0126324.hl7.",
        "Neither means that there were no errors",
        "It does not mean that the file had no errors.",
        "1 0101010101010101010101010101010101010101010101010101010101010101 1,000 bytes 226 Transfer complete",
        "Outages, seen from this computer",
        "None was seen.",
    ] {
        says(&page, expected);
    }
    assert!(!words(&page).contains("TESTING") && !words(&page).contains("DEMO"));
}

#[test]
fn a_file_that_was_not_delivered_says_why_and_since_when() {
    let model = live();
    let waits = stored(&model, 1, State::Waiting, |record| {
        record.why = Some(Why::Registry(failure(Trouble::Silent)));
    });
    let duplicate = stored(&model, 2, State::Held, |record| {
        record.why = Some(Why::Duplicate(Duplicate {
            name: "QUILLFEATHER.hl7".to_owned(),
            seen_at: None,
            delivered: None,
        }));
    });
    let cancelled = stored(&model, 3, State::Cancelled, |_| {});
    let files = [waits, duplicate, cancelled].map(proven).to_vec();
    let page = page::proof::page(&proof(&model, files), &model);
    says(
        &page,
        "Not delivered Not sent yet Since Nov 20, 2026, 9:11:00 AM CST The registry does not answer.",
    );
    says(
        &page,
        "Held: sent before Since Nov 20, 2026, 9:10:00 AM CST The same content was at the registry already.",
    );
    says(
        &page,
        "Cancelled Since Nov 20, 2026, 9:09:00 AM CST By MG (mgarcia) at FRONTDESK2",
    );
    assert!(
        !page.contains("QUILLFEATHER"),
        "what somebody else called a file can be a patient's name"
    );
}

#[test]
fn outages_and_files_of_others_are_told_as_seen_from_here() {
    let model = live();
    let mut proof = proof(&model, vec![]);
    proof.outages = vec![Outage {
        kind: OutageKind::Offline,
        began: now(),
        last_try: now() + TimeDelta::hours(1),
        ended: None,
        tries: 4,
        troubles: vec![Trouble::Silent, Trouble::Offline],
    }];
    proof.strangers = vec![Stranger {
        name: None,
        size_bytes: Some(2_000),
        day: "2026-11-06".parse().unwrap(),
        accepted: Some(now()),
    }];
    let page = page::proof::page(&proof, &model);
    says(
        &page,
        "Nov 20, 2026, 9:12:00 AM CST Nov 20, 2026, 10:12:00 AM CST No answer seen until this page was made 4 \
         The registry does not answer. This computer is not online.",
    );
    says(
        &page,
        "(not shown) 2,000 bytes November 6, 2026 Nov 20, 2026, 9:12:00 AM CST",
    );
    says(&page, "None. In this period nobody entered a file at this computer");
}

#[test]
fn nobody_takes_a_page_of_the_demo_or_of_tests_for_one_that_counts() {
    let model = live();
    let file = |n, destination| {
        let mut file = delivered(&model, n, "CLINIC0126324.hl7");
        file.record.entered.destination = destination;
        file
    };
    let page = |files, model: &Model| page::proof::page(&proof(model, files), model);
    let (live_file, test) = (file(1, Destination::Live), file(2, Destination::Testing));

    let only_tests = page(vec![test.clone()], &model);
    assert!(only_tests.contains("<title>TESTING: Monthly proof: November 2026</title>"));
    says(&only_tests, "What stands here was a test, and does not count");

    let mixed = page(vec![live_file, test], &model);
    assert!(mixed.contains("<title>PARTLY TESTING: "));
    says(&mixed, "CLINIC0126324.hl7 TESTING 3 patients");

    let mut testing = live();
    ask(&mut testing, Command::ChooseStage(Stage::Testing));
    assert!(page(vec![], &testing).contains("<title>TESTING: "));
    assert!(page(vec![], &model).contains("<title>Monthly proof: "));

    let mut demo = live();
    demo.settings.clinic_name = "Main Street".to_owned();
    demo.place = Place::Demo(Box::new(demo.account().unwrap().clone()));
    let of_the_demo = page(vec![file(3, Destination::Demo)], &demo);
    assert!(of_the_demo.contains("<title>DEMO: "));
    assert_eq!(
        of_the_demo.matches("DEMO: nothing here went to the registry").count(),
        3,
        "above each table"
    );
    assert!(!of_the_demo.contains("Main Street"));
}

#[test]
fn whatever_a_server_or_a_computer_is_called_stays_text() {
    let hostile = "</td><script>alert(1)</script><img src=x onerror=alert(2)>&\"'";
    let mut model = live();
    hostile.clone_into(&mut model.settings.clinic_name);
    hostile.clone_into(&mut model.settings.initials);
    hostile.clone_into(&mut model.person.user);
    hostile.clone_into(&mut model.profile.name);
    let mut file = delivered(&model, 1, hostile);
    file.part = Some(hostile.to_owned());
    file.record.entered.by.person.computer = hostile.to_owned();
    if let Some(delivery) = &mut file.record.delivery {
        hostile.clone_into(&mut delivery.reply);
    }
    let mut proof = proof(&model, vec![file]);
    proof.strangers = vec![Stranger {
        name: Some(hostile.to_owned()),
        size_bytes: None,
        day: "2026-11-06".parse().unwrap(),
        accepted: None,
    }];
    let page = page::proof::page(&proof, &model);
    says(&page, "<script>alert(1)</script>");
    let known = [
        "!DOCTYPE", "html", "head", "meta", "title", "style", "body", "main", "h1", "h2", "p", "strong", "dl", "dt",
        "dd", "section", "table", "caption", "thead", "tbody", "tr", "th", "td", "div",
    ];
    for tag in page.split('<').skip(1) {
        let name: String = tag
            .trim_start_matches('/')
            .chars()
            .take_while(|c| *c == '!' || c.is_alphanumeric())
            .collect();
        assert!(known.contains(&name.as_str()), "<{tag}");
    }
    assert!(!page.contains("onerror=alert(2)>"));
}
