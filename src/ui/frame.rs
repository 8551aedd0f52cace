//! What stands around every screen: the strip, the navigation, the notice, the question before closing.

use egui::{CentralPanel, Frame, Ui};

use super::{
    drafts::{Asks, Drafts},
    explain::explanation_banner_ui,
    findings, fix_list, help, keys, past_files, retired, settings, setup,
    theme::{palette, space},
    this_month,
    widgets::{Answer, DialogWords, DropState, NavItem, StripLook, dialog_ui, navigation_ui, secondary_ui, strip_ui},
};
use crate::{
    app::{
        message::{CloseAnswer, Command},
        model::{Model, Notice, Screen},
        wording::{self, card::Mark, screen, somebody_left, waiting},
    },
    domain::receipt::Destination,
};

/// The whole window: draws the model and returns what the person asked for.
#[must_use]
pub fn window_ui(ui: &mut Ui, model: &Model, drafts: &mut Drafts, drop: DropState) -> Option<Command> {
    drafts.forget_hidden(model);
    if model.retire.is_under_way() {
        strip_ui(ui, StripLook::Plain, screen::PROGRAM, "", "");
        return central_ui(ui, |ui| retired::retired_ui(ui, &model.retire, drafts));
    }
    let by_key = keys::command(ui.ctx(), model, drafts);
    let asked = match model.setup {
        Some(step) => {
            strip_ui(ui, StripLook::Plain, screen::PROGRAM, screen::STRIP_SETUP, "");
            setup::setup_ui(ui, model, step, drafts)
        }
        None => main_ui(ui, model, drafts, drop),
    };
    closing_ui(ui, model)
        .or_else(|| forgetting_ui(ui, model, drafts))
        .or(by_key)
        .or(asked)
}

fn main_ui(ui: &mut Ui, model: &Model, drafts: &mut Drafts, drop: DropState) -> Option<Command> {
    let destination = model.destination();
    strip_ui(
        ui,
        look(destination),
        screen::strip_word(destination),
        &screen::strip_text(model),
        &screen::you(model),
    );
    let went = navigate_ui(ui, model);
    let asked = central_ui(ui, |ui| match model.screen {
        Screen::ThisMonth => match &model.findings {
            Some(page) => findings::findings_ui(ui, model, page, drafts),
            None => this_month::this_month_ui(ui, model, drafts, drop),
        },
        Screen::FixList => fix_list::fix_list_ui(ui, model),
        Screen::PastFiles => past_files::past_files_ui(ui, model, drafts),
        Screen::Help => help::help_ui(ui, model, drafts),
        Screen::Settings => settings::settings_ui(ui, model, drafts),
    });
    went.or(asked)
}

fn look(destination: Destination) -> StripLook {
    match destination {
        Destination::Live => StripLook::Live,
        Destination::Testing => StripLook::Testing,
        Destination::Demo => StripLook::Demo,
    }
}

pub(super) fn central_ui<R>(ui: &mut Ui, content: impl FnOnce(&mut Ui) -> R) -> R {
    CentralPanel::default()
        .frame(Frame::new().fill(palette(ui).background))
        .show(ui, content)
        .inner
}

fn navigate_ui(ui: &mut Ui, model: &Model) -> Option<Command> {
    let items = Screen::ALL.map(|screen| NavItem {
        name: screen::name(screen),
        badge: 0,
        badge_words: "",
    });
    let shown = Screen::ALL
        .iter()
        .position(|screen| *screen == model.screen)
        .unwrap_or_default();
    let pressed = navigation_ui(ui, &items, shown)?;
    Screen::ALL.get(pressed).copied().map(Command::OpenScreen)
}

/// The notice, on top of whichever screen is shown. What has to be acknowledged stands above it.
pub(super) fn notice_ui(ui: &mut Ui, model: &Model) -> Option<Command> {
    let acknowledged = unread_ui(ui, model);
    acknowledged.or(passing_ui(ui, model))
}

fn unread_ui(ui: &mut Ui, model: &Model) -> Option<Command> {
    let set_aside = model.unread.ledgers.first()?;
    let explanation = wording::books::set_aside(set_aside, model.unread.copies);
    let pressed = explanation_banner_ui(ui, Mark::Stopped, "unread", &explanation, |ui| {
        secondary_ui(ui, screen::DISMISS).clicked()
    });
    ui.add_space(space::XS);
    pressed.then(|| Command::Acknowledge(set_aside.file.clone()))
}

fn passing_ui(ui: &mut Ui, model: &Model) -> Option<Command> {
    let notice = model.notice.as_ref()?;
    let explanation = wording::notice::explanation(notice);
    let pressed = explanation_banner_ui(ui, mark(notice), "notice", &explanation, |ui| {
        secondary_ui(ui, screen::DISMISS).clicked()
    });
    ui.add_space(space::XS);
    pressed.then_some(Command::DismissNotice)
}

fn mark(notice: &Notice) -> Mark {
    match notice {
        Notice::Saved | Notice::PasswordForgotten => Mark::Good,
        Notice::AlreadyOnACard
        | Notice::LeftOut { .. }
        | Notice::TooBusy
        | Notice::DropWithoutPath
        | Notice::OpenAlready
        | Notice::CodeTable { .. }
        | Notice::WaitsForTheClinic(_) => Mark::Careful,
        Notice::Ledger(_)
        | Notice::SettingsNotSaved(_)
        | Notice::NotAtSignIn(_)
        | Notice::NotSaved(_)
        | Notice::NoSamples(_)
        | Notice::PasswordNotForgotten(_)
        | Notice::AccountForm(_)
        | Notice::AuthorityUnreadable(_)
        | Notice::SettingsNotLoaded(_) => Mark::Stopped,
    }
}

fn closing_ui(ui: &Ui, model: &Model) -> Option<Command> {
    if !model.asks_before_closing {
        return None;
    }
    let ways = waiting::closing_ways(model);
    let others: Vec<&str> = ways.iter().map(|(_, words)| *words).collect();
    let words = DialogWords {
        title: &waiting::closing_question(model.files_left_behind()),
        text: &waiting::closing_meaning(model),
        safe: waiting::STAY,
        others: &others,
    };
    dialog_ui(ui.ctx(), "closing", words).map(|answer| {
        Command::AnswerClose(match answer {
            Answer::Safe => CloseAnswer::Stay,
            Answer::Other(index) => ways.get(index).map_or(CloseAnswer::Stay, |(answer, _)| *answer),
        })
    })
}

/// The question before the password is forgotten.
fn forgetting_ui(ui: &Ui, model: &Model, drafts: &mut Drafts) -> Option<Command> {
    match drafts.asks {
        Asks::Nothing => return None,
        Asks::ForgetPassword => {}
    }
    let words = DialogWords {
        title: somebody_left::FORGET_QUESTION,
        text: &somebody_left::forget_meaning(model),
        safe: somebody_left::KEEP_IT,
        others: &[somebody_left::FORGET_IT],
    };
    let answer = dialog_ui(ui.ctx(), "forgetting", words)?;
    drafts.asks = Asks::Nothing;
    match answer {
        Answer::Safe => None,
        Answer::Other(_) => Some(Command::ForgetPassword),
    }
}
