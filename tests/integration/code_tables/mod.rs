//! The built-in code tables say what the facts beside the project say, row by row.
//!
//! They are written anew from the facts with `DROPOFF_WRITE_TABLES=1 cargo test --test integration -- code_tables`.

mod facts;

use std::{env, fmt::Debug, fs, path::Path};

use dropoff::domain::codes::{Row, Table, Tables};

use self::facts::{Facts, Sheet};
use crate::support::left_out::say_left_out;

/// The facts; `None`, and a line that says so, where they are not there.
fn facts() -> Option<Facts> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/facts/codes");
    if folder.is_dir() {
        return Some(Facts::read(&folder));
    }
    say_left_out("the facts about codes, which are not beside the project");
    None
}

/// The built-in table has the rows of this sheet and no others, and its file is this sheet, to the letter.
#[track_caller]
fn check<T: Row + Clone + Debug + PartialEq>(name: &str, sheet: &Sheet, built_in: impl Fn(&Tables) -> &Table<T>) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/codes").join(name);
    if env::var_os("DROPOFF_WRITE_TABLES").is_some() {
        fs::write(&path, sheet.text()).unwrap();
        say_left_out(&format!("the comparison of {name}, which is now written"));
        return;
    }
    let tables = Tables::built_in().unwrap();
    let built_in = built_in(&tables);
    assert_eq!(built_in.updated(), sheet.updated);
    let rows = sheet.rows.iter().map(|cells| {
        let cells: Vec<_> = cells.iter().map(String::as_str).collect();
        T::read(&cells).unwrap()
    });
    assert_eq!(built_in.rows(), rows.collect::<Vec<_>>());
    // A checkout on Windows may have changed the line ends.
    let text = fs::read_to_string(&path).unwrap().replace("\r\n", "\n");
    assert_eq!(text, sheet.text(), "{name} is not as it would be written today");
}

#[test]
fn the_vaccines_are_the_cdcs() {
    let Some(facts) = facts() else { return };
    check("vaccines.txt", &facts.vaccines(), Tables::vaccines);
}

#[test]
fn the_makers_are_the_cdcs() {
    let Some(facts) = facts() else { return };
    check("makers.txt", &facts.makers(), Tables::makers);
}

#[test]
fn the_products_are_the_cdcs() {
    let Some(facts) = facts() else { return };
    check("products.txt", &facts.products(), Tables::products);
}

#[test]
fn the_vaccine_groups_are_the_cdcs() {
    let Some(facts) = facts() else { return };
    check("groups.txt", &facts.groups(), Tables::groupings);
}

#[test]
fn the_small_tables_are_hl7s_and_the_guides() {
    let Some(facts) = facts() else { return };
    check("lists.txt", &facts.lists(), Tables::lists);
}
