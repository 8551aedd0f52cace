//! One finding in its message, with the spot marked: for whoever wrote the program that exports.

use std::ops::Range;

use egui::{Align, Frame, Id, Margin, Panel, Rect, Ui, Vec2, pos2};

use super::{
    Copied, copied_ui, copy_ui,
    line::{caption_ui, line_ui},
    list::trouble_ui,
    names_ui,
};
use crate::{
    app::{
        findings::{Contents, FindingsCommand, FindingsPage, Group, Names},
        marked::{marked, names_somebody},
        message::Command,
        model::Model,
        wording::{findings as words, hl7},
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

/// Where the window is lower than this, in points, nothing stands above what is scrolled: there would be no room for the message.
const LOW: f32 = 320.0;

pub(super) fn one_ui(
    ui: &mut Ui,
    model: &Model,
    page: &FindingsPage,
    place: usize,
    copied: &mut Copied,
) -> Option<Command> {
    let finding = page.finding(place)?;
    let group = page.groups.iter().find(|group| group.rule == finding.rule)?;
    let is_low = ui.available_height() < LOW;
    let asked = (!is_low).then(|| heading_bar_ui(ui, page, place, finding)).flatten();
    column_ui(ui, "finding", |ui| {
        let top = ui.next_widget_position().y;
        let asked = asked.or(is_low.then(|| top_ui(ui, page, place, finding)).flatten());
        let noticed = notice_ui(ui, model);
        section_ui(ui, "words", |ui| words_ui(ui, page, finding));
        let below_words = ui.next_widget_position().y;
        trouble_ui(ui, page);
        let marked = match &page.contents {
            Contents::Here(excerpts) => message_ui(ui, page, finding, excerpts),
            Contents::Away | Contents::Reading | Contents::Trouble(_) => None,
        };
        section_ui(ui, "copy", |ui| copy_group_ui(ui, model, page, group, copied));
        if let Some(marked) = marked {
            let seen = if is_low {
                Rect::from_pos(pos2(marked.left(), top))
            } else {
                marked
            };
            scroll_ui(ui, place, top..below_words, seen);
        }
        noticed.or(asked.map(Command::Findings))
    })
}

/// Stands above whatever is scrolled.
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
            let in_column = |ui: &mut Ui| {
                ui.set_width(ui.available_width().min(COLUMN));
                top_ui(ui, page, place, finding)
            };
            // The panel itself has the width of the window.
            ui.vertical(in_column).inner
        });
    let rect = bar.response.rect;
    ui.painter().hline(rect.x_range(), rect.bottom() - 0.5, line);
    bar.inner
}

/// The way on, what is wrong, who fixes it, and where it is.
fn top_ui(ui: &mut Ui, page: &FindingsPage, place: usize, finding: &Finding) -> Option<FindingsCommand> {
    let asked = steps_ui(ui, page, place, finding);
    section_ui(ui, "heading", |ui| what_ui(ui, page, finding));
    asked
}

/// Back, which of all findings it is, whether names are seen, and the findings before and after.
fn steps_ui(ui: &mut Ui, page: &FindingsPage, place: usize, finding: &Finding) -> Option<FindingsCommand> {
    let (back, stepped) = split_ui(
        ui,
        |ui| {
            ui.horizontal_wrapped(|ui| {
                let back = link_ui(ui, words::BACK_TO_LIST);
                focus_first(ui, "finding", &back);
                let position = small_ui(ui, &words::position(place, page));
                announce(ui, &position);
                back.clicked()
            })
            .inner
        },
        |ui| {
            let is_about_somebody = page.names == Names::Shown || page.excerpt(finding).is_some_and(names_somebody);
            let named = is_about_somebody.then(|| names_ui(ui, page)).flatten();
            let has_others = page.listed() > 1;
            let previous = has_others && secondary_ui(ui, words::PREVIOUS).clicked();
            let next = has_others && secondary_ui(ui, words::NEXT).clicked();
            let stepped = match (previous, next) {
                (true, _) => Some(FindingsCommand::Step(-1)),
                (false, true) => Some(FindingsCommand::Step(1)),
                (false, false) => None,
            };
            named.or(stepped)
        },
    );
    back.then_some(FindingsCommand::BackToList).or(stepped)
}

