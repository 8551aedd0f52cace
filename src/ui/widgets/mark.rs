//! Marks of a verdict: drawn, so that no font can lack them, and different in shape, so that colour is never alone.

use egui::{Color32, Painter, Pos2, Rect, Response, Sense, Shape, Stroke, Ui, Vec2, WidgetInfo, accesskit::Role, pos2};

use crate::ui::theme::{Tone, palette};

/// The shapes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// A disc with a check mark: done, ready.
    Check,
    /// A triangle with an exclamation mark: needs a look.
    Caution,
    /// A square with a cross: stopped, can't be sent.
    Stop,
    /// A cross: it failed.
    Cross,
    /// A clock: waits, or is under way.
    Clock,
    /// A ring with a dot and a line: good to know.
    Note,
}

/// Side of a mark beside body text, in points.
pub const SIDE: f32 = 22.0;

impl Mark {
    /// What its colour says.
    pub fn tone(self) -> Tone {
        match self {
            Self::Check => Tone::Ok,
            Self::Caution => Tone::Warning,
            Self::Stop | Self::Cross => Tone::Bad,
            Self::Clock | Self::Note => Tone::Neutral,
        }
    }
}

/// A mark with its word for a screen reader.
pub fn mark_ui(ui: &mut Ui, mark: Mark, word: &str) -> Response {
    let (rect, response) = ui.allocate_exact_size(Vec2::splat(SIDE), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, word));
    paint_mark(ui, rect, mark);
    response
}

/// Draws a mark where its word stands beside it.
pub fn paint_mark(ui: &Ui, rect: Rect, mark: Mark) {
    let palette = palette(ui);
    let color = palette.tone(mark.tone());
    let pen = Pen {
        painter: ui.painter(),
        rect,
        color,
        inner: palette.card,
    };
    match mark {
        Mark::Check => pen.check(),
        Mark::Caution => pen.caution(),
        Mark::Stop => pen.stop(),
        Mark::Cross => pen.cross(color, 0.18, 0.15),
        Mark::Clock => pen.clock(),
        Mark::Note => pen.note(),
    }
}

/// Draws in a square of side 1.
struct Pen<'a> {
    painter: &'a Painter,
    rect: Rect,
    color: Color32,
    inner: Color32,
}

impl Pen<'_> {
    fn at(&self, x: f32, y: f32) -> Pos2 {
        pos2(egui::lerp(self.rect.x_range(), x), egui::lerp(self.rect.y_range(), y))
    }

    fn line(&self, points: &[(f32, f32)], width: f32, color: Color32) {
        let width = width * self.rect.width();
        let points: Vec<Pos2> = points.iter().map(|(x, y)| self.at(*x, *y)).collect();
        for end in [points.first(), points.last()].into_iter().flatten() {
            self.painter.circle_filled(*end, width / 2.0, color);
        }
        self.painter.add(Shape::line(points, Stroke::new(width, color)));
    }

    fn check(&self) {
        self.painter
            .circle_filled(self.rect.center(), self.rect.width() * 0.48, self.color);
        self.line(&[(0.30, 0.52), (0.44, 0.66), (0.71, 0.37)], 0.11, self.inner);
    }

    fn caution(&self) {
        let corners = [(0.5, 0.10), (0.95, 0.88), (0.05, 0.88)].map(|(x, y)| self.at(x, y));
        self.painter.add(Shape::convex_polygon(
            corners.to_vec(),
            self.color,
            Stroke::new(self.rect.width() * 0.08, self.color),
        ));
        self.line(&[(0.5, 0.40), (0.5, 0.62)], 0.10, self.inner);
        self.painter
            .circle_filled(self.at(0.5, 0.765), self.rect.width() * 0.06, self.inner);
    }

    fn stop(&self) {
        let square = Rect::from_min_max(self.at(0.05, 0.05), self.at(0.95, 0.95));
        self.painter.rect_filled(square, 3.0, self.color);
        self.cross(self.inner, 0.32, 0.11);
    }

    fn cross(&self, color: Color32, from: f32, width: f32) {
        let to = 1.0 - from;
        self.line(&[(from, from), (to, to)], width, color);
        self.line(&[(from, to), (to, from)], width, color);
    }

    fn note(&self) {
        let width = self.rect.width();
        self.painter
            .circle_stroke(self.rect.center(), width * 0.42, Stroke::new(width * 0.09, self.color));
        self.painter
            .circle_filled(self.at(0.5, 0.32), width * 0.065, self.color);
        self.line(&[(0.5, 0.50), (0.5, 0.70)], 0.10, self.color);
    }

    fn clock(&self) {
        let width = self.rect.width();
        self.painter
            .circle_stroke(self.rect.center(), width * 0.42, Stroke::new(width * 0.09, self.color));
        self.line(&[(0.5, 0.28), (0.5, 0.52), (0.66, 0.60)], 0.09, self.color);
    }
}
