//! What was found in a file, on its page: whoever has never seen HL7 reads what is wrong, whom it concerns and who puts it right.

use std::{fs, path::Path, sync::Arc};

use dropoff::{
    app::{
        findings::{Contents, FindingsPage, Names, View},
        marked::marked,
        message::{CardId, Command, DeskJob, Event, ExcerptRequest, FindingsCommand, Job, Reread},
        model::{CardState, Model},
        wording::findings as words,
    },
    domain::{
        check::{Checker, ExcerptReader, Report, Severity, SoFar},
        failure::FileFailure,
        guide::{Guide, Legend},
        settings::{Settings, Stage},
        submission::Reading,
    },
};
use egui::{Key, MissingGlyphPolicy, Modifiers, OutputCommand};
use egui_kittest::kittest::{NodeT, Queryable};

use super::{
    scenes::{quiet_month, read, reading, with_files, with_password},
    stage::{TestWindow, ask, happen, live_settings, model, open},
};
use crate::support::{
    clinic::rules,
    message::{MESSAGE, message},
};

/// A card whose file has these bytes.
pub(super) fn card_with(name: &str, bytes: &[u8]) -> Model {
    read(with_files(quiet_month(), &[name]), 1, checked(bytes, Stage::Live))
}

fn checked(bytes: &[u8], stage: Stage) -> Reading {
    let rules = dropoff::domain::check::Rules { stage, ..rules() };
    let mut checker = Checker::new(&rules);
    checker.feed(bytes);
    let report: Report = checker.finish();
    Reading {
        size_bytes: bytes.len() as u64,
        report: Arc::new(report),
        ..reading(0, 9)
    }
}

/// What the desk reads.
fn answer(request: &ExcerptRequest, bytes: &[u8]) -> Event {
    let mut reader = ExcerptReader::new(&request.reading.report);
    reader.feed(bytes);
    Event::ExcerptsRead(Box::new(Reread {
        card: request.card,
        sha256: request.reading.sha256,
        excerpts: Ok(Arc::new(reader.finish())),
        legend: Arc::new(Legend::of(&Guide::z22().unwrap())),
    }))
}

/// What the window asked to read, answered.
pub(super) fn answers(jobs: &[Job], bytes: &[u8]) -> Vec<Event> {
    let requests = jobs.iter().filter_map(|job| match job {
        Job::Desk(DeskJob::ReadExcerpts(request)) => Some(answer(request, bytes)),
        _ => None,
    });
    requests.collect()
}

/// The page of this file after these commands.
pub(super) fn page_of(mut model: Model, bytes: &[u8], commands: &[FindingsCommand]) -> Model {
    for command in [FindingsCommand::Open(CardId(1))].iter().chain(commands) {
        let jobs = ask(&mut model, Command::Findings(*command));
        for event in answers(&jobs, bytes) {
            happen(&mut model, event);
        }
    }
    model
}

/// An export of 40 invented patients: some without a sex, one born tomorrow, one without a lot number, two who are one.
pub(super) fn export() -> String {
    let families = [
        "Quillfeather",
        "Marigold",
        "Thistlewood",
        "Bluebonnet",
        "Larkspur",
        "Cottonwood",
        "Pecan",
        "Sagebrush",
    ];
    let messages: String = (1..=40)
        .map(|number| {
            let family = families[number % families.len()];
            let text = message(&format!("B{number}"), family, 3);
            match number {
                7 | 19 | 31 => text.replace("|20190402|F|", "|20190402||"),
                12 => text.replace("|20190402|", "|20261121|"),
                23 => text.replace("|UT8812KA|", "||"),
                30 => text.replace("^CVX|0.5|", "^CVX||"),
                _ => text,
            }
        })
        .collect();
    format!("FHS|^~\\&|MADEUP EHR\rBHS|^~\\&|MADEUP EHR\r{messages}BTS|40\rFTS|1\r")
}

/// What a hostile or clumsy sender can write.
pub(super) fn hostile() -> String {
    let name = "Quill\u{1b}[31m\u{202e}feather 🦋\u{200b}^疫苗";
    let long = "W".repeat(4_000);
    let text = MESSAGE
        .replace("Quillfeather^Juniper", name)
        .replace("|20190402|F|", "|20190402||")
        .replace("118 Tumbleweed Lane", &long);
    format!("FHS|^~\\&|EHR\rBHS|^~\\&|EHR\r{text}BTS|1\rFTS|1\r")
}

