//! Every rule can be told, and every id is its own.

use std::collections::HashSet;

use super::*;

#[test]
fn every_rule_has_words_and_a_source() {
    for rule in Rule::all() {
        let Words { title, meaning, fix } = words(rule, &[]);
        for sentence in [&title, meaning, &fix] {
            assert!(sentence.ends_with('.'), "{}: {sentence:?} is no sentence", rule.id());
        }
        assert!(title.len() <= 90, "{}: {title:?} is long for a title", rule.id());
        assert!(rule.source().len() > 10, "{} has no source", rule.id());
    }
}

#[test]
fn every_rule_has_an_id_of_its_own_which_begins_with_its_room() {
    let mut ids = HashSet::new();
    for rule in Rule::all() {
        let id = rule.id();
        assert!(ids.insert(id), "{id} is there twice");
        // `File(Empty)` is a rule of the room `file`.
        let variant = format!("{rule:?}").to_lowercase();
        let (room, _) = variant.split_once('(').unwrap();
        let name = id.strip_prefix(room).and_then(|rest| rest.strip_prefix('.'));
        let is_plain = |name: &str| {
            name.bytes()
                .all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-'))
        };
        assert!(name.is_some_and(is_plain), "{id}");
        assert_eq!(Rule::of(id), Some(rule));
    }
    assert_eq!(Rule::of("file.nothing"), None);
}

#[test]
fn what_staff_read_has_no_word_that_blames_or_frightens() {
    for rule in Rule::all() {
        let Words { title, meaning, fix } = words(rule, &[]);
        let text = format!("{title} {meaning} {fix}").to_lowercase();
        for word in ["please", "sorry", "invalid", "oops", "illegal", "failed", "taken"] {
            assert!(!text.contains(word), "{}: {word}", rule.id());
        }
    }
}
