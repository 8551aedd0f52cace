//! Reads the sources and fails where a layer uses what it may not, or a file breaks a rule of the house.

mod source;

use std::{
    fmt, fs,
    path::{Path, PathBuf},
};

use source::Source;

/// One layer and what it may use.
struct Layer {
    /// `src/<name>.rs` and everything below `src/<name>/`.
    name: &'static str,
    /// Modules of this crate, by the beginning of their path.
    modules: &'static [&'static str],
    /// Crates of Cargo.toml.
    crates: Crates,
    /// What else it never mentions.
    never: &'static [&'static str],
    /// Whether a method of a path may look at the disk.
    disk: Disk,
}

enum Crates {
    Only(&'static [&'static [&'static str]]),
    AllBut(&'static [&'static str]),
}

#[derive(PartialEq, Eq)]
enum Disk {
    Free,
    Never,
}

const MODULES: &[&str] = &[
    "domain",
    "app",
    "ports",
    "worker",
    "adapters",
    "demo",
    "ui",
    "window",
    "background",
    "build",
    "cli",
];

/// Crates that only compute.
const COMPUTING: &[&str] = &[
    "calamine",
    "chrono",
    "chrono_tz",
    "csv",
    "encoding_rs",
    "memchr",
    "sha2",
    "thiserror",
    "uuid",
    "zeroize",
];

const OUTSIDE: &[&str] = &[
    "std::fs",
    "std::net",
    "std::os",
    "std::process",
    "std::env",
    "std::thread",
    "std::sync::mpsc",
    "std::io::stdin",
    "std::io::stdout",
    "std::io::stderr",
    "std::time::Instant",
    "std::time::SystemTime",
    "Utc::now",
    "Local::now",
];

const LAYERS: &[Layer] = &[
    Layer {
        name: "domain",
        modules: &["domain"],
        crates: Crates::Only(&[COMPUTING]),
        never: OUTSIDE,
        disk: Disk::Never,
    },
    Layer {
        name: "app",
        modules: &["app", "domain"],
        crates: Crates::Only(&[COMPUTING]),
        never: OUTSIDE,
        disk: Disk::Never,
    },
    Layer {
        name: "ports",
        modules: &["ports", "domain"],
        crates: Crates::Only(&[COMPUTING]),
        never: &[
            "std::fs",
            "std::net",
            "std::process",
            "std::env",
            "std::thread",
            "Utc::now",
            "Local::now",
        ],
        disk: Disk::Never,
    },
    Layer {
        name: "worker",
        modules: &["worker", "ports", "domain", "app::message"],
        crates: Crates::Only(&[COMPUTING, &["tracing"]]),
        never: &[
            "std::fs",
            "std::net",
            "std::process",
            "std::env",
            "Utc::now",
            "Local::now",
        ],
        disk: Disk::Never,
    },
    Layer {
        name: "adapters",
        modules: &["adapters", "ports", "domain"],
        crates: Crates::AllBut(&["clap", "eframe", "egui", "libunftp"]),
        never: &["Local::now"],
        disk: Disk::Free,
    },
    Layer {
        name: "demo",
        modules: &["demo", "ports", "domain"],
        crates: Crates::AllBut(&[
            "aead_stream",
            "chacha20poly1305",
            "clap",
            "eframe",
            "egui",
            "hmac",
            "keyring_core",
            "rfd",
            "rusqlite",
            "suppaftp",
        ]),
        never: &["Local::now"],
        disk: Disk::Free,
    },
    Layer {
        name: "ui",
        modules: &["ui", "app", "domain"],
        crates: Crates::Only(&[COMPUTING, &["egui", "egui_extras", "egui_notify", "egui_plot"]]),
        never: OUTSIDE,
        disk: Disk::Never,
    },
];

/// Methods of a path that look at the disk without `std::fs`.
const LOOKS_AT_THE_DISK: &[&str] = &[
    ".canonicalize(",
    ".exists(",
    ".is_dir(",
    ".is_file(",
    ".metadata(",
    ".read_dir(",
    ".symlink_metadata(",
    ".try_exists(",
];

const MAX_LINES: usize = 400;

/// Names that say nothing.
const EMPTY_NAMES: &[&str] = &[
    "utils", "util", "helpers", "helper", "common", "types", "manager", "misc",
];

/// A rule that is broken, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Complaint {
    file: String,
    line: usize,
    reason: String,
}

impl fmt::Display for Complaint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.file, self.line, self.reason)
    }
}

