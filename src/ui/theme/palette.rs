//! The colours of light and dark, by role.
#![expect(clippy::disallowed_methods, reason = "this is the one place where colours are made")]

use egui::{Color32, CornerRadius, Stroke, Theme, Visuals, epaint::Shadow};

/// Colours by what they are for. Text on its ground has a contrast of 4.5 : 1 or more; tests compute it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Palette {
    /// Behind everything.
    pub background: Color32,
    /// Cards, fields, secondary buttons.
    pub card: Color32,
    /// A secondary button or a choice below the pointer.
    pub hover: Color32,
    /// Hair lines.
    pub line: Color32,
    /// The border of fields and choices: seen without effort.
    pub edge: Color32,
    /// Text.
    pub ink: Color32,
    /// Text that stands back.
    pub soft: Color32,
    /// The one primary action; links; focus.
    pub accent: Color32,
    /// The primary action below the pointer.
    pub accent_hover: Color32,
    /// Text on the accent.
    pub on_accent: Color32,
    /// The drop area and a chosen card.
    pub accent_ground: Color32,
    /// Good.
    pub ok: Color32,
    /// Behind good.
    pub ok_ground: Color32,
    /// Needs a look.
    pub warning: Color32,
    /// Behind what needs a look.
    pub warning_ground: Color32,
    /// Bad.
    pub bad: Color32,
    /// Behind bad.
    pub bad_ground: Color32,
    /// The strip while files go to the registry and count.
    pub live: Color32,
    /// The strip while the clinic is testing with the registry.
    pub testing: Color32,
    /// The strip while nothing leaves this computer.
    pub demo: Color32,
    /// Text on the strip.
    pub on_strip: Color32,
    /// Over everything that waits behind a dialog.
    pub scrim: Color32,
}

/// What a colour says. Never alone: always with a shape and a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// Done, ready.
    Ok,
    /// Needs a look.
    Warning,
    /// Stopped, refused.
    Bad,
    /// Neither good nor bad.
    Neutral,
}

const fn rgb(hex: u32) -> Color32 {
    let [_, red, green, blue] = hex.to_be_bytes();
    Color32::from_rgb(red, green, blue)
}

const LIGHT: Palette = Palette {
    background: rgb(0xf5_f6_f5),
    card: rgb(0xff_ff_ff),
    hover: rgb(0xf0_f3_f1),
    line: rgb(0xdc_df_dd),
    edge: rgb(0x84_8f_8a),
    ink: rgb(0x1c_24_21),
    soft: rgb(0x5b_66_61),
    accent: rgb(0x0f_6b_5c),
    accent_hover: rgb(0x0b_59_4c),
    on_accent: rgb(0xff_ff_ff),
    accent_ground: rgb(0xec_f3_f1),
    ok: rgb(0x1d_7a_3e),
    ok_ground: rgb(0xe8_f4_ec),
    warning: rgb(0x9a_5b_00),
    warning_ground: rgb(0xfd_f3_e1),
    bad: rgb(0xb3_26_1e),
    bad_ground: rgb(0xfc_eb_ea),
    live: rgb(0x0f_6b_5c),
    testing: rgb(0x1f_4c_8f),
    demo: rgb(0x6a_35_7d),
    on_strip: rgb(0xff_ff_ff),
    scrim: Color32::from_black_alpha(110),
};

const DARK: Palette = Palette {
    background: rgb(0x15_19_18),
    card: rgb(0x1e_24_22),
    hover: rgb(0x27_2e_2b),
    line: rgb(0x32_3a_37),
    edge: rgb(0x74_80_7b),
    ink: rgb(0xe8_ec_ea),
    soft: rgb(0xa2_ad_a8),
    accent: rgb(0x4f_bf_a8),
    accent_hover: rgb(0x6a_cf_ba),
    on_accent: rgb(0x0b_1a_17),
    accent_ground: rgb(0x1a_26_23),
    ok: rgb(0x6f_d0_8f),
    ok_ground: rgb(0x1b_2b_21),
    warning: rgb(0xf0_b4_5a),
    warning_ground: rgb(0x002e_2616),
    bad: rgb(0xf2_8b_82),
    bad_ground: rgb(0x33_1d_1b),
    live: rgb(0x0c_50_45),
    testing: rgb(0x1d_3f_78),
    demo: rgb(0x56_2a_66),
    on_strip: rgb(0xf3_f6_f5),
    scrim: Color32::from_black_alpha(140),
};

impl Palette {
    /// The colours of a theme.
    pub fn of(theme: Theme) -> &'static Self {
        match theme {
            Theme::Light => &LIGHT,
            Theme::Dark => &DARK,
        }
    }

    /// The colour of a tone, for its mark and its word.
    pub fn tone(&self, tone: Tone) -> Color32 {
        match tone {
            Tone::Ok => self.ok,
            Tone::Warning => self.warning,
            Tone::Bad => self.bad,
            Tone::Neutral => self.soft,
        }
    }

    /// The ground behind a tone.
    pub fn tone_ground(&self, tone: Tone) -> Color32 {
        match tone {
            Tone::Ok => self.ok_ground,
            Tone::Warning => self.warning_ground,
            Tone::Bad => self.bad_ground,
            Tone::Neutral => self.card,
        }
    }
}

