//! All findings of a file: its verdict, then rule by rule, the worst first, each with its patients.

use egui::Ui;

use super::{Copied, copied_ui, copy_ui, names_ui};
use crate::{
    app::{
        findings::{Contents, FindingsCommand, FindingsPage, Group, Names},
        message::{Command, RepairStep},
        model::Model,
        wording::{
            card::{self, Mark},
            check, findings as words, repair,
        },
    },
    domain::check::{Finding, Severity},
    ui::{
        explain::{explanation_notice_ui, shape},
        frame::notice_ui,
        widgets::{
            Entry, Topic, about_ui, announce, banner_ui, body_ui, column_ui, entry_height, entry_ui, focus_first,
            link_ui, marked_topic_ui, open_details_once, pairs_ui, rows_ui, secondary_ui, section_ui, small_ui,
            strong_ui, title_ui,
        },
    },
};

/// Width of a term beside its meaning, in points.
const TERM: f32 = 120.0;

pub(super) fn list_ui(ui: &mut Ui, model: &Model, page: &FindingsPage, copied: &mut Copied) -> Option<Command> {
    column_ui(ui, "findings", |ui| {
        let back = link_ui(ui, words::BACK);
        focus_first(ui, "findings", &back);
        let noticed = notice_ui(ui, model);
        let card = model.card(page.card);
        if let Some(card) = card {
            title_ui(ui, &card.shown_name());
        }
        verdict_ui(ui, page, card.and_then(card::counts));
        let asked = section_ui(ui, "actions", |ui| actions_ui(ui, model, page, copied));
        trouble_ui(ui, page);
        let first = page.groups.first().map(|group| group.rule);
        let mut shown = None;
        for group in &page.groups {
            let id = format!("findings-{}-{}", page.card.0, group.rule.id());
            if group.severity >= Severity::Error || Some(group.rule) == first {
                open_details_once(ui, &id);
            }
            let (title, note) = (words::title(page, group), words::group_note(page, group));
            let topic = Topic {
                id: &id,
                name: &title,
                note: &note,
                mark: Some(shape(words::mark(group.severity))),
            };
            let entry = marked_topic_ui(ui, topic, |ui| group_ui(ui, model, page, group, &title, copied));
            shown = shown.or(entry.flatten());
        }
        let closed = back.clicked().then_some(FindingsCommand::Close);
        noticed.or(asked).or(closed.or(shown).map(Command::Findings))
    })
}

fn verdict_ui(ui: &mut Ui, page: &FindingsPage, counts: Option<String>) {
    let (mark, title, what_happens) = words::verdict(page.report());
    banner_ui(ui, shape(mark), mark.spoken(), |ui| {
        let title = strong_ui(ui, &title);
        announce(ui, &title);
        body_ui(ui, what_happens);
        body_ui(ui, &words::who_has_to(page));
        if let Some(counts) = counts {
            small_ui(ui, &counts);
        }
    });
}

fn actions_ui(ui: &mut Ui, model: &Model, page: &FindingsPage, copied: &mut Copied) -> Option<Command> {
    let is_repairable = model.card(page.card).is_some_and(|card| card.repairable().is_some());
    let is_about_patients = page.report().findings.iter().any(|finding| finding.message.is_some());
    let asked = ui
        .horizontal_wrapped(|ui| {
            let repairs = is_repairable && secondary_ui(ui, repair::SHOW).clicked();
            let named = is_about_patients.then(|| names_ui(ui, page)).flatten();
            copy_ui(ui, model, page, &page.groups, Copied::All, copied);
            let repair = repairs.then_some(Command::Repair(page.card, RepairStep::Show));
            repair.or(named.map(Command::Findings))
        })
        .inner;
    copied_ui(ui, Copied::All, *copied);
    if is_about_patients && page.names == Names::Covered {
        small_ui(ui, words::NAMES_NOTE);
    }
    if page.report().summary.messages > 0 {
        small_ui(ui, words::TERMS);
    }
    asked
}

/// That the file is being read once more, or why it could not be.
pub(super) fn trouble_ui(ui: &mut Ui, page: &FindingsPage) {
    match &page.contents {
        Contents::Away | Contents::Here(_) => {}
        Contents::Reading => {
            let line = small_ui(ui, words::READING);
            announce(ui, &line);
        }
        Contents::Trouble(failure) => {
            explanation_notice_ui(ui, Mark::Stopped, "excerpts", &words::trouble(failure));
        }
    }
}

fn group_ui(
    ui: &mut Ui,
    model: &Model,
    page: &FindingsPage,
    group: &Group,
    title: &str,
    copied: &mut Copied,
) -> Option<FindingsCommand> {
    let rule = group.rule;
    let fix = words::fix(page, group);
    pairs_ui(
        ui,
        TERM,
        [
            (words::WHAT_IT_MEANS, check::words(rule, &[]).meaning),
            (words::WHAT_TO_DO, &*fix),
            (words::WHO, &*words::who_word(rule.who())),
        ],
    );
    let entries: Vec<(usize, &Finding, Subject)> = entries(page, group);
    let height = entry_height(ui);
    let mut asked = None;
    rows_ui(
        ui,
        &entries,
        |_| height,
        |ui, (place, finding, subject)| {
            if entry_of_ui(ui, page, finding, *subject, title) {
                asked = Some(FindingsCommand::Show(*place));
            }
        },
    );
    if let Some(more) = words::not_listed(group) {
        small_ui(ui, &more);
    }
    copy_ui(ui, model, page, [group], Copied::Of(rule), copied);
    copied_ui(ui, Copied::Of(rule), *copied);
    asked
}

/// Whether an entry is about the same patient as the one above.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Subject {
    Another,
    TheSame,
}

/// The findings that have a place, patient by patient.
fn entries<'p>(page: &'p FindingsPage, group: &Group) -> Vec<(usize, &'p Finding, Subject)> {
    let mut last = None;
    let placed = page.findings(group).filter(|(_, finding)| finding.line.is_some());
    placed
        .map(|(place, finding)| {
            let is_same = finding.message.is_some() && finding.message == last;
            last = finding.message;
            let subject = if is_same { Subject::TheSame } else { Subject::Another };
            (place, finding, subject)
        })
        .collect()
}

fn entry_of_ui(ui: &mut Ui, page: &FindingsPage, finding: &Finding, subject: Subject, title: &str) -> bool {
    let name = words::subject(finding, page.excerpt(finding), page.names);
    let place = words::place(finding, title, &page.legend);
    let spoken = words::entry(&name, &place);
    let entry = Entry {
        name: match subject {
            Subject::Another => &name,
            Subject::TheSame => "",
        },
        line: &place,
        spoken: &spoken,
    };
    entry_ui(ui, entry, |ui| {
        let show = link_ui(ui, words::SHOW);
        about_ui(ui, &show, &spoken);
        show.clicked()
    })
}