/// Everything wrong with one source. `file` is its path below the project, `crates` the names in Cargo.toml.
fn complaints(file: &str, text: &str, crates: &[String]) -> Vec<Complaint> {
    let module = module(file);
    let source = Source::read(&module, text);
    let mut found = of_the_file(file, text);
    // `tests.rs` is compiled for tests only, and tests may reach anywhere.
    if module.iter().any(|name| name == "tests") {
        return placed(file, found);
    }
    if let Some(layer) = LAYERS
        .iter()
        .find(|layer| module.first().is_some_and(|first| first == layer.name))
    {
        found.extend(of_the_layer(layer, &source, crates));
    }
    if module.first().is_some_and(|first| first == "ui") {
        found.extend(words_outside_the_catalogue(&source));
    }
    if !file.starts_with("src/ui/theme") {
        found.extend(colours_outside_the_theme(&source));
    }
    placed(file, found)
}

fn placed(file: &str, found: Vec<(usize, String)>) -> Vec<Complaint> {
    found
        .into_iter()
        .map(|(line, reason)| Complaint {
            file: file.to_owned(),
            line,
            reason,
        })
        .collect()
}

/// `["ui", "settings"]` for `src/ui/settings.rs` and `src/ui/settings/mod.rs`.
fn module(file: &str) -> Vec<String> {
    let path = file.trim_start_matches("src/").trim_end_matches(".rs");
    let path = path.strip_suffix("/mod").unwrap_or(path);
    path.split('/').map(str::to_owned).collect()
}

fn of_the_file(file: &str, text: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    if !text.starts_with("//! ") {
        found.push((
            1,
            "the first line is not a `//!` line that says what the file is".to_owned(),
        ));
    }
    let lines = text.lines().count();
    if lines > MAX_LINES {
        found.push((
            lines,
            format!("{lines} lines, and a file has at most {MAX_LINES}: split it by what changes together"),
        ));
    }
    if let Some(name) = module(file).iter().find(|name| EMPTY_NAMES.contains(&name.as_str())) {
        found.push((1, format!("`{name}` says nothing: name the file after what it holds")));
    }
    found
}

fn of_the_layer(layer: &Layer, source: &Source, crates: &[String]) -> Vec<(usize, String)> {
    let name = layer.name;
    let mut found = Vec::new();
    for path in &source.paths {
        let written = path.segments.join("::");
        if let Some(other) = foreign_module(layer, &path.segments) {
            found.push((path.line, format!("`{name}` may not use `{other}`: {written}")));
        }
        if path
            .segments
            .first()
            .is_some_and(|first| crates.contains(first) && !layer.crates.allow(first))
        {
            found.push((path.line, format!("`{name}` may not use this crate: {written}")));
        }
        if let Some(never) = layer.never.iter().find(|never| mentions(&path.segments, never)) {
            found.push((path.line, format!("`{name}` never touches `{never}`: {written}")));
        }
    }
    if layer.disk == Disk::Never {
        for (index, line) in source.code.lines().enumerate() {
            if let Some(method) = LOOKS_AT_THE_DISK.iter().find(|method| line.contains(*method)) {
                found.push((index + 1, format!("`{name}` never looks at the disk: `{method}…)`")));
            }
        }
    }
    found
}

impl Crates {
    fn allow(&self, name: &str) -> bool {
        match self {
            Self::Only(lists) => lists.iter().any(|list| list.contains(&name)),
            Self::AllBut(list) => !list.contains(&name),
        }
    }
}

/// The module that a path of this crate leads to, where the layer may not go there.
fn foreign_module<'a>(layer: &Layer, segments: &'a [String]) -> Option<&'a str> {
    let (first, rest) = segments.split_first()?;
    let target = rest
        .first()
        .filter(|target| first == "crate" && MODULES.contains(&target.as_str()))?;
    let allowed = layer.modules.iter().any(|module| {
        module
            .split("::")
            .eq(rest.iter().map(String::as_str).take(module.split("::").count()))
    });
    (!allowed).then_some(target)
}

fn mentions(segments: &[String], never: &str) -> bool {
    let never: Vec<&str> = never.split("::").collect();
    segments
        .windows(never.len())
        .any(|window| window.iter().eq(never.iter()))
}

fn colours_outside_the_theme(source: &Source) -> Vec<(usize, String)> {
    let is_colour = |segments: &[String]| {
        segments
            .windows(2)
            .any(|pair| pair[0] == "Color32" && pair[1].starts_with("from_"))
    };
    source
        .paths
        .iter()
        .filter(|path| is_colour(&path.segments))
        .map(|path| (path.line, "colours are tokens of `ui::theme`".to_owned()))
        .collect()
}

