//! Vaccines, and the groups that they count in.

use std::cmp::Ordering;

use super::{
    Cvx,
    table::{Row, TableProblem, filled, status},
};

/// A row of the CVX table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Vaccine {
    /// Its code.
    pub cvx: Cvx,
    /// Its short name: `Hep B, adolescent or pediatric`.
    pub name: Box<str>,
    /// Whether it can be given today.
    pub status: VaccineStatus,
    /// Whether the code says which vaccine it was.
    pub formulation: Formulation,
}

/// What the CDC says of a vaccine's code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum VaccineStatus {
    /// It can be given.
    Active,
    /// It is no longer given, or names no formulation. Right in records of the past.
    Inactive,
    /// It is expected to be licensed.
    Pending,
    /// It was never given and will not be.
    NeverActive,
    /// It is given in other countries only. Right in records of the past.
    NonUs,
}

/// Whether a code says which vaccine was given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Formulation {
    /// It does.
    Named,
    /// It leaves it open, for a dose that is known by hearsay only.
    Unspecified,
}

/// A row of the table of vaccine groups: this vaccine counts in this group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grouping {
    /// The vaccine.
    pub cvx: Cvx,
    /// The code that stands for the whole group, in forecasts and where nothing better is known.
    pub group_cvx: Cvx,
    /// The group's name: `HepB`.
    pub group: Box<str>,
}

const STATUSES: [(&str, VaccineStatus); 5] = [
    ("active", VaccineStatus::Active),
    ("inactive", VaccineStatus::Inactive),
    ("pending", VaccineStatus::Pending),
    ("never active", VaccineStatus::NeverActive),
    ("non-us", VaccineStatus::NonUs),
];

impl Row for Vaccine {
    /// Code, short name, status, and `unspecified` where the code leaves the formulation open.
    fn read(cells: &[&str]) -> Result<Self, TableProblem> {
        let (cvx, name, status_name, formulation) = match cells {
            [cvx, name, status] => (cvx, name, status, Formulation::Named),
            [cvx, name, status, "unspecified"] => (cvx, name, status, Formulation::Unspecified),
            _ => return Err(TableProblem::Columns),
        };
        Ok(Self {
            cvx: code(cvx)?,
            name: filled(name, TableProblem::Name)?,
            status: status(status_name, &STATUSES)?,
            formulation,
        })
    }

    fn order(&self, other: &Self) -> Ordering {
        self.cvx.cmp(&other.cvx)
    }
}

impl Row for Grouping {
    /// Code, code of the group, name of the group.
    fn read(cells: &[&str]) -> Result<Self, TableProblem> {
        let [cvx, group_cvx, group] = cells else {
            return Err(TableProblem::Columns);
        };
        Ok(Self {
            cvx: code(cvx)?,
            group_cvx: code(group_cvx)?,
            group: filled(group, TableProblem::Name)?,
        })
    }

    fn order(&self, other: &Self) -> Ordering {
        (self.cvx, self.group_cvx).cmp(&(other.cvx, other.group_cvx))
    }
}

pub(super) fn code(cell: &str) -> Result<Cvx, TableProblem> {
    Cvx::parse(cell.as_bytes()).ok_or(TableProblem::Code)
}