pub(super) fn scenes() -> Vec<(&'static str, Model)> {
    let text = export();
    let bytes = text.as_bytes();
    let card = || card_with("november-export.hl7", bytes);
    let of_testing = || {
        let settings = Settings {
            stage: Some(Stage::Testing),
            ..live_settings()
        };
        let model = with_files(with_password(model(settings)), &["november-export.hl7"]);
        read(model, 1, checked(bytes, Stage::Testing))
    };
    let count = fixture("wrong-count.hl7");
    let counted = || card_with("november-export.hl7", &count);
    let hostile = hostile();
    let lost = fixture("letters-lost.hl7");
    let mut gone = page_of(card(), bytes, &[FindingsCommand::ShowNames]);
    gone.findings.as_mut().unwrap().contents = Contents::Trouble(FileFailure::Changed);
    let mut so_far = with_files(quiet_month(), &["november-export.hl7"]);
    so_far.cards[0].state = CardState::Reading {
        read_bytes: 300_000_000,
        total_bytes: 1_000_000_000,
        so_far: SoFar {
            messages: 200_000,
            messages_with_errors: 12,
            rules: 9,
            worst: checked(bytes, Stage::Live)
                .report
                .worst_finding()
                .map(|worst| worst.rule),
        },
    };
    vec![
        ("findings-0-card", card()),
        ("findings-0-card-testing", of_testing()),
        ("findings-0-reading", so_far),
        ("findings-1-covered", page_of(card(), bytes, &[])),
        (
            "findings-2-names",
            page_of(card(), bytes, &[FindingsCommand::ShowNames]),
        ),
        ("findings-3-one", page_of(card(), bytes, &[FindingsCommand::Show(0)])),
        (
            "findings-3-one-names",
            page_of(card(), bytes, &[FindingsCommand::ShowNames, FindingsCommand::Show(0)]),
        ),
        (
            "findings-3-one-far",
            page_of(card(), bytes, &[FindingsCommand::Show(4)]),
        ),
        (
            "findings-3-one-lost",
            page_of(
                card_with("x.hl7", &lost),
                &lost,
                &[FindingsCommand::ShowNames, FindingsCommand::Show(0)],
            ),
        ),
        (
            "findings-3-list-lost",
            page_of(card_with("x.hl7", &lost), &lost, &[FindingsCommand::ShowNames]),
        ),
        ("findings-4-stops", page_of(counted(), &count, &[])),
        (
            "findings-4-stops-one",
            page_of(counted(), &count, &[FindingsCommand::Show(0)]),
        ),
        ("findings-5-testing", page_of(of_testing(), bytes, &[])),
        (
            "findings-6-hostile",
            page_of(
                card_with("x.hl7", hostile.as_bytes()),
                hostile.as_bytes(),
                &[FindingsCommand::ShowNames, FindingsCommand::Show(0)],
            ),
        ),
        ("findings-7-changed", gone),
    ]
}

pub(super) fn fixture(name: &str) -> Vec<u8> {
    fs::read(folder().join(name)).unwrap()
}

fn folder() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/check")
}

pub(super) fn page(window: &TestWindow) -> &FindingsPage {
    window.model().findings.as_ref().unwrap()
}

pub(super) fn press(window: &mut TestWindow, name: &str) {
    window.harness.get_by_label(name).click_accesskit();
    window.harness.run_steps(3);
}

pub(super) fn key(window: &mut TestWindow, modifiers: Modifiers, key: Key) {
    window.harness.key_press_modifiers(modifiers, key);
    window.harness.run_steps(3);
}

/// What tells who the patients of the fixtures and their families are.
const PATIENTS: [&str; 10] = [
    "Quillfeather",
    "Juniper",
    "20190402",
    "Tumbleweed",
    "Lubbock",
    "5550142",
    "Bluebonnett",
    "Percival",
    "20180802",
    "Caliche",
];

/// A press of the key that leads to the next finding.
fn step_key() -> egui::Event {
    egui::Event::Key {
        key: Key::F8,
        physical_key: None,
        pressed: true,
        repeat: true,
        modifiers: Modifiers::NONE,
    }
}

/// Everything that a screen reader could read.
pub(super) fn said(window: &TestWindow) -> String {
    let nodes = window.harness.root().children_recursive();
    let texts = nodes.flat_map(|node| {
        let node = node.accesskit_node();
        [node.label(), node.value(), node.description()]
    });
    texts.flatten().collect::<Vec<_>>().join("\n")
}

#[track_caller]
pub(super) fn assert_said(window: &TestWindow, what: &str, about: &str) {
    let said = said(window);
    assert!(said.contains(what), "{about}: {what:?} is not in\n{said}");
}

