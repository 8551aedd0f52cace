//! What `send` puts right, and only where somebody asks for it.

use super::*;

#[test]
fn nothing_is_put_right_unless_somebody_asks_and_then_it_is_said() {
    let desk = Desk::new();
    let file = desk.file("november.hl7", EXPORT.replace('\r', "\n"));
    let size_of = |output: &Output| json(output)["submissions"][0]["bytes"].as_u64().unwrap();
    let said = |output: &Output| String::from_utf8_lossy(&output.stderr).into_owned();

    let as_it_is = desk.run(&["--demo", "--json", "send"], &[&file]);
    assert_eq!(as_it_is.status.code(), Some(0), "{as_it_is:?}");
    assert_eq!(size_of(&as_it_is), EXPORT.len() as u64);
    assert!(said(&as_it_is).contains("dropoff-cli repair"), "{as_it_is:?}");

    let repaired = desk.run(&["--demo", "--json", "send", "--repair"], &[&file]);
    assert_eq!(repaired.status.code(), Some(0), "{repaired:?}");
    assert!(size_of(&repaired) > EXPORT.len() as u64, "an envelope is longer");
    assert!(!said(&repaired).contains("dropoff-cli repair"), "{repaired:?}");
    let shown = desk.run(&["--demo", "send", "--repair"], &[&file]);
    let shown = String::from_utf8_lossy(&shown.stdout).into_owned();
    assert!(shown.contains("line ends (11), envelope"), "{shown}");
    assert_eq!(fs::read_to_string(&file).unwrap(), EXPORT.replace('\r', "\n"));
}

#[test]
fn without_a_keychain_a_copy_is_not_kept_and_the_file_goes_as_it_is() {
    let desk = Desk::new();
    let registry = Registry::start(&desk);
    registry.set_account(&desk);
    let file = desk.file("november.hl7", EXPORT);
    let args = ["send", "--repair", "--password-stdin", "--json", file.to_str().unwrap()];
    let sent = desk.run_with_input(&args, registry.password());
    assert_eq!(json(&sent)["submissions"][0]["bytes"], EXPORT.len());
    let said = String::from_utf8_lossy(&sent.stderr);
    assert!(
        said.contains("no keychain on this computer to keep a copy with"),
        "{said}"
    );
}
