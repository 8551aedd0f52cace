//! A segment as it stands in the file: its text, with the names of its fields below the pointer, and below the line that has the
//! keyboard.

use egui::{
    Align, Frame, Margin, Rect, Response, Sense, Stroke, TextFormat, Ui, Vec2, WidgetInfo, accesskit::Role, pos2,
    text::LayoutJob,
};

use crate::{
    app::{
        marked::{MarkedLine, Piece, PieceKind, Spot},
        wording::findings as words,
    },
    domain::guide::Legend,
    ui::{
        theme::{corners, palette, space},
        widgets::{Mark, paint_mark, ring_ui, small_ui, strong_ui},
    },
};

/// Room for the mark, in points.
const GUTTER: i8 = 28;
/// Side of the mark beside a line, in points.
const MARK: f32 = 18.0;

/// Draws a line, with a mark beside it where the spot is in it, and tells its place.
pub(super) fn line_ui(ui: &mut Ui, line: &MarkedLine, legend: &Legend, mark: Mark) -> Rect {
    let width = ui.available_width() - f32::from(GUTTER);
    let galley = ui.painter().layout_job(job(ui, line, mark, width));
    let wanted = Vec2::new(ui.available_width(), galley.size().y.max(MARK));
    let (rect, response) = ui.allocate_exact_size(wanted, Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::ListItem, true, words::spoken(line, legend)));
    let text_at = rect.min + Vec2::new(f32::from(GUTTER), 0.0);
    let hovered = response
        .hover_pos()
        .and_then(|pointer| piece_at(line, galley.cursor_from_pos(pointer - text_at).index.0));
    ui.painter().galley(text_at, galley, palette(ui).ink);
    if line.is_marked() {
        let corner = Rect::from_min_size(pos2(rect.left(), rect.top()), Vec2::splat(MARK));
        paint_mark(ui, corner, mark);
    }
    ring_ui(ui, &response, corners());
    if response.clicked() {
        response.request_focus();
    }
    let has_focus = response.has_focus();
    tip_ui(response, line, hovered, legend);
    if has_focus {
        fields_ui(ui, line, legend);
    }
    rect
}

/// What the marked spot is called, below its line.
pub(super) fn caption_ui(ui: &mut Ui, text: &str) {
    let beside_the_gutter = Margin {
        left: GUTTER,
        ..Margin::ZERO
    };
    Frame::new()
        .inner_margin(beside_the_gutter)
        .show(ui, |ui| strong_ui(ui, text));
}

/// What the pointer is on, by its name.
fn tip_ui(response: Response, line: &MarkedLine, hovered: Option<&Piece>, legend: &Legend) {
    if let Some(name) = hovered.and_then(|piece| words::piece_name(line, piece, legend)) {
        response.on_hover_text_at_pointer(name);
    }
}

/// Each field by its name, for whoever has no pointer.
fn fields_ui(ui: &mut Ui, line: &MarkedLine, legend: &Legend) {
    ui.indent("fields", |ui| {
        ui.spacing_mut().item_spacing.y = space::XS;
        for field in words::fields_by_name(line, legend) {
            small_ui(ui, &field);
        }
    });
}

/// The piece with this character of the line.
fn piece_at(line: &MarkedLine, character: usize) -> Option<&Piece> {
    let mut end = 0;
    line.pieces.iter().find(|piece| {
        end += piece.text.chars().count();
        character < end
    })
}

fn job(ui: &Ui, line: &MarkedLine, mark: Mark, width: f32) -> LayoutJob {
    let palette = palette(ui);
    let tone = mark.tone();
    let mut job = LayoutJob::default();
    job.wrap.max_width = width;
    // A segment has few spaces: it breaks anywhere.
    job.wrap.break_anywhere = true;
    for piece in &line.pieces {
        let mut format = TextFormat {
            font_id: egui::TextStyle::Monospace.resolve(ui.style()),
            color: match piece.kind {
                PieceKind::Name => palette.accent,
                PieceKind::Separator => palette.soft,
                PieceKind::Value | PieceKind::Covered => palette.ink,
                PieceKind::Remark | PieceKind::Unseen(_) => palette.tone(tone),
            },
            valign: Align::Center,
            ..TextFormat::default()
        };
        if piece.spot == Spot::Here {
            format.background = palette.tone_ground(tone);
            format.underline = Stroke::new(2.0, palette.tone(tone));
        }
        job.append(&piece.text, 0.0, format);
    }
    job
}
