//! The small tables of HL7 and of the national guide.

use std::{cmp::Ordering, ops::Range};

use super::table::{Row, TableProblem, filled};

/// A code of a small table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedCode {
    /// The table: `HL70163`.
    pub list: Box<str>,
    /// The code: `LD`. With `*` at its end, every code that begins so.
    pub code: Box<str>,
    /// What it means: `Left Deltoid`. Empty where it is not known.
    pub meaning: Box<str>,
}

/// A small table: its codes, in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CodeList<'a>(pub(super) &'a [ListedCode]);

/// What a small table says of a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Listing<'a> {
    /// It is one of its codes.
    Listed(&'a ListedCode),
    /// It is none of them, but the table leaves room for codes that begin so: those of a state, or local ones.
    Allowed(&'a ListedCode),
    /// It is none of them.
    Unlisted,
}

impl<'a> CodeList<'a> {
    /// What it says of a value. Codes differ in case.
    pub fn look_up(self, value: &[u8]) -> Listing<'a> {
        let found = self.0.binary_search_by(|row| row.code.as_bytes().cmp(value));
        if let Some(row) = found.ok().and_then(|place| self.0.get(place)) {
            return Listing::Listed(row);
        }
        let leaves_room = |row: &&ListedCode| {
            let beginning = row.code.strip_suffix('*');
            !value.is_empty() && beginning.is_some_and(|beginning| value.starts_with(beginning.as_bytes()))
        };
        self.0
            .iter()
            .find(leaves_room)
            .map_or(Listing::Unlisted, Listing::Allowed)
    }

    /// Whether a value can stand where this table is asked for.
    pub fn has(self, value: &[u8]) -> bool {
        match self.look_up(value) {
            Listing::Listed(_) | Listing::Allowed(_) => true,
            Listing::Unlisted => false,
        }
    }

    /// All its codes, in order.
    pub fn codes(self) -> &'a [ListedCode] {
        self.0
    }
}

/// The id of each small table, in order, with the places of its rows.
pub(super) fn places(rows: &[ListedCode]) -> Box<[(Box<str>, Range<usize>)]> {
    let mut start = 0;
    let lists = rows.chunk_by(|one, other| one.list == other.list);
    let places = lists.filter_map(|list| {
        let rows = start..start + list.len();
        start = rows.end;
        Some((list.first()?.list.clone(), rows))
    });
    places.collect()
}

impl Row for ListedCode {
    /// Table, code, meaning or nothing.
    fn read(cells: &[&str]) -> Result<Self, TableProblem> {
        let [list, code, meaning] = cells else {
            return Err(TableProblem::Columns);
        };
        Ok(Self {
            list: filled(list, TableProblem::Code)?,
            code: filled(code, TableProblem::Code)?,
            meaning: (*meaning).into(),
        })
    }

    fn order(&self, other: &Self) -> Ordering {
        (&self.list, &self.code).cmp(&(&other.list, &other.code))
    }
}
