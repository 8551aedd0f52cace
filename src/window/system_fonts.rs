//! Finds the system's own interface font, so that Dropoff looks like what staff are used to.

use fontdb::{Database, Family, ID, Query, Stretch, Style};

use crate::ui::theme::{
    Weight,
    fonts::{Face, InterfaceFont},
};

/// The families to look for, best first.
const FAMILIES: [&str; 8] = [
    "Segoe UI",
    ".SF NS",
    "System Font",
    "SF Pro Text",
    "Helvetica Neue",
    "Inter",
    "Noto Sans",
    "DejaVu Sans",
];

/// The interface font of this system in two weights; `None` where nothing suitable is installed.
pub fn find() -> Option<InterfaceFont> {
    let mut fonts = Database::new();
    fonts.load_system_fonts();
    FAMILIES.iter().find_map(|family| {
        Some(InterfaceFont {
            regular: face(&fonts, family, Weight::Regular)?,
            semibold: face(&fonts, family, Weight::Semibold)?,
        })
    })
}

fn face(fonts: &Database, family: &str, weight: Weight) -> Option<Face> {
    let id: ID = fonts.query(&Query {
        families: &[Family::Name(family)],
        weight: fontdb::Weight(weight.value()),
        stretch: Stretch::Normal,
        style: Style::Normal,
    })?;
    fonts.with_face_data(id, |bytes, index| Face {
        bytes: bytes.to_vec(),
        index,
    })
}
