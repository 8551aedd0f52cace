//! The code tables that a vaccination record is checked against.
//!
//! * [`Cvx`], [`Vaccine`]: what was given, and in which [`VaccineStatus`] its code is.
//! * [`Maker`]: who made it (MVX). [`Product`]: which maker makes which vaccine, by trade name.
//! * [`Grouping`]: the groups that a vaccine counts in.
//! * [`CodeList`]: the small tables of HL7 and of the national guide. [`ValueSet`]: what an element of the guide may say.
//!
//! A table is read once, from its own file in `assets/codes`, or from a newer one of the CDC ([`CdcTable`]). Nothing is changed afterwards,
//! and no lookup of a code allocates.

mod cdc;
mod cvx;
mod list;
mod maker;
mod newer;
mod table;
#[cfg(test)]
mod tests;
mod vaccine;
mod value_set;

use std::{borrow::Cow, ops::Range};

pub use self::{
    cvx::Cvx,
    list::{CodeList, ListedCode, Listing},
    maker::{Maker, Making, Product, Standing},
    newer::{CdcTable, Origin, Refusal, TableSource},
    table::{Row, Table, TableError, TableProblem},
    vaccine::{Formulation, Grouping, Vaccine, VaccineStatus},
    value_set::ValueSet,
};

/// The guide's names of two tables.
const CVX: &str = "CVX";
const MVX: &str = "MVX";

/// All tables together.
#[derive(Debug, Clone)]
pub struct Tables {
    vaccines: Table<Vaccine>,
    makers: Table<Maker>,
    products: Table<Product>,
    groupings: Table<Grouping>,
    lists: Table<ListedCode>,
    /// Each small table's id, in order, and which rows are its own: a table is asked for by every record of a file.
    list_places: Box<[(Box<str>, Range<usize>)]>,
    /// The codes that stand for a group, in order.
    group_codes: Box<[Cvx]>,
}

impl Tables {
    /// The tables that are built in.
    pub fn built_in() -> Result<Self, TableError> {
        Ok(Self::new(
            Table::parse(include_str!("../../../assets/codes/vaccines.txt"))?,
            Table::parse(include_str!("../../../assets/codes/makers.txt"))?,
            Table::parse(include_str!("../../../assets/codes/products.txt"))?,
            Table::parse(include_str!("../../../assets/codes/groups.txt"))?,
            Table::parse(concat!(
                include_str!("../../../assets/codes/lists.txt"),
                include_str!("../../../assets/codes/guide_lists.txt")
            ))?,
        ))
    }

    /// These tables, as one.
    pub fn new(
        vaccines: Table<Vaccine>,
        makers: Table<Maker>,
        products: Table<Product>,
        groupings: Table<Grouping>,
        lists: Table<ListedCode>,
    ) -> Self {
        Self {
            group_codes: group_codes(&groupings),
            list_places: list::places(lists.rows()),
            vaccines,
            makers,
            products,
            groupings,
            lists,
        }
    }

    /// The vaccine with this code.
    pub fn vaccine(&self, cvx: Cvx) -> Option<&Vaccine> {
        self.vaccines.find(|row| row.cvx.cmp(&cvx))
    }

    /// The groups that this vaccine counts in: none, one, or one for each disease.
    pub fn groups_of(&self, cvx: Cvx) -> &[Grouping] {
        self.groupings.run(|row| row.cvx.cmp(&cvx))
    }

    /// Whether the CDC uses this code for a whole group. A few of these are a vaccine of their own as well, such as 03 for MMR.
    pub fn is_group(&self, cvx: Cvx) -> bool {
        self.group_codes.binary_search(&cvx).is_ok()
    }

    /// The maker whom these bytes name, in any case and with any spaces around; [`Maker::is_written`] says whether they are right.
    pub fn maker(&self, mvx: &[u8]) -> Option<&Maker> {
        let mvx = mvx.trim_ascii();
        self.makers.find(|row| maker::compare(&row.mvx, mvx))
    }

    /// Every product of this vaccine, by maker.
    pub fn products_of(&self, cvx: Cvx) -> &[Product] {
        self.products.run(|row| row.cvx.cmp(&cvx))
    }

    /// Whether this maker makes this vaccine.
    pub fn making(&self, cvx: Cvx, mvx: &[u8]) -> Making<'_> {
        let mvx = mvx.trim_ascii();
        let made = self.products.run(|row| row.compare(cvx, mvx));
        let others = self.products_of(cvx);
        let is_one_unnamed = others.iter().any(|product| product.mvx.is_none());
        let is_nobody = self.maker(mvx).is_none_or(Maker::is_nobody);
        if is_nobody || others.is_empty() || (made.is_empty() && is_one_unnamed) {
            Making::Unsure
        } else if made.is_empty() {
            Making::OthersMake(others)
        } else {
            Making::Makes(made)
        }
    }

    /// The small table with this id, such as `HL70163`. Where the guide's own selection `HL70163_IZ` is not here apart, HL7's is it.
    pub fn list(&self, id: &str) -> Option<CodeList<'_>> {
        let find = |id: &str| {
            let place = self.list_places.binary_search_by(|(list, _)| (**list).cmp(id)).ok()?;
            let (_, rows) = self.list_places.get(place)?;
            self.lists.rows().get(rows.clone()).map(CodeList)
        };
        find(id).or_else(|| find(id.strip_suffix("_IZ")?))
    }

    /// The set of codes that the guide means by this id: a small table, `CVX`, `MVX`, or several with `:` between. `None` where it is
    /// not here, or a part of it is not.
    pub fn value_set(&self, id: &str) -> Option<ValueSet> {
        let mut codes: Vec<Cow<'_, str>> = Vec::new();
        for id in id.split(':') {
            match id {
                CVX => codes.extend(self.vaccines.rows().iter().map(|row| Cow::Owned(row.cvx.to_string()))),
                MVX => codes.extend(self.makers.rows().iter().map(|row| Cow::Borrowed(&*row.mvx))),
                id => codes.extend(self.list(id)?.codes().iter().map(|row| Cow::Borrowed(&*row.code))),
            }
        }
        Some(ValueSet::of(codes.iter().map(|code| &**code)))
    }

    /// All vaccines, by code.
    pub fn vaccines(&self) -> &Table<Vaccine> {
        &self.vaccines
    }

    /// All makers, by code.
    pub fn makers(&self) -> &Table<Maker> {
        &self.makers
    }

    /// All products, by vaccine and maker.
    pub fn products(&self) -> &Table<Product> {
        &self.products
    }

    /// The groups of all vaccines, by code.
    pub fn groupings(&self) -> &Table<Grouping> {
        &self.groupings
    }

    /// The codes of all small tables, by table and code.
    pub fn lists(&self) -> &Table<ListedCode> {
        &self.lists
    }
}

/// The codes that stand for a group, in order.
fn group_codes(groupings: &Table<Grouping>) -> Box<[Cvx]> {
    let mut codes: Vec<_> = groupings.rows().iter().map(|row| row.group_cvx).collect();
    codes.sort_unstable();
    codes.dedup();
    codes.into()
}
