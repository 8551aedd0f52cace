//! Reads the guide from its two files.

use std::{
    collections::{BTreeMap, btree_map::Entry},
    iter::Peekable,
};

use super::{
    Guide, GuideError,
    element::{
        Cardinality, Content, Datatype, DatatypeId, Element, Length, Primitive, SegmentGuide, Shape, Slot, Usage,
        UsageRule,
    },
    grammar,
    predicate::{Constraint, Predicate},
};
use crate::domain::hl7::SegmentName;

/// A line with its number.
#[derive(Clone, Copy)]
struct Line<'a> {
    number: usize,
    text: &'a str,
}

/// When an element with usage C must be there.
struct Condition {
    line: usize,
    then: Usage,
    otherwise: Usage,
    predicate: Predicate,
}

/// What is known of types while the files are read.
struct Types<'a> {
    /// The place of each type, by name.
    ids: BTreeMap<&'a str, DatatypeId>,
    conditions: BTreeMap<&'a str, Condition>,
}

/// The guide that these two files are: `z22.txt` and `datatypes.txt`.
pub(super) fn guide(profile: &str, datatypes: &str) -> Result<Guide, GuideError> {
    let sections = sections(profile)?;
    let section = |name| sections.get(name).map(Vec::as_slice).unwrap_or_default();
    let mut types = Types {
        ids: BTreeMap::new(),
        conditions: conditions(section("conditions"))?,
    };
    let lines: Vec<_> = lines(datatypes).collect();
    types.name(section("fields"), &lines)?;
    let mut constraints = constraints(section("constraints"))?;
    let datatypes = types.datatypes(&lines, &mut constraints)?;
    let segments = types.segments(section("fields"), &mut constraints)?;
    let message = slots(&mut section("structure").iter().peekable(), "")?;
    let order_constraints = constraints.remove("ORDER").unwrap_or_default();
    let left_over = types.conditions.values().next().map(|condition| condition.line);
    if let Some(line) = left_over {
        return Err(GuideError {
            line,
            problem: "no element has this condition",
        });
    }
    if !constraints.is_empty() {
        return Err(GuideError {
            line: 1,
            problem: "a constraint belongs to nothing",
        });
    }
    Ok(Guide {
        message: message.into(),
        segments,
        datatypes,
        order_constraints: order_constraints.into(),
    })
}

fn lines(text: &str) -> impl Iterator<Item = Line<'_>> {
    let lines = (1..).zip(text.lines()).map(|(number, text)| Line { number, text });
    lines.filter(|line| !line.text.is_empty() && !line.text.starts_with('#'))
}

fn sections(text: &str) -> Result<BTreeMap<&str, Vec<Line<'_>>>, GuideError> {
    let mut sections = BTreeMap::new();
    let mut current: Option<&mut Vec<_>> = None;
    for line in lines(text) {
        if let Some(name) = line.text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            current = Some(sections.entry(name).or_default());
            continue;
        }
        current.as_mut().ok_or(line.wrong("a section is missing"))?.push(line);
    }
    Ok(sections)
}

impl<'a> Line<'a> {
    fn wrong(self, problem: &'static str) -> GuideError {
        GuideError {
            line: self.number,
            problem,
        }
    }

    fn right<T>(self, result: Result<T, &'static str>) -> Result<T, GuideError> {
        result.map_err(|problem| self.wrong(problem))
    }

    /// Its cells; the last one may have `|` within.
    fn cells<const N: usize>(self) -> Result<[&'a str; N], GuideError> {
        let mut cells = self.text.splitn(N, '|');
        let mut found = [""; N];
        for cell in &mut found {
            *cell = cells.next().ok_or(self.wrong("a column is missing"))?;
        }
        Ok(found)
    }
}

