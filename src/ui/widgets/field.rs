//! Fields to type in, each with its label above, a hint, and what is wrong with it below.

use egui::{Id, Margin, Response, TextEdit, Ui, accesskit::Role, text_edit::TextEditState};
use zeroize::Zeroize;

use super::{
    mark::{Mark, paint_mark},
    section::section_ui,
    text::{body_ui, small_ui, strong_ui},
};
use crate::{
    domain::secret::Secret,
    ui::theme::{corners, palette},
};

/// The words of a field.
#[derive(Debug, Clone, Copy, Default)]
pub struct Field<'a> {
    /// What to type.
    pub label: &'a str,
    /// What it is for; may be empty.
    pub hint: &'a str,
    /// What is wrong with what was typed; may be empty.
    pub wrong: &'a str,
    /// The field's width in points, 0 for the widest.
    pub width: f32,
}

/// A field for text.
pub fn field_ui(ui: &mut Ui, field: Field<'_>, text: &mut String) -> Response {
    labelled_ui(ui, field, |ui, width| {
        ui.add(
            TextEdit::singleline(text)
                .desired_width(width)
                .margin(Margin::symmetric(12, 11)),
        )
    })
}

/// A field for a password: dots, nothing to undo, nothing kept by the field.
pub fn password_ui(ui: &mut Ui, field: Field<'_>, text: &mut String) -> Response {
    let id = ui.make_persistent_id(("password", field.label));
    let response = labelled_ui(ui, field, |ui, width| {
        ui.add(
            TextEdit::singleline(text)
                .id(id)
                .password(true)
                .desired_width(width)
                .margin(Margin::symmetric(12, 11)),
        )
    });
    ui.ctx()
        .accesskit_node_builder(id, |node| node.set_role(Role::PasswordInput));
    forget_undo(ui, id);
    response
}

/// Hands a typed password over and leaves nothing of it in the draft.
pub fn take_secret(text: &mut String) -> Secret {
    let secret = Secret::new(text.clone());
    text.zeroize();
    secret
}

/// egui keeps earlier texts of a field so that typing can be undone; a password is none of its business.
fn forget_undo(ui: &Ui, id: Id) {
    if let Some(mut state) = TextEditState::load(ui.ctx(), id) {
        state.clear_undoer();
        state.store(ui.ctx(), id);
    }
}

fn labelled_ui(ui: &mut Ui, field: Field<'_>, edit: impl FnOnce(&mut Ui, f32) -> Response) -> Response {
    section_ui(ui, ("field", field.label), |ui| {
        ui.vertical(|ui| lines_ui(ui, field, edit)).inner
    })
}

fn lines_ui(ui: &mut Ui, field: Field<'_>, edit: impl FnOnce(&mut Ui, f32) -> Response) -> Response {
    ui.spacing_mut().item_spacing.y = 6.0;
    let label = strong_ui(ui, field.label);
    if !field.hint.is_empty() {
        small_ui(ui, field.hint);
    }
    let widest = ui.available_width();
    let width = if field.width > 0.0 {
        field.width.min(widest)
    } else {
        widest
    };
    let response = edit(ui, width).labelled_by(label.id);
    if response.gained_focus() {
        response.scroll_to_me(None);
    }
    if !field.wrong.is_empty() {
        wrong_ui(ui, &response, field.wrong);
    }
    response
}

fn wrong_ui(ui: &mut Ui, response: &Response, wrong: &str) {
    ui.painter().rect_stroke(
        response.rect,
        corners(),
        egui::Stroke::new(1.5, palette(ui).bad),
        egui::StrokeKind::Inside,
    );
    ui.horizontal(|ui| {
        let (rect, _) = ui.allocate_exact_size(egui::Vec2::splat(18.0), egui::Sense::hover());
        paint_mark(ui, rect, Mark::Stop);
        ui.visuals_mut().override_text_color = Some(palette(ui).bad);
        let line = body_ui(ui, wrong);
        super::text::announce(ui, &line);
    });
    ui.ctx().accesskit_node_builder(response.id, |node| {
        node.set_description(wrong);
        node.set_invalid(egui::accesskit::Invalid::True);
    });
}
