//! This month: what was sent, whether it arrived, and the files to send now.

mod banners;
mod delivered;
mod elsewhere;
mod file_card;
mod repair;
mod status;

use egui::{Align, Frame, Id, Layout, Margin, Panel, Ui, Vec2};

use super::{
    drafts::Drafts,
    frame::notice_ui,
    theme::{COLUMN, hairline, palette, space},
    widgets::{
        DropArea, DropHeight, DropState, announce, body_ui, card_ui, column_margin, column_ui, drop_area_ui, link_ui,
        primary_ui, section_ui, small_line_ui, small_ui, split_ui, title_ui,
    },
};
use crate::{
    app::{
        message::Command,
        model::{Model, Place},
        standing::Standing,
        wording::screen,
    },
    domain::settings::Role,
};

/// Whether files can be added here: not where the EHR sends them.
pub fn takes_files(model: &Model) -> bool {
    match model.place {
        Place::Registry => model.settings.role != Some(Role::EhrSends),
        Place::DemoStarting | Place::Demo(_) => true,
        Place::DemoFailed(_) => false,
    }
}

pub(super) fn this_month_ui(ui: &mut Ui, model: &Model, drafts: &mut Drafts, drop: DropState) -> Option<Command> {
    let key = Id::unique("this-month-height");
    let known: f32 = ui.data(|data| data.get_temp(key)).unwrap_or_default();
    let place = SendPlace::for_height(known, ui.available_height());
    let pinned = match place {
        SendPlace::BelowCards => None,
        SendPlace::AtTheFoot => send_at_the_foot_ui(ui, model),
    };
    let (asked, height) = column_ui(ui, "this-month", |ui| {
        let asked = content_ui(ui, model, drafts, drop);
        let height = ui.min_rect().height();
        let sent = match place {
            SendPlace::BelowCards => section_ui(ui, "send", |ui| send_ui(ui, model)),
            SendPlace::AtTheFoot => None,
        };
        (sent.or(asked), height)
    });
    if (height - known).abs() > 0.5 {
        ui.data_mut(|data| data.insert_temp(key, height));
        ui.ctx().request_repaint();
    }
    repair::repair_ui(ui, model).or(pinned).or(asked)
}

/// In a low window the card matters more than the place for the next file.
fn is_low(ui: &Ui) -> bool {
    ui.ctx().content_rect().height() < LOW_WINDOW
}

/// Where the primary button stands: nobody has to scroll for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum SendPlace {
    BelowCards,
    AtTheFoot,
}

impl SendPlace {
    fn for_height(content: f32, window: f32) -> Self {
        let margins = 2.0 * space::XL + space::M;
        if content + SEND_HEIGHT + margins > window {
            Self::AtTheFoot
        } else {
            Self::BelowCards
        }
    }
}

const SEND_HEIGHT: f32 = 46.0;
/// Below this height of the window, in points, a card would stand below the fold.
const LOW_WINDOW: f32 = 700.0;

fn send_at_the_foot_ui(ui: &mut Ui, model: &Model) -> Option<Command> {
    if !takes_files(model) {
        return None;
    }
    model.ready_cards().next()?;
    let line = hairline(ui);
    let frame = Frame::new()
        .fill(palette(ui).background)
        .inner_margin(Margin::symmetric(column_margin(ui), 8));
    let panel = Panel::bottom("send")
        .frame(frame)
        .resizable(false)
        .show_separator_line(false)
        .show(ui, |ui| {
            ui.set_width(ui.available_width().min(COLUMN));
            send_ui(ui, model)
        });
    let rect = panel.response.rect;
    ui.painter().hline(rect.x_range(), rect.top() + 0.5, line);
    panel.inner
}

fn content_ui(ui: &mut Ui, model: &Model, drafts: &mut Drafts, drop: DropState) -> Option<Command> {
    let noticed = notice_ui(ui, model);
    let headed = section_ui(ui, "header", |ui| header_ui(ui, model));
    section_ui(ui, "status", |ui| status::status_ui(ui, model));
    ui.add_space(space::XS);
    let bannered = banners::banners_ui(ui, model, drafts).or(elsewhere::elsewhere_ui(ui, model));
    let asked = if takes_files(model) {
        files_ui(ui, model, drop)
    } else {
        if model.place == Place::Registry {
            card_ui(ui, |ui| body_ui(ui, screen::EHR_SENDS));
        }
        None
    };
    noticed.or(headed).or(bannered).or(asked)
}

