//! The CDC's own files of its tables, so that a newer one can be put in place of ours.
//!
//! * Text, as the CDC gives it out: `|` between the columns, no header, in the order of [`Column::place`]. Codes may be padded with
//!   spaces, and a line may end in a further `|`.
//! * A table saved from the CDC's workbook: commas, quotes, and a header whose names are the CDC's. Their order does not matter.
//!
//! What is needed of a row is read, and the rest is passed over. XML and workbooks themselves are not read.

use chrono::NaiveDate;
use csv::{ReaderBuilder, StringRecord};

use super::{
    Formulation, Grouping, Maker, Product, Table, Vaccine,
    table::{Row, TableError, TableProblem},
};

/// A column that is needed.
struct Column {
    /// Where it stands in the CDC's text, counted from 0.
    place: usize,
    /// What a header may call it, in small letters and without what is between them.
    names: &'static [&'static str],
}

const fn column(place: usize, names: &'static [&'static str]) -> Column {
    Column { place, names }
}

const STATUS: &[&str] = &["status", "vaccinestatus", "cvxvaccinestatus"];
const CVX: &[&str] = &["cvx", "cvxcode"];
const UPDATED: &[&str] = &["lastupdated", "lastupdateddate", "lastupdate"];

/// The CVX table, `cvx.txt`.
pub(super) fn vaccines(text: &str) -> Result<Table<Vaccine>, TableError> {
    let columns = [
        column(0, CVX),
        column(1, &["short", "shortdescription", "cvxshortdescription"]),
        column(2, &["full", "fullvaccinename", "fullname"]),
        column(4, STATUS),
        column(6, UPDATED),
    ];
    let (updated, rows) = read(text, &columns, |[cvx, short, full, status, _]| {
        let vaccine = Vaccine::read(&[cvx, short, status])?;
        Ok(Vaccine {
            formulation: Formulation::of([short, full], vaccine.status),
            ..vaccine
        })
    })?;
    Table::new(updated, rows)
}

/// The MVX table, `mvx.txt`.
pub(super) fn makers(text: &str) -> Result<Table<Maker>, TableError> {
    let columns = [
        column(0, &["mvx", "mvxcode"]),
        column(1, &["manufacturername", "manufacturer"]),
        column(3, STATUS),
        column(4, UPDATED),
    ];
    let (updated, rows) = read(text, &columns, |[mvx, name, status, _]| {
        Maker::read(&[mvx, name, status])
    })?;
    Table::new(updated, rows)
}

/// The table of trade names, `TRADENAME.txt`.
pub(super) fn products(text: &str) -> Result<Table<Product>, TableError> {
    let columns = [
        column(2, CVX),
        column(4, &["mvx", "mvxcode"]),
        column(0, &["cdcproductname", "productname"]),
        column(6, &["productnamestatus", "productstatus"]),
        column(7, UPDATED),
    ];
    let (updated, mut rows) = read(text, &columns, |[cvx, mvx, name, status, _]| {
        Product::read(&[cvx, mvx, name, status])
    })?;
    // The CDC has rows that differ in what is passed over alone.
    rows.sort_by(|(_, one), (_, other)| one.order(other));
    rows.dedup_by(|(_, one), (_, other)| one == other);
    Table::new(updated, rows)
}

/// The table of vaccine groups, `VG.txt`. It has no dates.
pub(super) fn groups(text: &str) -> Result<Table<Grouping>, TableError> {
    let columns = [
        column(1, CVX),
        column(4, &["cvxforvaccinegroup", "cvxforgroup"]),
        column(3, &["vaccinegroupname", "vaccinegroup"]),
    ];
    let (_, rows) = read(text, &columns, |[cvx, group_cvx, group]| {
        Grouping::read(&[cvx, group_cvx, group])
    })?;
    Table::new(None, rows)
}

/// Each row with its line, and the newest day in the column of days, which is the last where there is one.
type Rows<T> = (Option<NaiveDate>, Vec<(usize, T)>);

fn read<T, const N: usize>(
    text: &str,
    columns: &[Column; N],
    row: impl Fn([&str; N]) -> Result<T, TableProblem>,
) -> Result<Rows<T>, TableError> {
    let is_the_cdcs = text.lines().next().is_some_and(|line| line.contains('|'));
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(if is_the_cdcs { b'|' } else { b',' })
        .quoting(!is_the_cdcs)
        .from_reader(text.as_bytes());
    let mut places = is_the_cdcs.then(|| columns.each_ref().map(|column| column.place));
    let mut updated = None;
    let mut rows = Vec::new();
    let mut record = StringRecord::new();
    loop {
        let line = usize::try_from(reader.position().line()).unwrap_or(usize::MAX);
        let more = reader
            .read_record(&mut record)
            .map_err(|_bad| TableProblem::Columns.on(line))?;
        if !more {
            return Ok((updated, rows));
        }
        if rows.is_empty()
            && let Some(named) = header(&record, columns)
        {
            places = Some(named);
            continue;
        }
        let places = places.ok_or(TableProblem::Header.on(line))?;
        let cells = cells(&record, places).ok_or(TableProblem::Columns.on(line))?;
        if let (Some(column), Some(day)) = (columns.last(), cells.last())
            && column.names == UPDATED
        {
            updated = updated.max(date(day).map_err(|problem| problem.on(line))?);
        }
        rows.push((line, row(cells).map_err(|problem| problem.on(line))?));
    }
}

