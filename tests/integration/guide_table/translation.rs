//! Brings NIST's conditions and constraints into our own form, word by word.

use std::fmt;

use super::xml::Node;
use crate::support::facts::Fact;

/// What became of a row.
pub(super) enum Translation {
    /// A line of the section `conditions`.
    Condition(String),
    /// A line of the section `constraints`.
    Constraint(String),
    /// No predicate says it. Its id.
    Impossible(String),
    /// Another row says it, and this one says nothing.
    Superseded,
}

impl Translation {
    pub(super) fn of(fact: &Fact) -> Self {
        let id = &fact["constraint_id"];
        // NIST shows this one in its reports; the one that is evaluated belongs to the order.
        if id.ends_with("-Display") {
            return Self::Superseded;
        }
        let scope = Scope::of(fact);
        let root = Node::parse(&fact["assertion_xml"]);
        let is_condition = fact["kind"] == "Predicate";
        let absent = if is_condition { Absent::Fails } else { Absent::Passes };
        let Some(expression) = scope.expression(&root.children[0], absent) else {
            return Self::Impossible(id.clone());
        };
        let target = scope.path(&fact["target"]).place;
        let expression = expression.simple();
        match (is_condition, &scope) {
            (true, Scope::Datatype(name)) => Self::Condition(format!(
                "{name}{target}|{}|{}|{expression}",
                fact["true_usage"], fact["false_usage"]
            )),
            (true, Scope::Segment(_) | Scope::Order) => Self::Condition(format!(
                "{target}|{}|{}|{expression}",
                fact["true_usage"], fact["false_usage"]
            )),
            (false, Scope::Datatype(owner) | Scope::Segment(owner)) => {
                Self::Constraint(format!("{id}|{owner}|{target}|{expression}"))
            }
            (false, Scope::Order) => Self::Constraint(format!("{id}|ORDER|{target}|{expression}")),
        }
    }
}

/// Where the numbers of a path begin.
enum Scope {
    Datatype(String),
    Segment(String),
    Order,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Absent {
    Fails,
    Passes,
}

#[derive(Clone, PartialEq, Eq)]
struct Place {
    place: String,
    any: bool,
}

#[derive(Clone, PartialEq, Eq)]
enum Expression {
    Is { place: Place, test: String, absent: Absent },
    Not(Box<Expression>),
    And(Vec<Expression>),
    Or(Vec<Expression>),
    If(Box<Expression>, Box<Expression>),
}

impl Scope {
    fn of(fact: &Fact) -> Self {
        let context = &fact["context_id"];
        match fact["level"].as_str() {
            "Datatype" => Self::Datatype(context.clone()),
            "Segment" => Self::Segment(context.split('_').next().unwrap().to_owned()),
            // The only constraint on a whole message counts segments, which is not translated.
            "Group" | "Message" => Self::Order,
            other => panic!("{other}"),
        }
    }

    /// `9[1].1[1]` within RXA is RXA-9.1.
    fn path(&self, numbers: &str) -> Place {
        let any = numbers.contains("[*]");
        let numbers: Vec<&str> = numbers.split('.').map(|step| step.split('[').next().unwrap()).collect();
        let (segment, rest): (&str, &[&str]) = match (self, numbers.as_slice()) {
            (Self::Datatype(_), rest) => ("", rest),
            (Self::Segment(name), rest) => (name, rest),
            (Self::Order, ["1", rest @ ..]) => ("ORC", rest),
            (Self::Order, ["3", rest @ ..]) => ("RXA", rest),
            (Self::Order, ["5"]) => ("OBX", &[]),
            (Self::Order, ["5", "1", rest @ ..]) => ("OBX", rest),
            (Self::Order, other) => panic!("{other:?}"),
        };
        let numbers = rest.join(".");
        let place = match (segment, numbers.as_str()) {
            ("", numbers) => format!(".{numbers}"),
            (segment, "") => segment.to_owned(),
            (segment, numbers) => format!("{segment}-{numbers}"),
        };
        Place { place, any }
    }

