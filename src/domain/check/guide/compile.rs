//! Makes the plan of the guide.

use super::plan::{
    Conditional, FieldPlan, Kind, Look, PartPlan, Plan, SegmentPlan, Silence, Standing, TypePlan, ValuePlan,
};
use crate::domain::{
    check::owned::{Aspect, Owned},
    codes::{Tables, ValueSet},
    guide::{
        Absent, Constraint, Content, Datatype, Element, Form, Guide, Path, Predicate, Primitive, SegmentGuide, Shape,
        Slot, Test, Usage, UsageRule,
    },
    hl7::SegmentName,
};

/// The sets that were made so far, by id.
struct Sets<'g> {
    tables: &'g Tables,
    ids: Vec<&'g str>,
    made: Vec<ValueSet>,
}

impl<'g> Sets<'g> {
    /// The place of the set with this id; `None` where it is not in the tables.
    fn place(&mut self, id: &'g str) -> Option<u16> {
        let known = self.ids.iter().position(|other| *other == id);
        let place = known.unwrap_or(self.ids.len());
        if known.is_none() {
            self.made.push(self.tables.value_set(id)?);
            self.ids.push(id);
        }
        u16::try_from(place).ok()
    }
}

pub(super) fn plan(guide: &Guide, tables: &Tables, owned: &[&[Owned]]) -> Plan {
    let mut sets = Sets {
        tables,
        ids: Vec::new(),
        made: Vec::new(),
    };
    let types = guide
        .datatypes()
        .iter()
        .map(|datatype| of_type(guide, datatype, &mut sets));
    let types = types.collect();
    let segments = guide
        .segments()
        .iter()
        .map(|segment| of_segment(guide, segment, owned, &mut sets));
    Plan {
        segments: segments.collect(),
        types,
        sets: sets.made.into(),
    }
}

fn of_segment<'g>(guide: &'g Guide, segment: &'g SegmentGuide, owned: &[&[Owned]], sets: &mut Sets<'g>) -> SegmentPlan {
    let mut plan = SegmentPlan {
        name: segment.name,
        standing: standing(guide.message(), segment.name, Usage::Required).unwrap_or(Standing::Beside),
        fields: Box::default(),
        asked: 0,
        required: 0,
        formal: 0,
        conditional: Box::default(),
    };
    let (mut fields, mut conditional) = (Vec::new(), Vec::new());
    for (number, field) in (1..).zip(&segment.fields) {
        let silence = Silence::of(segment.name, number, owned);
        let demand = demand(&segment.constraints, |path| {
            path.segment == Some(segment.name) && path.field == number && path.component <= 1 && path.subcomponent == 0
        });
        let is_coded = guide.datatype(field).is_some_and(is_coded);
        let value = value(guide, field, demand, sets);
        let bit = 1_u128 << number;
        if !silence.has(Aspect::Missing, 0) {
            match &field.usage {
                UsageRule::Always(Usage::Required) => plan.required |= bit,
                UsageRule::When { .. } => conditional.push(Conditional {
                    number,
                    rule: field.usage.clone(),
                }),
                UsageRule::Always(_) | UsageRule::Unstated => {}
            }
        }
        if value.fixed.is_some() || value.kind == Kind::Of(Primitive::SequenceNumber) {
            plan.formal |= bit;
        }
        let look = if silence.is_complete() {
            Look::Past
        } else {
            look(&field.usage)
        };
        if look != Look::Past {
            plan.asked |= bit;
        }
        fields.push(FieldPlan {
            look,
            max: field.cardinality.max,
            coded: field
                .table
                .as_deref()
                .filter(|_| is_coded)
                .and_then(|id| sets.place(id)),
            value,
            silence,
        });
    }
    plan.fields = fields.into();
    plan.asked |= conditional
        .iter()
        .fold(plan.required, |asked, one: &Conditional| asked | 1 << one.number);
    plan.conditional = conditional.into();
    plan
}

/// Whether a message can do without a segment: it must stand in its group, and the group is not left to the sender.
fn standing(slots: &[Slot], name: SegmentName, around: Usage) -> Option<Standing> {
    slots.iter().find_map(|slot| match &slot.content {
        Content::Segment(other) if *other == name => {
            let is_core = slot.usage == Usage::Required && around != Usage::Optional;
            Some(if is_core { Standing::Core } else { Standing::Beside })
        }
        Content::Segment(_) => None,
        Content::Group { slots, .. } => {
            let is_left = slot.usage == Usage::Optional || around == Usage::Optional;
            standing(slots, name, if is_left { Usage::Optional } else { slot.usage })
        }
    })
}

