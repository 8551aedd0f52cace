//! The built-in code tables say what the facts beside the project say, row by row.
//!
//! They are written anew from the facts with `DROPOFF_WRITE_TABLES=1 cargo test --test integration -- tables`.

mod sheets;

use std::{fmt::Debug, fs, path::Path};

use chrono::NaiveDate;
use dropoff::domain::codes::{CdcTable, Row, Table, Tables};

use self::sheets::Sheet;
use crate::support::facts::{Fact, compare_asset, facts, rows};

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

/// The facts in the form and order of the CDC's own text.
fn as_the_cdc_writes(folder: &Path, file: &str, columns: &[&str]) -> String {
    let line = |fact: &Fact| {
        columns
            .iter()
            .map(|column| cell(fact, column))
            .collect::<Vec<_>>()
            .join("|")
            + "\r\n"
    };
    rows(folder, file).iter().map(line).collect()
}

/// `False` where the facts have no such column, and days as the CDC's text has them.
fn cell(fact: &Fact, column: &str) -> String {
    let cell = fact.get(column).map_or("False", String::as_str);
    match NaiveDate::parse_from_str(cell, "%m/%d/%Y") {
        Ok(day) => day.format("%Y/%m/%d").to_string(),
        Err(_no_day) => cell.to_owned(),
    }
}

#[test]
fn the_cdcs_own_text_says_what_the_built_in_tables_say() {
    let Some(folder) = facts("codes") else { return };
    let built_in = Tables::built_in().unwrap();
    for (table, file, columns) in [
        (
            CdcTable::Vaccines,
            "cvx.csv",
            &["cvx", "short", "full", "notes", "status", "nonvaccine", "last_updated"][..],
        ),
        (
            CdcTable::Makers,
            "mvx.csv",
            &["MVX_CODE", "Manufacturer Name", "Notes", "Status", "Last Updated"],
        ),
        (
            CdcTable::Products,
            "tradename.csv",
            &[
                "CDC Product Name",
                "Short Description",
                "CVXCode",
                "Manufacturer",
                "MVX Code",
                "MVX Status",
                "Product name Status",
                "Last Updated",
                "",
            ],
        ),
        (
            CdcTable::Groups,
            "cvx_vaccine_group.csv",
            &[
                "ShortDescription",
                "CVXCode",
                "Status",
                "Vaccine Group Name",
                "CVX for Vaccine Group",
            ],
        ),
    ] {
        let text = as_the_cdc_writes(&folder, file, columns);
        let comma = fs::read_to_string(folder.join(file)).unwrap();
        for text in [text, comma] {
            let mut tables = Tables::built_in().unwrap();
            assert_eq!(tables.replace(table, &text), Ok(()), "{table:?}");
            assert!(tables.vaccines() == built_in.vaccines(), "{table:?}");
            assert!(tables.makers() == built_in.makers(), "{table:?}");
            assert!(tables.products() == built_in.products(), "{table:?}");
            assert!(tables.groupings() == built_in.groupings(), "{table:?}");
        }
    }
}