    /// What this element says; `None` where no predicate says it. `absent` is what a test says of no value.
    fn expression(&self, node: &Node, absent: Absent) -> Option<Expression> {
        let inner = |node: &Node, absent| self.expression(node, absent);
        let all = |absent| {
            node.children
                .iter()
                .map(|child| inner(child, absent))
                .collect::<Option<Vec<_>>>()
        };
        let is = |test: String| {
            Some(Expression::Is {
                place: self.path(&node.attributes["Path"]),
                test,
                absent,
            })
        };
        let attribute = |name: &str| node.attributes[name].as_str();
        match node.name.as_str() {
            "Presence" => Some(Expression::Is {
                place: self.path(attribute("Path")),
                test: "valued".to_owned(),
                absent: Absent::Fails,
            }),
            "PlainText" => {
                assert_eq!(attribute("IgnoreCase"), "false");
                let expected = format!("= {}", attribute("Text"));
                match is(expected)? {
                    Expression::Is { place, test, .. } if node.attributes.contains_key("AtLeastOnce") => {
                        Some(Expression::Is {
                            place,
                            test,
                            absent: Absent::Fails,
                        })
                    }
                    expression => Some(expression),
                }
            }
            "StringList" => is(format!("in {}", attribute("CSV"))),
            "Format" => is(format!("is {}", form(attribute("Regex")))),
            "SimpleValue" => {
                assert_eq!(
                    [attribute("Operator"), attribute("Value"), attribute("Type")],
                    ["GT", "0", "Number"]
                );
                is("is positive".to_owned())
            }
            "PathValue" => {
                assert_eq!(attribute("Operator"), "EQ");
                Some(Expression::Is {
                    place: self.path(attribute("Path1")),
                    test: format!("same {}", self.path(attribute("Path2")).place),
                    absent,
                })
            }
            "ValueSet" => {
                assert_eq!(attribute("BindingLocation"), "1");
                let Place { place, any } = self.path(attribute("Path"));
                let place = if place.contains('.') {
                    place
                } else {
                    format!("{place}.1")
                };
                Some(Expression::Is {
                    place: Place { place, any },
                    test: format!("in table {}", attribute("ValueSetID")),
                    absent,
                })
            }
            "NOT" => Some(Expression::Not(inner(&node.children[0], Absent::Fails)?.into())),
            "AND" => Some(Expression::And(all(absent)?)),
            // «not this, or that» is how NIST writes «if this, then that».
            "OR" if absent == Absent::Passes && node.children[0].name == "NOT" => {
                let condition = inner(&node.children[0].children[0], Absent::Fails)?;
                Some(Expression::If(
                    condition.into(),
                    inner(&node.children[1], absent)?.into(),
                ))
            }
            "OR" => Some(Expression::Or(all(absent)?)),
            "IMPLY" => {
                let condition = inner(&node.children[0], Absent::Fails)?;
                Some(Expression::If(
                    condition.into(),
                    inner(&node.children[1], absent)?.into(),
                ))
            }
            "SetID" | "IZSetID" | "Plugin" => None,
            other => panic!("{other}"),
        }
    }
}

fn form(regex: &str) -> &'static str {
    match regex {
        r"[0-2](\.(0|[1-9][0-9]*))*" => "oid",
        zoned if zoned.ends_with(r"([0-5][0-9])([0-5][0-9]).*((\+|\-)[0-9]{4})") => "zoned-time",
        day if day.starts_with("((([0-9]{4})") && day.ends_with(r"\.[0-9][0-9][0-9][0-9]))") => "day",
        other => panic!("{other}"),
    }
}

impl Expression {
    /// The same with fewer words: what is tested need not be said to be valued.
    fn simple(self) -> Self {
        match self {
            Self::And(parts) => {
                let mut flat = Vec::new();
                for part in parts {
                    match part.simple() {
                        Self::And(inner) => flat.extend(inner),
                        other => flat.push(other),
                    }
                }
                let valued: Vec<Place> = flat.iter().filter_map(Self::valued_place).collect();
                let mut kept: Vec<Self> = flat.iter().cloned().map(|part| part.sure(&valued)).collect();
                let tested: Vec<Place> = kept.iter().filter_map(Self::tested_place).collect();
                kept.retain(|part| {
                    part.valued_place()
                        .is_none_or(|place| !tested.iter().any(|other| other.is_within(&place)))
                });
                if kept.len() == 1 {
                    kept.remove(0)
                } else {
                    Self::And(kept)
                }
            }
            Self::Or(parts) => Self::Or(parts.into_iter().map(Self::simple).collect()),
            Self::Not(inner) => Self::Not(inner.simple().into()),
            Self::If(condition, consequence) => Self::If(condition.simple().into(), consequence.simple().into()),
            Self::Is { .. } => self,
        }
    }

    /// The place that is said to be valued.
    fn valued_place(&self) -> Option<Place> {
        match self {
            Self::Is { place, test, .. } if test == "valued" => Some(place.clone()),
            _ => None,
        }
    }

    /// The place that must have a value for another reason.
    fn tested_place(&self) -> Option<Place> {
        match self {
            Self::Is {
                place,
                test,
                absent: Absent::Fails,
            } if test != "valued" => Some(place.clone()),
            _ => None,
        }
    }

    /// The same, where these places are said to be valued.
    fn sure(self, valued: &[Place]) -> Self {
        match self {
            Self::Is {
                place,
                test,
                absent: Absent::Passes,
            } if valued.contains(&place) => Self::Is {
                place,
                test,
                absent: Absent::Fails,
            },
            other => other,
        }
    }
}

impl Place {
    fn is_within(&self, outer: &Self) -> bool {
        let rest = self.place.strip_prefix(&outer.place);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '-']))
    }
}

impl fmt::Display for Expression {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let joined = |parts: &[Self], word: &str| {
            let words: Vec<_> = parts.iter().map(Self::in_brackets).collect();
            words.join(word)
        };
        match self {
            Self::Is {
                place: Place { place, any },
                test,
                absent,
            } => {
                let any = if *any { "any " } else { "" };
                let mark = if *absent == Absent::Passes { "?" } else { "" };
                write!(f, "{any}{place}{mark} {test}")
            }
            Self::Not(inner) => write!(f, "not {}", inner.in_brackets()),
            Self::And(parts) => f.write_str(&joined(parts, " and ")),
            Self::Or(parts) => f.write_str(&joined(parts, " or ")),
            Self::If(condition, consequence) => write!(f, "if {condition} then {consequence}"),
        }
    }
}

impl Expression {
    fn in_brackets(&self) -> String {
        match self {
            Self::And(_) | Self::Or(_) => format!("( {self} )"),
            Self::Is { .. } | Self::Not(_) | Self::If(..) => self.to_string(),
        }
    }
}
