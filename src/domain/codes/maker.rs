//! Makers of vaccines, and what they make.

use std::cmp::Ordering;

use super::{
    Cvx,
    table::{Row, TableProblem, filled, status},
    vaccine::code,
};

/// A row of the MVX table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Maker {
    /// Its code: `PMC`.
    pub mvx: Box<str>,
    /// Its name: `Sanofi Pasteur`.
    pub name: Box<str>,
    /// Whether it still makes vaccines under this code.
    pub standing: Standing,
}

/// A row of the table of trade names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Product {
    /// What it is.
    pub cvx: Cvx,
    /// Who makes it. `None` where the CDC names nobody, for a few products of the past.
    pub mvx: Option<Box<str>>,
    /// Its trade name: `ADACEL`.
    pub name: Box<str>,
    /// Whether it is still sold.
    pub standing: Standing,
}

/// Whether a maker or a product is still there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Standing {
    /// It is.
    Active,
    /// It was.
    Inactive,
}

/// Whether a maker makes a vaccine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Making<'a> {
    /// It makes it, or made it, as these products. There is at least one.
    Makes(&'a [Product]),
    /// It is not known to have made it. These are all products of the vaccine.
    OthersMake(&'a [Product]),
    /// The tables cannot say: no product of this vaccine is known, or the maker of one is not, or the code names no maker.
    Unsure,
}

/// Unknown manufacturer, and other manufacturer.
const NOBODY: [&str; 2] = ["UNK", "OTH"];

const STANDINGS: [(&str, Standing); 2] = [("active", Standing::Active), ("inactive", Standing::Inactive)];

impl Maker {
    /// Whether a value is written as in the CDC's table.
    pub fn is_written(&self, value: &[u8]) -> bool {
        self.mvx.as_bytes() == value
    }

    /// Whether the code says that the maker is not known, or is none of the table.
    pub fn is_nobody(&self) -> bool {
        NOBODY.contains(&&*self.mvx)
    }
}

impl Row for Maker {
    /// Code, name, status.
    fn read(cells: &[&str]) -> Result<Self, TableProblem> {
        let [mvx, name, standing] = cells else {
            return Err(TableProblem::Columns);
        };
        Ok(Self {
            mvx: filled(mvx, TableProblem::Code)?,
            name: filled(name, TableProblem::Name)?,
            standing: status(standing, &STANDINGS)?,
        })
    }

    fn order(&self, other: &Self) -> Ordering {
        compare(&self.mvx, other.mvx.as_bytes())
    }
}

impl Product {
    /// The maker's code, or nothing.
    fn mvx(&self) -> &str {
        self.mvx.as_deref().unwrap_or_default()
    }

    /// Where it stands beside this vaccine and this maker.
    pub(super) fn compare(&self, cvx: Cvx, mvx: &[u8]) -> Ordering {
        self.cvx.cmp(&cvx).then_with(|| compare(self.mvx(), mvx))
    }
}

impl Row for Product {
    /// Code of the vaccine, code of the maker or nothing, trade name, status.
    fn read(cells: &[&str]) -> Result<Self, TableProblem> {
        let [cvx, mvx, name, standing] = cells else {
            return Err(TableProblem::Columns);
        };
        Ok(Self {
            cvx: code(cvx)?,
            mvx: (!mvx.is_empty()).then(|| (*mvx).into()),
            name: filled(name, TableProblem::Name)?,
            standing: status(standing, &STANDINGS)?,
        })
    }

    fn order(&self, other: &Self) -> Ordering {
        self.compare(other.cvx, other.mvx().as_bytes())
            .then_with(|| self.name.cmp(&other.name))
            .then_with(|| self.standing.cmp(&other.standing))
    }
}

/// Compares a maker's code with a value, in any case.
pub(super) fn compare(mvx: &str, value: &[u8]) -> Ordering {
    let upper = |byte: &u8| byte.to_ascii_uppercase();
    mvx.as_bytes().iter().map(upper).cmp(value.iter().map(upper))
}