/// Where the columns stand, if this is a header that names them all.
fn header<const N: usize>(record: &StringRecord, columns: &[Column; N]) -> Option<[usize; N]> {
    let letters = |cell: &str| {
        cell.chars()
            .filter(char::is_ascii_alphanumeric)
            .collect::<String>()
            .to_ascii_lowercase()
    };
    let names: Vec<_> = record.iter().map(letters).collect();
    let mut places = [0; N];
    for (place, column) in places.iter_mut().zip(columns) {
        *place = names.iter().position(|name| column.names.contains(&name.as_str()))?;
    }
    Some(places)
}

fn cells<const N: usize>(record: &StringRecord, places: [usize; N]) -> Option<[&str; N]> {
    let mut cells = [""; N];
    for (cell, place) in cells.iter_mut().zip(places) {
        *cell = record.get(place)?.trim();
    }
    Some(cells)
}

/// A day as the CDC writes it: `2025/11/19` in its text, `11/19/2025` in its workbooks, with or without a time.
fn date(cell: &str) -> Result<Option<NaiveDate>, TableProblem> {
    let Some(day) = cell.split_whitespace().next() else {
        return Ok(None);
    };
    let forms = ["%Y/%m/%d", "%m/%d/%Y", "%Y-%m-%d"];
    let date = forms.iter().find_map(|form| NaiveDate::parse_from_str(day, form).ok());
    date.map(Some).ok_or(TableProblem::Date)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::codes::{Standing, VaccineStatus};

    fn day(year: i32, month: u32, day: u32) -> Option<NaiveDate> {
        NaiveDate::from_ymd_opt(year, month, day)
    }

    #[test]
    fn the_cdcs_text_is_read_by_the_places_of_its_columns() {
        let text = "08        |Hep B, \"ped\"|hepatitis B vaccine|a note|Active|False|2026/03/02\r\n\
                    82|adenovirus|adenovirus vaccine, unspecified formulation||Inactive|False|2010/09/30\r\n";
        let table = vaccines(text).unwrap();
        assert_eq!(table.updated(), day(2026, 3, 2));
        let [hepatitis, adenovirus] = table.rows() else {
            panic!("two rows");
        };
        assert_eq!(
            (hepatitis.cvx.to_string().as_str(), &*hepatitis.name),
            ("08", "Hep B, \"ped\"")
        );
        assert_eq!(hepatitis.status, VaccineStatus::Active);
        assert_eq!(adenovirus.formulation, Formulation::Unspecified);
    }

    #[test]
    fn a_line_may_end_in_a_further_bar() {
        let text = "ADACEL|Tdap|115|Sanofi Pasteur|PMC|Active|Active|2010/05/28|\nORIMUNE|OPV|02|||Inactive|Inactive|2010/09/01|\n";
        let table = products(text).unwrap();
        let [orimune, adacel] = table.rows() else {
            panic!("two rows");
        };
        assert_eq!((orimune.mvx.as_deref(), orimune.standing), (None, Standing::Inactive));
        assert_eq!((adacel.mvx.as_deref(), &*adacel.name), (Some("PMC"), "ADACEL"));
    }

    #[test]
    fn a_table_with_a_header_may_have_its_columns_in_any_order() {
        let text = "Status,Last Updated,Notes,MVX_CODE,Manufacturer Name\n\
                    Active,11/1/2022 0:00,\"acquired, partly\",ASZ,\"AstraZeneca, Ltd\"\n\
                    Inactive,,,AB,Abbott Laboratories\n";
        let table = makers(text).unwrap();
        assert_eq!(table.updated(), day(2022, 11, 1));
        let names: Vec<_> = table.rows().iter().map(|row| &*row.name).collect();
        assert_eq!(names, ["Abbott Laboratories", "AstraZeneca, Ltd"]);
    }

    #[test]
    fn groups_have_no_days() {
        let table = groups("MMR|03|Active|MMR|03\nM/R|04|Inactive|MMR|03\n").unwrap();
        assert_eq!((table.updated(), table.rows().len()), (None, 2));
    }

    #[test]
    fn one_product_in_two_rows_that_say_the_same_is_one() {
        let text = "PREVNAR 7|PCV 7|100|Wyeth|WAL|Inactive|Inactive|2010/05/28|\nPREVNAR 7|PCV7|100|Wyeth|WAL|Active|Inactive|2011/05/28|\n";
        assert_eq!(products(text).unwrap().rows().len(), 1);
    }

    /// What is wrong with a table of vaccines that is written so.
    #[track_caller]
    fn refused(text: &str, line: usize, problem: TableProblem) {
        assert_eq!(vaccines(text), Err(problem.on(line)), "{text:?}");
    }

    #[test]
    fn a_file_with_one_bad_line_is_refused_with_its_place() {
        let good = "03|MMR|measles, mumps and rubella||Active|False|2020/06/02\n";
        refused("", 1, TableProblem::NoRows);
        refused("PK\u{3}\u{4}", 1, TableProblem::Header);
        refused("<html>\n<body>a | b</body>", 1, TableProblem::Header);
        refused("Patient,Vaccine\nJane,MMR\n", 1, TableProblem::Header);
        refused("MSH|^~\\&|EHR|CLINIC|X|Y|2026|\r", 1, TableProblem::Date);
        refused(&format!("{good}04|M/R|measles"), 2, TableProblem::Columns);
        refused(&format!("{good}{good}"), 2, TableProblem::Twice);
        refused(
            &format!("{good}04|M/R|measles||Active|False|soon"),
            2,
            TableProblem::Date,
        );
        refused(
            &format!("{good}04|M/R|measles||Perhaps|False|2020/06/02"),
            2,
            TableProblem::Status,
        );
        refused(
            &format!("{good}04||measles||Active|False|2020/06/02"),
            2,
            TableProblem::Name,
        );
    }
}
