//! A newer table of the CDC in place of the built-in one: whole, or not at all.

use chrono::NaiveDate;

use super::{
    Tables, cdc,
    table::{Table, TableError},
};

/// A table that the CDC keeps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CdcTable {
    /// CVX.
    Vaccines,
    /// MVX.
    Makers,
    /// Trade names.
    Products,
    /// Vaccine groups.
    Groups,
}

/// Where a table came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Origin {
    /// It is built in.
    BuiltIn,
    /// A file in the data folder.
    File,
}

/// A table that is in use.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableSource {
    /// Which.
    pub table: CdcTable,
    /// The day of its newest row, where it has days.
    pub updated: Option<NaiveDate>,
    /// Where it came from.
    pub origin: Origin,
    /// Why a file that was there is not used instead.
    pub refusal: Option<Refusal>,
}

/// Why a newer table is not used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// The system does not let this person read it; in the system's words.
    Unreadable(String),
    /// It is much larger than any table of the CDC.
    TooLarge,
    /// A line of it cannot be understood.
    Line(TableError),
    /// It is older than the built-in one; the day of its newest row.
    Older(NaiveDate),
    /// So many rows of the built-in table are missing in it, although the CDC takes none back. It may have been cut.
    Cut(usize),
}

impl CdcTable {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Vaccines, Self::Makers, Self::Products, Self::Groups];

    /// The name of its file without the ending, in small letters, as the CDC calls it.
    pub fn file_stem(self) -> &'static str {
        match self {
            Self::Vaccines => "cvx",
            Self::Makers => "mvx",
            Self::Products => "tradename",
            Self::Groups => "vg",
        }
    }
}

impl Tables {
    /// Puts the CDC's own file of a table in place of ours. Where it is refused, nothing is changed.
    pub fn replace(&mut self, table: CdcTable, text: &str) -> Result<(), Refusal> {
        match table {
            CdcTable::Vaccines => {
                let newer = cdc::vaccines(text).map_err(Refusal::Line)?;
                let lacks = self
                    .vaccines
                    .rows()
                    .iter()
                    .filter(|row| newer.find(|other| other.cvx.cmp(&row.cvx)).is_none());
                self.vaccines = accepted(&self.vaccines, lacks.count(), newer)?;
            }
            CdcTable::Makers => {
                let newer = cdc::makers(text).map_err(Refusal::Line)?;
                let lacks = self
                    .makers
                    .rows()
                    .iter()
                    .filter(|row| newer.find(|other| other.mvx.cmp(&row.mvx)).is_none());
                self.makers = accepted(&self.makers, lacks.count(), newer)?;
            }
            CdcTable::Products => {
                let newer = cdc::products(text).map_err(Refusal::Line)?;
                self.products = accepted(&self.products, far_fewer(&self.products, &newer), newer)?;
            }
            CdcTable::Groups => {
                let newer = cdc::groups(text).map_err(Refusal::Line)?;
                self.groupings = accepted(&self.groupings, far_fewer(&self.groupings, &newer), newer)?;
            }
        }
        self.group_codes = super::group_codes(&self.groupings);
        Ok(())
    }

    /// The day of the newest row of a table, where it has days.
    pub fn updated(&self, table: CdcTable) -> Option<NaiveDate> {
        match table {
            CdcTable::Vaccines => self.vaccines.updated(),
            CdcTable::Makers => self.makers.updated(),
            CdcTable::Products => self.products.updated(),
            CdcTable::Groups => self.groupings.updated(),
        }
    }
}

fn accepted<T>(ours: &Table<T>, lacks: usize, newer: Table<T>) -> Result<Table<T>, Refusal> {
    if lacks > 0 {
        return Err(Refusal::Cut(lacks));
    }
    match (newer.updated(), ours.updated()) {
        (Some(theirs), Some(ours)) if theirs < ours => Err(Refusal::Older(theirs)),
        _ => Ok(newer),
    }
}

/// How many rows fewer it has, where that is more than a tenth: rows of these tables do change.
fn far_fewer<T>(ours: &Table<T>, newer: &Table<T>) -> usize {
    let (ours, newer) = (ours.rows().len(), newer.rows().len());
    if newer * 10 < ours * 9 { ours - newer } else { 0 }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write;

    use super::*;
    use crate::domain::codes::{Cvx, VaccineStatus};

    fn tables() -> Tables {
        Tables::built_in().unwrap()
    }

    /// The built-in vaccines as the CDC writes them, all of this day.
    fn vaccines(day: &str) -> String {
        tables().vaccines().rows().iter().fold(String::new(), |mut text, row| {
            let status = match row.status {
                VaccineStatus::Active => "Active",
                VaccineStatus::Inactive => "Inactive",
                VaccineStatus::Pending => "Pending",
                VaccineStatus::NeverActive => "Never Active",
                VaccineStatus::NonUs => "Non-US",
            };
            writeln!(text, "{}|{}|||{status}|False|{day}", row.cvx, row.name).unwrap();
            text
        })
    }

    fn groups(rows: usize) -> String {
        tables()
            .groupings()
            .rows()
            .iter()
            .take(rows)
            .fold(String::new(), |mut text, row| {
                writeln!(text, "x|{}|Active|{}|{}", row.cvx, row.group, row.group_cvx).unwrap();
                text
            })
    }

    #[test]
    fn a_newer_table_takes_the_place_of_ours() {
        let mut tables = tables();
        let newest = Cvx::parse(b"9988").unwrap();
        assert_eq!(tables.vaccine(newest), None);
        let text = vaccines("2026/03/02") + "9988|new vaccine|||Active|False|2026/03/03\n";
        assert_eq!(tables.replace(CdcTable::Vaccines, &text), Ok(()));
        assert_eq!(&*tables.vaccine(newest).unwrap().name, "new vaccine");
        assert_eq!(tables.updated(CdcTable::Vaccines), NaiveDate::from_ymd_opt(2026, 3, 3));
    }

    #[test]
    fn what_is_refused_changes_nothing() {
        let mut tables = tables();
        let before = tables.updated(CdcTable::Vaccines);
        let older = tables.replace(CdcTable::Vaccines, &vaccines("2020/06/02"));
        assert_eq!(older, Err(Refusal::Older(NaiveDate::from_ymd_opt(2020, 6, 2).unwrap())));
        let text = vaccines("2026/03/02");
        let cut = text.split_inclusive('\n').take(280).collect::<String>();
        assert_eq!(tables.replace(CdcTable::Vaccines, &cut), Err(Refusal::Cut(8)));
        let torn = format!("{text}77|torn");
        assert!(matches!(
            tables.replace(CdcTable::Vaccines, &torn),
            Err(Refusal::Line(_))
        ));
        assert_eq!(tables.updated(CdcTable::Vaccines), before);
        assert_eq!(tables.vaccines().rows().len(), 288);
    }

    #[test]
    fn groups_may_change_but_not_vanish() {
        let mut tables = tables();
        assert_eq!(tables.replace(CdcTable::Groups, &groups(200)), Err(Refusal::Cut(56)));
        let mut text = groups(256);
        text.push_str("new|998|Active|NEW|997\n");
        assert!(!tables.is_group(Cvx::parse(b"997").unwrap()));
        assert_eq!(tables.replace(CdcTable::Groups, &text), Ok(()));
        assert!(tables.is_group(Cvx::parse(b"997").unwrap()));
    }
}
