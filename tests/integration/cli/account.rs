//! `account set` for an account that is set up already, and its stage.

use super::{findings::without_a_birth_date, *};

fn set(desk: &Desk, more: &[&str]) -> Output {
    let args = ["account", "set", "--user", "CLINIC01", "--password-stdin"];
    desk.run_with_input(&[&args, more].concat(), "bluebonnet\n")
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

#[test]
fn the_command_line_alone_goes_from_testing_to_live() {
    let desk = Desk::new();
    let registry = Registry::start(&desk);
    let new = registry.set_account(&desk);
    assert!(
        said(&new).contains("Stage: testing.") && said(&new).contains("account set --live"),
        "{new:?}"
    );
    let file = without_a_birth_date(&desk);
    let send = ["send", "--password-stdin", "--json", file.to_str().unwrap()];
    let held = desk.run_with_input(&send, registry.password());
    assert_eq!(held.status.code(), Some(4), "{held:?}");
    let why = json(&held)["submissions"][0]["why"].to_string();
    assert!(
        why.contains("Test files must be error-free") && why.contains("account set --live"),
        "{why}"
    );

    let live = desk.run(&["account", "set", "--live"], &[]);
    assert_eq!(live.status.code(), Some(0), "{live:?}");
    assert!(said(&live).contains("Stage: live."), "{live:?}");
    let tried = desk.run_with_input(&["account", "test", "--password-stdin", "--json"], registry.password());
    assert_eq!(json(&tried)["stage"], "live");
    let delivered = desk.run_with_input(&send, registry.password());
    assert_eq!(delivered.status.code(), Some(0), "{delivered:?}");

    let back = desk.run(&["account", "set", "--testing"], &[]);
    assert!(said(&back).contains("Stage: testing."), "{back:?}");
}

#[test]
fn a_stage_needs_an_account_and_only_one_can_be_said() {
    let desk = Desk::new();
    let alone = desk.run(&["account", "set", "--live"], &[]);
    assert_eq!(alone.status.code(), Some(1), "{alone:?}");
    for wrong in [&["--live", "--testing"][..], &["--live", "--port", "21"]] {
        let args = [&["account", "set"], wrong].concat();
        assert_eq!(desk.run(&args, &[]).status.code(), Some(2), "{wrong:?}");
    }
}

#[test]
fn a_new_password_leaves_everything_else_as_it_is() {
    let desk = Desk::new();
    let pin = "AB".repeat(32);
    let way = ["--host", "127.0.0.1", "--port", "2121", "--protocol", "ftps-explicit"];
    let own = ["--import-code", "TX01", "--pin", &pin, "--live"];
    set(&desk, &[&way[..], &own].concat());
    let again = set(&desk, &[]);
    for kept in ["127.0.0.1, port 2121, ftps-explicit", "TX01", "AB:AB", "Stage: live."] {
        assert!(said(&again).contains(kept), "{kept}: {again:?}");
    }
    let fresh = set(&desk, &["--registry-defaults"]);
    for gone in ["127.0.0.1", "TX01", "AB:AB"] {
        assert!(!said(&fresh).contains(gone), "{gone}: {fresh:?}");
    }
    assert!(said(&fresh).contains("port 990, ftps-implicit"), "{fresh:?}");
}

#[test]
fn the_import_code_is_asked_for_with_its_option() {
    let desk = Desk::new();
    let args = ["account", "set", "--user", "CLINIC 01", "--password-stdin"];
    let refused = desk.run_with_input(&args, "bluebonnet\n");
    assert_eq!(refused.status.code(), Some(2), "{refused:?}");
    let said = String::from_utf8_lossy(&refused.stderr);
    assert!(said.contains("--import-code") && !said.contains("For IT"), "{said}");
}
