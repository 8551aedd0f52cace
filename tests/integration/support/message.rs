//! A message of an invented patient that has no error, so that it may go also while testing.

/// Its control id is A1, its patient's id 40077.
pub(crate) const MESSAGE: &str = include_str!("../../fixtures/check/no-envelope.hl7");

/// The message of another patient, with a note that is so long.
pub(crate) fn message(control_id: &str, family_name: &str, note_bytes: usize) -> String {
    let message = MESSAGE
        .replace("|A1|", &format!("|{control_id}|"))
        .replace("40077", control_id)
        .replace("Quillfeather^", &format!("{family_name}^"));
    // A note without a comment is not one.
    match note_bytes {
        0 => message,
        _ => format!("{message}NTE|1||{}\r", "X".repeat(note_bytes)),
    }
}
