//! Looks at one segment: field by field, and into each as far as the guide says something of it.

use std::iter;

use super::{
    GuideRule as Rule,
    plan::{Conditional, FieldPlan, Kind, Look, Plan, SegmentPlan, Silence, Standing, TypePlan, ValuePlan},
    values::{OfSegment, OfType, split, value_of},
};
use crate::domain::{
    check::{Argument, Aspect, Code, Findings, SegmentView},
    guide::{Form, Primitive, Usage},
    hl7::{Coded, Field, Repetition, char_count, unescape},
};

/// A segment at which is looked.
struct Looking<'a, 'p, 'f> {
    segment: SegmentView<'a>,
    plan: &'p Plan,
    findings: &'f mut Findings,
}

/// Where in it.
struct Spot<'a> {
    field: Field<'a>,
    repetition: Repetition<'a>,
    silence: Silence,
}

/// As a component's number: the field itself.
const ITSELF: usize = 0;

pub(super) fn at(segment: SegmentView<'_>, plan_of: &SegmentPlan, plan: &Plan, findings: &mut Findings) {
    let mut looking = Looking {
        segment,
        plan,
        findings,
    };
    let mut filled = 0_u128;
    for number in numbers(plan_of.asked) {
        let (Some(field), Some(asked)) = (segment.field(number), plan_of.fields.get(number - 1)) else {
            break;
        };
        if field.is_blank() || field.is_null() {
            continue;
        }
        filled |= 1_u128 << number;
        let is_unwanted = match asked.look {
            Look::Past => continue,
            Look::Into | Look::Along => false,
            Look::IfWanted => conditional(&plan_of.conditional, number)
                .is_some_and(|conditional| conditional.is(Usage::NotSupported, &OfSegment(&segment))),
            Look::Whether => true,
        };
        if !is_unwanted {
            looking.look_into(field, asked);
        } else if !asked.silence.has(Aspect::Unwanted, 0) {
            looking
                .findings
                .add(Rule::FieldUnwanted, &segment.place().field(&field), &[]);
        }
    }
    looking.ask_for(plan_of, filled);
}

