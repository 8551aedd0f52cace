//! The page of findings: what is read for it, what is covered, and when it goes.

use super::*;
use crate::{
    app::{
        findings::{Contents, FindingsPage, Names, Reread, View},
        message::{ExcerptRequest, FindingsCommand},
    },
    domain::{
        check::{ExcerptReader, Rule},
        guide::Legend,
    },
};

/// Two patients without a sex, one of whom has no name either.
fn text() -> String {
    let whole = include_str!("../../../../tests/fixtures/check/no-envelope.hl7");
    let bad = whole.replace("|F|", "||");
    assert_ne!(bad, whole);
    let worse = bad.replace("|A1|", "|A2|").replace("Quillfeather^Juniper^Moon", "");
    format!("{bad}{worse}")
}

fn opened() -> (Model, CardId) {
    let mut model = live();
    let card = add(&mut model, "export.hl7");
    read_as(&mut model, card, &text());
    assert_eq!(ask(&mut model, FindingsCommand::Open(card)), []);
    (model, card)
}

fn ask(model: &mut Model, command: FindingsCommand) -> Vec<Job> {
    apply_command(model, Command::Findings(command))
        .into_iter()
        .filter(|job| matches!(job, Job::Desk(_)))
        .collect()
}

fn page(model: &Model) -> &FindingsPage {
    model.findings.as_ref().unwrap()
}

#[track_caller]
fn request(jobs: &[Job]) -> ExcerptRequest {
    let [Job::Desk(DeskJob::ReadExcerpts(request))] = jobs else {
        panic!("{jobs:?}")
    };
    (**request).clone()
}

fn reread(request: &ExcerptRequest) -> Event {
    let mut reader = ExcerptReader::new(&request.reading.report);
    reader.feed(text().as_bytes());
    Event::ExcerptsRead(Box::new(Reread {
        card: request.card,
        sha256: request.reading.sha256,
        excerpts: Ok(Arc::new(reader.finish())),
        legend: Arc::new(Legend::default()),
    }))
}

#[test]
fn the_page_opens_covered_and_reads_nothing_until_somebody_wants_to_see_a_patient() {
    let (mut model, _) = opened();
    assert_eq!(
        (page(&model).names, &page(&model).contents),
        (Names::Covered, &Contents::Away)
    );
    let jobs = ask(&mut model, FindingsCommand::ShowNames);
    let request = request(&jobs);
    assert_eq!(page(&model).contents, Contents::Reading);
    happen(&mut model, reread(&request));
    let page = page(&model);
    let names: Vec<_> = (0..page.listed())
        .filter_map(|place| page.excerpt(page.finding(place)?)?.patient.as_ref())
        .map(|patient| patient.name.is_some())
        .collect();
    assert!(names.contains(&true) && names.contains(&false), "{names:?}");
}

#[test]
fn what_was_read_is_forgotten_as_soon_as_nothing_of_it_is_shown() {
    for (shown, away) in [
        (FindingsCommand::ShowNames, FindingsCommand::CoverNames),
        (FindingsCommand::Show(1), FindingsCommand::BackToList),
    ] {
        let (mut model, _) = opened();
        let jobs = ask(&mut model, shown);
        let request = request(&jobs);
        happen(&mut model, reread(&request));
        assert!(matches!(page(&model).contents, Contents::Here(_)));
        assert_eq!(ask(&mut model, away), []);
        assert_eq!(
            (page(&model).view, &page(&model).contents),
            (View::List, &Contents::Away)
        );
        assert!(request.cancel.is_requested());
        // What comes too late is not kept.
        happen(&mut model, reread(&request));
        assert_eq!(page(&model).contents, Contents::Away);
    }
}

#[test]
fn a_message_is_shown_covered_until_somebody_wants_to_see_the_patient_and_stays_when_covered_again() {
    let (mut model, _) = opened();
    let request = request(&ask(&mut model, FindingsCommand::Show(1)));
    happen(&mut model, reread(&request));
    assert_eq!(page(&model).names, Names::Covered);
    for (command, names) in [
        (FindingsCommand::ShowNames, Names::Shown),
        (FindingsCommand::CoverNames, Names::Covered),
    ] {
        assert_eq!(ask(&mut model, command), []);
        assert_eq!((page(&model).names, page(&model).view), (names, View::One(1)));
        assert!(matches!(page(&model).contents, Contents::Here(_)));
    }
}

