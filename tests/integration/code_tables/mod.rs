//! The built-in code tables say what the facts beside the project say, row by row.
//!
//! They are written anew from the facts with `DROPOFF_WRITE_TABLES=1 cargo test --test integration -- tables`.

mod sheets;

use std::fmt::Debug;

use dropoff::domain::codes::{Row, Table, Tables};

use self::sheets::Sheet;
use crate::support::facts::{compare_asset, facts};

/// The built-in table has the rows of this sheet and no others, and its file is this sheet, to the letter.
#[track_caller]
fn check<T: Row + Clone + Debug + PartialEq>(name: &str, sheet: &Sheet, built_in: impl Fn(&Tables) -> &Table<T>) {
    if !compare_asset(&format!("codes/{name}"), &sheet.text()) {
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
}

#[test]
fn the_vaccines_are_the_cdcs() {
    let Some(folder) = facts("codes") else { return };
    check("vaccines.txt", &sheets::vaccines(&folder), Tables::vaccines);
}

#[test]
fn the_makers_are_the_cdcs() {
    let Some(folder) = facts("codes") else { return };
    check("makers.txt", &sheets::makers(&folder), Tables::makers);
}

#[test]
fn the_products_are_the_cdcs() {
    let Some(folder) = facts("codes") else { return };
    check("products.txt", &sheets::products(&folder), Tables::products);
}

#[test]
fn the_vaccine_groups_are_the_cdcs() {
    let Some(folder) = facts("codes") else { return };
    check("groups.txt", &sheets::groups(&folder), Tables::groupings);
}

#[test]
fn the_small_tables_are_hl7s_and_the_guides() {
    let Some(folder) = facts("codes") else { return };
    let sheet = sheets::lists(&folder);
    if !compare_asset("codes/lists.txt", &sheet.text()) {
        return;
    }
    let tables = Tables::built_in().unwrap();
    for row in &sheet.rows {
        let list = tables.list(&row[0]).unwrap();
        assert!(
            list.codes()
                .iter()
                .any(|listed| *listed.code == *row[1] && *listed.meaning == *row[2]),
            "{row:?}"
        );
    }
}