/// What egui's own widgets (text fields, scroll bars, menus) use.
pub(super) fn visuals(theme: Theme) -> Visuals {
    let palette = Palette::of(theme);
    let mut visuals = match theme {
        Theme::Light => Visuals::light(),
        Theme::Dark => Visuals::dark(),
    };
    visuals.panel_fill = palette.background;
    visuals.window_fill = palette.card;
    visuals.extreme_bg_color = palette.card;
    visuals.text_edit_bg_color = Some(palette.card);
    visuals.faint_bg_color = palette.hover;
    visuals.code_bg_color = palette.background;
    visuals.override_text_color = Some(palette.ink);
    visuals.weak_text_color = Some(palette.soft);
    visuals.hyperlink_color = palette.accent;
    visuals.warn_fg_color = palette.warning;
    visuals.error_fg_color = palette.bad;
    visuals.window_stroke = Stroke::new(1.0, palette.line);
    visuals.window_shadow = Shadow::NONE;
    visuals.popup_shadow = Shadow::NONE;
    visuals.window_corner_radius = super::corners();
    visuals.menu_corner_radius = super::corners();
    visuals.selection.bg_fill = palette.accent.gamma_multiply(0.35);
    visuals.selection.stroke = Stroke::new(2.0, palette.accent);
    visuals.text_cursor.blink = false;
    visuals.text_cursor.stroke = Stroke::new(2.0, palette.accent);
    let widgets = &mut visuals.widgets;
    for state in [
        &mut widgets.noninteractive,
        &mut widgets.inactive,
        &mut widgets.hovered,
        &mut widgets.active,
        &mut widgets.open,
    ] {
        state.corner_radius = CornerRadius::same(super::RADIUS);
        state.expansion = 0.0;
        state.fg_stroke = Stroke::new(1.5, palette.ink);
        state.bg_stroke = Stroke::new(1.0, palette.edge);
        state.bg_fill = palette.card;
        state.weak_bg_fill = palette.card;
    }
    widgets.noninteractive.bg_stroke = Stroke::new(1.0, palette.line);
    widgets.inactive.bg_fill = palette.edge;
    widgets.hovered.weak_bg_fill = palette.hover;
    widgets.hovered.bg_fill = palette.soft;
    widgets.active.bg_fill = palette.soft;
    widgets.active.bg_stroke = Stroke::new(2.0, palette.accent);
    visuals
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Contrast as WCAG 2.2 defines it, from 1 to 21.
    fn contrast(a: Color32, b: Color32) -> f64 {
        fn luminance(color: Color32) -> f64 {
            let linear = |channel: u8| {
                let c = f64::from(channel) / 255.0;
                if c <= 0.04045 {
                    c / 12.92
                } else {
                    ((c + 0.055) / 1.055).powf(2.4)
                }
            };
            0.2126 * linear(color.r()) + 0.7152 * linear(color.g()) + 0.0722 * linear(color.b())
        }
        let (a, b) = (luminance(a), luminance(b));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    #[track_caller]
    fn assert_contrast(what: &str, front: Color32, ground: Color32, at_least: f64) {
        let found = contrast(front, ground);
        assert!(
            found >= at_least,
            "{what}: {found:.2} to 1, at least {at_least} is needed"
        );
    }

    #[test]
    fn text_has_a_contrast_of_four_and_a_half_on_every_ground_it_stands_on() {
        for palette in [&LIGHT, &DARK] {
            let grounds = [
                ("background", palette.background),
                ("card", palette.card),
                ("hover", palette.hover),
                ("accent ground", palette.accent_ground),
            ];
            for (name, ground) in grounds {
                for (text, front) in [
                    ("ink", palette.ink),
                    ("soft", palette.soft),
                    ("accent", palette.accent),
                    ("ok", palette.ok),
                    ("warning", palette.warning),
                    ("bad", palette.bad),
                ] {
                    assert_contrast(&format!("{text} on {name}"), front, ground, 4.5);
                }
            }
            for tone in [Tone::Ok, Tone::Warning, Tone::Bad, Tone::Neutral] {
                let ground = palette.tone_ground(tone);
                assert_contrast(&format!("{tone:?} on its ground"), palette.tone(tone), ground, 4.5);
                assert_contrast(&format!("ink on {tone:?}"), palette.ink, ground, 4.5);
                assert_contrast(&format!("soft on {tone:?}"), palette.soft, ground, 4.5);
            }
            for (name, strip) in [
                ("live", palette.live),
                ("testing", palette.testing),
                ("demo", palette.demo),
            ] {
                assert_contrast(name, palette.on_strip, strip, 4.5);
            }
            assert_contrast("primary button", palette.on_accent, palette.accent, 4.5);
            assert_contrast(
                "primary button below the pointer",
                palette.on_accent,
                palette.accent_hover,
                4.5,
            );
        }
    }

    #[test]
    fn borders_of_fields_and_the_focus_ring_have_a_contrast_of_three() {
        for palette in [&LIGHT, &DARK] {
            for ground in [palette.card, palette.background] {
                assert_contrast("edge", palette.edge, ground, 3.0);
                assert_contrast("focus ring", palette.accent, ground, 3.0);
            }
        }
    }

    #[test]
    fn the_three_strips_differ_in_hue_and_not_only_in_shade() {
        for palette in [&LIGHT, &DARK] {
            let strongest = |color: Color32| {
                let channels = [color.r(), color.g(), color.b()];
                let brightest = channels.iter().max().unwrap();
                channels.iter().position(|channel| channel == brightest).unwrap()
            };
            assert_eq!(strongest(palette.live), 1, "live is green");
            assert_eq!(strongest(palette.testing), 2, "testing is blue");
            assert!(
                palette.demo.r() > palette.demo.g() + 40,
                "demo is purple: no green in it"
            );
        }
    }
}
