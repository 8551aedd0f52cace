//! The look: colours, type, steps of space. Screens name roles from here, never a colour or a pixel.

pub mod fonts;
pub mod palette;

use egui::{Context, CornerRadius, FontId, Margin, Stroke, TextStyle, ThemePreference, Ui, Vec2};

pub use self::{
    fonts::{InterfaceFont, Weight, font},
    palette::{Palette, Tone},
};
use crate::domain::settings::Appearance;

/// Steps of space, in points. All of them are multiples of four.
pub mod space {
    /// Between things that are one thing: a label and its field.
    pub const XS: f32 = 4.0;
    /// Between lines of one card.
    pub const S: f32 = 8.0;
    /// Between cards of one group.
    pub const M: f32 = 12.0;
    /// Between groups.
    pub const L: f32 = 16.0;
    /// Around a screen.
    pub const XL: f32 = 24.0;
    /// Beside the column of a wide screen.
    pub const XXL: f32 = 32.0;
}

/// Sizes of type, in points.
pub mod size {
    /// Notes, captions, the strip on top.
    pub const SMALL: f32 = 13.0;
    /// Everything that is read.
    pub const BODY: f32 = 15.0;
    /// What a card is about.
    pub const HEADING: f32 = 20.0;
    /// The name of the screen.
    pub const TITLE: f32 = 28.0;
}

/// Radius of cards, buttons and fields, in points.
pub const RADIUS: u8 = 6;
/// The smallest target for a pointer, in points.
pub const TARGET: f32 = 36.0;
/// The widest column of content, in points.
pub const COLUMN: f32 = 880.0;
/// Below this width of a window, in points, things stand below one another and not side by side.
pub const NARROW: f32 = 640.0;

/// The corners of cards, buttons and fields.
pub fn corners() -> CornerRadius {
    CornerRadius::same(RADIUS)
}

/// The hair line around cards and below headers.
pub fn hairline(ui: &Ui) -> Stroke {
    Stroke::new(1.0, palette(ui).line)
}

/// The colours of light or dark, whichever is on.
pub fn palette(ui: &Ui) -> &'static Palette {
    Palette::of(ui.theme())
}

/// Sets fonts, colours and spacing once, for light and dark.
pub fn install(ctx: &Context, interface: Option<InterfaceFont>) {
    ctx.set_fonts(fonts::definitions(interface));
    ctx.options_mut(|options| {
        options.zoom_with_keyboard = false;
        // Where the system does not say, it is like paper.
        options.fallback_theme = egui::Theme::Light;
    });
    for theme in [egui::Theme::Light, egui::Theme::Dark] {
        ctx.style_mut_of(theme, |style| {
            style.visuals = palette::visuals(theme);
            shape(style);
        });
    }
}

/// Follows the clinic's choice of light or dark and of the size of text (in percent).
pub fn apply(ctx: &Context, appearance: Appearance, text_percent: u16) {
    let preference = match appearance {
        Appearance::System => ThemePreference::System,
        Appearance::Light => ThemePreference::Light,
        Appearance::Dark => ThemePreference::Dark,
    };
    if ctx.options(|options| options.theme_preference) != preference {
        ctx.set_theme(preference);
    }
    let zoom = f32::from(text_percent) / 100.0;
    if (ctx.zoom_factor() - zoom).abs() > f32::EPSILON {
        ctx.set_zoom_factor(zoom);
    }
}

fn shape(style: &mut egui::Style) {
    style.text_styles = [
        (TextStyle::Small, font(Weight::Regular, size::SMALL)),
        (TextStyle::Body, font(Weight::Regular, size::BODY)),
        (TextStyle::Button, font(Weight::Regular, size::BODY)),
        (TextStyle::Heading, font(Weight::Semibold, size::HEADING)),
        (TextStyle::Monospace, FontId::monospace(size::SMALL)),
    ]
    .into();
    style.animation_time = 0.0;
    style.scroll_animation = egui::style::ScrollAnimation::none();
    style.interaction.selectable_labels = false;
    style.explanation_tooltips = false;
    let spacing = &mut style.spacing;
    spacing.item_spacing = Vec2::new(space::S, space::S);
    spacing.button_padding = Vec2::new(space::L, space::S);
    spacing.interact_size = Vec2::new(TARGET, TARGET);
    spacing.window_margin = Margin::same(24);
    spacing.menu_margin = Margin::same(4);
    spacing.text_edit_width = 320.0;
    spacing.icon_width = 20.0;
    spacing.icon_width_inner = 12.0;
    spacing.icon_spacing = space::S;
    spacing.scroll.floating = true;
    spacing.scroll.bar_width = 10.0;
    spacing.scroll.fade.strength = 0.0;
}
