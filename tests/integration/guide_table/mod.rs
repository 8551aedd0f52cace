//! The national guide's table says what the facts beside the project say, row by row.
//!
//! It is written anew from the facts with `DROPOFF_WRITE_TABLES=1 cargo test --test integration -- tables`.

mod translation;
mod xml;

use std::fmt::Write;

use dropoff::domain::{
    codes::Tables,
    guide::{Constraint, Content, Element, Guide, Predicate, Shape, Slot, Test as Asked},
};

use self::translation::Translation;
use crate::support::facts::{Fact, compare_asset, facts, rows, tidy};

const REMARKS: &str = "\
# The national guide 1.5, profile Z22: a vaccination sent as VXU^V04.
# Facts: NIST's conformance profile VXU-Z22, in the public domain. The form is Dropoff's.
#
# [structure]    path|usage|how often                              a group ends in /
# [fields]       field|name|usage|how often|type|length|table
# [conditions]   element with usage C|usage where it holds|usage where not|predicate
# [constraints]  id|segment, type or ORDER that it belongs to|what is wrong where it does not hold|predicate
#
# How predicates are written stands in src/domain/guide/grammar.rs.
";

/// The profile in our own form.
fn profile(usage: &[Fact], translations: &[Translation]) -> String {
    let mut text = REMARKS.to_owned();
    let mut section = |name: &str, lines: Vec<String>| write!(text, "\n[{name}]\n{}\n", lines.join("\n")).unwrap();
    let of_level =
        |levels: &'static [&'static str]| usage.iter().filter(|fact| levels.contains(&fact["level"].as_str()));
    let structure = of_level(&["structure", "group"]);
    section("structure", structure.map(structure_line).collect());
    section("fields", of_level(&["field"]).map(field_line).collect());
    let lines = |pick: fn(&Translation) -> Option<&String>| translations.iter().filter_map(pick).cloned().collect();
    section(
        "conditions",
        lines(|translation| match translation {
            Translation::Condition(line) => Some(line),
            Translation::Constraint(_) | Translation::Impossible(_) | Translation::Superseded => None,
        }),
    );
    section(
        "constraints",
        lines(|translation| match translation {
            Translation::Constraint(line) => Some(line),
            Translation::Condition(_) | Translation::Impossible(_) | Translation::Superseded => None,
        }),
    );
    text
}

/// `ORDER/OBSERVATION/OBX|R|1..1`
fn structure_line(fact: &Fact) -> String {
    let steps: Vec<_> = fact["path"].split('/').skip(1).collect();
    let (last, groups) = steps.split_last().unwrap();
    let mut path = String::new();
    for group in groups {
        path = format!("{path}{}/", group.rsplit('.').next().unwrap());
    }
    let name = match fact["level"].as_str() {
        "group" => format!("{}/", last.rsplit('.').next().unwrap()),
        _ => last.split('_').next().unwrap().to_owned(),
    };
    format!("{path}{name}|{}|{}..{}", fact["usage"], fact["min"], fact["max"])
}

/// `PID-7|Date/Time of Birth|R|1..1|TS_NZ|1..26|`
fn field_line(fact: &Fact) -> String {
    let name = tidy(&fact["name"]);
    let [path, usage, min, max] = ["path", "usage", "min", "max"].map(|column| &fact[column]);
    let [datatype, length, table] = ["datatype", "length", "table"].map(|column| &fact[column]);
    format!("{path}|{name}|{usage}|{min}..{max}|{datatype}|{length}|{table}")
}

fn translations(constraints: &[Fact]) -> Vec<Translation> {
    let ours = constraints.iter().filter(|fact| fact["profile"] == "VXU-Z22");
    ours.map(Translation::of).collect()
}

#[test]
fn the_guide_is_nists() {
    let Some(folder) = facts("rules") else { return };
    let translations = translations(&rows(&folder, "nist_iz_constraints.csv"));
    let text = profile(&rows(&folder, "nist_vxu_z22_usage.csv"), &translations);
    compare_asset("guide/z22.txt", &text);
}