#[test]
fn another_screen_or_the_end_of_the_card_closes_the_page() {
    let leave: [fn(CardId) -> Command; 3] = [
        |_| Command::OpenScreen(Screen::Help),
        Command::RemoveCard,
        |_| Command::Findings(FindingsCommand::Close),
    ];
    for leave in leave {
        let (mut model, card) = opened();
        let request = request(&ask(&mut model, FindingsCommand::ShowNames));
        super::ask(&mut model, leave(card));
        happen(&mut model, reread(&request));
        assert_eq!(model.findings, None);
        assert!(request.cancel.is_requested());
    }
}

#[test]
fn the_next_finding_after_the_last_is_the_first_and_all_come_the_worst_first() {
    let (mut model, _) = opened();
    let listed = page(&model).listed();
    assert!(listed > 2, "{listed}");
    let severities: Vec<_> = page(&model).groups.iter().map(|group| group.severity).collect();
    assert!(severities.is_sorted_by(|a, b| a >= b), "{severities:?}");
    let mut seen = Vec::new();
    for place in 0..listed {
        ask(&mut model, FindingsCommand::Step(1));
        assert_eq!(page(&model).view, View::One(place));
        seen.push(page(&model).finding(place).unwrap().range.clone());
    }
    ask(&mut model, FindingsCommand::Step(1));
    assert_eq!(page(&model).view, View::One(0));
    ask(&mut model, FindingsCommand::Step(-1));
    assert_eq!(page(&model).view, View::One(listed - 1));
    ask(&mut model, FindingsCommand::Step(3));
    assert_eq!(
        page(&model).view,
        View::One(2),
        "three keys pressed at once are three steps"
    );
    ask(&mut model, FindingsCommand::Step(-3));
    ask(&mut model, FindingsCommand::Show(listed));
    assert_eq!(page(&model).view, View::One(listed - 1), "there is no such finding");
}

#[test]
fn a_desk_with_too_much_to_do_leaves_the_names_covered() {
    let (mut model, _) = opened();
    let jobs = ask(&mut model, FindingsCommand::ShowNames);
    happen(&mut model, Event::Refused(Box::new(jobs[0].clone())));
    assert_eq!(
        (page(&model).names, &page(&model).contents),
        (Names::Covered, &Contents::Away)
    );
    assert_eq!(model.notice, Some(Notice::TooBusy));
}

#[test]
fn a_file_that_changed_says_so_and_shows_nobody() {
    let (mut model, _) = opened();
    let request = request(&ask(&mut model, FindingsCommand::ShowNames));
    let Event::ExcerptsRead(mut reread) = reread(&request) else {
        unreachable!()
    };
    reread.excerpts = Err(FileFailure::Changed);
    happen(&mut model, Event::ExcerptsRead(reread));
    assert_eq!(page(&model).contents, Contents::Trouble(FileFailure::Changed));
    let title = wording::findings::trouble(&FileFailure::Changed).title;
    assert!(title.starts_with("This is not the file that was checked"), "{title}");
}

#[test]
fn counts_are_exact_where_only_the_first_are_listed() {
    let mut model = live();
    let standard = Arc::new(Standard::built_in().unwrap());
    let rules = Rules {
        limit: 1,
        ..Rules::on(model.occasion(), model.profile.records.clone(), standard)
    };
    let mut checker = Checker::new(&rules);
    checker.feed(text().as_bytes());
    let report = Arc::new(checker.finish());
    let card = add(&mut model, "export.hl7");
    read(&mut model, card, Ok(Reading { report, ..reading(1) }));
    ask(&mut model, FindingsCommand::Open(card));
    let page = page(&model);
    let sex = page
        .groups
        .iter()
        .find(|group| group.rule == Rule::of("patient.sex-missing").unwrap());
    let sex = sex.unwrap();
    assert_eq!((sex.kept, sex.count), (1, 2));
    assert_eq!(
        wording::findings::not_listed(sex).as_deref(),
        Some("And 1 more like these. They are counted, not listed.")
    );
    assert!(page.found() > page.listed() as u64);
    assert!(wording::findings::position(0, page).contains("in all"));
}

#[test]
fn what_is_copied_for_the_vendor_has_places_and_counts_and_nobody() {
    let (model, _) = opened();
    let text = wording::findings::vendor::text(page(&model), &page(&model).groups, &model);
    for said in [
        "PID-8",
        "Found: 2 times",
        "Messages, counted from 1: 1, 2",
        "patient.sex-missing",
        "Source: ",
    ] {
        assert!(text.contains(said), "{said} is not in\n{text}");
    }
    for secret in ["Quillfeather", "Juniper", "40077", "20190402", "export.hl7", "A2"] {
        assert!(!text.contains(secret), "{secret} is in\n{text}");
    }
}
