//! The guide as the checker asks it: every name looked up once, every element at its number.
//!
//! What the guide leaves to the sender (usage O) is not looked into, and what another room speaks of is silent.

use super::compile;
use crate::domain::{
    check::owned::{Aspect, Owned},
    codes::{Tables, ValueSet},
    guide::{Form, Guide, Primitive, Usage, UsageRule, Values},
    hl7::SegmentName,
};

/// The guide, ready to be asked. Nothing is changed after it was made, and asking does not allocate.
#[derive(Debug, Clone)]
pub struct Plan {
    /// By name.
    pub(super) segments: Box<[SegmentPlan]>,
    /// In the order of [`Guide::datatypes`].
    pub(super) types: Box<[TypePlan]>,
    pub(super) sets: Box<[ValueSet]>,
}

impl Plan {
    /// The plan of this guide with these tables, without what the rooms own.
    pub(in crate::domain::check) fn of(guide: &Guide, tables: &Tables, owned: &[&[Owned]]) -> Self {
        compile::plan(guide, tables, owned)
    }

    pub(super) fn segment(&self, name: SegmentName) -> Option<&SegmentPlan> {
        let place = self.segments.binary_search_by(|segment| segment.name.cmp(&name)).ok()?;
        self.segments.get(place)
    }
}

/// What the guide asks of a segment.
#[derive(Debug, Clone)]
pub(super) struct SegmentPlan {
    pub(super) name: SegmentName,
    pub(super) standing: Standing,
    /// Its fields. The first one has number 1.
    pub(super) fields: Box<[FieldPlan]>,
    /// The fields of which there is something to say: bit 7 for field 7.
    pub(super) asked: u128,
    /// The fields that must be there.
    pub(super) required: u128,
    /// Those among them that say nothing of patient or vaccination: they count, or can have one value only.
    pub(super) formal: u128,
    pub(super) conditional: Box<[Conditional]>,
}

/// Whether a message can do without a segment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Standing {
    /// It cannot: without it there is no patient, no vaccination or no observation.
    Core,
    /// It can.
    Beside,
}

/// A field or component that must be there by a condition.
#[derive(Debug, Clone)]
pub(super) struct Conditional {
    pub(super) number: u8,
    pub(super) rule: UsageRule,
}

impl Conditional {
    /// Whether its usage can be this, whatever the values are.
    pub(super) fn can_be(&self, asked: Usage) -> bool {
        match &self.rule {
            UsageRule::Always(usage) => *usage == asked,
            UsageRule::When { then, otherwise, .. } => *then == asked || *otherwise == asked,
            UsageRule::Unstated => asked == Usage::Optional,
        }
    }

    /// Whether its usage is this in the midst of these values.
    pub(super) fn is(&self, asked: Usage, values: &impl Values) -> bool {
        self.can_be(asked) && self.rule.usage(values) == asked
    }
}

/// What the guide asks of a field.
#[derive(Debug, Clone)]
pub(super) struct FieldPlan {
    pub(super) look: Look,
    /// How often it may be there.
    pub(super) max: Option<u16>,
    pub(super) value: ValuePlan,
    /// The set that its code or its alternate code must be in.
    pub(super) coded: Option<u16>,
    pub(super) silence: Silence,
}

/// How an element is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Look {
    /// Not at all: it is left to the sender, or another room says everything.
    Past,
    /// At what it says.
    Into,
    /// At what it says, unless it should not be there by a condition.
    IfWanted,
    /// At what it says, where the part is there that it describes. Where that is missing, this is all that there is to say.
    Along,
    /// Only whether it is there, where it should not be.
    Whether,
}

/// What the guide asks of a value.
#[derive(Debug, Clone)]
pub(super) struct ValuePlan {
    pub(super) kind: Kind,
    pub(super) form: Option<Form>,
    /// The one value that there is.
    pub(super) fixed: Option<Box<[u8]>>,
    pub(super) codes: Option<u16>,
    pub(super) max_chars: Option<u32>,
}

/// What a value is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Text, a code, or something of which nothing is said.
    Text,
    /// A number, a day, a time.
    Of(Primitive),
    /// Parts: which type, by its place.
    Parts(u16),
}

/// What the guide asks of a type with parts.
#[derive(Debug, Clone, Default)]
pub(super) struct TypePlan {
    /// Its components. The first one has number 1.
    pub(super) parts: Box<[PartPlan]>,
    /// The components that must be there: bit 2 for component 2.
    pub(super) required: u32,
    pub(super) conditional: Box<[Conditional]>,
}

/// What the guide asks of a component.
#[derive(Debug, Clone)]
pub(super) struct PartPlan {
    pub(super) look: Look,
    pub(super) value: ValuePlan,
}

/// Of which components of a field others speak: for each aspect, bit 0 for the field itself and bit 2 for component 2.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Silence([u32; Aspect::ALL.len()]);

impl Silence {
    /// What these rooms leave to say of a field.
    pub(super) fn of(name: SegmentName, field: u8, owned: &[&[Owned]]) -> Self {
        let mut silence = Self::default();
        let is_it = |one: &&Owned| &one.segment == name.bytes() && one.field == field;
        for one in owned.iter().copied().flatten().filter(is_it) {
            let bits = match one.components {
                [] => u32::MAX,
                components => components.iter().fold(0, |bits, component| bits | 1 << component),
            };
            for aspect in one.aspects {
                if let Some(aspect) = silence.0.get_mut(*aspect as usize) {
                    *aspect |= bits;
                }
            }
        }
        silence
    }

    /// Whether others speak of this. What is none of the codes that another room asks for is not told again for its length.
    pub(super) fn has(self, aspect: Aspect, component: usize) -> bool {
        let bits_of = |aspect: Aspect| self.0.get(aspect as usize).copied().unwrap_or_default();
        let bits = match aspect {
            Aspect::Length => bits_of(Aspect::Length) | bits_of(Aspect::Codes),
            Aspect::Missing | Aspect::Unwanted | Aspect::Count | Aspect::Form | Aspect::Codes => bits_of(aspect),
        };
        1_u32
            .checked_shl(u32::try_from(component).unwrap_or(u32::MAX))
            .is_some_and(|bit| bits & bit != 0)
    }

    /// Whether others say everything.
    pub(super) fn is_complete(self) -> bool {
        self.0.iter().all(|bits| *bits == u32::MAX)
    }
}