#[test]
fn every_fixture_says_what_is_wrong_and_who_fixes_it_and_marks_each_spot() {
    let mut files: Vec<_> = fs::read_dir(folder())
        .unwrap()
        .map(|file| file.unwrap().path())
        .collect();
    files.sort();
    assert!(files.len() > 50);
    for file in files {
        let name = file.file_name().unwrap().to_str().unwrap();
        let bytes = fixture(name);
        let mut window = open(card_with(name, &bytes));
        // What others wrote can have any letter.
        window.harness.ctx.set_missing_glyph_policy(MissingGlyphPolicy::Tofu);
        if window.model().cards[0]
            .reading
            .as_ref()
            .unwrap()
            .report
            .counts
            .is_empty()
        {
            assert!(window.harness.query_by_label(words::SEE_THEM).is_none(), "{name}");
            continue;
        }
        press(&mut window, words::SEE_THEM);
        assert_list_says_all(&window, name);
        // The first of each rule is looked at in the window; of all of them the lines are read that it
        // would draw.
        for group in page(&window).groups.clone() {
            step_to(&mut window, group.first, &bytes);
            assert_spot_is_marked(&window, group.first, name);
            for place in group.first..group.first + group.kept {
                assert_spot_would_be_marked(page(&window), place, name);
            }
        }
    }
}

/// Each rule with what is wrong and whom it concerns; of what is open, what to do and who does it.
#[track_caller]
fn assert_list_says_all(window: &TestWindow, name: &str) {
    let page = page(window);
    let said = said(window);
    let is_said = |what: &str| assert!(said.contains(what), "{name}: {what:?} is not in\n{said}");
    for (index, group) in page.groups.iter().enumerate() {
        is_said(&words::title(page, group));
        is_said(&words::group_note(page, group));
        if index == 0 || group.severity >= Severity::Error {
            is_said(&words::fix(page, group));
            is_said(words::who(group.rule.who()));
        }
    }
}

/// As many presses of the key as lead to this place, in one frame, and the answer to what was asked to be read.
fn step_to(window: &mut TestWindow, place: usize, bytes: &[u8]) {
    let steps = match page(window).view {
        View::List => place + 1,
        View::One(from) => place - from,
    };
    window.harness.input_mut().events.extend(vec![step_key(); steps]);
    window.harness.run_steps(2);
    let jobs = window.jobs();
    if !jobs.is_empty() {
        window.tell(answers(&jobs, bytes));
    }
    assert_eq!(page(window).view, View::One(place));
}

#[track_caller]
fn assert_spot_is_marked(window: &TestWindow, place: usize, name: &str) {
    let said = said(window);
    assert_tells_of_nobody(&said, name);
    let position = words::position(place, page(window));
    assert!(said.contains(&position), "{name}: {position} is not in\n{said}");
    if page(window).finding(place).unwrap().line.is_some() {
        let marks = said.lines().filter(|line| line.contains("Marked: ")).count();
        assert!(marks == 1, "{name}, finding {place}: {marks} marks in\n{said}");
    } else {
        assert!(said.contains(words::NO_SPOT), "{name}");
    }
}

/// What the screen would draw and say of this finding.
#[track_caller]
fn assert_spot_would_be_marked(page: &FindingsPage, place: usize, name: &str) {
    let finding = page.finding(place).unwrap();
    let Contents::Here(excerpts) = &page.contents else {
        panic!("{name}: nothing was read")
    };
    let Some(excerpt) = excerpts.of(finding) else {
        assert_eq!(finding.line, None, "{name}, finding {place}");
        return;
    };
    for names in [Names::Covered, Names::Shown] {
        let lines = marked(excerpt, finding, &excerpts.spot(finding), &page.legend, names);
        let said: Vec<String> = lines.iter().map(|line| words::spoken(line, &page.legend)).collect();
        let marks = said.iter().filter(|line| line.contains("Marked: ")).count();
        assert!(marks == 1, "{name}, finding {place}: {marks} marks in\n{said:#?}");
        if names == Names::Covered {
            let drawn = lines
                .iter()
                .flat_map(|line| &line.pieces)
                .map(|piece| piece.text.as_str());
            assert_tells_of_nobody(&drawn.collect::<String>(), name);
        }
    }
}

/// Whatever is wrong with a file, its patients are covered.
#[track_caller]
fn assert_tells_of_nobody(said: &str, name: &str) {
    for secret in PATIENTS {
        let told: Vec<&str> = said.lines().filter(|line| line.contains(secret)).collect();
        assert!(told.is_empty(), "{name}: {secret} is in {told:#?}");
    }
}

