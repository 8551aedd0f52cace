//! A part of a screen that keeps the keyboard whatever comes and goes before it.

use std::{fmt::Debug, hash::Hash};

use egui::{Ui, UiBuilder};

/// Draws a part of a screen whose widgets are known by `key` and by their place within it, not by their place on the
/// screen: what appears or goes above neither moves the keyboard nor turns one control into another for a screen reader.
pub fn section_ui<R>(ui: &mut Ui, key: impl Hash + Debug, content: impl FnOnce(&mut Ui) -> R) -> R {
    let id = ui.make_persistent_id(("section", key));
    ui.scope_builder(UiBuilder::new().scope_id(id), content).inner
}
