//! The national guide as a table: implementation guide 1.5, profile Z22, which is how a vaccination is sent as VXU^V04.
//!
//! * [`Slot`]: the segments and groups of the message, in order, with how often each may stand there.
//! * [`SegmentGuide`], [`Element`]: the fields of a segment. [`Datatype`]: the components of a field.
//! * [`UsageRule`]: whether an element must be there (R), must be there where it is known (RE), may be there (O), may not be there (X),
//!   or which of these by a [`Predicate`] (C).
//! * [`Constraint`]: what else must hold.
//!
//! It is read from two files in `assets/guide`. `z22.txt` is made from NIST's facts by a test, word by word; `datatypes.txt`
//! was taken over by hand from the same profile, since the facts end at the fields.
//!
//! # What is not in it
//!
//! * Three constraints that no predicate says: IZ-24 (a vaccine information statement for each vaccine that has one), IZ-70 and
//!   NIST-01 (NK1-1 and OBX-1 count from 1).
//! * Conditions that NIST does not state: for nine C fields of timing and visit segments and seven components of HL7's own types.
//!   They are [`UsageRule::Unstated`].
//! * The components of types that clinics do not send (beds, money, timing): [`Shape::Unknown`].
//! * Whether a value that is too long may be cut: the profile states lengths only.
//! * Codes of tables that nothing here depends on, of those that clinics make themselves (HL70361 to HL70363), and of those that grow
//!   by the month (NDC, bar codes of information statements). `tests/integration/guide_table/absent.txt` lists them all.

mod element;
mod form;
mod grammar;
mod legend;
mod predicate;
mod read;
#[cfg(test)]
mod tests;

use thiserror::Error;

use crate::domain::hl7::SegmentName;

pub use self::{
    element::{
        Cardinality, Content, Datatype, DatatypeId, Element, Length, Primitive, SegmentGuide, Shape, Slot, Usage,
        UsageRule,
    },
    form::Form,
    legend::Legend,
    predicate::{Absent, Constraint, Path, Predicate, Reach, Test, Values},
};

/// The guide. Nothing is changed after it was read, and no lookup allocates.
#[derive(Debug, Clone)]
pub struct Guide {
    message: Box<[Slot]>,
    segments: Box<[SegmentGuide]>,
    datatypes: Box<[Datatype]>,
    order_constraints: Box<[Constraint]>,
}

/// Why a guide is not one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("guide, line {line}: {problem}")]
pub struct GuideError {
    /// The line, counted from 1, of the file that was being read.
    pub line: usize,
    /// What is wrong with it.
    pub problem: &'static str,
}

impl Guide {
    /// Profile Z22, which is built in.
    pub fn z22() -> Result<Self, GuideError> {
        read::guide(
            include_str!("../../../assets/guide/z22.txt"),
            include_str!("../../../assets/guide/datatypes.txt"),
        )
    }

    /// What the message consists of, in order.
    pub fn message(&self) -> &[Slot] {
        &self.message
    }

    /// What the guide says of this segment.
    pub fn segment(&self, name: SegmentName) -> Option<&SegmentGuide> {
        let place = self.segments.binary_search_by(|segment| segment.name.cmp(&name)).ok()?;
        self.segments.get(place)
    }

    /// All segments, by name.
    pub fn segments(&self) -> &[SegmentGuide] {
        &self.segments
    }

    /// The type of an element.
    pub fn datatype(&self, element: &Element) -> Option<&Datatype> {
        self.datatypes.get(usize::from(element.datatype.0))
    }

    /// The type of this name: that of OBX-5 stands in OBX-2.
    pub fn datatype_named(&self, name: &[u8]) -> Option<&Datatype> {
        let place = self
            .datatypes
            .binary_search_by(|datatype| datatype.name.as_bytes().cmp(name))
            .ok()?;
        self.datatypes.get(place)
    }

    /// All types, by name.
    pub fn datatypes(&self) -> &[Datatype] {
        &self.datatypes
    }

    /// What must hold within one order: an ORC with the RXA, RXR and OBX that follow it.
    pub fn order_constraints(&self) -> &[Constraint] {
        &self.order_constraints
    }
}
