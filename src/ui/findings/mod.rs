//! What was found in a file: all of it by rule, or one finding in its message.

mod line;
mod list;
mod one;

use egui::{Context, Id, Key, KeyboardShortcut, Modifiers, Ui};

use super::drafts::Drafts;
use crate::{
    app::{
        findings::{FindingsCommand, FindingsPage, Group, Names, View},
        message::Command,
        model::Model,
        wording::findings as words,
    },
    domain::check::Rule,
    ui::widgets::{about_ui, announce, link_ui, secondary_ui, small_ui},
};

/// After so many seconds without a hand on keyboard or pointer, patients are covered.
const IDLE_SECS: f64 = 300.0;

const STEP: Key = Key::F8;
const BACK: KeyboardShortcut = KeyboardShortcut::new(Modifiers::NONE, Key::Escape);

/// What was copied last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Copied {
    /// Nothing.
    #[default]
    Nothing,
    /// All findings.
    All,
    /// Those of a rule.
    Of(Rule),
}

pub(super) fn findings_ui(ui: &mut Ui, model: &Model, page: &FindingsPage, drafts: &mut Drafts) -> Option<Command> {
    let covered = covered_when_idle(ui, page);
    let asked = match page.view {
        View::List => list::list_ui(ui, model, page, &mut drafts.copied),
        View::One(place) => one::one_ui(ui, model, page, place, &mut drafts.copied),
    };
    asked.or(covered.map(Command::Findings))
}

/// What a key asks for on this page.
pub(super) fn key(ctx: &Context, page: &FindingsPage) -> Option<FindingsCommand> {
    let times = |modifiers| ctx.input_mut(|input| input.count_and_consume_key(modifiers, STEP).cast_signed());
    // The one without Shift would take both.
    let back = times(Modifiers::SHIFT);
    let by = times(Modifiers::NONE) - back;
    if by != 0 {
        return Some(FindingsCommand::Step(by));
    }
    let is_left = ctx.input_mut(|input| input.consume_shortcut(&BACK));
    is_left.then_some(match page.view {
        View::List => FindingsCommand::Close,
        View::One(_) => FindingsCommand::BackToList,
    })
}

/// Covers patients once nobody has touched anything for a while.
fn covered_when_idle(ui: &Ui, page: &FindingsPage) -> Option<FindingsCommand> {
    let key = Id::unique("findings-touched");
    if page.names == Names::Covered {
        ui.data_mut(|data| data.remove::<f64>(key));
        return None;
    }
    let (now, is_touched) = ui.input(|input| (input.time, !input.events.is_empty()));
    let known = ui.data(|data| data.get_temp::<f64>(key)).filter(|_| !is_touched);
    let touched = known.unwrap_or(now);
    ui.data_mut(|data| data.insert_temp(key, touched));
    let left = IDLE_SECS - (now - touched);
    if left <= 0.0 {
        return Some(FindingsCommand::CoverNames);
    }
    ui.ctx().request_repaint_after(std::time::Duration::from_secs_f64(left));
    None
}

/// The button that shows patients, or covers them.
fn names_ui(ui: &mut Ui, page: &FindingsPage) -> Option<FindingsCommand> {
    let (text, command) = match page.names {
        Names::Covered => (words::SHOW_NAMES, FindingsCommand::ShowNames),
        Names::Shown => (words::COVER_NAMES, FindingsCommand::CoverNames),
    };
    secondary_ui(ui, text).clicked().then_some(command)
}

/// The button that copies these groups without patients.
fn copy_ui<'p>(
    ui: &mut Ui,
    model: &Model,
    page: &'p FindingsPage,
    groups: impl IntoIterator<Item = &'p Group>,
    what: Copied,
    copied: &mut Copied,
) {
    let button = match what {
        Copied::All | Copied::Nothing => secondary_ui(ui, words::COPY),
        Copied::Of(rule) => {
            let link = link_ui(ui, words::COPY_ONE);
            about_ui(ui, &link, rule.id());
            link
        }
    };
    if button.clicked() {
        ui.ctx().copy_text(words::vendor::text(page, groups, model));
        *copied = what;
    }
}

/// That it was copied, below the row of the button.
fn copied_ui(ui: &mut Ui, what: Copied, copied: Copied) {
    if copied == what {
        let done = small_ui(ui, words::COPIED);
        announce(ui, &done);
    }
}
