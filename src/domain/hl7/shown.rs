//! A value as a screen may show it.

/// The text of these bytes, at most `max_chars` long, without what a screen must not be given: control characters, and marks that
/// change the direction or the joining of what stands beside them. `None` where nothing is left.
///
/// A sender that does not write UTF-8 writes Windows-1252, which for letters is Latin-1: one byte, one character.
pub fn shown(bytes: &[u8], max_chars: usize) -> Option<String> {
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => bytes.iter().copied().map(char::from).collect(),
    };
    let harmless: String = text.chars().filter(|c| !c.is_control() && !is_invisible(*c)).collect();
    let shown: String = harmless.trim().chars().take(max_chars).collect();
    (!shown.is_empty()).then_some(shown)
}

fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}')
}

/// How many letters these bytes are: in UTF-8, the bytes after the first one of a letter are no letters of their own.
pub fn char_count(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| (**byte & 0xC0) != 0x80).count()
}
