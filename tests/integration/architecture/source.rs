//! Reads a Rust source as far as the architecture test needs it: paths with their imports resolved, and texts.

use std::collections::HashMap;

/// A source without its comments and without what is compiled for tests only.
pub(super) struct Source {
    /// Every path of two segments or more and every import, in full: `use std::{fs, io}` gives `std::fs` and `std::io`.
    pub(super) paths: Vec<Path>,
    /// Every string literal outside attributes.
    pub(super) texts: Vec<Text>,
    /// The code line by line, with comments and the insides of literals blanked.
    pub(super) code: String,
}

/// A path where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Path {
    pub(super) line: usize,
    pub(super) segments: Vec<String>,
}

/// A string literal where it begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Text {
    pub(super) line: usize,
    pub(super) text: String,
}

impl Source {
    /// Reads the source of a module: `["ui", "settings"]` for `src/ui/settings.rs` and `src/ui/settings/mod.rs`.
    pub(super) fn read(module: &[String], source: &str) -> Self {
        let (code, mut texts) = blank(source);
        let ranges = test_only(&code);
        let code = blank_lines(&code, &ranges);
        texts.retain(|text| !ranges.iter().any(|(first, last)| (first..=last).contains(&&text.line)));
        let tokens = tokens(&code);
        Self {
            paths: paths(module, &tokens),
            texts,
            code,
        }
    }
}

/// The source with comments and literals blanked, and the string literals outside attributes. Lines stay where they are.
fn blank(source: &str) -> (String, Vec<Text>) {
    let chars: Vec<char> = source.chars().collect();
    let (mut code, mut texts) = (String::new(), Vec::new());
    let (mut at, mut line, mut attribute_depth) = (0, 1, 0_usize);
    while at < chars.len() {
        let end = match (chars[at], chars.get(at + 1)) {
            ('/', Some('/')) => line_end(&chars, at),
            ('/', Some('*')) => comment_end(&chars, at),
            ('"', _) => string_end(&chars, at),
            ('r', Some('"' | '#')) if !continues_a_word(&code) => raw_string_end(&chars, at).unwrap_or(at),
            ('b' | 'c', Some('r')) if !continues_a_word(&code) => raw_string_end(&chars, at + 1).unwrap_or(at),
            ('\'', _) => char_end(&chars, at),
            _ => at,
        };
        if end == at {
            let opens_attribute = code.ends_with('#') || code.ends_with("#!");
            match chars[at] {
                '[' if attribute_depth > 0 || opens_attribute => attribute_depth += 1,
                ']' if attribute_depth > 0 => attribute_depth -= 1,
                '\n' => line += 1,
                _ => {}
            }
            code.push(chars[at]);
            at += 1;
            continue;
        }
        let whole: String = chars[at..end].iter().collect();
        let quoted = whole.find('"').filter(|_| !whole.starts_with(['/', '\'']));
        if let Some(quote) = quoted.filter(|_| attribute_depth == 0) {
            let text = whole[quote + 1..]
                .trim_end_matches('#')
                .trim_end_matches('"')
                .to_owned();
            texts.push(Text { line, text });
        }
        code.extend(whole.chars().map(|c| if c == '\n' { '\n' } else { ' ' }));
        line += whole.matches('\n').count();
        at = end;
    }
    (code, texts)
}

fn continues_a_word(code: &str) -> bool {
    code.ends_with(|c: char| c.is_alphanumeric() || c == '_')
}

fn line_end(chars: &[char], start: usize) -> usize {
    (start..chars.len())
        .find(|at| chars[*at] == '\n')
        .unwrap_or(chars.len())
}

fn comment_end(chars: &[char], start: usize) -> usize {
    let (mut at, mut depth) = (start, 0_usize);
    while at < chars.len() {
        match (chars[at], chars.get(at + 1)) {
            ('/', Some('*')) => (depth, at) = (depth + 1, at + 2),
            ('*', Some('/')) => (depth, at) = (depth - 1, at + 2),
            _ => at += 1,
        }
        if depth == 0 {
            break;
        }
    }
    at
}

fn string_end(chars: &[char], start: usize) -> usize {
    let mut at = start + 1;
    while at < chars.len() {
        match chars[at] {
            '\\' => at += 2,
            '"' => return at + 1,
            _ => at += 1,
        }
    }
    chars.len()
}

/// The end of `r"…"` or `r#"…"#`, where one begins here; `r#type` is a name.
fn raw_string_end(chars: &[char], start: usize) -> Option<usize> {
    let hashes = chars[start + 1..].iter().take_while(|c| **c == '#').count();
    let open = start + 1 + hashes;
    if chars.get(open) != Some(&'"') {
        return None;
    }
    let closes =
        |at: &usize| chars[*at] == '"' && chars[at + 1..].iter().take(hashes).filter(|c| **c == '#').count() == hashes;
    Some(
        (open + 1..chars.len())
            .find(closes)
            .map_or(chars.len(), |at| at + 1 + hashes),
    )
}

/// The end of a character; a lifetime is none.
fn char_end(chars: &[char], start: usize) -> usize {
    match (chars.get(start + 1), chars.get(start + 2)) {
        (Some('\\'), _) => (start + 3..chars.len())
            .find(|at| chars[*at] == '\'')
            .map_or(chars.len(), |at| at + 1),
        (Some(_), Some('\'')) => start + 3,
        _ => start,
    }
}

