//! Names and texts from outside, on a screen or a terminal: what would steer it is shown, not obeyed.

/// The same text with every character spelled out that moves a cursor, begins an escape sequence, breaks a line or turns the
/// reading direction: `\u{1b}`, `\n`, `\u{202e}`. A name could otherwise look like another one, or write over what was said before.
pub fn harmless(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        if steers(c) {
            shown.extend(c.escape_debug());
        } else {
            shown.push(c);
        }
    }
    shown
}

/// Whether it does something instead of standing there. Source: Unicode, "Bidirectional Algorithm", explicit formatting
/// characters, and the separators of lines and paragraphs.
pub fn steers(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_of_any_language_stands_as_it_is() {
        for name in [
            "november export.hl7",
            "Müller ☂ 疫苗 🦋.hl7",
            "e\u{301}.HL7",
            "ייצוא.hl7",
            "\\u{1b}[2J.hl7",
        ] {
            assert_eq!(harmless(name), name);
        }
    }

    #[test]
    fn what_would_steer_the_terminal_is_spelled_out() {
        assert_eq!(harmless("a\u{1b}[2J\rb\n.hl7"), "a\\u{1b}[2J\\rb\\n.hl7");
        assert_eq!(harmless("a\u{9b}31m\u{7f}"), "a\\u{9b}31m\\u{7f}");
        assert_eq!(
            harmless("november\u{202e}7lh.exe\u{2066}"),
            "november\\u{202e}7lh.exe\\u{2066}"
        );
    }
}