#[test]
fn the_page_works_by_keyboard_alone() {
    let text = export();
    let mut window = open(card_with("november-export.hl7", text.as_bytes()));
    press(&mut window, words::SEE_THEM);
    key(&mut window, Modifiers::SHIFT, Key::F8);
    assert_eq!(page(&window).view, View::One(0), "either key begins with the worst");
    key(&mut window, Modifiers::SHIFT, Key::F8);
    assert_eq!(page(&window).view, View::One(page(&window).listed() - 1));
    key(&mut window, Modifiers::NONE, Key::F8);
    assert_eq!(page(&window).view, View::One(0));
    key(&mut window, Modifiers::NONE, Key::Escape);
    assert_eq!(page(&window).view, View::List);
    key(&mut window, Modifiers::NONE, Key::Escape);
    assert_eq!(window.model().findings, None);
    assert!(window.harness.query_by_label(words::SEE_THEM).is_some());
}

#[test]
fn a_line_that_has_the_keyboard_tells_its_fields_by_name() {
    let text = export();
    let model = card_with("november-export.hl7", text.as_bytes());
    let shown = [FindingsCommand::ShowNames, FindingsCommand::Show(0)];
    let mut window = open(page_of(model, text.as_bytes(), &shown));
    let line = window
        .harness
        .get_by(|node| node.label().is_some_and(|label| label.starts_with("PID, Patient.")));
    line.focus();
    window.harness.run_steps(3);
    let fields = window
        .harness
        .query_all_by_label("PID-5 · Patient\u{2019}s name: Larkspur^Juniper^Moon^^^^L")
        .count();
    assert_eq!(fields, 1, "{}", said(&window));
}

#[test]
fn what_is_copied_for_the_vendor_names_nobody() {
    let text = export();
    let mut window = open(card_with("november-export.hl7", text.as_bytes()));
    press(&mut window, words::SEE_THEM);
    let all = window.harness.query_all_by_label(words::COPY).next().unwrap();
    all.click_accesskit();
    window.harness.run_steps(1);
    let copied = window
        .harness
        .output()
        .platform_output
        .commands
        .iter()
        .find_map(|command| match command {
            OutputCommand::CopyText(text) => Some(text.clone()),
            _ => None,
        });
    window.harness.run_steps(2);
    assert_said(&window, words::COPIED, "copied");
    let copied = copied.unwrap();
    assert!(
        copied.contains("PID-8 · Sex") && copied.contains("7, 19, 31"),
        "{copied}"
    );
    for secret in ["Sagebrush", "Juniper", "B19", "2019", "november"] {
        assert!(!copied.contains(secret), "{secret} is in\n{copied}");
    }
}

#[test]
fn a_birth_date_in_the_place_of_a_code_is_not_copied_for_the_vendor() {
    let text = message("C1", "Quillfeather", 1).replace("|140^", "|20190402^");
    let mut window = open(card_with("november-export.hl7", text.as_bytes()));
    press(&mut window, words::SEE_THEM);
    assert_said(&window, "not in the CDC's table", "the code is unknown");
    let page = page(&window);
    let copied = words::vendor::text(page, &page.groups, window.model());
    assert!(copied.contains("RXA-5") && !copied.contains("20190402"), "{copied}");
}

#[test]
fn several_presses_of_the_key_in_one_frame_are_as_many_steps() {
    let text = export();
    let mut window = open(card_with("november-export.hl7", text.as_bytes()));
    press(&mut window, words::SEE_THEM);
    window.harness.input_mut().events.extend(vec![step_key(); 3]);
    window.harness.run_steps(3);
    assert_eq!(page(&window).view, View::One(2));
}

#[test]
fn thousands_of_findings_are_a_list_of_which_only_what_is_in_sight_is_drawn() {
    let text: String = (0..5_000)
        .map(|number| message(&format!("C{number}"), "Quillfeather", 1).replace("|20190402|F|", "|||"))
        .collect();
    let mut window = open(card_with("november-export.hl7", text.as_bytes()));
    press(&mut window, words::SEE_THEM);
    let found = page(&window).found();
    assert!(found >= 10_000, "{found}");
    let links = window.harness.query_all_by_label(words::SHOW).count();
    assert!(links > 0 && links < 40, "{links}");
    assert_said(&window, "5,000 places", "all are counted");
}

#[test]
fn what_stands_in_the_way_of_a_copy_is_what_the_card_tells() {
    let text = String::from_utf8(fixture("envelope-not-closed.hl7")).unwrap();
    let letters = std::iter::once(0xFEFF).chain(text.encode_utf16());
    let bytes: Vec<u8> = letters.flat_map(u16::to_le_bytes).collect();
    let window = open(card_with("export.hl7", &bytes));
    assert_said(&window, "This file stops early.", "the card");
    assert!(!said(&window).contains("on a copy"), "none can be made");
}