impl<'a, 'p> Looking<'a, 'p, '_> {
    /// Says which fields are missing.
    fn ask_for(&mut self, asked: &'p SegmentPlan, filled: u128) {
        let mut missing = asked.required & !filled;
        for conditional in &asked.conditional {
            let bit = 1_u128 << conditional.number;
            if filled & bit == 0 && conditional.is(Usage::Required, &OfSegment(&self.segment)) {
                missing |= bit;
            }
        }
        for number in numbers(missing) {
            let is_formal = asked.formal & (1_u128 << number) != 0;
            let rule = match (is_formal, asked.standing) {
                (true, Standing::Core | Standing::Beside) => Rule::FormalityMissing,
                (false, Standing::Core) => Rule::FieldMissing,
                (false, Standing::Beside) => Rule::BesideMissing,
            };
            let place = self.segment.place_of(number);
            self.findings.add(rule, &place, &[]);
        }
    }

    fn look_into(&mut self, field: Field<'a>, asked: &'p FieldPlan) {
        let mut count = 0_u16;
        for repetition in field.repetitions() {
            if repetition.is_empty() || repetition.is_blank() {
                continue;
            }
            count = count.saturating_add(1);
            let spot = Spot {
                field,
                repetition,
                silence: asked.silence,
            };
            if asked.max.is_some_and(|max| count == max.saturating_add(1)) {
                let max = asked.max.map_or(0, u64::from);
                self.say(Rule::TooMany, Aspect::Count, &spot, ITSELF, &[Argument::Count(max)]);
            }
            self.look_at_value(&spot, asked);
        }
    }

    fn look_at_value(&mut self, spot: &Spot<'a>, asked: &'p FieldPlan) {
        let delimiters = self.segment.delimiters();
        let value = OfType::of(spot.repetition.bytes(), delimiters.component, delimiters.subcomponent);
        let mut is_said = false;
        if let Kind::Parts(place) = asked.value.kind
            && let Some(parts) = self.plan.types.get(usize::from(place))
        {
            is_said = self.look_at_parts(value, parts, spot, ITSELF);
        }
        if let Some(set) = asked.coded.filter(|_| !is_said) {
            let coded = Coded::of(&spot.repetition);
            let is_known = |code: &[u8]| self.has(set, code);
            if !coded.is_empty() && !is_known(coded.code) && !is_known(coded.alternate) && !coded.is_null_flavor() {
                let code = Code::of(coded.any()).map(Argument::Code);
                self.say(Rule::CodeUnknown, Aspect::Codes, spot, ITSELF, code.as_slice());
                return;
            }
        }
        let first = value.parts().next().map_or(&[][..], |(_, first)| value_of(first));
        if !is_said && !first.is_empty() {
            self.judge(first, &asked.value, spot, ITSELF);
        }
    }

    /// Looks at the parts of a value: of the field, or of this component. Returns whether there was something to say.
    fn look_at_parts(&mut self, value: OfType<'a>, asked: &'p TypePlan, spot: &Spot<'a>, component: usize) -> bool {
        let (mut unwanted, mut is_said) = (0_u32, false);
        // Parts of parts are told by the component that they are of.
        let is_component = component == ITSELF;
        let place_of = |number: usize| if is_component { number } else { component };
        for ((number, bytes), part) in value.parts().zip(&asked.parts) {
            if !value.has(number) {
                continue;
            }
            let is_excluded = || {
                let conditional = conditional(&asked.conditional, number);
                conditional.is_some_and(|conditional| conditional.is(Usage::NotSupported, &value))
            };
            let is_unwanted = match part.look {
                Look::Past => continue,
                Look::Along if is_excluded() => continue,
                Look::Into | Look::Along => false,
                Look::IfWanted => is_excluded(),
                Look::Whether => true,
            };
            if is_unwanted {
                unwanted |= 1 << number;
                continue;
            }
            is_said |= match part.value.kind {
                Kind::Parts(place) if is_component => {
                    let below = OfType::of(bytes, value.below, None);
                    let inner = self.plan.types.get(usize::from(place));
                    inner.is_some_and(|inner| self.look_at_parts(below, inner, spot, number))
                }
                Kind::Text | Kind::Of(_) | Kind::Parts(_) => {
                    let first = split(value_of(bytes), value.below).next().map_or(&[][..], value_of);
                    !first.is_empty() && self.judge(first, &part.value, spot, place_of(number))
                }
            };
        }
        let mut missing = asked.required & !value.filled;
        for conditional in &asked.conditional {
            if !value.has(conditional.number.into()) && conditional.is(Usage::Required, &value) {
                missing |= 1 << conditional.number;
            }
        }
        for (bits, rule, aspect) in [
            (missing, Rule::PartMissing, Aspect::Missing),
            (unwanted, Rule::PartUnwanted, Aspect::Unwanted),
        ] {
            for number in numbers(bits.into()) {
                is_said |= self.say(rule, aspect, spot, place_of(number), &[]);
            }
        }
        is_said
    }

    /// Says the first thing that is wrong with a value: the rest follows from it. Returns whether there was something.
    fn judge(&mut self, value: &[u8], asked: &ValuePlan, spot: &Spot<'a>, component: usize) -> bool {
        if let Kind::Of(primitive) = asked.kind
            && !primitive.fits(value)
        {
            let rule = match primitive {
                Primitive::Number | Primitive::SequenceNumber => Rule::NotANumber,
                Primitive::Date | Primitive::Time | Primitive::TimeStamp => Rule::NotADate,
                Primitive::Text | Primitive::Anything => return false,
            };
            return self.say(rule, Aspect::Form, spot, component, &[]);
        }
        if let Some(form) = asked.form.filter(|form| !form.fits(value)) {
            let rule = match form {
                Form::Day | Form::ZonedTime => Rule::NotADate,
                Form::Oid => Rule::NotAnOid,
                Form::Positive => Rule::NotANumber,
            };
            return self.say(rule, Aspect::Form, spot, component, &[]);
        }
        if asked.codes.is_some_and(|set| !self.has(set, value)) {
            let code = Code::of(value).map(Argument::Code);
            return self.say(Rule::CodeUnknown, Aspect::Codes, spot, component, code.as_slice());
        }
        if asked.fixed.as_deref().is_some_and(|fixed| fixed != value) {
            return self.say(Rule::OtherValue, Aspect::Codes, spot, component, &[]);
        }
        if let Some(max) = asked.max_chars.filter(|max| self.is_longer(value, *max)) {
            return self.say(
                Rule::TooLong,
                Aspect::Length,
                spot,
                component,
                &[Argument::Count(max.into())],
            );
        }
        false
    }

    /// Whether a value has more letters than this. An escape sequence is the letter that it stands for.
    fn is_longer(&self, value: &[u8], max_chars: u32) -> bool {
        let max_chars = usize::try_from(max_chars).unwrap_or(usize::MAX);
        if value.len() <= max_chars {
            return false;
        }
        char_count(&unescape(value, &self.segment.delimiters())) > max_chars
    }

    fn has(&self, set: u16, value: &[u8]) -> bool {
        self.plan.sets.get(usize::from(set)).is_none_or(|set| set.has(value))
    }

    /// Says it, unless another room speaks of it. Returns whether something is said, here or there.
    fn say(&mut self, rule: Rule, aspect: Aspect, spot: &Spot<'a>, component: usize, arguments: &[Argument]) -> bool {
        if !spot.silence.has(aspect, component) {
            let place = self.segment.place().field(&spot.field).repetition(&spot.repetition);
            let place = match (component, spot.repetition.component(component)) {
                (ITSELF, _) => place,
                (_, Some(component)) => place.component(&component),
                (number, None) => place.lacks_component(number),
            };
            self.findings.add(rule, &place, arguments);
        }
        true
    }
}

/// The numbers of the bits that are set, the smallest first.
fn numbers(bits: u128) -> impl Iterator<Item = usize> {
    let rest = |bits: &u128| Some(*bits & bits.wrapping_sub(1));
    iter::successors(Some(bits), rest)
        .take_while(|bits| *bits != 0)
        .map(|bits| bits.trailing_zeros() as usize)
}

/// The condition of the element with this number.
fn conditional(all: &[Conditional], number: usize) -> Option<&Conditional> {
    all.iter().find(|conditional| usize::from(conditional.number) == number)
}
