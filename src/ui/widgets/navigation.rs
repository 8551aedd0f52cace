//! The way to the other screens: on the left, Settings at the foot; on top where the window is narrow.

use egui::{
    Align2, CursorIcon, Frame, Margin, Panel, Rect, Response, Sense, Stroke, StrokeKind, Ui, UiBuilder, Vec2,
    WidgetInfo, accesskit::Role, pos2,
};

use super::{choice::Chosen, focus::ring_ui};
use crate::ui::theme::{NARROW, Weight, corners, font, hairline, palette, size, space};

/// One way.
#[derive(Debug, Clone, Copy)]
pub struct NavItem<'a> {
    /// The screen's name.
    pub name: &'a str,
    /// How many things wait there; 0 shows nothing.
    pub badge: usize,
    /// The badge in words, for a screen reader.
    pub badge_words: &'a str,
}

const WIDTH: f32 = 196.0;
const HEIGHT: f32 = 40.0;

/// The navigation; returns the index of the item that was pressed. The last item stands at the foot.
pub fn navigation_ui(ui: &mut Ui, items: &[NavItem<'_>], shown: usize) -> Option<usize> {
    if ui.available_width() < NARROW {
        on_top_ui(ui, items, shown)
    } else {
        on_the_left_ui(ui, items, shown)
    }
}

fn on_the_left_ui(ui: &mut Ui, items: &[NavItem<'_>], shown: usize) -> Option<usize> {
    let frame = Frame::new()
        .fill(palette(ui).background)
        .inner_margin(Margin::symmetric(12, 20));
    let line = hairline(ui);
    let panel = Panel::left("navigation")
        .frame(frame)
        .exact_size(WIDTH)
        .resizable(false)
        .show_separator_line(false)
        .show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = space::XS;
            let (foot, top) = items.split_last()?;
            let mut pressed = None;
            for (index, item) in top.iter().enumerate() {
                let wanted = Vec2::new(ui.available_width(), HEIGHT);
                if item_ui(ui, *item, Chosen::when(index == shown), wanted).clicked() {
                    pressed = Some(index);
                }
            }
            let rest = ui.available_rect_before_wrap();
            let at = Rect::from_min_max(pos2(rest.left(), (rest.bottom() - HEIGHT).max(rest.top())), rest.max);
            let mut foot_ui = ui.new_child(UiBuilder::new().max_rect(at));
            let wanted = Vec2::new(at.width(), HEIGHT);
            if item_ui(&mut foot_ui, *foot, Chosen::when(shown == top.len()), wanted).clicked() {
                pressed = Some(top.len());
            }
            pressed
        });
    let rect = panel.response.rect;
    ui.painter().vline(rect.right() - 0.5, rect.y_range(), line);
    panel.inner
}

fn on_top_ui(ui: &mut Ui, items: &[NavItem<'_>], shown: usize) -> Option<usize> {
    let frame = Frame::new()
        .fill(palette(ui).background)
        .inner_margin(Margin::symmetric(8, 4));
    let line = hairline(ui);
    let panel = Panel::top("navigation-on-top")
        .frame(frame)
        .show_separator_line(false)
        .show(ui, |ui| {
            let mut pressed = None;
            ui.horizontal_wrapped(|ui| {
                ui.spacing_mut().item_spacing = Vec2::splat(2.0);
                for (index, item) in items.iter().enumerate() {
                    let galley = ui.painter().layout_no_wrap(
                        item.name.to_owned(),
                        font(Weight::Semibold, size::SMALL),
                        palette(ui).ink,
                    );
                    let badge = if item.badge > 0 { 34.0 } else { 0.0 };
                    let wanted = Vec2::new(galley.size().x + 18.0 + badge, 32.0);
                    if item_ui(ui, *item, Chosen::when(index == shown), wanted).clicked() {
                        pressed = Some(index);
                    }
                }
            });
            pressed
        });
    let rect = panel.response.rect;
    ui.painter().hline(rect.x_range(), rect.bottom() - 0.5, line);
    panel.inner
}

fn item_ui(ui: &mut Ui, item: NavItem<'_>, chosen: Chosen, wanted: Vec2) -> Response {
    let palette = palette(ui);
    let (rect, response) = ui.allocate_exact_size(wanted, Sense::click());
    let name = if item.badge > 0 {
        format!("{}, {}", item.name, item.badge_words)
    } else {
        item.name.to_owned()
    };
    response.widget_info(|| WidgetInfo::labeled(Role::Tab, ui.is_enabled(), &name));
    ui.ctx()
        .accesskit_node_builder(response.id, |node| node.set_selected(chosen == Chosen::Yes));
    let (weight, color) = match chosen {
        Chosen::Yes => {
            ui.painter().rect(
                rect,
                corners(),
                palette.card,
                Stroke::new(1.0, palette.line),
                StrokeKind::Inside,
            );
            (Weight::Semibold, palette.ink)
        }
        Chosen::No => {
            if response.hovered() {
                ui.painter().rect_filled(rect, corners(), palette.hover);
            }
            (Weight::Regular, palette.soft)
        }
    };
    let points = if wanted.y < HEIGHT { size::SMALL } else { size::BODY };
    let inset = if wanted.y < HEIGHT { 9.0 } else { space::M };
    ui.painter().text(
        pos2(rect.left() + inset, rect.center().y),
        Align2::LEFT_CENTER,
        item.name,
        font(weight, points),
        color,
    );
    if item.badge > 0 {
        badge(ui, rect, inset, item.badge);
    }
    ring_ui(ui, &response, corners());
    response.on_hover_cursor(CursorIcon::PointingHand)
}

fn badge(ui: &Ui, item: Rect, inset: f32, count: usize) {
    let palette = palette(ui);
    let text = if count > 99 {
        "99+".to_owned()
    } else {
        count.to_string()
    };
    let galley = ui
        .painter()
        .layout_no_wrap(text, font(Weight::Semibold, size::SMALL), palette.bad);
    let width = (galley.size().x + 14.0).max(26.0);
    let center = pos2(item.right() - inset - width / 2.0, item.center().y);
    let pill = Rect::from_center_size(center, Vec2::new(width, 22.0));
    ui.painter().rect_filled(pill, 11.0, palette.bad_ground);
    ui.painter()
        .galley(pill.center() - galley.size() / 2.0, galley, palette.bad);
}