fn of_type<'g>(guide: &'g Guide, datatype: &'g Datatype, sets: &mut Sets<'g>) -> TypePlan {
    let mut plan = TypePlan::default();
    let (mut parts, mut conditional) = (Vec::new(), Vec::new());
    for (number, component) in (1..).zip(datatype.components()) {
        let demand = demand(&datatype.constraints, |path| {
            path.segment.is_none() && path.component == number && path.subcomponent == 0
        });
        let bit = 1_u32 << number;
        match &component.usage {
            UsageRule::Always(Usage::Required) => plan.required |= bit,
            rule @ UsageRule::When { .. } => {
                // One of two must be there: where neither is, the first is missed.
                let is_second = asked_without(rule)
                    .filter(|first| *first < number)
                    .and_then(|first| datatype.component(first.into()))
                    .is_some_and(|first| asked_without(&first.usage) == Some(number));
                if !is_second {
                    let rule = rule.clone();
                    conditional.push(Conditional { number, rule });
                }
            }
            UsageRule::Always(_) | UsageRule::Unstated => {}
        }
        parts.push(PartPlan {
            look: look_of_part(&component.usage),
            value: value(guide, component, demand, sets),
        });
    }
    plan.parts = parts.into();
    plan.conditional = conditional.into();
    plan
}

/// The component without which one of this usage must be there.
fn asked_without(usage: &UsageRule) -> Option<u8> {
    match usage {
        UsageRule::When {
            predicate: Predicate::Not(predicate),
            then: Usage::Required,
            otherwise: Usage::Optional,
        } => match &**predicate {
            Predicate::Is {
                path,
                test: Test::Valued,
                ..
            } => Some(path.component),
            Predicate::Is { .. } | Predicate::Not(_) | Predicate::All(_) | Predicate::Any(_) => None,
        },
        UsageRule::When { .. } | UsageRule::Always(_) | UsageRule::Unstated => None,
    }
}

fn look(usage: &UsageRule) -> Look {
    match usage {
        UsageRule::Always(Usage::Optional) | UsageRule::Unstated => Look::Past,
        UsageRule::Always(Usage::NotSupported) => Look::Whether,
        UsageRule::When { then, otherwise, .. } if [*then, *otherwise].contains(&Usage::NotSupported) => Look::IfWanted,
        UsageRule::Always(Usage::Required | Usage::RequiredIfKnown) | UsageRule::When { .. } => Look::Into,
    }
}

/// A part that should not be there without another only describes that one.
fn look_of_part(usage: &UsageRule) -> Look {
    if let UsageRule::When {
        predicate: Predicate::Is { test: Test::Valued, .. },
        otherwise: Usage::NotSupported,
        ..
    } = usage
    {
        return Look::Along;
    }
    look(usage)
}

fn is_coded(datatype: &Datatype) -> bool {
    matches!(&*datatype.name, "CE" | "CE_IZ" | "CWE" | "CWE_IZ")
}

fn value<'g>(guide: &'g Guide, element: &'g Element, demand: Demand, sets: &mut Sets<'g>) -> ValuePlan {
    let datatype = guide.datatype(element);
    let kind = match datatype.map(|datatype| &datatype.shape) {
        Some(Shape::Primitive(Primitive::Text | Primitive::Anything) | Shape::Unknown) | None => Kind::Text,
        Some(Shape::Primitive(primitive)) => Kind::Of(*primitive),
        Some(Shape::Composite(_)) => {
            let place = guide.datatypes().iter().position(|other| Some(other) == datatype);
            place
                .and_then(|place| u16::try_from(place).ok())
                .map_or(Kind::Text, Kind::Parts)
        }
    };
    // How long all parts of a value are together is not asked: the guide counts the separators of parts that nobody sends.
    let is_one = matches!(datatype.map(|datatype| &datatype.shape), Some(Shape::Primitive(_)));
    ValuePlan {
        kind,
        form: demand.form,
        fixed: demand.fixed,
        codes: element
            .table
            .as_deref()
            .filter(|_| is_one)
            .and_then(|id| sets.place(id)),
        max_chars: element.length.max.filter(|_| is_one),
    }
}

/// What constraints demand of one value.
#[derive(Default)]
struct Demand {
    form: Option<Form>,
    fixed: Option<Box<[u8]>>,
}

/// What the constraints on this place demand of the value there.
fn demand(constraints: &[Constraint], is_it: impl Fn(&Path) -> bool) -> Demand {
    let mut demand = Demand::default();
    for test in constraints.iter().filter_map(|constraint| simple(constraint, &is_it)) {
        match test {
            Test::Fits(form) => demand.form = Some(*form),
            Test::Equals(value) => demand.fixed = Some(value.as_bytes().into()),
            Test::Valued | Test::OneOf(_) | Test::InTable(_) | Test::Same(_) => {}
        }
    }
    demand
}

/// The test of a constraint that asks one value what it is.
pub(super) fn simple(constraint: &Constraint, is_it: impl Fn(&Path) -> bool) -> Option<&Test> {
    match &constraint.predicate {
        Predicate::Is {
            path,
            test: test @ (Test::Fits(_) | Test::Equals(_)),
            absent: Absent::Passes,
        } if is_it(path) => Some(test),
        Predicate::Is { .. } | Predicate::Not(_) | Predicate::All(_) | Predicate::Any(_) => None,
    }
}