fn conditions<'a>(lines: &[Line<'a>]) -> Result<BTreeMap<&'a str, Condition>, GuideError> {
    let mut conditions = BTreeMap::new();
    for line in lines {
        let [element, then, otherwise, predicate] = line.cells()?;
        let condition = Condition {
            line: line.number,
            then: line.right(usage(then))?,
            otherwise: line.right(usage(otherwise))?,
            predicate: line.right(grammar::predicate(predicate))?,
        };
        match conditions.entry(element) {
            Entry::Vacant(entry) => entry.insert(condition),
            Entry::Occupied(_) => return Err(line.wrong("an element has two conditions")),
        };
    }
    Ok(conditions)
}

/// The constraints, by what they belong to: a type, a segment, or the order.
fn constraints<'a>(lines: &[Line<'a>]) -> Result<BTreeMap<&'a str, Vec<Constraint>>, GuideError> {
    let mut constraints: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for line in lines {
        let [id, owner, target, predicate] = line.cells()?;
        constraints.entry(owner).or_default().push(Constraint {
            id: id.into(),
            target: line.right(grammar::path(target))?,
            predicate: line.right(grammar::predicate(predicate))?,
        });
    }
    Ok(constraints)
}

/// The slots whose path begins so.
fn slots<'l, 'a: 'l>(
    lines: &mut Peekable<impl Iterator<Item = &'l Line<'a>>>,
    within: &str,
) -> Result<Vec<Slot>, GuideError> {
    let mut slots = Vec::new();
    while let Some(line) = lines.next_if(|line| line.text.starts_with(within)) {
        let [path, usage_name, count] = line.cells()?;
        let name = path.strip_prefix(within).unwrap_or(path);
        let content = match name.strip_suffix('/') {
            Some(group) => Content::Group {
                name: group.into(),
                slots: self::slots(lines, path)?.into(),
            },
            None => Content::Segment(line.right(segment(name))?),
        };
        slots.push(Slot {
            usage: line.right(usage(usage_name))?,
            cardinality: line.right(cardinality(count))?,
            content,
        });
    }
    Ok(slots)
}

impl<'a> Types<'a> {
    /// Gives every type that is mentioned its place, by name.
    fn name(&mut self, fields: &[Line<'a>], lines: &[Line<'a>]) -> Result<(), GuideError> {
        for line in fields {
            let [_place, _name, _usage, _count, datatype, ..]: [_; 7] = line.cells()?;
            self.ids.insert(datatype, DatatypeId(0));
        }
        for line in lines {
            let name = line.text.split([' ', '.']).next().unwrap_or_default();
            self.ids.insert(name, DatatypeId(0));
        }
        for (place, id) in (0..).zip(self.ids.values_mut()) {
            *id = DatatypeId(place);
        }
        Ok(())
    }

    fn datatypes(
        &mut self,
        lines: &[Line<'a>],
        constraints: &mut BTreeMap<&'a str, Vec<Constraint>>,
    ) -> Result<Box<[Datatype]>, GuideError> {
        let mut primitives = BTreeMap::new();
        let mut components: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for line in lines {
            if let Some((name, kind)) = line.text.split_once(" = ") {
                primitives.insert(name, line.right(primitive(kind))?);
                continue;
            }
            let [place, name, usage, datatype, length, table] = line.cells()?;
            let (owner, number) = place.split_once('.').ok_or(line.wrong("a component has a number"))?;
            let others = components.entry(owner).or_default();
            let element = self.element(*line, [place, name, usage, "0..1", datatype, length, table])?;
            push_next(*line, others, number, element)?;
        }
        let datatype = |name: &&'a str| {
            let shape = match (primitives.get(name), components.remove(name)) {
                (Some(primitive), _) => Shape::Primitive(*primitive),
                (None, Some(components)) => Shape::Composite(components.into()),
                (None, None) => Shape::Unknown,
            };
            Datatype {
                name: (*name).into(),
                shape,
                constraints: constraints.remove(name).unwrap_or_default().into(),
            }
        };
        Ok(self.ids.keys().map(datatype).collect())
    }

