//! Pictures of every screen, light and dark, small and large, at 100 % and at 200 %, for people to look at.

use std::{
    fs,
    panic::{AssertUnwindSafe, catch_unwind},
    path::PathBuf,
};

use dropoff::{app::model::Model, domain::settings::Appearance};
use egui_kittest::kittest::NodeT;

use super::{
    super::support::left_out::leave_out,
    scenes,
    stage::{Drawn, open_at},
};

struct Form {
    name: &'static str,
    size: [f32; 2],
    appearance: Appearance,
    percent: u16,
}

const FORMS: [Form; 5] = [
    Form {
        name: "light",
        size: [1100.0, 760.0],
        appearance: Appearance::Light,
        percent: 100,
    },
    Form {
        name: "dark-small",
        size: [900.0, 620.0],
        appearance: Appearance::Dark,
        percent: 100,
    },
    Form {
        name: "light-small",
        size: [900.0, 620.0],
        appearance: Appearance::Light,
        percent: 100,
    },
    Form {
        name: "dark-large",
        size: [1400.0, 1000.0],
        appearance: Appearance::Dark,
        percent: 100,
    },
    Form {
        name: "light-200",
        size: [900.0, 620.0],
        appearance: Appearance::Light,
        percent: 200,
    },
];

fn folder() -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).with_file_name("pictures");
    fs::create_dir_all(&folder).unwrap();
    folder
}

/// Draws one scene and says what stands beyond the window; `None` where this computer has nothing to draw with.
fn draw(name: &str, form: &Form, mut model: Model) -> Option<Vec<String>> {
    model.settings.appearance = form.appearance;
    model.settings.text_percent = form.percent;
    let [width, height] = form.size;
    // Long enough for what is behind the folds.
    let height = if name.ends_with("unfolded") { 2_000.0 } else { height };
    let window = catch_unwind(AssertUnwindSafe(|| open_at(model, [width, height], Drawn::Yes)));
    let mut window = window.ok()?;
    if name.ends_with("unfolded") {
        window.unfold();
    }
    let picture = window.harness.render().unwrap();
    let colors: std::collections::HashSet<_> = picture.pixels().map(|pixel| pixel.0).collect();
    assert!(colors.len() > 20, "{name} {}: an empty picture", form.name);
    picture
        .save(folder().join(format!("{name}-{}.png", form.name)))
        .unwrap();
    let beyond = window
        .harness
        .root()
        .children_recursive()
        .filter(|node| node.accesskit_node().raw_bounds().is_some() && !node.accesskit_node().is_hidden())
        .filter(|node| node.rect().right() > form.size[0] * 100.0 / f32::from(form.percent) + 1.0)
        .map(|node| {
            let data = node.accesskit_node();
            format!(
                "{name} {}: {:?} {:?} {:?}",
                form.name,
                data.role(),
                data.label().or(data.value()),
                node.rect()
            )
        })
        .collect();
    Some(beyond)
}

/// Draws every scene in these forms. They are two tests, so that two processors share the work.
fn draw_all(is_wanted: impl Fn(&Form) -> bool) {
    let only = std::env::var("DROPOFF_PICTURE").unwrap_or_default();
    let mut beyond = Vec::new();
    for (name, model) in scenes::all() {
        for form in FORMS.iter().filter(|form| is_wanted(form) && name.contains(&only)) {
            let Some(found) = draw(name, form, model.clone()) else {
                leave_out("pictures of the window, which need a graphics adapter (Debian: mesa-vulkan-drivers)");
                return;
            };
            beyond.extend(found);
        }
    }
    assert!(beyond.is_empty(), "beyond the window:\n{}", beyond.join("\n"));
}

#[test]
fn every_screen_is_drawn_dark_and_at_twice_the_size_within_the_window() {
    draw_all(|form| form.appearance == Appearance::Dark || form.percent > 100);
}

#[test]
fn every_screen_is_drawn_light_within_the_window() {
    draw_all(|form| form.appearance == Appearance::Light && form.percent == 100);
    if std::env::var_os("DROPOFF_README_PICTURE").is_some() {
        let readme = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("assets/window.png");
        fs::copy(folder().join("month-6-delivered-light.png"), readme).unwrap();
    }
}