/// Whatever staff read stands in `app::wording`. A literal of one word can be an id; one of two words is a sentence.
fn words_outside_the_catalogue(source: &Source) -> Vec<(usize, String)> {
    source
        .texts
        .iter()
        .filter(|text| word_count(&text.text) > 1)
        .map(|text| {
            (
                text.line,
                format!(
                    "words that staff see stand in `app::wording`, and an id has no spaces: {:?}",
                    text.text
                ),
            )
        })
        .collect()
}

/// Words apart from what stands in braces, which `format!` replaces.
fn word_count(text: &str) -> usize {
    let mut depth = 0_usize;
    let outside: String = text
        .chars()
        .map(|c| {
            match c {
                '{' => depth += 1,
                '}' => depth = depth.saturating_sub(1),
                _ => {}
            }
            if depth > 0 || c == '}' { ' ' } else { c }
        })
        .collect();
    outside
        .split_whitespace()
        .filter(|word| word.chars().any(char::is_alphabetic))
        .count()
}

fn project() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The names of the crates in Cargo.toml, as the code writes them.
fn crates_of_cargo_toml() -> Vec<String> {
    let text = fs::read_to_string(project().join("Cargo.toml")).unwrap();
    let manifest: toml::Table = text.parse().unwrap();
    let targets = manifest["target"].as_table().unwrap().values();
    let tables = targets
        .map(|target| &target["dependencies"])
        .chain([&manifest["dependencies"]]);
    tables
        .flat_map(|table| table.as_table().unwrap().keys())
        .map(|name| name.replace('-', "_"))
        .collect()
}