fn what_ui(ui: &mut Ui, page: &FindingsPage, finding: &Finding) {
    let mark = shape(words::mark(finding.severity));
    beside_mark_ui(ui, mark, words::severity(finding.severity), |ui| {
        let title = heading_ui(ui, &words::of(page, finding).title);
        announce(ui, &title);
        small_ui(ui, &words::severity_and_who(finding));
        if let Some(place) = words::spot_of(finding, &page.legend) {
            small_ui(ui, &place);
        }
    });
}

fn words_ui(ui: &mut Ui, page: &FindingsPage, finding: &Finding) {
    let said = words::of(page, finding);
    card_ui(ui, |ui| {
        body_ui(ui, said.meaning);
        body_ui(ui, &said.fix);
    });
}

/// The message; the place of its marked line.
fn message_ui(ui: &mut Ui, page: &FindingsPage, finding: &Finding, excerpts: &Excerpts) -> Option<Rect> {
    let Some(excerpt) = excerpts.of(finding).filter(|excerpt| !excerpt.lines.is_empty()) else {
        let text = match finding.line {
            Some(_) => words::NOT_KEPT,
            None => words::NO_SPOT,
        };
        card_ui(ui, |ui| body_ui(ui, text));
        return None;
    };
    if finding.message.is_some() {
        strong_ui(ui, &words::subject(finding, Some(excerpt), page.names));
    }
    if page.names == Names::Shown && names_somebody(excerpt) {
        small_ui(ui, words::PATIENT_NOTE);
    }
    small_ui(ui, words::MESSAGE_NOTE);
    let marked = sheet_ui(ui, page, finding, excerpt, excerpts);
    if excerpt.left_out > 0 {
        small_ui(ui, &words::segments_left_out(excerpt.left_out));
    }
    marked
}

/// The lines on a sheet; the place of the marked one.
fn sheet_ui(
    ui: &mut Ui,
    page: &FindingsPage,
    finding: &Finding,
    excerpt: &Excerpt,
    excerpts: &Excerpts,
) -> Option<Rect> {
    let lines = marked(excerpt, finding, &excerpts.spot(finding), &page.legend, page.names);
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

/// Scrolls to what is to be seen when another finding is shown. What it means, between `words`, stays above it where both fit; else
/// it is out of sight, never half of it.
fn scroll_ui(ui: &mut Ui, place: usize, words: Range<f32>, seen: Rect) {
    let height = ui.clip_rect().height();
    let below = space::XXL;
    let to = if seen.bottom() + below - words.start <= height {
        words.start - height
    } else if seen.top() - words.end <= height / 2.0 {
        words.end + space::XS
    } else {
        seen.top() - height / 3.0
    };
    // So that there is enough to be scrolled.
    ui.add_space((to + height - ui.next_widget_position().y).max(0.0));
    if is_settling(ui, place) {
        let to = Rect::from_min_size(pos2(seen.left(), to), Vec2::ZERO);
        ui.scroll_to_rect(to, Some(Align::Min));
        ui.ctx().request_repaint();
    }
}

/// Whether another finding is shown than before. What stands above has its height only in the passes after the first.
fn is_settling(ui: &Ui, place: usize) -> bool {
    const PASSES: u64 = 3;
    let key = Id::unique("finding-scrolled");
    let pass = ui.ctx().cumulative_pass_nr();
    let known: Option<(usize, u64, u64)> = ui.data(|data| data.get_temp(key));
    let first = known.filter(|(of, _, last)| *of == place && last + 1 >= pass);
    let first = first.map_or(pass, |(_, first, _)| first);
    ui.data_mut(|data| data.insert_temp(key, (place, first, pass)));
    pass < first + PASSES
}

fn copy_group_ui(ui: &mut Ui, model: &Model, page: &FindingsPage, group: &Group, copied: &mut Copied) {
    copy_ui(ui, model, page, [group], Copied::Of(group.rule), copied);
    copied_ui(ui, Copied::Of(group.rule), *copied);
}