    fn segments(
        &mut self,
        fields: &[Line<'a>],
        constraints: &mut BTreeMap<&'a str, Vec<Constraint>>,
    ) -> Result<Box<[SegmentGuide]>, GuideError> {
        let mut segments: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for line in fields {
            let cells: [_; 7] = line.cells()?;
            let [place, ..] = cells;
            let (name, number) = place.split_once('-').ok_or(line.wrong("a field has a number"))?;
            let element = self.element(*line, cells)?;
            push_next(*line, segments.entry(name).or_default(), number, element)?;
        }
        let segments = segments.into_iter().map(|(name, fields)| {
            let constraints = constraints.remove(name).unwrap_or_default();
            Ok(SegmentGuide {
                name: segment(name).map_err(|problem| GuideError { line: 1, problem })?,
                fields: fields.into(),
                constraints: constraints.into(),
            })
        });
        segments.collect()
    }

    fn element(&mut self, line: Line<'a>, cells: [&'a str; 7]) -> Result<Element, GuideError> {
        let [place, name, usage_name, count, datatype, characters, table] = cells;
        let usage = match (usage_name, self.conditions.remove(place)) {
            ("C", None) => UsageRule::Unstated,
            ("C", Some(condition)) => UsageRule::When {
                predicate: condition.predicate,
                then: condition.then,
                otherwise: condition.otherwise,
            },
            (_, Some(_)) => return Err(line.wrong("only C has a condition")),
            (name, None) => UsageRule::Always(line.right(usage(name))?),
        };
        Ok(Element {
            name: name.into(),
            usage,
            cardinality: line.right(cardinality(count))?,
            datatype: *self.ids.get(datatype).ok_or(line.wrong("the type is not known"))?,
            length: line.right(length(characters))?,
            table: (!table.is_empty()).then(|| table.into()),
        })
    }
}

/// Elements stand in the order of their numbers, without a gap.
fn push_next(line: Line<'_>, others: &mut Vec<Element>, number: &str, element: Element) -> Result<(), GuideError> {
    if number.parse() != Ok(others.len() + 1) {
        return Err(line.wrong("the number is not the next one"));
    }
    others.push(element);
    Ok(())
}

fn segment(name: &str) -> Result<SegmentName, &'static str> {
    SegmentName::of(name.as_bytes()).ok_or("no segment has this name")
}

fn usage(name: &str) -> Result<Usage, &'static str> {
    match name {
        "R" => Ok(Usage::Required),
        "RE" => Ok(Usage::RequiredIfKnown),
        "O" => Ok(Usage::Optional),
        "X" => Ok(Usage::NotSupported),
        _ => Err("the usage is not known"),
    }
}

fn primitive(name: &str) -> Result<Primitive, &'static str> {
    match name {
        "text" => Ok(Primitive::Text),
        "number" => Ok(Primitive::Number),
        "sequence number" => Ok(Primitive::SequenceNumber),
        "date" => Ok(Primitive::Date),
        "time" => Ok(Primitive::Time),
        "time stamp" => Ok(Primitive::TimeStamp),
        "anything" => Ok(Primitive::Anything),
        _ => Err("the kind of value is not known"),
    }
}

fn cardinality(text: &str) -> Result<Cardinality, &'static str> {
    let (min, max) = bounds(text)?;
    Ok(Cardinality { min, max })
}

fn length(text: &str) -> Result<Length, &'static str> {
    let (min, max) = bounds(text)?;
    Ok(Length { min, max })
}

/// `1..5`, or `1..*`.
fn bounds<T: std::str::FromStr>(text: &str) -> Result<(T, Option<T>), &'static str> {
    let (min, max) = text.split_once("..").ok_or("`..` is missing")?;
    let number = |text: &str| text.parse().map_err(|_bad| "a bound is a number");
    let max = if max == "*" { None } else { Some(number(max)?) };
    Ok((number(min)?, max))
}
