//! Type: the system's interface font in two weights, and egui's own as a last resort.

use std::sync::Arc;

use egui::{
    FontData, FontDefinitions, FontFamily, FontId,
    epaint::text::{FontTweak, VariationCoords},
};

/// How heavy type is. Emphasis is weight, not colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weight {
    /// Everything that is read.
    Regular,
    /// What is looked for.
    Semibold,
}

impl Weight {
    /// The weight as font files count it.
    pub fn value(self) -> u16 {
        match self {
            Self::Regular => 400,
            Self::Semibold => 600,
        }
    }
}

/// One face of a font: the bytes of its file, and which face in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Face {
    /// The whole file.
    pub bytes: Vec<u8>,
    /// Which face of a collection.
    pub index: u32,
}

/// The system's interface font.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InterfaceFont {
    /// For everything that is read.
    pub regular: Face,
    /// For what is looked for. May be the same variable font.
    pub semibold: Face,
}

const SEMIBOLD: &str = "semibold";

/// The font of a weight at a size in points.
pub fn font(weight: Weight, size: f32) -> FontId {
    match weight {
        Weight::Regular => FontId::proportional(size),
        Weight::Semibold => FontId::new(size, FontFamily::Name(SEMIBOLD.into())),
    }
}

/// egui's fonts, behind the system's interface font where there is one.
pub(super) fn definitions(interface: Option<InterfaceFont>) -> FontDefinitions {
    let mut fonts = FontDefinitions::default();
    let fallback = fonts
        .families
        .get(&FontFamily::Proportional)
        .cloned()
        .unwrap_or_default();
    let mut semibold = fallback.clone();
    let mut regular = fallback;
    if let Some(interface) = interface {
        for (weight, face, family) in [
            (Weight::Regular, interface.regular, &mut regular),
            (Weight::Semibold, interface.semibold, &mut semibold),
        ] {
            let name = format!("interface {}", weight.value());
            fonts.font_data.insert(name.clone(), Arc::new(face_data(face, weight)));
            family.insert(0, name);
        }
    }
    fonts.families.insert(FontFamily::Proportional, regular);
    fonts.families.insert(FontFamily::Name(SEMIBOLD.into()), semibold);
    fonts
}

/// A variable font is set to the weight; a static one has it already.
fn face_data(face: Face, weight: Weight) -> FontData {
    let mut data = FontData::from_owned(face.bytes);
    data.index = face.index;
    if data.variation_axes().iter().any(|axis| axis.tag == WEIGHT_AXIS) {
        let coords = VariationCoords::new([(WEIGHT_AXIS, f32::from(weight.value()))]);
        data = data.tweak(FontTweak {
            coords,
            ..FontTweak::default()
        });
    }
    data
}

const WEIGHT_AXIS: egui::epaint::text::Tag = egui::epaint::text::Tag::new(b"wght");
