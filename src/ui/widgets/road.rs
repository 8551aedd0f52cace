//! A file's road at the registry: the stops that are behind it, the one where it is, the ones ahead.

use egui::{Rect, Response, Sense, Ui, Vec2, WidgetInfo, accesskit::Role, pos2};

use crate::ui::theme::{NARROW, Weight, font, palette, size, space};

/// Whether the file has been at a stop.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reached {
    /// It was there.
    Behind,
    /// It is there.
    Here,
    /// It will come there.
    Ahead,
}

/// One stop.
#[derive(Debug, Clone)]
pub struct RoadStop<'a> {
    /// What happens there.
    pub name: &'a str,
    /// When, where it is known; may be empty.
    pub note: String,
    /// Whether the file has been there.
    pub reached: Reached,
}

/// The road. `words` says the whole of it for a screen reader.
pub fn road_ui(ui: &mut Ui, stops: &[RoadStop<'_>], words: &str) -> Response {
    let count = u16::try_from(stops.len()).unwrap_or(u16::MAX).max(1);
    let is_narrow = ui.available_width() < NARROW - 2.0 * space::XXL - 40.0;
    let (width, height) = if is_narrow {
        (ui.available_width(), 26.0)
    } else {
        let width = ui.available_width() / f32::from(count);
        (width, column_height(ui, stops, width))
    };
    let size = if is_narrow {
        Vec2::new(width, height * f32::from(count))
    } else {
        Vec2::new(ui.available_width(), height)
    };
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, words));
    let times = stops.iter().filter(|stop| !stop.note.is_empty());
    let times: Vec<String> = times.map(|stop| [stop.name, &stop.note].join(" ")).collect();
    ui.ctx()
        .accesskit_node_builder(response.id, |node| node.set_description(times.join(", ")));
    let step = if is_narrow {
        Vec2::new(0.0, height)
    } else {
        Vec2::new(width, 0.0)
    };
    let mut at = rect.min;
    for stop in stops {
        let place = Rect::from_min_size(at, Vec2::new(width, height));
        if is_narrow {
            paint_row(ui, place, stop);
        } else {
            paint_column(ui, place, stop);
        }
        at += step;
    }
    response
}

/// As high as the stop whose name takes the most lines, with its time below.
fn column_height(ui: &Ui, stops: &[RoadStop<'_>], width: f32) -> f32 {
    let color = palette(ui).ink;
    let high = |text: &str, weight| {
        let galley = ui
            .painter()
            .layout(text.to_owned(), font(weight, size::SMALL), color, width - space::M);
        galley.size().y
    };
    let both = |stop: &RoadStop<'_>| high(stop.name, Weight::Semibold) + high(&stop.note, Weight::Regular);
    stops.iter().map(both).fold(0.0, f32::max) + space::L + space::XS
}

fn colors(ui: &Ui, reached: Reached) -> (egui::Color32, egui::Color32, Weight) {
    let palette = palette(ui);
    match reached {
        Reached::Behind => (palette.ok, palette.ink, Weight::Regular),
        Reached::Here => (palette.accent, palette.ink, Weight::Semibold),
        Reached::Ahead => (palette.line, palette.soft, Weight::Regular),
    }
}

fn paint_column(ui: &Ui, place: Rect, stop: &RoadStop<'_>) {
    let (line, text, weight) = colors(ui, stop.reached);
    let bar = Rect::from_min_size(place.min, Vec2::new(place.width() - space::XS, 3.0));
    ui.painter().rect_filled(bar, 1.5, line);
    if stop.reached == Reached::Here {
        // A dot as well: colour alone does not say where the file is.
        ui.painter()
            .circle_filled(pos2(bar.left() + 4.0, bar.center().y), 5.0, line);
    }
    let wrap = place.width() - space::M;
    let name = ui
        .painter()
        .layout(stop.name.to_owned(), font(weight, size::SMALL), text, wrap);
    let note_at = pos2(place.left(), place.top() + 11.0 + name.size().y);
    ui.painter().galley(pos2(place.left(), place.top() + 10.0), name, text);
    let note = ui.painter().layout(
        stop.note.clone(),
        font(Weight::Regular, size::SMALL),
        palette(ui).soft,
        wrap,
    );
    ui.painter().galley(note_at, note, text);
}

fn paint_row(ui: &Ui, place: Rect, stop: &RoadStop<'_>) {
    let (line, text, weight) = colors(ui, stop.reached);
    let bar = Rect::from_min_size(place.min, Vec2::new(3.0, place.height() - 3.0));
    ui.painter().rect_filled(bar, 1.5, line);
    if stop.reached == Reached::Here {
        ui.painter()
            .circle_filled(pos2(bar.center().x, place.center().y), 5.0, line);
    }
    let name = ui
        .painter()
        .layout_no_wrap(stop.name.to_owned(), font(weight, size::SMALL), text);
    let middle = place.center().y;
    let after = place.left() + space::M + name.size().x + space::S;
    ui.painter()
        .galley(pos2(place.left() + space::M, middle - name.size().y / 2.0), name, text);
    let soft = palette(ui).soft;
    let note = ui
        .painter()
        .layout_no_wrap(stop.note.clone(), font(Weight::Regular, size::SMALL), soft);
    ui.painter()
        .galley(pos2(after, middle - note.size().y / 2.0), note, soft);
}
