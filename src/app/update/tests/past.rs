//! Past files, page by page.

use super::*;
use crate::app::wording::{card::already_sent, past::foreign};

fn page(model: &mut Model, leave_out: u32, records: Vec<Record>, has_more: bool, seen: Vec<SeenFile>) {
    let account = model.account().unwrap().id();
    let history = History {
        leave_out,
        submissions: records.into_iter().map(tracked).collect(),
        has_more,
        seen,
    };
    happen(model, Event::HistoryRead(account, Ok(Box::new(history))));
}

fn seen(name: &str, day: &str) -> SeenFile {
    SeenFile {
        name: name.to_owned(),
        size_bytes: Some(1_000),
        modified: Some(format!("{day}T09:00:00").parse().unwrap()),
        accepted: None,
        first_seen: now(),
    }
}

fn rows(model: &Model) -> Vec<String> {
    let row = |row: &Row| match row {
        Row::Month(first) => first.format("%Y-%m").to_string(),
        Row::Submission(tracked) => tracked.record.sent_as.clone().unwrap_or_default(),
        Row::Foreign(file) => format!("foreign {}", file.name),
    };
    model.past.rows.iter().map(row).collect()
}

fn sent(model: &Model, n: u8, name: &str, at: &str) -> Record {
    stored(model, n, State::Delivered, |record| {
        record.entered.at = at.parse().unwrap();
        record.sent_as = Some(name.to_owned());
    })
}

#[test]
fn the_screen_asks_for_the_newest_page_when_it_opens() {
    let mut model = in_a_window();
    let jobs = ask(&mut model, Command::OpenScreen(Screen::PastFiles));
    assert!(
        matches!(jobs.as_slice(), [Job::Desk(DeskJob::ReadHistory { leave_out: 0, .. })]),
        "{jobs:?}"
    );
    assert_eq!(
        ask(&mut model, Command::OpenScreen(Screen::PastFiles)),
        Vec::new(),
        "it is being read"
    );
}

#[test]
fn rows_stand_by_month_with_what_others_sent() {
    let mut model = in_a_window();
    let records = vec![
        sent(&model, 1, "CLINIC0126324.hl7", "2026-11-20T15:00:00Z"),
        sent(&model, 2, "CLINIC0126293.hl7", "2026-10-20T15:00:00Z"),
    ];
    let others = vec![
        seen("clinic0126324.hl7", "2026-11-20"),
        seen("CLINIC0126310.hl7", "2026-11-06"),
    ];
    page(&mut model, 0, records, false, others);
    assert_eq!(
        rows(&model),
        [
            "2026-11",
            "CLINIC0126324.hl7",
            "foreign CLINIC0126310.hl7",
            "2026-10",
            "CLINIC0126293.hl7"
        ]
    );
}

#[test]
fn a_part_that_stayed_is_not_taken_for_somebody_elses_file() {
    let mut model = in_a_window();
    let mut record = sent(&model, 1, "CLINIC0126324.1.hl7", "2026-11-20T15:00:00Z");
    record.why = Some(Why::PartStays {
        name: "CLINIC0126324.hl7".to_owned(),
    });
    page(
        &mut model,
        0,
        vec![record],
        false,
        vec![seen("CLINIC0126324.hl7", "2026-11-20")],
    );
    assert_eq!(rows(&model), ["2026-11", "CLINIC0126324.1.hl7"]);
}

#[test]
fn older_pages_are_added_and_a_newer_first_page_keeps_them() {
    let mut model = in_a_window();
    let first = sent(&model, 1, "A26324.hl7", "2026-11-20T15:00:00Z");
    let second = sent(&model, 2, "A26293.hl7", "2026-10-20T15:00:00Z");
    let newest = sent(&model, 3, "A26325.hl7", "2026-11-21T15:00:00Z");
    page(&mut model, 0, vec![first.clone()], true, vec![]);
    let jobs = ask(&mut model, Command::ShowOlder);
    assert!(
        matches!(jobs.as_slice(), [Job::Desk(DeskJob::ReadHistory { leave_out: 1, .. })]),
        "{jobs:?}"
    );
    page(&mut model, 1, vec![second], false, vec![]);
    assert_eq!(
        ask(&mut model, Command::ShowOlder),
        Vec::new(),
        "there are no older ones"
    );
    page(&mut model, 0, vec![newest, first], true, vec![]);
    assert_eq!(
        rows(&model),
        ["2026-11", "A26325.hl7", "A26324.hl7", "2026-10", "A26293.hl7"]
    );
    assert!(!model.past.has_more);
}

#[test]
fn what_is_older_than_the_page_is_left_for_the_next_page() {
    let mut model = in_a_window();
    let record = sent(&model, 1, "A26324.hl7", "2026-11-20T15:00:00Z");
    page(
        &mut model,
        0,
        vec![record],
        true,
        vec![seen("A26001.hl7", "2026-01-01")],
    );
    assert_eq!(rows(&model), ["2026-11", "A26324.hl7"]);
}

#[test]
fn the_date_of_a_listing_is_told_as_the_listing_s_own() {
    let model = in_a_window();
    // Two in the morning by the server's clock: at the clinic it may still be the evening before.
    let at = "2026-11-21T02:00:00".parse().ok();
    let listed = "listed with November 21, 2026";
    let duplicate = Duplicate {
        seen_at: at,
        ..duplicate()
    };
    assert_eq!(
        already_sent(&duplicate, &model).0,
        format!("Already sent by another computer or program, as CLINIC0126300.hl7 ({listed}).")
    );
    let file = SeenFile {
        modified: at,
        ..seen("CLINIC0126324.hl7", "2026-11-20")
    };
    let row = foreign(&file, &model);
    assert!(row.what.ends_with(listed), "{row:?}");
}

#[test]
fn a_delivered_file_of_the_past_has_a_receipt() {
    let mut model = in_a_window();
    let mut record = sent(&model, 1, "CLINIC0126293.hl7", "2026-10-20T15:00:00Z");
    record.delivery = Some(delivery("CLINIC0126293.hl7"));
    let waits = stored(&model, 2, State::Waiting, |_| {});
    page(&mut model, 0, vec![record.clone(), waits.clone()], false, vec![]);
    let jobs = ask(&mut model, Command::SavePastReceipt(record.entered.id));
    let [Job::Desk(DeskJob::SaveText { suggested_name, .. })] = jobs.as_slice() else {
        panic!("{jobs:?}");
    };
    assert_eq!(suggested_name, "Receipt CLINIC0126293.hl7.txt");
    assert_eq!(ask(&mut model, Command::SavePastReceipt(waits.entered.id)), Vec::new());
}
