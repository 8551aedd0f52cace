//! Keys that work on every screen.

use egui::{Context, Key, KeyboardShortcut, Modifiers};

use super::{
    drafts::{Asks, Drafts},
    findings,
};
use crate::app::{
    message::Command,
    model::{Model, Screen},
};

const OPEN: KeyboardShortcut = KeyboardShortcut::new(Modifiers::COMMAND, Key::O);
const LOOK: KeyboardShortcut = KeyboardShortcut::new(Modifiers::NONE, Key::F5);
const LEAVE: KeyboardShortcut = KeyboardShortcut::new(Modifiers::NONE, Key::Escape);
const SCREENS: [(Key, Screen); 4] = [
    (Key::Num1, Screen::ThisMonth),
    (Key::Num2, Screen::FixList),
    (Key::Num3, Screen::PastFiles),
    (Key::Num4, Screen::Help),
];

/// What a key asks for. Nothing while a question is open.
pub(super) fn command(ctx: &Context, model: &Model, drafts: &Drafts) -> Option<Command> {
    if model.asks_before_closing || drafts.asks != Asks::Nothing {
        return None;
    }
    let pressed = |shortcut: &KeyboardShortcut| ctx.input_mut(|input| input.consume_shortcut(shortcut));
    if model.notice.is_some() && pressed(&LEAVE) {
        return Some(Command::DismissNotice);
    }
    if model.setup.is_some() {
        return pressed(&LEAVE).then_some(Command::SetupBack);
    }
    if let Some(page) = &model.findings
        && let Some(command) = findings::key(ctx, page)
    {
        return Some(Command::Findings(command));
    }
    if super::this_month::takes_files(model) && pressed(&OPEN) {
        return Some(Command::ChooseFiles);
    }
    if pressed(&LOOK) {
        return Some(Command::LookAtRegistry);
    }
    SCREENS
        .into_iter()
        .find(|(key, _)| pressed(&KeyboardShortcut::new(Modifiers::COMMAND, *key)))
        .map(|(_, screen)| Command::OpenScreen(screen))
}
