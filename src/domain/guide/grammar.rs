//! How predicates are written.
//!
//! ```text
//! if RXA-5.1 = 998 then RXA-6? = 999
//! not .2.1 valued and not .3 valued
//! any OBX-3.1 = 64994-7
//! ```
//!
//! A path is `SEG-field.component.subcomponent`, or `.component.subcomponent` within a type; `?` after it lets the test pass where there
//! is no value, `any` before it asks all segments of the name. A test is `valued`, `= VALUE`, `in ONE,OTHER`, `in table TABLE`,
//! `is FORM` or `same PATH`. `not` binds closest, then `and`, then `or`.

use std::{iter::Peekable, str::SplitWhitespace};

use super::{
    form::Form,
    predicate::{Absent, Path, Predicate, Reach, Test},
};
use crate::domain::hl7::SegmentName;

/// The predicate that this text is, or what is wrong with it.
pub(super) fn predicate(text: &str) -> Result<Predicate, &'static str> {
    let mut words = text.split_whitespace().peekable();
    let predicate = implication(&mut words)?;
    match words.next() {
        None => Ok(predicate),
        Some(_) => Err("something follows the predicate"),
    }
}

/// The path that this text is, without `?`.
pub(super) fn path(text: &str) -> Result<Path, &'static str> {
    let (segment, numbers) = match text.split_once('-') {
        Some((name, numbers)) => (Some(name), numbers),
        None => match text.strip_prefix('.') {
            Some(numbers) => (None, numbers),
            None => (Some(text), ""),
        },
    };
    let segment = segment.map(|name| SegmentName::of(name.as_bytes()).ok_or("no segment has this name"));
    let mut numbers = numbers.split('.').map(|number| match number {
        "" => Ok(0),
        number => number.parse().map_err(|_bad| "a path has numbers"),
    });
    let mut number = || numbers.next().unwrap_or(Ok(0));
    let segment = segment.transpose()?;
    let path = Path {
        segment,
        reach: Reach::First,
        field: if segment.is_some() { number()? } else { 0 },
        component: number()?,
        subcomponent: number()?,
    };
    match numbers.next() {
        None => Ok(path),
        Some(_) => Err("a path is too long"),
    }
}

type Words<'a> = Peekable<SplitWhitespace<'a>>;

fn implication(words: &mut Words<'_>) -> Result<Predicate, &'static str> {
    if words.next_if_eq(&"if").is_none() {
        return alternatives(words);
    }
    let condition = alternatives(words)?;
    if words.next() != Some("then") {
        return Err("`then` is missing");
    }
    let consequence = alternatives(words)?;
    Ok(Predicate::Any([Predicate::Not(condition.into()), consequence].into()))
}

fn alternatives(words: &mut Words<'_>) -> Result<Predicate, &'static str> {
    let mut parts = vec![conjunction(words)?];
    while words.next_if_eq(&"or").is_some() {
        parts.push(conjunction(words)?);
    }
    Ok(joined(parts, Predicate::Any))
}

fn conjunction(words: &mut Words<'_>) -> Result<Predicate, &'static str> {
    let mut parts = vec![single(words)?];
    while words.next_if_eq(&"and").is_some() {
        parts.push(single(words)?);
    }
    Ok(joined(parts, Predicate::All))
}

fn joined(mut parts: Vec<Predicate>, join: fn(Box<[Predicate]>) -> Predicate) -> Predicate {
    match parts.pop() {
        Some(only) if parts.is_empty() => only,
        last => join(parts.into_iter().chain(last).collect()),
    }
}

fn single(words: &mut Words<'_>) -> Result<Predicate, &'static str> {
    match words.next().ok_or("a predicate is missing")? {
        "not" => Ok(Predicate::Not(single(words)?.into())),
        "(" => {
            let inner = alternatives(words)?;
            match words.next() {
                Some(")") => Ok(inner),
                _ => Err("`)` is missing"),
            }
        }
        "any" => test(words.next().ok_or("a path is missing")?, Reach::Any, words),
        path => test(path, Reach::First, words),
    }
}

fn test(place: &str, reach: Reach, words: &mut Words<'_>) -> Result<Predicate, &'static str> {
    let (place, absent) = match place.strip_suffix('?') {
        Some(place) => (place, Absent::Passes),
        None => (place, Absent::Fails),
    };
    let verb = words.next();
    let mut object = || words.next().ok_or("a value is missing");
    let test = match verb {
        Some("valued") => Test::Valued,
        Some("=") => Test::Equals(object()?.into()),
        Some("is") => Test::Fits(form(object()?)?),
        Some("same") => Test::Same(path(object()?)?),
        Some("in") => match object()? {
            "table" => Test::InTable(object()?.into()),
            list => Test::OneOf(list.split(',').map(Into::into).collect()),
        },
        _ => return Err("a test is missing"),
    };
    Ok(Predicate::Is {
        path: Path { reach, ..path(place)? },
        test,
        absent,
    })
}

fn form(name: &str) -> Result<Form, &'static str> {
    let found = Form::NAMES.iter().find(|(other, _)| *other == name);
    found.map(|(_, form)| *form).ok_or("no form has this name")
}
