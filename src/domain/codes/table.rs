//! A table: rows in order, and the day on which the newest of them changed.

use std::cmp::Ordering;

use chrono::NaiveDate;
use thiserror::Error;

/// A row that can stand in a [`Table`].
pub trait Row: Sized {
    /// The row that these cells make, without spaces around them.
    fn read(cells: &[&str]) -> Result<Self, TableProblem>;

    /// How two rows are ordered. Equal ones may not both be in a table.
    fn order(&self, other: &Self) -> Ordering;
}

/// Rows in order. It has at least one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table<T> {
    updated: Option<NaiveDate>,
    rows: Box<[T]>,
}

/// Why a table is not used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("line {line}: {problem}")]
pub struct TableError {
    /// The line, counted from 1.
    pub line: usize,
    /// What is wrong with it. It names no value: who knows what file it is.
    pub problem: TableProblem,
}

/// What is wrong with a line of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum TableProblem {
    /// It has too few cells, or too many.
    #[error("it has another number of columns")]
    Columns,
    /// A code is missing, or none of this table.
    #[error("the code is missing or is no code of this table")]
    Code,
    /// A name is missing.
    #[error("the name is missing")]
    Name,
    /// The status is none that is known.
    #[error("the status is not known")]
    Status,
    /// The date is none.
    #[error("the date is not one")]
    Date,
    /// An earlier line says the same.
    #[error("it is there twice")]
    Twice,
    /// The table ends without a row.
    #[error("it has no rows")]
    NoRows,
}

impl TableProblem {
    /// This problem, on this line.
    pub fn on(self, line: usize) -> TableError {
        TableError { line, problem: self }
    }
}

impl<T: Row> Table<T> {
    /// A table of our own: `updated YYYY-MM-DD`, then a line a row with `|` between the cells. `#` begins a remark.
    pub fn parse(text: &str) -> Result<Self, TableError> {
        let mut updated = None;
        let mut rows = Vec::new();
        for (number, line) in (1..).zip(text.lines()) {
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            if let Some(day) = line.strip_prefix("updated ") {
                updated = Some(day.parse().map_err(|_bad| TableProblem::Date.on(number))?);
                continue;
            }
            let cells: Vec<_> = line.split('|').collect();
            rows.push((number, T::read(&cells).map_err(|problem| problem.on(number))?));
        }
        Self::new(updated, rows)
    }

    /// These rows, each with its line, in any order.
    pub fn new(updated: Option<NaiveDate>, mut rows: Vec<(usize, T)>) -> Result<Self, TableError> {
        rows.sort_by(|(_, one), (_, other)| one.order(other));
        let twice = rows.windows(2).find_map(|pair| match pair {
            [(_, one), (line, other)] if one.order(other).is_eq() => Some(TableProblem::Twice.on(*line)),
            _ => None,
        });
        if let Some(error) = twice {
            return Err(error);
        }
        if rows.is_empty() {
            return Err(TableProblem::NoRows.on(1));
        }
        Ok(Self {
            updated,
            rows: rows.into_iter().map(|(_, row)| row).collect(),
        })
    }
}

impl<T> Table<T> {
    /// The day on which its newest row changed, where the table says it.
    pub fn updated(&self) -> Option<NaiveDate> {
        self.updated
    }

    /// All rows, in order.
    pub fn rows(&self) -> &[T] {
        &self.rows
    }

    /// The row for which `compare` says that it is equal to what is looked for.
    pub(super) fn find(&self, compare: impl FnMut(&T) -> Ordering) -> Option<&T> {
        let place = self.rows.binary_search_by(compare).ok()?;
        self.rows.get(place)
    }

    /// The rows for which `compare` says that they are equal to what is looked for.
    pub(super) fn run(&self, mut compare: impl FnMut(&T) -> Ordering) -> &[T] {
        let start = self.rows.partition_point(|row| compare(row).is_lt());
        let rest = self.rows.get(start..).unwrap_or_default();
        let length = rest.partition_point(|row| compare(row).is_eq());
        rest.get(..length).unwrap_or_default()
    }
}

/// A code's cell as a number, or a name's cell with something in it.
pub(super) fn filled(cell: &str, problem: TableProblem) -> Result<Box<str>, TableProblem> {
    if cell.is_empty() { Err(problem) } else { Ok(cell.into()) }
}

/// What a word of a status means.
pub(super) fn status<T: Copy>(cell: &str, names: &[(&str, T)]) -> Result<T, TableProblem> {
    let found = names.iter().find(|(name, _)| cell.eq_ignore_ascii_case(name));
    found.map(|(_, status)| *status).ok_or(TableProblem::Status)
}
