//! The strip on top: whether this is for real, and whose it is.

use egui::{
    Align2, Color32, Frame, Margin, Painter, Panel, Rect, Shape, Stroke, Ui, WidgetInfo,
    accesskit::Role,
    pos2,
    text::{LayoutJob, TextWrapping},
};

use crate::ui::theme::{Weight, font, hairline, palette, size, space};

/// What the strip says by colour, pattern and word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StripLook {
    /// Files go to the registry and count.
    Live,
    /// Files go to the registry; the clinic is testing.
    Testing,
    /// Nothing leaves this computer.
    Demo,
    /// Nothing has been chosen yet.
    Plain,
}

const HEIGHT: f32 = 36.0;

/// The strip. `word` stands first and heavy.
pub fn strip_ui(ui: &mut Ui, look: StripLook, word: &str, text: &str, person: &str) {
    let palette = palette(ui);
    let (fill, color) = match look {
        StripLook::Live => (palette.live, palette.on_strip),
        StripLook::Testing => (palette.testing, palette.on_strip),
        StripLook::Demo => (palette.demo, palette.on_strip),
        StripLook::Plain => (palette.card, palette.ink),
    };
    Panel::top("strip")
        .frame(Frame::new().fill(fill).inner_margin(Margin::symmetric(24, 0)))
        .exact_size(HEIGHT)
        .resizable(false)
        .show_separator_line(false)
        .show(ui, |ui| {
            let rect = ui.max_rect();
            let band = rect.expand2(egui::vec2(24.0, 0.0));
            pattern(ui.painter(), band, look, color);
            if look == StripLook::Plain {
                ui.painter().hline(band.x_range(), band.bottom() - 0.5, hairline(ui));
            }
            let response = ui.allocate_rect(rect, egui::Sense::hover());
            response.widget_info(|| WidgetInfo::labeled(Role::Banner, true, format!("{word} {text} {person}")));
            words(ui, rect, [word, text, person], color);
        });
}

fn words(ui: &Ui, rect: Rect, [word, text, person]: [&str; 3], color: Color32) {
    let painter = ui.painter();
    let at = pos2(rect.left(), rect.center().y);
    let strong = painter.text(
        at,
        Align2::LEFT_CENTER,
        word,
        font(Weight::Semibold, size::SMALL),
        color,
    );
    let person = painter.text(
        pos2(rect.right(), rect.center().y),
        Align2::RIGHT_CENTER,
        person,
        font(Weight::Regular, size::SMALL),
        color,
    );
    let start = if word.is_empty() {
        rect.left()
    } else {
        strong.right() + space::S
    };
    let mut job = LayoutJob::simple_singleline(text.to_owned(), font(Weight::Regular, size::SMALL), color);
    job.wrap = TextWrapping::truncate_at_width((person.left() - space::M - start).max(0.0));
    let galley = painter.layout_job(job);
    painter.galley(pos2(start, rect.center().y - galley.size().y / 2.0), galley, color);
}

/// A pattern on the lower edge, so that the three differ without colour too.
fn pattern(painter: &Painter, band: Rect, look: StripLook, color: Color32) {
    let edge = band.bottom() - 2.0;
    let stroke = Stroke::new(3.0, color.gamma_multiply(0.55));
    match look {
        StripLook::Live | StripLook::Plain => {}
        StripLook::Testing => {
            let line = [pos2(band.left(), edge), pos2(band.right(), edge)];
            painter.extend(Shape::dashed_line(&line, stroke, 16.0, 12.0));
        }
        StripLook::Demo => {
            let line = [pos2(band.left(), edge), pos2(band.right(), edge)];
            painter.extend(Shape::dotted_line(&line, stroke.color, 9.0, 1.7));
        }
    }
}
