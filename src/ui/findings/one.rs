//! One finding in its message, with the spot marked: for whoever wrote the program that exports.

use egui::{Frame, Id, Margin, Panel, Ui, Vec2};

use super::{
    Copied, copied_ui, copy_ui,
    line::{caption_ui, line_ui},
    list::trouble_ui,
};
use crate::{
    app::{
        findings::{Contents, FindingsCommand, FindingsPage, Group, Names},
        marked::marked,
        message::Command,
        model::Model,
        wording::{check, findings as words, hl7},
    },
    domain::check::{Excerpt, Excerpts, Finding},
    ui::{
        explain::shape,
        frame::notice_ui,
        theme::{COLUMN, corners, hairline, palette, space},
        widgets::{
            announce, beside_mark_ui, body_ui, card_ui, column_margin, column_ui, focus_first, heading_ui, link_ui,
            secondary_ui, section_ui, small_ui, split_ui, strong_ui,
        },
    },
};

pub(super) fn one_ui(
    ui: &mut Ui,
    model: &Model,
    page: &FindingsPage,
    place: usize,
    copied: &mut Copied,
) -> Option<Command> {
    let finding = page.finding(place)?;
    let group = page.groups.iter().find(|group| group.rule == finding.rule)?;
    let asked = heading_bar_ui(ui, page, place, finding);
    column_ui(ui, "finding", |ui| {
        let noticed = notice_ui(ui, model);
        section_ui(ui, "words", |ui| words_ui(ui, finding));
        trouble_ui(ui, page);
        if let Contents::Here(excerpts) = &page.contents {
            message_ui(ui, page, place, finding, excerpts);
        }
        section_ui(ui, "copy", |ui| copy_group_ui(ui, model, page, group, copied));
        noticed.or(asked.map(Command::Findings))
    })
}

/// Stands above whatever is scrolled: the way on, what is wrong, who fixes it, and where it is.
fn heading_bar_ui(ui: &mut Ui, page: &FindingsPage, place: usize, finding: &Finding) -> Option<FindingsCommand> {
    let line = hairline(ui);
    let frame = Frame::new()
        .fill(palette(ui).background)
        .inner_margin(Margin::symmetric(column_margin(ui), 8));
    let bar = Panel::top("steps")
        .frame(frame)
        .resizable(false)
        .show_separator_line(false)
        .show(ui, |ui| {
            ui.set_width(ui.available_width().min(COLUMN));
            let stepped = steps_ui(ui, page, place);
            section_ui(ui, "heading", |ui| what_ui(ui, page, finding));
            stepped
        });
    let rect = bar.response.rect;
    ui.painter().hline(rect.x_range(), rect.bottom() - 0.5, line);
    bar.inner
}

/// Back, which of all findings it is, and the ones before and after.
fn steps_ui(ui: &mut Ui, page: &FindingsPage, place: usize) -> Option<FindingsCommand> {
    let (back, stepped) = split_ui(
        ui,
        |ui| {
            let back = link_ui(ui, words::BACK_TO_LIST);
            focus_first(ui, "finding", &back);
            let position = small_ui(ui, &words::position(place, page));
            announce(ui, &position);
            back.clicked()
        },
        |ui| {
            let previous = secondary_ui(ui, words::PREVIOUS).clicked();
            let next = secondary_ui(ui, words::NEXT).clicked();
            match (previous, next) {
                (true, _) => Some(FindingsCommand::Step(-1)),
                (false, true) => Some(FindingsCommand::Step(1)),
                (false, false) => None,
            }
        },
    );
    back.then_some(FindingsCommand::BackToList).or(stepped)
}

fn what_ui(ui: &mut Ui, page: &FindingsPage, finding: &Finding) {
    let mark = shape(words::mark(finding.severity));
    beside_mark_ui(ui, mark, words::severity(finding.severity), |ui| {
        let title = heading_ui(ui, &check::of(finding).title);
        announce(ui, &title);
        small_ui(ui, &words::severity_and_who(finding));
        if let Some(place) = words::spot_of(finding, &page.legend) {
            small_ui(ui, &place);
        }
    });
}

fn words_ui(ui: &mut Ui, finding: &Finding) {
    let said = check::of(finding);
    card_ui(ui, |ui| {
        body_ui(ui, said.meaning);
        body_ui(ui, &said.fix);
    });
}

fn message_ui(ui: &mut Ui, page: &FindingsPage, place: usize, finding: &Finding, excerpts: &Excerpts) {
    let Some(excerpt) = excerpts.of(finding).filter(|excerpt| !excerpt.lines.is_empty()) else {
        let text = match finding.line {
            Some(_) => words::NOT_KEPT,
            None => words::NO_SPOT,
        };
        card_ui(ui, |ui| body_ui(ui, text));
        return;
    };
    if finding.message.is_some() {
        strong_ui(ui, &words::subject(finding, Some(excerpt), Names::Shown));
    }
    small_ui(ui, words::MESSAGE_NOTE);
    let marked = sheet_ui(ui, page, finding, excerpt, excerpts);
    if excerpt.left_out > 0 {
        small_ui(ui, &words::segments_left_out(excerpt.left_out));
    }
    scroll_once(ui, place, marked);
}

/// The lines on a sheet; the place of the marked one.
fn sheet_ui(
    ui: &mut Ui,
    page: &FindingsPage,
    finding: &Finding,
    excerpt: &Excerpt,
    excerpts: &Excerpts,
) -> Option<egui::Rect> {
    let lines = marked(excerpt, finding, &excerpts.spot(finding), &page.legend);
    let mark = shape(words::mark(finding.severity));
    Frame::new()
        .fill(palette(ui).card)
        .stroke(hairline(ui))
        .corner_radius(corners())
        .inner_margin(Margin::symmetric(12, 12))
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.spacing_mut().item_spacing.y = space::XS;
            let mut at = None;
            for (index, line) in lines.iter().enumerate() {
                let rect = section_ui(ui, index, |ui| {
                    let rect = line_ui(ui, line, &page.legend, mark);
                    if line.is_marked()
                        && let Some(place) = hl7::place(finding, &page.legend)
                    {
                        caption_ui(ui, &place);
                    }
                    rect
                });
                if line.is_marked() {
                    at = Some(rect);
                }
            }
            at
        })
        .inner
}

/// Scrolls to the marked line when another finding is shown.
fn scroll_once(ui: &Ui, place: usize, marked: Option<egui::Rect>) {
    let key = Id::unique("finding-scrolled");
    let now = (place, ui.ctx().cumulative_pass_nr());
    let last: Option<(usize, u64)> = ui.data(|data| data.get_temp(key));
    let is_new = last.is_none_or(|(last, pass)| last != place || pass + 1 < now.1);
    ui.data_mut(|data| data.insert_temp(key, now));
    if let Some(marked) = marked.filter(|_| is_new) {
        // No further than it needs: what is wrong stands above.
        ui.scroll_to_rect(marked.expand2(Vec2::new(0.0, space::XXL)), None);
    }
}

fn copy_group_ui(ui: &mut Ui, model: &Model, page: &FindingsPage, group: &Group, copied: &mut Copied) {
    copy_ui(ui, model, page, [group], Copied::Of(group.rule), copied);
    copied_ui(ui, Copied::Of(group.rule), *copied);
}
