//! What the table says, and how predicates are read and asked.

use std::collections::BTreeMap;

use super::*;

fn guide() -> Guide {
    Guide::z22().unwrap()
}

fn segment(name: &str) -> SegmentName {
    SegmentName::of(name.as_bytes()).unwrap()
}

fn field<'a>(guide: &'a Guide, place: &str) -> &'a Element {
    let (name, number) = place.split_once('-').unwrap();
    guide
        .segment(segment(name))
        .unwrap()
        .field(number.parse().unwrap())
        .unwrap()
}

/// The values of one order, by path as it is written.
struct Written(BTreeMap<Path, Vec<&'static str>>);

/// `("RXA-20", "CP")`, and several values where a segment stands several times.
fn written(values: &[(&str, &'static str)]) -> Written {
    let mut written = Written(BTreeMap::new());
    for (path, value) in values {
        written.0.entry(grammar::path(path).unwrap()).or_default().push(value);
    }
    written
}

impl Values for Written {
    fn any(&self, path: Path, test: &mut dyn FnMut(&[u8]) -> bool) -> bool {
        let first = Path {
            reach: Reach::First,
            ..path
        };
        let values = self.0.get(&first).map(Vec::as_slice).unwrap_or_default();
        let reached = match path.reach {
            Reach::First => values.get(..1).unwrap_or_default(),
            Reach::Any => values,
        };
        reached.iter().any(|value| test(value.as_bytes()))
    }

    fn has_code(&self, table: &str, code: &[u8]) -> bool {
        table == "COLOURS" && code == b"red"
    }
}

#[test]
fn the_message_begins_with_one_header_and_one_patient() {
    let guide = guide();
    let names: Vec<_> = guide
        .message()
        .iter()
        .map(|slot| match &slot.content {
            Content::Segment(name) => name.to_string(),
            Content::Group { name, .. } => name.to_string(),
        })
        .collect();
    assert_eq!(
        names,
        [
            "MSH",
            "SFT",
            "PID",
            "PD1",
            "NK1",
            "PATIENT",
            "GT1",
            "INSURANCE",
            "ORDER"
        ]
    );
    let once = Cardinality { min: 1, max: Some(1) };
    let slot = |place: usize| &guide.message()[place];
    assert_eq!((slot(0).usage, slot(0).cardinality), (Usage::Required, once));
    assert_eq!(
        (slot(4).usage, slot(4).cardinality),
        (Usage::RequiredIfKnown, Cardinality { min: 0, max: None })
    );
}

#[test]
fn an_order_holds_its_observations() {
    let guide = guide();
    let Content::Group { slots, .. } = &guide.message()[8].content else {
        panic!("ORDER is a group");
    };
    assert_eq!(slots[0].content, Content::Segment(segment("ORC")));
    let Content::Group { name, slots } = &slots[4].content else {
        panic!("OBSERVATION is a group");
    };
    assert_eq!(&**name, "OBSERVATION");
    assert_eq!(slots[0].content, Content::Segment(segment("OBX")));
    assert_eq!(slots.len(), 2);
}

#[test]
fn fields_have_the_usage_that_the_guide_gives_them() {
    let guide = guide();
    for (place, usage) in [
        ("MSH-12", Usage::Required),
        ("PID-2", Usage::NotSupported),
        ("PID-3", Usage::Required),
        ("PID-5", Usage::Required),
        ("PID-10", Usage::RequiredIfKnown),
        ("PID-15", Usage::Optional),
        ("RXA-5", Usage::Required),
        ("OBX-14", Usage::RequiredIfKnown),
    ] {
        assert_eq!(field(&guide, place).usage, UsageRule::Always(usage), "{place}");
    }
    assert!(matches!(field(&guide, "RXA-9").usage, UsageRule::When { .. }));
    assert_eq!(field(&guide, "PV2-1").usage, UsageRule::Unstated);
    assert_eq!(guide.segment(segment("ZZZ")), None);
    assert_eq!(guide.segment(segment("MSH")).unwrap().field(0), None);
    assert_eq!(guide.segment(segment("MSH")).unwrap().field(26), None);
}

#[test]
fn a_field_knows_its_components() {
    let guide = guide();
    let name = guide.datatype(field(&guide, "PID-5")).unwrap();
    assert_eq!(&*name.name, "XPN_IZ");
    let family = name.component(1).unwrap();
    assert_eq!(family.usage, UsageRule::Always(Usage::Required));
    let surname = guide.datatype(family).unwrap().component(1).unwrap();
    assert_eq!(
        (&*surname.name, surname.length),
        ("Surname", Length { min: 1, max: Some(50) })
    );
    assert_eq!(
        guide.datatype(surname).unwrap().shape,
        Shape::Primitive(Primitive::Text)
    );
    assert_eq!(name.component(0), None);
    assert_eq!(name.component(15), None);
    assert_eq!(guide.datatype(field(&guide, "PV1-3")).unwrap().shape, Shape::Unknown);
    assert_eq!(guide.datatype_named(b"CE").unwrap().components().len(), 6);
    assert_eq!(guide.datatype_named(b"PATIENT"), None);
}

#[test]
fn every_condition_of_the_guides_own_types_is_stated() {
    let guide = guide();
    let unstated = |elements: &[Element]| {
        elements
            .iter()
            .filter(|element| element.usage == UsageRule::Unstated)
            .count()
    };
    for datatype in guide.datatypes().iter().filter(|datatype| datatype.name.contains('_')) {
        assert_eq!(unstated(datatype.components()), 0, "{}", datatype.name);
    }
    let fields: usize = guide.segments().iter().map(|segment| unstated(&segment.fields)).sum();
    let components: usize = guide
        .datatypes()
        .iter()
        .map(|datatype| unstated(datatype.components()))
        .sum();
    assert_eq!((fields, components), (9, 7));
}

#[test]
fn a_type_without_components_is_used_by_fields_that_nobody_must_fill_only() {
    let guide = guide();
    let fields = guide
        .segments()
        .iter()
        .filter(|segment| segment.name != segment_of_the_guarantor());
    for element in fields.flat_map(|segment| &segment.fields) {
        let is_known = guide.datatype(element).unwrap().shape != Shape::Unknown;
        let is_asked_for = matches!(
            element.usage,
            UsageRule::Always(Usage::Required | Usage::RequiredIfKnown)
        );
        assert!(is_known || !is_asked_for, "{}", element.name);
    }
    for element in guide.datatypes().iter().flat_map(Datatype::components) {
        assert_ne!(
            guide.datatype(element).unwrap().shape,
            Shape::Unknown,
            "{}",
            element.name
        );
    }
}

/// GT1-3 is the only name that the guide types otherwise.
fn segment_of_the_guarantor() -> SegmentName {
    segment("GT1")
}

#[test]
fn usage_follows_what_is_said_elsewhere_in_the_order() {
    let guide = guide();
    let lot = &field(&guide, "RXA-15").usage;
    assert_eq!(
        lot.usage(&written(&[("RXA-9.1", "00"), ("RXA-20", "CP")])),
        Usage::Required
    );
    assert_eq!(
        lot.usage(&written(&[("RXA-9.1", "01"), ("RXA-20", "CP")])),
        Usage::Optional
    );
    assert_eq!(lot.usage(&written(&[("RXA-9.1", "00")])), Usage::Optional);
    let birth_order = &field(&guide, "PID-25").usage;
    assert_eq!(birth_order.usage(&written(&[("PID-24", "Y")])), Usage::RequiredIfKnown);
    assert_eq!(birth_order.usage(&written(&[])), Usage::Optional);
    let provider = &field(&guide, "ORC-12").usage;
    assert_eq!(
        provider.usage(&written(&[("RXA-9.1", "00"), ("RXA-20", "PA")])),
        Usage::RequiredIfKnown
    );
    assert_eq!(field(&guide, "PV2-1").usage.usage(&written(&[])), Usage::Optional);
}

#[test]
fn a_new_dose_needs_its_eligibility_somewhere_in_the_order() {
    let guide = guide();
    let constraint = guide
        .order_constraints()
        .iter()
        .find(|constraint| &*constraint.id == "IZ-23")
        .unwrap();
    let dose = [("RXA-9.1", "00"), ("RXA-20", "CP"), ("OBX-3.1", "30963-3")];
    assert!(!constraint.predicate.holds(&written(&dose)));
    let with_it = [dose.as_slice(), &[("OBX-3.1", "64994-7")]].concat();
    assert!(constraint.predicate.holds(&written(&with_it)));
    assert!(
        constraint
            .predicate
            .holds(&written(&[("RXA-9.1", "01"), ("RXA-20", "CP")]))
    );
}

#[test]
fn a_constraint_says_nothing_of_a_value_that_is_absent() {
    let guide = guide();
    let birth = &guide.segment(segment("PID")).unwrap().constraints;
    let constraint = birth.iter().find(|constraint| &*constraint.id == "IZ-TS_NZ").unwrap();
    assert_eq!(constraint.target, grammar::path("PID-7").unwrap());
    for (values, holds) in [
        (&[("PID-7.1", "20200131")][..], true),
        (&[("PID-7.1", "2020")], false),
        (&[], true),
    ] {
        assert_eq!(constraint.predicate.holds(&written(values)), holds, "{values:?}");
    }
}

/// Whether this predicate holds for these values.
#[track_caller]
fn check(predicate: &str, values: &[(&str, &'static str)], holds: bool) {
    let parsed = grammar::predicate(predicate).unwrap();
    assert_eq!(parsed.holds(&written(values)), holds, "{predicate} {values:?}");
}

#[test]
fn each_test_asks_what_it_says() {
    check("PID-8 valued", &[("PID-8", "F")], true);
    check("PID-8 valued", &[("PID-8.1", "F")], false);
    check("PID-8 = F", &[("PID-8", "F")], true);
    check("PID-8 = F", &[("PID-8", "f")], false);
    check("PID-8 = F", &[], false);
    check("PID-8? = F", &[], true);
    check("PID-8? = F", &[("PID-8", "M")], false);
    check("PID-8 in F,M", &[("PID-8", "M")], true);
    check("PID-8 in F,M", &[("PID-8", "F,M")], false);
    check("PID-8 in table COLOURS", &[("PID-8", "red")], true);
    check("PID-8 in table COLOURS", &[("PID-8", "M")], false);
    check("OBX-4 is positive", &[("OBX-4", "0")], false);
    check("RXA-4.1 same RXA-3.1", &[("RXA-3.1", "1"), ("RXA-4.1", "1")], true);
    check("RXA-4.1 same RXA-3.1", &[("RXA-3.1", "1"), ("RXA-4.1", "2")], false);
    check("RXA-4.1? same RXA-3.1", &[("RXA-3.1", "1")], true);
    check(".2.1 valued", &[(".2.1", "x")], true);
    check("OBX valued", &[("OBX", "OBX|1")], true);
    check("OBX-3.1 = b", &[("OBX-3.1", "a"), ("OBX-3.1", "b")], false);
    check("any OBX-3.1 = b", &[("OBX-3.1", "a"), ("OBX-3.1", "b")], true);
}

#[test]
fn and_binds_closer_than_or_and_not_closest() {
    let all = [("PID-1", "1"), ("PID-2", "2")];
    check("PID-3 valued and PID-3 valued or PID-1 valued", &all, true);
    check("PID-3 valued and ( PID-3 valued or PID-1 valued )", &all, false);
    check("not PID-3 valued and PID-3 valued", &all, false);
    check("not ( PID-3 valued and PID-3 valued )", &all, true);
    check("not not PID-1 valued", &all, true);
    check("if PID-1 = 1 and PID-2 = 2 then PID-3 valued", &all, false);
    check("if PID-1 = 1 then PID-3 valued or PID-2 valued", &all, true);
    check("if PID-1 = 2 then PID-3 valued", &all, true);
}

#[test]
fn what_is_no_predicate_is_refused() {
    for text in [
        "",
        "PID-8",
        "PID-8 F",
        "PID-8 =",
        "PID-8 in",
        "PID-8 in table",
        "PID-8 is round",
        "PID-8 same",
        "not",
        "any",
        "( PID-8 valued",
        "PID-8 valued )",
        "PID-8 valued and",
        "PID-8 valued PID-9 valued",
        "if PID-8 valued",
        "if PID-8 valued then",
        "PIDX-8 valued",
        "PID-x valued",
        "PID-1.2.3.4 valued",
        "PID-999 valued",
        ".1.2.3 valued",
    ] {
        assert!(grammar::predicate(text).is_err(), "{text:?}");
    }
}

#[test]
fn a_predicate_knows_whether_one_segment_decides_it() {
    let is_within = |text: &str, name: &str| grammar::predicate(text).unwrap().is_within(segment(name));
    assert!(is_within("not PID-24 = Y or PID-25 valued", "PID"));
    assert!(!is_within("PID-24 = Y and RXA-20 valued", "PID"));
    assert!(!is_within("RXA-4 same PID-7", "RXA"));
    assert!(is_within(".1 valued", "RXA"));
}

/// What is wrong with a guide of these two files.
#[track_caller]
fn refused(profile: &str, datatypes: &str, line: usize, problem: &'static str) {
    let error = read::guide(profile, datatypes).unwrap_err();
    assert_eq!(error, GuideError { line, problem }, "{profile} {datatypes}");
}

#[test]
fn a_guide_with_a_bad_line_is_refused_with_its_place() {
    let types = "ST = text";
    assert!(
        read::guide(
            "[fields]\nPID-1|Set ID|C|1..1|ST|1..4|\n[conditions]\nPID-1|R|O|PID-2 valued",
            types
        )
        .is_ok()
    );
    refused("PID-1|Set ID|R|1..1|ST|1..4|", types, 1, "a section is missing");
    refused("[fields]\nPID-1|Set ID|R|1..1|ST|1..4", types, 2, "a column is missing");
    refused(
        "[fields]\nPID-2|Set ID|R|1..1|ST|1..4|",
        types,
        2,
        "the number is not the next one",
    );
    refused(
        "[fields]\nPID-1|Set ID|Q|1..1|ST|1..4|",
        types,
        2,
        "the usage is not known",
    );
    refused("[fields]\nPID-1|Set ID|R|1|ST|1..4|", types, 2, "`..` is missing");
    refused(
        "[fields]\nPID-1|Set ID|R|1..1|ST|1..4|\n[conditions]\nPID-1|R|O|PID-2 valued",
        types,
        2,
        "only C has a condition",
    );
    refused(
        "[conditions]\nPID-1|R|O|PID-2 valued",
        types,
        2,
        "no element has this condition",
    );
    refused(
        "[constraints]\nIZ-1|PID|PID-1|PID-1 valued",
        types,
        1,
        "a constraint belongs to nothing",
    );
    refused("[structure]\nPIDX|R|1..1", types, 2, "no segment has this name");
    refused("", "ST = prose", 1, "the kind of value is not known");
    refused("", "XPN.1|Family Name|R|FN|1..194|", 1, "the type is not known");
}