#[test]
fn every_condition_and_constraint_is_translated_but_for_three() {
    let Some(folder) = facts("rules") else { return };
    let translations = translations(&rows(&folder, "nist_iz_constraints.csv"));
    let impossible = translations.iter().filter_map(|translation| match translation {
        Translation::Impossible(id) => Some(id.as_str()),
        Translation::Condition(_) | Translation::Constraint(_) | Translation::Superseded => None,
    });
    assert_eq!(impossible.collect::<Vec<_>>(), ["IZ-70", "IZ-24", "NIST-01"]);
    let count = |pick: fn(&Translation) -> bool| translations.iter().filter(|translation| pick(translation)).count();
    assert_eq!(
        count(|translation| matches!(translation, Translation::Condition(_))),
        39
    );
    assert_eq!(
        count(|translation| matches!(translation, Translation::Constraint(_))),
        42
    );
    assert_eq!(count(|translation| matches!(translation, Translation::Superseded)), 1);
}

#[test]
fn the_guide_that_is_built_in_has_every_row_of_the_facts() {
    let Some(folder) = facts("rules") else { return };
    let guide = Guide::z22().unwrap();
    let mut fields = 0;
    let mut slots = 0;
    for fact in rows(&folder, "nist_vxu_z22_usage.csv") {
        if fact["level"] != "field" {
            slots += 1;
            continue;
        }
        fields += 1;
        let (segment, number) = fact["path"].split_once('-').unwrap();
        let name = dropoff::domain::hl7::SegmentName::of(segment.as_bytes()).unwrap();
        let element = guide.segment(name).unwrap().field(number.parse().unwrap()).unwrap();
        assert_eq!(*element.name, *tidy(&fact["name"]), "{}", fact["path"]);
        assert_eq!(
            *guide.datatype(element).unwrap().name,
            *fact["datatype"],
            "{}",
            fact["path"]
        );
        assert_eq!(
            element.table.as_deref().unwrap_or_default(),
            fact["table"],
            "{}",
            fact["path"]
        );
    }
    let ours: usize = guide.segments().iter().map(|segment| segment.fields.len()).sum();
    assert_eq!(ours, fields);
    assert_eq!(count_slots(guide.message()), slots);
}

fn count_slots(slots: &[Slot]) -> usize {
    let inside = slots.iter().map(|slot| match &slot.content {
        Content::Segment(_) => 0,
        Content::Group { slots, .. } => count_slots(slots),
    });
    slots.len() + inside.sum::<usize>()
}

/// Tables that the guide asks for and that are not here. Nothing is said of their codes.
const ABSENT: &str = include_str!("absent.txt");

#[test]
fn every_table_that_the_guide_asks_for_is_here_or_known_to_be_absent() {
    let guide = Guide::z22().unwrap();
    let tables = Tables::built_in().unwrap();
    let of_elements = all_elements(&guide).filter_map(|element| element.table.as_deref());
    let mut absent: Vec<&str> = of_elements
        .chain(all_constraints(&guide).flat_map(|constraint| tables_in(&constraint.predicate)))
        .flat_map(|tables| tables.split(':'))
        .filter(|table| tables.value_set(table).is_none())
        .collect();
    absent.sort_unstable();
    absent.dedup();
    assert_eq!(absent, ABSENT.split_whitespace().collect::<Vec<_>>());
}

fn all_elements(guide: &Guide) -> impl Iterator<Item = &Element> {
    let fields = guide.segments().iter().flat_map(|segment| &segment.fields);
    let components = guide.datatypes().iter().flat_map(|datatype| match &datatype.shape {
        Shape::Composite(components) => components.iter(),
        Shape::Primitive(_) | Shape::Unknown => [].iter(),
    });
    fields.chain(components)
}

fn all_constraints(guide: &Guide) -> impl Iterator<Item = &Constraint> {
    let of_segments = guide.segments().iter().flat_map(|segment| &segment.constraints);
    let of_datatypes = guide.datatypes().iter().flat_map(|datatype| &datatype.constraints);
    of_segments.chain(of_datatypes).chain(guide.order_constraints())
}

fn tables_in(predicate: &Predicate) -> Vec<&str> {
    match predicate {
        Predicate::Is {
            test: Asked::InTable(table),
            ..
        } => vec![table],
        Predicate::Is { .. } => Vec::new(),
        Predicate::Not(inner) => tables_in(inner),
        Predicate::All(parts) | Predicate::Any(parts) => parts.iter().flat_map(tables_in).collect(),
    }
}
