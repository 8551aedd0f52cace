//! What reaches the terminal.

use super::*;

/// Clears the screen, turns the reading direction, and writes over the line.
#[cfg(unix)]
#[test]
fn a_file_s_name_does_not_steer_the_terminal() {
    let desk = Desk::new();
    let name = "a\u{1b}[2J\u{9b}31m\u{202e}7lh\r.hl7";
    let file = desk.file(name, EXPORT);
    let steers = |said: &[u8]| {
        let said = String::from_utf8(said.to_vec()).unwrap();
        said.chars().any(|c| c != '\n' && (c.is_control() || c == '\u{202e}'))
    };
    let as_text = desk.run(&["--demo", "send"], &[&file]);
    assert_eq!(as_text.status.code(), Some(0), "{as_text:?}");
    assert!(!steers(&as_text.stdout) && !steers(&as_text.stderr), "{as_text:?}");
    assert!(
        String::from_utf8_lossy(&as_text.stdout).contains("a\\u{1b}[2J\\u{9b}31m\\u{202e}7lh\\r.hl7"),
        "{as_text:?}"
    );
    let as_json = desk.run(&["--demo", "--json", "send"], &[&file]);
    assert!(!steers(&as_json.stdout), "{as_json:?}");
    assert_eq!(
        json(&as_json)["submissions"][0]["file"],
        file.to_str().unwrap(),
        "a program gets the name as it is"
    );
}

#[test]
fn whoever_reads_only_the_beginning_ends_nothing() {
    let desk = Desk::new();
    // More than a pipe holds.
    let many = (0..400).map(|n| crate::support::message::message(&format!("{n}"), "Sagebrush", 10));
    let file = desk.file("many.hl7", many.collect::<String>());
    let mut child = desk
        .command(&["check", "--json", "--limit", "100000"])
        .arg(file)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take().unwrap());
    let output = child.wait_with_output().unwrap();
    assert_ne!(output.status.code(), Some(101), "{output:?}");
    assert!(
        !String::from_utf8_lossy(&output.stderr).contains("panicked"),
        "{output:?}"
    );
}
