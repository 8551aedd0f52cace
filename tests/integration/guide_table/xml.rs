//! As much XML as the facts have: elements with attributes, nested.

use std::collections::BTreeMap;

pub(super) struct Node {
    pub(super) name: String,
    pub(super) attributes: BTreeMap<String, String>,
    pub(super) children: Vec<Node>,
}

impl Node {
    /// The element that this text is.
    pub(super) fn parse(text: &str) -> Self {
        let mut open = vec![Self::named("")];
        for tag in text.split('<').skip(1) {
            let tag = tag.trim_end().strip_suffix('>').unwrap();
            if tag.starts_with('/') {
                close(&mut open);
                continue;
            }
            let (tag, is_empty) = tag.strip_suffix('/').map_or((tag, false), |tag| (tag, true));
            let (name, rest) = tag.split_once(' ').unwrap_or((tag, ""));
            let mut node = Self::named(name);
            let mut parts = rest.split('"');
            while let (Some(key), Some(value)) = (parts.next(), parts.next()) {
                let key = key.trim().trim_end_matches('=').to_owned();
                node.attributes.insert(key, value.replace("&amp;", "&"));
            }
            open.push(node);
            if is_empty {
                close(&mut open);
            }
        }
        open.pop().unwrap().children.pop().unwrap()
    }

    fn named(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            attributes: BTreeMap::new(),
            children: Vec::new(),
        }
    }
}

fn close(open: &mut Vec<Node>) {
    let node = open.pop().unwrap();
    open.last_mut().unwrap().children.push(node);
}