fn sources_below(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources_below(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

#[test]
fn the_sources_keep_the_directions_and_the_rules_of_the_house() {
    let crates = crates_of_cargo_toml();
    assert!(crates.contains(&"suppaftp".to_owned()) && crates.contains(&"keyring_core".to_owned()));
    let mut paths = Vec::new();
    sources_below(&project().join("src"), &mut paths);
    paths.sort();
    assert!(paths.len() > 30, "the sources were not found");
    let found: Vec<String> = paths
        .iter()
        .flat_map(|path| {
            let file = path
                .strip_prefix(project())
                .unwrap()
                .to_string_lossy()
                .replace('\\', "/");
            complaints(&file, &fs::read_to_string(path).unwrap(), &crates)
        })
        .map(|complaint| complaint.to_string())
        .collect();
    assert!(found.is_empty(), "\n{}", found.join("\n"));
}

#[track_caller]
fn check(file: &str, text: &str, expected: &[(usize, &str)]) {
    let found = complaints(file, text, &crates_of_cargo_toml());
    let found: Vec<(usize, &str)> = found
        .iter()
        .map(|complaint| (complaint.line, complaint.reason.as_str()))
        .collect();
    let matches = found.len() == expected.len()
        && found
            .iter()
            .zip(expected)
            .all(|(found, expected)| found.0 == expected.0 && found.1.contains(expected.1));
    assert!(matches, "found {found:#?}\nexpected {expected:#?}");
}

#[test]
fn a_file_of_the_domain_that_reads_the_clock_and_the_disk_is_found() {
    check(
        "src/domain/bad.rs",
        "//! Bad.\n\nuse std::{\n    fs::{self, File},\n    time::SystemTime,\n};\nuse chrono::Utc;\n\nfn now() {\n    Utc::now();\n    fs::read(x);\n}\n",
        &[
            (4, "never touches `std::fs`: std::fs"),
            (4, "std::fs::File"),
            (5, "std::time::SystemTime"),
            (10, "chrono::Utc::now"),
            (11, "std::fs::read"),
        ],
    );
}

#[test]
fn a_forbidden_thing_under_another_name_is_found() {
    check(
        "src/domain/bad.rs",
        "//! Bad.\nuse std::time as clock;\nuse std::net as n;\nfn f() { clock::Instant::now(); }\n",
        &[(3, "std::net"), (4, "std::time::Instant::now")],
    );
}

#[test]
fn a_layer_that_reaches_up_is_found_however_it_is_written() {
    check(
        "src/app/bad.rs",
        "//! Bad.\nuse crate::{domain::x, ports::Files};\n",
        &[(2, "may not use `ports`")],
    );
    check(
        "src/app/update/mod.rs",
        "//! Bad.\nuse super::super::worker::Desk;\n",
        &[(2, "may not use `worker`")],
    );
    check(
        "src/ui/bad.rs",
        "//! Bad.\nfn f() { crate::adapters::files::open() }\n",
        &[(2, "may not use `adapters`")],
    );
    check(
        "src/worker/bad.rs",
        "//! Bad.\nuse crate::app::{message::Job, model::Model};\n",
        &[(2, "may not use `app`")],
    );
    check(
        "src/adapters/bad.rs",
        "//! Bad.\nuse crate::{app::wording, cli::run};\n",
        &[(2, "`app`"), (2, "`cli`")],
    );
    check(
        "src/ports/bad.rs",
        "//! Bad.\nuse crate::ui;\n",
        &[(2, "may not use `ui`")],
    );
    check(
        "src/demo.rs",
        "//! Bad.\nuse crate::adapters::log;\n",
        &[(2, "may not use `adapters`")],
    );
}

#[test]
fn a_crate_that_a_layer_may_not_use_is_found() {
    check(
        "src/domain/bad.rs",
        "//! Bad.\n#[derive(serde::Serialize)]\nstruct S;\n",
        &[(2, "serde::Serialize")],
    );
    check(
        "src/worker/bad.rs",
        "//! Bad.\nuse keyring_core::Entry;\n",
        &[(2, "may not use this crate")],
    );
    check(
        "src/adapters/bad.rs",
        "//! Bad.\nuse egui::Ui;\n",
        &[(2, "may not use this crate")],
    );
    check(
        "src/app/bad.rs",
        "//! Bad.\nfn f() { tracing::info!(\"x\"); ::rfd::x(); }\n",
        &[(2, "tracing::info"), (2, "rfd::x")],
    );
}

#[test]
fn a_path_that_looks_at_the_disk_is_found() {
    check(
        "src/ui/bad.rs",
        "//! Bad.\nfn f(p: &Path) -> bool {\n    p.exists()\n}\n",
        &[(3, "never looks at the disk")],
    );
}

#[test]
fn a_sentence_in_a_screen_is_found_and_an_id_is_not() {
    check(
        "src/ui/bad.rs",
        "//! Bad.\nfn f(ui: &mut Ui) {\n    ui.label(\"Send the file\");\n    ui.label(r#\"two words\"#);\n    ui.push_id(\"drop-area\");\n    ui.label(format!(\"{a} {b} {c}\"));\n}\n",
        &[(3, "Send the file"), (4, "two words")],
    );
    check(
        "src/app/wording/mod.rs",
        "//! Words.\nconst A: &str = \"Send the file\";\n",
        &[],
    );
}

#[test]
fn a_colour_outside_the_theme_is_found() {
    let text = "//! C.\nuse egui::Color32;\nconst C: Color32 = Color32::from_gray(3);\n";
    check("src/ui/bad.rs", text, &[(3, "tokens of `ui::theme`")]);
    check("src/ui/theme.rs", text, &[]);
    check("src/ui/theme/light.rs", text, &[]);
}

#[test]
fn a_file_without_its_first_line_too_long_or_badly_named_is_found() {
    check("src/domain/bad.rs", "fn f() {}\n", &[(1, "not a `//!` line")]);
    check(
        "src/domain/bad.rs",
        &format!("//! Bad.\n{}", "\n".repeat(400)),
        &[(401, "401 lines")],
    );
    check("src/domain/bad.rs", &format!("//! Good.\n{}", "\n".repeat(399)), &[]);
    check("src/app/utils.rs", "//! Bad.\n", &[(1, "says nothing")]);
    check("src/app/common/mod.rs", "//! Bad.\n", &[(1, "says nothing")]);
}

#[test]
fn comments_texts_and_tests_do_not_count() {
    check(
        "src/domain/good.rs",
        "//! Good: no std::fs here, nor crate::ui.\n/* use std::net; /* nested */ crate::app */\n/// `Utc::now`\nconst A: &str = \"use std::fs; // \\\" crate::ui\";\nconst Q: char = '\"';\nfn f<'a>(x: &'a str) {}\n#[cfg(test)]\nmod tests {\n    use std::fs;\n}\n",
        &[],
    );
    check(
        "src/ui/good.rs",
        "//! Good.\n#[expect(clippy::x, reason = \"the words of a reason\")]\nfn f() {} // \"a comment's words\"\n#[cfg(test)]\nuse crate::ports::Files;\n",
        &[],
    );
}

#[test]
fn a_file_of_tests_may_reach_anywhere_but_is_no_longer_than_others() {
    check("src/domain/hl7/tests.rs", "//! Tests.\nuse std::fs;\n", &[]);
    check(
        "src/domain/hl7/tests.rs",
        &format!("//! Tests.\n{}", "\n".repeat(400)),
        &[(401, "401 lines")],
    );
}

#[test]
fn what_follows_the_tests_counts_again() {
    check(
        "src/domain/bad.rs",
        "//! Bad.\n#[cfg(test)]\nmod tests {\n    use std::fs;\n}\nuse std::net;\n",
        &[(6, "std::net")],
    );
}