fn header_ui(ui: &mut Ui, model: &Model) -> Option<Command> {
    let (_, pressed) = split_ui(
        ui,
        |ui| title_ui(ui, &screen::month(model)),
        |ui| {
            ui.spacing_mut().item_spacing.x = space::L;
            let looked = look_ui(ui, model);
            let is_demo = matches!(model.place, Place::Demo(_));
            let left = is_demo && link_ui(ui, screen::LEAVE_DEMO).clicked();
            looked.or(left.then_some(Command::LeaveDemo))
        },
    );
    pressed
}

/// The way to look at the registry's folders, or that somebody looks.
pub(super) fn look_ui(ui: &mut Ui, model: &Model) -> Option<Command> {
    if model.look.running {
        let line = small_line_ui(ui, screen::LOOKING);
        announce(ui, &line);
        return None;
    }
    let can_look = model.account().is_some() && model.has_password();
    (can_look && link_ui(ui, screen::LOOK).clicked()).then_some(Command::LookAtRegistry)
}

/// What needs a person first, then what goes by itself; the place for the next file above what can be sent.
fn files_ui(ui: &mut Ui, model: &Model, drop: DropState) -> Option<Command> {
    let mut asked = None;
    let mut file_uis = |ui: &mut Ui, standing| {
        for card in model.standing(standing) {
            asked = section_ui(ui, card.id, |ui| file_card::file_card_ui(ui, model, card)).or(asked.take());
        }
    };
    file_uis(ui, Standing::NeedsAPerson);
    file_uis(ui, Standing::OnItsWay);
    let dropped = section_ui(ui, "drop", |ui| drop_ui(ui, model, drop));
    file_uis(ui, Standing::Here);
    for card in model.standing(Standing::Delivered) {
        asked = section_ui(ui, card.id, |ui| delivered::delivered_ui(ui, model, card)).or(asked);
    }
    dropped.or(asked)
}

fn drop_ui(ui: &mut Ui, model: &Model, drop: DropState) -> Option<Command> {
    let was_delivered = model.cards.iter().any(crate::app::model::Card::is_delivered);
    let is_demo = matches!(model.place, Place::Demo(_));
    let title = match drop {
        DropState::Hovering => screen::DROP_NOW,
        DropState::Idle if was_delivered => screen::DROP_ANOTHER,
        DropState::Idle => screen::DROP,
    };
    let buttons: &[&str] = if is_demo {
        &[screen::CHOOSE_FILES, screen::USE_SAMPLE]
    } else {
        &[screen::CHOOSE_FILES]
    };
    let cards = model.cards.len();
    let height = if was_delivered || cards > 1 || (cards == 1 && is_low(ui)) {
        DropHeight::Slim
    } else {
        DropHeight::Full
    };
    let area = DropArea {
        title,
        note: screen::EXPORT_FIRST,
        buttons,
        height,
    };
    match drop_area_ui(ui, area, drop)? {
        0 => Some(Command::ChooseFiles),
        _ => Some(Command::UseSamples),
    }
}

fn send_ui(ui: &mut Ui, model: &Model) -> Option<Command> {
    let ready: Vec<u64> = model
        .ready_cards()
        .map(|card| card.reading.as_ref().map_or(0, |reading| reading.size_bytes))
        .collect();
    if ready.is_empty() || !takes_files(model) {
        return None;
    }
    let row = Vec2::new(ui.available_width(), SEND_HEIGHT);
    ui.allocate_ui_with_layout(row, Layout::right_to_left(Align::Center), |ui| {
        ui.spacing_mut().item_spacing.x = space::M;
        let send = ui.add_enabled_ui(model.can_send(), |ui| {
            primary_ui(ui, &screen::send_button(ready.len(), model)).clicked()
        });
        small_ui(ui, &screen::to_send(ready.len(), ready.iter().sum()));
        send.inner.then_some(Command::SendReady)
    })
    .inner
}
