//! The first start, in three steps.

use egui::{Frame, Key, Margin, Panel, Ui};

use super::{
    account_fields,
    drafts::{AccountDraft, Advice, Drafts},
    frame::{central_ui, notice_ui},
    theme::{NARROW, Weight, font, hairline, palette, size, space},
    widgets::{
        Mark, column_of_width_ui, details_ui, focus_first, open_details, primary_ui, secondary_ui, section_ui,
        small_ui, title_ui, way_ui,
    },
};
use crate::{
    app::{
        message::Command,
        model::{Model, SetupStep},
        wording::{card, settings, setup},
    },
    domain::settings::{Role, Stage},
};

const COLUMN: f32 = 560.0;
/// The fold of the third step.
const FOR_IT: &str = "setup-for-it";

pub(super) fn setup_ui(ui: &mut Ui, model: &Model, step: SetupStep, drafts: &mut Drafts) -> Option<Command> {
    if ui.available_width() >= NARROW {
        steps_ui(ui, step);
    }
    central_ui(ui, |ui| {
        column_of_width_ui(ui, "first-start", COLUMN, |ui| {
            let noticed = notice_ui(ui, model);
            small_ui(ui, &setup::step(number(step)));
            let asked = section_ui(ui, number(step), |ui| match step {
                SetupStep::Role => role_ui(ui, model),
                SetupStep::Stage => stage_ui(ui, model, drafts),
                SetupStep::Account => account_ui(ui, model, drafts),
            });
            noticed.or(asked)
        })
    })
}

fn number(step: SetupStep) -> usize {
    match step {
        SetupStep::Role => 1,
        SetupStep::Stage => 2,
        SetupStep::Account => 3,
    }
}

/// The three steps where the navigation will stand later.
fn steps_ui(ui: &mut Ui, step: SetupStep) {
    let names = [setup::STEP_ROLE, setup::STEP_STAGE, setup::STEP_ACCOUNT];
    let line = hairline(ui);
    let frame = Frame::new()
        .fill(palette(ui).background)
        .inner_margin(Margin::symmetric(24, 32));
    let panel = Panel::left("steps")
        .frame(frame)
        .exact_size(196.0)
        .resizable(false)
        .show_separator_line(false)
        .show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = space::L;
            for (index, name) in names.iter().enumerate() {
                step_ui(ui, index + 1, name, number(step));
            }
        });
    let rect = panel.response.rect;
    ui.painter().vline(rect.right() - 0.5, rect.y_range(), line);
}

fn step_ui(ui: &mut Ui, index: usize, name: &str, here: usize) {
    let palette = palette(ui);
    let (weight, color) = if index == here {
        (Weight::Semibold, palette.ink)
    } else {
        (Weight::Regular, palette.soft)
    };
    let text = egui::RichText::new(format!("{index}  {name}"))
        .font(font(weight, size::BODY))
        .color(color);
    ui.add(egui::Label::new(text).wrap());
}

fn role_ui(ui: &mut Ui, model: &Model) -> Option<Command> {
    title_ui(ui, &setup::role_question(&model.profile));
    ui.add_space(space::S);
    let mut asked = None;
    for role in [Role::WeSend, Role::EhrSends, Role::JustLooking] {
        let way = way_ui(ui, setup::role(role), setup::role_meaning(role));
        if role == Role::WeSend {
            focus_first(ui, "role", &way);
        }
        if way.clicked() {
            asked = Some(Command::ChooseRole(role));
        }
    }
    asked
}

fn stage_ui(ui: &mut Ui, model: &Model, drafts: &mut Drafts) -> Option<Command> {
    title_ui(ui, setup::STAGE_QUESTION);
    ui.add_space(space::S);
    let mut asked = None;
    for stage in [Stage::Live, Stage::Testing] {
        let way = way_ui(ui, setup::stage(stage), setup::stage_meaning(stage));
        if stage == Stage::Live {
            focus_first(ui, "stage", &way);
        }
        if way.clicked() {
            asked = Some(Command::ChooseStage(stage));
        }
    }
    if way_ui(ui, setup::NOT_SURE, "").clicked() {
        drafts.not_sure = Advice::Shown;
    }
    section_ui(ui, "advice", |ui| {
        if drafts.not_sure == Advice::Shown {
            let word = card::Mark::Careful.spoken();
            super::widgets::notice_ui(ui, Mark::Caution, word, &setup::not_sure(&model.profile));
        }
    });
    ui.add_space(space::S);
    let back = secondary_ui(ui, setup::BACK).clicked();
    asked.or(back.then_some(Command::SetupBack))
}

fn account_ui(ui: &mut Ui, model: &Model, drafts: &mut Drafts) -> Option<Command> {
    let draft = drafts.account.get_or_insert_with(|| AccountDraft::of(model));
    title_ui(ui, setup::ACCOUNT_QUESTION);
    ui.add_space(space::S);
    let name = account_fields::account_ui(ui, draft);
    focus_first(ui, "account", &name);
    let is_entered = ui.input(|input| input.key_pressed(Key::Enter)) && ui.memory(|memory| memory.focused().is_none());
    if account_fields::is_wrong_for_it(draft) {
        open_details(ui, FOR_IT);
    }
    let for_it = details_ui(ui, FOR_IT, settings::FOR_IT, |ui| {
        account_fields::for_it_ui(ui, model, draft)
    })
    .flatten();
    section_ui(ui, "test", |ui| account_fields::test_ui(ui, model));
    ui.add_space(space::S);
    let buttons = ui
        .horizontal_wrapped(|ui| {
            let finish = primary_ui(ui, setup::FINISH).clicked();
            let test = secondary_ui(ui, setup::TEST).clicked();
            let back = secondary_ui(ui, setup::BACK).clicked();
            [finish || is_entered, test, back]
        })
        .inner;
    small_ui(ui, &setup::not_sure_of_account(&model.profile));
    match buttons {
        [true, ..] if draft.holds(model) => {
            let password = draft.password.take();
            Some(Command::SetAccount(Box::new(draft.form.clone()), password))
        }
        [_, true, _] if draft.holds(model) => Some(Command::TestConnection(
            Box::new(draft.form.clone()),
            draft.password.lend(),
        )),
        [.., true] => Some(Command::SetupBack),
        _ => for_it,
    }
}