/// First and last line of each item that is compiled for tests only.
fn test_only(code: &str) -> Vec<(usize, usize)> {
    const MARK: &str = "#[cfg(test)]";
    code.match_indices(MARK)
        .map(|(start, _)| {
            let item = &code[start + MARK.len()..];
            let (mut depth, mut end) = (0_usize, item.len());
            for (at, c) in item.char_indices() {
                match c {
                    '{' => depth += 1,
                    '}' => depth = depth.saturating_sub(1),
                    _ => {}
                }
                if depth == 0 && matches!(c, '}' | ';') {
                    end = at;
                    break;
                }
            }
            let line = |at: usize| 1 + code[..at].matches('\n').count();
            (line(start), line(start + MARK.len() + end))
        })
        .collect()
}

fn blank_lines(code: &str, ranges: &[(usize, usize)]) -> String {
    code.lines()
        .enumerate()
        .map(|(index, text)| {
            let is_test = ranges
                .iter()
                .any(|(first, last)| (first..=last).contains(&&(index + 1)));
            if is_test { "\n".to_owned() } else { format!("{text}\n") }
        })
        .collect()
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Token {
    Word(String),
    Separator,
    Other(char),
}

fn tokens(code: &str) -> Vec<(usize, Token)> {
    let mut tokens = Vec::new();
    for (index, text) in code.lines().enumerate() {
        let mut rest = text.trim_start();
        while let Some(first) = rest.chars().next() {
            let (token, length) = if first.is_alphanumeric() || first == '_' {
                let length = rest
                    .find(|c: char| !c.is_alphanumeric() && c != '_')
                    .unwrap_or(rest.len());
                (Token::Word(rest[..length].to_owned()), length)
            } else if rest.starts_with("::") {
                (Token::Separator, 2)
            } else {
                (Token::Other(first), first.len_utf8())
            };
            tokens.push((index + 1, token));
            rest = rest[length..].trim_start();
        }
    }
    tokens
}

fn paths(module: &[String], tokens: &[(usize, Token)]) -> Vec<Path> {
    let (mut imports, mut plain, mut at) = (Vec::new(), Vec::new(), 0);
    while at < tokens.len() {
        let is_use = tokens[at].1 == Token::Word("use".to_owned())
            && tokens.get(at + 1).is_some_and(|(_, next)| *next != Token::Other('<'));
        at = if is_use {
            import_tree(tokens, at + 1, &[], &mut imports)
        } else {
            plain_path(tokens, at, &mut plain)
        };
    }
    let names: HashMap<String, Vec<String>> = imports
        .iter()
        .map(|(name, path)| (name.clone(), resolved(module, &path.segments)))
        .collect();
    let imported = imports.into_iter().map(|(_, path)| path);
    imported
        .chain(plain)
        .map(|path| {
            let segments = resolved(module, &path.segments);
            let known = segments.first().and_then(|first| names.get(first));
            let segments = match known {
                Some(start) if segments.len() > 1 => [start.as_slice(), &segments[1..]].concat(),
                Some(_) | None => segments,
            };
            Path {
                line: path.line,
                segments,
            }
        })
        .collect()
}

/// Reads a tree of imports from here, adds each leaf with the name it gets, and returns where the tree ends.
fn import_tree(tokens: &[(usize, Token)], start: usize, prefix: &[String], imports: &mut Vec<(String, Path)>) -> usize {
    let (mut segments, mut at) = (prefix.to_vec(), start);
    let (mut name, mut is_leaf) = (None, false);
    while let Some((line, token)) = tokens.get(at) {
        at += 1;
        match token {
            Token::Separator => {}
            Token::Word(word) if word == "as" => {
                if let Some((_, Token::Word(other))) = tokens.get(at) {
                    name = Some(other.clone());
                    at += 1;
                }
            }
            Token::Word(word) if word == "self" && !segments.is_empty() => is_leaf = true,
            Token::Word(word) => {
                segments.push(word.clone());
                is_leaf = true;
            }
            Token::Other('*') => {
                segments.push("*".to_owned());
                is_leaf = true;
            }
            Token::Other('{') => {
                at = import_tree(tokens, at, &segments, imports);
                is_leaf = false;
            }
            Token::Other(end) => {
                if is_leaf {
                    let called = name.take().or_else(|| segments.last().cloned()).unwrap_or_default();
                    let path = Path {
                        line: *line,
                        segments: segments.clone(),
                    };
                    imports.push((called, path));
                }
                (segments, is_leaf) = (prefix.to_vec(), false);
                if matches!(end, ';' | '}') {
                    break;
                }
            }
        }
    }
    at
}

/// Reads a path that begins here, if one does, and returns where to go on.
fn plain_path(tokens: &[(usize, Token)], start: usize, paths: &mut Vec<Path>) -> usize {
    let Some((line, Token::Word(first))) = tokens.get(start) else {
        return start + 1;
    };
    let (mut segments, mut at) = (vec![first.clone()], start + 1);
    while let (Some((_, Token::Separator)), Some((_, Token::Word(word)))) = (tokens.get(at), tokens.get(at + 1)) {
        segments.push(word.clone());
        at += 2;
    }
    if segments.len() > 1 {
        paths.push(Path { line: *line, segments });
    }
    at
}

/// The path from the crate's root, where it begins with `self` or `super`.
fn resolved(module: &[String], segments: &[String]) -> Vec<String> {
    let ups = segments.iter().take_while(|segment| *segment == "super").count();
    let is_relative = ups > 0 || segments.first().is_some_and(|segment| segment == "self");
    if !is_relative {
        return segments.to_vec();
    }
    let base = &module[..module.len().saturating_sub(ups)];
    let rest = &segments[ups.max(usize::from(ups == 0))..];
    [&["crate".to_owned()], base, rest].concat()
}
